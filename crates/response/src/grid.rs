//! The cells of a table as spans.
//!
//! A column is a *run*, the rows 0, 1, 2, .. as long as they come in that order, and *strays*, the cells that skipped or went
//! back. All runs share one arena and all strays one list, so that memory is O(cells) whatever the row indices are, and a
//! table takes a constant number of allocations and their growth.
//!
//! In both layouts of a full table the cells lie in the arena in the order in which they came: a run's cells are as far from
//! each other as its first two, side by side or a row apart. A run for which that fails moves to a place of its own.

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::span::{Span, index, narrow};

/// One column while the text is read.
struct Run {
    name: Span,
    start: u32,
    len: u32,
    /// How far from each other its cells are in the arena.
    stride: u32,
    /// Slots of the arena that are kept for this run since it moved; those after `len` are unused.
    capacity: u32,
}

/// A cell that did not continue its column's run.
#[derive(Clone, Copy)]
struct Stray {
    column: u32,
    row: u32,
    value: Span,
}

/// A grid under construction. What [`finish`](Self::finish) leaves behind serves the next one.
#[derive(Default)]
pub(crate) struct GridBuilder {
    runs: Vec<Run>,
    grid: Grid,
    /// Memory for the runs without gaps between them.
    spare: Vec<Span>,
}

impl GridBuilder {
    /// Forgets all cells.
    pub(crate) fn clear(&mut self) {
        self.runs.clear();
        self.grid.columns.clear();
        self.grid.arena.clear();
        self.grid.strays.clear();
    }

    /// Takes the memory of a grid that is not needed any more.
    pub(crate) fn reclaim(&mut self, grid: Grid) {
        self.grid = grid;
        // While a text is read, its runs take more room than in the end.
        if self.spare.capacity() > self.grid.arena.capacity() {
            core::mem::swap(&mut self.spare, &mut self.grid.arena);
        }
    }

    pub(crate) fn add_column(&mut self, name: Span) {
        let start = narrow(self.grid.arena.len());
        self.runs.push(Run { name, start, len: 0, stride: 1, capacity: 0 });
    }

    /// Returns the name of a column as it was first spelled.
    pub(crate) fn name(&self, column: u32) -> Option<Span> {
        self.runs.get(index(column)).map(|run| run.name)
    }

    /// Returns the number of columns.
    pub(crate) fn width(&self) -> usize {
        self.runs.len()
    }

    /// Returns the row that would continue a column's run.
    pub(crate) fn next_row(&self, column: u32) -> u32 {
        self.runs[index(column)].len
    }

    /// Puts a cell into its column. `false`: that row of the column's run is taken already, and the earlier cell stays.
    ///
    /// Strays may turn out to be duplicates as well; [`finish`](Self::finish) finds them.
    pub(crate) fn place(&mut self, column: u32, row: u32, value: Span) -> bool {
        match row.cmp(&self.next_row(column)) {
            Ordering::Less => return false,
            Ordering::Equal => self.extend(column, value),
            Ordering::Greater => self.grid.strays.push(Stray { column, row, value }),
        }
        true
    }

    /// Puts a cell into the row that continues its column's run.
    #[inline]
    pub(crate) fn extend(&mut self, column: u32, value: Span) {
        let run = &mut self.runs[index(column)];
        let end = narrow(self.grid.arena.len());
        if run.len == 1 && run.capacity == 0 {
            run.stride = end - run.start;
        }
        let slot = run.start + run.len * run.stride;
        run.len += 1;
        if slot == end {
            self.grid.arena.push(value);
        } else if run.len <= run.capacity {
            self.grid.arena[index(slot)] = value;
        } else {
            self.move_behind(column, value);
        }
    }

    /// Moves a run to the end of the arena, with room to double; its last cell is new.
    #[cold]
    fn move_behind(&mut self, column: u32, value: Span) {
        let run = &mut self.runs[index(column)];
        let arena = &mut self.grid.arena;
        let start = narrow(arena.len());
        run.capacity = (run.len * 2).max(4);
        arena.reserve(index(run.capacity));
        for row in 0..run.len - 1 {
            arena.push(arena[index(run.start + row * run.stride)]);
        }
        arena.push(value);
        arena.resize(index(start + run.capacity), Span::default());
        (run.start, run.stride) = (start, 1);
    }

    /// Sorts the strays and settles which of two cells of the same place came first. `duplicate` is told the others.
    pub(crate) fn finish(&mut self, mut duplicate: impl FnMut(Span)) -> Grid {
        let mut grid = core::mem::take(&mut self.grid);
        // By place in the text last: the first of equals is the one that was given first.
        grid.strays.sort_unstable_by_key(|s| (s.column, s.row, s.value.start));
        let mut kept = None;
        grid.strays.retain(|stray| {
            let run = &self.runs[index(stray.column)];
            if stray.row < run.len {
                // The run reached this row after the stray was given: the earlier of the two holds.
                let cell = &mut grid.arena[index(run.start + stray.row * run.stride)];
                let later = if stray.value.start < cell.start {
                    core::mem::replace(cell, stray.value)
                } else {
                    stray.value
                };
                duplicate(later);
                return false;
            }
            let place = Some((stray.column, stray.row));
            let first = place != core::mem::replace(&mut kept, place);
            if !first {
                duplicate(stray.value);
            }
            first
        });

        // Runs that moved left gaps behind.
        let used = self.runs.iter().map(|run| index(run.len)).sum();
        if grid.arena.len() != used {
            self.spare.clear();
            self.spare.reserve_exact(used);
            for run in &mut self.runs {
                let start = narrow(self.spare.len());
                let cells = (0..run.len).map(|row| grid.arena[index(run.start + row * run.stride)]);
                self.spare.extend(cells);
                (run.start, run.stride) = (start, 1);
            }
            core::mem::swap(&mut self.spare, &mut grid.arena);
        }
        let mut end = 0;
        grid.columns.reserve_exact(self.runs.len());
        for (number, run) in self.runs.iter().enumerate() {
            let start = end;
            end += grid.strays[start..].iter().take_while(|s| index(s.column) == number).count();
            grid.columns.push(GridColumn {
                name: run.name,
                start: run.start,
                len: run.len,
                stride: run.stride,
                strays: narrow(start)..narrow(end),
                data: true,
            });
        }
        grid
    }
}

/// One column of a finished grid.
#[derive(Clone)]
pub(crate) struct GridColumn {
    pub(crate) name: Span,
    /// Rows 0, 1, 2, .. in the arena: the place of the first, how many there are, how far apart they are.
    start: u32,
    len: u32,
    stride: u32,
    /// The rows after the run, ascending, in the list of strays.
    strays: core::ops::Range<u32>,
    /// Whether the cells are rows of the table, and do not describe it.
    pub(crate) data: bool,
}

/// The finished cells, column by column.
#[derive(Clone, Default)]
pub(crate) struct Grid {
    pub(crate) columns: Vec<GridColumn>,
    arena: Vec<Span>,
    strays: Vec<Stray>,
}

impl Grid {
    fn run(
        &self,
        column: &GridColumn,
    ) -> impl DoubleEndedIterator<Item = Span> + ExactSizeIterator + Clone + use<'_> {
        let (start, stride) = (column.start, column.stride);
        let end = start + column.len.saturating_sub(1) * stride + column.len.min(1);
        self.arena[index(start)..index(end)].iter().step_by(index(stride)).copied()
    }

    fn strays(&self, column: &GridColumn) -> &[Stray] {
        &self.strays[index(column.strays.start)..index(column.strays.end)]
    }

    /// Returns the largest row of the column, plus one.
    pub(crate) fn height(&self, column: &GridColumn) -> usize {
        match self.strays(column).last() {
            Some(stray) => index(stray.row).saturating_add(1),
            None => index(column.len),
        }
    }

    pub(crate) fn cell(&self, column: &GridColumn, row: usize) -> Option<Span> {
        if row < index(column.len) {
            return Some(self.arena[index(column.start) + row * index(column.stride)]);
        }
        let strays = self.strays(column);
        let place = strays.binary_search_by_key(&row, |stray| index(stray.row)).ok()?;
        Some(strays[place].value)
    }

    /// Returns the cells of a column with their rows, ascending.
    pub(crate) fn cells<'g>(
        &'g self,
        column: &GridColumn,
    ) -> impl DoubleEndedIterator<Item = (usize, Span)> + Clone + use<'g> {
        self.run(column)
            .enumerate()
            .chain(self.strays(column).iter().map(|stray| (index(stray.row), stray.value)))
    }

    pub(crate) fn cell_count(&self, column: &GridColumn) -> usize {
        index(column.len) + column.strays.len()
    }
}
