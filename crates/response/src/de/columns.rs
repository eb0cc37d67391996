//! Which column each field of a structure is read from.

use alloc::vec::Vec;
use core::ops::Range;

use crate::index::cells::CellsByRow;
use crate::table::Table;
use crate::table::column::Column;

/// The most fields that a structure may have to be read as a
/// [full row](crate::de::full_row::FullRow), which has a constant place for each. More places would
/// make the code larger and not faster.
const PLACES: usize = 12;

/// The fields of a structure with their columns, looked up once for all rows.
#[derive(Default)]
pub(crate) struct Fields<'r> {
    /// What the structure says its fields are: names and, among them, their aliases.
    names: Option<&'static [&'static str]>,
    /// The columns that have a field.
    pub(crate) known: Vec<Field<'r>>,
    /// Data columns without a field. The structure is shown them in one row only, since it may
    /// reject unknown fields.
    pub(crate) unknown_columns: Vec<Column<'r>>,
    /// How many rows from the first on have a cell in each of these columns.
    full_rows: usize,
}

/// A column that has a field.
#[derive(Clone, Copy)]
pub(crate) struct Field<'r> {
    /// The name by which the structure knows it.
    pub(crate) name: &'static str,
    pub(crate) column: Column<'r>,
    /// Its cells, found once for all rows.
    cells: CellsByRow<'r>,
}

/// The column whose cell was wrong last, and the row of the cell. A type may ignore the error and
/// take the row; the cell has nothing to do with an error in another row.
pub(crate) type Culprit<'r> = (Column<'r>, usize);

impl<'r> Field<'r> {
    /// Returns the cell of a row of the column, whose text is `text`.
    #[inline]
    pub(crate) fn get(&self, row: usize, text: &'r str) -> Option<&'r str> {
        self.cells.get(row).map(|span| span.slice(text))
    }

    /// Returns the cell of a row that is [full](Fields::of_full_row).
    #[inline]
    pub(crate) fn get_in_run(&self, row: usize, text: &'r str) -> &'r str {
        // Two steps take one comparison less than a slice of the range.
        let Range { start, end } = self.cells.get_in_run(row).range();
        &text[..end][start..]
    }
}

impl<'r> Fields<'r> {
    /// Looks the fields up as [`Table::column`] does, among all columns or among those that are
    /// data.
    ///
    /// Two names may belong to one field, so a column goes to one name only: the one that is
    /// spelled like it, or else the first.
    #[inline]
    pub(crate) fn look_up(
        &mut self,
        names: &'static [&'static str],
        table: Table<'r>,
        eligible: fn(&Column<'r>) -> bool,
    ) {
        if self.names.is_none_or(|known| !core::ptr::eq(known, names)) {
            self.look_up_anew(names, table, eligible);
        }
    }

    #[cold]
    fn look_up_anew(
        &mut self,
        names: &'static [&'static str],
        table: Table<'r>,
        eligible: fn(&Column<'r>) -> bool,
    ) {
        self.names = Some(names);
        self.known.clear();
        let store = &table.index.store;
        for &name in names {
            let Some(column) = table.column(name).filter(eligible) else { continue };
            let spelled = column.name();
            let likeness = |name: &str| (name == spelled, name.eq_ignore_ascii_case(spelled));
            match self.known.iter_mut().find(|known| known.column.number == column.number) {
                Some(known) if likeness(name) > likeness(known.name) => known.name = name,
                Some(_) => {}
                None => {
                    let cells = store.by_row(&store.columns[column.number]);
                    self.known.push(Field { name, column, cells });
                }
            }
        }
        self.full_rows = self.known.iter().map(|field| field.cells.run_len()).min().unwrap_or(0);
        let is_strange = |column: &Column<'r>| {
            self.known.iter().all(|known| known.column.number != column.number)
        };
        self.unknown_columns.clear();
        self.unknown_columns.extend(table.columns().filter(is_strange));
    }

    /// Returns the fields of a [`FullRow`](super::full_row::FullRow), in the order of the names,
    /// which are those that were looked up.
    ///
    /// Returns `None` if there are more than [`PLACES`] names, if a name has no column of its own
    /// or no cell in that row, or if unknown columns have yet to be shown.
    #[inline]
    pub(crate) fn of_full_row(&self, row: usize, names: &[&str]) -> Option<&[Field<'r>]> {
        if names.len() > PLACES || row >= self.full_rows || !self.unknown_columns.is_empty() {
            return None;
        }
        // There are fewer fields than names if a name has no column, or shares one. The slice also
        // tells the compiler that there are as many.
        self.known.get(..names.len())
    }

    /// Returns whether there are fields at all, and the type is not a map or a tuple.
    pub(crate) const fn is_structure(&self) -> bool {
        self.names.is_some()
    }
}
