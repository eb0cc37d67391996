//! Responses about one object are compared column by column.

use std::collections::HashSet;

use cnic_response::Column;

use super::Pair;
use super::difference::Changed;

/// The columns that are sets, whose order means nothing, with the parameters that change them.
pub(super) const SETS: [(&str, &str); 2] =
    [("nameserver", "NAMESERVER"), ("domaintag", "DOMAINTAG")];

/// Compares the columns of two objects.
pub(super) fn compare<'r>(columns: &[Pair<'r>]) -> Vec<Changed<'r>> {
    let mut changed = Vec::new();
    for &pair in columns {
        if SETS.iter().any(|&(name, _)| pair.name.eq_ignore_ascii_case(name)) {
            sets(pair, &mut changed);
        } else {
            rows(pair, &mut changed);
        }
    }
    changed
}

/// Returns the values of a column that may not be there.
pub(super) fn values<'r>(column: Option<Column<'r>>) -> impl Iterator<Item = &'r str> + Clone {
    column.into_iter().flat_map(Column::values)
}

fn sets<'r>(pair: Pair<'r>, changed: &mut Vec<Changed<'r>>) {
    let only_in = |column, other| {
        let mut known: HashSet<&str> = values(other).collect();
        // `insert` is true for what is neither in the other set nor seen before.
        values(column).filter(move |value| known.insert(value))
    };
    let value = |old, new| Changed { column: pair.name, row: None, old, new };
    changed.extend(only_in(pair.old, pair.new).map(|old| value(Some(old), None)));
    changed.extend(only_in(pair.new, pair.old).map(|new| value(None, Some(new))));
}

fn rows<'r>(pair: Pair<'r>, changed: &mut Vec<Changed<'r>>) {
    let height = |column: Option<Column<'_>>| column.map_or(0, Column::height);
    let cells = |row| Changed {
        column: pair.name,
        row: Some(row),
        old: pair.old_cell(row),
        new: pair.new_cell(row),
    };
    let all = (0..height(pair.old).max(height(pair.new))).map(cells);
    changed.extend(all.filter(|cell| cell.old != cell.new));
}
