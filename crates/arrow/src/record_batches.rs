//! The rows of one response, in batches.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, RecordBatchReader};
use arrow_buffer::{NullBuffer, NullBufferBuilder};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use cnic_response::{CellSpans, Column, Response};

use crate::column::copy::{Uncopied, copy};
use crate::column::text::{Texts, TooLarge};
use crate::error::{Error, ErrorKind};
use crate::metadata::metadata;

/// Converts the table of a response to record batches of at most `rows` rows, one after the other.
/// Together they are what [`record_batch`](crate::record_batch) returns.
///
/// Query engines and file writers take batches of some thousand rows. Such batches fit into a cache
/// of the processor, and only one of them has to be in memory.
///
/// ```
/// use arrow_array::RecordBatchReader;
/// use cnic_response::Response;
///
/// let text = "code = 200\nproperty[a][0] = x\nproperty[a][1] = y\nproperty[b][2] = z\n";
/// let response = Response::parse(text)?;
/// let batches = cnic_arrow::record_batches(&response, 2);
/// assert_eq!(batches.schema().field(1).name(), "b");
/// let rows: Vec<_> = batches.map(|batch| batch.map(|batch| batch.num_rows())).collect::<Result<_, _>>()?;
/// assert_eq!(rows, [2, 1]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Panics
///
/// If `rows` is 0.
#[must_use]
pub fn record_batches<'r>(response: &'r Response<'_>, rows: usize) -> RecordBatches<'r> {
    assert!(rows > 0, "a batch has at least one row");
    let columns: Vec<_> = response.columns().map(UnreadColumn::new).collect();
    let mut names: Vec<_> = columns.iter().map(|column| column.name).collect();
    // An empty list declares the columns that it would have.
    if response.row_count() == 0 {
        names.extend(response.declared_columns());
    }
    let fields = names.into_iter().map(|name| Field::new(name, DataType::Utf8, true));
    let schema = Schema::new_with_metadata(fields.collect::<Vec<_>>(), metadata(response));
    RecordBatches {
        schema: Arc::new(schema),
        text: response.as_str(),
        columns,
        unread: 0..response.row_count(),
        rows,
    }
}

/// The rows of a response as record batches: what [`record_batches`] returns.
///
/// An item is an error, with an [`Error`] inside, if the cells of one column of a batch are longer
/// than 2 GiB together. That error is the last item.
///
/// ```
/// # use cnic_response::Response;
/// let response = Response::parse("code = 200\nproperty[a][0] = x\n")?;
/// let mut batches = cnic_arrow::record_batches(&response, 8192);
/// assert_eq!(batches.next().expect("a batch")?.num_rows(), 1);
/// assert!(batches.next().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct RecordBatches<'r> {
    schema: SchemaRef,
    text: &'r str,
    columns: Vec<UnreadColumn<'r>>,
    unread: Range<usize>,
    rows: usize,
}

/// A column, and its cells that are in no batch so far.
struct UnreadColumn<'r> {
    name: &'r str,
    spans: CellSpans<'r>,
    has_holes: bool,
}

/// A column of a batch under construction.
struct NewColumn<'r> {
    name: &'r str,
    texts: Texts,
    nulls: Option<NullBuffer>,
}

impl<'r> UnreadColumn<'r> {
    fn new(column: Column<'r>) -> Self {
        Self {
            name: column.name(),
            spans: column.spans(),
            has_holes: column.len() < column.height(),
        }
    }

    /// Takes the cells of some rows: those that come next.
    fn take(&mut self, rows: &Range<usize>) -> Uncopied<'r, NewColumn<'r>> {
        let count = match self.has_holes {
            true => self.spans.clone().take_while(|(row, _)| *row < rows.end).count(),
            false => rows.len(),
        };
        let spans = self.spans.split_to(count);
        let nulls = (spans.len() < rows.len()).then(|| nulls(&spans, rows)).flatten();
        let mut texts = Texts::new();
        texts.reserve(rows.len());
        Uncopied { target: NewColumn { name: self.name, texts, nulls }, spans }
    }
}

/// Returns which of some rows have a cell.
fn nulls(spans: &CellSpans<'_>, rows: &Range<usize>) -> Option<NullBuffer> {
    let mut nulls = NullBufferBuilder::new(rows.len());
    for (row, _) in spans.clone() {
        nulls.append_n_nulls(row - rows.start - nulls.len());
        nulls.append_non_null();
    }
    nulls.append_n_nulls(rows.len() - nulls.len());
    nulls.finish()
}

impl RecordBatches<'_> {
    /// Takes the next rows.
    fn take(&mut self, rows: &Range<usize>) -> Result<Vec<ArrayRef>, Error> {
        let mut columns: Vec<_> = self.columns.iter_mut().map(|column| column.take(rows)).collect();
        copy(
            &mut columns,
            self.text,
            |Uncopied { target: NewColumn { name, texts, .. }, spans }| {
                let appended = texts.append_block(spans, 0, rows.start, self.text.as_bytes());
                appended.map_err(|TooLarge| Error::new(ErrorKind::TextLimit).in_column(name))
            },
        )?;
        let array = |Uncopied { target: NewColumn { mut texts, nulls, .. }, .. }| {
            texts.pad(rows.len());
            texts.finish(nulls, false)
        };
        Ok(columns.into_iter().map(array).collect())
    }
}

impl Iterator for RecordBatches<'_> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.unread.start;
        let rows = start..self.unread.end.min(start.saturating_add(self.rows));
        if rows.is_empty() {
            return None;
        }
        self.unread.start = rows.end;
        let batch = match self.take(&rows) {
            Ok(arrays) => {
                let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
                RecordBatch::try_new_with_options(Arc::clone(&self.schema), arrays, &options)
            }
            Err(error) => {
                self.unread.start = self.unread.end;
                Err(ArrowError::from_external_error(Box::new(error)))
            }
        };
        Some(batch)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let batches = self.unread.len().div_ceil(self.rows);
        (batches.min(1), Some(batches))
    }
}

impl RecordBatchReader for RecordBatches<'_> {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

impl fmt::Debug for RecordBatches<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordBatches").field("unread", &self.unread).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::text::MAX_LEN;

    #[test]
    fn a_batch_that_is_too_long_is_the_last() {
        let cell = "x".repeat(MAX_LEN / 2 + 1);
        let lines: String = (0..4).map(|row| format!("property[a][{row}] = {cell}\n")).collect();
        let text = format!("code = 200\n{lines}");
        let response = Response::parse(&*text).expect("a response");
        assert!(record_batches(&response, 1).all(|batch| batch.is_ok()));
        let mut batches = record_batches(&response, 2);
        let error = match batches.next() {
            Some(Err(ArrowError::ExternalError(error))) => error.downcast::<Error>(),
            other => panic!("{other:?}"),
        };
        let error = error.expect("an error of this crate");
        assert_eq!((error.kind(), error.column()), (ErrorKind::TextLimit, Some("a")));
        assert!(batches.next().is_none());
    }
}
