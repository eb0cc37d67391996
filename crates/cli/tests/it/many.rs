//! Several files, and several responses or commands in one.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;

fn start(arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the binary starts")
}

fn cnic(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = start(arguments);
    // A child that refuses its arguments closes the pipe early.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("the binary ends")
}

/// Asserts what is written to standard output and error.
#[track_caller]
fn check(arguments: &[&str], input: &[u8], status: i32, out: &str, err: &str) {
    let output = cnic(arguments, input);
    assert_eq!(String::from_utf8_lossy(&output.stderr), err, "{arguments:?}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), out, "{arguments:?}");
    assert_eq!(output.status.code(), Some(status), "{arguments:?}");
}

fn codes(output: &Output) -> Vec<u64> {
    let lines = std::str::from_utf8(&output.stdout).expect("UTF-8").lines();
    let reply = |line| serde_json::from_str::<Value>(line).expect("JSON");
    lines.map(|line| reply(line)["code"].as_u64().expect("a code")).collect()
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path: PathBuf = folder.join(name);
    std::fs::write(&path, bytes).expect("a file");
    path.into_os_string().into_string().expect("UTF-8")
}

const GOOD: &str = "[RESPONSE]\ncode = 200\ndescription = Done\nEOF\n";
const GONE: &str = "[RESPONSE]\ncode = 545\ndescription = Gone\nEOF\n";
const BAD: &str = "[RESPONSE]\ncode = x\nEOF\n";

#[test]
fn to_keep_going_is_to_write_what_is_good_and_tell_what_is_not() {
    let log = [GOOD, BAD, GONE, BAD].concat();
    let output = cnic(&["response", "--all", "--keep-going"], log.as_bytes());
    assert_eq!(codes(&output), [200, 545]);
    let problems = "\
error: `code` is not a number from 100 to 999 (line 6, byte 56)
error: `code` is not a number from 100 to 999 (line 13, byte 125)
";
    assert_eq!(String::from_utf8_lossy(&output.stderr), problems);
    assert_eq!(output.status.code(), Some(1));
    check(&["response", "--all"], log.as_bytes(), 1, "", problems);

    let output = cnic(&["response", "--all", "--keep-going"], [GOOD, GONE].concat().as_bytes());
    assert_eq!((codes(&output), output.status.code()), (vec![200, 545], Some(0)));
    let alone = cnic(&["response", "--keep-going"], GOOD.as_bytes());
    assert_eq!((alone.status.code(), alone.stdout.len()), (Some(2), 0));
}

/// Reads lines as they come, each with a name of where it comes from.
fn lines_of(
    stream: impl Read + Send + 'static,
    name: &'static str,
    sender: &mpsc::Sender<(&'static str, String)>,
) {
    let sender = sender.clone();
    std::thread::spawn(move || {
        let lines = BufReader::new(stream).lines();
        lines.into_iter().try_for_each(|line| sender.send((name, line.expect("UTF-8"))))
    });
}

#[test]
fn to_keep_going_holds_nothing_back() {
    for (arguments, good, bad) in [
        (&["response", "--all", "--keep-going"][..], GOOD, BAD),
        (&["command", "--all", "--keep-going", "--to", "json"], "COMMAND=X\nEOF\n", "x\nEOF\n"),
        (
            &["command", "--all", "--keep-going", "--to", "json", "--from", "form"],
            "command=X\n",
            "x\n",
        ),
    ] {
        let mut child = start(arguments);
        let mut stdin = child.stdin.take().expect("a pipe");
        let (sender, lines) = mpsc::channel();
        lines_of(child.stdout.take().expect("a pipe"), "stdout", &sender);
        lines_of(child.stderr.take().expect("a pipe"), "stderr", &sender);
        for input in [good, bad, good, good, bad] {
            stdin.write_all(input.as_bytes()).expect("it reads");
            let (stream, line) = lines
                .recv_timeout(Duration::from_secs(60))
                .expect("a line while the input goes on");
            let is_good = input == good;
            assert_eq!(stream, if is_good { "stdout" } else { "stderr" }, "{line}");
            assert!(line.starts_with(if is_good { "{\"co" } else { "error: " }), "{line}");
        }
        drop(stdin);
        assert_eq!(child.wait().expect("the binary ends").code(), Some(1));
    }
}

#[test]
fn files_are_read_one_after_another_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = file(folder.path(), "good", [GOOD, GONE].concat().as_bytes());
    let bad = file(folder.path(), "b\u{1b}ad", [GOOD, BAD].concat().as_bytes());
    let empty = file(folder.path(), "empty", b"");
    let cut = file(folder.path(), "cut", b"code = 200\n");

    // A response does not go on in the next file.
    let output = cnic(&["response", "--all", &cut, &good, "-"], GOOD.as_bytes());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(codes(&output), [200, 200, 545, 200]);

    let shown = bad.replace('\u{1b}', "\\u{1b}");
    let problems = format!(
        "error: {shown}: `code` is not a number from 100 to 999 (line 6, byte 56)\n\
         error: {empty}: empty response (line 1, byte 0)\n\
         error: standard input: no `code` field (line 1, byte 0)\n"
    );
    let arguments = ["response", "--all", &bad, &empty, "-", &good];
    check(&arguments, b"x = y\n", 1, "", &problems);
    let arguments = ["response", "--all", "--keep-going", &bad, &empty, "-", &good];
    let output = cnic(&arguments, b"x = y\n");
    assert_eq!(codes(&output), [200, 200, 545]);
    assert_eq!(String::from_utf8_lossy(&output.stderr), problems);

    for command in ["response", "command"] {
        let problem = "error: more than one FILE needs --all\n";
        check(&[command, &good, &bad], b"", 2, "", problem);
    }
    let output = cnic(&["response", "--all", &good, "no/such/file"], b"");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(output.stderr.starts_with(b"error: cannot read no/such/file: "));
}

#[test]
fn a_code_that_is_no_success_is_status_3_if_asked_for() {
    for (replies, status) in [(GOOD, 0), (GONE, 3)] {
        for format in ["table", "json", "csv", "text"] {
            let plain = cnic(&["response", "--format", format], replies.as_bytes());
            assert_eq!(plain.status.code(), Some(0));
            let output = cnic(&["response", "--fail", "--format", format], replies.as_bytes());
            assert_eq!((output.status.code(), output.stdout), (Some(status), plain.stdout));
            let problem = "error: code 545 (Entity reference not found)\n";
            let problem = if status == 0 { "" } else { problem };
            assert_eq!(String::from_utf8_lossy(&output.stderr), problem);
            assert_eq!(plain.stderr, b"");
        }
    }
    let log = [GOOD, GONE, GOOD].concat();
    for options in
        [&["response", "--all", "--fail"][..], &["response", "--all", "--keep-going", "--fail"]]
    {
        let output = cnic(options, log.as_bytes());
        assert_eq!((codes(&output), output.status.code()), (vec![200, 545, 200], Some(3)));
        assert_eq!(cnic(options, GOOD.as_bytes()).status.code(), Some(0));
        let log = [GONE, GOOD, "[RESPONSE]\ncode = 599\nEOF\n", GONE].concat();
        let problems = "error: code 545 (Entity reference not found), 2 times\nerror: code 599 (unknown code)\n";
        let output = cnic(options, log.as_bytes());
        assert_eq!(String::from_utf8_lossy(&output.stderr), problems);
        // What is malformed counts more.
        assert_eq!(cnic(options, [GONE, BAD].concat().as_bytes()).status.code(), Some(1));
    }
    assert_eq!(cnic(&["response", "--all"], log.as_bytes()).status.code(), Some(0));
}

#[test]
fn all_as_text_can_be_read_again() {
    let log = [GOOD, GONE, "code = 200\ndescription = Last\nproperty[a][0] = x\n"].concat();
    let text = cnic(&["response", "--all", "--format", "text"], log.as_bytes());
    assert_eq!(text.status.code(), Some(0));
    let again = cnic(&["response", "--all", "--format", "text", "--strict"], &text.stdout);
    assert_eq!(again, text);
    assert_eq!(codes(&cnic(&["response", "--all"], &text.stdout)), [200, 545, 200]);
}

#[test]
fn encodings() {
    let reply = b"code = 200\ndescription = Done\nproperty[city][0] = M\xfcnchen\n";
    let city = |options: &[&str]| {
        let output = cnic(&[&["response"], options].concat(), reply);
        let reply: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        reply["columns"]["city"][0].as_str().expect("a city").to_owned()
    };
    for more in [&["--format", "json"][..], &["--all"], &["--all", "--keep-going"]] {
        assert_eq!(city(&[more, &["--encoding", "latin1"]].concat()), "M\u{fc}nchen");
        assert_eq!(city(&[more, &["--encoding", "lossy"]].concat()), "M\u{fffd}nchen");
        let options = [&["response"], more, &["--encoding", "utf-8"]].concat();
        let problem = "error: invalid UTF-8 at byte 51 (line 3, byte 30)\n\
            help: the input looks like ISO 8859-1: add --encoding latin1\n";
        check(&options, reply, 1, "", problem);
    }
    let text = b"COMMAND=X\nCITY=M\xfcnchen\n";
    let flat = b"command=X&CITY=M\xfcnchen\n";
    let form = b"command=X&CITY=M%FCnchen\n";
    let wrapped = b"s_command=COMMAND%3DX%0ACITY%3DM%fcnchen\n";
    for (input, source) in
        [(&text[..], "text"), (&flat[..], "form"), (&form[..], "form"), (&wrapped[..], "form")]
    {
        for more in [&[][..], &["--all"]] {
            let options = [&["command", "--to", "json", "--from", source], more].concat();
            for (encoding, city) in [("latin1", "M\u{fc}nchen"), ("lossy", "M\u{fffd}nchen")] {
                let out = format!("{{\"command\":\"X\",\"params\":{{\"CITY\":\"{city}\"}}}}\n");
                check(&[&options[..], &["--encoding", encoding]].concat(), input, 0, &out, "");
            }
            let output = cnic(&options, input);
            assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        }
    }
}

#[test]
fn what_is_cut_off_is_read_only_if_asked_for() {
    let reply = b"[RESPONSE]\ncode = 200\ndescription = Done\nproperty[a][0] = x";
    for more in [&["--format", "json"][..], &["--all"], &["--format", "text"]] {
        let options = [&["response"], more].concat();
        assert_eq!(cnic(&options, reply).status.code(), Some(1));
        let output = cnic(&[&options[..], &["--allow-truncated"]].concat(), reply);
        assert_eq!(output.status.code(), Some(0));
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains('x') && text.ends_with('\n') && !text.contains("EOF"), "{text}");
    }
    let command = b"[COMMAND]\nCOMMAND=X\nA=b";
    for more in [&[][..], &["--all"]] {
        let options = [&["command", "--to", "framed"], more].concat();
        assert_eq!(cnic(&options, command).status.code(), Some(1));
        let options = [&options[..], &["--allow-truncated"]].concat();
        check(&options, command, 0, "[COMMAND]\nCOMMAND=X\nA=b\nEOF\n", "");
    }
}

#[test]
fn a_file_that_is_not_there_does_not_end_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = file(folder.path(), "good.rsp", GOOD.as_bytes());
    let gone = folder.path().join("gone").into_os_string().into_string().expect("UTF-8");
    let output = cnic(&["response", "--all", "--keep-going", &good, &gone, &good], b"");
    assert_eq!(codes(&output), [200, 200]);
    assert_eq!(output.status.code(), Some(2));
    let problems = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(problems.starts_with("error: cannot read ") && problems.lines().count() == 1);
}

#[test]
fn a_second_response_is_not_dropped_without_a_word() {
    let formats: &[&[&str]] = &[
        &[],
        &["--format", "json"],
        &["--format", "csv"],
        &["--format", "text"],
        &["--fail"],
        &["--strict"],
        #[cfg(feature = "parquet")]
        &["--format", "parquet", "--columns", "a"],
    ];
    let problem = "error: text after `EOF` (line 5, byte 45)\nhelp: --all reads all responses\n";
    for second in [
        GOOD,
        GONE,
        BAD,
        "[RESPONSE]",
        "\n[response]\r\ncode = 200\r\n",
        "code = 200\n",
        "...\ndescription = Done\nCode=200",
    ] {
        let two = format!("{GOOD}{second}");
        let problem = problem.replace(
            "line 5, byte 45",
            match second {
                "\n[response]\r\ncode = 200\r\n" => "line 6, byte 46",
                _ => "line 5, byte 45",
            },
        );
        for format in formats {
            check(&[&["response"], *format].concat(), two.as_bytes(), 1, "", &problem);
        }
    }
    // What is no response can't be read by --all either.
    let log = format!("{GOOD}-- end of log --\n");
    let note = "note: text after `EOF` (line 5, byte 45)\n";
    check(&["response", "--format", "text"], log.as_bytes(), 0, GOOD, note);
    check(&["response", "--format", "csv"], log.as_bytes(), 0, "", note);
    let strict = "error: text after `EOF` (line 5, byte 45)\n";
    check(&["response", "--strict"], log.as_bytes(), 1, "", strict);
    let output = cnic(&["response"], log.as_bytes());
    assert!(output.stdout.ends_with(b"\nnote: text after `EOF` (line 5)\n"));
    // Places count in the text as it was converted.
    let latin1 = GOOD.replace("Done", "M\u{fc}nchen").chars().map(|c| c as u8).collect::<Vec<_>>();
    let two = [&latin1[..], b"[RESPONSE]\n"].concat();
    let problem = problem.replace("byte 45", "byte 49");
    check(&["response", "--encoding", "latin1"], &two, 1, "", &problem);
    let problem = "error: text after `EOF` (line 3, byte 14)\nhelp: --all reads all commands\n";
    check(&["command"], b"COMMAND=X\nEOF\nCOMMAND=Y\n", 1, "", problem);
}

mod commands;
