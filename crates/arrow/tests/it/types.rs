//! Columns of a type.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int64Type, TimestampMicrosecondType};
use arrow_schema::DataType;
use cnic_arrow::{BatchOptions, CellType, ErrorKind, InvalidCellType};

use crate::response;

/// Returns the column `a` of these cells, each in a row of its own, or the row that does not fit.
fn column(cell_type: CellType, cells: &[&str]) -> Result<arrow_array::ArrayRef, usize> {
    let lines: Vec<String> = cells
        .iter()
        .enumerate()
        .map(|(row, cell)| format!("property[a][{row}] = {cell}\n"))
        .collect();
    let mut builder = BatchOptions::new().cell_type("a", cell_type).build().expect("options");
    match builder.push(&response(&lines.concat())) {
        Ok(()) => Ok(builder.finish().column(0).clone()),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::InvalidCell(cell_type));
            assert_eq!(builder.row_count(), 0);
            Err(error.row().expect("a row"))
        }
    }
}

/// Asserts that each of these cells is not of the type.
fn rejects(cell_type: CellType, cells: &[&str]) {
    for cell in cells {
        assert_eq!(column(cell_type, &["", cell]).err(), Some(1), "{cell_type}: {cell:?}");
    }
}

#[test]
fn integers() {
    let cells = ["0", "-7", "+5", "0049", "9223372036854775807", ""];
    let read = column(CellType::Integer, &cells).expect("integers");
    let expected = [Some(0), Some(-7), Some(5), Some(49), Some(i64::MAX), None];
    assert_eq!(read.as_primitive::<Int64Type>().iter().collect::<Vec<_>>(), expected);
    rejects(CellType::Integer, &["9223372036854775808", "1e5", "1.0", "1 000", "x", "٣"]);
}

#[test]
fn decimals() {
    let two = CellType::Decimal { precision: 5, scale: 2 };
    let cells = ["12.5", "-0.01", "+999.99", "7", "7.", ".5", "0001.2300", "-0", ""];
    let read = column(two, &cells).expect("decimals");
    let read: Vec<_> = read.as_primitive::<Decimal128Type>().iter().collect();
    let units = [1250, -1, 99_999, 700, 700, 50, 123, 0];
    assert_eq!(read[..8], units.map(Some));
    assert_eq!(read[8], None);
    rejects(two, &["1000", "0.001", "1e2", ".", "-", "1.2.3", "1,5", "--1", "+-1"]);

    let widest = CellType::Decimal { precision: 38, scale: 0 };
    let nines = "9".repeat(38);
    let read = column(widest, &[&nines]).expect("a decimal");
    assert_eq!(read.as_primitive::<Decimal128Type>().value(0), 10_i128.pow(38) - 1);
    rejects(widest, &[&format!("1{}", "0".repeat(38))]);
}

#[test]
fn timestamps() {
    let cells = [
        "1970-01-01 00:00:00",
        "2027-03-01 12:00:00.5",
        "1969-12-31 23:59:59.999999",
        "0000-00-00 00:00:00",
        "0000-00-00 00:00:00.0",
        "2027-03-01 12:00:00.000001000",
        "",
    ];
    let read = column(CellType::Timestamp, &cells).expect("timestamps");
    let read: Vec<_> = read.as_primitive::<TimestampMicrosecondType>().iter().collect();
    let noon = 1_803_902_400_000_000;
    let expected = [Some(0), Some(noon + 500_000), Some(-1), None, None, Some(noon + 1), None];
    assert_eq!(read, expected);
    rejects(
        CellType::Timestamp,
        &[
            "2027-03-01",
            "2027-02-29 00:00:00",
            "2027-03-01 24:00:00",
            "2027-03-01 12:00:00.0000001",
            "0000-00-00",
            "0000-00-00 00:00:00.",
            "0000-00-00 00:00:01",
        ],
    );
}

#[test]
fn dates() {
    let read = column(CellType::Date, &["1970-01-02", "1969-12-31", "0000-00-00", ""]);
    let read = read.expect("dates");
    let read: Vec<_> = read.as_primitive::<Date32Type>().iter().collect();
    assert_eq!(read, [Some(1), Some(-1), None, None]);
    rejects(CellType::Date, &["2027-03-01 00:00:00", "2027-02-29", "0000-00-00.0", "1.1.2027"]);
}

#[test]
fn booleans() {
    let cells = ["1", "Y", "yes", "TRUE", "0", "n", "No", "false", ""];
    let read = column(CellType::Boolean, &cells).expect("booleans");
    let read: Vec<_> = read.as_boolean().iter().collect();
    let (yes, no) = (Some(true), Some(false));
    assert_eq!(read, [yes, yes, yes, yes, no, no, no, no, None]);
    rejects(CellType::Boolean, &["2", "on", "-", "01", "t"]);
}

#[test]
fn what_does_not_fit_is_null_if_that_is_allowed() {
    let options = BatchOptions::new().cell_type("a", CellType::Integer).invalid_as_null(true);
    let mut builder = options.build().expect("options");
    builder.push(&response("property[a][0] = x\nproperty[a][2] = 3\n")).expect("rows");
    let batch = builder.finish();
    let read: Vec<_> = batch["a"].as_primitive::<Int64Type>().iter().collect();
    assert_eq!(read, [None, None, Some(3)]);
}

#[test]
fn types_have_names() {
    let types = [
        CellType::Text,
        CellType::Integer,
        CellType::Decimal { precision: 10, scale: 2 },
        CellType::Timestamp,
        CellType::Date,
        CellType::Boolean,
    ];
    for cell_type in types {
        assert_eq!(cell_type.to_string().parse(), Ok(cell_type));
    }
    assert_eq!("decimal(38, 0)".parse(), Ok(CellType::Decimal { precision: 38, scale: 0 }));
    for wrong in [
        "decimal",
        "decimal()",
        "decimal(10)",
        "decimal(39,0)",
        "decimal(0,0)",
        "decimal(2,3)",
        "decimal(1,2",
    ] {
        assert_eq!(wrong.parse::<CellType>(), Err(InvalidCellType::Decimal), "{wrong}");
    }
    for wrong in ["", "Text", "int", "timestamps"] {
        assert_eq!(wrong.parse::<CellType>(), Err(InvalidCellType::Unknown), "{wrong}");
    }
}

#[test]
fn a_type_is_found_by_the_name_of_its_column() {
    let types = |options: BatchOptions, lines: &str| -> Vec<DataType> {
        let mut builder = options.build().expect("options");
        builder.push(&response(lines)).expect("rows");
        builder.schema().fields().iter().map(|field| field.data_type().clone()).collect()
    };
    let lines = "property[PAID UNTIL][0] = 2027-03-01\nproperty[paid_date][0] = 2027-03-01\n";
    let (date, text) = (DataType::Date32, DataType::Utf8);
    let options = BatchOptions::new().cell_type("paiduntil", CellType::Date);
    assert_eq!(types(options.clone(), lines), [date.clone(), text.clone()]);
    assert_eq!(types(options.columns(["Paid_Until"]), lines), [date]);
    // The very name goes before one that is similar, and the last of equals before the others.
    let lines = "property[a b][0] = 1\nproperty[a_b][0] = 2\n";
    let options = BatchOptions::new()
        .cell_type("A B", CellType::Text)
        .cell_type("A B", CellType::Integer)
        .cell_type("ab", CellType::Text);
    assert_eq!(types(options, lines), [DataType::Int64, text]);
}
