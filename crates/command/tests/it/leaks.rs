//! Every way in which a text leaves the crate, with every secret: only what goes over the wire has
//! the value in it.

use core::fmt::{Debug, Display};
use std::borrow::Cow;
use std::collections::BTreeMap;

use cnic_command::form::{Credentials, Form};
use cnic_command::{
    Command, Commands, FrameDecoder, Limits, Parser, Redaction, TagFamily, TagKind, Violation, de,
    from_command, to_command,
};
use cnic_testkit::secret::SECRET;
use serde::{Deserialize, Deserializer};

/// The texts that came out, each with the way that it took.
#[derive(Default)]
struct Out(Vec<(&'static str, String)>);

impl Out {
    fn debug(&mut self, way: &'static str, value: &impl Debug) {
        self.0.extend([(way, format!("{value:?}")), (way, format!("{value:#?}"))]);
    }

    fn error<T: Debug, E: Debug + Display>(&mut self, way: &'static str, result: Result<T, E>) {
        self.debug(way, &result);
        let error = result.expect_err(way);
        self.0.push((way, error.to_string()));
    }
}

/// Each secret in every spelling.
fn keys() -> impl Iterator<Item = String> {
    let names: Vec<String> = Redaction::DEFAULT.names().map(Cow::into_owned).collect();
    names.into_iter().flat_map(|name| {
        let lower = name.to_ascii_lowercase();
        [format!("{name}0"), format!("{lower}12"), format!("{lower}007"), lower, name]
    })
}

#[test]
fn no_secret_leaves_but_over_the_wire() {
    let mut ways = 0;
    for key in keys() {
        let mut out = Out::default();
        let text = format!("COMMAND=X\nDOMAIN=example.com\n{key}={SECRET}");
        let command = Command::parse(&text).expect("a command");
        commands(&mut out, &command, &key);
        streams(&mut out, &text);
        forms(&mut out, &command, &key);
        refusals(&mut out, &key);
        types(&mut out, &command, &key);
        for (way, shown) in &out.0 {
            assert!(!shown.contains(&SECRET[..4]), "{key} by {way}: {shown}");
            assert!(!shown.is_empty(), "{way}");
        }
        ways = out.0.len();
        wire(&command, &key);
    }
    assert!(ways > 100, "{ways} ways");
}

/// What is meant to have it.
fn wire(command: &Command<'_>, key: &str) {
    let credentials = Credentials::new();
    assert_eq!(command.get(key), Some(SECRET));
    let json = serde_json::to_string(command).expect("JSON");
    let encoded = command.encode().to_string();
    for text in [encoded, credentials.wrap(command).to_string(), json] {
        assert!(text.contains(SECRET), "{text}");
    }
}

fn commands(out: &mut Out, command: &Command<'_>, key: &str) {
    out.debug("Command", command);
    out.debug("into_owned", &command.clone().into_owned());
    out.debug("Encoded", &command.encode().framed().uppercase());
    out.debug("Redacted", &command.redacted());
    out.0.push(("Redacted", command.redacted().to_string()));
    let redaction = Redaction::DEFAULT.with("X-Mine");
    out.debug("Redacted", &command.redacted_with(&redaction));
    out.0.push(("Redacted", command.redacted_with(&redaction).to_string()));
    for redacted in [command.redacted(), command.redacted_with(&redaction)] {
        out.0.push(("JSON", serde_json::to_string(&redacted).expect("JSON")));
        out.0.push(("JSON", serde_json::to_string_pretty(&redacted).expect("JSON")));
        out.debug("JSON", &serde_json::to_value(redacted).expect("JSON"));
    }
    let family = key.trim_end_matches(|c: char| c.is_ascii_digit());
    out.debug("Series", &command.series(family));
    out.debug("chunks", &command.chunks(family, 1).collect::<Vec<_>>());
    let mut changed = command.clone();
    let change = changed.set_change(family, [SECRET], [SECRET; 0]).expect("a change");
    out.debug("Change", &change);
    let mut all: Vec<Violation> = Vec::new();
    let tagged = format!("COMMAND=AddDomain\nDomainTag={SECRET}\nAddDomainTag01={SECRET}");
    Command::parse(&tagged).expect("a command").check(&mut all);
    assert_eq!(all.len(), 3);
    out.debug("Violation", &all);
    out.0.extend(all.iter().map(|violation| ("Violation", violation.to_string())));
    out.debug("ViolationKind", &all.iter().map(Violation::kind).collect::<Vec<_>>());
}

fn streams(out: &mut Out, text: &str) {
    out.debug("Commands", &Commands::new(text));
    out.debug("Commands", &Commands::new(text).collect::<Vec<_>>());
    let bad = format!("{text}\n{SECRET}\nEOF\n{text}\nEOF");
    out.error("Commands", Commands::new(&bad).next().expect("a command"));
    for text in [&format!("{text}\nEOF\n"), text, &bad] {
        let mut decoder = FrameDecoder::new();
        let mut bytes = text.as_bytes();
        let command = format!("{:?}", decoder.decode(&mut bytes));
        out.0.push(("FrameDecoder", command));
        out.debug("FrameDecoder", &decoder);
        out.debug("FrameDecoder", &decoder.finish());
    }
}

fn forms(out: &mut Out, command: &Command<'_>, key: &str) {
    let credentials = Credentials::new()
        .with_login("me")
        .with_role("clerk")
        .with_password(SECRET)
        .with_otp(SECRET)
        .with_session_id(SECRET);
    out.debug("Credentials", &credentials);
    out.debug("Body", &credentials.wrap(command));
    out.debug("Body", &credentials.alone());
    out.debug("Body", &credentials.flatten(command));
    let mut bodies = vec![
        String::from(credentials.wrap(command)),
        String::from(credentials.alone()),
        format!("{key}={SECRET}&command=X"),
    ];
    bodies.extend(credentials.flatten(command).map(String::from));
    for body in &bodies {
        let form = Form::decode(body.as_bytes()).expect("a form");
        out.debug("Form", &form);
        out.debug("Form", &form.credentials());
        out.debug("Form", &form.command());
        if let Some(command) = form.command().expect("a command") {
            out.debug("Redacted", &command.redacted());
            out.0.push(("Redacted", command.redacted().to_string()));
        }
        for wrong in ["&=", "&command=X&command=X", "&%", "&s_pw=%00\n", "&persistent=7", "&s_x"] {
            let wrong = format!("{body}{wrong}");
            out.error("Form::decode", Form::decode(wrong.as_bytes()));
        }
        let mut limits = Limits::DEFAULT;
        limits.bytes = 20;
        out.error("Form::decode", Form::decode_within(body.as_bytes(), limits));
    }
    let body = format!("s_command=COMMAND%3DX%0A{key}%3D{SECRET}%0A{SECRET}");
    out.error("Form::command", Form::decode(body.as_bytes()).expect("a form").command());
}

/// Texts and parameters that are no command's.
fn refusals(out: &mut Out, key: &str) {
    for text in [
        format!("{key}={SECRET}"),
        format!("COMMAND=X\n{key}={SECRET}\n{key}={SECRET}"),
        format!("COMMAND=X\n{key}={SECRET}\0"),
        format!("COMMAND=X\n{key} {SECRET}={SECRET}"),
        format!("COMMAND=X\n{key}:{SECRET}"),
        format!("COMMAND={SECRET} {SECRET}\n{key}={SECRET}"),
        format!("COMMAND=X\n{key}={SECRET}\nEOF\n{key}={SECRET}"),
        format!("[COMMAND]\nCOMMAND=X\n{key}={SECRET}"),
        format!("COMMAND=X\n{key}={SECRET}\n[COMMAND]"),
        format!("[HEADER]\n{key}={SECRET}\n{key}={SECRET}\n[COMMAND]\nCOMMAND=X\nEOF"),
        format!("[HEADER]\n{key}={SECRET}\nCOMMAND={SECRET}"),
    ] {
        out.error("parse", Command::parse(&text));
    }
    let bytes = [format!("COMMAND=X\n{key}={SECRET}").as_bytes(), b"\xff"].concat();
    out.error("from_utf8", Command::from_utf8(&bytes));
    let mut limits = Limits::DEFAULT;
    limits.parameters = 0;
    let parser = Parser::new().limits(limits);
    out.error("Parser", parser.parse(&format!("COMMAND=X\n{key}={SECRET}")));
    let headed = format!("[HEADER]\n{key}={SECRET}\n[COMMAND]\nCOMMAND=X\nEOF\n");
    let headed = Command::parse(&headed).expect("a command with a header");
    out.debug("Command", &headed);
    out.debug("Redacted", &headed.redacted());
    out.0.push(("Redacted", headed.redacted().to_string()));

    let mut command = Command::new("X").expect("a name");
    let broken = format!("{SECRET}\n");
    out.error("new", Command::new(broken.clone()));
    out.error("set", command.set(key.to_owned(), broken.clone()));
    out.error("set", command.set(broken.clone(), SECRET));
    out.error("with", command.clone().with(key.to_owned(), format!(" {SECRET}")));
    out.error("set_series", command.set_series(key, [broken.clone()]));
    out.error("set_indexed", command.set_indexed(key, [(1, SECRET), (1, SECRET)]));
    out.error("set_tag", command.set_tag(TagFamily::DomainTag, 4096, SECRET));
    out.error("set_tags", command.set_tags(TagFamily::DomainTag, [broken.clone()]));
    out.error("set_change", command.set_change(TagKind::Zone, [SECRET], [&broken]));
    out.error("set_change", command.set_change(&broken, [SECRET], [SECRET]));
}

/// A type that quotes what it refuses.
#[derive(Debug)]
struct Quoting;

impl<'de> Deserialize<'de> for Quoting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Err(serde::de::Error::custom(format_args!("not {text}")))
    }
}

impl serde::Serialize for Quoting {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom(format_args!("not {SECRET}")))
    }
}

#[derive(Debug, Deserialize)]
enum Variant {}

fn types(out: &mut Out, command: &Command<'_>, key: &str) {
    type Map<T> = BTreeMap<String, T>;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is never read")]
    struct Number(#[serde(deserialize_with = "de::from_text")] u8);

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is never read")]
    struct Maybe(#[serde(deserialize_with = "de::empty_as_none")] Option<u8>);

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "it is never read")]
    struct Strict {
        domain: String,
    }

    out.error("from_command", from_command::<Map<u64>>(command));
    out.error("from_command", from_command::<Map<f32>>(command));
    out.error("from_command", from_command::<Map<bool>>(command));
    out.error("from_command", from_command::<Map<char>>(command));
    out.error("from_command", from_command::<Map<Variant>>(command));
    out.error("from_command", from_command::<Map<Map<u8>>>(command));
    out.error("from_command", from_command::<Map<Vec<u8>>>(command));
    out.error("from_command", from_command::<Map<Quoting>>(command));
    out.error("from_command", from_command::<Map<Number>>(command));
    out.error("from_command", from_command::<Map<Maybe>>(command));
    out.error("from_command", from_command::<Strict>(command));
    out.error("from_command", from_command::<Variant>(command));
    out.error("from_command", from_command::<Vec<String>>(command));

    let json = format!("{SECRET:?}");
    out.error("de::from_text", serde_json::from_str::<Number>(&json));
    out.error("de::empty_as_none", serde_json::from_str::<Maybe>(&json));

    let map = |value: &str| BTreeMap::from([(key.to_owned(), value.to_owned())]);
    out.error("to_command", to_command("X", &map("hunter2\n")));
    out.error("to_command", to_command("X", &map(" hunter2")));
    out.error("to_command", to_command("X", SECRET));
    out.error("to_command", to_command(format!("{SECRET} "), &map(SECRET)));
    out.error("to_command", to_command("X", &BTreeMap::from([("hunter2 ", SECRET)])));
    out.error("to_command", to_command("X", &BTreeMap::from([(key, Quoting)])));
    out.error("to_command", to_command("X", &BTreeMap::from([(key, [[SECRET]])])));
    let twice =
        BTreeMap::from([(key.to_ascii_uppercase(), SECRET), (key.to_ascii_lowercase(), SECRET)]);
    out.error("to_command", to_command("X", &twice));
    out.debug("to_command", &to_command("X", &map(SECRET)));
}
