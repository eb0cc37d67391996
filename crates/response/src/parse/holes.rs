//! How many holes a table may have.

use cnic_text::Span;

use crate::index::cells::{CellStore, Role, StoredColumn};
use crate::limits::Limits;
use crate::parse::paging::Metadata;

/// Returns the cell by which a table has more holes than it may: the first in the text of those in
/// its last row.
///
/// A hole takes no memory here, but it does in all that is made of a table: arrays as long as its
/// columns, CSV, JSON. So what they take is bounded by the text, not by the indices in it.
pub(crate) fn passed(store: &CellStore, metadata: &Metadata, limit: u64) -> Option<Span> {
    let data = store.columns.iter().filter(|column| column.role == Role::Data);
    // The names of columns are not rows, but as a column they are as long as their largest index
    // says.
    let declaring = metadata.declaring.map(|number| &store.columns[number]);
    // Nearly always this decides without a look at each column.
    let area = wide(metadata.height) * wide(store.columns.len());
    let in_table = || passed_by(store, data, limit);
    let table = if area > u128::from(limit) { in_table() } else { None };
    table.or_else(|| passed_by(store, declaring.into_iter(), limit))
}

fn passed_by<'g>(
    store: &CellStore,
    columns: impl Iterator<Item = &'g StoredColumn> + Clone,
    limit: u64,
) -> Option<Span> {
    let height = columns.clone().map(|column| store.height(column)).max()?;
    let cells = columns.clone().map(|column| wide(store.cell_count(column))).sum::<u128>();
    let holes = wide(height) * wide(columns.clone().count()) - cells;
    if holes <= u128::from(limit) + u128::from(Limits::HOLES_PER_CELL) * cells {
        return None;
    }
    columns.filter_map(|column| store.cell(column, height - 1)).min_by_key(|cell| cell.start)
}

/// The rows and the columns are fewer than 2^33 each, so that no product of the two overflows.
const fn wide(n: usize) -> u128 {
    n as u128 // lossless: no pointer is wider
}
