//! The integration tests of batches, in one binary.

mod errors;
mod long;
mod oracle;
mod types;
mod wide;

use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, RecordBatch};
use cnic_response::Response;

/// Parses lines as the body of a response.
pub(crate) fn response(lines: &str) -> Response<'static> {
    let text = format!("[RESPONSE]\ncode = 200\ndescription = Done\n{lines}EOF\n");
    Response::parse(text).expect("a response")
}

/// Returns the cells of a text column.
pub(crate) fn texts(column: &ArrayRef) -> Vec<Option<&str>> {
    column.as_string::<i32>().iter().collect()
}

/// Returns the names of the columns.
pub(crate) fn names(batch: &RecordBatch) -> Vec<&str> {
    batch.schema_ref().fields().iter().map(|field| field.name().as_str()).collect()
}
