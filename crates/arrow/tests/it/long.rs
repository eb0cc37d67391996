//! A row for each cell.

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use cnic_arrow::{BatchOptions, Layout};

use crate::{names, response, texts};

fn cells(batch: &RecordBatch) -> Vec<(i64, &str, i64, &str)> {
    let number = |name: &str| batch[name].as_primitive::<Int64Type>().values().to_vec();
    let text = |name: &str| -> Vec<&str> { texts(&batch[name]).into_iter().flatten().collect() };
    let (columns, values) = (text("column"), text("value"));
    let numbers = number("response").into_iter().zip(number("row"));
    let cells = numbers.zip(columns.into_iter().zip(values));
    cells.map(|((response, row), (column, value))| (response, column, row, value)).collect()
}

#[test]
fn every_cell_has_a_row() {
    let mut builder = BatchOptions::new().layout(Layout::Long).build().expect("options");
    let lines =
        "property[a][0] = x\nproperty[a][5] =\nproperty[a][0] = again\nproperty[b][0] = y\n";
    builder.push(&response(lines)).expect("cells");
    let sum = "property[count][0] = 0\nproperty[sum][0] = 1.50\n";
    builder.push(&response(sum)).expect("a value");
    assert_eq!(builder.row_count(), 5);
    let batch = builder.finish();
    assert_eq!(names(&batch), ["response", "column", "row", "value"]);
    let expected = [
        (0, "a", 0, "x"),
        (0, "a", 5, ""),
        (0, "b", 0, "y"),
        (0, "a", 0, "again"),
        (1, "sum", 0, "1.50"),
    ];
    assert_eq!(cells(&batch), expected);
    assert_eq!(builder.row_count(), 0);
}
