//! One column of a batch under construction.

mod bytes;
pub(crate) mod copy;
pub(crate) mod read;
pub(crate) mod text;

use std::sync::Arc;

use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Decimal128Type, Int64Type, TimestampMicrosecondType,
};
use arrow_array::{ArrayRef, BooleanArray, PrimitiveArray};
use arrow_buffer::{BooleanBuffer, NullBuffer, NullBufferBuilder};
use arrow_schema::{DataType, Field};
use cnic_response::{CellSpans, Column};

use crate::cell_type::CellType;
use crate::column::read::Read;
use crate::column::text::{Texts, TooLarge};
use crate::error::ErrorKind;

/// A column, and the rows that it has so far.
pub(crate) struct ColumnBuilder {
    pub(crate) name: String,
    cell_type: CellType,
    values: Values,
    nulls: NullBufferBuilder,
}

/// What the cells are read as; something of no meaning where the cell is null.
enum Values {
    Text(Texts),
    Integer(Vec<i64>),
    Decimal(Vec<i128>),
    Timestamp(Vec<i64>),
    Date(Vec<i32>),
    Boolean(Vec<bool>),
}

/// Why cells were not appended, and at which of them.
pub(crate) struct Fault<'r> {
    pub(crate) kind: ErrorKind,
    pub(crate) cell: Option<(usize, &'r str)>,
}

impl ColumnBuilder {
    pub(crate) fn new(name: &str, cell_type: CellType) -> Self {
        let values = match cell_type {
            CellType::Text => Values::Text(Texts::new()),
            CellType::Integer => Values::Integer(Vec::new()),
            CellType::Decimal { .. } => Values::Decimal(Vec::new()),
            CellType::Timestamp => Values::Timestamp(Vec::new()),
            CellType::Date => Values::Date(Vec::new()),
            CellType::Boolean => Values::Boolean(Vec::new()),
        };
        Self { name: String::from(name), cell_type, values, nulls: NullBufferBuilder::new(0) }
    }

    pub(crate) fn field(&self, views: bool) -> Field {
        let data_type = match self.cell_type {
            CellType::Text if views => DataType::Utf8View,
            cell_type => cell_type.data_type(),
        };
        Field::new(&self.name, data_type, true)
    }

    pub(crate) fn text_len(&self) -> usize {
        if let Values::Text(texts) = &self.values { texts.text_len() } else { 0 }
    }

    /// Appends nulls until there are `len` rows.
    pub(crate) fn pad(&mut self, len: usize) {
        match &mut self.values {
            Values::Text(texts) => texts.pad(len),
            Values::Integer(values) | Values::Timestamp(values) => values.resize(len, 0),
            Values::Decimal(values) => values.resize(len, 0),
            Values::Date(values) => values.resize(len, 0),
            Values::Boolean(values) => values.resize(len, false),
        }
        self.nulls.append_n_nulls(len - self.nulls.len());
    }

    /// Goes back to `len` rows.
    pub(crate) fn truncate(&mut self, len: usize) {
        match &mut self.values {
            Values::Text(texts) => texts.truncate(len),
            Values::Integer(values) | Values::Timestamp(values) => values.truncate(len),
            Values::Decimal(values) => values.truncate(len),
            Values::Date(values) => values.truncate(len),
            Values::Boolean(values) => values.truncate(len),
        }
        // One that was padded or failed half-way may have fewer of either.
        if self.nulls.len() > len {
            self.nulls.truncate(len);
        }
    }

    /// Appends the cells of a column of a response, and a null for each hole between them. Of a
    /// column of texts it returns the cells, which are still to be [copied](Self::copy).
    pub(crate) fn append<'r>(
        &mut self,
        column: Column<'r>,
        invalid_as_null: bool,
    ) -> Result<Option<CellSpans<'r>>, Fault<'r>> {
        let cell_type = self.cell_type;
        let nulls = &mut self.nulls;
        let invalid = |row, cell| {
            if invalid_as_null {
                return Ok(());
            }
            Err(Fault { kind: ErrorKind::InvalidCell(cell_type), cell: Some((row, cell)) })
        };
        match &mut self.values {
            Values::Text(texts) => {
                texts.reserve(column.height());
                if column.len() == column.height() {
                    nulls.append_n_non_nulls(column.len());
                } else {
                    column.iter().for_each(|cell| nulls.append(cell.is_some()));
                }
                return Ok(Some(column.spans()));
            }
            Values::Integer(values) => append(values, nulls, column, read::integer, invalid),
            Values::Timestamp(values) => append(values, nulls, column, read::timestamp, invalid),
            Values::Date(values) => append(values, nulls, column, read::date, invalid),
            Values::Boolean(values) => append(values, nulls, column, read::boolean, invalid),
            Values::Decimal(values) => {
                let CellType::Decimal { precision, scale } = cell_type else { unreachable!() };
                let read = |cell: &str| read::decimal(cell, precision, scale);
                append(values, nulls, column, read, invalid)
            }
        }?;
        Ok(None)
    }

    /// Copies some texts of those that [`append`](Self::append) returned, of a response whose rows
    /// begin at `first`.
    pub(crate) fn copy(
        &mut self,
        spans: &mut CellSpans<'_>,
        first: usize,
        text: &str,
    ) -> Result<(), TooLarge> {
        match &mut self.values {
            Values::Text(texts) => texts.append_block(spans, first, 0, text.as_bytes()),
            _ => Ok(()),
        }
    }

    /// Returns the rows, and begins anew.
    pub(crate) fn finish(&mut self, views: bool) -> ArrayRef {
        let nulls = self.nulls.finish();
        let data_type = self.cell_type.data_type();
        match &mut self.values {
            Values::Text(texts) => texts.finish(nulls, views),
            Values::Integer(values) => primitive::<Int64Type>(values, nulls, data_type),
            Values::Decimal(values) => primitive::<Decimal128Type>(values, nulls, data_type),
            Values::Date(values) => primitive::<Date32Type>(values, nulls, data_type),
            Values::Timestamp(values) => {
                primitive::<TimestampMicrosecondType>(values, nulls, data_type)
            }
            Values::Boolean(values) => {
                Arc::new(BooleanArray::new(BooleanBuffer::from(std::mem::take(values)), nulls))
            }
        }
    }
}

/// Appends the cells of a column as values of a type.
fn append<'r, T: Clone + Default>(
    values: &mut Vec<T>,
    nulls: &mut NullBufferBuilder,
    column: Column<'r>,
    read: impl Fn(&str) -> Read<T>,
    invalid: impl Fn(usize, &'r str) -> Result<(), Fault<'r>>,
) -> Result<(), Fault<'r>> {
    for (row, cell) in column.iter().enumerate() {
        let value = match cell {
            None | Some("") => None,
            Some(cell) => match read(cell) {
                Ok(value) => value,
                Err(read::Invalid) => {
                    invalid(row, cell)?;
                    None
                }
            },
        };
        nulls.append(value.is_some());
        values.push(value.unwrap_or_default());
    }
    Ok(())
}

fn primitive<T: ArrowPrimitiveType>(
    values: &mut Vec<T::Native>,
    nulls: Option<NullBuffer>,
    data_type: DataType,
) -> ArrayRef {
    let array = PrimitiveArray::<T>::new(std::mem::take(values).into(), nulls);
    Arc::new(array.with_data_type(data_type))
}
