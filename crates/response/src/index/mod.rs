//! What a response says, as spans of its text.

pub(crate) mod cells;
pub(crate) mod folding;
pub(crate) mod names;
pub(crate) mod normalized;
pub(crate) mod sparse;
pub(crate) mod stored_cells;
mod tree;

use alloc::vec::Vec;

use cnic_text::Span;

use crate::code::Code;
use crate::index::cells::CellStore;
use crate::index::names::NameIndex;
use crate::index::normalized::NormalizedNames;
use crate::note::Note;
use crate::page::Page;

/// What a response says, as spans of its text.
#[derive(Clone)]
pub(crate) struct ResponseIndex {
    pub(crate) code: Code,
    pub(crate) description: Span,
    pub(crate) framed: bool,
    pub(crate) truncated: bool,
    /// All top-level fields in order of appearance, `code` and `description` among them.
    pub(crate) fields: Vec<Field>,
    pub(crate) field_names: NameIndex,
    pub(crate) normalized_fields: NormalizedNames,
    pub(crate) store: CellStore,
    pub(crate) column_names: NameIndex,
    pub(crate) normalized_columns: NormalizedNames,
    /// The number of rows of the data columns.
    pub(crate) height: usize,
    pub(crate) page: Option<Page>,
    pub(crate) notes: Vec<Note>,
}

/// A top-level field.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: Span,
    pub(crate) value: Span,
}

/// Makes room for one part more, and for four times as many if there is none. A response has few
/// columns or very many, and each time that they move, all of them are copied.
#[inline]
pub(crate) fn grow<T>(parts: &mut Vec<T>) {
    if parts.len() == parts.capacity() {
        parts.reserve_exact((parts.len() * 3).max(16));
    }
}
