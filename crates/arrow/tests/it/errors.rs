//! What is not accepted, and what is left after it.

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use cnic_arrow::{BatchOptions, CellType, ErrorKind, Layout};
use cnic_response::{Limits, Parser};

use crate::{names, response, texts};

#[test]
fn an_error_names_response_column_row_and_line() {
    let options = BatchOptions::new().cell_type("PERIOD", CellType::Integer);
    let mut builder = options.build().expect("options");
    builder.push(&response("property[period][0] = 1\n")).expect("rows");
    let lines = "property[a][0] = x\nproperty[period][0] = 2\nproperty[period][1] = s3cret\n";
    let error = builder.push(&response(lines)).expect_err("not an integer");
    assert_eq!(error.kind(), ErrorKind::InvalidCell(CellType::Integer));
    let place = (error.response(), error.column(), error.row(), error.line());
    assert_eq!(place, (Some(1), Some("period"), Some(1), Some(6)));
    assert_eq!(error.to_string(), "response 1, `period`, row 1: not an integer (line 6)");
    assert_eq!(
        format!("{error:?}"),
        "Error(\"response 1, `period`, row 1: not an integer (line 6)\")"
    );
}

#[test]
fn after_an_error_the_batch_is_as_it_was() {
    let options = BatchOptions::new().cell_type("n", CellType::Integer).row_column("row");
    let mut builder = options.build().expect("options");
    builder.push(&response("property[a][0] = x\nproperty[n][0] = 1\n")).expect("rows");
    // The columns before the wrong cell and those that are new have rows already.
    let wrong = "property[a][0] = y\nproperty[b][0] = z\nproperty[n][0] = 2\nproperty[n][1] = x\n";
    builder.push(&response(wrong)).expect_err("not an integer");
    assert_eq!(builder.row_count(), 1);
    builder.push(&response("property[n][0] = 3\n")).expect("rows");
    let batch = builder.finish();
    assert_eq!(names(&batch), ["row", "a", "n"]);
    assert_eq!(texts(&batch["a"]), [Some("x"), None]);
    assert_eq!(batch["n"].null_count(), 0);
}

#[test]
fn a_response_without_a_selected_column_is_an_error() {
    let mut builder = BatchOptions::new().columns(["a", "b"]).build().expect("options");
    let error = builder.push(&response("property[a][0] = 1\n")).expect_err("no column b");
    assert_eq!((error.kind(), error.column()), (ErrorKind::MissingColumn, Some("b")));
    assert_eq!(error.to_string(), "response 0, `b`: no such column");
    builder.push(&response("")).expect("no rows, so nothing is missing");
    assert_eq!(builder.finish().num_rows(), 0);
}

#[test]
fn names_are_distinct() {
    let kind = |options: BatchOptions| options.build().expect_err("an error").kind();
    let options = BatchOptions::new;
    assert_eq!(kind(options().columns(["a", "A"])), ErrorKind::DuplicateColumn);
    assert_eq!(kind(options().columns(["row"]).row_column("Row")), ErrorKind::DuplicateColumn);
    let twice = options().row_column("n").code_column("n");
    assert_eq!(kind(twice), ErrorKind::DuplicateColumn);

    let mut builder = options().code_column("code").build().expect("options");
    let error = builder.push(&response("property[CODE][0] = 1\n")).expect_err("two columns");
    assert_eq!((error.kind(), error.column()), (ErrorKind::DuplicateColumn, Some("CODE")));
    assert_eq!(names(&builder.finish()), ["code"]);
}

#[test]
fn options_that_contradict_each_other() {
    let kind = |options: BatchOptions| options.build().expect_err("an error").kind();
    let options = BatchOptions::new;
    let unselected = options().columns(["a"]).cell_type("b", CellType::Date);
    assert_eq!(kind(unselected), ErrorKind::UnknownColumn);
    let decimal = CellType::Decimal { precision: 39, scale: 0 };
    assert_eq!(kind(options().cell_type("a", decimal)), ErrorKind::InvalidType);
    for long in [
        options().columns(["a"]),
        options().cell_type("a", CellType::Date),
        options().row_column("n"),
    ] {
        assert_eq!(kind(long.layout(Layout::Long)), ErrorKind::LongLayout);
    }
}

#[test]
fn a_name_cannot_move_the_cursor() {
    let mut builder = BatchOptions::new().code_column("a\u{1b}[1m").build().expect("options");
    let error = builder.push(&response("property[a\u{1b}[1m][0] = 1\n")).expect_err("two columns");
    assert!(!error.to_string().contains('\u{1b}'), "{error}");
}

#[test]
fn responses_of_different_shapes_cannot_make_a_batch_of_nulls() {
    let mut builder = BatchOptions::new().response_column("response").build().expect("options");
    let mut full = None;
    for number in 0..1000 {
        let one = response(&format!("property[column{number}][0] = x\n"));
        if let Err(error) = builder.push(&one) {
            full = Some((one, error));
            break;
        }
    }
    let (one, error) = full.expect("a limit");
    assert_eq!((error.kind(), error.is_full()), (ErrorKind::HoleLimit, true));
    // The batch would have n * n - n nulls, and may have 262,144 + 64 n.
    let expected = (1..).find(|n| n * n - n > 262_144 + 64 * n).expect("a number");
    assert_eq!((builder.row_count(), error.response()), (expected - 1, Some(expected as u64 - 1)));
    let batch = builder.finish();
    assert_eq!((batch.num_rows(), batch.num_columns()), (expected - 1, expected));

    // It has room in the next batch, under the same number.
    builder.push(&one).expect("room");
    let numbers = builder.finish()["response"].as_primitive::<Int64Type>().clone();
    assert_eq!(numbers.values(), &[i64::try_from(expected).expect("a number") - 1]);
}

#[test]
fn holes_that_the_parser_allowed_are_allowed() {
    let parser = Parser::new().limits(Limits::DEFAULT.holes(1_000_000));
    let sparse = "code = 200\nproperty[a][999999] = x\n";
    let batch = cnic_arrow::record_batch(&parser.parse(sparse).expect("a response"));
    assert_eq!(batch.expect("a batch")["a"].null_count(), 999_999);
}

#[test]
fn selected_columns_have_as_many_nulls_as_it_takes() {
    let names: Vec<String> = (0..1000).map(|number| format!("a{number}")).collect();
    let options = BatchOptions::new().columns(names).missing_as_null(true);
    let mut builder = options.build().expect("options");
    let one = response("property[a7][0] = x\n");
    for _ in 0..1000 {
        builder.push(&one).expect("a row");
    }
    assert_eq!(builder.finish()["a8"].null_count(), 1000);
}
