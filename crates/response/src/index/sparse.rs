//! The cells that did not continue the run of their column.

use alloc::vec::Vec;
use core::mem::{replace, swap};

use cnic_text::{Span, to_usize};

/// A cell that did not continue its column's run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SparseCell {
    pub(crate) column: u32,
    pub(crate) row: u32,
    pub(crate) value: Span,
}

/// Puts sparse cells in order. It is the memory that this takes.
#[derive(Default)]
pub(crate) struct Sorter {
    /// The cells in the order of the text.
    unsorted: Vec<SparseCell>,
    /// Where the next cell of each column belongs.
    places: Vec<u32>,
}

impl Sorter {
    /// Sorts cells, which are in the order of the text, by column, row and place in the text: the
    /// first of equals is the one that was given first.
    ///
    /// Each is put behind those of its column. The rows of a column mostly rise or fall then, which
    /// takes a pass to see or to turn round; only rows that do neither are compared until they are
    /// in order.
    pub(crate) fn sort(&mut self, cells: &mut Vec<SparseCell>, columns: usize) {
        if !cells.is_sorted_by_key(|cell| cell.column) {
            self.part_by_column(cells, columns);
        }
        for column in cells.chunk_by_mut(|a, b| a.column == b.column) {
            if !column.is_sorted_by_key(|cell| cell.row) {
                column.sort_unstable_by_key(|cell| (cell.row, cell.value.start));
            }
        }
    }

    fn part_by_column(&mut self, cells: &mut Vec<SparseCell>, columns: usize) {
        let Self { unsorted, places } = self;
        places.clear();
        places.resize(columns, 0);
        for cell in &*cells {
            places[to_usize(cell.column)] += 1;
        }
        let mut start = 0;
        for place in &mut *places {
            start += replace(place, start);
        }
        swap(unsorted, cells);
        cells.clear();
        cells.resize(unsorted.len(), SparseCell::default());
        for cell in unsorted {
            let place = &mut places[to_usize(cell.column)];
            cells[to_usize(*place)] = *cell;
            *place += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Few and many cells, by turns and not, whose rows rise, fall, or do neither, with equals.
    #[test]
    fn cells_are_sorted_by_column_row_and_place() {
        let mut sorter = Sorter::default();
        for len in (0..8).chain([100, 1000]) {
            for (columns, step, rows) in [(1, 1, 9), (1, 999, 1000), (3, 1, 1001), (4, 7, 11)] {
                let cell = |n: u32| {
                    let value = Span { start: n, end: n };
                    SparseCell { column: (n * n) % columns, row: n * step % rows, value }
                };
                let mut cells: Vec<_> = (0..len).map(cell).collect();
                let mut expected = cells.clone();
                expected.sort_by_key(|cell| (cell.column, cell.row, cell.value.start));
                sorter.sort(&mut cells, to_usize(columns));
                assert_eq!(cells, expected, "{len} cells of {columns} columns");
            }
        }
    }
}
