//! One object as a value: a response whose columns are not rows but lists of their own.

use alloc::vec::Vec;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use crate::de::columns::Fields;
use crate::de::error::{Cell, DeserializeError, DeserializeErrorKind, Mismatch};
use crate::de::line_index::LineIndex;
use crate::table::Table;
use crate::table::column::Column;

/// Reads the columns of a table into one value.
pub(crate) struct ObjectReader<'r> {
    table: Table<'r>,
    fields: Fields<'r>,
    /// The columns that have no cell in row 0 and were asked for one.
    missing: Vec<usize>,
    fault: Fault<'r>,
}

/// Once so many columns are set aside, a map is given no column at all that has no cell in row 0:
/// reading again for each of them would be quadratic.
const MANY: usize = 32;

/// What is known of a mismatch besides what it is.
#[derive(Default)]
struct Fault<'r> {
    /// The cell that is wrong.
    place: Option<(Column<'r>, usize)>,
    /// The column that has no cell in row 0 and was asked for one.
    hole: Option<usize>,
}

impl<'r> ObjectReader<'r> {
    pub(crate) fn new(table: Table<'r>) -> Self {
        Self { table, fields: Fields::default(), missing: Vec::new(), fault: Fault::default() }
    }

    /// Reads the type, again and again until no column is in its way.
    ///
    /// Whether a column is a list or a single value is the type's choice, and serde does not say
    /// beforehand what the type will choose: an `Option` is announced before what is inside. So an
    /// `Option` is always entered. If a single value is then asked for, and row 0 is a hole, it is
    /// too late to answer `None`: the type has failed. The column is set aside, and the type is read
    /// again as if the column were not there. Each round sets one more column aside, so the loop
    /// ends; [`MANY`] keeps it from becoming quadratic.
    pub(crate) fn read<T: Deserialize<'r>>(mut self) -> Result<T, DeserializeError> {
        loop {
            self.fault = Fault::default();
            let mismatch = match T::deserialize(&mut self) {
                Ok(value) => return Ok(value),
                Err(mismatch) => mismatch,
            };
            // A single value found a hole: the column is treated as if it were not there.
            match self.fault.hole {
                Some(column) => self.missing.push(column),
                None => return Err(self.explain(&mismatch)),
            }
        }
    }

    fn explain(&self, mismatch: &Mismatch) -> DeserializeError {
        let field = mismatch.field();
        let named = || Some((self.table.column(field?)?, 0));
        let place = self.fault.place.or_else(named);
        let cell = place.and_then(|(column, row)| column.get(row));
        let cell = cell.or_else(|| self.fields.known.iter().find_map(|field| field.column.get(0)));
        let position = LineIndex::new(self.table.text).of_cell(cell);
        let column = place.map(|(column, _)| column.name()).or(field);
        DeserializeError::new(mismatch.kind(), column, place.map(|(_, row)| row), position)
    }
}

impl<'r> Deserializer<'r> for &mut ObjectReader<'r> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let missing = &self.missing;
        let is_lacking = |column: &Column<'r>| {
            missing.contains(&column.number) || missing.len() >= MANY && column.get(0).is_none()
        };
        let columns = self.table.columns().filter(|column| !is_lacking(column));
        let columns = columns.map(|column| (column.name(), column));
        visitor.visit_map(Columns { columns, column: None, fault: &mut self.fault })
    }

    fn deserialize_struct<V: Visitor<'r>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let ObjectReader { table, fields, missing, fault } = self;
        fields.look_up(names, *table, |_| true);
        let known = fields.known.iter().filter(|known| !missing.contains(&known.column.number));
        let known = known.map(|known| (known.name, known.column));
        let unknown_columns = fields.unknown_columns.iter().map(|column| (column.name(), *column));
        visitor.visit_map(Columns { columns: known.chain(unknown_columns), column: None, fault })
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
        unit unit_struct seq tuple tuple_struct enum identifier
    }
}

/// Columns under the names by which the type knows them.
struct Columns<'a, 'r, I> {
    columns: I,
    /// The column whose name was returned last.
    column: Option<Column<'r>>,
    fault: &'a mut Fault<'r>,
}

impl<'r, I: Iterator<Item = (&'r str, Column<'r>)>> MapAccess<'r> for Columns<'_, 'r, I> {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'r>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mismatch> {
        *self.fault = Fault::default();
        let Some((name, column)) = self.columns.next() else { return Ok(None) };
        self.column = Some(column);
        let name = seed.deserialize(BorrowedStrDeserializer::new(name));
        name.map(Some).inspect_err(|_| self.fault.place = Some((column, 0)))
    }

    fn next_value_seed<V: DeserializeSeed<'r>>(&mut self, seed: V) -> Result<V::Value, Mismatch> {
        let Some(column) = self.column.take() else { return seed.deserialize(Cell::new(None)) };
        let value = seed.deserialize(Cells { column, fault: self.fault });
        value.inspect_err(|_| {
            self.fault.place.get_or_insert((column, 0));
        })
    }
}

/// The cells of a column: the type takes the first of them, or all.
struct Cells<'a, 'r> {
    column: Column<'r>,
    fault: &'a mut Fault<'r>,
}

impl<'r> Cells<'_, 'r> {
    fn first(self) -> Cell<'r> {
        let cell = self.column.get(0);
        if cell.is_none() {
            self.fault.hole = Some(self.column.number);
        }
        Cell::new(cell)
    }
}

macro_rules! of_the_first {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            self.first().$method(visitor)
        })+
    };
}

impl<'r> Deserializer<'r> for Cells<'_, 'r> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.column.height() == 1 {
            self.first().deserialize_any(visitor)
        } else {
            self.deserialize_seq(visitor)
        }
    }

    fn deserialize_seq<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let Self { column, fault } = self;
        let mut list = List { column, row: 0, fault };
        let value = visitor.visit_seq(&mut list)?;
        if list.row < column.height() {
            return Err(DeserializeErrorKind::InvalidLength.into());
        }
        Ok(value)
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

    fn deserialize_option<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'r>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'r>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.first().deserialize_enum(name, variants, visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'r>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.first().deserialize_unit_struct(name, visitor)
    }

    fn deserialize_map<V: Visitor<'r>>(self, _: V) -> Result<V::Value, Mismatch> {
        Err(DeserializeErrorKind::Unstructured.into())
    }

    fn deserialize_struct<V: Visitor<'r>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_map(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'r>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    of_the_first! {
        deserialize_bool deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_unit deserialize_identifier
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64
    }
}

/// The cells of a column from row 0 to its last, holes included.
struct List<'a, 'r> {
    column: Column<'r>,
    row: usize,
    fault: &'a mut Fault<'r>,
}

impl<'r> SeqAccess<'r> for List<'_, 'r> {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'r>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Mismatch> {
        let (column, row) = (self.column, self.row);
        if row == column.height() {
            return Ok(None);
        }
        self.row += 1;
        let element = seed.deserialize(Cell::new(column.get(row)));
        element.map(Some).inspect_err(|_| self.fault.place = Some((column, row)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.column.height() - self.row)
    }
}
