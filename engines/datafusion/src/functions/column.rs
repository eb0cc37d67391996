//! The cells of a column, a list for each response.

use std::sync::Arc;

use cnic_response::{Column, Response};
use datafusion::arrow::array::{ArrayRef, ListArray, NullBufferBuilder, StringArray};
use datafusion::arrow::buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::Result;

use crate::functions::too_large;

/// How many bytes of a cell are copied at once: nearly every cell is shorter.
const WIDTH: usize = 32;

/// Lists of cells under construction.
pub(super) struct CellLists {
    /// The texts of all cells.
    bytes: Vec<u8>,
    /// Where each cell begins in `bytes`, and where the last one ends.
    cells: Vec<i32>,
    holes: NullBufferBuilder,
    /// Where each list begins among the cells, and where the last one ends.
    lists: Vec<i32>,
    nulls: NullBufferBuilder,
}

impl CellLists {
    pub(super) fn new(capacity: usize) -> Self {
        let mut lists = Vec::with_capacity(capacity + 1);
        lists.push(0);
        Self {
            bytes: Vec::new(),
            cells: vec![0],
            holes: NullBufferBuilder::new(0),
            lists,
            nulls: NullBufferBuilder::new(capacity),
        }
    }

    /// Appends the column of a response: an item for each row.
    pub(super) fn append(&mut self, response: &Response<'_>, name: &str) -> Result<()> {
        let first = self.cells.len();
        let rows = match response.column(name) {
            Some(column) => {
                self.append_cells(column, response.as_str())?;
                let is_data = response.columns().any(|data| data.name() == column.name());
                if is_data { response.row_count() } else { column.height() }
            }
            // A column that the list declares, and which no row has.
            None if response.declared_columns().any(|known| known.eq_ignore_ascii_case(name)) => {
                response.row_count()
            }
            None => return self.append_null(),
        };
        let missing = first + rows - self.cells.len();
        self.append_holes(missing);
        self.nulls.append_non_null();
        self.end_list()
    }

    fn append_cells(&mut self, column: Column<'_>, text: &str) -> Result<()> {
        let Self { bytes, cells, holes, .. } = self;
        // More than needed, as a rule: counting would be a pass over the cells.
        bytes.reserve(text.len().min(column.len() * WIDTH));
        if column.len() == column.height() {
            append_whole(bytes, cells, column, text.as_bytes());
            holes.append_n_non_nulls(column.len());
        } else {
            cells.reserve(column.height());
            for cell in column {
                bytes.extend_from_slice(cell.unwrap_or("").as_bytes());
                cells.push(narrow(bytes.len()));
                holes.append(cell.is_some());
            }
        }
        // Otherwise there are offsets that were not narrowed, and the lists are given up.
        if i32::try_from(bytes.len()).is_err() {
            return Err(too_large("cnic_column"));
        }
        Ok(())
    }

    fn append_holes(&mut self, count: usize) {
        self.cells.resize(self.cells.len() + count, narrow(self.bytes.len()));
        self.holes.append_n_nulls(count);
    }

    pub(super) fn append_null(&mut self) -> Result<()> {
        self.nulls.append_null();
        self.end_list()
    }

    fn end_list(&mut self) -> Result<()> {
        let end = i32::try_from(self.cells.len() - 1).map_err(|_| too_large("cnic_column"))?;
        self.lists.push(end);
        Ok(())
    }

    pub(super) fn finish(mut self) -> ArrayRef {
        let offsets = OffsetBuffer::new(ScalarBuffer::from(self.cells));
        // Checks that each text is UTF-8.
        let cells = StringArray::new(offsets, Buffer::from_vec(self.bytes), self.holes.finish());
        let field = Arc::new(Field::new_list_field(DataType::Utf8, true));
        let lists = OffsetBuffer::new(ScalarBuffer::from(self.lists));
        Arc::new(ListArray::new(field, lists, Arc::new(cells), self.nulls.finish()))
    }
}

/// Appends the cells of a column without holes.
///
/// A copy of a length that is known to the compiler is two instructions, and one of any other length
/// is a call. So 32 bytes are copied, and those after the cell are given up.
fn append_whole(bytes: &mut Vec<u8>, cells: &mut Vec<i32>, column: Column<'_>, text: &[u8]) {
    let first = cells.len();
    cells.resize(first + column.len(), 0);
    let mut ends = cells[first..].iter_mut();
    // With `for_each`, the loop does not ask at each cell whether it is one of those in order.
    column.spans().for_each(|(_, span)| {
        let end = bytes.len() + (span.end - span.start);
        if let Some(place) = ends.next() {
            *place = narrow(end);
        }
        match text.get(span.start..).and_then(<[u8]>::first_chunk::<WIDTH>) {
            Some(chunk) if span.end - span.start <= WIDTH => {
                bytes.extend_from_slice(chunk);
                bytes.truncate(end);
            }
            _ => bytes.extend_from_slice(&text[span]),
        }
    });
}

/// Narrows an offset. Whether it fits is checked once a column.
fn narrow(offset: usize) -> i32 {
    i32::try_from(offset).unwrap_or(i32::MAX)
}
