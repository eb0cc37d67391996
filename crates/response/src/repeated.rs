//! The cells of a table whose place was taken.

use alloc::vec::Vec;
use core::fmt;

use cnic_text::to_usize;

use crate::names::same;
use crate::redacted::Cover;
use crate::table::{Column, Table};

/// A cell for whose column and row the text had one before, a view: `property[column][row] = value`.
///
/// The table has the first one. See [`Table::repeated`].
#[derive(Clone, Copy)]
pub struct RepeatedCell<'r> {
    column: &'r str,
    row: usize,
    value: &'r str,
}

impl<'r> RepeatedCell<'r> {
    /// Returns the name of the column as it was first spelled.
    #[must_use]
    pub const fn column(self) -> &'r str {
        self.column
    }

    /// Returns the row: the number in the second brackets.
    #[must_use]
    pub const fn row(self) -> usize {
        self.row
    }

    pub(crate) const fn covered(self, cover: Cover) -> Self {
        Self { value: cover.value(self.value), ..self }
    }

    /// Returns the value, which is not in the table.
    #[must_use]
    pub const fn value(self) -> &'r str {
        self.value
    }
}

impl fmt::Debug for RepeatedCell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RepeatedCell")
            .field("column", &self.column)
            .field("row", &self.row)
            .finish_non_exhaustive()
    }
}

/// The repeated cells of a table, in order of the text: what [`Table::repeated`] returns.
#[derive(Clone, Debug)]
pub struct Repeated<'r> {
    table: Table<'r>,
    cells: core::ops::Range<usize>,
}

impl<'r> Repeated<'r> {
    pub(crate) fn of(table: Table<'r>) -> Self {
        Self { table, cells: 0..table.reply.grid.repeated.len() }
    }

    /// Returns the cells with their columns.
    pub(crate) fn with_columns(self) -> impl Iterator<Item = (Column<'r>, RepeatedCell<'r>)> {
        let Self { table, cells } = self.clone();
        let numbers = table.reply.grid.repeated[cells].iter().map(|cell| to_usize(cell.column));
        numbers.map(move |number| table.at(number)).zip(self)
    }

    fn at(&self, number: usize) -> RepeatedCell<'r> {
        let cell = self.table.reply.grid.repeated[number];
        RepeatedCell {
            column: self.table.name_at(to_usize(cell.column)),
            row: to_usize(cell.row),
            value: cell.value.slice(self.table.text),
        }
    }
}

impl<'r> Iterator for Repeated<'r> {
    type Item = RepeatedCell<'r>;

    fn next(&mut self) -> Option<RepeatedCell<'r>> {
        self.cells.next().map(|number| self.at(number))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.cells.size_hint()
    }
}

impl DoubleEndedIterator for Repeated<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.cells.next_back().map(|number| self.at(number))
    }
}

impl ExactSizeIterator for Repeated<'_> {}

impl core::iter::FusedIterator for Repeated<'_> {}

/// Returns whether two tables with the same columns repeat the same cells: for each place the same values, in the same
/// order.
///
/// The order among places is that of the lines, which depends on the layout and means nothing.
pub(crate) fn same_repeated(a: Table<'_>, b: Table<'_>) -> bool {
    let is_same = |(a, b): (RepeatedCell<'_>, RepeatedCell<'_>)| {
        a.row == b.row && a.value == b.value && same(a.column, b.column)
    };
    a.repeated().len() == b.repeated().len()
        && (a.repeated().zip(b.repeated()).all(is_same) || by_place(a, a).eq(&by_place(b, a)))
}

/// Returns the cells with the numbers that their columns have in `numbering`, sorted by column and row.
fn by_place<'r>(table: Table<'r>, numbering: Table<'_>) -> Vec<(Option<usize>, u32, &'r str)> {
    let numbers: Vec<_> = table
        .all_columns()
        .map(|column| numbering.exact_column(column.name()).map(|twin| twin.number()))
        .collect();
    let cells = table.reply.grid.repeated.iter();
    let mut cells: Vec<_> = cells
        .map(|cell| (numbers[to_usize(cell.column)], cell.row, cell.value.slice(table.text)))
        .collect();
    cells.sort_by_key(|&(column, row, _)| (column, row));
    cells
}
