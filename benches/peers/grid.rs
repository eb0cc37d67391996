//! The table that the plain readers of responses make.

use std::collections::HashMap;

/// Fields and columns by name, as they are spelled.
#[derive(Debug, Default)]
pub(crate) struct Grid<'t> {
    fields: HashMap<&'t str, &'t str>,
    columns: HashMap<&'t str, Vec<Option<&'t str>>>,
}

impl<'t> Grid<'t> {
    pub(crate) fn field(&mut self, name: &'t str, value: &'t str) {
        self.fields.entry(name).or_insert(value);
    }

    pub(crate) fn place(&mut self, column: &'t str, row: usize, value: &'t str) {
        let cells = self.columns.entry(column).or_default();
        if row >= cells.len() {
            cells.resize(row + 1, None);
        }
        cells[row].get_or_insert(value);
    }

    pub(crate) fn cell(&self, column: &str, row: usize) -> Option<&'t str> {
        *self.columns.get(column)?.get(row)?
    }

    pub(crate) fn is_success(&self) -> bool {
        self.fields.get("code") == Some(&"200")
    }
}
