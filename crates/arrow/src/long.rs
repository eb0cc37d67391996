//! Batches with a row for each cell.

use std::sync::Arc;

use arrow_array::types::Int64Type;
use arrow_array::{ArrayRef, PrimitiveArray, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use cnic_response::Response;

use crate::column::text::{Texts, TooLarge};
use crate::error::{Error, ErrorKind};

/// The cells of a batch so far.
pub(crate) struct LongRows {
    views: bool,
    responses: Vec<i64>,
    columns: Texts,
    rows: Vec<i64>,
    values: Texts,
}

impl LongRows {
    pub(crate) fn new(views: bool) -> Self {
        let (responses, rows) = (Vec::new(), Vec::new());
        Self { views, responses, columns: Texts::new(), rows, values: Texts::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn text_len(&self) -> usize {
        self.columns.text_len() + self.values.text_len()
    }

    pub(crate) fn push(&mut self, response: &Response<'_>, number: u64) -> Result<(), Error> {
        let before = self.len();
        let columns = response
            .columns()
            .flat_map(|column| column.cells().map(move |(row, value)| (column.name(), row, value)));
        let values = response.values().map(|(name, value)| (name, 0, value));
        let repeated = response.table().repeated();
        let repeated = repeated.map(|cell| (cell.column(), cell.row(), cell.value()));
        for (column, row, value) in columns.chain(values).chain(repeated) {
            let result = self.columns.push(column).and_then(|()| self.values.push(value));
            if let Err(TooLarge) = result {
                self.rows.truncate(before);
                self.columns.truncate(before);
                self.values.truncate(before);
                return Err(Error::new(ErrorKind::TextLimit).in_column(column));
            }
            self.rows.push(i64::try_from(row).unwrap_or(i64::MAX));
        }
        self.responses.resize(self.len(), i64::try_from(number).unwrap_or(i64::MAX));
        Ok(())
    }

    pub(crate) fn schema(&self) -> Schema {
        let text = if self.views { DataType::Utf8View } else { DataType::Utf8 };
        Schema::new(vec![
            Field::new("response", DataType::Int64, false),
            Field::new("column", text.clone(), false),
            Field::new("row", DataType::Int64, false),
            Field::new("value", text, false),
        ])
    }

    pub(crate) fn finish(&mut self) -> RecordBatch {
        let numbers = |values: &mut Vec<i64>| -> ArrayRef {
            Arc::new(PrimitiveArray::<Int64Type>::from(std::mem::take(values)))
        };
        let arrays = vec![
            numbers(&mut self.responses),
            self.columns.finish(None, self.views),
            numbers(&mut self.rows),
            self.values.finish(None, self.views),
        ];
        RecordBatch::try_new(Arc::new(self.schema()), arrays)
            .expect("as many responses, columns, rows and values")
    }
}
