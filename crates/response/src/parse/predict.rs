//! The fast path: cells that continue their column exactly as predicted.
//!
//! **Invariant.** It only recognises. A line is consumed if, and only if, it equals a line of the
//! same column byte for byte, except for the index, which is that of the next row without a leading
//! zero, and the value, which needs no trimming. [`LineKind::parse`](crate::LineKind) would read
//! the same cell from it, and [`CellStoreBuilder::place`] would put it at the end of its column's
//! run. Everything else is left to them: they alone decide what is legal.
//!
//! In either layout of a table most lines are predictable: column by column, the next cell is of
//! the same column; row by row, it is of the column that came after this one in the row above.
//!
//! What is expected of a column is only learned when a line comes that may be it. Of many columns
//! with a row each it never is, and that would be most of what a new column costs.

use alloc::vec::Vec;

use cnic_text::to_usize;

use crate::index::cells::CellStoreBuilder;
use crate::index::grow;
use crate::line::property::CommonCell;
use crate::parse::expected::{Consumed, Expected};
use crate::span::narrow;

/// What is expected of the next lines.
#[derive(Default)]
pub(crate) struct Predictor {
    columns: Vec<Column>,
    /// What is expected of columns that were met again: of many it never is.
    expected: Vec<Expected>,
    /// The column of the latest cell.
    latest: u32,
}

struct Column {
    /// The column whose cell came after the latest one of this column.
    next_column: u32,
    /// What the expected cell is to be learned from, if that was not done yet.
    model: Option<Model>,
}

/// A cell that continued the run of its column.
#[derive(Clone, Copy)]
struct Model {
    row: u32,
    /// Where its line begins.
    line: u32,
    /// How many bytes precede the index, and how many the value.
    prefix: u32,
    key_len: u32,
}

impl Model {
    /// Returns whether the line at `at` may begin as this one does, up to the index.
    #[inline]
    fn is_followed_by(&self, bytes: &[u8], at: u32) -> bool {
        // Their ends are compared, since names of columns that follow each other often begin alike.
        // Where only the case differs, that is mostly within sixteen bytes.
        self.has_same::<8>(bytes, at) && (self.prefix < 16 || self.has_same::<16>(bytes, at))
    }

    /// Returns whether the `N` bytes before the index are the same in the line at `at`.
    #[inline]
    fn has_same<const N: usize>(&self, bytes: &[u8], at: u32) -> bool {
        let end = |line| -> Option<&[u8; N]> {
            bytes.get(to_usize(line) + to_usize(self.prefix) - N..)?.first_chunk()
        };
        end(self.line).is_some_and(|known| end(at) == Some(known))
    }
}

impl Predictor {
    /// Forgets all columns.
    pub(crate) fn clear(&mut self) {
        self.columns.clear();
        self.expected.clear();
        self.latest = 0;
    }

    /// Makes room for a few columns.
    pub(crate) fn reserve(&mut self, columns: usize) {
        self.columns.reserve(columns);
    }

    /// Returns the column that the next cell is expected in.
    #[inline]
    pub(crate) fn column(&self) -> u32 {
        self.columns.get(to_usize(self.latest)).map_or(0, |latest| latest.next_column)
    }

    /// Returns whether the line at `at` may be the expected one of a column, which is learned if
    /// that was not done yet.
    #[inline]
    pub(crate) fn is_expected(&mut self, column: u32, bytes: &[u8], at: u32) -> bool {
        match self.columns.get(to_usize(column)) {
            Some(Column { model: None, .. }) => self
                .expected
                .get(to_usize(column))
                .is_some_and(|expected| expected.row > 0 && expected.has_tail(bytes, at)),
            Some(Column { model: Some(model), .. }) => {
                model.is_followed_by(bytes, at) && self.learn(column, bytes)
            }
            None => false,
        }
    }

    /// Learns what is expected of a column. `false`: nothing is.
    #[inline(never)]
    fn learn(&mut self, column: u32, bytes: &[u8]) -> bool {
        let number = to_usize(column);
        let Some(model) = self.columns[number].model.take() else { return false };
        let Model { row, line, prefix, key_len } = model;
        let line = &bytes[to_usize(line)..];
        let learned = Expected::after_cell(row, line, to_usize(prefix), to_usize(key_len));
        let is_expected = learned.is_some();
        let expected = learned.unwrap_or(Expected::nothing());
        if number == self.expected.len() {
            grow(&mut self.expected);
            self.expected.push(expected);
        } else {
            if number > self.expected.len() {
                self.expected.resize_with(number + 1, Expected::nothing);
            }
            self.expected[number] = expected;
        }
        is_expected
    }

    /// Learns that the latest cell was of `column`.
    #[inline]
    pub(crate) fn follow(&mut self, column: u32) {
        if to_usize(column) == self.columns.len() {
            // Until another column follows, expect more of this one.
            grow(&mut self.columns);
            self.columns.push(Column { next_column: column, model: None });
        }
        // What came last is all that is remembered. A table repeats it from its second row on, and
        // a wrong guess costs no more than the comparison of eight bytes.
        if let Some(latest) = self.columns.get_mut(to_usize(self.latest)) {
            latest.next_column = column;
        }
        self.latest = column;
    }

    /// Expects what would continue the run of the latest column further than a cell that did, whose
    /// line is at `line`. What that is it learns only if a line begins alike.
    #[inline]
    pub(crate) fn expect_after(&mut self, line: u32, cell: &CommonCell) {
        self.columns[to_usize(self.latest)].model = Some(Model {
            row: cell.row,
            line,
            prefix: cell.column.end + narrow("][".len()) - line,
            key_len: cell.value.start - line,
        });
    }

    /// Takes cells off a text from `at` on, for as long as each is the expected one: at most
    /// `max_cells` of them, and none in a row above `last_row`.
    #[inline(never)]
    pub(crate) fn consume(
        &mut self,
        bytes: &[u8],
        at: u32,
        store: &mut CellStoreBuilder,
        max_cells: u32,
        last_row: u32,
    ) -> Consumed {
        let (mut line, mut end, mut cells) = (at, at, 0);
        let mut number = self.column();
        while cells < max_cells && self.is_expected(number, bytes, end) {
            let expected = &mut self.expected[to_usize(number)];
            if expected.row > last_row {
                break;
            }
            if number < self.latest && cells > 0 {
                // Row by row, many more whole rows are to come. To see whether they can be taken
                // all their columns are looked at, so not before each line that is no cell.
                let taken = self.take_whole_rows(bytes, end, store, max_cells - cells, last_row);
                if let Some(taken) = taken {
                    (line, end) = (taken.line, taken.end);
                    cells += taken.cells;
                    number = self.column();
                    continue;
                }
            }
            let column = &self.columns[to_usize(number)];
            let expected = &mut self.expected[to_usize(number)];
            // `expected.row` is the row that continues the run: it was learned from a cell that did
            // so, and both count up together. So a cell that is recognised is stored without a
            // look-up of its column or a comparison of its row.
            let (run, arena) = store.run_mut(number);
            if column.next_column == number && run.ends_the_arena(arena) {
                // Column by column, many more cells of this one are to come.
                let rows = (last_row - expected.row).saturating_add(1);
                let taken = expected.take_rows(bytes, end, rows.min(max_cells - cells), arena);
                if taken.cells == 0 {
                    break;
                }
                run.grow(taken.cells);
                (line, end) = (taken.line, taken.end);
                cells += taken.cells;
            } else {
                let Some((value, next)) = expected.recognise(bytes, end) else { break };
                run.extend(arena, value);
                (line, end) = (end, next);
                cells += 1;
                expected.advance();
            }
            self.latest = number;
            number = column.next_column;
        }
        Consumed { line, end, cells }
    }

    /// Takes rows from the column on that is expected to the latest one, in which each column comes
    /// after the one before. `None`: there are none.
    #[inline(never)]
    fn take_whole_rows(
        &mut self,
        bytes: &[u8],
        at: u32,
        store: &mut CellStoreBuilder,
        max_cells: u32,
        last_row: u32,
    ) -> Option<Consumed> {
        let first = self.column();
        let range = to_usize(first)..to_usize(self.latest) + 1;
        let columns = &self.columns[range.clone()];
        let expected = self.expected.get_mut(range.clone())?;
        let width = self.latest - first + 1;
        let mut columns = columns.iter().zip(&*expected).zip(first + 1..);
        let are_in_order = columns.all(|((column, expected), next)| {
            #[cfg(test)]
            crate::test_steps::count();
            let is_followed = column.next_column == next || next > self.latest;
            is_followed && column.model.is_none() && expected.is_short()
        });
        if !are_in_order {
            return None;
        }
        // None of the columns is to go beyond the last row.
        let highest = expected.iter().map(|expected| expected.row).max()?;
        let rows = (max_cells / width).min(last_row.checked_sub(highest)?.saturating_add(1));
        let (runs, arena) = store.rows_mut(range)?;
        let (mut line, mut end, mut cells) = (at, at, 0_u32);
        'rows: for _ in 0..rows {
            for expected in &mut *expected {
                let Some((value, next)) = expected.recognise_by::<1>(bytes, end) else {
                    break 'rows;
                };
                arena.push(value);
                expected.advance();
                (line, end) = (end, next);
                cells += 1;
            }
        }
        self.latest = first + cells.checked_sub(1)? % width;
        for (run, place) in runs.iter_mut().zip(0..) {
            run.grow((cells + width - 1 - place) / width);
        }
        Some(Consumed { line, end, cells })
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;

    use cnic_text::Span;

    use super::*;
    use crate::parse::expected::WINDOW;

    /// How many of the cells are taken off the text, after a first line that is read.
    fn taken(first: &str, rest: &str, max_cells: u32, last_row: u32) -> u32 {
        let text = format!("{first}\n{rest}{:<80}", "\n");
        let mut store = CellStoreBuilder::default();
        store.add_column(Span::default());
        assert!(store.place(0, 0, Span::default()).is_eq());
        let mut predictor = Predictor::default();
        predictor.follow(0);
        predictor.expected.push(Expected::after(first, 0).expect("a key"));
        let at = narrow(first.len() + 1);
        let Consumed { line, end, cells } =
            predictor.consume(text.as_bytes(), at, &mut store, max_cells, last_row);
        assert_eq!(store.next_row(0), 1 + cells);
        let lines = text[..to_usize(end)].matches('\n').count();
        assert_eq!(lines, 1 + to_usize(cells));
        assert_eq!(cells > 0, line < end);
        cells
    }

    #[test]
    fn the_next_rows_of_a_column_are_taken() {
        let rows: String = (1..=1234).map(|n| format!("property[a][{n}] = {n}\n")).collect();
        assert_eq!(taken("property[a][0] = x", &rows, 5000, 9_999_999), 1234);
        assert_eq!(taken("property[a][0] = x", &rows, 10, 9_999_999), 10);
        assert_eq!(taken("property[a][0] = x", &rows, 5000, 99), 99);
        let crlf = rows.replace('\n', "\r\n");
        assert_eq!(taken("property[a][0] = x", &crlf, 5000, 9_999_999), 1234);
    }

    #[test]
    fn whatever_is_different_is_left() {
        for line in [
            "property[a][2] = x",
            "property[a][01] = x",
            "property[a][10] = x",
            "property[b][1] = x",
            "Property[a][1] = x",
            " property[a][1] = x",
            "property[a][1]= x",
            "property[a][1] =",
            "property[a][1] =  x",
            "property[a][1] = \tx",
            "property[a][1] = x ",
            "property[a][1] = x\t\r",
            "property[a][1] = x\r\r",
            "property[a][1] = \r\r",
        ] {
            assert_eq!(taken("property[a][0] = x", &format!("{line}\n"), 9, 9), 0, "{line:?}");
        }
        for line in ["property[a][1] = x", "property[a][1] = ", "property[a][1] = \u{a0}\r"] {
            assert_eq!(taken("property[a][0] = x", &format!("{line}\n"), 9, 9), 1, "{line:?}");
        }
        let long = format!("property[a][1] = {}\n", "x".repeat(100));
        assert_eq!(taken("property[a][0] = x", &long, 9, 9), 1, "a long value");
    }

    #[test]
    fn every_byte_of_a_key_counts() {
        for length in 0..WINDOW - "property[][0] = ".len() {
            let first = format!("property[{}][0] = ", "n".repeat(length));
            let next = first.replace("[0]", "[1]");
            assert_eq!(taken(&first, &next, 9, 9), 1, "{next}");
            for place in 0..next.len() {
                let mut other = next.clone();
                other.replace_range(place..=place, "~");
                assert_eq!(taken(&first, &other, 9, 9), 0, "{other}");
            }
        }
    }

    /// Each line that is read by itself is a step at least.
    #[test]
    fn a_list_is_not_read_line_by_line() {
        const ROWS: u32 = 2000;
        let cell = |column: &str, row: u32| {
            // One that is spelled in another way, and what is learnt from the next one has two
            // digits.
            let property = if row == 37 { "PROPERTY" } else { "property" };
            format!("{property}[{column}][{row}] = {column}{row}\n")
        };
        let columns = ["domain", "status", "zone"];
        let by_columns = columns.iter().flat_map(|column| (0..ROWS).map(|row| cell(column, row)));
        let by_rows = (0..ROWS).flat_map(|row| columns.map(|column| cell(column, row)));
        for cells in [by_columns.collect::<String>(), by_rows.collect()] {
            let text = format!("[RESPONSE]\ncode = 200\ndescription = x\n{cells}EOF\n");
            let steps = crate::test_steps::of(|| {
                let response = crate::Response::parse(&*text).expect("a response");
                assert_eq!(response.table().row_count(), to_usize(ROWS));
            });
            assert!(steps < u64::from(ROWS / 10), "{steps} steps");
        }
    }

    /// Columns by turns of which the first is a row ahead of the other.
    #[test]
    fn whole_rows_end_before_the_first_of_their_columns_is_above_the_limit() {
        const LAST: usize = 20;
        let cell = |column: &str, row: usize| format!("property[{column}][{row}] = x\n");
        let rows: String = (0..30).map(|row| cell("a", row + 1) + &cell("b", row)).collect();
        let before = [cell("c", 0), cell("a", 0), cell("c", 1)].concat();
        let limits = crate::Limits::DEFAULT.row(cnic_text::to_u32(LAST));
        let text = format!("code = 200\n{before}{rows}");
        let error = crate::Parser::new().limits(limits).parse(&*text).expect_err("a row too many");
        assert_eq!(error.kind(), crate::ErrorKind::RowLimit);
        assert_eq!(text.lines().nth(error.position().line() - 1), Some("property[a][21] = x"));
    }

    /// Lines that end as the first key of the next row does, and are no cells.
    #[test]
    fn other_lines_between_rows_cost_no_look_at_all_columns() {
        const WIDTH: u32 = 300;
        const LINES: u32 = 3000;
        let row = |row: u32| -> String {
            (0..WIDTH).map(|column| format!("property[c{column}][{row}] = x\n")).collect()
        };
        let rows: String = (0..3).map(row).collect();
        let other = "Xroperty[c0][3] = x\n".repeat(to_usize(LINES));
        let text = format!("code = 200\n{rows}{other}");
        let steps = crate::test_steps::of(|| {
            let response = crate::Response::parse(&*text).expect("a response");
            assert_eq!(response.columns().count(), to_usize(WIDTH));
        });
        assert!(steps < u64::from(20 * (3 * WIDTH + LINES)), "{steps} steps");
    }
}
