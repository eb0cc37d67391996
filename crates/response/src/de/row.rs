//! One row as a value.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use crate::de::columns::{Culprit, Field, Fields};
use crate::de::error::{Cell, DeserializeError, DeserializeErrorKind, Mismatch};
use crate::de::full_row::FullRow;
use crate::de::line_index::LineIndex;
use crate::table::Table;
use crate::table::column::Column;

/// Reads one row after another into values.
pub(crate) struct RowReader<'r> {
    table: Table<'r>,
    row: usize,
    fields: Fields<'r>,
    holes: Holes,
    culprit: Option<Culprit<'r>>,
    lines: Option<LineIndex<'r>>,
}

/// How the holes of a row are presented to a map.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holes {
    /// As `None`.
    AsNone,
    /// As `None`, and there was one.
    AsNoneSeen,
    /// Not at all, as if there was no such column.
    Skipped,
}

impl<'r> RowReader<'r> {
    pub(crate) fn new(table: Table<'r>) -> Self {
        Self {
            table,
            row: 0,
            fields: Fields::default(),
            holes: Holes::AsNone,
            culprit: None,
            lines: None,
        }
    }

    pub(crate) fn read<T: Deserialize<'r>>(&mut self, row: usize) -> Result<T, DeserializeError> {
        self.row = row;
        self.holes = Holes::AsNone;
        T::deserialize(&mut *self).or_else(|mismatch| self.read_again(mismatch))
    }

    /// Reads the row again without its holes.
    ///
    /// A structure with `#[serde(flatten)]` is read as a map, and does not say which of its fields
    /// are optional. So holes are first presented as `None`, which an `Option` needs. If the type
    /// fails, one of them may be a field with `#[serde(default)]`, which needs the hole to be
    /// absent. Only a second attempt can find out; rows without holes are never read twice.
    #[cold]
    fn read_again<T: Deserialize<'r>>(&mut self, first: Mismatch) -> Result<T, DeserializeError> {
        let mut result = Err(first);
        if self.holes == Holes::AsNoneSeen {
            (self.holes, self.culprit) = (Holes::Skipped, None);
            result = T::deserialize(&mut *self);
        }
        result.map_err(|mismatch| self.explain(&mismatch))
    }

    fn explain(&mut self, mismatch: &Mismatch) -> DeserializeError {
        let Self { table, row, .. } = *self;
        let field = mismatch.field();
        // If the type names a field, no cell is wrong: there is none, or there are two.
        let culprit = self.culprit.take().filter(|&(_, at)| at == row && field.is_none());
        let culprit = culprit.map(|(column, _)| column);
        let cell = culprit.and_then(|column| column.get(row)).or_else(|| self.first_cell());
        let lines = self.lines.get_or_insert_with(|| LineIndex::new(table.text));
        let position = lines.of_cell(cell);
        let column = culprit.or_else(|| table.column(field?)).map(Column::name).or(field);
        DeserializeError::new(mismatch.kind(), column, Some(row), position)
    }

    /// Returns the row's first cell, among those of its fields if it has fields.
    fn first_cell(&self) -> Option<&'r str> {
        let row = self.row;
        if self.fields.is_structure() {
            self.fields.known.iter().find_map(|field| field.column.get(row))
        } else {
            self.table.columns().find_map(|column| column.get(row))
        }
    }
}

impl<'r> Deserializer<'r> for &mut RowReader<'r> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let columns = self.table.columns();
        visitor.visit_map(NamedCells { reader: self, columns, column: None })
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'r>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.fields.look_up(names, self.table, Column::is_data);
        if let Some(fields) = self.fields.of_full_row(self.row, names) {
            let cells = FullRow::new(self.table.text, self.row, names, fields, &mut self.culprit);
            return visitor.visit_map(cells);
        }
        let Fields { known, unknown_columns, .. } = &self.fields;
        let mut cells = FieldCells {
            text: self.table.text,
            row: self.row,
            fields: known.iter(),
            unknown_columns: unknown_columns.iter(),
            cell: Cell::new(None),
            column: None,
            culprit: &mut self.culprit,
        };
        let value = visitor.visit_map(&mut cells);
        // The structure has accepted all unknown columns, even if something else was wrong.
        if cells.column.is_none() && cells.unknown_columns.len() == 0 {
            self.fields.unknown_columns.clear();
        }
        value
    }

    fn deserialize_seq<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let columns = self.table.columns();
        let mut cells = NamedCells { reader: self, columns, column: None };
        let value = visitor.visit_seq(&mut cells)?;
        match cells.columns.next() {
            None => Ok(value),
            Some(_) => Err(DeserializeErrorKind::InvalidLength.into()),
        }
    }

    fn deserialize_tuple<V: Visitor<'r>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'r>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'r>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_option<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_some(self)
    }

    fn deserialize_ignored_any<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'r>> bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct enum identifier
    }
}

/// The cells of a row that are fields of a structure, under the names by which it knows them. Holes
/// are left out.
struct FieldCells<'a, 'r> {
    text: &'r str,
    row: usize,
    fields: core::slice::Iter<'a, Field<'r>>,
    unknown_columns: core::slice::Iter<'a, Column<'r>>,
    /// The cell whose name was returned last, and its column.
    cell: Cell<'r>,
    column: Option<&'a Column<'r>>,
    culprit: &'a mut Option<Culprit<'r>>,
}

impl<'r> MapAccess<'r> for FieldCells<'_, 'r> {
    type Error = Mismatch;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'r>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mismatch> {
        // One call for both kinds of columns, so that it is inlined.
        let known = self.fields.find_map(|field| {
            let text = field.get(self.row, self.text)?;
            Some((field.name, Some(text), &field.column))
        });
        let next = known.or_else(|| {
            let column = self.unknown_columns.next()?;
            let (name, text) = name_and_cell(column, self.row);
            Some((name, text, column))
        });
        let Some((name, text, column)) = next else {
            self.column = None;
            return Ok(None);
        };
        (self.cell, self.column) = (Cell::new(text), Some(column));
        let name = seed.deserialize(BorrowedStrDeserializer::new(name));
        name.map(Some).inspect_err(|_| *self.culprit = Some((*column, self.row)))
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'r>>(&mut self, seed: V) -> Result<V::Value, Mismatch> {
        let value = seed.deserialize(self.cell);
        if value.is_err() {
            *self.culprit = self.column.map(|column| (*column, self.row));
        }
        value
    }
}

/// Returns the name and the cell of a column without a field. It is not inlined: only one row needs
/// it, and it would slow down the known columns.
#[inline(never)]
fn name_and_cell<'r>(column: &Column<'r>, row: usize) -> (&'r str, Option<&'r str>) {
    (column.name(), column.get(row))
}

/// The cells of a row under the names of their columns.
struct NamedCells<'a, 'r, I> {
    reader: &'a mut RowReader<'r>,
    columns: I,
    /// The column whose name was returned last.
    column: Option<Column<'r>>,
}

impl<'r, I: Iterator<Item = Column<'r>>> NamedCells<'_, 'r, I> {
    fn value<V: DeserializeSeed<'r>>(
        &mut self,
        column: Column<'r>,
        seed: V,
    ) -> Result<V::Value, Mismatch> {
        let cell = Cell::new(column.get(self.reader.row));
        let value = seed.deserialize(cell);
        value.inspect_err(|_| self.reader.culprit = Some((column, self.reader.row)))
    }
}

impl<'r, I: Iterator<Item = Column<'r>>> MapAccess<'r> for NamedCells<'_, 'r, I> {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'r>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mismatch> {
        let RowReader { row, holes, .. } = &mut *self.reader;
        self.column = self.columns.find(|column| {
            let is_hole = column.get(*row).is_none();
            if is_hole && *holes == Holes::AsNone {
                *holes = Holes::AsNoneSeen;
            }
            !is_hole || *holes == Holes::AsNoneSeen
        });
        let Some(column) = self.column else { return Ok(None) };
        let name = seed.deserialize(BorrowedStrDeserializer::new(column.name()));
        name.map(Some).inspect_err(|_| self.reader.culprit = Some((column, self.reader.row)))
    }

    fn next_value_seed<V: DeserializeSeed<'r>>(&mut self, seed: V) -> Result<V::Value, Mismatch> {
        match self.column {
            Some(column) => self.value(column, seed),
            None => seed.deserialize(Cell::new(None)),
        }
    }
}

impl<'r, I: Iterator<Item = Column<'r>>> SeqAccess<'r> for NamedCells<'_, 'r, I> {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'r>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Mismatch> {
        let Some(column) = self.columns.next() else { return Ok(None) };
        self.value(column, seed).map(Some)
    }
}
