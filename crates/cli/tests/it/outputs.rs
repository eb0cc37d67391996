//! What holds of everything that is written: it ends with one line end, a full disk is an error, and secrets are not in it.

use std::fs::File;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use cnic_text::Redaction;

const REPLY: &str = "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[column][0] = a
property[a][0] = x\nproperty[a][1] = y\nEOF\n";
const OBJECT: &str = "code = 545\nproperty[a][0] = x\nproperty[a][1] = y\n...\n";
const COMMAND: &str = "COMMAND=StatusDomain\nDOMAIN=example.com\n";
const FORM: &str = "command=StatusDomain&domain=example.com\n";
const REGISTRATION: &str =
    "user=H1&password=p&domain=example&suffix=uk.com&chandle=H1&thandle=H2\n";
const RECEIPT: &str = "Status: 0\namount: 65.00\n";

const SUBCOMMANDS: [&str; 7] =
    ["response", "command", "register", "receipt", "code", "completions", "man"];

/// A run for every subcommand, and for everything that it can write.
fn runs() -> Vec<(Vec<&'static str>, &'static str)> {
    let mut runs = vec![
        (vec!["--help"], ""),
        (vec!["-h"], ""),
        (vec!["help"], ""),
        (vec!["--version"], ""),
        (vec!["code"], ""),
        (vec!["code", "200"], ""),
        (vec!["man"], ""),
        (vec!["register"], REGISTRATION),
        (vec!["register", "--format", "json"], REGISTRATION),
        (vec!["receipt"], RECEIPT),
        (vec!["receipt", "--format", "json"], RECEIPT),
    ];
    for name in SUBCOMMANDS {
        runs.extend([
            (vec![name, "--help"], ""),
            (vec![name, "-h"], ""),
            (vec!["help", name], ""),
            (vec!["man", name], ""),
        ]);
    }
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        runs.push((vec!["completions", shell], ""));
    }
    for format in ["table", "json", "jsonl", "csv", "markdown", "text"] {
        for reply in [REPLY, OBJECT] {
            runs.push((vec!["response", "--format", format], reply));
            runs.push((vec!["response", "--format", format, "--redact", "--fail"], reply));
        }
    }
    for format in ["json", "jsonl", "csv", "text"] {
        runs.push((vec!["response", "--all", "--format", format], REPLY));
        runs.push((vec!["response", "--all", "--keep-going", "--format", format], REPLY));
    }
    for shape in ["text", "framed", "form", "flat", "json", "redacted"] {
        for (source, input) in [("text", COMMAND), ("form", FORM)] {
            let options = vec!["command", "--from", source, "--to", shape];
            runs.push((options.clone(), input));
            runs.push(([&options[..], &["--all"]].concat(), input));
            runs.push(([&options[..], &["--all", "--keep-going"]].concat(), input));
        }
    }
    runs
}

fn start(arguments: &[&str], stdout: Stdio) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_cnic"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts")
}

fn cnic(arguments: &[&str], input: &str, stdout: Stdio) -> Output {
    let mut child = start(arguments, stdout);
    // Not everything reads, and a pipe that nobody reads is closed early.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("the binary ends")
}

#[test]
fn every_text_ends_with_one_line_end() {
    for (arguments, input) in runs() {
        let output = cnic(&arguments, input, Stdio::piped());
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{arguments:?}: {text:?}");
        let problem = String::from_utf8(output.stderr).expect("UTF-8");
        match output.status.code() {
            Some(0) => assert_eq!(problem, "", "{arguments:?}"),
            status => {
                assert_eq!(status, Some(3), "{arguments:?}");
                assert_eq!(problem, "error: code 545 (Entity reference not found)\n");
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_status_2_whatever_is_written() {
    let long = format!("{REGISTRATION}&x=y");
    let bad = (vec!["register", "--format", "json"], &*long);
    for (arguments, input) in runs().into_iter().chain([bad]) {
        let full = File::options().write(true).open("/dev/full").expect("a full device");
        let output = cnic(&arguments, input, full.into());
        let problem = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {problem}");
        assert!(problem.starts_with("error: cannot write: "), "{arguments:?}: {problem}");
        assert_eq!(problem.lines().count(), 1, "{arguments:?}: {problem}");
    }
}

#[test]
fn a_closed_pipe_is_quiet_success_whatever_is_written() {
    for (arguments, input) in runs() {
        let mut child = start(&arguments, Stdio::piped());
        drop(child.stdout.take());
        let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
        let output = child.wait_with_output().expect("the binary ends");
        let problem = String::from_utf8(output.stderr).expect("UTF-8");
        match output.status.code() {
            Some(0) => assert_eq!(problem, "", "{arguments:?}"),
            status => {
                assert_eq!(status, Some(3), "{arguments:?}");
                assert_eq!(problem, "error: code 545 (Entity reference not found)\n");
            }
        }
    }
}

/// Asserts that a value is written nowhere.
#[track_caller]
fn hides(arguments: &[&str], input: &str, status: i32) {
    let output = cnic(arguments, input, Stdio::piped());
    let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    assert!(!text.contains("hunter2"), "{arguments:?}: {text}");
    assert!(text.len() > 10, "{arguments:?}");
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {text}");
}

/// Every name of a secret, in several spellings.
fn names() -> Vec<String> {
    let spell =
        |name: std::borrow::Cow<'_, str>| [name.to_string(), format!("{}7", name.to_lowercase())];
    Redaction::DEFAULT.names().flat_map(spell).collect()
}

#[test]
fn a_redacted_response_shows_no_secret() {
    let mut reply = "[RESPONSE]\ncode = 200\ndescription = Done; auth: hunter2; password=hunter2
property[column][0] = a\n"
        .to_owned();
    for name in names() {
        reply.push_str(&format!("{name} = hunter2\n"));
        for row in [0, 2] {
            reply.push_str(&format!("property[{name}][{row}] = hunter2{row}\n"));
        }
        // One that is repeated, and one that is out of order.
        reply.push_str(&format!("property[{name}][0] = hunter2\nproperty[{name}][1] = hunter2\n"));
    }
    let object = reply.replace("property[column][0] = a\n", "");
    let value = "code = 200\nproperty[count][0] = 0\nproperty[auth][0] = hunter2\n";
    for reply in [&format!("{reply}EOF\n"), &format!("{object}EOF\n"), value] {
        for format in ["table", "json", "jsonl", "csv", "markdown", "text"] {
            // Rows have no place for the values of a list.
            let is_empty = reply == value && matches!(format, "jsonl" | "csv" | "markdown");
            // There has to be something to hide.
            let open = cnic(&["response", "--format", format], reply, Stdio::piped());
            let text = String::from_utf8_lossy(&open.stdout);
            assert!(text.contains("hunter2") != is_empty, "{format}");
            if !is_empty {
                hides(&["response", "--redact", "--format", format], reply, 0);
            }
        }
        let meta = ["--format", "jsonl", "--with-meta"];
        hides(&[&["response", "--redact"], &meta[..]].concat(), reply, 0);
        let columns = ["--columns", "auth", "--format", "json"];
        for more in [&[][..], &["--keep-going"], &["--format", "text"], &meta, &columns] {
            hides(&[&["response", "--redact", "--all"], more].concat(), reply, 0);
        }
    }
    hides(&["response", "--redact", "--strict"], &reply, 1);
    hides(&["response", "--redact"], &reply, 1);
    hides(&["response", "--redact", "--allow-truncated"], &reply, 0);
    let wrong = format!("{reply}EOF\n").replace("[RESPONSE]\n", "[RESPONSE]\ncode = hunter2\n");
    hides(&["response", "--redact"], &wrong, 1);
    hides(&["response", "--redact", "--all", "--keep-going"], &wrong, 1);
}

#[test]
fn a_redacted_response_keeps_its_rows_and_notes() {
    let reply = "code = 200\ndescription = Done\nproperty[column][0] = auth
property[auth][0] = hunter2\nproperty[auth][2] = hunter2\nproperty[b][1] =\n...\n";
    let output = cnic(&["response", "--redact"], reply, Stdio::piped());
    let table = "\
200 Done (Command completed successfully)\n
auth  b
***   ·
·
***   ·
note: line without `=` (line 7)
";
    assert_eq!(String::from_utf8_lossy(&output.stdout), table);
    let output = cnic(&["response", "--redact", "--format", "csv"], reply, Stdio::piped());
    assert_eq!(String::from_utf8_lossy(&output.stdout), "auth,b\n***,\n,\"\"\n***,\n");
}

#[test]
fn a_redacted_command_shows_no_secret() {
    let names: Vec<String> = names().into_iter().filter(|name| !name.starts_with("s_")).collect();
    let is_parameter = |name: &&String| !name.to_lowercase().starts_with("s_");
    let lines: String = names.iter().map(|name| format!("{name}=hunter2\n")).collect();
    let text = format!("[COMMAND]\nCOMMAND=X\n{lines}EOF\n");
    let pairs: String =
        names.iter().filter(is_parameter).map(|name| format!("&{name}=hunter2")).collect();
    let flat = format!("s_login=u&s_pw=hunter2&s_otp=hunter2&s_apikey=hunter2&command=X{pairs}\n");
    let escaped = lines.replace('=', "%3D").replace('\n', "%0A");
    let wrapped = format!("s_login=u&s_pw=hunter2&s_command=COMMAND%3DX%0A{escaped}\n");
    let url = format!("https://api.example/call?{flat}");
    let header = format!("[HEADER]\nS_LOGIN=u\nS_PW=hunter2\nS_SESSIONID=hunter2\n{text}");
    for (source, input) in
        [("text", &text), ("text", &header), ("form", &flat), ("form", &wrapped), ("form", &url)]
    {
        for more in [&[][..], &["--all"], &["--all", "--keep-going"], &["--check"]] {
            let options = ["command", "--to", "redacted", "--from", source];
            hides(&[&options, more].concat(), input, 0);
        }
        // Nor does any error say it.
        for shape in ["text", "json", "flat", "redacted"] {
            let bad = input.replacen("hunter2", "hunter2\0%zz", 1);
            for more in [&[][..], &["--all"], &["--all", "--keep-going"]] {
                let options = ["command", "--to", shape, "--from", source];
                hides(&[&options, more].concat(), &bad, 1);
            }
        }
    }
}

#[test]
fn errors_of_the_toolkit_show_no_secret() {
    for form in [
        "user=H1&password=hunter2&domain=-x",
        "user=H1&password=hunter2%zz",
        "user=hunter2%00&password=hunter2%00&domain=x",
        "user=H1&password=hunter2&password=hunter2",
        "user=H1&password=hun&hunter2",
        "password=\u{202e}hunter2%01",
    ] {
        hides(&["register"], form, 1);
        hides(&["register", "--format", "json"], form, 1);
    }
    for receipt in ["Status: hunter2\n", "Status: 0\namount: hunter2\n", "hunter2\n"] {
        hides(&["receipt"], receipt, 1);
    }
}

#[test]
fn names_and_values_can_not_drive_the_terminal() {
    let marks = "\u{1b}[2J\r\u{9b}\u{61c}\u{200e}\u{200f}\u{2028}\u{202a}\u{202e}\u{2066}\u{2069}";
    let shown = r"\u{1b}[2J\r\u{9b}\u{61c}\u{200e}\u{200f}\u{2028}\u{202a}\u{202e}\u{2066}\u{2069}";
    for list in ["", "property[column][0] = c\n", "property[count][0] = 0\nproperty[last][0] = 0\n"]
    {
        let reply = format!(
            "code = 200\ndescription = d{marks}d\nf{marks}f = g{marks}g\n\
             property[c{marks}c][0] = v{marks}v\n{list}"
        );
        let output = cnic(&["response"], &reply, Stdio::piped());
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(!text.contains(|c: char| marks.replace("[2J", "").contains(c)), "{text:?}");
        for (before, after) in [("d", "d"), ("f", "f"), ("g", "g"), ("c", "c"), ("v", "v")] {
            let expected = format!("{before}{shown}{after}").to_lowercase();
            assert!(text.to_lowercase().contains(&expected), "{before}: {text}");
        }
    }
    let file = format!("no/such{marks}");
    let output = cnic(&["response", &file], "", Stdio::piped());
    let text = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(text.contains(&format!("no/such{shown}")), "{text}");
    let output = cnic(&["register", "--suffix", marks], "", Stdio::piped());
    assert!(String::from_utf8_lossy(&output.stderr).contains(shown));
}

#[test]
fn the_check_applies_to_forms_as_well() {
    let form = "command=TransferDomain&domain=a.test&DomainTag0=x\n";
    let wrapped = "s_command=COMMAND%3DTransferDomain%0ADomainTag0%3Dx\n";
    for form in [form, wrapped] {
        for more in [&[][..], &["--all"]] {
            let options = [&["command", "--from", "form", "--to", "json"], more].concat();
            assert_eq!(cnic(&options, form, Stdio::piped()).status.code(), Some(0));
            let output = cnic(&[&options[..], &["--check"]].concat(), form, Stdio::piped());
            assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
            assert!(output.stderr.starts_with(b"error: `DomainTag` is not "));
        }
    }
}

#[test]
fn values_of_a_list_are_shown() {
    let reply = "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[column][0] = date
property[column][1] = amount\nproperty[count][0] = 0\nproperty[first][0] = 0
property[last][0] = 0\nproperty[limit][0] = 10\nproperty[opening balance][0] = 12.34
property[sum][0] = 5\nproperty[total][0] = 0\nEOF\n";
    let output = cnic(&["response"], reply, Stdio::piped());
    let table = "\
200 Done (Command completed successfully)

opening balance: 12.34
sum: 5

no rows of 0, limit 10
";
    assert_eq!(String::from_utf8_lossy(&output.stdout), table);
    let output = cnic(&["response", "--format", "csv"], reply, Stdio::piped());
    assert_eq!(String::from_utf8_lossy(&output.stdout), "date,amount\n");
    let output = cnic(&["response", "--format", "json"], reply, Stdio::piped());
    let json = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(json.contains(r#""values":{"opening balance":"12.34","sum":"5"}"#), "{json}");
}

#[test]
fn repeated_cells_are_mentioned() {
    let reply = "code = 200\ndescription = Done\nproperty[a][0] = x\nproperty[a][0] = y\n";
    let output = cnic(&["response"], reply, Stdio::piped());
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.ends_with("\nnote: 1 repeated cell not shown, see --format json\n"), "{text}");
    let reply = format!("{reply}property[a][0] = z\n");
    let output = cnic(&["response"], &reply, Stdio::piped());
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.ends_with("\nnote: 2 repeated cells not shown, see --format json\n"), "{text}");
}

#[test]
fn text_after_the_last_response_is_noted() {
    let log = format!("{REPLY}-- end of log --\n");
    for options in [&["response", "--all"][..], &["response", "--format", "json"]] {
        let output = cnic(options, &log, Stdio::piped());
        let json = String::from_utf8_lossy(&output.stdout);
        assert!(json.contains(r#""notes":[{"kind":"TrailingData","line":8}]"#), "{json}");
        assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    }
    // What was written can't be noted any more.
    let output = cnic(&["response", "--all", "--keep-going"], &log, Stdio::piped());
    let note = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(note.starts_with("note: text after `EOF` (line 8, byte "), "{note}");
    assert_eq!((output.status.code(), note.lines().count()), (Some(0), 1));
}
