//! What an input looks like that is not what was expected.

use super::*;

/// Runs a subcommand on an input that is none of its own, and returns what it says to do.
fn help(arguments: &[&str], input: &[u8]) -> String {
    let output = cnic(arguments, input);
    let problems = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{problems}");
    assert!(!problems.contains("hunter2"), "{problems}");
    let helps: Vec<_> = problems.lines().filter(|line| !line.starts_with("error: ")).collect();
    assert!(problems.starts_with("error: ") && helps.len() < 2, "{problems}");
    helps.concat()
}

const RUNS: [&[&str]; 8] = [
    &["response"],
    &["response", "--strict", "--format", "csv"],
    &["response", "--all"],
    &["command"],
    &["command", "--all"],
    &["command", "--from", "form"],
    &["register"],
    &["receipt"],
];

#[test]
fn foreign_input_is_recognized() {
    let html = "<!DOCTYPE html>\n<title>502 Bad Gateway</title>hunter2\n";
    let json = "\n{\"code\": 200, \"auth\": \"hunter2\"}\n";
    let utf16 = |order: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
        format!("{mark}auth=hunter2\n").encode_utf16().flat_map(order).collect()
    };
    let wide = "help: the input looks like UTF-16: convert it first, as `iconv -f UTF-16 -t UTF-8 FILE` does";
    for arguments in RUNS {
        for (input, expected) in [
            (html.as_bytes(), "HTML or XML, such as the error page of a proxy"),
            (b"<?xml version='1.0'?>", "HTML or XML, such as the error page of a proxy"),
            (json.as_bytes(), "JSON: cnic reads the text that the API sends"),
            (b"[{\"auth\": \"hunter2\"}]", "JSON: cnic reads the text that the API sends"),
            (
                b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n",
                "an HTTP response: leave out its header, as curl does without -i",
            ),
            (b"BZh91AY&SY", "a bzip2 file: unpack it first, as `bzip2 -dc FILE` does"),
            (b"\xfd7zXZ\0\0\x04", "an xz file: unpack it first, as `xz -dc FILE` does"),
            (b"PK\x03\x04\x14\0", "a zip file: unpack it first, as `unzip -p FILE` does"),
        ] {
            let expected = format!("help: the input looks like {expected}");
            assert_eq!(help(arguments, input), expected, "{arguments:?}");
        }
        for mark in ["\u{feff}", ""] {
            for order in [u16::to_le_bytes, u16::to_be_bytes] {
                assert_eq!(help(arguments, &utf16(order, mark)), wide, "{arguments:?}");
            }
        }
    }
}

#[test]
fn what_another_subcommand_reads_is_recognized() {
    let framed = format!("[COMMAND]\n{COMMAND}EOF\n");
    let response = "code = 200\nproperty[auth][0] = hunter2\n";
    let wrapped = "s_login=a&s_pw=hunter2&s_command=COMMAND%3DX%0AAUTH%3Dhunter2\n";
    let url = "https://api.example/api/call.cgi?s_pw=hunter2&command=X\n";
    let registration = "user=a&password=hunter2&domain=example&suffix=uk.com&chandle=a\r\n";
    let log = "192.0.2.1 - - [date] \"GET /api?s_pw=hunter2&command=X HTTP/1.1\" 200 12\n";
    for arguments in RUNS {
        let is_form = arguments.contains(&"form");
        let of = arguments[0];
        let says = |input: &str| help(arguments, input.as_bytes());
        let looks = |text: &str| format!("help: the input looks like {text}");
        if of != "response" {
            for input in [RESPONSE, response] {
                assert_eq!(says(input), looks("a response: use `cnic response`"), "{arguments:?}");
            }
        }
        if of != "command" || is_form {
            for input in [COMMAND, &*framed, "COMMAND = X\r\nauth = hunter2\r\n"] {
                let expected = if is_form {
                    "the text of a command: leave out --from form"
                } else {
                    "a command: use `cnic command`"
                };
                assert_eq!(says(input), looks(expected), "{arguments:?} {input}");
            }
        }
        if of != "register" {
            for input in [registration, "suffix=uk.com&DOMAIN=%zz&password=hunter2"] {
                let expected = looks("a registration: use `cnic register`");
                assert_eq!(says(input), expected, "{arguments:?} {input}");
            }
        }
        if of != "receipt" {
            for input in ["Transaction-ID: 1\nStatus: 0\n", "\nstatus : 1\nmessage: hunter2\n"] {
                let expected = looks("a receipt: use `cnic receipt`");
                assert_eq!(says(input), expected, "{arguments:?} {input}");
            }
        }
        if !is_form {
            for input in [FORM, wrapped, "command=X&auth=hunter2%zz", url, log] {
                let expected = if of == "command" {
                    "a command as a form, or a URL: add --from form"
                } else {
                    "a command as a form: use `cnic command --from form`"
                };
                assert_eq!(says(input), looks(expected), "{arguments:?} {input}");
            }
        }
    }
}

#[test]
fn latin1_is_recognized_where_utf_8_is_expected() {
    let latin1 = "help: the input looks like ISO 8859-1: add --encoding latin1";
    let convert = "help: the input looks like ISO 8859-1: convert it first, as `iconv -f ISO-8859-1 -t UTF-8 FILE` does";
    for (arguments, input, expected) in [
        (&["response"][..], &b"code = 200\nx = M\xfcnchen\n"[..], latin1),
        (&["response", "--all"], b"code = 200\nx = M\xfcnchen\n", latin1),
        (&["command"], b"COMMAND=X\nA=M\xfcnchen\n", latin1),
        (&["command", "--all"], b"COMMAND=X\nA=M\xfcnchen\n", latin1),
        (&["command", "--from", "form"], b"command=X&A=M%FCnchen\n", latin1),
        (&["command", "--from", "form", "--all"], b"command=X&A=M\xfcnchen\n", latin1),
        (&["register"], b"user=M\xfcnchen", convert),
        (&["receipt"], b"Status: 1\nmessage: M\xfcnchen\n", convert),
        // Bytes without a character there, characters of UTF-8, and what was asked for.
        (&["response"], b"code = 200\nx = M\xfcnchen \x81\n", ""),
        (&["response"], b"code = 200\nx = M\xfcnchen M\xc3\xbcnchen\n", ""),
        (&["response", "--encoding", "latin1"], b"code = x\nx = M\xfcnchen\n", ""),
    ] {
        assert_eq!(help(arguments, input), expected, "{arguments:?}");
    }
}

#[test]
fn what_is_merely_malformed_is_not_taken_for_something_else() {
    for (arguments, input) in [
        (&["response"][..], &b"[RESPONSE]\ncode = x\nEOF\n"[..]),
        (&["response"], b"Status: OK\n"),
        (&["response", "--strict"], b"<html>\n[RESPONSE]\ncode = 200\nEOF\n"),
        (&["response", "--all"], b"[RESPONSE]\ncommand = AddDomain\nEOF\n"),
        (&["response"], b""),
        (&["receipt"], b""),
        (&["command"], b"COMMAND=X\nA\n"),
        (&["command"], b"[COMMAND]\nCOMMAND=X\n"),
        (&["command", "--from", "form"], b"command=X&A=%zz"),
        (&["command", "--from", "form"], b"s_login=a&persistent=1"),
        (&["register"], b"user=a&password=hunter2"),
    ] {
        assert_eq!(help(arguments, input), "", "{arguments:?}");
    }
    for arguments in [&["command"][..], &["command", "--all"], &["command", "--from", "form"]] {
        assert_eq!(help(arguments, b"\r\n"), "help: the input is empty", "{arguments:?}");
    }
}

#[test]
fn each_file_is_looked_at() {
    let folder = tempfile::tempdir().expect("a folder");
    let response = file(folder.path(), "response", RESPONSE.as_bytes());
    let command = file(folder.path(), "command", COMMAND.as_bytes());
    let page = file(folder.path(), "page", b"<html>");
    let arguments = ["response", "--all", &response, &command, &page, &response];
    let output = cnic(&arguments, b"");
    let problems = String::from_utf8_lossy(&output.stderr).into_owned();
    let helps: Vec<_> = problems.lines().filter(|line| line.starts_with("help: ")).collect();
    let expected = [
        format!("help: {command}: the input looks like a command: use `cnic command`"),
        format!(
            "help: {page}: the input looks like HTML or XML, such as the error page of a proxy"
        ),
    ];
    assert_eq!(helps, expected);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    // What is good is not looked at: `command=X` may be a form or a text.
    let form = file(folder.path(), "form", b"command=X\n");
    let output = cnic(&["command", "--all", "--from", "form", &page, &form], b"");
    let problems = String::from_utf8_lossy(&output.stderr).into_owned();
    let helps: Vec<_> = problems.lines().filter(|line| line.starts_with("help: ")).collect();
    assert_eq!(helps, expected[1..]);
}

// Elsewhere the usage has the name `cnic.exe`.
#[cfg(unix)]
#[test]
fn a_file_in_place_of_a_subcommand_is_told_where_it_belongs() {
    let folder = tempfile::tempdir().expect("a folder");
    // The name of a temporary folder may be like that of a subcommand, which clap would suggest.
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
        let command = command.current_dir(folder.path()).args(arguments).stdin(Stdio::null());
        let output = command.output().expect("the binary starts");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    let problem = |name: &str| {
        format!(
            "error: unrecognized subcommand '{name}'\n\nUsage: cnic <COMMAND>\n\nFor more information, try '--help'.\n"
        )
    };
    let help = |command: &str, name: &str| {
        format!("help: FILE comes after a subcommand, as in `cnic {command} {name}`\n")
    };
    for (bytes, command) in [
        (RESPONSE.as_bytes(), "response"),
        (&gzip(RESPONSE.as_bytes()), "response"),
        (COMMAND.as_bytes(), "command"),
        (&[b"\xef\xbb\xbf", COMMAND.as_bytes()].concat(), "command"),
        (FORM.as_bytes(), "command --from form"),
        (REGISTRATION.as_bytes(), "register"),
        (b"Status: 0\n", "receipt"),
        (b"hunter2", "response"),
        (b"", "response"),
    ] {
        file(folder.path(), "list.txt", bytes);
        let expected = problem("list.txt") + &help(command, "list.txt");
        assert_eq!(run(&["list.txt"]), expected);
        assert_eq!(run(&["list.txt", "--all"]), expected);
    }
    file(folder.path(), "my list", RESPONSE.as_bytes());
    assert_eq!(run(&["my list"]), problem("my list") + &help("response", "FILE"));
    assert_eq!(run(&["-"]), problem("-") + &help("response", "-"));
    for name in ["no-such-file", "."] {
        assert_eq!(run(&[name]), problem(name));
    }
}
