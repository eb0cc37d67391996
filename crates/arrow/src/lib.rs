#![deny(unsafe_code)]
#![doc = include_str!("../README.md")]

mod batch_builder;
mod batch_options;
mod cell_type;
mod column;
mod error;
mod holes;
mod long;
mod metadata;
mod names;
mod record_batches;
mod text_builder;
mod wide;

pub use crate::batch_builder::BatchBuilder;
pub use crate::batch_options::{BatchOptions, Layout};
pub use crate::cell_type::{CellType, InvalidCellType};
pub use crate::error::{Error, ErrorKind};
pub use crate::metadata::metadata;
pub use crate::record_batches::{RecordBatches, record_batches};
pub use crate::text_builder::TextBuilder;

use arrow_array::RecordBatch;
use cnic_response::Response;

/// Converts the table of a response to a record batch: a text column for each of its columns, under
/// the names of the response.
///
/// A hole is null, and an empty cell is the empty text. Repeated cells are left out; a
/// [long](Layout::Long) batch has them. An empty list has the columns that it declares, without
/// rows.
///
/// What a response says outside of its rows is in the [metadata](metadata()) of the schema. A long
/// list takes less memory in [several batches](record_batches()).
///
/// ```
/// use arrow_array::cast::AsArray;
/// use cnic_response::Response;
///
/// let text = "\
/// code = 200
/// description = Command completed successfully
/// property[domain][0] = example.com
/// property[domain][1] = example.net
/// property[auth][1] =
/// ";
/// let batch = cnic_arrow::record_batch(&Response::parse(text)?)?;
/// let auth = batch.column_by_name("auth").expect("a column").as_string::<i32>();
/// assert_eq!(auth.iter().collect::<Vec<_>>(), [None, Some("")]);
/// assert_eq!(batch.schema_ref().metadata()["cnic.code"], "200");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`ErrorKind::TextLimit`] if the cells of one column are longer than 2 GiB together.
pub fn record_batch(response: &Response<'_>) -> Result<RecordBatch, Error> {
    let mut builder = BatchBuilder::default();
    builder.push(response)?;
    Ok(metadata::describe(builder.finish(), response))
}
