//! The cells of a table as spans.
//!
//! A column is a *run*, the rows 0, 1, 2, .. as long as they come in that order, and *sparse
//! cells*, the cells that skipped or went back. All runs share one arena and all sparse cells one
//! list, so that memory is O(cells) whatever the row indices are, and a table takes a constant
//! number of allocations and their growth.
//!
//! In both layouts of a full table the cells lie in the arena in the order in which they came: a
//! run's cells are as far from each other as its first two, side by side or a row apart. A run for
//! which that fails moves to a place of its own.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::ops::Range;

use cnic_text::{Span, to_usize};

use crate::index::grow;
use crate::index::sparse::{Sorter, SparseCell};
use crate::index::stored_cells::StoredCells;
use crate::span::narrow;

/// One column while the text is read.
pub(crate) struct Run {
    name: Span,
    start: u32,
    len: u32,
    /// How far from each other its cells are in the arena, and where the next one belongs.
    stride: u32,
    next: u32,
    /// Slots of the arena that are kept for this run since it moved; those after `len` are unused.
    capacity: u32,
}

impl Run {
    /// Puts a cell into the row that continues the run.
    #[inline]
    pub(crate) fn extend(&mut self, arena: &mut Vec<Span>, value: Span) {
        if to_usize(self.next) == arena.len() {
            arena.push(value);
        } else {
            self.extend_inside(arena, value);
        }
        self.len += 1;
        self.next += self.stride;
    }

    /// Returns whether cells that are pushed onto the arena continue the run, once they are counted
    /// by [`grow`](Self::grow).
    pub(crate) fn ends_the_arena(&self, arena: &[Span]) -> bool {
        self.stride == 1 && to_usize(self.next) == arena.len()
    }

    /// Counts cells that were pushed onto the arena.
    pub(crate) fn grow(&mut self, cells: u32) {
        self.len += cells;
        self.next += cells * self.stride;
    }

    /// Keeps the earlier of two cells of the same place, and returns the later one. In the run the
    /// earlier may be `cell`, since the run can reach a row after a sparse cell of it was given.
    #[cold]
    #[inline(never)]
    fn keep_earlier(&self, arena: &mut [Span], mut cell: SparseCell) -> SparseCell {
        if cell.row < self.len {
            let held = &mut arena[to_usize(self.start + cell.row * self.stride)];
            if cell.value.start < held.start {
                core::mem::swap(held, &mut cell.value);
            }
        }
        cell
    }

    /// Puts the next cell where the end of the arena is not, or moves to where it is.
    #[inline(never)]
    fn extend_inside(&mut self, arena: &mut Vec<Span>, value: Span) {
        if self.len < self.capacity {
            arena[to_usize(self.next)] = value;
            return;
        }
        let end = narrow(arena.len());
        if self.len == 1 && self.capacity == 0 {
            // The second cell shows how far apart they are.
            (self.stride, self.next) = (end - self.start, end);
            arena.push(value);
            return;
        }
        // Move to the end of the arena, with room to double.
        self.capacity = (self.len * 2).max(4);
        arena.reserve(to_usize(self.capacity));
        for row in 0..self.len {
            arena.push(arena[to_usize(self.start + row * self.stride)]);
        }
        arena.resize(to_usize(end + self.capacity), Span::default());
        (self.start, self.stride, self.next) = (end, 1, end + self.len);
        arena[to_usize(self.next)] = value;
    }
}

/// A store under construction. What [`finish`](Self::finish) leaves behind serves the next one.
#[derive(Default)]
pub(crate) struct CellStoreBuilder {
    runs: Vec<Run>,
    store: CellStore,
    /// Memory for the runs without gaps between them.
    spare: Vec<Span>,
    sorter: Sorter,
}

impl CellStoreBuilder {
    /// Forgets all cells.
    pub(crate) fn clear(&mut self) {
        self.runs.clear();
        self.store.columns.clear();
        self.store.arena.clear();
        self.store.sparse.clear();
        self.store.repeated.clear();
    }

    /// Takes the memory of a store that is not needed any more.
    pub(crate) fn reclaim(&mut self, store: CellStore) {
        self.store = store;
        // While a text is read, its runs take more room than in the end.
        if self.spare.capacity() > self.store.arena.capacity() {
            core::mem::swap(&mut self.spare, &mut self.store.arena);
        }
    }

    /// Makes room for a few columns and so many cells, so that a small response takes one
    /// allocation for each of them.
    pub(crate) fn reserve(&mut self, columns: usize, cells: usize) {
        self.runs.reserve(columns);
        self.store.arena.reserve(cells);
    }

    pub(crate) fn add_column(&mut self, name: Span) {
        let start = narrow(self.store.arena.len());
        grow(&mut self.runs);
        self.runs.push(Run { name, start, len: 0, stride: 1, next: start, capacity: 0 });
    }

    /// Returns the name of a column as it was first spelled.
    pub(crate) fn name(&self, column: u32) -> Option<Span> {
        self.runs.get(to_usize(column)).map(|run| run.name)
    }

    /// Returns the number of columns.
    pub(crate) fn width(&self) -> usize {
        self.runs.len()
    }

    /// Returns the row that would continue a column's run.
    #[cfg(test)]
    pub(crate) fn next_row(&self, column: u32) -> u32 {
        self.runs[to_usize(column)].len
    }

    /// Puts a cell into its column. Returns how its row compares with the one that continues the
    /// column's run: at `Equal` it did. At `Less` that row is taken already; the earlier cell stays,
    /// and this one is kept among the repeated ones.
    ///
    /// Strays, at `Greater`, may turn out to be duplicates as well; [`finish`](Self::finish) finds
    /// them.
    #[inline(always)]
    pub(crate) fn place(&mut self, column: u32, row: u32, value: Span) -> Ordering {
        let run = &mut self.runs[to_usize(column)];
        let order = row.cmp(&run.len);
        match order {
            Ordering::Less => self.store.repeated.push(SparseCell { column, row, value }),
            Ordering::Equal => run.extend(&mut self.store.arena, value),
            Ordering::Greater => self.store.sparse.push(SparseCell { column, row, value }),
        }
        order
    }

    /// Returns the run of a column, and the arena in which it lies.
    pub(crate) fn run_mut(&mut self, column: u32) -> (&mut Run, &mut Vec<Span>) {
        (&mut self.runs[to_usize(column)], &mut self.store.arena)
    }

    /// Returns the runs of columns, and the arena, if rows of these columns that are pushed onto the
    /// arena continue the runs, once they are counted by [`Run::grow`].
    pub(crate) fn rows_mut(
        &mut self,
        columns: Range<usize>,
    ) -> Option<(&mut [Run], &mut Vec<Span>)> {
        let width = columns.len();
        let (runs, arena) = (&mut self.runs[columns], &mut self.store.arena);
        let mut places = runs.iter().zip(arena.len()..);
        let are_rows =
            places.all(|(run, place)| to_usize(run.stride) == width && to_usize(run.next) == place);
        are_rows.then_some((runs, arena))
    }

    /// Sorts the sparse cells and settles which of two cells of the same place came first.
    /// `duplicate` is called with the others, which are kept among the repeated ones.
    pub(crate) fn finish(&mut self, mut duplicate: impl FnMut(Span)) -> CellStore {
        let mut store = core::mem::take(&mut self.store);
        self.sorter.sort(&mut store.sparse, self.runs.len());
        // Repeated cells are rare, and to see that there are none is a short loop.
        if store.sparse.chunk_by(|a, b| a.column == b.column).any(|cells| {
            let len = self.runs[to_usize(cells[0].column)].len;
            cells[0].row < len || !cells.is_sorted_by(|a, b| a.row < b.row)
        }) {
            let mut kept = None;
            store.sparse.retain(|&cell| {
                let run = &self.runs[to_usize(cell.column)];
                let place = Some((cell.column, cell.row));
                if cell.row >= run.len && place != core::mem::replace(&mut kept, place) {
                    return true;
                }
                let later = run.keep_earlier(&mut store.arena, cell);
                store.repeated.push(later);
                duplicate(later.value);
                false
            });
            store.repeated.sort_unstable_by_key(|cell| cell.value.start);
        }

        // Runs that moved left gaps behind.
        let used = self.runs.iter().map(|run| to_usize(run.len)).sum();
        if store.arena.len() != used {
            self.spare.clear();
            self.spare.reserve_exact(used);
            for run in &mut self.runs {
                let start = narrow(self.spare.len());
                let cells =
                    (0..run.len).map(|row| store.arena[to_usize(run.start + row * run.stride)]);
                self.spare.extend(cells);
                (run.start, run.stride) = (start, 1);
            }
            core::mem::swap(&mut self.spare, &mut store.arena);
        }
        let mut end = 0;
        store.columns.reserve_exact(self.runs.len());
        for (number, run) in self.runs.iter().enumerate() {
            let start = end;
            end +=
                store.sparse[start..].iter().take_while(|s| to_usize(s.column) == number).count();
            store.columns.push(StoredColumn {
                name: run.name,
                start: run.start,
                len: run.len,
                stride: run.stride,
                sparse: narrow(start)..narrow(end),
                role: Role::Data,
            });
        }
        store
    }
}

/// One column of a finished store.
#[derive(Clone)]
pub(crate) struct StoredColumn {
    pub(crate) name: Span,
    /// Rows 0, 1, 2, .. in the arena: the place of the first, how many there are, how far apart
    /// they are.
    start: u32,
    len: u32,
    stride: u32,
    /// The rows after the run, ascending, in the list of sparse cells.
    sparse: Range<u32>,
    pub(crate) role: Role,
}

/// What the cells of a column are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Rows of the table.
    Data,
    /// The window of the list, or the names of its columns.
    Paging,
    /// A value of the list as a whole, such as a sum.
    Value,
}

/// The finished cells, column by column.
#[derive(Clone, Default)]
pub(crate) struct CellStore {
    pub(crate) columns: Vec<StoredColumn>,
    arena: Vec<Span>,
    sparse: Vec<SparseCell>,
    /// The cells whose place had one before, in order of the text.
    pub(crate) repeated: Vec<SparseCell>,
}

impl CellStore {
    fn sparse(&self, column: &StoredColumn) -> &[SparseCell] {
        &self.sparse[to_usize(column.sparse.start)..to_usize(column.sparse.end)]
    }

    /// Returns the largest row of the column, plus one. Every row fits, see `Limits::fits_row`.
    pub(crate) fn height(&self, column: &StoredColumn) -> usize {
        match self.sparse(column).last() {
            Some(cell) => to_usize(cell.row) + 1,
            None => to_usize(column.len),
        }
    }

    #[inline]
    pub(crate) fn cell(&self, column: &StoredColumn, row: usize) -> Option<Span> {
        self.by_row(column).get(row)
    }

    /// Returns the cells of a column for look-ups by row.
    #[inline]
    pub(crate) fn by_row(&self, column: &StoredColumn) -> CellsByRow<'_> {
        let (start, stride) = (column.start, column.stride);
        let end = start + column.len.saturating_sub(1) * stride + column.len.min(1);
        CellsByRow {
            run: &self.arena[to_usize(start)..to_usize(end)],
            stride: to_usize(stride),
            sparse: self.sparse(column),
        }
    }

    /// Returns the cells of a column with their rows, ascending.
    pub(crate) fn cells(&self, column: &StoredColumn) -> StoredCells<'_> {
        let CellsByRow { run, stride, sparse } = self.by_row(column);
        StoredCells::new(run, stride, to_usize(column.len), sparse)
    }

    pub(crate) fn cell_count(&self, column: &StoredColumn) -> usize {
        to_usize(column.len) + column.sparse.len()
    }
}

/// The cells of a column, to be looked up by row.
#[derive(Clone, Copy)]
pub(crate) struct CellsByRow<'g> {
    /// The arena from the run's first cell to its last.
    run: &'g [Span],
    stride: usize,
    sparse: &'g [SparseCell],
}

impl CellsByRow<'_> {
    #[inline]
    pub(crate) fn get(self, row: usize) -> Option<Span> {
        // The slice ends with the run, so that no row after the run has a place in it.
        match row.checked_mul(self.stride).and_then(|place| self.run.get(place)) {
            Some(&value) => Some(value),
            None => self.get_sparse(row),
        }
    }

    /// Returns how many rows from the first on have a cell.
    #[cfg(feature = "serde")]
    pub(crate) fn run_len(self) -> usize {
        self.run.len().div_ceil(self.stride)
    }

    /// Returns the cell of a row below [`run_len`](Self::run_len).
    #[cfg(feature = "serde")]
    #[inline]
    pub(crate) fn get_in_run(self, row: usize) -> Span {
        self.run[row * self.stride]
    }

    #[inline(never)]
    fn get_sparse(self, row: usize) -> Option<Span> {
        let place = self.sparse.binary_search_by_key(&row, |cell| to_usize(cell.row)).ok()?;
        Some(self.sparse[place].value)
    }
}
