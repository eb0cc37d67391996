//! What scripts rely on: exit statuses, where text goes, and that nothing but the answer is on standard output.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/response").join(name)
}

fn cnic(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = cnic(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    // A child that refuses its arguments closes the pipe early.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("the binary ends")
}

#[track_caller]
fn succeeds(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

#[track_caller]
fn fails(output: &Output, status: i32) -> &str {
    assert_eq!(output.status.code(), Some(status));
    assert!(output.stdout.is_empty(), "output in spite of an error");
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

const LIST: &[u8] = b"[RESPONSE]
code = 200
description = Command completed successfully
runtime = 0.004
property[column][0] = domain
property[column][1] = note
property[count][0] = 3
property[domain][0] = example.com
property[domain][1] = \xe4\xbe\x8b.example.net
property[domain][2] = example.org
property[first][0] = 0
property[last][0] = 2
property[limit][0] = 3
property[note][0] = says \"yes, please\"
property[note][2] =
property[total][0] = 7
EOF
";

#[test]
fn a_table_is_aligned_by_display_width_and_tells_holes_from_empty_cells() {
    let output = with_input(&["response"], LIST);
    assert_eq!(
        succeeds(&output),
        "\
200 Command completed successfully
runtime: 0.004

domain          note
example.com     says \"yes, please\"
例.example.net  ·
example.org

rows 0 to 2 of 7, limit 3, next FIRST=3
"
    );
}

#[test]
fn a_reply_about_one_object_reads_downwards() {
    let input = b"code = 200\ndescription = Command completed successfully\nproperty[domain][0] = example.com\n\
        property[domaintag][0] = red\nproperty[domaintag][2] = blue\n";
    let output = with_input(&["response"], input);
    assert_eq!(
        succeeds(&output),
        "\
200 Command completed successfully

domain        example.com
domaintag  0  red
           2  blue
"
    );
}

#[test]
fn the_head_adds_the_meaning_where_the_description_does_not_begin_with_it() {
    let head = |reply: &[u8]| {
        succeeds(&with_input(&["response"], reply)).lines().next().unwrap().to_owned()
    };
    assert_eq!(
        head(b"code = 545\ndescription = No such contact\n"),
        "545 No such contact (Entity reference not found)"
    );
    assert_eq!(
        head(b"code = 503\ndescription = Invalid attribute name; LAST\n"),
        "503 Invalid attribute name; LAST"
    );
    assert_eq!(head(b"code = 423\ndescription =\n"), "423 error (socket error)");
    assert_eq!(head(b"code = 599\ndescription = Odd\n"), "599 Odd (unknown code)");
}

#[test]
fn notes_are_shown_below_the_table() {
    let output = with_input(&["response"], b"code = 200\ndescription = Done\n...\n");
    assert!(succeeds(&output).ends_with("\nnote: line without `=` (line 3)\n"));
}

#[test]
fn a_cell_can_not_drive_the_terminal() {
    let output = with_input(
        &["response"],
        b"code = 200\ndescription = \x1b[2J\nproperty[\x1b[0m][0] = a\rb\n",
    );
    let text = succeeds(&output);
    assert!(!text.contains('\u{1b}') && !text.contains('\r'));
    assert!(text.contains(r"\u{1b}[2J") && text.contains(r"a\rb"));
}

#[test]
fn csv_quotes_what_needs_it_and_empty_cells() {
    let output = with_input(&["response", "--format", "csv"], LIST);
    assert_eq!(
        succeeds(&output),
        "domain,note\nexample.com,\"says \"\"yes, please\"\"\"\n例.example.net,\nexample.org,\"\"\n"
    );
    let output = with_input(&["response", "--format", "csv"], b"code = 200\ndescription = Done\n");
    assert_eq!(succeeds(&output), "");
}

#[test]
fn canonical_text_is_a_reply_and_a_fixed_point() {
    let once = with_input(&["response", "--format", "text"], LIST);
    assert!(succeeds(&once).starts_with("[RESPONSE]\ncode = 200\n"));
    let twice = with_input(&["response", "--format", "text", "--strict", "-"], &once.stdout);
    assert_eq!(succeeds(&twice), succeeds(&once));
}

#[test]
fn all_writes_one_object_a_line() {
    let mut log = LIST.to_vec();
    log.extend_from_slice(b"\n[RESPONSE]\r\ncode = 545\r\ndescription = Gone\r\n...\r\nEOF\r\n");
    let output = with_input(&["response", "--all"], &log);
    assert_eq!(with_input(&["response", "--all", "--format", "json"], &log), output);
    let lines: Vec<serde_json::Value> =
        succeeds(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let codes: Vec<_> = lines.iter().map(|line| line["code"].as_u64()).collect();
    assert_eq!(codes, [Some(200), Some(545)]);
    assert_eq!(lines[1]["notes"][0]["line"], 22, "lines count from the start of the input");
}

#[test]
fn all_of_nothing_is_an_error_as_one_of_nothing_is() {
    for input in [&b""[..], b"\n\n", b" \r\n"] {
        for command in ["response", "command"] {
            let one = with_input(&[command], input);
            let (problem, _) = fails(&one, 1).split_once(" (line ").expect("a place");
            let help = if command == "command" { "help: the input is empty\n" } else { "" };
            for options in [&["--all"][..], &["--all", "--keep-going"]] {
                let all = with_input(&[&[command], options].concat(), input);
                let problems = format!("{problem} (line 1, byte 0)\n{help}");
                assert_eq!(fails(&all, 1), problems, "{options:?}");
            }
        }
        let options = &["command", "--all", "--from", "form"];
        let problem = "error: no command in the form (line 1, byte 0)\nhelp: the input is empty\n";
        assert_eq!(fails(&with_input(options, input), 1), problem);
    }
    assert_eq!(
        fails(&with_input(&["response", "--all"], b""), 1),
        "error: empty response (line 1, byte 0)\n"
    );
}

#[test]
fn all_tells_of_every_bad_reply_and_writes_nothing() {
    let log = b"[RESPONSE]\ncode = 200\nEOF\n[RESPONSE]\ncode = x\nEOF\n[RESPONSE]\ndescription = y\nEOF\n";
    let output = with_input(&["response", "--all"], log);
    assert_eq!(
        fails(&output, 1),
        "error: `code` is not a number from 100 to 999 (line 5, byte 37)\n\
         error: no `code` field (line 9, byte 77)\n"
    );
    let output = with_input(&["response", "--all"], b"code = 200\n\xff\n");
    assert_eq!(fails(&output, 1), "error: invalid UTF-8 at byte 11 (line 2, byte 11)\n");
    let output =
        with_input(&["response", "--all", "--strict"], b"code = 200\ndescription = Done\n");
    assert_eq!(fails(&output, 1), "error: no `[RESPONSE]` envelope (line 1, byte 0)\n");
}

#[test]
fn malformed_input_is_one_line_and_status_1() {
    for format in ["table", "json", "csv", "text"] {
        let output = with_input(&["response", "--format", format], b"State: 0\n");
        assert_eq!(fails(&output, 1), "error: no `code` field (line 1, byte 0)\n");
    }
}

#[test]
fn usage_and_files_are_status_2() {
    for arguments in [
        &["response", "--format", "xml"][..],
        &["response", "--all", "--format", "table"],
        &["response", "--nonsense"],
        &["code", "99"],
        &["code", "2xx"],
        &["nonsense"],
        &[],
    ] {
        assert!(!fails(&with_input(arguments, b""), 2).is_empty(), "{arguments:?}");
    }
    // Neither is a file to read: one is not there, the other is a folder.
    for (file, name) in [("no/such/\nfile", r"no/such/\nfile"), (".", ".")] {
        for arguments in [&["response"][..], &["response", "--all"], &["command"], &["receipt"]] {
            let output = cnic(arguments).arg(file).output().expect("the binary runs");
            let problem = fails(&output, 2);
            assert!(problem.starts_with(&format!("error: cannot read {name}: ")), "{problem}");
            assert_eq!(problem.lines().count(), 1, "{problem}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_status_tells_where_nobody_can_be_told() {
    let full = || std::fs::File::options().write(true).open("/dev/full").expect("a full device");
    for (arguments, status) in [(&["response"][..], 1), (&["response", "--all", "no/such/file"], 2)]
    {
        let output = cnic(arguments).stderr(full()).output().expect("the binary runs");
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
    }
    for arguments in [&["code"][..], &["man"], &["completions", "bash"]] {
        let child = cnic(arguments).stdout(full()).stderr(Stdio::piped()).spawn();
        let output = child.expect("the binary starts").wait_with_output().expect("it ends");
        assert!(fails(&output, 2).starts_with("error: cannot write: "), "{arguments:?}");
    }
}

#[test]
fn codes() {
    let output = cnic(&["code", "200", "211", "521", "599"]).output().expect("the binary runs");
    assert_eq!(
        succeeds(&output),
        "\
code  class      retry  closes  available  meaning
200   success                              Command completed successfully
211   success                   no         Domain name not available
521   permanent  yes    yes                Too many sessions open. Server closing connection
599   permanent                            (unknown code)
"
    );
    let all = cnic(&["code"]).output().expect("the binary runs");
    let numbers: Vec<u16> =
        succeeds(&all).lines().skip(1).map(|line| line[..3].parse().expect("a number")).collect();
    assert!(numbers.len() >= 60);
    assert!(numbers.is_sorted());
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let mut large = b"code = 200\ndescription = Done\n".to_vec();
    for row in 0..50_000 {
        writeln!(large, "property[domain][{row}] = example{row}.com").expect("memory");
    }
    let file = std::env::temp_dir().join(format!("cnic-closed-pipe-{}.rsp", std::process::id()));
    std::fs::write(&file, large).expect("a file");
    for options in [
        &["--format", "table"][..],
        &["--format", "json"],
        &["--format", "csv"],
        &["--format", "text"],
        &["--all"],
    ] {
        let mut child = cnic(&["response"])
            .args(options)
            .arg(&file)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut start = [0; 16];
        let mut stdout = child.stdout.take().expect("a pipe");
        stdout.read_exact(&mut start).expect("some output");
        drop(stdout);
        let output = child.wait_with_output().expect("the binary ends");
        assert_eq!(output.status.code(), Some(0), "{options:?}");
        assert!(output.stderr.is_empty(), "{options:?}");
    }
    std::fs::remove_file(file).expect("the file is there");
}

#[test]
fn codes_as_json() {
    let output = cnic(&["code", "--format", "json", "211", "521", "599"]).output();
    let line = |code, class, retry, closes, available, meaning, published| {
        format!(
            "{{\"code\":{code},\"class\":\"{class}\",\"retry\":{retry},\"closes\":{closes},\"available\":{available},\
             \"meaning\":{meaning},\"published\":{published}}}\n"
        )
    };
    let closing = "\"Too many sessions open. Server closing connection\"";
    let expected = [
        line(211, "success", false, false, "false", "\"Domain name not available\"", true),
        line(521, "permanent", true, true, "null", closing, true),
        line(599, "permanent", false, false, "null", "null", false),
    ];
    assert_eq!(succeeds(&output.expect("the binary runs")), expected.concat());
    let all = cnic(&["code", "--format", "json"]).output().expect("the binary runs");
    let table = cnic(&["code"]).output().expect("the binary runs");
    let mut extra = 0;
    let lines = succeeds(&all).lines();
    assert_eq!(lines.clone().count(), succeeds(&table).lines().count() - 1);
    for (line, row) in lines.zip(succeeds(&table).lines().skip(1)) {
        let code: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert!(row.starts_with(&code["code"].to_string()), "{row}");
        assert_eq!(
            row.contains("(not in the published list)"),
            code["published"] == false,
            "{row}"
        );
        extra += usize::from(code["published"] == false);
    }
    assert!(extra > 0);
}

#[test]
fn colours_in_a_pipe_are_asked_for() {
    let shown = |variables: &[(&str, &str)]| {
        let mut command = cnic(&["response"]);
        command.arg(fixture("valid/check_domains.rsp"));
        for variable in ["CLICOLOR_FORCE", "CLICOLOR", "NO_COLOR"] {
            command.env_remove(variable);
        }
        let output = command.envs(variables.iter().copied()).output().expect("the binary runs");
        succeeds(&output).to_owned()
    };
    let plain = shown(&[]);
    assert!(!plain.contains('\u{1b}'));
    let coloured = shown(&[("CLICOLOR_FORCE", "1")]);
    assert!(coloured.starts_with("\u{1b}[1m\u{1b}[32m200"), "{coloured:?}");
    for variables in [
        &[("CLICOLOR", "1")][..],
        &[("CLICOLOR_FORCE", "")],
        &[("CLICOLOR_FORCE", "0")],
        &[("NO_COLOR", "1")],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")],
    ] {
        assert_eq!(shown(variables), plain, "{variables:?}");
    }
    let help = |force: &str| {
        let mut command = cnic(&["--help"]);
        let output = command.env_remove("NO_COLOR").env("CLICOLOR_FORCE", force).output();
        succeeds(&output.expect("the binary runs")).contains('\u{1b}')
    };
    assert_eq!((help("1"), help("0")), (true, false));
    // What other programs read has no colours.
    for format in ["json", "csv", "text"] {
        let mut command = cnic(&["response", "--format", format]);
        command.arg(fixture("valid/check_domains.rsp")).env("CLICOLOR_FORCE", "1");
        let output = command.env_remove("NO_COLOR").output().expect("the binary runs");
        assert!(!succeeds(&output).contains('\u{1b}'));
    }
}
