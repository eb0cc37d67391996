//! What a user of the crate writes without looking it up: each of these lines must compile.

use core::error::Error;
use core::fmt::Debug;
use core::iter::FusedIterator;

use cnic_command::form::{Body, Others};
use cnic_command::{
    Change, Chunks, Command, Commands, Credentials, Encoded, ErrorKind, Form, InvalidTagFamily,
    Limits, Parameters, Parser, Series, SeriesIter, SeriesValues, TagFamily, TagKind, Violation,
};

use crate::util::{command, form, keys, text};

const SECRET: &str = "hunter2";

#[test]
fn text_becomes_a_command_in_each_usual_way() {
    const TEXT: &str = "COMMAND=StatusDomain\nDOMAIN=example.com";
    let owned: Command<'static> = TEXT.to_owned().parse().expect("a command");
    let all = [
        Command::parse(TEXT),
        Command::from_utf8(TEXT.as_bytes()),
        TEXT.parse(),
        Command::try_from(TEXT),
        TEXT.try_into(),
        Command::try_from(TEXT.as_bytes()),
        Command::try_from(TEXT.to_owned()),
    ];
    for command in all {
        assert_eq!(command.expect("a command"), owned);
    }
    let borrowed = Command::try_from(TEXT).expect("a command");
    assert_eq!(borrowed.name().as_ptr(), TEXT[8..].as_ptr());
    assert_eq!("DOMAIN=x".parse::<Command<'_>>(), Command::parse("DOMAIN=x"));
}

#[test]
fn a_name_that_is_a_literal_needs_no_question_mark() {
    let command = Command::from_static("StatusAccount");
    assert_eq!(text(&command), "COMMAND=StatusAccount");
    for name in ["", "Status Account", "A=B", "\u{e4}"] {
        let panics = std::panic::catch_unwind(|| Command::from_static(name));
        assert!(panics.is_err(), "{name:?}");
    }
}

#[test]
fn a_command_is_changed_in_place() {
    let mut command = command("COMMAND=X\nb=1\nA=2");
    assert!(command.contains("B") && !command.contains("COMMAND") && !command.contains("c"));
    assert!(self::command("COMMAND=X\nEMPTY=").contains("empty"));
    command.set_name("Y").expect("a name");
    command.extend([("c", "3"), ("B", "4"), ("C", "5")]).expect("parameters");
    assert_eq!(text(&command), "COMMAND=Y\nb=4\nA=2\nc=5");
    assert_eq!(command.position("b"), None, "it was set");

    let before = command.clone();
    assert!(command.set_name("a b").is_err());
    assert!(command.extend([("d", "1"), ("e", "2\n")]).is_err());
    assert!(command.extend([("d", "1"), ("COMMAND", "Z")]).is_err());
    assert_eq!((text(&command), &command), (text(&before), &before), "as it was");

    // Of another command, of a map, of a form.
    let map = std::collections::BTreeMap::from([("f", String::from("6"))]);
    command.extend(map).expect("parameters");
    command.extend(&before).expect("parameters");
    assert_eq!(keys(&command), ["b", "A", "c", "f"]);
}

#[test]
fn what_is_set_can_be_given_with_the_command() {
    let command = Command::from_static("ModifyDomain")
        .with("DOMAIN", "example.com")
        .and_then(|command| command.with_series("NS", ["a.test"]))
        .and_then(|command| command.with_tags(TagFamily::DomainTag, ["red", "blue"]))
        .expect("values");
    let expected =
        "COMMAND=ModifyDomain\nDOMAIN=example.com\nNS0=a.test\nDomainTag0=red\nDomainTag1=blue";
    assert_eq!(text(&command), expected);
    let many = (0..4097).map(|n| n.to_string());
    assert!(command.with_tags(TagFamily::DomainTag, many).is_err());
}

#[test]
fn references_iterate() {
    let command = command("COMMAND=X\nA1=b\nA0=a");
    let mut seen = Vec::new();
    for (key, value) in &command {
        seen.push((key, value));
    }
    assert_eq!(seen, [("A1", "b"), ("A0", "a")]);
    let series = command.series("A");
    for (index, value) in &series {
        assert_eq!(series.get(index), Some(value));
    }
    assert_eq!(series.into_iter().collect::<Vec<_>>(), [(0, "a"), (1, "b")]);
}

/// Holds for an iterator that can be named, stored, sent, cloned and printed.
fn is_named<I>(iter: I, expected: &[I::Item])
where
    I: DoubleEndedIterator + ExactSizeIterator + FusedIterator + Clone + Debug + Send + Sync,
    I::Item: PartialEq + Debug,
{
    let len = expected.len();
    assert_eq!((iter.len(), iter.size_hint()), (len, (len, Some(len))));
    assert_eq!(iter.clone().collect::<Vec<_>>(), *expected);
    let mut reversed: Vec<_> = iter.clone().rev().collect();
    reversed.reverse();
    assert_eq!(reversed, *expected);
    for n in 0..=len + 1 {
        let mut rest = iter.clone();
        assert_eq!(rest.nth(n).as_ref(), expected.get(n), "the one at {n}");
        assert_eq!(rest.len(), len.saturating_sub(n + 1));
        assert!(rest.eq(iter.clone().skip(n + 1)));
        let mut rest = iter.clone();
        assert_eq!(rest.nth_back(n).is_some(), n < len);
        assert_eq!(rest.count(), len.saturating_sub(n + 1));
    }
    let mut ended = iter.clone();
    while ended.next().is_some() {}
    assert!(ended.next().is_none() && ended.next_back().is_none());
    assert!(!format!("{iter:?}").contains(SECRET), "{iter:?}");
}

#[test]
fn iterators_have_names() {
    struct All<'c> {
        parameters: Parameters<'c>,
        header: Parameters<'c>,
        chunks: Chunks<'c>,
        others: Others<'c>,
        body: Body<'c>,
    }

    let read =
        command("[HEADER]\ns_pw=hunter2\n[COMMAND]\nCOMMAND=X\nA4=e\nAUTH=hunter2\nA0=a\nEOF");
    let form = form("s_entity=hunter2&s_user=hunter2");
    let all = All {
        parameters: read.parameters(),
        header: read.header(),
        chunks: read.chunks("A", 1),
        others: form.credentials().others(),
        body: form.credentials().alone(),
    };
    is_named(all.parameters, &[("A4", "e"), ("AUTH", SECRET), ("A0", "a")]);
    is_named(all.header, &[("s_pw", SECRET)]);
    is_named(command("COMMAND=X\nA=1").header(), &[]);
    is_named(all.others, &[("s_entity", SECRET), ("s_user", SECRET)]);
    assert_eq!(all.body.len(), "s_entity=hunter2&s_user=hunter2".len());
    let part = |value: &str| command(&format!("COMMAND=X\nAUTH=hunter2\nA0={value}")).into_owned();
    is_named(all.chunks, &[part("a"), part("e")]);

    let series: Series<'_> = read.series("A");
    let iter: SeriesIter<'_, '_> = series.iter();
    is_named(iter, &[(0, "a"), (4, "e")]);
    let values: SeriesValues<'_, '_> = series.values();
    is_named(values, &["a", "e"]);
    // Items outlive the view.
    let kept: Vec<&str> = read.series("A").values().collect();
    assert_eq!(kept, ["a", "e"]);
    fn is_iterator<I: Iterator + Clone + Debug + FusedIterator>() {}
    is_iterator::<Commands<'_>>();
}

#[test]
fn lengths_count_what_is_there_and_heights_what_is_named() {
    for (text, len, height) in [
        ("COMMAND=X", 0, 0),
        ("COMMAND=X\nA=a\nA00=a", 0, 0),
        ("COMMAND=X\nA0=a\nA1=b", 2, 2),
        ("COMMAND=X\nA7=a\nA3=", 2, 8),
        ("COMMAND=X\nA4294967295=a", 1, usize::try_from(1_u64 << 32).unwrap_or(usize::MAX)),
    ] {
        let command = command(text);
        let series = command.series("A");
        assert_eq!((series.len(), series.height()), (len, height), "{text:?}");
        assert_eq!((series.is_empty(), series.has_gaps()), (len == 0, len < height), "{text:?}");
        assert_eq!(series.clone(), series);
    }
    assert_ne!(command("COMMAND=X\nA0=a").series("A"), command("COMMAND=X\nA1=a").series("A"));
    let command = command("COMMAND=X\nA=\u{fc}");
    let encoded: Encoded<'_> = command.encode();
    assert_eq!(encoded.len(), String::from(encoded).len());
}

#[test]
fn limits_are_set_in_a_constant() {
    const LIMITS: Limits = Limits::DEFAULT.bytes(40).lines(3).parameters(1);
    const PARSER: Parser = Parser::new().limits(LIMITS);

    assert_eq!((LIMITS.bytes, LIMITS.lines, LIMITS.parameters), (40, 3, 1));
    let kind = |text: &str| PARSER.parse(text).err().map(|error| error.kind());
    assert_eq!(kind("COMMAND=X\nA=1"), None);
    assert_eq!(kind("COMMAND=X\nA=1\nB=2"), Some(ErrorKind::ParameterLimit));
    assert_eq!(kind("COMMAND=X\n\n\nA=1"), Some(ErrorKind::LineLimit));
    assert_eq!(kind(&format!("COMMAND=X\nA={}", "1".repeat(40))), Some(ErrorKind::ByteLimit));
}

#[test]
fn tag_families_have_names_kinds_and_columns() {
    for family in TagFamily::ALL {
        for key in [family.key(), &family.key().to_uppercase(), &family.key().to_lowercase()] {
            assert_eq!(key.parse(), Ok(family));
            assert_eq!(TagFamily::try_from(key), Ok(family));
        }
        assert_eq!(family.to_string(), family.key());
        assert_eq!(format!("{family:>14}").trim_start(), family.key());
        assert!(family.key().ends_with(family.kind().as_ref()));
        assert_eq!(family.column(), family.kind().column());
        let is_replacing = family == family.kind().family();
        assert_eq!(family.key().parse::<TagKind>().is_ok(), is_replacing);
    }
    for kind in TagKind::ALL {
        assert_eq!((kind.to_string().parse(), kind.to_string()), (Ok(kind), kind.as_ref().into()));
        assert_eq!(TagKind::try_from(kind.family().key()), Ok(kind));
    }
    assert_eq!(TagKind::ALL.map(TagKind::column), [Some("domaintag"), None]);
    for text in ["", "DomainTag0", "Tag", " DomainTag", SECRET] {
        let error: InvalidTagFamily = text.parse::<TagFamily>().unwrap_err();
        assert_eq!(error.to_string(), "no such tag family");
        assert_eq!(format!("{error:?}"), "InvalidTagFamily(\"no such tag family\")");
    }
}

#[test]
fn a_violation_is_an_error_and_a_change_is_told() -> Result<(), Box<dyn Error>> {
    fn checked(command: &Command<'_>) -> Result<(), Box<dyn Error + Send + Sync>> {
        let mut first: Option<Violation> = None;
        command.check(&mut first);
        Ok(first.map_or(Ok(()), Err)?)
    }

    let mut command = Command::new("TransferDomain")?.with("ZoneTag0", "red")?;
    let error = checked(&command).unwrap_err();
    assert_eq!(error.to_string(), "`ZoneTag` is not allowed in this command");
    assert_eq!(error.downcast_ref::<Violation>().map(|it| it.family()), Some(TagFamily::ZoneTag));

    let change: Change = command.set_change(TagKind::Zone, ["red", "blue"], ["green"])?;
    assert_eq!((change.len(), change.is_empty()), (3, false));
    assert_eq!(change.to_string(), "1 added, 2 removed");
    assert_eq!((Change::default().len(), Change::default().is_empty()), (0, true));
    Ok(())
}

#[test]
fn a_form_is_taken_apart() {
    let account = Credentials::new().with_login("account").with_role("clerk");
    let sent = command("COMMAND=StatusDomain\nDOMAIN=example.com\nX=a b");
    let wrapped = account.wrap(&sent).to_string();
    let flat = account.flatten(&sent).expect("no transport key").to_string();
    for body in [&*wrapped, &*flat, "s_login=account:clerk&s_command=COMMAND=StatusDomain"] {
        let (credentials, command): (Credentials<'_>, Option<Command<'_>>) = {
            let form = Form::decode(body.as_bytes()).expect("a form");
            assert_eq!(form.command(), Form::command(&form.clone()));
            let copied = form.command().expect("a command").map(Command::into_owned);
            let parts = form.into_parts().expect("a command");
            assert_eq!(parts.1, copied);
            parts
        };
        assert_eq!(credentials, account);
        assert_eq!(command.expect("a command").name(), "StatusDomain");
    }
    let alone = account.alone().to_string();
    assert_eq!(form(&alone).into_parts(), Ok((account.clone(), None)));
    let bad = form("s_login=account&s_command=COMMAND%3DX%0Ano").into_parts().unwrap_err();
    assert_eq!((bad.kind(), bad.position().line()), (ErrorKind::MissingEquals, 2));
    // `[COMMAND]` without `EOF` is whole in a form, and the limits are those of the form.
    let cut = form("s_command=[COMMAND]%0ACOMMAND%3DX").into_parts().expect("a command").1;
    assert_eq!(cut.expect("a command").name(), "X");
    let limited = Form::decode_within(wrapped.as_bytes(), Limits::DEFAULT.parameters(1));
    let error = limited.expect("a form").into_parts().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ParameterLimit);
}

#[test]
fn a_flat_command_is_moved_out_of_its_form() {
    use cnic_testkit::counting::cost;

    let body = format!("s_login=me&command=X{}", crate::util::lines("A", 1000).replace('\n', "&"));
    let form = form(&body);
    let (copied, spent) = cost(|| form.command().expect("a command").expect("a command"));
    assert!(spent.allocations > 0);
    let ((_, moved), spent) = cost(|| form.clone().into_parts().expect("a command"));
    let (_, cloned) = cost(|| form.clone());
    assert_eq!(moved.as_ref(), Some(&copied));
    assert_eq!(spent.allocations, cloned.allocations, "no more than the clone of the form");
}
