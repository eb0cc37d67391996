//! What of a table describes the list that it is a part of.

use crate::fraction::is_decimal;
use crate::grid::{Grid, GridColumn};
use crate::names::same;
use crate::page::Page;
use crate::span::index;

/// Tells data columns from what describes the list, and returns the page and the number of rows. `find` gives the number of a
/// column by name.
///
/// `column` is metadata; so are the names of a [`Page`] that hold row 0 and no other. An empty list may carry sums besides
/// (protocol.md §2.6): with `count` 0 a column of row 0 alone that `column` does not declare describes the list as well.
pub(crate) fn set_apart(
    grid: &mut Grid,
    text: &str,
    find: impl Fn(&str) -> Option<u32>,
) -> (Option<Page>, usize) {
    let mut columns = core::mem::take(&mut grid.columns);
    let is_scalar = |column: &_| grid.height(column) == 1;
    let [count, first, last, limit, total, declaring] = places(&columns, text);
    let named = [count, first, last, limit, total];
    let named = named.map(|column| column.filter(|&column| is_scalar(&columns[column])));
    let mut page = Page::default();
    for (column, member) in named.into_iter().zip(page.members_mut()) {
        let cell = column.and_then(|column| grid.cell(&columns[column], 0));
        *member = cell.and_then(|cell| number(cell.of_text(text)));
    }
    if let (Some(declaring), Some(0)) = (declaring, page.count) {
        for column in &mut columns {
            column.data = !is_scalar(column);
        }
        for (_, declared) in grid.cells(&columns[declaring].clone()) {
            if let Some(column) = find(declared.of_text(text)) {
                columns[index(column)].data = true;
            }
        }
    }
    for column in named.into_iter().chain([declaring]).flatten() {
        columns[column].data = false;
    }
    let data = columns.iter().filter(|column| column.data);
    let height = data.map(|column| grid.height(column)).max().unwrap_or(0);
    grid.columns = columns;
    let has_page = named.iter().any(Option::is_some);
    (has_page.then_some(page), height)
}

/// Returns where the columns of a [`Page`] are, in the order of its names, and where `column` is.
fn places(columns: &[GridColumn], text: &str) -> [Option<usize>; 6] {
    let mut places = [None; 6];
    for (number, column) in columns.iter().enumerate() {
        let name = column.name.of_text(text);
        let mut known = Page::NAMES.into_iter().chain(["column"]);
        if let Some(place) = known.position(|known| same(known, name)) {
            places[place] = Some(number);
        }
    }
    places
}

/// Reads an unsigned decimal number: digits and nothing else.
fn number(cell: &str) -> Option<u64> {
    is_decimal(cell).then(|| cell.parse().ok())?
}
