//! A command as text: its length, its bytes, what it costs, and that it reads back.

use core::fmt::{self, Write};

use cnic_command::form::Credentials;
use cnic_command::{Command, Encoded};
use cnic_testkit::counting::cost;

use crate::util::{Random, built, command, form, lines, text};

/// A command with something of everything.
fn sample() -> Command<'static> {
    let values =
        [("Domain", "grün.example"), ("note", "a = b\t+%&"), ("X-Fee_A0", ""), ("z", "🌐")];
    built("modifyDomain", &values)
}

fn forms<'c>(command: &'c Command<'c>) -> [Encoded<'c>; 4] {
    let plain = command.encode();
    [plain, plain.framed(), plain.uppercase(), plain.uppercase().framed()]
}

#[test]
fn exact_bytes() {
    let command = sample();
    let [plain, framed, uppercase, both] = forms(&command).map(|encoded| encoded.to_string());
    let lines = "Domain=grün.example\nnote=a = b\t+%&\nX-Fee_A0=\nz=🌐";
    assert_eq!(plain, format!("COMMAND=modifyDomain\n{lines}"));
    assert_eq!(framed, format!("[COMMAND]\nCOMMAND=modifyDomain\n{lines}\nEOF\n"));
    let lines = "DOMAIN=grün.example\nNOTE=a = b\t+%&\nX-FEE_A0=\nZ=🌐";
    assert_eq!(uppercase, format!("COMMAND=modifyDomain\n{lines}"), "keys, and not the values");
    assert_eq!(both, format!("[COMMAND]\nCOMMAND=modifyDomain\n{lines}\nEOF\n"));
    let bare = built("X", &[]);
    let expected = ["COMMAND=X", "[COMMAND]\nCOMMAND=X\nEOF\n"];
    assert_eq!([bare.encode(), bare.encode().framed()].map(String::from), expected);
}

#[test]
fn framed_and_uppercase_are_said_in_any_order_and_more_than_once() {
    let command = sample();
    let [.., both] = forms(&command).map(String::from);
    let again = command.encode().uppercase().framed().uppercase().framed();
    assert_eq!(String::from(again), both);
}

#[test]
fn the_length_is_exact() {
    let mut random = Random::new(1);
    let mut commands: Vec<Command<'_>> = (0..300).map(|_| random.command()).collect();
    commands.extend([sample(), built("X", &[]), built("X", &[("A", "")])]);
    let many = format!("COMMAND=X{}", lines("KEY", 12_345));
    commands.push(command(&many));
    for command in &commands {
        for encoded in forms(command) {
            let text = encoded.to_string();
            assert_eq!(encoded.len(), text.len(), "{text}");
            assert_eq!(String::from(encoded), text);
        }
    }
}

//--- Cost

/// Counts bytes.
struct Counter(usize);

impl Write for Counter {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.0 += s.len();
        Ok(())
    }
}

#[test]
fn a_string_is_allocated_once() {
    let many = format!("COMMAND=ModifyDomain{}", lines("AddDomainTag", 4096));
    for command in [built("X", &[]), sample(), command(&many)] {
        for encoded in forms(&command) {
            let (text, spent) = cost(|| String::from(encoded));
            assert_eq!((spent.allocations, text.capacity()), (1, text.len()));
            let (len, spent) = cost(|| encoded.len());
            assert_eq!((spent.allocations, len), (0, text.len()));
        }
    }
}

#[test]
fn writing_allocates_nothing() {
    let many = format!("COMMAND=ModifyDomain{}", lines("AddDomainTag", 4096));
    for command in [sample(), command(&many)] {
        for encoded in forms(&command) {
            let mut text = String::with_capacity(encoded.len());
            let (written, spent) = cost(|| write!(text, "{encoded}"));
            assert_eq!((written, spent.allocations, text.len()), (Ok(()), 0, encoded.len()));
            let mut counter = Counter(0);
            let (written, spent) = cost(|| write!(counter, "{encoded}"));
            assert_eq!((written, spent.allocations, counter.0), (Ok(()), 0, encoded.len()));
        }
        let mut counter = Counter(0);
        let (written, spent) = cost(|| write!(counter, "{}", command.redacted()));
        assert_eq!((written, spent.allocations, counter.0), (Ok(()), 0, command.encode().len()));
    }
}

#[test]
fn a_form_is_allocated_once() {
    let credentials = Credentials::new().with_login("a:b").with_password("p&w ü");
    let command = sample();
    let bodies = [
        credentials.alone(),
        credentials.wrap(&command),
        credentials.flatten(&command).expect("a form"),
    ];
    for body in bodies {
        let (text, spent) = cost(|| String::from(body));
        assert_eq!((spent.allocations, text.capacity(), body.len()), (1, text.len(), text.len()));
        let mut counter = Counter(0);
        let (written, spent) = cost(|| write!(counter, "{body}"));
        assert_eq!((written, spent.allocations, counter.0), (Ok(()), 0, text.len()));
    }
}

#[test]
fn one_value_with_an_escape_is_escaped_wherever_it_is() {
    let credentials = Credentials::new().with_login("a b");
    for place in 0..3 {
        let mut values = ["plain"; 3];
        values[place] = "50% \u{fc}";
        let command = Command::new("X").expect("a name").with_series("K", values).expect("values");
        let expected = values.map(|value| if value == "plain" { value } else { "50%25+%C3%BC" });
        let pairs = |between: &str, equals: &str| -> String {
            let pair = |(index, value)| format!("{between}K{index}{equals}{value}");
            expected.iter().enumerate().map(pair).collect()
        };
        let wrapped = format!("s_login=a+b&s_command=COMMAND%3DX{}", pairs("%0A", "%3D"));
        let flat = format!("s_login=a+b&command=X{}", pairs("&", "="));
        let flattened = credentials.flatten(&command).expect("a form");
        for (body, expected) in [(credentials.wrap(&command), wrapped), (flattened, flat)] {
            assert_eq!(body.len(), expected.len());
            assert_eq!(body.to_string(), expected);
            assert_eq!(String::from(body), expected);
        }
    }
}

#[test]
fn a_writer_that_fails_once_is_heard() {
    /// Fails when it has counted down, and then never again.
    struct Fails(usize);
    impl Write for Fails {
        fn write_str(&mut self, _: &str) -> fmt::Result {
            let fails = self.0 == 0;
            self.0 = self.0.wrapping_sub(1);
            if fails { Err(fmt::Error) } else { Ok(()) }
        }
    }

    let command = sample();
    let credentials = Credentials::new().with_login("a:b").with_password("p w");
    let [plain, framed, uppercase, both] = forms(&command);
    let (wrapped, redacted) = (credentials.wrap(&command), command.redacted());
    let flat = credentials.flatten(&command).expect("a form");
    let all: [&dyn fmt::Display; 7] =
        [&plain, &framed, &uppercase, &both, &wrapped, &flat, &redacted];
    for shown in all {
        let mut writer = Fails(usize::MAX);
        assert!(write!(writer, "{shown}").is_ok());
        let pieces = usize::MAX - writer.0;
        assert!(pieces > 10);
        assert!((0..pieces).all(|piece| write!(Fails(piece), "{shown}").is_err()), "{shown}");
    }
}

//--- Back again

#[test]
fn what_is_built_reads_back() {
    let mut random = Random::new(2);
    for _ in 0..500 {
        let command = random.command();
        for encoded in forms(&command) {
            let text = encoded.to_string();
            assert_eq!(crate::util::command(&text), command, "{text:?}");
            assert_eq!(crate::util::command(&text.replace('\n', "\r\n")), command, "{text:?}");
        }
        let canonical = text(&command);
        let read = crate::util::command(&canonical);
        assert!(read.parameters().eq(command.parameters()), "order and spelling too");
    }
}

#[test]
fn what_is_built_reads_back_from_both_forms() {
    let mut random = Random::new(3);
    let credentials =
        Credentials::new().with_login("account").with_role("a:b c").with_otp("1+1=%2");
    for _ in 0..500 {
        let command = random.command();
        let flat = credentials.flatten(&command).expect("no key of a transport");
        for body in [credentials.wrap(&command), flat].map(String::from) {
            let form = form(&body);
            assert_eq!(form.credentials(), &credentials);
            let read = form.command().expect("a command").expect("a command");
            assert!(read == command && read.parameters().eq(command.parameters()), "{body}");
        }
    }
}

#[test]
fn canonical_text_is_a_fixed_point() {
    let mut random = Random::new(4);
    for _ in 0..300 {
        // The same command as people write it.
        let mut messy = String::from("\n[command]\r\n");
        let command = random.command();
        let name = random.below(command.len() + 1);
        for (place, (key, value)) in command.parameters().enumerate() {
            if place == name {
                messy += &format!("Command = {}\n", command.name());
            }
            let end = ["\n", "\r\n", " \n", "\t\r\n\n"][random.below(4)];
            let equals = ["=", " = ", "\t=", "= "][random.below(4)];
            messy += &format!("{key}{equals}{value}{end}");
        }
        if name == command.len() {
            messy += &format!(" COMMAND={} \n", command.name());
        }
        messy += "eof";
        let read = crate::util::command(&messy);
        let once = text(&read);
        assert_eq!(once, text(&command), "{messy:?}");
        assert_eq!(text(&crate::util::command(&once)), once);
    }
}
