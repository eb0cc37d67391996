//! What is not the same in two responses.

use cnic_text::{MASK, Redaction};

/// The differences of two responses.
pub(super) enum Difference<'r> {
    List(ListDifference<'r>),
    Object(Vec<Changed<'r>>),
}

impl Difference<'_> {
    pub(super) fn is_none(&self) -> bool {
        match self {
            Self::List(list) => list.is_none(),
            Self::Object(changed) => changed.is_empty(),
        }
    }

    /// Returns whether a row behind the first one differs: one that was added above it may be all that is new.
    pub(super) fn is_by_rows(&self) -> bool {
        let is_below = |changed: &Changed<'_>| changed.row.is_some_and(|row| row > 0);
        matches!(self, Self::Object(changed) if changed.iter().any(is_below))
    }
}

/// The differences of two lists.
pub(super) struct ListDifference<'r> {
    /// The name of the column whose cells say which rows belong together.
    pub(super) key: &'r str,
    /// The rows that only OLD has, in its order.
    pub(super) gone: Vec<Vec<Cell<'r>>>,
    /// The rows that only NEW has, in its order.
    pub(super) added: Vec<Vec<Cell<'r>>>,
    /// The keys of the rows that both have and that differ, in the order of OLD, with the cells that differ.
    pub(super) changed: Vec<(Cell<'r>, Vec<Changed<'r>>)>,
}

impl ListDifference<'_> {
    pub(super) fn is_none(&self) -> bool {
        self.gone.is_empty() && self.added.is_empty() && self.changed.is_empty()
    }
}

/// A cell of a row.
#[derive(Clone, Copy)]
pub(super) struct Cell<'r> {
    pub(super) column: &'r str,
    /// `None` if it is missing.
    pub(super) value: Option<&'r str>,
}

impl<'r> Cell<'r> {
    /// Returns the value as it may be shown.
    pub(super) fn shown(self, redact: bool) -> Option<&'r str> {
        let is_secret = redact && Redaction::DEFAULT.is_secret(self.column);
        self.value.map(|value| if is_secret && !value.is_empty() { MASK } else { value })
    }
}

/// A value that differs.
pub(super) struct Changed<'r> {
    pub(super) column: &'r str,
    /// The row of an object; `None` in a list, where the key says it, and for a value of a set.
    pub(super) row: Option<usize>,
    /// `None` if OLD does not have it.
    pub(super) old: Option<&'r str>,
    /// `None` if NEW does not have it.
    pub(super) new: Option<&'r str>,
}

impl<'r> Changed<'r> {
    pub(super) const fn old_cell(&self) -> Cell<'r> {
        Cell { column: self.column, value: self.old }
    }

    pub(super) const fn new_cell(&self) -> Cell<'r> {
        Cell { column: self.column, value: self.new }
    }
}
