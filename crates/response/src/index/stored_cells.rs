//! The cells of one column, in order.

use core::ops::Range;
use core::slice;

use cnic_text::{Span, to_usize};

use crate::index::sparse::SparseCell;

/// The cells of a column with their rows, ascending.
#[derive(Clone)]
pub(crate) struct StoredCells<'g> {
    /// The arena from the run's next cell to its last.
    run: &'g [Span],
    stride: usize,
    /// The rows of these cells: to count them would be a division.
    rows: Range<usize>,
    sparse: slice::Iter<'g, SparseCell>,
}

impl<'g> StoredCells<'g> {
    /// `run` is the part of the arena from the first cell of a run to its last, with cells as far
    /// apart as `stride`; `sparse` are the rows after it.
    pub(crate) fn new(
        run: &'g [Span],
        stride: usize,
        len: usize,
        sparse: &'g [SparseCell],
    ) -> Self {
        Self { run, stride, rows: 0..len, sparse: sparse.iter() }
    }

    /// Splits off the first cells: so many, or all that there are.
    pub(crate) fn split_to(&mut self, count: usize) -> Self {
        let mut first = self.clone();
        let in_run = count.min(self.rows.len());
        let (start, next) = (self.rows.start, self.rows.start + in_run);
        (first.rows, self.rows) = (start..next, next..self.rows.end);
        // A run ends with a cell, not with the place for the next one.
        first.run = match in_run.checked_sub(1) {
            Some(last) => &self.run[..=last * self.stride],
            None => &[],
        };
        self.run = self.run.get(in_run * self.stride..).unwrap_or_default();
        let sparse = self.sparse.as_slice();
        let (head, tail) = sparse.split_at((count - in_run).min(sparse.len()));
        (first.sparse, self.sparse) = (head.iter(), tail.iter());
        first
    }
}

impl Default for StoredCells<'_> {
    fn default() -> Self {
        Self { run: &[], stride: 1, rows: 0..0, sparse: [].iter() }
    }
}

impl Iterator for StoredCells<'_> {
    type Item = (usize, Span);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match self.run.first() {
            Some(&value) => {
                let row = self.rows.start;
                self.rows.start += 1;
                self.run = self.run.get(self.stride..).unwrap_or_default();
                Some((row, value))
            }
            None => self.sparse.next().map(|cell| (to_usize(cell.row), cell.value)),
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.rows.len() + self.sparse.len();
        (len, Some(len))
    }

    /// A loop over the run, and one over the rest, instead of one that asks at each cell which of
    /// them it is in.
    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut f: F) -> B {
        // Two closures alike: one that both share would be called for each cell.
        let run = match self.stride {
            // Side by side, as in a list of column after column.
            1 => {
                let cells = self.rows.zip(self.run);
                cells.fold(init, |state, (row, &value)| f(state, (row, value)))
            }
            stride => {
                let cells = self.rows.zip(self.run.iter().step_by(stride));
                cells.fold(init, |state, (row, &value)| f(state, (row, value)))
            }
        };
        self.sparse.fold(run, |state, cell| f(state, (to_usize(cell.row), cell.value)))
    }
}

impl DoubleEndedIterator for StoredCells<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        if let Some(cell) = self.sparse.next_back() {
            return Some((to_usize(cell.row), cell.value));
        }
        let (&value, before) = self.run.split_last()?;
        // The run ends with a cell again.
        self.run = &before[..(before.len() + 1).saturating_sub(self.stride)];
        self.rows.end -= 1;
        Some((self.rows.end, value))
    }
}

impl ExactSizeIterator for StoredCells<'_> {}
