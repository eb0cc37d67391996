//! Responses as Parquet and Arrow, read back by the crates of these formats.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Decimal128Type, Int16Type, Int64Type, TimestampMicrosecondType,
};
use arrow_array::{Array, RecordBatch};
use arrow_ipc::reader::FileReader;
use cnic_response::Response;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;

const LIST: &str = "[RESPONSE]
code = 200
description = Done
property[domain][0] = example.com
property[domain][1] = example.net
property[domain][2] = example.org
property[auth][0] =
property[auth][2] = a \"b\", c
property[phone][1] = 0049301234567
EOF
";
const GONE: &str = "[RESPONSE]\ncode = 545\ndescription = Gone\nEOF\n";
const BAD: &str = "[RESPONSE]\ncode = x\nEOF\n";

fn cnic(arguments: &[&str], folder: &Path, input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    command.current_dir(folder).args(arguments).stdin(Stdio::piped());
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
    // A child that rejects its arguments closes the pipe early.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("the binary ends")
}

/// Asserts the status and what is written to standard error, with nothing on standard output.
#[track_caller]
fn check(arguments: &[&str], folder: &Path, input: &str, status: i32, err: &str) {
    let output = cnic(arguments, folder, input);
    assert_eq!(String::from_utf8_lossy(&output.stderr), err, "{arguments:?}");
    assert_eq!(output.status.code(), Some(status), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
}

/// A folder with files of these texts: `a`, `b` and so on.
fn folder(texts: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in ('a'..='z').zip(texts) {
        fs::write(folder.path().join(name.to_string()), text).expect("a file");
    }
    folder
}

/// The names of the files in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let name = |entry: fs::DirEntry| entry.file_name().into_string().expect("UTF-8");
    let mut names: Vec<String> = entries.map(|entry| name(entry.expect("a file"))).collect();
    names.sort();
    names
}

fn parquet(path: &Path) -> ParquetRecordBatchReaderBuilder<File> {
    let file = File::open(path).expect("a file");
    ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet")
}

/// Writes `options`, and returns the rows of the Parquet file, which are those of the Arrow file too.
#[track_caller]
fn rows(options: &[&str], folder: &Path, input: &str) -> RecordBatch {
    let batches = ["parquet", "arrow"].map(|format| {
        let options = [&["response", "--format", format, "-o", format], options].concat();
        check(&options, folder, input, 0, "");
        let path = folder.join(format);
        let (schema, batches): (_, Vec<_>) = if format == "parquet" {
            let file = parquet(&path);
            // The batches lack the metadata.
            let schema = Arc::clone(file.schema());
            let reader = file.build().expect("Parquet");
            let rows = |batch: RecordBatch| batch.with_schema(Arc::clone(&schema)).expect("rows");
            let batches = reader.map(|batch| rows(batch.expect("rows"))).collect();
            (schema, batches)
        } else {
            let reader = FileReader::try_new(File::open(&path).expect("a file"), None);
            let reader = reader.expect("Arrow");
            (reader.schema(), reader.map(|batch| batch.expect("rows")).collect())
        };
        fs::remove_file(path).expect("the file");
        assert!(batches.len() <= 1, "the reader takes 1024 rows at once");
        batches.into_iter().next().unwrap_or_else(|| RecordBatch::new_empty(schema))
    });
    let [parquet, arrow] = batches;
    assert_eq!(parquet, arrow);
    parquet
}

fn texts<'b>(batch: &'b RecordBatch, column: &str) -> Vec<Option<&'b str>> {
    let column = batch.column_by_name(column).expect("a column");
    column.as_string::<i32>().iter().collect()
}

fn columns(batch: &RecordBatch) -> Vec<String> {
    batch.schema_ref().fields().iter().map(|field| field.name().clone()).collect()
}

#[test]
fn cells_holes_and_empty_cells_come_back() {
    let folder = folder(&[LIST]);
    let response = Response::parse(LIST).expect("a response");
    let file = &["a"][..];
    for options in
        [file, &["--all", "a"], &["--all", "--redact", "--columns", "domain,auth,phone", "a"]]
    {
        let batch = rows(options, folder.path(), "");
        assert_eq!(columns(&batch), ["domain", "auth", "phone"]);
        for column in response.columns() {
            if options.contains(&"--redact") && column.name() == "auth" {
                assert_eq!(texts(&batch, "auth"), [Some(""), None, Some("***")]);
                continue;
            }
            let mut cells: Vec<_> = column.iter().collect();
            cells.resize(response.row_count(), None);
            assert_eq!(texts(&batch, column.name()), cells, "{options:?}");
        }
        assert_eq!(batch["auth"].null_count(), 1);
    }
}

#[test]
fn columns_are_those_of_all_responses() {
    let other = "code = 200\nproperty[zone][0] = com\nproperty[DOMAIN][0] = example.info\nEOF\n";
    let folder = folder(&[LIST, &[GONE, other].concat()]);
    let batch = rows(&["--all", "a", "b"], folder.path(), "");
    assert_eq!(columns(&batch), ["domain", "auth", "phone", "zone"]);
    assert_eq!(texts(&batch, "domain")[3], Some("example.info"));
    assert_eq!(texts(&batch, "zone"), [None, None, None, Some("com")]);

    let with = ["--all", "--with", "response,row,code", "--columns", "zone,phone", "a", "b"];
    let batch = rows(&with, folder.path(), "");
    assert_eq!(columns(&batch), ["response", "row", "code", "zone", "phone"]);
    assert_eq!(batch["response"].as_primitive::<Int64Type>().values(), &[0, 0, 0, 1, 2]);
    let numbers: Vec<_> = batch["row"].as_primitive::<Int64Type>().iter().collect();
    assert_eq!(numbers, [Some(0), Some(1), Some(2), None, Some(0)]);
    assert_eq!(batch["code"].as_primitive::<Int16Type>().values(), &[200, 200, 200, 545, 200]);
    assert_eq!(texts(&batch, "zone"), [None, None, None, None, Some("com")]);
    assert_eq!(batch["phone"].null_count(), 4);

    let alike = folder.path().join("alike");
    fs::write(alike, "code = 200\nproperty[do_main][0] = x\n").expect("a file");
    let options = ["response", "--all", "--format", "parquet", "-o", "p", "a", "alike"];
    let problem = "error: `domain` and `do_main` are too much alike: choose with --columns\n";
    check(&options, folder.path(), "", 2, problem);
}

#[test]
fn a_row_can_be_a_cell() {
    let folder = folder(&[LIST]);
    let batch = rows(&["--all", "--layout", "long"], folder.path(), &[GONE, LIST].concat());
    assert_eq!(columns(&batch), ["response", "column", "row", "value"]);
    assert_eq!(batch["response"].as_primitive::<Int64Type>().values(), &[1; 6]);
    assert_eq!(texts(&batch, "column")[2..4], [Some("domain"), Some("auth")]);
    assert_eq!(texts(&batch, "value")[2..4], [Some("example.org"), Some("")]);
    let options = ["response", "--format", "arrow", "--layout", "long", "--columns", "domain", "a"];
    let problem = "error: --layout long cannot be combined with --columns, --type or --with\n";
    check(&options, folder.path(), "", 2, problem);
}

#[test]
fn an_empty_list_has_the_columns_that_it_declares() {
    let empty = "code = 200\nproperty[column][0] = domain\nproperty[count][0] = 0\n";
    let folder = folder(&[empty]);
    for options in [&["a"][..], &["--all", "a"], &["--columns", "domain", "a"]] {
        let batch = rows(options, folder.path(), "");
        assert_eq!((columns(&batch), batch.num_rows()), (vec!["domain".to_owned()], 0));
    }
    let csv = cnic(&["response", "--format", "csv", "--columns", "domain", "a"], folder.path(), "");
    assert_eq!(csv.stdout, b"domain\n");
    let none = "error: no response has a column: name them with --columns, or use --layout long\n";
    check(&["response", "--format", "parquet", "-o", "p"], folder.path(), GONE, 2, none);
    let gone = "error: code 545 (Entity reference not found)\n";
    let fail = ["response", "--format", "parquet", "-o", "p", "--fail"];
    check(&fail, folder.path(), GONE, 3, gone);
    fs::write(folder.path().join("gone"), GONE).expect("a file");
    check(&[&fail[..], &["--all", "gone"]].concat(), folder.path(), "", 3, gone);
    assert_eq!(names(folder.path()), ["a", "gone"]);
}

const TYPED: &str = "[RESPONSE]
code = 200
property[n][0] = -12
property[n][1] =
property[sum][0] = 1.50
property[sum][1] = 0
property[at][0] = 2027-03-01 12:00:00.0
property[at][1] = 0000-00-00 00:00:00
property[day][0] = 1970-01-11
property[day][1] = 0000-00-00
property[flag][0] = 1
EOF
";

#[test]
fn columns_have_the_types_that_they_are_given() {
    let types = ["n=integer", "sum=decimal(10,2)", "at=timestamp", "day=date", "flag=boolean"];
    let options: Vec<&str> = types.iter().flat_map(|one| ["--type", one]).collect();
    let folder = folder(&[TYPED]);
    for more in [&["a"][..], &["--all", "a"]] {
        let batch = rows(&[&options[..], more].concat(), folder.path(), "");
        let n: Vec<_> = batch["n"].as_primitive::<Int64Type>().iter().collect();
        assert_eq!(n, [Some(-12), None]);
        assert_eq!(batch["sum"].as_primitive::<Decimal128Type>().values(), &[150, 0]);
        let at: Vec<_> = batch["at"].as_primitive::<TimestampMicrosecondType>().iter().collect();
        assert_eq!(at, [Some(1_803_902_400_000_000), None]);
        let day: Vec<_> = batch["day"].as_primitive::<Date32Type>().iter().collect();
        assert_eq!(day, [Some(10), None]);
        let flag: Vec<_> = batch["flag"].as_boolean().iter().collect();
        assert_eq!(flag, [Some(true), None]);
    }
    let options = ["response", "--format", "parquet", "-o", "p", "--type", "x=date", "a"];
    let problem = "error: `x`: a type for a column that is not there\n";
    check(&options, folder.path(), "", 2, problem);
}

#[test]
fn a_cell_that_is_not_of_its_type_is_named_and_not_shown() {
    let folder = folder(&[TYPED, &["\n\n", LIST, "code = 200\nEOF\n--\n", TYPED, GONE].concat()]);
    fs::write(folder.path().join("p"), "before").expect("a file");
    let format = ["response", "--format", "parquet", "-o", "p", "--type", "sum=integer"];
    let one = "error: `sum`, row 0: not an integer (line 5, byte 60)\n";
    check(&[&format[..], &["a"]].concat(), folder.path(), "", 1, one);
    let text = fs::read_to_string(folder.path().join("b")).expect("the file");
    let byte = text.find("property[sum]").expect("the cell");
    let line = text[..byte].lines().count() + 1;
    let problem = format!("response 2, `sum`, row 0: not an integer (line {line}, byte {byte})\n");
    for more in [&[][..], &["--redact"], &["--columns", "domain,sum"]] {
        let options = [&format[..], &["--all", "b"], more].concat();
        check(&options, folder.path(), "", 1, &format!("error: {problem}"));
        let options = [&format[..], &["--all", "b", "a"], more].concat();
        check(&options, folder.path(), "", 1, &format!("error: b: {problem}"));
    }
    assert_eq!(fs::read(folder.path().join("p")).expect("the file"), b"before");
    assert_eq!(names(folder.path()), ["a", "b", "p"]);

    // To keep going is to leave that response out.
    let options = [&format[..], &["--all", "--keep-going", "b"]].concat();
    check(&options, folder.path(), "", 1, &format!("error: {problem}"));
    let reader = parquet(&folder.path().join("p")).build().expect("Parquet");
    assert_eq!(reader.map(|batch| batch.expect("rows").num_rows()).sum::<usize>(), 3);
}

#[test]
fn the_file_of_one_response_says_what_is_not_in_its_rows() {
    let text = "[RESPONSE]\ncode = 200\ndescription = done; password=secret\nproperty[total][0] = 120\n\
        property[count][0] = 1\nproperty[first][0] = 7\nproperty[domain][0] = example.com\nEOF\n";
    let folder = folder(&[text]);
    for options in [&["--redact", "a"][..], &["--redact", "--columns", "domain", "a"]] {
        let batch = rows(options, folder.path(), "");
        let metadata = batch.schema_ref().metadata();
        let mut metadata: Vec<_> =
            metadata.iter().map(|(key, value)| format!("{key}={value}")).collect();
        metadata.sort();
        let expected =
            ["code=200", "count=1", "description=done; password=***", "first=7", "total=120"];
        assert_eq!(metadata, expected.map(|pair| format!("cnic.{pair}")));
    }
    // For readers that do not know Arrow, in an order that does not change.
    let options = ["response", "--format", "parquet", "-o", "p", "a"];
    check(&options, folder.path(), "", 0, "");
    let file = parquet(&folder.path().join("p"));
    let pairs = file.metadata().file_metadata().key_value_metadata().expect("metadata");
    let keys: Vec<&str> = pairs.iter().map(|pair| &*pair.key).collect();
    let expected = ["cnic.code", "cnic.count", "cnic.description", "cnic.first", "cnic.total"];
    assert_eq!(keys[..5], expected);
    let batch = rows(&["--all", "a"], folder.path(), "");
    assert!(batch.schema_ref().metadata().is_empty());
}

#[test]
fn row_groups_have_at_most_as_many_rows_as_are_asked_for() {
    let folder = folder(&[&LIST.repeat(10)]);
    let options = ["response", "--all", "--format", "parquet", "--row-group", "8", "-o", "p", "a"];
    check(&options, folder.path(), "", 0, "");
    let file = parquet(&folder.path().join("p"));
    let groups = file.metadata().row_groups();
    let sizes: Vec<i64> = groups.iter().map(|group| group.num_rows()).collect();
    assert_eq!(sizes, [8, 8, 8, 6]);
    let columns = groups.iter().flat_map(|group| group.columns());
    assert!(columns.clone().all(|column| matches!(column.compression(), Compression::ZSTD(_))));

    let options = ["response", "--all", "--format", "arrow", "--row-group", "2", "-o", "p", "a"];
    check(&options, folder.path(), "", 0, "");
    let reader = FileReader::try_new(File::open(folder.path().join("p")).expect("a file"), None);
    let sizes = reader.expect("Arrow").map(|batch| batch.expect("rows").num_rows());
    assert_eq!(sizes.collect::<Vec<_>>(), [2, 1].repeat(10));
}

#[test]
fn columns_are_chosen_in_order_and_must_be_there() {
    let folder = folder(&[LIST]);
    for format in ["table", "csv", "parquet", "arrow"] {
        let options = ["response", "--format", format, "--columns", "domain,x", "a"];
        let problem = "error: no column `x`: there are `domain`, `auth`, `phone`\n";
        check(&options, folder.path(), "", 2, problem);
    }
    let csv =
        cnic(&["response", "--format", "csv", "--columns", "auth,DOMAIN", "a"], folder.path(), "");
    let expected = "auth,DOMAIN\n\"\",example.com\n,example.net\n\"a \"\"b\"\", c\",example.org\n";
    assert_eq!(String::from_utf8_lossy(&csv.stdout), expected);
    let csv = cnic(&["response", "--format", "csv", "--columns", "auth", "a"], folder.path(), "");
    assert_eq!(String::from_utf8_lossy(&csv.stdout), "auth\n\"\"\n\"\"\n\"a \"\"b\"\", c\"\n");
    let table = cnic(&["response", "--columns", "phone,domain", "a"], folder.path(), "");
    let table = String::from_utf8_lossy(&table.stdout).into_owned();
    assert!(
        table.contains("phone") && table.contains("domain") && !table.contains("auth"),
        "{table}"
    );
    assert_eq!(
        cnic(&["response", "--format", "csv", "--columns", "x"], folder.path(), GONE).stdout,
        b""
    );
}

#[test]
fn options_of_archives_need_an_archive() {
    let folder = folder(&[LIST]);
    for option in
        [["--output", "p"], ["--layout", "long"], ["--type", "a=date"], ["--row-group", "1"]]
    {
        let problem = format!("error: {} needs --format parquet or arrow\n", option[0]);
        check(&["response", option[0], option[1], "a"], folder.path(), "", 2, &problem);
    }
    let output =
        cnic(&["response", "--format", "parquet", "--type", "a=int", "a"], folder.path(), "");
    let problem = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.code() == Some(2)
            && problem.contains("unknown type; types are text, integer"),
        "{problem}"
    );
}

#[test]
fn standard_output_gets_all_or_nothing() {
    let folder = folder(&[&LIST.repeat(3)]);
    let format = ["response", "--all", "--format", "parquet", "--columns", "domain"];
    check(&[&format[..], &["-o", "p", "a"]].concat(), folder.path(), "", 0, "");
    let file = fs::read(folder.path().join("p")).expect("the file");
    for more in [&["a"][..], &["-o", "-", "a"]] {
        assert_eq!(cnic(&[&format[..], more].concat(), folder.path(), "").stdout, file);
    }
    let problem = "error: `code` is not a number from 100 to 999 (line 12, byte 242)\n";
    check(&format, folder.path(), &[LIST, BAD].concat(), 1, problem);
}

mod streams;
#[cfg(unix)]
mod unix;
