//! Lists are compared by the keys of their rows.

use std::collections::HashMap;

use cnic_response::Column;
use cnic_text::{MASK, Redaction};

use super::difference::{Cell, Changed, ListDifference};
use super::{Args, Pair, Side, trouble, unknown};
use crate::failure::Failure;
use crate::visible::visible;

/// What to do where the key column does not tell rows apart.
const OTHER_KEY: &str = "choose another column with --key";

/// Compares two lists.
///
/// # Errors
///
/// A response that has rows and no key column; a row without a key; two rows of a response with the same key.
pub(super) fn compare<'r>(
    args: &'r Args,
    old: &'r Side<'_>,
    new: &'r Side<'_>,
    columns: &[Pair<'r>],
) -> Result<ListDifference<'r>, Failure> {
    let key = Pair::of(key(args, old, new), old, new);
    let old_rows = Rows::of(old, key)?;
    let new_rows = Rows::of(new, key)?;
    let (mut gone, mut changed) = (Vec::new(), Vec::new());
    // With the names of OLD, under which both have the column.
    let others: Vec<_> = columns.iter().copied().filter(|pair| !pair.is(key)).collect();
    let cells = |side: fn(&Pair<'r>, usize) -> Option<&'r str>, row: usize| {
        let all = std::iter::once(&key).chain(&others);
        all.map(|pair| Cell { column: pair.name, value: side(pair, row) }).collect::<Vec<_>>()
    };
    for (old_row, &value) in old_rows.keys.iter().enumerate() {
        let Some(&new_row) = new_rows.by_key.get(value) else {
            gone.push(cells(Pair::old_cell, old_row));
            continue;
        };
        let differ: Vec<_> = others
            .iter()
            .map(|pair| Changed {
                column: pair.name,
                row: None,
                old: pair.old_cell(old_row),
                new: pair.new_cell(new_row),
            })
            .filter(|cell| cell.old != cell.new)
            .collect();
        if !differ.is_empty() {
            changed.push((Cell { column: key.name, value: Some(value) }, differ));
        }
    }
    let is_added = |value: &&str| !old_rows.by_key.contains_key(value);
    let added = new_rows.keys.iter().enumerate().filter(|(_, value)| is_added(value));
    let added = added.map(|(row, _)| cells(Pair::new_cell, row)).collect();
    Ok(ListDifference { key: key.name, gone, added, changed })
}

/// Returns the name of the column whose cells say which rows belong together.
fn key<'r>(args: &'r Args, old: &'r Side<'_>, new: &'r Side<'_>) -> &'r str {
    let first = |side: &'r Side<'_>| {
        side.response.declared_columns().next().or_else(|| side.names().next())
    };
    // Two lists without rows may have no columns at all.
    args.key.as_deref().or_else(|| first(old)).or_else(|| first(new)).unwrap_or_default()
}

/// The rows of a response, each with its key.
struct Rows<'r> {
    keys: Vec<&'r str>,
    by_key: HashMap<&'r str, usize>,
}

impl<'r> Rows<'r> {
    fn of(side: &'r Side<'_>, key: Pair<'r>) -> Result<Self, Failure> {
        let row_count = side.response.row_count();
        let column = side.response.column(key.name);
        // As many as there are cells, since a response can have many rows without any.
        let count = column.map_or(0, Column::len);
        let mut rows =
            Self { keys: Vec::with_capacity(count), by_key: HashMap::with_capacity(count) };
        if row_count == 0 {
            return Ok(rows);
        }
        let name = visible(key.name);
        let Some(column) = column else {
            return Err(unknown(Some(side.path), key.name, side.names()));
        };
        for row in 0..row_count {
            let Some(value) = column.get(row) else {
                let text = format!("row {row} has no `{name}`, by which rows are compared");
                return Err(trouble(side.path, format_args!("{text}; {OTHER_KEY}")));
            };
            if let Some(first) = rows.by_key.insert(value, row) {
                let is_secret = Redaction::DEFAULT.is_secret(key.name);
                let value = visible(if is_secret { MASK } else { value });
                let places = format!("`{value}` is in the rows {first} and {row}");
                let text = format!("`{name}` is not unique: {places}; {OTHER_KEY}");
                return Err(trouble(side.path, text));
            }
            rows.keys.push(value);
        }
        Ok(rows)
    }
}
