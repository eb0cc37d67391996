//! When two tables are equal.

use alloc::vec::Vec;

use cnic_text::to_usize;

use crate::index::folding::eq_name;
use crate::table::Table;
use crate::table::repeated::RepeatedCell;

/// Equal if both have the same cells in the same columns and rows. The order of the columns and the
/// case of their names make no difference. The cells that [repeat](Table::repeated) a place must be
/// the same in the same order.
impl PartialEq<Table<'_>> for Table<'_> {
    fn eq(&self, other: &Table<'_>) -> bool {
        self.all_columns().len() == other.all_columns().len()
            && self.all_columns().all(|column| {
                let twin = other.exact_column(column.name());
                twin.is_some_and(|twin| column.cells().eq(twin.cells()))
            })
            && same_repeated(*self, *other)
    }
}

impl Eq for Table<'_> {}

/// Returns whether two tables with the same columns repeat the same cells: for each place the same
/// values, in the same order.
///
/// The order among places is that of the lines, which depends on the layout and means nothing.
fn same_repeated(a: Table<'_>, b: Table<'_>) -> bool {
    let is_same = |(a, b): (RepeatedCell<'_>, RepeatedCell<'_>)| {
        a.row() == b.row() && a.value() == b.value() && eq_name(a.column(), b.column())
    };
    a.repeated().len() == b.repeated().len()
        && (a.repeated().zip(b.repeated()).all(is_same) || by_place(a, a).eq(&by_place(b, a)))
}

/// Returns the cells with the numbers that their columns have in `numbering`, sorted by column and
/// row.
fn by_place<'r>(table: Table<'r>, numbering: Table<'_>) -> Vec<(Option<usize>, u32, &'r str)> {
    let numbers: Vec<_> = table
        .all_columns()
        .map(|column| numbering.exact_column(column.name()).map(|twin| twin.number()))
        .collect();
    let cells = table.index.store.repeated.iter();
    let mut cells: Vec<_> = cells
        .map(|cell| (numbers[to_usize(cell.column)], cell.row, cell.value.slice(table.text)))
        .collect();
    cells.sort_by_key(|&(column, row, _)| (column, row));
    cells
}
