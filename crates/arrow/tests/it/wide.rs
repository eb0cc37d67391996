//! A row for each row of a response.

use arrow_array::RecordBatchReader;
use arrow_array::cast::AsArray;
use arrow_array::types::{Int16Type, Int64Type};
use arrow_schema::DataType;
use cnic_arrow::{BatchBuilder, BatchOptions, CellType, record_batch};
use cnic_response::Response;

use crate::{names, response, texts};

#[test]
fn a_hole_is_null_and_an_empty_cell_is_empty() {
    let lines = "property[a][0] = x\nproperty[a][3] = y\nproperty[a][2] =\nproperty[b][1] = z\n";
    let batch = record_batch(&response(lines)).expect("a batch");
    assert_eq!(texts(&batch["a"]), [Some("x"), None, Some(""), Some("y")]);
    assert_eq!(texts(&batch["b"]), [None, Some("z"), None, None]);
    assert!(batch.schema_ref().fields().iter().all(|field| field.is_nullable()));
}

#[test]
fn cells_of_any_length_are_copied_whole() {
    // Around the 32 bytes that are copied at once, in the middle of the text and at its end, with
    // characters of several bytes at the edges.
    for length in (0..70).chain([1000]) {
        for filler in ["x", "ü", "日"] {
            let value = filler.repeat(length);
            let text = format!(
                "code = 200\nproperty[a][0] = {value}\nproperty[a][1] = y\nproperty[a][2] = {value}"
            );
            let batch =
                record_batch(&Response::parse(&*text).expect("a response")).expect("a batch");
            assert_eq!(texts(&batch["a"]), [Some(&*value), Some("y"), Some(&*value)]);
        }
    }
}

#[test]
fn cells_as_long_as_each_other_are_told_apart_from_others() {
    for length in [0, 1, 8, 31, 32, 33, 40] {
        for rows in [1, 63, 64, 65, 130] {
            let odd_ones = [0, 1, 62, 63, 64, rows - 1].into_iter().filter(|&odd| odd < rows);
            for odd in odd_ones.map(Some).chain([None]) {
                for filler in ["x", "ü"] {
                    let cell = |row| filler.repeat(length + usize::from(odd == Some(row)));
                    let line = |row| format!("property[a][{row}] = {}\n", cell(row));
                    let lines: String = (0..rows).map(line).collect();
                    // A second time, behind the first.
                    let mut builder = BatchBuilder::default();
                    builder.push(&response(&lines)).expect("rows");
                    builder.push(&response(&lines)).expect("rows");
                    let batch = builder.finish();
                    let expected: Vec<_> = (0..rows).chain(0..rows).map(cell).collect();
                    assert!(
                        texts(&batch["a"]).into_iter().flatten().eq(&expected),
                        "{rows} rows of {length} {filler:?}, but for {odd:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn an_ascii_column_beside_one_that_is_not() {
    let texts_of = [["a", "b"], ["b", "ü"], ["ü", "a"], ["ü", "ü"], ["", "ü"]];
    for [first, second] in texts_of {
        let lines = format!(
            "property[a][0] = {first}\nproperty[a][2] = {second}\nproperty[b][1] = {second}\n"
        );
        let batch = record_batch(&response(&lines)).expect("a batch");
        assert_eq!(texts(&batch["a"]), [Some(first), None, Some(second)]);
        assert_eq!(texts(&batch["b"]), [None, Some(second), None]);
    }
}

#[test]
fn columns_of_different_lengths_are_whole_row_by_row() {
    // More rows than are copied at once, of columns that end and begin at different ones.
    let lines: String = (0..300)
        .flat_map(|row| {
            let columns = [("a", 0..300), ("b", 0..70), ("c", 100..299), ("d", 5..6)];
            let here = columns.into_iter().filter(move |(_, rows)| rows.contains(&row));
            here.map(move |(name, _)| format!("property[{name}][{row}] = {name}{row}\n"))
        })
        .collect();
    let response = response(&lines);
    let mut builder = BatchBuilder::default();
    builder.push(&response).expect("rows");
    builder.push(&response).expect("rows");
    let batch = builder.finish();
    assert_eq!((batch.num_rows(), names(&batch)), (600, vec!["a", "b", "d", "c"]));
    for name in ["a", "b", "c", "d"] {
        let expected: Vec<_> = (0..600).map(|row| response.get(name, row % 300)).collect();
        assert_eq!(texts(&batch[name]), expected, "{name}");
    }
}

#[test]
fn the_columns_are_those_of_all_responses() {
    let mut builder = BatchOptions::new()
        .response_column("response")
        .row_column("row")
        .code_column("code")
        .build()
        .expect("options");
    builder.push(&response("property[a][0] = 1\nproperty[a][1] = 2\n")).expect("rows");
    builder
        .push(&Response::parse("code = 545\ndescription = none\n").expect("a response"))
        .expect("no rows");
    builder.push(&response("property[b][0] = 3\nproperty[A][0] = 4\n")).expect("rows");
    let batch = builder.finish();
    assert_eq!(names(&batch), ["response", "row", "code", "a", "b"]);
    assert_eq!(batch["response"].as_primitive::<Int64Type>().values(), &[0, 0, 2]);
    assert_eq!(batch["row"].as_primitive::<Int64Type>().values(), &[0, 1, 0]);
    assert_eq!(batch["code"].as_primitive::<Int16Type>().values(), &[200, 200, 200]);
    assert_eq!(texts(&batch["a"]), [Some("1"), Some("2"), Some("4")]);
    assert_eq!(texts(&batch["b"]), [None, None, Some("3")]);

    // The next batch has the same columns, and counts on.
    builder.push(&response("property[b][0] = 5\n")).expect("rows");
    let batch = builder.finish();
    assert_eq!(names(&batch), ["response", "row", "code", "a", "b"]);
    assert_eq!(batch["response"].as_primitive::<Int64Type>().values(), &[3]);
    assert_eq!((texts(&batch["a"]), texts(&batch["b"])), (vec![None], vec![Some("5")]));
}

#[test]
fn selected_columns_come_in_their_order_and_under_their_names() {
    let lines =
        "property[EXPIRATION DATE][0] = 2027-01-01\nproperty[domain][0] = d\nproperty[x][0] = y\n";
    let options = BatchOptions::new().columns(["domain", "expirationdate"]);
    let mut builder = options.build().expect("options");
    builder.push(&response(lines)).expect("rows");
    let batch = builder.finish();
    assert_eq!(names(&batch), ["domain", "expirationdate"]);
    assert_eq!(texts(&batch["expirationdate"]), [Some("2027-01-01")]);
}

#[test]
fn what_describes_a_list_has_no_rows_that_the_list_lacks() {
    let empty = "property[count][0] = 0\nproperty[total][0] = 9\nproperty[column][0] = a\nproperty[column][1] = b\n";
    let list = format!("{empty}property[a][0] = x\n");
    for cell_type in [CellType::Text, CellType::Integer] {
        let options = BatchOptions::new().columns(["total", "column", "a"]);
        let options = options.cell_type("total", cell_type).missing_as_null(true);
        let mut builder = options.clone().build().expect("options");
        for lines in [empty, &list, "property[a][0] = y\n", empty, "property[a][0] = z\n", empty] {
            builder.push(&response(lines)).expect("rows");
        }
        let batch = builder.finish();
        assert_eq!(texts(&batch["a"]), [Some("x"), Some("y"), Some("z")]);
        assert_eq!(texts(&batch["column"]), [Some("a"), None, None]);
        assert_eq!((batch["total"].null_count(), batch["total"].is_valid(0)), (2, true));

        // Where an empty list is a row, it has its first value.
        let mut builder = options.empty_as_row(true).build().expect("options");
        builder.push(&response(empty)).expect("a row");
        builder.push(&response("property[a][0] = y\n")).expect("a row");
        let batch = builder.finish();
        assert_eq!(texts(&batch["column"]), [Some("a"), None]);
    }
}

#[test]
fn a_missing_column_is_null_if_that_is_allowed() {
    let options = BatchOptions::new().columns(["a", "b"]).missing_as_null(true);
    let mut builder = options.build().expect("options");
    builder.push(&response("property[a][0] = 1\nproperty[a][1] = 2\n")).expect("rows");
    builder.push(&response("property[b][0] = 3\n")).expect("rows");
    let batch = builder.finish();
    assert_eq!(texts(&batch["a"]), [Some("1"), Some("2"), None]);
    assert_eq!(texts(&batch["b"]), [None, None, Some("3")]);
}

#[test]
fn a_response_without_rows_is_a_row_of_nulls_if_that_is_wanted() {
    let options = BatchOptions::new().code_column("code").row_column("row").empty_as_row(true);
    let mut builder = options.build().expect("options");
    builder.push(&response("property[a][0] = 1\n")).expect("rows");
    builder.push(&Response::parse("code = 545\n").expect("a response")).expect("no rows");
    let batch = builder.finish();
    assert_eq!(batch["code"].as_primitive::<Int16Type>().values(), &[200, 545]);
    let rows: Vec<_> = batch["row"].as_primitive::<Int64Type>().iter().collect();
    assert_eq!(rows, [Some(0), None]);
    assert_eq!(texts(&batch["a"]), [Some("1"), None]);
}

#[test]
fn an_empty_list_has_the_columns_that_it_declares() {
    let lines = "property[column][0] = domain\nproperty[column][1] = status\nproperty[count][0] = 0\nproperty[first][0] = 0\nproperty[total][0] = 7\n";
    let batch = record_batch(&response(lines)).expect("a batch");
    assert_eq!((batch.num_rows(), names(&batch)), (0, vec!["domain", "status"]));
    let metadata = batch.schema_ref().metadata();
    assert_eq!((&*metadata["cnic.total"], metadata.get("cnic.limit")), ("7", None));
}

#[test]
fn the_metadata_says_what_no_row_does() {
    let lines = "property[count][0] = 0\nproperty[sum][0] = 12.50\n";
    let batch = record_batch(&response(lines)).expect("a batch");
    let metadata = batch.schema_ref().metadata();
    assert_eq!(metadata["cnic.code"], "200");
    assert_eq!(metadata["cnic.description"], "Done");
    assert_eq!(metadata["cnic.count"], "0");
    assert_eq!(metadata["cnic.value.sum"], "12.50");
    assert_eq!(metadata.len(), 4);
}

#[test]
fn batches_of_selected_columns_have_one_schema() {
    let names = ["b", "a"];
    let options = BatchOptions::new().columns(names).missing_as_null(true).row_column("row");
    let mut builder = options.empty_as_row(true).build().expect("options");
    let schema = builder.schema();
    assert_eq!(builder.finish().schema(), schema, "before the first response");
    for lines in ["property[c][0] = 1\nproperty[a][1] = 2\n", "", "property[b][0] = 3\n"] {
        builder.push(&response(lines)).expect("rows");
        assert_eq!(builder.schema(), schema);
        assert_eq!(builder.finish().schema(), schema);
    }
}

#[test]
fn a_column_is_null_in_the_rows_of_responses_without_it() {
    // Before the column comes, between two responses that have it, and after them.
    let lines = ["property[a][0] = 1\n", "property[b][0] = 2\n"];
    let mut builder = BatchBuilder::default();
    for which in [0, 1, 0, 1, 0] {
        builder.push(&response(lines[which])).expect("rows");
    }
    let batch = builder.finish();
    assert_eq!(texts(&batch["a"]), [Some("1"), None, Some("1"), None, Some("1")]);
    assert_eq!(texts(&batch["b"]), [None, Some("2"), None, Some("2"), None]);
}

#[test]
fn rows_without_columns_are_counted() {
    let mut builder = BatchOptions::new().columns::<&str>([]).build().expect("options");
    builder.push(&response("property[a][0] = 1\nproperty[a][1] = 2\n")).expect("rows");
    assert_eq!((builder.row_count(), builder.finish().num_rows(), builder.row_count()), (2, 2, 0));
}

#[test]
fn views_are_into_the_cells_alone() {
    let long = "x".repeat(100);
    let options = BatchOptions::new().columns(["a"]).text_views(true);
    let mut builder = options.build().expect("options");
    let lines = format!("property[a][0] = {long}\nproperty[a][2] = s\nproperty[b][0] = {long}\n");
    builder.push(&response(&lines)).expect("rows");
    assert_eq!(builder.text_len(), 101);
    let batch = builder.finish();
    assert_eq!(batch.schema_ref().field(0).data_type(), &DataType::Utf8View);
    let column = batch["a"].as_string_view();
    assert_eq!(column.iter().collect::<Vec<_>>(), [Some(&*long), None, Some("s")]);
    let held: usize = column.data_buffers().iter().map(|buffer| buffer.len()).sum();
    assert_eq!(held, 101, "none of the text around the cells");
}

#[test]
fn a_batch_holds_about_its_own_text() {
    let rows: String = (0..1000).map(|row| format!("property[a][{row}] = {row}\n")).collect();
    let mut builder = BatchBuilder::default();
    builder.push(&response(&rows)).expect("rows");
    let column = &builder.finish()["a"];
    let values = column.as_string::<i32>().values();
    assert_eq!(values.len(), 2890, "the digits of 0 to 999");
    assert!(values.capacity() < rows.len(), "{}", values.capacity());
}

#[test]
fn the_room_for_texts_is_bounded_by_the_response() {
    // Were all cells like the first ones, they would take 100 times the response.
    let long = "x".repeat(4000);
    let cell = |row| if row < 64 { &*long } else { "" };
    let rows: String =
        (0..20_000).map(|row| format!("property[a][{row}] = {}\n", cell(row))).collect();
    let mut builder = BatchBuilder::default();
    builder.push(&response(&rows)).expect("rows");
    let column = &builder.finish()["a"];
    let values = column.as_string::<i32>().values();
    assert_eq!(values.len(), 64 * 4000);
    assert!(values.capacity() < 2 * rows.len(), "{}", values.capacity());
}

#[test]
fn a_long_list_is_whole_in_batches() {
    // More rows than are copied at once, of columns with holes where one batch ends and the next
    // begins, in the middle, and behind the last cell.
    let lines: String = (0..1000)
        .flat_map(|row| {
            let columns = [("a", 0..1000), ("b", 0..390), ("c", 500..999), ("d", 399..402)];
            let here = columns.into_iter().filter(move |(_, rows)| rows.contains(&row));
            here.map(move |(name, _)| format!("property[{name}][{row}] = {name}{row}\n"))
        })
        .collect();
    let response = response(&lines);
    for rows in [1, 100, 400, 999, 1000, usize::MAX] {
        let batches = cnic_arrow::record_batches(&response, rows);
        assert_eq!(batches.size_hint().1, Some(1000_usize.div_ceil(rows)));
        let batches: Vec<_> = batches.map(|batch| batch.expect("a batch")).collect();
        assert_eq!(batches.len(), 1000_usize.div_ceil(rows));
        for name in ["a", "b", "c", "d"] {
            let expected: Vec<_> = (0..1000).map(|row| response.get(name, row)).collect();
            let cells: Vec<_> = batches.iter().flat_map(|batch| texts(&batch[name])).collect();
            assert_eq!(cells, expected, "{name} {rows}");
            let holes = batches.iter().map(|batch| batch[name].null_count()).sum::<usize>();
            assert_eq!(holes, expected.iter().filter(|cell| cell.is_none()).count());
        }
    }
}

#[test]
fn an_empty_list_has_no_batches() {
    let response = response("property[column][0] = domain\nproperty[total][0] = 0\n");
    let mut batches = cnic_arrow::record_batches(&response, 10);
    assert_eq!(batches.schema().field(0).name(), "domain");
    assert_eq!(batches.schema().metadata()["cnic.total"], "0");
    assert!(batches.next().is_none());
}
