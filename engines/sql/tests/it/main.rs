//! Runs `cnic-sql`.

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const LIST: &str = "\
[RESPONSE]
code = 200
description = done
property[domain][0] = b.example
property[domain][1] = a.example
property[auth][1] =
EOF
";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("list.txt"), LIST).expect("a file");
    fs::write(folder.path().join("cut.txt"), &LIST[..LIST.len() - 4]).expect("a file");
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic-sql"));
    command.current_dir(folder.path()).args(arguments).stdin(Stdio::null());
    command.output().expect("it runs")
}

/// Returns the status, standard output and standard error.
fn texts(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.code().expect("no signal"), text(&output.stdout), text(&output.stderr))
}

fn written(folder: &TempDir, arguments: &[&str]) -> String {
    let (status, out, error) = texts(&run(folder, arguments));
    assert_eq!((status, error.as_str()), (0, ""), "{out}");
    out
}

fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string());
    let mut names: Vec<_> = names.map(|name| name.expect("UTF-8")).collect();
    names.sort();
    names
}

const QUERY: &str = "SELECT domain, auth FROM cnic_responses('list.txt') ORDER BY domain";

#[test]
fn an_answer_is_written_in_each_format() {
    let folder = folder();
    let table = "\
+-----------+------+
| domain    | auth |
+-----------+------+
| a.example |      |
| b.example |      |
+-----------+------+
";
    assert_eq!(written(&folder, &[QUERY]), table);
    let csv = "domain,auth\na.example,\nb.example,\n";
    assert_eq!(written(&folder, &["--format", "csv", QUERY]), csv);
    let json =
        "{\"domain\":\"a.example\",\"auth\":\"\"}\n{\"domain\":\"b.example\",\"auth\":null}\n";
    assert_eq!(written(&folder, &["--format", "json", QUERY]), json);
    let nothing = "SELECT domain, auth FROM cnic_responses('list.txt') WHERE false";
    assert_eq!(written(&folder, &["--format", "csv", nothing]), "domain,auth\n");
}

#[test]
fn an_archive_is_written_and_asked() {
    let folder = folder();
    assert_eq!(written(&folder, &["-o", "x.parquet", QUERY]), "");
    assert_eq!(names(&folder), ["cut.txt", "list.txt", "x.parquet"]);
    let ask = "SELECT domain, auth IS NULL AS hole FROM 'x.parquet'";
    let json =
        "{\"domain\":\"a.example\",\"hole\":false}\n{\"domain\":\"b.example\",\"hole\":true}\n";
    assert_eq!(written(&folder, &["--format", "json", ask]), json);
    // Again, over what is there.
    written(&folder, &["-o", "x.parquet", "SELECT 1 AS one"]);
    assert_eq!(written(&folder, &["--format", "csv", "SELECT * FROM 'x.parquet'"]), "one\n1\n");
    // In Parquet the values are compressed.
    let many =
        "SELECT value || ' and the same text' AS a FROM generate_series(1, 1000) AS t(value)";
    written(&folder, &["-o", "many.parquet", many]);
    let bytes = fs::read(folder.path().join("many.parquet")).expect("a file");
    assert!(bytes.len() < 10_000 && bytes.starts_with(b"PAR1"), "{} bytes", bytes.len());
}

#[test]
fn holes_stay_in_their_rows() {
    let folder = folder();
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/response/valid");
    let json = |sql: &str| written(&folder, &["--format", "json", sql]);
    // Rows 0, 6940 and 6941 have a cell, and those between them none.
    let sparse = format!("cnic_responses('{fixtures}/sparse_rows.rsp')");
    written(&folder, &["-o", "sparse.parquet", &format!("SELECT row, line FROM {sparse}")]);
    for table in [&sparse, "'sparse.parquet'"] {
        let cells = "\
{\"row\":0,\"line\":\"first of many\"}
{\"row\":6940,\"line\":\"last but one\"}
{\"row\":6941,\"line\":\"last\"}
";
        let sql = format!("SELECT row, line FROM {table} WHERE line IS NOT NULL ORDER BY row");
        assert_eq!(json(&sql), cells);
        let sql = format!(
            "SELECT count(*) AS rows, count(line) AS cells, count(DISTINCT row) AS numbers FROM {table}"
        );
        assert_eq!(json(&sql), "{\"rows\":6942,\"cells\":3,\"numbers\":6942}\n");
    }
    // A hole is null, and an empty cell is not.
    let holes = format!("cnic_responses('{fixtures}/hole_is_not_an_empty_cell.rsp')");
    let rows = "\
{\"row\":0,\"x\":\"\",\"y\":null}
{\"row\":1,\"x\":null,\"y\":\"\"}
{\"row\":2,\"x\":\"\",\"y\":null}
";
    assert_eq!(json(&format!("SELECT row, x, y FROM {holes} ORDER BY row")), rows);
    // A column that ends early.
    let ragged = format!("cnic_responses('{fixtures}/cnr_status_domain_ragged.rsp')");
    let csv = "\
domain,nameserver,domaintag
tagged.example.com,ns1.example.net,team-blue
,ns2.example.net,renew-yearly
,,vip
,,parked
";
    let sql = format!("SELECT domain, nameserver, domaintag FROM {ragged} ORDER BY row");
    assert_eq!(written(&folder, &["--format", "csv", &sql]), csv);
}

#[test]
fn functions_take_texts_of_an_archive_apart() {
    let folder = folder();
    let raw = format!("SELECT column1 AS body FROM (VALUES ('{LIST}'), ('no response'))");
    written(&folder, &["-o", "raw.parquet", &raw]);
    let sql =
        "SELECT cnic_code(body) code, unnest(cnic_column(body, 'domain')) d FROM 'raw.parquet'";
    let csv = "code,d\n200,b.example\n200,a.example\n";
    assert_eq!(written(&folder, &["--format", "csv", sql]), csv);
    let sql = "SELECT cnic_error(body) error FROM 'raw.parquet' WHERE cnic_code(body) IS NULL";
    assert!(written(&folder, &["--format", "csv", sql]).contains("(line 1, byte 0)"));
}

#[test]
fn the_query_may_be_in_a_file_or_on_standard_input() {
    let folder = folder();
    fs::write(folder.path().join("query.sql"), "SELECT 1 AS a;\n").expect("a file");
    assert_eq!(written(&folder, &["--format", "csv", "-f", "query.sql"]), "a\n1\n");
    for arguments in [&["--format", "csv"][..], &["--format", "csv", "-"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cnic-sql"));
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(b"SELECT 2 AS b").expect("a query");
        drop(stdin);
        let (status, out, _) = texts(&child.wait_with_output().expect("an answer"));
        assert_eq!((status, out.as_str()), (0, "b\n2\n"));
    }
}

#[test]
fn the_plan_shows_the_columns_that_are_read() {
    let plan = written(&folder(), &["EXPLAIN SELECT domain FROM cnic_responses('list.txt')"]);
    assert!(plan.contains("projection=[domain]"), "{plan}");
}

#[test]
fn a_failure_leaves_nothing_behind() {
    let folder = folder();
    for format in ["table", "csv", "json", "parquet"] {
        // The good file comes first.
        let sql = "SELECT domain FROM cnic_responses('list.txt', 'domain')
            UNION ALL SELECT domain FROM cnic_responses('cut.txt', 'domain')";
        fs::write(folder.path().join("out"), "as it was").expect("a file");
        let (status, out, error) = texts(&run(&folder, &["--format", format, "-o", "out", sql]));
        assert_eq!((status, out.as_str()), (1, ""), "{error}");
        assert!(error.starts_with("error: "), "{error}");
        assert!(error.contains("cut.txt: response 0: `[RESPONSE]` without `EOF`"), "{error}");
        assert_eq!(names(&folder), ["cut.txt", "list.txt", "out"]);
        assert_eq!(fs::read(folder.path().join("out")).expect("a file"), b"as it was");
        if format != "parquet" {
            let (status, out, _) = texts(&run(&folder, &["--format", format, sql]));
            assert_eq!((status, out.as_str()), (1, ""));
        }
    }
}

#[test]
fn no_type_of_a_cell_is_guessed() {
    let folder = folder();
    fs::write(folder.path().join("x.csv"), "a,b,c\n0049301234567,1e5,NA\n").expect("a file");
    let out = written(&folder, &["--format", "csv", "SELECT * FROM 'x.csv'"]);
    assert_eq!(out, "a,b,c\n0049301234567,1e5,NA\n");
    let lines = "{\"a\":\"1e5\"}\n".repeat(1500) + "{\"a\":\"2\",\"late\":\"x\"}\n";
    fs::write(folder.path().join("x.json"), lines).expect("a file");
    let sql = "SELECT count(a) AS a, max(a) AS most, count(late) AS late FROM 'x.json'";
    let out = written(&folder, &["--format", "csv", sql]);
    assert_eq!(out, "a,most,late\n1501,2,1\n");
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_so_do_permissions() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = folder();
    let [file, link] = ["out.csv", "link.csv"].map(|name| folder.path().join(name));
    fs::write(&file, "as it was").expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("permissions");
    symlink("out.csv", &link).expect("a link");
    written(&folder, &["-o", "link.csv", "--format", "csv", "SELECT 1 AS one"]);
    assert_eq!(fs::read_link(&link).expect("a link"), std::path::Path::new("out.csv"));
    assert_eq!(fs::read(&file).expect("a file"), b"one\n1\n");
    assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600);
    assert_eq!(names(&folder), ["cut.txt", "link.csv", "list.txt", "out.csv"]);

    // A link that leads to no file yet.
    fs::remove_file(&file).expect("a file");
    written(&folder, &["-o", "link.csv", "--format", "csv", "SELECT 1 AS one"]);
    assert!(fs::read_link(&link).is_ok() && file.is_file());
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_nothing_behind() {
    let folder = folder();
    for (signal, status) in [("INT", 130), ("TERM", 143)] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cnic-sql"));
        command.current_dir(folder.path()).args(["-o", "out.csv", "--format", "csv"]);
        let endless = "SELECT * FROM generate_series(1, 1000000000000)";
        let mut child = command.arg(endless).stdin(Stdio::null()).spawn().expect("it runs");
        // The file is there once the signals are waited for.
        while fs::metadata(folder.path().join(format!(".out.csv.{}.partial", child.id())))
            .map_or(0, |file| file.len())
            == 0
        {
            assert!(child.try_wait().expect("it runs").is_none());
            std::thread::yield_now();
        }
        let kill = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
        assert!(kill.expect("it runs").success());
        assert_eq!(child.wait().expect("it ends").code(), Some(status));
        assert_eq!(names(&folder), ["cut.txt", "list.txt"]);
    }
}

#[test]
fn wrong_usage_is_another_status() {
    let folder = folder();
    for arguments in [
        &["SELECT * FROM nothing"][..],
        &["SELECT FROM WHERE"],
        &["SELECT 1; SELECT 2"],
        &["CREATE TABLE a AS SELECT 1"],
        &["COPY (SELECT 1) TO 'x.csv'"],
        &["SELECT * FROM cnic_responses('none.txt')"],
        &["SELECT * FROM 'none.parquet'"],
        &["-o", "no/such/folder.csv", "SELECT 1"],
        &["-f", "none.sql"],
        &["--format", "parquet", "SELECT 1"],
        &["--format", "xml", "SELECT 1"],
        &["SELECT 1", "SELECT 2"],
    ] {
        let (status, out, error) = texts(&run(&folder, arguments));
        assert_eq!((status, out.as_str()), (2, ""), "{arguments:?}: {error}");
        assert!(error.starts_with("error: "), "{error}");
        assert_eq!(names(&folder), ["cut.txt", "list.txt"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let folder = folder();
    let (status, _, error) = texts(&run(&folder, &["--format", "csv", "-o", "/dev/full", QUERY]));
    assert_eq!(status, 2, "{error}");
    assert!(error.starts_with("error: cannot write /dev/full: "), "{error}");
    let full = fs::File::options().write(true).open("/dev/full").expect("a device");
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic-sql"));
    let output = command.arg("SELECT 1").stdout(full).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_terminal_is_not_moved() {
    let folder = folder();
    let text = LIST.replace("a.example", "\u{1b}[2J\u{202e}x");
    fs::write(folder.path().join("list.txt"), text).expect("a file");
    let out = written(&folder, &[QUERY]);
    assert!(out.contains("\\u{1b}[2J\\u{202e}x"), "{out}");
}

#[test]
fn the_help_says_what_there_is() {
    let help = written(&folder(), &["--help"]);
    for word in ["cnic_responses", "cnic_column", "--format", "--output", "Exit status"] {
        assert!(help.contains(word), "{help}");
    }
}
