//! Every case of `testdata/response/` through the binary, against its expectation.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use cnic_response::{Response, Responses};
use cnic_testkit::corpus::{self, Case};
use cnic_testkit::table::{check_columns, rows};
use serde_json::Value;

fn cnic(input: &[u8], options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    command.arg("response").args(options);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).expect("the binary reads its input"));
        child.wait_with_output().expect("the binary ends")
    })
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("the binary writes UTF-8")
}

/// Returns standard output, or, if the exit status is 1, the line on standard error.
fn outcome(output: Output) -> Result<String, String> {
    match output.status.code() {
        Some(0) => Ok(text(output.stdout)),
        Some(1) => {
            assert!(output.stdout.is_empty(), "output in spite of an error");
            let lines = text(output.stderr);
            let is_error = |line: &&str| !line.starts_with("help: the input looks like ");
            Err(lines.split_inclusive('\n').filter(is_error).collect())
        }
        status => panic!("exit status {status:?}: {}", text(output.stderr)),
    }
}

/// What the binary says about a second response, which is text behind `EOF` to the library.
const SECOND: &str = "help: --all reads all responses\n";

/// Reads a response, strictly as well: returns the JSON of the one and the error of the other. What
/// is rejected anyway is rejected with the same line.
fn read(input: &[u8]) -> Result<Result<(Value, Option<String>), String>, String> {
    let lenient = outcome(cnic(input, &["--format", "json"]));
    let strict = outcome(cnic(input, &["--strict", "--format", "json"]));
    match lenient {
        Err(error) if error.ends_with(SECOND) => {
            let strict = strict.err().map(|error| error.replace(SECOND, ""));
            let response = Response::from_utf8(input).expect("the library reads the first one");
            Ok(Ok((serde_json::to_value(response).expect("JSON"), strict)))
        }
        Err(error) if strict.as_ref() == Err(&error) => Ok(Err(error)),
        Ok(json) if strict.as_ref().map_or(true, |strict| *strict == json) => {
            let json: Value = serde_json::from_str(&json).expect("JSON");
            Ok(Ok((json, strict.err())))
        }
        lenient => Err(format!("{lenient:?}\n --strict says: {strict:?}")),
    }
}

/// Returns the error of `--strict` that follows from what is read without it: there is no envelope,
/// or the first note is an error.
fn strict_error(input: &[u8], json: &Value) -> Option<String> {
    if json["framed"] == false {
        return Some("error: no `[RESPONSE]` envelope (line 1, byte 0)\n".to_owned());
    }
    let note = json["notes"].get(0)?;
    let line = note["line"].as_u64().and_then(|line| usize::try_from(line).ok()).expect("a line");
    let lines = input.split_inclusive(|&byte| byte == b'\n');
    let byte: usize = lines.take(line - 1).map(<[u8]>::len).sum();
    let text = match note["kind"].as_str().expect("a kind") {
        "ByteOrderMark" => "byte order mark",
        "CountMismatch" => "`count` differs from the number of rows",
        "DuplicateCell" => "cell given twice",
        "DuplicateField" => "field given twice",
        "EmptyDescription" => "empty description",
        "LateHeader" => "field before `[RESPONSE]`",
        "MetadataNotANumber" => "`count`, `first`, `last`, `limit` or `total` is not a number",
        "MissingDescription" => "no `description` field",
        "MissingEquals" => "line without `=`",
        "MissingKey" => "nothing before `=`",
        "RepeatedCode" => "second `code` field: the text may hold more than one response",
        "RepeatedHeader" => "`[RESPONSE]` given twice",
        "TrailingData" => "text after `EOF`",
        // The error says what is malformed, which the JSON doesn't.
        _ => return None,
    };
    Some(format!("error: {text} (line {line}, byte {byte})\n"))
}

fn check(case: &Case) -> Result<(), String> {
    let input = case.bytes();
    let (json, strict) =
        read(&input)?.map_err(|error| format!("{}: {error}", case.path().display()))?;
    case.expect("json", Some(&format!("{json:#}\n")))?;
    match strict_error(&input, &json) {
        None => case.expect("strict", strict.as_deref()),
        derived if derived == strict => case.expect("strict", None),
        derived => Err(format!(
            "{}, --strict\n expected: {derived:?}\n   actual: {strict:?}",
            case.path().display()
        )),
    }
}

#[track_caller]
fn check_folder(
    folder: &str,
    endings: &[&str],
    at_least: usize,
    check: impl Fn(&Case) -> Result<(), String>,
) {
    let cases = corpus::cases(folder, "rsp", endings);
    assert!(cases.len() >= at_least, "only {} cases", cases.len());
    let problems: Vec<_> = cases.iter().filter_map(|case| check(case).err()).collect();
    assert!(problems.is_empty(), "{} cases differ:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn responses_that_are_accepted() {
    check_folder("response/valid", &["json", "strict"], 159, check);
}

/// Returns what an error says.
fn said(stderr: &str) -> String {
    let error = stderr.strip_prefix("error: ").and_then(|error| error.strip_suffix('\n'));
    let error = error.expect("an error on one line");
    assert!(!error.contains('\n'), "{stderr}");
    error.to_owned()
}

#[test]
fn responses_that_are_rejected() {
    check_columns("response/invalid.tsv", 122, ["error"], |row| match read(row.bytes("text"))? {
        Err(error) => Ok([said(&error)]),
        Ok(_) => Err("is accepted".to_owned()),
    });
}

/// Writes what the JSON says in one line, as `testdata/README.md` describes it.
fn in_one_line(json: &Value) -> String {
    let mut parts = Vec::new();
    let quoted = |value: &Value| format!("\"{}\"", value.as_str().expect("text"));
    if json["code"] != 200 {
        parts.push(format!("code {}", json["code"]));
    }
    if json["description"] != "Command completed successfully" {
        parts.push(format!("description {}", quoted(&json["description"])));
    }
    if json["framed"] == false {
        parts.push("unframed".to_owned());
    }
    assert_eq!(json["page"], Value::Null);
    let object = |name: &str| json[name].as_object().into_iter().flatten();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    parts.extend(object("fields").map(|(name, value)| format!("\"{name}\" = {}", quoted(value))));
    for (name, column) in object("columns") {
        let mut cells = list(column);
        assert_eq!(Some(cells.len() as u64), json["rows"].as_u64());
        // In JSON all columns have as many cells as there are rows.
        while cells.last() == Some(&Value::Null) {
            cells.pop();
        }
        let mut part = format!("\"{name}\":");
        for cell in cells {
            let cell = if cell.is_null() { "-".to_owned() } else { quoted(&cell) };
            write!(part, " {cell}").expect("a string takes any text");
        }
        parts.push(part);
    }
    for cell in list(&json["repeated"]) {
        let (column, value) = (quoted(&cell["column"]), quoted(&cell["value"]));
        parts.push(format!("repeated {column} {}: {value}", cell["row"]));
    }
    for note in list(&json["notes"]) {
        parts.push(format!("{}@{}", note["kind"].as_str().expect("a kind"), note["line"]));
    }
    parts.join("; ")
}

/// `crates/response/tests/it/matrix.rs` has the same for the library.
#[test]
fn responses_on_which_other_parsers_disagree() {
    check_columns("response/matrix.tsv", 85, ["outcome", "strict"], |row| {
        Ok(match read(row.bytes("text"))? {
            Err(error) => [format!("error: {}", said(&error)), String::new()],
            Ok((json, strict)) => {
                [in_one_line(&json), strict.as_deref().map(said).unwrap_or_default()]
            }
        })
    });
}

/// Every response is a line, and every error is told.
#[test]
fn streams_of_responses() {
    check_folder("response/stream", &["jsonl", "err"], 28, |case| {
        let lines = outcome(cnic(&case.bytes(), &["--all"]));
        case.expect("jsonl", lines.as_deref().ok())?;
        case.expect("err", lines.as_ref().err().map(String::as_str))
    });
}

/// Compares `--all` with what the library says of the whole text.
#[track_caller]
fn check_all(bytes: &[u8]) {
    // What is not UTF-8 is an error of one reply to a stream, and of the whole to a text.
    let Ok(whole) = std::str::from_utf8(bytes) else { return };
    let mut stream = Responses::new(whole);
    let mut replies: Vec<_> = stream.by_ref().collect();
    if let (Some(note), Some(Ok(last))) = (stream.trailing(), replies.last_mut()) {
        *last = last.clone().with_note(note);
    }
    let mut problems: String = replies
        .iter()
        .filter_map(|reply| reply.as_ref().err())
        .map(|problem| format!("error: {problem}\n"))
        .collect();
    if replies.is_empty() {
        let problem = Response::parse(whole).expect_err("there is no response");
        problems = format!("error: {problem}\n");
    }
    let output = cnic(bytes, &["--all"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let said: String =
        said.split_inclusive('\n').filter(|line| !line.starts_with("help: ")).collect();
    assert_eq!(said, problems, "{whole:?}");
    assert_eq!(output.status.code(), Some(i32::from(!problems.is_empty())));
    let stdout = text(output.stdout);
    let lines = stdout.lines().map(|line| {
        let reply: Value = serde_json::from_str(line).expect("JSON");
        (reply["code"].as_u64(), reply["notes"].as_array().map(Vec::len))
    });
    let expected: Vec<_> = if problems.is_empty() { replies } else { Vec::new() };
    let expected = expected
        .into_iter()
        .flatten()
        .map(|reply| (Some(u64::from(reply.code().as_u16())), Some(reply.notes().len())));
    assert!(lines.eq(expected), "{whole:?}");
}

#[test]
fn all_says_of_a_stream_what_the_library_says_of_the_text() {
    let mut good = Vec::new();
    let mut whole = Vec::new();
    let valid = corpus::cases("response/valid", "rsp", &["json", "strict"]);
    let others = [rows("response/invalid.tsv", 122), rows("response/matrix.tsv", 85)];
    let others = others.iter().flatten().map(|row| row.bytes("text").to_owned());
    for bytes in valid.iter().map(Case::bytes).chain(others) {
        check_all(&bytes);
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        whole.extend_from_slice(&bytes);
        whole.push(b'\n');
        // What follows a reply without an end could be a part of it.
        if text.trim_end().ends_with("\nEOF") && Responses::new(text).all(|reply| reply.is_ok()) {
            good.extend_from_slice(&bytes);
            good.push(b'\n');
        }
    }
    let text = std::str::from_utf8(&good).expect("UTF-8");
    assert!(Responses::new(text).filter(Result::is_ok).count() >= 100);
    assert!(Responses::new(text).all(|reply| reply.is_ok()), "nothing would be written");
    check_all(&good);
    check_all(&whole);
}
