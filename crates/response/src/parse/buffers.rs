//! Memory that is reused from one response to the next.

use alloc::vec::Vec;
use core::fmt;

use crate::index::Field;
use crate::index::cells::CellStoreBuilder;
use crate::index::names::NameIndex;
use crate::note::Note;
use crate::parse::predict::Predictor;

/// Reusable memory for parsing: once it has grown to what the largest response needs, parsing
/// allocates nothing.
///
/// A [`Parser`](crate::Parser) uses it; [`reclaim`](Self::reclaim) takes the memory back from a
/// [`Response`](crate::Response).
///
/// ```
/// use cnic_response::{Buffers, Parser};
///
/// let parser = Parser::new();
/// let mut buffers = Buffers::new();
/// for body in ["code = 200\nproperty[domain][0] = example.com\n", "code = 545\n"] {
///     let response = parser.parse_with(body, &mut buffers)?;
///     println!("{}", response.code());
///     buffers.reclaim(response);
/// }
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Default)]
pub struct Buffers {
    pub(crate) fields: Vec<Field>,
    pub(crate) field_names: NameIndex,
    pub(crate) store: CellStoreBuilder,
    pub(crate) column_names: NameIndex,
    pub(crate) predictor: Predictor,
    pub(crate) notes: Vec<Note>,
}

impl Buffers {
    /// Creates empty buffers.
    ///
    /// ```
    /// # use cnic_response::{Buffers, Parser};
    /// let mut buffers = Buffers::new();
    /// assert!(Parser::new().parse_with("code = 200\n", &mut buffers)?.is_success());
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes room for as many cells as `rest` bytes have lines of `line` bytes, and for their columns,
    /// if they are few.
    #[inline(never)]
    pub(crate) fn reserve_for(&mut self, rest: usize, line: usize) {
        let cells = rest.div_ceil(line);
        // The number is a guess from the first cell, and so in the hands of who wrote the text. The
        // bounds keep a short line before a long one from claiming memory that no cell will take.
        let columns = cells.min(16);
        self.store.reserve(columns, cells.min(1024));
        self.predictor.reserve(columns);
    }

    /// Clears the buffers and keeps their memory.
    pub(crate) fn clear(&mut self) {
        self.fields.clear();
        self.field_names.clear();
        self.store.clear();
        self.column_names.clear();
        self.predictor.clear();
        self.notes.clear();
    }
}

impl fmt::Debug for Buffers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Buffers").finish_non_exhaustive()
    }
}
