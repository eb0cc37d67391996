//! Every case of `testdata/command/` through the binary, against its expectation.
//!
//! What follows from the canonical text is derived from it here: the JSON and both shapes of a
//! form.

use std::io::Write;
use std::process::{Command, Stdio};

use cnic_testkit::table::{Row, check_columns};

/// Runs `cnic command` and returns standard output without its final line end, or, if the exit
/// status is 1, standard error.
fn cnic(input: &[u8], options: &[&str]) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    command.arg("command").args(options);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary starts");
    child.stdin.take().expect("a pipe").write_all(input).expect("the binary reads its input");
    let output = child.wait_with_output().expect("the binary ends");
    let text = |bytes| String::from_utf8(bytes).expect("the binary writes UTF-8");
    match output.status.code() {
        Some(0) => {
            let text = text(output.stdout);
            let text = text.strip_suffix('\n').expect("a line end");
            assert!(!text.ends_with('\n'), "more than one line end");
            Ok(text.to_owned())
        }
        Some(1) => {
            assert!(output.stdout.is_empty(), "output in spite of an error");
            Err(text(output.stderr))
        }
        status => panic!("exit status {status:?}: {}", text(output.stderr)),
    }
}

/// Returns what the lines of standard error say.
fn errors(stderr: &str) -> Vec<&str> {
    assert!(stderr.ends_with('\n'), "{stderr:?}");
    let lines = stderr.lines().filter(|line| !line.starts_with("help: "));
    lines.map(|line| line.strip_prefix("error: ").expect("an error")).collect()
}

/// Writes `=` for a text that is the other one.
fn or_same(text: String, other: &[u8]) -> String {
    if text.as_bytes() == other { "=".to_owned() } else { text }
}

fn without_line_end(input: &[u8]) -> &[u8] {
    input.strip_suffix(b"\n").unwrap_or(input)
}

fn same(what: &str, actual: &str, derived: &str) -> Result<(), String> {
    if actual == derived {
        return Ok(());
    }
    Err(format!("{what}\n  derived: {derived}\n   actual: {actual}"))
}

/// Returns the name and the parameters of a canonical text.
fn parts(text: &str) -> (&str, impl Iterator<Item = (&str, &str)>) {
    let mut pairs = text.split('\n').map(|line| line.split_once('=').expect("a pair"));
    let (key, name) = pairs.next().expect("a first line");
    assert_eq!(key, "COMMAND");
    (name, pairs)
}

fn json(text: &str) -> String {
    let (name, pairs) = parts(text);
    let params: serde_json::Map<_, _> =
        pairs.map(|(key, value)| (key.to_ascii_uppercase(), value.into())).collect();
    serde_json::json!({ "command": name, "params": params }).to_string()
}

/// Encodes a part of a form as browsers do.
fn percent(part: &str) -> String {
    let encode = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        b'*' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    part.bytes().map(encode).collect()
}

#[test]
fn parts_of_forms_are_encoded_as_browsers_do() {
    assert_eq!(
        percent("A=!\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~ \u{1}é"),
        "A%3D%21%22%23%24%25%26%27%28%29*%2B%2C-.%2F09%3A%3B%3C%3D%3E%3F%40AZ\
         %5B%5C%5D%5E_%60az%7B%7C%7D%7E+%01%C3%A9"
    );
}

#[test]
fn json_is_derived_from_the_text() {
    assert_eq!(
        json("COMMAND=AddX\nb=1=2\nA="),
        r#"{"command":"AddX","params":{"B":"1=2","A":""}}"#
    );
}

#[test]
fn commands_that_are_accepted() {
    check_columns("command/valid.tsv", 76, ["text", "redacted"], |row| {
        let input = row.bytes("input");
        let text = cnic(input, &[])?;
        same("--to json", &cnic(input, &["--to", "json"])?, &json(&text))?;
        let redacted = cnic(input, &["--to", "redacted"])?;
        let redacted = or_same(redacted, text.as_bytes());
        Ok([or_same(text, without_line_end(input)), redacted])
    });
}

/// Returns the one error of an input, which is the same with all of the options.
fn error(row: &Row, input: &str, options: &[&[&str]]) -> Result<[String; 1], String> {
    let mut all = options.iter().map(|options| cnic(row.bytes(input), options));
    let first = all.next().expect("options").err().ok_or("is accepted")?;
    for (other, options) in all.zip(&options[1..]) {
        same(&options.join(" "), &other.err().unwrap_or_default(), &first)?;
    }
    match errors(&first)[..] {
        [error] => Ok([error.to_owned()]),
        _ => Err(format!("more than one error: {first}")),
    }
}

#[test]
fn commands_that_are_rejected() {
    check_columns("command/invalid.tsv", 136, ["error"], |row| {
        error(row, "input", &[&["--to", "json"], &["--check"]])
    });
}

/// Shortens an error of `--check` to the family, the name of the violation and the line.
fn violation(input: &[u8], error: &str) -> Result<String, String> {
    let (text, place) = error.rsplit_once(" (line ").ok_or("no place")?;
    let (line, byte) = place.split_once(", byte ").ok_or("no byte")?;
    let line: usize = line.parse().map_err(|_| "no line")?;
    let lines = input.split_inclusive(|&byte| byte == b'\n');
    let start: usize = lines.take(line - 1).map(<[u8]>::len).sum();
    same("the byte of a violation", byte, &format!("{start})"))?;
    let (family, text) =
        text.strip_prefix('`').and_then(|text| text.split_once("` ")).ok_or("no family")?;
    let name = match text {
        "has no index" => "MissingIndex".to_owned(),
        "index is above 4095" => "IndexTooLarge".to_owned(),
        "index has leading zeros" => "LeadingZeros".to_owned(),
        "is not allowed in this command" => "NotTaken".to_owned(),
        "must not have an index here" => "UnexpectedIndex".to_owned(),
        _ => {
            let first = text.strip_prefix("cannot be combined with `");
            let first = first.and_then(|first| first.strip_suffix('`'));
            format!("Mixed({})", first.ok_or("an unknown violation")?)
        }
    };
    Ok(format!("{family} {name} {line}"))
}

#[test]
fn tag_rules() {
    check_columns("command/check.tsv", 86, ["text", "violations"], |row| {
        let input = row.bytes("input");
        let text = cnic(input, &[])?;
        let violations = match cnic(input, &["--check"]) {
            Ok(checked) => {
                same("--check", &checked, &text)?;
                Vec::new()
            }
            Err(stderr) => errors(&stderr)
                .into_iter()
                .map(|error| violation(input, error))
                .collect::<Result<Vec<_>, _>>()?,
        };
        Ok([or_same(text, without_line_end(input)), violations.join(" | ")])
    });
}

/// Both shapes of the form are the credentials in their fixed order, and then the command.
#[test]
fn forms_that_are_accepted() {
    check_columns("command/form_valid.tsv", 74, ["credentials", "text"], |row| {
        let read = |shape: &[&str]| cnic(row.bytes("body"), &[&["--from", "form"], shape].concat());
        let text = read(&[])?;
        same("--to json", &read(&["--to", "json"])?, &json(&text))?;
        let (name, pairs) = parts(&text);
        let mut command = format!("command={}", percent(name));
        command.extend(pairs.map(|(key, value)| format!("&{}={}", percent(key), percent(value))));
        let flat = read(&["--to", "flat"])?;
        let credentials = flat.strip_suffix(&command).ok_or_else(|| {
            format!("--to flat ends otherwise\n  derived: {command}\n   actual: {flat}")
        })?;
        let wrapped = format!("{credentials}s_command={}", percent(&text));
        same("--to form", &read(&["--to", "form"])?, &wrapped)?;
        let credentials = match credentials {
            "" => "",
            _ => credentials.strip_suffix('&').ok_or("no `&` after the credentials")?,
        };
        Ok([credentials.to_owned(), text])
    });
}

#[test]
fn forms_that_are_rejected() {
    let shapes = [&["--from", "form"][..], &["--from", "form", "--to", "json"]];
    let forms = [&["--from", "form", "--to", "flat"][..], &["--from", "form", "--to", "form"]];
    check_columns("command/form_invalid.tsv", 97, ["error"], |row| {
        error(row, "body", &[shapes, forms].concat())
    });
}
