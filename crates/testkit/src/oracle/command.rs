//! What holds for every command and every form.

use std::collections::{BTreeMap, BTreeSet};

use cnic_command::form::{Credentials, Form};
use cnic_command::{BuildErrorKind, Command, Finding, TagFamily, from_command, to_command};

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

/// A form from any bytes: nothing panics, and whatever is accepted can be written, read again and found equal.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn form(bytes: &[u8]) {
    let form = match Form::decode(bytes) {
        Ok(form) => form,
        Err(error) => {
            return assert!(error.position().byte() <= bytes.len() && error.position().line() == 1);
        }
    };
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

/// Redaction leaves the keys, hides each value whole or not at all, and `Debug` agrees with it.
fn redacts(command: &Command<'_>) {
    let redacted = command.redacted().to_string();
    let shown: Vec<&str> = redacted.split('\n').skip(1).collect();
    assert_eq!(shown.len(), command.len());
    for ((key, value), line) in command.parameters().zip(shown) {
        let (shown_key, shown_value) = line.split_once('=').expect("a parameter");
        assert_eq!(shown_key, key);
        assert!(shown_value == value || shown_value == "***");
        let is_password = key.eq_ignore_ascii_case("password") || key.eq_ignore_ascii_case("auth");
        assert!(!is_password || shown_value == "***");
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
