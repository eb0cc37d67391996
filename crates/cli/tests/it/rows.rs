//! Rows for other tools: CSV, JSON lines, Markdown, and JSON with some of the columns.

use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;

fn start(arguments: &[&str]) -> std::process::Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the binary starts")
}

fn cnic(arguments: &[&str], input: &str) -> Output {
    let mut child = start(arguments);
    // A child that rejects its arguments closes the pipe early.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("the binary ends")
}

/// Asserts what `cnic response` writes to standard output and error.
#[track_caller]
fn check(options: &str, input: &str, status: i32, out: &str, err: &str) {
    let arguments: Vec<_> = ["response"].into_iter().chain(options.split(' ')).collect();
    let output = cnic(&arguments, input);
    assert_eq!(String::from_utf8_lossy(&output.stderr), err, "{options}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), out, "{options}");
    assert_eq!(output.status.code(), Some(status), "{options}");
}

const LIST: &str = "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[column][0] = b\n\
    property[a][0] = x|\"y\"\nproperty[a][2] =\nproperty[B b][1] = 007\n\
    property[count][0] = 3\nproperty[first][0] = 0\n...\nproperty[auth][0] = s\nEOF\n";
const OTHER: &str =
    "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[c][0] = z\nproperty[a][0] = w\nEOF\n";
const GONE: &str = "[RESPONSE]\ncode = 545\ndescription = Gone\nEOF\n";
const EMPTY: &str = "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[column][0] = a\n\
    property[column][1] = q\nproperty[count][0] = 0\nproperty[sum][0] = 5\nEOF\n";
const BAD: &str = "[RESPONSE]\ncode = x\nEOF\n";

#[test]
fn a_row_is_a_line_of_json() {
    let rows = "{\"a\":\"x|\\\"y\\\"\",\"B b\":null}\n{\"a\":null,\"B b\":\"007\"}\n{\"a\":\"\",\"B b\":null}\n";
    for columns in ["a,B b", " a, B b "] {
        let output = cnic(&["response", "--format", "jsonl", "--columns", columns], LIST);
        assert_eq!(String::from_utf8_lossy(&output.stdout), rows);
    }
    check(
        "--format jsonl --columns b_B,a",
        OTHER,
        2,
        "",
        "error: no column `b_B`: there are `c`, `a`\n",
    );
    check(
        "--format jsonl --columns BB,A",
        LIST,
        0,
        "{\"BB\":null,\"A\":\"x|\\\"y\\\"\"}\n{\"BB\":\"007\",\"A\":null}\n{\"BB\":null,\"A\":\"\"}\n",
        "",
    );
    check("--format jsonl", OTHER, 0, "{\"c\":\"z\",\"a\":\"w\"}\n", "");
    check("--format jsonl", GONE, 0, "", "");
    check("--format jsonl", EMPTY, 0, "", "");
    check(
        "--format jsonl --redact --columns auth",
        LIST,
        0,
        "{\"auth\":\"***\"}\n{\"auth\":null}\n{\"auth\":null}\n",
        "",
    );
    check("--format jsonl --columns a,A", LIST, 2, "", "error: `A`: two columns of this name\n");
}

#[test]
fn what_is_no_row_is_a_line_before_the_rows() {
    for reply in [LIST, OTHER, GONE, EMPTY] {
        for more in [&[][..], &["--redact"]] {
            let output = cnic(&[&["response", "--format", "json"], more].concat(), reply);
            let mut json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
            json.as_object_mut().expect("an object").shift_remove("columns");
            let output = cnic(&[&["response", "--format", "jsonl"], more].concat(), reply);
            let rows = String::from_utf8(output.stdout).expect("UTF-8");
            let options = [&["response", "--format", "jsonl", "--with-meta"], more].concat();
            let output = cnic(&options, reply);
            let lines = String::from_utf8(output.stdout).expect("UTF-8");
            assert_eq!(lines, format!("{{\"meta\":{json}}}\n{rows}"));
        }
    }
    let meta = "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[meta][0] = x\nEOF\n";
    check("--format jsonl --with-meta", meta, 2, "", "error: `meta`: two columns of this name\n");
    check("--format jsonl", meta, 0, "{\"meta\":\"x\"}\n", "");
}

#[test]
fn holes_take_no_more_than_the_response_is_worth() {
    let name = "n".repeat(2000);
    let reply = format!(
        "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[{name}][0] = x\nproperty[a][100000] = y\nEOF\n"
    );
    let problem = "too many holes: choose fewer columns with --columns";
    check("--format jsonl", &reply, 2, "", &format!("error: {problem}\n"));
    let output = cnic(&["response", "--format", "jsonl", "--columns", "a"], &reply);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 100_000 * 11 + 10));
    let problem = format!("error: response 0, {problem} (line 1, byte 0)\n");
    check("--all --format jsonl", &reply, 1, "", &problem);
    // Each response has columns of its own.
    let log: String = (0..600)
        .map(|n| {
            format!("[RESPONSE]\ncode = 200\ndescription = Done\nproperty[c{n}][0] = x\nEOF\n")
        })
        .collect();
    let output = cnic(&["response", "--all", "--format", "csv"], &log);
    let problem = "error: too many holes: choose fewer columns with --columns\n";
    assert_eq!(String::from_utf8_lossy(&output.stderr), problem);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
}

#[test]
fn a_table_of_markdown() {
    let table = "| a | c |\n| --- | --- |\n| x\\|y\\_ | · |\n|  | z |\n";
    let reply = "code = 200\ndescription = Done\nproperty[a][0] = x|y_\nproperty[a][1] =\nproperty[c][1] = z\n";
    check("--format markdown", reply, 0, table, "");
    check("--format markdown --columns c", reply, 0, "| c |\n| --- |\n| · |\n| z |\n", "");
    check("--format markdown", EMPTY, 0, "| a | q |\n| --- | --- |\n", "");
    check("--format markdown", GONE, 0, "", "");
    let problem = "error: --all writes json, jsonl, csv, text";
    let output = cnic(&["response", "--all", "--format", "markdown"], reply);
    assert!(String::from_utf8_lossy(&output.stderr).starts_with(problem));
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
}

/// The names of the columns of a JSON, and the JSON without them.
fn split(bytes: &[u8]) -> (Vec<(String, Value)>, Value) {
    let mut json: Value = serde_json::from_slice(bytes).expect("JSON");
    let columns = json.as_object_mut().and_then(|it| it.shift_remove("columns")).expect("columns");
    (columns.as_object().expect("an object").clone().into_iter().collect(), json)
}

#[test]
fn columns_are_chosen_for_json() {
    for reply in [LIST, OTHER] {
        for more in [&[][..], &["--redact"]] {
            let whole = cnic(&[&["response", "--format", "json"], more].concat(), reply).stdout;
            let (columns, rest) = split(&whole);
            let names: Vec<_> = columns.iter().map(|(name, _)| name.as_str()).collect();
            // With all columns it is what it is without any.
            for all in [&[][..], &["--all"]] {
                let all_names = names.join(",");
                let options = ["response", "--format", "json", "--columns", &all_names];
                let chosen = cnic(&[&options[..], more, all].concat(), reply);
                assert_eq!(
                    String::from_utf8_lossy(&chosen.stdout),
                    String::from_utf8_lossy(&whole)
                );
            }
            let options = ["response", "--format", "json", "--columns", names[1]];
            let chosen = cnic(&[&options[..], more].concat(), reply).stdout;
            let (chosen, chosen_rest) = split(&chosen);
            assert_eq!(chosen, columns[1..2]);
            assert_eq!(chosen_rest, rest);
        }
    }
    let problem = "error: no column `x`: there are `c`, `a`\n";
    check("--format json --columns x", OTHER, 2, "", problem);
    check("--format json --columns a,a", OTHER, 2, "", "error: `a`: two columns of this name\n");
    let output = cnic(&["response", "--format", "json", "--columns", "x"], GONE);
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"rows\":0,\"columns\":{},"));
}

#[test]
fn repeated_cells_of_other_columns_are_left_out() {
    let reply = "code = 200\ndescription = Done\nproperty[a][0] = x\nproperty[a][0] = y\nproperty[b][0] = z\n";
    for (column, is_there) in [("A", true), ("b", false)] {
        let output = cnic(&["response", "--format", "json", "--columns", column], reply);
        let json = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(json.contains("\"repeated\""), is_there, "{json}");
    }
}

#[test]
fn numbers_stand_before_the_columns() {
    check(
        "--format csv --with row,code,response --columns a",
        LIST,
        0,
        "row,code,response,a\n0,200,0,\"x|\"\"y\"\"\"\n1,200,0,\n2,200,0,\"\"\n",
        "",
    );
    check(
        "--format jsonl --with response,row",
        OTHER,
        0,
        "{\"response\":0,\"row\":0,\"c\":\"z\",\"a\":\"w\"}\n",
        "",
    );
    check("--format csv --with row,code", GONE, 0, "row,code\n,545\n", "");
    check("--format csv --with code", EMPTY, 0, "code,a,q\n200,,\n", "");
    check("--format csv --with row", EMPTY, 0, "row,a,q\n", "");
    check("--format jsonl --with row,code", GONE, 0, "{\"row\":null,\"code\":545}\n", "");
    let row = "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[Row][0] = x\nEOF\n";
    for format in ["csv", "jsonl"] {
        let problem = "error: `Row`: two columns of this name\n";
        check(&format!("--format {format} --with row"), row, 2, "", problem);
    }
    for (option, needed) in [
        ("--with-meta --format csv", "--with-meta needs --format jsonl"),
        ("--rows --format csv", "--rows needs --format table"),
        ("--object --all", "--object needs --format table"),
        ("--columns a --format text", "--columns needs another format than text"),
    ] {
        check(option, LIST, 2, "", &format!("error: {needed}\n"));
    }
    for format in ["table", "json", "markdown", "text"] {
        let output = cnic(&["response", "--with", "row", "--format", format], LIST);
        assert!(output.stderr.starts_with(b"error: --with needs --format csv"));
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    }
}

#[test]
fn rows_of_all_responses() {
    let log = [OTHER, GONE, LIST, EMPTY].concat();
    check(
        "--all --format csv",
        &log,
        0,
        "c,a,B b,auth,q\nz,w,,,\n,\"x|\"\"y\"\"\",,s,\n,,007,,\n,\"\",,,\n",
        "",
    );
    check(
        "--all --format csv --with response,row,code --columns c,a",
        &log,
        0,
        "response,row,code,c,a\n0,0,200,z,w\n1,,545,,\n2,0,200,,\"x|\"\"y\"\"\"\n2,1,200,,\n2,2,200,,\"\"\n3,,200,,\n",
        "",
    );
    check(
        "--all --format jsonl --with response --columns c",
        &log,
        0,
        "{\"response\":0,\"c\":\"z\"}\n{\"response\":2,\"c\":null}\n{\"response\":2,\"c\":null}\n{\"response\":2,\"c\":null}\n",
        "",
    );
    let codes = "error: code 545 (Entity reference not found)\n";
    check("--all --format csv --fail --columns c", &[OTHER, GONE].concat(), 3, "c\nz\n", codes);
    check("--all --format csv", GONE, 0, "", "");
    check("--all --format csv --redact --columns auth", LIST, 0, "auth\n***\n\"\"\n\"\"\n", "");
    let output = cnic(
        &["response", "--all", "--format", "jsonl", "--with-meta", "--with", "response"],
        &log,
    );
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let lines: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 4 + 4);
    let meta = |number: u64, code: u64| {
        let line =
            lines.iter().find(|line| line["response"] == number && line.get("meta").is_some());
        assert_eq!(line.expect("a line")["meta"]["code"], code);
    };
    [(0, 200), (1, 545), (2, 200), (3, 200)].into_iter().for_each(|(at, code)| meta(at, code));
    // Each line of JSON lines has the columns of its response.
    check(
        "--all --format jsonl",
        &[OTHER, GONE, OTHER].concat(),
        0,
        &"{\"c\":\"z\",\"a\":\"w\"}\n".repeat(2),
        "",
    );
}

#[test]
fn a_column_that_no_response_has_is_an_error() {
    let problem = "error: no column `x`: there are `c`, `a`\n";
    for format in ["csv", "jsonl", "json"] {
        let options = format!("--all --columns c,x --format {format}");
        check(&options, &[GONE, OTHER].concat(), 2, "", problem);
        let output = cnic(
            &["response", "--all", "--columns", "c,x", "--format", format, "--keep-going"],
            OTHER,
        );
        assert_eq!((output.status.code(), &*output.stderr), (Some(2), problem.as_bytes()));
    }
    check("--all --columns c,x --format csv", GONE, 0, "c,x\n", "");
}

#[test]
fn nothing_is_written_of_a_stream_with_a_malformed_response() {
    let log = [OTHER, BAD, OTHER].concat();
    let problem = "error: `code` is not a number from 100 to 999 (line 8, byte 94)\n";
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log");
    std::fs::write(&path, &log).expect("a file");
    let path = path.to_str().expect("UTF-8");
    for (input, path) in [(&*log, "-"), ("", path)] {
        for format in ["csv", "jsonl"] {
            check(&format!("--all --format {format} {path}"), input, 1, "", problem);
        }
        check(
            &format!("--all --keep-going --format csv {path}"),
            input,
            1,
            "c,a\nz,w\nz,w\n",
            problem,
        );
        let lines = "{\"c\":\"z\",\"a\":\"w\"}\n".repeat(2);
        check(&format!("--all --keep-going --format jsonl {path}"), input, 1, &lines, problem);
    }
    // What follows the last response is told once.
    let noted = format!("{OTHER}-- end --\n");
    for options in ["--all --format csv", "--all --format csv --keep-going"] {
        let arguments: Vec<_> = ["response"].into_iter().chain(options.split(' ')).collect();
        let output = cnic(&arguments, &noted);
        assert_eq!(
            String::from_utf8_lossy(&output.stderr).matches("note: ").count(),
            1,
            "{options}"
        );
        assert_eq!((output.status.code(), &*output.stdout), (Some(0), &b"c,a\nz,w\n"[..]));
    }
    // One that does not fit is malformed, too.
    let row = "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[row][0] = x\nEOF\n";
    let problem = "error: response 1, `row`: two columns of this name (line 7, byte 83)\n";
    check("--all --format jsonl --with row", &[OTHER, row].concat(), 1, "", problem);
    let lines = "{\"row\":0,\"c\":\"z\",\"a\":\"w\"}\n".repeat(2);
    check(
        "--all --format jsonl --with row --keep-going",
        &[OTHER, row, OTHER].concat(),
        1,
        &lines,
        problem,
    );
}

#[test]
fn the_number_of_a_response_is_its_place_in_the_input() {
    let log = [BAD, OTHER, BAD, "\n", BAD, OTHER, GONE].concat();
    let problem = |line: u32, byte: u32| {
        format!("error: `code` is not a number from 100 to 999 (line {line}, byte {byte})\n")
    };
    let problems = [problem(2, 11), problem(11, 118), problem(15, 143)].concat();
    let csv = "response,code,a\n1,200,w\n4,200,w\n5,545,\n";
    let options = "--all --keep-going --with response,code --columns a --format csv";
    check(options, &log, 1, csv, &problems);
    let options = "--all --keep-going --with response,code --format csv";
    let csv = "response,code,c,a\n1,200,z,w\n4,200,z,w\n5,545,,\n";
    check(options, &log, 1, csv, &problems);
    let lines = "{\"response\":1,\"a\":\"w\"}\n{\"response\":4,\"a\":\"w\"}\n";
    let options = "--all --keep-going --with response --columns a --format jsonl";
    check(options, &log, 1, lines, &problems);
}

#[test]
fn to_keep_going_holds_no_row_back() {
    for options in [&["--format", "jsonl"][..], &["--format", "csv", "--columns", "c,a"]] {
        let mut child = start(&[&["response", "--all", "--keep-going"], options].concat());
        let mut stdin = child.stdin.take().expect("a pipe");
        let stdout = child.stdout.take().expect("a pipe");
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            use std::io::BufRead;
            let lines = std::io::BufReader::new(stdout).lines();
            lines.into_iter().try_for_each(|line| sender.send(line.expect("UTF-8")))
        });
        for number in 0..3 {
            stdin.write_all(OTHER.as_bytes()).expect("it reads");
            loop {
                let line = lines
                    .recv_timeout(Duration::from_secs(60))
                    .expect("a row while the input goes on");
                if line.contains('z') {
                    break;
                }
                assert_eq!((line.as_str(), number), ("c,a", 0));
            }
        }
        drop(stdin);
        assert_eq!(child.wait().expect("the binary ends").code(), Some(0));
    }
}

#[test]
fn the_layout_of_a_table_is_guessed_or_chosen() {
    let object = "code = 200\ndescription = Done\nproperty[a][0] = x\nproperty[a][1] = y\nproperty[b][0] = z\n";
    let head = "200 Done (Command completed successfully)\n\n";
    let downwards = format!("{head}a  0  x\n   1  y\nb     z\n");
    let across = format!("{head}a  b\nx  z\ny  ·\n");
    check("--format table", object, 0, &downwards, "");
    check("--object", object, 0, &downwards, "");
    check("--rows", object, 0, &across, "");
    let list = format!("{object}property[column][0] = a\n");
    check("--format table", &list, 0, &across, "");
    check("--rows", &list, 0, &across, "");
    check("--object", &list, 0, &downwards, "");
}
