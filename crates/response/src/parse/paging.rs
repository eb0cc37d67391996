//! The columns that describe a list: its page, its column names, its list-level values.

use cnic_text::digits::parse_number;
use cnic_text::{Span, to_usize};

use crate::index::cells::{CellStore, Role, StoredColumn};
use crate::index::folding::eq_name;
use crate::page::Page;

/// What the columns of a response turned out to be.
pub(crate) struct Metadata {
    pub(crate) page: Option<Page>,
    /// The number of rows of the data columns.
    pub(crate) height: usize,
    /// The number of the column `column`.
    pub(crate) declaring: Option<usize>,
    /// The cells of the page's columns that are not numbers, if others are.
    pub(crate) not_numbers: [Option<Span>; 5],
}

/// Splits data columns from those that describe the list. `find` returns the number of a column by
/// name.
///
/// * The columns of a [`Page`] describe the list if they hold row 0 and no other, and that is a
///   number. Anything else under such a name is data: a first name, an amount.
/// * `column` always does. Its cells are names and can't be recognised by their form; they would
///   make rows that do not exist.
/// * An empty list may carry sums (docs/protocol.md, section 2.6): with `count` 0 a column that has
///   a cell in row 0 only is a value of the list unless `column` declares it. If there is no
///   `column`, this holds for all columns, or for none if one has other rows.
pub(crate) fn split_paging_columns(
    store: &mut CellStore,
    text: &str,
    find: impl Fn(&str) -> Option<u32>,
) -> Metadata {
    // Taken out, so that roles can be set while the store is asked for cells.
    let mut columns = core::mem::take(&mut store.columns);
    let is_scalar = |column: &_| store.height(column) == 1;
    let (named, declaring) = places(&columns, text);
    let mut page = Page::default();
    let (mut paging, mut not_numbers) = ([None; 5], [None; 5]);
    for (place, member) in page.members_mut().into_iter().enumerate() {
        let scalar = named[place].filter(|&column| is_scalar(&columns[column]));
        let Some(column) = scalar else { continue };
        let cell = store.cell(&columns[column], 0).unwrap_or_default();
        *member = parse_number(cell.slice(text));
        match member {
            Some(_) => paging[place] = Some(column),
            None => not_numbers[place] = Some(cell),
        }
    }
    if page.count == Some(0) {
        if declaring.is_some() || columns.iter().all(is_scalar) {
            for column in columns.iter_mut().filter(|column| is_scalar(column)) {
                column.role = Role::Value;
            }
        }
        // What `column` declares are rows of the list, whatever `count` says: the two disagree, and
        // that is noted.
        let declaring = declaring.map(|declaring| columns[declaring].clone());
        for (_, declared) in declaring.iter().flat_map(|declaring| store.cells(declaring)) {
            if let Some(column) = find(declared.slice(text)) {
                columns[to_usize(column)].role = Role::Data;
            }
        }
    }
    for column in paging.into_iter().chain([declaring]).flatten() {
        columns[column].role = Role::Paging;
    }
    let data = columns.iter().filter(|column| column.role == Role::Data);
    let height = data.map(|column| store.height(column)).max().unwrap_or(0);
    store.columns = columns;
    let has_page = paging.iter().any(Option::is_some);
    Metadata {
        page: has_page.then_some(page),
        height,
        declaring,
        not_numbers: if has_page { not_numbers } else { [None; 5] },
    }
}

/// Returns where the columns of a [`Page`] are, in the order of its names, and where `column` is.
fn places(columns: &[StoredColumn], text: &str) -> ([Option<usize>; 5], Option<usize>) {
    let (mut places, mut declaring) = ([None; 5], None);
    for (number, column) in columns.iter().enumerate() {
        let name = column.name.slice(text);
        if let Some(place) = Page::NAMES.into_iter().position(|known| eq_name(known, name)) {
            places[place] = Some(number);
        } else if eq_name("column", name) {
            declaring = Some(number);
        }
    }
    (places, declaring)
}
