//! The cells of a column, a list for each response.

use std::sync::Arc;

use cnic_arrow::TextBuilder;
use cnic_response::Response;
use datafusion::arrow::array::{ArrayRef, ListArray, NullBufferBuilder};
use datafusion::arrow::buffer::{OffsetBuffer, ScalarBuffer};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::Result;

use crate::functions::too_large;

/// Lists of cells under construction.
pub(super) struct CellLists {
    /// The cells of all lists.
    cells: TextBuilder,
    /// Where each list begins among the cells, and where the last one ends.
    lists: Vec<i32>,
    nulls: NullBufferBuilder,
}

impl CellLists {
    pub(super) fn new(capacity: usize) -> Self {
        let mut lists = Vec::with_capacity(capacity + 1);
        lists.push(0);
        Self { cells: TextBuilder::new(), lists, nulls: NullBufferBuilder::new(capacity) }
    }

    /// Appends the column of a response: an item for each row.
    pub(super) fn append(&mut self, response: &Response<'_>, name: &str) -> Result<()> {
        let first = self.cells.len();
        let rows = match response.column(name) {
            Some(column) => {
                let result = self.cells.append_column(column);
                result.map_err(|_| too_large("cnic_column"))?;
                let is_data = response.columns().any(|data| data.name() == column.name());
                if is_data { response.row_count() } else { column.height() }
            }
            // A column that the list declares, and which no row has.
            None if response.declared_columns().any(|known| known.eq_ignore_ascii_case(name)) => {
                response.row_count()
            }
            None => return self.append_null(),
        };
        self.cells.append_nulls(first + rows - self.cells.len());
        self.nulls.append_non_null();
        self.end_list()
    }

    pub(super) fn append_null(&mut self) -> Result<()> {
        self.nulls.append_null();
        self.end_list()
    }

    fn end_list(&mut self) -> Result<()> {
        let end = i32::try_from(self.cells.len()).map_err(|_| too_large("cnic_column"))?;
        self.lists.push(end);
        Ok(())
    }

    pub(super) fn finish(mut self) -> ArrayRef {
        let cells = Arc::new(self.cells.finish());
        let field = Arc::new(Field::new_list_field(DataType::Utf8, true));
        let lists = OffsetBuffer::new(ScalarBuffer::from(self.lists));
        Arc::new(ListArray::new(field, lists, cells, self.nulls.finish()))
    }
}
