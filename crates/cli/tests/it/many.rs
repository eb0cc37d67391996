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

const COMMANDS: &str = "[COMMAND]\nCOMMAND=StatusDomain\nDOMAIN=a.test\nAUTH=hunter2\nEOF\n
COMMAND=AddX\nDomainTag0=b\nEOF\ncommand = QueryX\n";

#[test]
fn all_commands_of_a_text() {
    check(
        &["command", "--all", "--to", "json"],
        COMMANDS.as_bytes(),
        0,
        "{\"command\":\"StatusDomain\",\"params\":{\"DOMAIN\":\"a.test\",\"AUTH\":\"hunter2\"}}
{\"command\":\"AddX\",\"params\":{\"DOMAINTAG0\":\"b\"}}
{\"command\":\"QueryX\",\"params\":{}}
",
        "",
    );
    let blocks = "[COMMAND]\nCOMMAND=StatusDomain\nDOMAIN=a.test\nAUTH=hunter2\nEOF
[COMMAND]\nCOMMAND=AddX\nDomainTag0=b\nEOF\n[COMMAND]\nCOMMAND=QueryX\nEOF\n";
    for shape in ["text", "framed", "redacted"] {
        let blocks =
            if shape == "redacted" { blocks.replace("hunter2", "***") } else { blocks.to_owned() };
        check(&["command", "--all", "--to", shape], COMMANDS.as_bytes(), 0, &blocks, "");
        check(&["command", "--all", "--to", shape], blocks.as_bytes(), 0, &blocks, "");
    }
    let forms = "s_command=COMMAND%3DStatusDomain%0ADOMAIN%3Da.test%0AAUTH%3Dhunter2
s_command=COMMAND%3DAddX%0ADomainTag0%3Db\ns_command=COMMAND%3DQueryX\n";
    check(&["command", "--all", "--to", "form"], COMMANDS.as_bytes(), 0, forms, "");
    let flat = "command=StatusDomain&DOMAIN=a.test&AUTH=hunter2
command=AddX&DomainTag0=b\ncommand=QueryX\n";
    check(&["command", "--all", "--to", "flat"], COMMANDS.as_bytes(), 0, flat, "");
    for forms in [forms, flat] {
        let arguments = ["command", "--all", "--from", "form"];
        check(&arguments, forms.as_bytes(), 0, blocks, "");
    }
}

#[test]
fn bad_commands_among_good_ones() {
    let log = "COMMAND=TransferDomain\nDomainTag0=x\nEOF\nCOMMAND=X\nEOF\nDOMAIN=y\nEOF\nCOMMAND=Y\ns_user=z\n";
    let missing = "error: no `COMMAND` parameter (line 7, byte 63)\n";
    check(&["command", "--all"], log.as_bytes(), 1, "", missing);
    let keep_going = ["command", "--all", "--keep-going"];
    let check_more = |more: &[&str], out: &str, err: &str| {
        let arguments = [&keep_going[..], more].concat();
        let output = cnic(&arguments, log.as_bytes());
        assert_eq!(String::from_utf8_lossy(&output.stdout), out);
        let lines: Vec<_> = std::str::from_utf8(&output.stderr).expect("UTF-8").lines().collect();
        assert_eq!(lines.len(), err.lines().count(), "{lines:?}");
        for (line, expected) in lines.iter().zip(err.lines()) {
            assert!(line.contains(expected), "{line}");
        }
        assert_eq!(output.status.code(), Some(1));
    };
    check_more(
        &["--check", "--to", "json"],
        "{\"command\":\"X\",\"params\":{}}\n{\"command\":\"Y\",\"params\":{\"S_USER\":\"z\"}}\n",
        "error: `DomainTag` is not \nerror: no `COMMAND`\n",
    );
    check_more(
        &["--to", "flat"],
        "command=TransferDomain&DomainTag0=x\ncommand=X\n",
        "error: no `COMMAND`\n (line 9, byte 77)\n",
    );
}

#[test]
fn the_lines_of_an_access_log() {
    let log = "\
192.0.2.1 - - [01/Mar/2027:12:00:00 +0000] \"GET /api?s_login=a&s_pw=hunter2&command=StatusDomain&domain=a.test HTTP/1.1\" 200 12

https://api.example/call.cgi?command=X&auth=hunter2#top\r
s_pw=hunter2&command=Y&url=http://a.test/?b=c
192.0.2.1 - - [01/Mar/2027:12:00:00 +0000] \"GET /favicon.ico HTTP/1.1\" 404 0
/?command=Z&a=%zz
/?s_command=COMMAND%3DX%0AA
";
    let out = "[COMMAND]\nCOMMAND=StatusDomain\ndomain=a.test\nEOF
[COMMAND]\nCOMMAND=X\nauth=***\nEOF\n[COMMAND]\nCOMMAND=Y\nurl=http://a.test/?b=c\nEOF\n";
    let arguments = ["command", "--all", "--keep-going", "--from", "form", "--to", "redacted"];
    let output = cnic(&arguments, log.as_bytes());
    assert_eq!(String::from_utf8_lossy(&output.stdout), out);
    let byte = |text: &str| log.find(text).expect("a place");
    let problems = [
        (
            "request without a query",
            5,
            byte("192.0.2.1 - - [01/Mar/2027:12:00:00 +0000] \"GET /fav"),
        ),
        ("bad `%` escape", 6, byte("a=%zz")),
        ("s_command: line without `=`", 7, byte("/?s_command")),
    ]
    .map(|(problem, line, byte)| format!("error: {problem} (line {line}, byte {byte})\n"))
    .concat();
    assert_eq!(String::from_utf8_lossy(&output.stderr), problems);
    assert_eq!(output.status.code(), Some(1));
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
fn a_second_request_of_a_log_is_not_dropped() {
    let log = "GET /a?command=X&domain=b HTTP/1.1\nGET /a?command=Y HTTP/1.1\n";
    let error = "error: text after the first line, use --all (line 2, byte 35)\n";
    check(&["command", "--from", "form"], log.as_bytes(), 1, "", error);
    let line = "GET /a?command=X&domain=b HTTP/1.1\n \r\n";
    check(&["command", "--from", "form"], line.as_bytes(), 0, "COMMAND=X\ndomain=b\n", "");
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

#[test]
fn a_command_is_redacted_in_each_shape_that_is_no_request() {
    let input = b"COMMAND=X\nAUTH=hunter2\nDOMAIN=a\n";
    let text = "COMMAND=X\nAUTH=***\nDOMAIN=a\n";
    let framed = format!("[COMMAND]\n{text}EOF\n");
    let json = "{\"command\":\"X\",\"params\":{\"AUTH\":\"***\",\"DOMAIN\":\"a\"}}\n";
    check(&["command", "--redact"], input, 0, text, "");
    check(&["command", "--to", "redacted"], input, 0, text, "");
    check(&["command", "--redact", "--to", "redacted"], input, 0, text, "");
    check(&["command", "--redact", "--to", "framed"], input, 0, &framed, "");
    check(&["command", "--redact", "--all"], input, 0, &framed, "");
    check(&["command", "--redact", "--to", "json"], input, 0, json, "");
    check(&["command", "--redact", "--all", "--to", "json"], input, 0, json, "");
    for shape in ["form", "flat"] {
        let refused = "error: --redact writes text, framed or json\n";
        check(&["command", "--redact", "--to", shape], input, 2, "", refused);
    }
}
