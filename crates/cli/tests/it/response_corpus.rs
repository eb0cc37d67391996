//! Every fixture of `testdata/response/` through the binary, against its expectation.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use cnic_response::{Response, Responses};
use cnic_testkit::corpus::{self, Case};

fn cnic(case: &Case, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    command.arg("response").arg(case.path()).args(options);
    command.output().expect("the binary runs")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("the binary writes UTF-8")
}

/// What standard error says where the exit status is 1 and standard output is empty.
fn refusal(output: Output) -> Option<String> {
    match output.status.code() {
        Some(0) => None,
        Some(1) => {
            assert!(output.stdout.is_empty(), "output in spite of an error");
            Some(text(output.stderr))
        }
        status => panic!("exit status {status:?}: {}", text(output.stderr)),
    }
}

fn pretty(json: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).expect("JSON");
    format!("{value:#}\n")
}

fn check(case: &Case) -> Result<(), String> {
    let output = cnic(case, &["--format", "json"]);
    let accepted =
        output.status.success().then(|| pretty(&String::from_utf8_lossy(&output.stdout)));
    case.expect("json", accepted.as_deref())?;
    let refused = refusal(output);
    case.expect("err", refused.as_deref())?;

    let strict = refusal(cnic(case, &["--strict", "--format", "json"]));
    if refused.is_some() {
        // Strictness turns forgiveness into errors; it does not change what was an error before.
        if strict != refused {
            return Err(format!("{}\n --strict says: {strict:?}", case.path().display()));
        }
        return case.expect("strict", None);
    }
    case.expect("strict", strict.as_deref())
}

#[track_caller]
fn check_folder(folder: &str, at_least: usize) {
    let cases = corpus::cases(folder, "rsp", &["json", "err", "strict"]);
    assert!(cases.len() >= at_least, "only {} cases", cases.len());
    let problems: Vec<_> = cases.iter().filter_map(|case| check(case).err()).collect();
    assert!(problems.is_empty(), "{} cases differ:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn valid_replies() {
    check_folder("response/valid", 100);
}

#[test]
fn invalid_replies() {
    check_folder("response/invalid", 100);
    for case in corpus::cases("response/invalid", "rsp", &["err"]) {
        assert!(
            case.path().with_extension("err").exists(),
            "{} is accepted",
            case.path().display()
        );
    }
}

#[test]
fn replies_on_which_other_parsers_disagree() {
    check_folder("response/divergent", 40);
}

/// Every reply is a line, and every error is told.
#[test]
fn streams_of_replies() {
    let cases = corpus::cases("response/stream", "rsp", &["jsonl", "err"]);
    assert!(cases.len() >= 25, "only {} cases", cases.len());
    let check = |case: &Case| {
        let output = cnic(case, &["--all"]);
        let lines =
            output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned());
        case.expect("jsonl", lines.as_deref())?;
        case.expect("err", refusal(output).as_deref())
    };
    let problems: Vec<_> = cases.iter().filter_map(|case| check(case).err()).collect();
    assert!(problems.is_empty(), "{} cases differ:\n{}", problems.len(), problems.join("\n"));
}

/// Compares `--all` on a file with what the library says of the whole text.
#[track_caller]
fn check_all(file: &Path) {
    let bytes = std::fs::read(file).expect("a file");
    // What is not UTF-8 is an error of one reply to a stream, and of the whole to a text.
    let Ok(whole) = std::str::from_utf8(&bytes) else { return };
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
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    let output = command.args(["response", "--all"]).arg(file).output().expect("the binary runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), problems, "{}", file.display());
    assert_eq!(output.status.code(), Some(i32::from(!problems.is_empty())));
    let stdout = text(output.stdout);
    let lines = stdout.lines().map(|line| {
        let reply: serde_json::Value = serde_json::from_str(line).expect("JSON");
        (reply["code"].as_u64(), reply["notes"].as_array().map(Vec::len))
    });
    let expected: Vec<_> = if problems.is_empty() { replies } else { Vec::new() };
    let expected = expected
        .into_iter()
        .flatten()
        .map(|reply| (Some(u64::from(reply.code().as_u16())), Some(reply.notes().len())));
    assert!(lines.eq(expected), "{}", file.display());
}

#[test]
fn all_says_of_a_stream_what_the_library_says_of_the_text() {
    let mut good = Vec::new();
    let mut whole = Vec::new();
    for folder in ["valid", "invalid", "divergent"] {
        for case in corpus::cases(&format!("response/{folder}"), "rsp", &["json", "err", "strict"])
        {
            check_all(case.path());
            let bytes = case.bytes();
            let Ok(text) = std::str::from_utf8(&bytes) else { continue };
            whole.extend_from_slice(&bytes);
            whole.push(b'\n');
            // What follows a reply without an end could be a part of it.
            if text.trim_end().ends_with("\nEOF") && Responses::new(text).all(|reply| reply.is_ok())
            {
                good.extend_from_slice(&bytes);
                good.push(b'\n');
            }
        }
    }
    let text = std::str::from_utf8(&good).expect("UTF-8");
    assert!(Responses::new(text).filter(Result::is_ok).count() >= 100);
    assert!(Responses::new(text).all(|reply| reply.is_ok()), "nothing would be written");
    for stream in [good, whole] {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(&stream).expect("room");
        check_all(file.path());
    }
}
