//! The cells of a table as spans.
//!
//! A column is a *run*, the rows 0, 1, 2, .. as long as they come in that order, and *strays*, the cells that skipped or went
//! back. All runs share one arena and all strays one list, so that memory is O(cells) whatever the row indices are, and a
//! table takes a constant number of allocations and their growth.

use alloc::vec::Vec;

use crate::span::{Span, index};

/// Narrows a number of cells; every cell takes 14 bytes of a text of at most 4 GiB.
fn narrow(n: usize) -> u32 {
    u32::try_from(n).expect("a text of 4 GiB has fewer cells")
}

/// One column while the text is read.
struct Growing {
    name: Span,
    start: u32,
    len: u32,
    /// Slots of the arena that belong to this run; the ones after `len` are unused.
    capacity: u32,
}

/// A cell that did not continue its column's run.
#[derive(Clone, Copy)]
struct Stray {
    column: u32,
    row: u32,
    value: Span,
}

/// A grid under construction.
#[derive(Default)]
pub(crate) struct GridBuilder {
    columns: Vec<Growing>,
    arena: Vec<Span>,
    strays: Vec<Stray>,
}

impl GridBuilder {
    pub(crate) fn add_column(&mut self, name: Span) {
        let start = narrow(self.arena.len());
        self.columns.push(Growing { name, start, len: 0, capacity: 0 });
    }

    /// Puts a cell into its column. `false`: that row of the column's run is taken already, and the earlier cell stays.
    ///
    /// Strays may turn out to be duplicates as well; [`finish`](Self::finish) finds them.
    pub(crate) fn place(&mut self, column: u32, row: u32, value: Span) -> bool {
        let run = &mut self.columns[index(column)];
        if row < run.len {
            return false;
        }
        if row > run.len {
            self.strays.push(Stray { column, row, value });
            return true;
        }
        if run.len == run.capacity {
            let arena_end = narrow(self.arena.len());
            if run.start + run.capacity == arena_end {
                self.arena.push(value);
                run.capacity += 1;
                run.len += 1;
                return true;
            }
            // Another run follows: move behind it, with room to double.
            let old = index(run.start)..index(run.start + run.len);
            run.start = arena_end;
            run.capacity = (run.len * 2).max(4);
            self.arena.extend_from_within(old);
            self.arena.resize(index(run.start + run.capacity), Span::default());
        }
        self.arena[index(run.start + run.len)] = value;
        run.len += 1;
        true
    }

    /// Sorts the strays and settles which of two cells of the same place came first. `duplicate` is told the others.
    pub(crate) fn finish(mut self, mut duplicate: impl FnMut(Span)) -> Grid {
        // By place in the text last: the first of equals is the one that was given first.
        self.strays.sort_unstable_by_key(|s| (s.column, s.row, s.value.start));
        let Self { columns: runs, mut arena, mut strays } = self;
        let mut kept = None;
        strays.retain(|stray| {
            let run = &runs[index(stray.column)];
            if stray.row < run.len {
                // The run reached this row after the stray was given: the earlier of the two holds.
                let cell = &mut arena[index(run.start + stray.row)];
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
        let used = runs.iter().map(|run| index(run.len)).sum();
        let mut gapless = (arena.len() != used).then(|| Vec::with_capacity(used));
        let mut columns = Vec::with_capacity(runs.len());
        let mut end = 0;
        for (number, run) in runs.iter().enumerate() {
            let mut cells = run.start..run.start + run.len;
            if let Some(gapless) = &mut gapless {
                let start = narrow(gapless.len());
                gapless.extend_from_slice(&arena[index(cells.start)..index(cells.end)]);
                cells = start..start + run.len;
            }
            let start = end;
            end += strays[start..].iter().take_while(|s| index(s.column) == number).count();
            let strays = narrow(start)..narrow(end);
            columns.push(GridColumn { name: run.name, run: cells, strays, data: true });
        }
        Grid { columns, arena: gapless.unwrap_or(arena), strays }
    }
}

/// One column of a finished grid.
#[derive(Clone)]
pub(crate) struct GridColumn {
    pub(crate) name: Span,
    /// Rows 0, 1, 2, .. in the arena.
    run: core::ops::Range<u32>,
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
    fn run(&self, column: &GridColumn) -> &[Span] {
        &self.arena[index(column.run.start)..index(column.run.end)]
    }

    fn strays(&self, column: &GridColumn) -> &[Stray] {
        &self.strays[index(column.strays.start)..index(column.strays.end)]
    }

    /// Returns the largest row of the column, plus one.
    pub(crate) fn height(&self, column: &GridColumn) -> usize {
        match self.strays(column).last() {
            Some(stray) => index(stray.row).saturating_add(1),
            None => column.run.len(),
        }
    }

    pub(crate) fn cell(&self, column: &GridColumn, row: usize) -> Option<Span> {
        self.run(column).get(row).copied().or_else(|| {
            let strays = self.strays(column);
            let place = strays.binary_search_by_key(&row, |stray| index(stray.row)).ok()?;
            Some(strays[place].value)
        })
    }

    /// Returns the cells of a column with their rows, ascending.
    pub(crate) fn cells<'g>(
        &'g self,
        column: &GridColumn,
    ) -> impl DoubleEndedIterator<Item = (usize, Span)> + Clone + use<'g> {
        let run = self.run(column).iter().copied().enumerate();
        run.chain(self.strays(column).iter().map(|stray| (index(stray.row), stray.value)))
    }

    pub(crate) fn cell_count(&self, column: &GridColumn) -> usize {
        column.run.len() + column.strays.len()
    }
}
