//! Keys that count up, which are kept in another way than the others. A list of lines is the model.

use cnic_command::form::{Credentials, Form};
use cnic_command::{Command, ErrorKind, Limits, ParseError, Parser};

use crate::util::{command, lines};

/// Numbers that are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// Keys of a few families: most of them count up, some go back, leave some out or come by turns.
fn keys(numbers: &mut Numbers) -> Vec<String> {
    const FAMILIES: [&str; 6] =
        ["DomainTag", "DOMAINTAG", "X-Tag_", "T", "NameserverWithAVeryLongName", "A1"];
    let mut keys = Vec::new();
    for _ in 0..1 + numbers.below(4) {
        let family = FAMILIES[numbers.below(FAMILIES.len())];
        let mut index = [0, 7, 90, 95, 990, 99_999_990, 999_999_985][numbers.below(7)];
        for _ in 0..numbers.below(60) {
            keys.push(format!("{family}{index}"));
            match numbers.below(300) {
                0 => index += numbers.below(3),
                1 => index = index.saturating_sub(numbers.below(20)),
                2 => keys.push(format!("{family}00{index}")),
                3 => keys.push(["DOMAIN", "auth", "T", "1", "0"][numbers.below(5)].into()),
                _ => index += 1,
            }
        }
    }
    keys
}

/// Returns keys and values as they should be read, and the place of the first key given twice with
/// that of the one before.
fn model(keys: &[String]) -> Result<Vec<(&str, String)>, (usize, usize)> {
    let mut read: Vec<(&str, String)> = Vec::new();
    for (place, key) in keys.iter().enumerate() {
        if let Some(first) = read.iter().position(|(known, _)| known.eq_ignore_ascii_case(key)) {
            return Err((place, first));
        }
        read.push((key, format!("value {place}")));
    }
    Ok(read)
}

fn assert_is(command: &Command<'_>, model: &[(&str, String)]) {
    let pairs = || model.iter().map(|(key, value)| (*key, &**value));
    assert_eq!(command.len(), model.len());
    assert!(command.parameters().eq(pairs()));
    assert!(command.parameters().rev().eq(pairs().rev()));
    let folded = command.parameters().fold(0, |place, pair| {
        assert_eq!(Some(pair), pairs().nth(place));
        place + 1
    });
    assert_eq!(folded, model.len());
    for (place, (key, value)) in pairs().enumerate() {
        assert_eq!(command.get(&key.to_ascii_lowercase()), Some(value), "{key}");
        assert_eq!(command.parameters().nth(place), Some((key, value)));
    }
    // What is left of both ends.
    let (start, end) = (model.len() / 3, model.len() / 4);
    let mut middle = command.parameters();
    let taken = middle.by_ref().take(start).count() + middle.by_ref().rev().take(end).count();
    assert_eq!(middle.clone().len(), model.len() - taken);
    let rest = middle.fold(Vec::new(), |mut rest, pair| {
        rest.push(pair);
        rest
    });
    assert!(rest.into_iter().eq(pairs().skip(start).take(model.len() - taken)));
}

#[test]
fn any_keys_are_read_and_set_in_order() {
    let mut numbers = Numbers(1);
    let (mut read, mut rejected) = (0, 0);
    for _ in 0..600 {
        let keys = keys(&mut numbers);
        let mut text = String::from("COMMAND=ModifyDomain");
        let starts: Vec<usize> = (0..keys.len())
            .map(|place| {
                text += &format!("\n{}=value {place}", keys[place]);
                text.rfind('\n').map_or(0, |lf| lf + 1)
            })
            .collect();
        let text = text + "\nLAST=a line that is long enough to be behind all looks\n";
        match model(&keys) {
            Err((second, first)) => {
                let error = Command::parse(&text).expect_err("a duplicate");
                let first_line = u32::try_from(first + 2).expect("a line");
                assert_eq!(error.kind(), ErrorKind::DuplicateKey { first_line });
                let position = error.position();
                assert_eq!((position.line(), position.byte()), (second + 2, starts[second]));
                rejected += 1;
            }
            Ok(mut model) => {
                model.push(("LAST", "a line that is long enough to be behind all looks".into()));
                let command = command(&text);
                assert_is(&command, &model);
                for (place, key) in keys.iter().enumerate() {
                    let position = command.position(key).expect("a line");
                    assert_eq!((position.line(), position.byte()), (place + 2, starts[place]));
                }
                assert_is(&command.clone().into_owned(), &model);
                let mut built = Command::new("ModifyDomain").expect("a name");
                for (key, value) in &model {
                    built.set(*key, &**value).expect("a parameter");
                }
                assert_is(&built, &model);
                for body in [
                    String::from(Credentials::new().wrap(&built)),
                    String::from(Credentials::new().flatten(&built).expect("a form")),
                ] {
                    let form = Form::decode(body.as_bytes()).expect("a form");
                    assert_is(&form.command().expect("a command").expect("a command"), &model);
                }
                change(command, &model, &mut numbers);
                change(built, &model, &mut numbers);
                read += 1;
            }
        }
    }
    assert!(read > 50 && rejected > 50, "{read} were read, {rejected} rejected");
}

/// Sets and removes some parameters.
fn change(mut command: Command<'_>, model: &[(&str, String)], numbers: &mut Numbers) {
    let mut model = model.to_vec();
    for _ in 0..numbers.below(6) {
        let (place, new) = (numbers.below(model.len()), numbers.below(1000).to_string());
        let key = model[place].0.to_ascii_uppercase();
        match numbers.below(4) {
            0 => {
                assert_eq!(command.remove(&key).as_deref(), Some(&*model[place].1));
                model.remove(place);
            }
            1 => {
                let family =
                    ["domaintag", "DomainTag1", "t", "T9", "A", "A1", ""][numbers.below(7)];
                let of_family = |key: &str| {
                    let rest = key.to_ascii_lowercase();
                    let index = rest.strip_prefix(&family.to_ascii_lowercase());
                    index.and_then(|index| {
                        index.parse::<u32>().ok().filter(|n| n.to_string() == index)
                    })
                };
                command.remove_series(family);
                model.retain(|(key, _)| of_family(key).is_none());
            }
            _ => {
                command.set(key, new.clone()).expect("a parameter");
                model[place].1 = new;
            }
        }
        assert_is(&command, &model);
        if model.is_empty() {
            return;
        }
    }
}

#[test]
fn a_series_is_set_whatever_its_family_and_first_index() {
    for family in ["DomainTag", "A1", "", "X-"] {
        for first in [0, 5, 95, 999_999_990, u32::MAX - 30] {
            let values = || (0..=30).map(|n| (first + n, format!("new {n}")));
            let mut command = command("COMMAND=X\nDOMAIN=a\nDomainTag3=old\nA17=old\nAUTH=b");
            command.set_indexed(family, values()).expect("a series");
            let series = command.series(family);
            for (index, value) in values() {
                assert_eq!(command.get(&format!("{family}{index}")), Some(&*value));
                assert_eq!(series.get(index), Some(&*value));
            }
            let twin =
                Command::parse(&String::from(command.encode())).expect("a command").into_owned();
            assert!(twin == command && twin.parameters().eq(command.parameters()));
            command.set("LAST", "c").expect("a parameter");
            command.remove_series(family);
            assert!(command.series(family).is_empty() && command.get("last") == Some("c"));
        }
    }
}

#[test]
fn what_is_not_plain_ends_a_run_and_nothing_else() {
    let read = |line: &str| -> Result<(usize, Option<String>), (ErrorKind, usize)> {
        let text = format!("COMMAND=X{}\n{line}{}", lines("TAGNAME", 40), lines("OTHER", 40));
        match Command::parse(&text) {
            Ok(read) => Ok((read.len(), read.get("TAGNAME40").map(String::from))),
            Err(error) => Err((error.kind(), error.position().line())),
        }
    };
    let value = |value: &str| Ok((81, Some(String::from(value))));
    assert_eq!(read("TAGNAME40=v"), value("v"));
    assert_eq!(read("TAGNAME40=v\r"), value("v"));
    assert_eq!(read("TAGNAME40= v\t"), value("v"));
    assert_eq!(read("TAGNAME40= v"), value("v"));
    assert_eq!(read("TAGNAME40=v "), value("v"));
    assert_eq!(read("TAGNAME40=a\tb"), value("a\tb"));
    assert_eq!(read("TAGNAME40="), value(""));
    assert_eq!(read("tagname40=v"), value("v"));
    assert_eq!(read(" TAGNAME40 = v"), value("v"));
    let long = "v=".repeat(50);
    assert_eq!(read(&format!("TAGNAME40={long}")), value(&long));
    assert_eq!(read("TAGNAME40=a\rb"), Err((ErrorKind::ControlCharacter, 42)));
    assert_eq!(read("TAGNAME40=a\0b"), Err((ErrorKind::ControlCharacter, 42)));
    assert_eq!(read(&format!("TAGNAME40={long}\0")), Err((ErrorKind::ControlCharacter, 42)));
    assert_eq!(read("TAGNAME41=v"), Ok((81, None)));
    assert_eq!(read("EOF"), Err((ErrorKind::TrailingData, 43)));
    assert_eq!(read("TAGNAME40"), Err((ErrorKind::MissingEquals, 42)));
}

#[test]
fn what_is_in_front_of_a_run_is_removed() {
    let text = format!("COMMAND=X{}{}", lines("FRONT", 3), lines("TAGNAME", 40));
    let mut read = command(&text);
    read.remove_series("FRONT");
    assert_eq!(String::from(read.encode()), format!("COMMAND=X{}", lines("TAGNAME", 40)));
    read.set("LAST", "v").expect("a parameter");
    assert!(read.parameters().next_back() == Some(("LAST", "v")) && read.len() == 41);
}

#[test]
fn limits_hold_within_a_run() {
    let text = format!("COMMAND=X{}\n{}", lines("TAGNAME", 60), " ".repeat(40));
    let parse = |limits: Limits| -> Result<(), ParseError> {
        Parser::new().limits(limits).parse(&text).map(|read| assert_eq!(read.len(), 60))
    };
    for limit in 0..60 {
        let error = parse(Limits::DEFAULT.parameters(limit)).expect_err("too many");
        let line = usize::try_from(limit).expect("a line") + 2;
        assert_eq!((error.kind(), error.position().line()), (ErrorKind::ParameterLimit, line));
    }
    assert!(parse(Limits::DEFAULT.parameters(60)).is_ok());
    for limit in 1..62 {
        let error = parse(Limits::DEFAULT.lines(limit)).expect_err("too many");
        let line = usize::try_from(limit).expect("a line") + 1;
        assert_eq!((error.kind(), error.position().line()), (ErrorKind::LineLimit, line));
    }
    assert!(parse(Limits::DEFAULT.lines(62)).is_ok());
}

#[test]
fn a_header_may_count_up() {
    let header = lines("s_other", 40);
    let text =
        format!("{}\n[COMMAND]\nCOMMAND=X{}\nEOF\n", header.trim_start(), lines("TAGNAME", 40));
    let read = command(&text);
    assert_eq!((read.header().len(), read.len()), (40, 40));
    assert_eq!(read.header_position("S_OTHER39").map(|at| at.line()), Some(40));
    assert_eq!(String::from(read.encode().framed()).matches("s_other").count(), 40);
}
