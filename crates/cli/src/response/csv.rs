//! The rows of a reply as CSV.

use std::io::{self, Write};

use cnic_response::Table;

/// Writes a line of column names, then the rows; a hole is an empty field. A table without columns is no line at all.
pub(crate) fn write(out: &mut impl Write, table: Table<'_>) -> io::Result<()> {
    let columns: Vec<_> = table.columns().collect();
    if columns.is_empty() {
        return Ok(());
    }
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(columns.iter().map(|column| column.name())).map_err(io_error)?;
    for row in 0..table.row_count() {
        let cells = columns.iter().map(|column| column.get(row).unwrap_or_default());
        csv.write_record(cells).map_err(io_error)?;
    }
    csv.flush()
}

fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
