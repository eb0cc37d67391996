//! Many responses, some of them malformed.

use super::*;

#[test]
fn what_is_malformed_leaves_no_file() {
    let cut = &LIST[..LIST.len() - 4];
    let folder = folder(&[&[LIST, cut].concat(), &[LIST, BAD, LIST].concat()]);
    for (file, problem) in [
        ("a", "error: `[RESPONSE]` without `EOF` (line 19, byte 423)\n"),
        ("b", "error: `code` is not a number from 100 to 999 (line 12, byte 242)\n"),
    ] {
        let format = ["response", "--format", "parquet", "-o", "p", "--all", file];
        for more in [&[][..], &["--columns", "domain"], &["--layout", "long"]] {
            check(&[&format[..], more].concat(), folder.path(), "", 1, problem);
            assert_eq!(names(folder.path()), ["a", "b"]);
        }
        for more in [&[][..], &["--columns", "domain"]] {
            let options = [&format[..], more, &["--keep-going"]].concat();
            check(&options, folder.path(), "", 1, problem);
            let reader = parquet(&folder.path().join("p")).build().expect("Parquet");
            let rows = reader.map(|batch| batch.expect("rows").num_rows()).sum::<usize>();
            assert_eq!(rows, if file == "a" { 3 } else { 6 });
            fs::remove_file(folder.path().join("p")).expect("the file");
        }
    }
    let options =
        ["response", "--format", "parquet", "-o", "p", "--all", "--fail", "--columns", "domain"];
    let problem = "error: code 545 (Entity reference not found)\n";
    check(&options, folder.path(), &[LIST, GONE].concat(), 3, problem);
    assert_eq!(names(folder.path()), ["a", "b", "p"]);
}

#[test]
fn what_can_be_read_only_once_needs_columns() {
    let folder = folder(&[LIST]);
    let format = ["response", "--all", "--format", "parquet", "-o", "p"];
    let problem = "error: standard input: the columns are known at its end, and it can be read only once: name them \
        with --columns, or use --layout long\n";
    check(&format, folder.path(), LIST, 2, problem);
    check(&[&format[..], &["a", "-"]].concat(), folder.path(), LIST, 2, problem);
    assert_eq!(names(folder.path()), ["a"]);
    check(&[&format[..], &["--columns", "domain"]].concat(), folder.path(), LIST, 0, "");
}

#[test]
fn a_column_that_no_response_has_is_an_error() {
    let folder = folder(&[LIST]);
    let format = ["response", "--all", "--format", "parquet", "-o", "p", "--columns"];
    let problem = "error: no column `nosuch`: there are `domain`, `auth`, `phone`\n";
    let texts = [GONE, LIST, GONE].concat();
    check(&[&format[..], &["domain,nosuch"]].concat(), folder.path(), &texts, 2, problem);
    assert_eq!(names(folder.path()), ["a"]);
    let texts = texts.replace("EOF", "property[total][0] = 3\nEOF");
    for (columns, text) in [("nosuch", GONE), ("domain,total", &texts)] {
        check(&[&format[..], &[columns]].concat(), folder.path(), text, 0, "");
        fs::remove_file(folder.path().join("p")).expect("a file");
    }
}

#[test]
fn the_number_of_a_response_is_its_place_in_the_input() {
    let dated =
        "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[domain][0] = 2027-03-01\nEOF\n";
    // With `--type domain=date` the lists do not fit, either.
    let folder = folder(&[&[BAD, LIST, BAD, BAD, LIST, dated, LIST, BAD, dated].concat()]);
    for (format, options, expected) in [
        ("arrow", &["--with", "row,response"][..], &[1, 1, 1, 4, 4, 4, 5, 6, 6, 6, 8][..]),
        ("arrow", &["--with", "response", "--type", "domain=date"], &[5, 8]),
        (
            "parquet",
            &["--with", "response", "--columns", "domain"],
            &[1, 1, 1, 4, 4, 4, 5, 6, 6, 6, 8],
        ),
        (
            "parquet",
            &["--layout", "long"],
            &[1, 1, 1, 1, 1, 1, 4, 4, 4, 4, 4, 4, 5, 6, 6, 6, 6, 6, 6, 8],
        ),
    ] {
        for row_group in ["1", "4", "100"] {
            let stream = ["response", "--all", "--keep-going", "--format", format, "-o", "p", "a"];
            let options = [&stream[..], &["--row-group", row_group], options].concat();
            assert_eq!(cnic(&options, folder.path(), "").status.code(), Some(1), "{options:?}");
            let path = folder.path().join("p");
            let batches: Vec<_> = if format == "parquet" {
                parquet(&path).build().expect("Parquet").map(|batch| batch.expect("rows")).collect()
            } else {
                let reader = FileReader::try_new(File::open(&path).expect("a file"), None);
                reader.expect("Arrow").map(|batch| batch.expect("rows")).collect()
            };
            let numbers = |batch: &RecordBatch| -> Vec<i64> {
                batch["response"].as_primitive::<Int64Type>().values().to_vec()
            };
            let numbers: Vec<_> = batches.iter().flat_map(numbers).collect();
            assert_eq!(numbers, expected, "{options:?}");
        }
    }
    // A column of that name is what it was.
    let named = "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[response][0] = 7\nEOF\n";
    fs::write(folder.path().join("a"), [BAD, named].concat()).expect("a file");
    let options = ["response", "--all", "--keep-going", "--format", "parquet", "-o", "p", "a"];
    assert_eq!(cnic(&options, folder.path(), "").status.code(), Some(1));
    let batch = parquet(&folder.path().join("p")).build().expect("Parquet").next();
    assert_eq!(texts(&batch.expect("a batch").expect("rows"), "response"), [Some("7")]);
}
