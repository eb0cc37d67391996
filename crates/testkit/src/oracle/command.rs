//! What holds for every command and every form.

use std::collections::{BTreeMap, BTreeSet};

use cnic_command::form::{Credentials, Form, query};
use cnic_command::{
    BuildErrorKind, Command, ErrorKind, Parser, Position, Redaction, TagFamily, Violation,
    from_command, to_command,
};

use super::command_lines::{MARK, header, starts_with_mark};

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
    marks(text);
    ends(text);
    let command = match Command::parse(text) {
        Ok(command) => command,
        Err(error) => {
            let (at, span) = (error.position(), error.span());
            assert!(text.get(span.clone()).is_some_and(|part| !part.contains('\n')), "{span:?}");
            let is_in_line = at.byte() <= span.start && !text[at.byte()..span.start].contains('\n');
            assert!(is_in_line || span == (text.len()..text.len()), "{span:?}");
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
    assert!(command.header().eq(header(text)), "another header");
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

/// A byte order mark in front of all makes no difference, but for places.
fn marks(text: &str) {
    if starts_with_mark(text) {
        return;
    }
    let marked = format!("{MARK}{text}");
    match (Command::parse(text), Command::parse(&marked)) {
        (Ok(command), Ok(marked)) => {
            assert!(command == marked && command.header().eq(marked.header()));
        }
        (Err(error), Err(marked)) => {
            assert_eq!(error.kind(), marked.kind());
            assert_eq!(error.position().line(), marked.position().line());
            assert_eq!(error.span().start + MARK.len(), marked.span().start);
        }
        (_, _) => panic!("a mark makes a difference"),
    }
}

/// Who allows that `EOF` is missing reads what would be read with it, and all else as everybody does.
fn ends(text: &str) {
    let (strict, lenient) = (Parser::new(), Parser::new().allow_truncated(true));
    let whole = format!("{text}\nEOF");
    let expected = match strict.parse(text) {
        // With an LF after it a CR would be part of the end of a line.
        Err(error) if error.kind() == ErrorKind::Truncated && text.ends_with('\r') => return,
        Err(error) if error.kind() == ErrorKind::Truncated => strict.parse(&whole),
        result => result,
    };
    let read = lenient.parse(text);
    match (&expected, &read) {
        (Ok(expected), Ok(read)) => {
            assert!(expected == read && expected.header().eq(read.header()));
        }
        (Err(expected), Err(read)) => assert_eq!(expected.kind(), read.kind()),
        (_, _) => panic!("allowing that `EOF` is missing makes a difference"),
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
    form_marks(bytes);
    // What goes through a URL comes out of it.
    if !bytes.iter().any(|byte| b" \t\r\n\"#".contains(byte)) {
        let line = [b"GET /api?", bytes, b" HTTP/1.1"].concat();
        assert_eq!(query(&line), bytes);
    }
    let form = match Form::decode(bytes) {
        Ok(form) => form,
        Err(error) => {
            let (at, span) = (error.position(), error.span());
            assert!(at.byte() <= span.start && span.end <= bytes.len() && at.line() == 1);
            if let ErrorKind::DuplicateName { first_byte } = error.kind() {
                assert!(repeats_a_name(&bytes[..span.end]), "no name is there twice");
                assert!(usize::try_from(first_byte).is_ok_and(|first| first < at.byte()));
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
    form_blanks(&command);
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

/// Takes a byte order mark off the front of a form, as it is or escaped.
fn unmarked(body: &[u8]) -> &[u8] {
    let escaped = "%EF%BB%BF";
    match body.split_at_checked(escaped.len()) {
        Some((start, rest)) if start.eq_ignore_ascii_case(escaped.as_bytes()) => rest,
        _ => body.strip_prefix(MARK.as_bytes()).unwrap_or(body),
    }
}

/// Returns whether two fields have the same name, ASCII case aside.
fn repeats_a_name(body: &[u8]) -> bool {
    let mut names = BTreeSet::new();
    let mut pairs = unmarked(body).split(|&byte| byte == b'&').filter(|pair| !pair.is_empty());
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

/// A byte order mark in front of a form makes no difference, escaped or not.
fn form_marks(bytes: &[u8]) {
    if unmarked(bytes).len() < bytes.len() {
        return;
    }
    for mark in [MARK, "%EF%BB%BF"] {
        let marked = [mark.as_bytes(), bytes].concat();
        match (Form::decode(bytes), Form::decode(&marked)) {
            (Ok(form), Ok(marked)) => {
                assert_eq!(form.credentials(), marked.credentials());
                assert_eq!(form.command(), marked.command());
            }
            (Err(error), Err(marked)) => {
                assert_eq!(error.offset_by(Position::at_byte(mark.len())), marked);
            }
            (_, _) => panic!("a mark makes a difference"),
        }
    }
}

/// Blanks around values make no difference, whether they are flat or wrapped.
fn form_blanks(command: &Command<'_>) {
    let flat = match Credentials::new().flatten(command) {
        Ok(body) => body.to_string(),
        Err(_) => return,
    };
    let pairs = flat.split('&').map(|pair| pair.replacen('=', "=+%09", 1) + "%20\u{20}");
    let wrapped = Credentials::new().wrap(command).to_string();
    let (field, lines) = wrapped.split_once('=').expect("`s_command`");
    let lines = lines.split("%0A").map(|line| line.replacen("%3D", "%3D+%09", 1) + "%09");
    let framed = command.encode().framed().to_string();
    let framed = framed.strip_suffix("EOF\n").expect("the end of a frame");
    for body in [
        pairs.collect::<Vec<_>>().join("&"),
        format!("{field}={}", lines.collect::<Vec<_>>().join("%0A")),
        format!("s_command={}", escape(framed)),
    ] {
        let form = Form::decode(body.as_bytes()).expect("a form");
        assert!(form.command().is_ok_and(|again| again.as_ref() == Some(command)), "{body}");
    }
}

/// Escapes all bytes.
fn escape(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
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
    assert!(
        Command::parse(&framed.to_string())
            .is_ok_and(|framed| framed == *command && framed.header().eq(command.header()))
    );
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
        let shown = Command::parse(&text).expect("redacted text is a command");
        let all = command.header().chain(command.parameters());
        let expected =
            all.map(|(key, value)| (key, if redaction.is_secret(key) { "***" } else { value }));
        assert!(shown.header().chain(shown.parameters()).eq(expected));
        assert_eq!(shown.len(), command.len());
        let json = serde_json::to_value(redacted).expect("JSON");
        assert_eq!(json["command"], command.name());
        let members = json["params"].as_object().expect("an object");
        assert_eq!(members.len(), command.len());
        for (key, value) in shown.parameters() {
            assert_eq!(members[&key.to_ascii_uppercase()], value);
        }
        let debug = format!("{redacted:?}").replacen("Redacted", "Command", 1);
        assert!(redaction != &Redaction::DEFAULT || debug == format!("{command:?}"));
    }
}

/// All sinks are told the same, at most two violations a parameter.
fn checks(command: &Command<'_>) {
    let mut all: Vec<Violation> = Vec::new();
    command.check(&mut all);
    let mut first: Option<Violation> = None;
    command.check(&mut first);
    assert_eq!(first, all.first().copied());
    let places: BTreeSet<_> = all.iter().map(|finding| finding.position()).collect();
    assert!(places.len() <= command.len() && all.len() <= command.len() + 1);
}
