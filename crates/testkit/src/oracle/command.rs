//! What holds for every command and every form.

use std::collections::{BTreeMap, BTreeSet};

use cnic_command::form::{Credentials, Form};
use cnic_command::{
    BuildErrorKind, Command, ErrorKind, Finding, Redaction, TagFamily, from_command, to_command,
};

/// A command from any bytes: nothing panics, and whatever is accepted can be written in each shape, read again and found equal.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn command(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else {
        assert!(Command::from_utf8(bytes).is_err(), "accepted bytes that are not UTF-8");
        return;
    };
    let command = match Command::parse(text) {
        Ok(command) => command,
        Err(error) => {
            let at = error.position();
            assert!(at.byte() <= text.len());
            assert!(
                at.byte() == 0 || text.as_bytes()[at.byte() - 1] == b'\n',
                "not the start of a line"
            );
            assert_eq!(at.line(), 1 + text[..at.byte()].matches('\n').count());
            return;
        }
    };
    // A CR before LF is part of the line end once, so only text without any keeps its meaning.
    if !text.contains('\r') {
        let crlf = text.replace('\n', "\r\n");
        assert!(Command::parse(&crlf).is_ok_and(|crlf| crlf == command), "CRLF makes a difference");
    }
    round_trips(&command);
    rebuilds(&command);
    redacts(&command);
    checks(&command);
    deserializes(&command);
    for family in TagFamily::ALL {
        let mut last = None;
        for (index, tag) in command.tags(family).iter() {
            assert!(last < Some(index), "a series out of order");
            last = Some(index);
            assert_eq!(command.get(&format!("{family}{index}")), Some(tag));
        }
    }
}

/// A map of the parameters is a command again, and JSON has every one of them.
fn deserializes(command: &Command<'_>) {
    let map: BTreeMap<&str, &str> = from_command(command).expect("texts");
    assert!(map.iter().all(|(key, value)| command.get(key) == Some(value)));
    assert_eq!(map.len(), command.len());
    if let Ok(again) = to_command(command.name(), &map) {
        assert!(again == *command, "another command");
    }
    let json = serde_json::to_value(command).expect("JSON");
    let parameters = json["params"].as_object().expect("an object");
    assert!(parameters.iter().all(|(key, value)| command.get(key) == value.as_str()));
    assert_eq!(parameters.len(), command.len());
}

/// A form from any bytes: nothing panics, a name that is there twice is refused, and whatever is accepted can be written, read
/// again and found equal.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn form(bytes: &[u8]) {
    let form = match Form::decode(bytes) {
        Ok(form) => form,
        Err(error) => {
            assert!(error.position().byte() <= bytes.len() && error.position().line() == 1);
            if error.kind() == ErrorKind::DuplicateName {
                let end = bytes[error.position().byte()..].iter().position(|&byte| byte == b'&');
                let end = end.map_or(bytes.len(), |end| error.position().byte() + end);
                assert!(repeats_a_name(&bytes[..end]), "no name is there twice");
            }
            return;
        }
    };
    assert!(!repeats_a_name(bytes), "a name is there twice");
    let credentials = form.credentials();
    let Ok(command) = form.command() else { return };
    let Some(command) = command else {
        let alone = String::from(credentials.alone());
        let again = Form::decode(alone.as_bytes()).expect("a form");
        assert_eq!(again.credentials(), credentials);
        return;
    };
    round_trips(&command);
    let body = credentials.wrap(&command);
    let text = String::from(body);
    assert_eq!(text.len(), body.len());
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic()));
    let again = Form::decode(text.as_bytes()).expect("a form");
    assert_eq!(again.credentials(), credentials);
    assert!(
        again.command().is_ok_and(|again| again == Some(command.clone())),
        "wrapping changes the command"
    );
    assert_eq!(String::from(again.credentials().wrap(&command)), text);

    // Only a wrapped command can have parameters that a flat form has another use for.
    match credentials.flatten(&command) {
        Ok(body) => {
            let text = String::from(body);
            let again = Form::decode(text.as_bytes()).expect("a form");
            assert_eq!(again.credentials(), credentials);
            assert_eq!(again.command().ok().flatten().as_ref(), Some(&command));
        }
        Err(error) => assert_eq!(error.kind(), BuildErrorKind::TransportKey),
    }
}

/// Returns whether two fields have the same name, ASCII case aside.
fn repeats_a_name(body: &[u8]) -> bool {
    let mut names = BTreeSet::new();
    let mut pairs = body.split(|&byte| byte == b'&').filter(|pair| !pair.is_empty());
    pairs.any(|pair| {
        let name = pair.split(|&byte| byte == b'=').next().unwrap_or_default();
        !names.insert(unescaped(name).to_ascii_lowercase())
    })
}

/// Decodes `+` and `%XX`, byte by byte.
fn unescaped(raw: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = raw;
    while let [first, after @ ..] = rest {
        let escaped = after
            .first_chunk::<2>()
            .and_then(|digits| u8::from_str_radix(core::str::from_utf8(digits).ok()?, 16).ok());
        (rest, _) = match (first, escaped) {
            (b'%', Some(byte)) => (&after[2..], bytes.push(byte)),
            (b'+', _) => (after, bytes.push(b' ')),
            (&byte, _) => (after, bytes.push(byte)),
        };
    }
    bytes
}

/// `parse(encode(x)) == x`, the canonical text is a fixed point, and its length is what it says.
fn round_trips(command: &Command<'_>) {
    let text = String::from(command.encode());
    assert_eq!(text.len(), command.encode().len());
    assert_eq!(text.lines().count(), 1 + command.len(), "a value changes the number of parameters");
    let again = Command::parse(&text).expect("canonical text is a command");
    assert!(again == *command, "reading canonical text gives another command");
    assert_eq!(String::from(again.encode()), text, "canonical text is not a fixed point");
    let framed = command.encode().framed().uppercase();
    assert_eq!(framed.to_string().len(), framed.len());
    assert!(Command::parse(&framed.to_string()).is_ok_and(|framed| framed == *command));
    assert!(command.clone().into_owned() == *command);
    let wrapped = Credentials::new().wrap(command).to_string();
    let form = Form::decode(wrapped.as_bytes()).expect("a form");
    assert!(form.command().is_ok_and(|again| again.as_ref() == Some(command)));
}

/// Whatever is read can also be built.
fn rebuilds(command: &Command<'_>) {
    let mut built = Command::new(command.name()).expect("the name of a command");
    for (key, value) in command.parameters() {
        built.set(key, value).expect("a parameter of a command");
    }
    assert_eq!(String::from(built.encode()), String::from(command.encode()));
}

/// Redaction leaves the keys, hides each secret and nothing else, as text and as JSON, and `Debug` agrees with it.
fn redacts(command: &Command<'_>) {
    let added = command.parameters().next().map_or("X", |(key, _)| key).to_owned();
    let redaction = Redaction::DEFAULT.with(added);
    for (redacted, redaction) in
        [(command.redacted(), &Redaction::DEFAULT), (command.redacted_with(&redaction), &redaction)]
    {
        let text = redacted.to_string();
        let shown: Vec<&str> = text.split('\n').skip(1).collect();
        let json = serde_json::to_value(redacted).expect("JSON");
        assert_eq!(json["command"], command.name());
        assert_eq!(shown.len(), command.len());
        assert_eq!(
            json["params"].as_object().map_or(0, |parameters| parameters.len()),
            command.len()
        );
        for ((key, value), line) in command.parameters().zip(shown) {
            let expected = if redaction.is_secret(key) { "***" } else { value };
            assert_eq!(line.split_once('='), Some((key, expected)));
            assert_eq!(json["params"][key.to_ascii_uppercase()], expected);
        }
        let debug = format!("{redacted:?}").replacen("Redacted", "Command", 1);
        assert!(redaction != &Redaction::DEFAULT || debug == format!("{command:?}"));
    }
}

/// All sinks are told the same, at most two findings a parameter.
fn checks(command: &Command<'_>) {
    let mut all: Vec<Finding> = Vec::new();
    command.check(&mut all);
    let mut first: Option<Finding> = None;
    command.check(&mut first);
    assert_eq!(first, all.first().copied());
    let places: BTreeSet<_> = all.iter().map(|finding| finding.position()).collect();
    assert!(places.len() <= command.len() && all.len() <= command.len() + 1);
}
