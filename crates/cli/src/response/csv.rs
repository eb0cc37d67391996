//! The rows of a response as CSV.

use std::io::{self, Write};

use cnic_response::Response;

/// Writes a line of column names, then the rows; a hole is an empty field. A response without columns is no line at all.
///
/// The columns of a list without rows are those that it declares.
pub(crate) fn write(out: &mut impl Write, response: &Response<'_>) -> io::Result<()> {
    let columns: Vec<_> = response.columns().collect();
    let mut csv = csv::Writer::from_writer(out);
    if columns.is_empty() {
        let declared: Vec<_> = response.declared_columns().collect();
        if !declared.is_empty() {
            csv.write_record(declared).map_err(io_error)?;
        }
        return csv.flush();
    }
    csv.write_record(columns.iter().map(|column| column.name())).map_err(io_error)?;
    let mut cells: Vec<_> = columns.iter().map(|column| column.iter()).collect();
    for _ in 0..response.row_count() {
        let row = cells.iter_mut().map(|cells| cells.next().flatten().unwrap_or_default());
        csv.write_record(row).map_err(io_error)?;
    }
    csv.flush()
}

fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
