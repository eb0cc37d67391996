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
//! # Why it is fast
//!
//! The line is compared with the expected key in looks of 32 bytes, each a vector instruction or
//! two; `ignore_mask` excludes the tail and the bytes after the key. The tail, the last eight bytes
//! of the key, is kept as one number, so that the next row is an addition of `digit_step`. The
//! bytes in `text` are only touched when a carry leaves the tail. `steps_to_carry` counts down to
//! the next carry, so that no digit is looked at before.

use alloc::vec::Vec;

use cnic_text::simd::{WIDTH, eq_mask, find_byte};
use cnic_text::{Span, to_usize};

use crate::index::cells::CellStoreBuilder;
use crate::line::blanks::is_plain;
use crate::span::narrow;

/// What is expected of the next lines.
#[derive(Default)]
pub(crate) struct Predictor {
    columns: Vec<Column>,
    /// The column of the latest cell.
    latest: u32,
}

struct Column {
    /// The column whose cell came after the latest one of this column.
    next_column: u32,
    expected: Expected,
}

/// The cells that were taken in one go.
pub(crate) struct Consumed {
    /// Where the last of their lines begins, and where the line after it does.
    pub(crate) line: u32,
    pub(crate) end: u32,
    pub(crate) cells: u32,
}

impl Predictor {
    /// Forgets all columns.
    pub(crate) fn clear(&mut self) {
        self.columns.clear();
        self.latest = 0;
    }

    /// Makes room for a few columns.
    pub(crate) fn reserve(&mut self, columns: usize) {
        self.columns.reserve(columns);
    }

    /// Returns the column that the next cell is expected in.
    pub(crate) fn column(&self) -> u32 {
        self.columns.get(to_usize(self.latest)).map_or(0, |latest| latest.next_column)
    }

    /// Learns that the latest cell was of `column`.
    pub(crate) fn follow(&mut self, column: u32) {
        if to_usize(column) == self.columns.len() {
            // Until another column follows, expect more of this one.
            self.columns.push(Column { next_column: column, expected: Expected::NOTHING });
        }
        if let Some(latest) = self.columns.get_mut(to_usize(self.latest)) {
            latest.next_column = column;
        }
        self.latest = column;
    }

    /// Learns from a cell that continued the run of the latest column what would continue it
    /// further: the cell of `row` in `line`, whose index comes after `prefix` bytes, and its value
    /// after `key_len` bytes.
    pub(crate) fn expect_after(&mut self, row: u32, line: &[u8], prefix: usize, key_len: usize) {
        let expected = &mut self.columns[to_usize(self.latest)].expected;
        if !expected.try_learn(row, line, prefix, key_len) {
            *expected = Expected::NOTHING;
        }
    }

    /// Takes cells off `text` from `at` on, for as long as each is the expected one: at most
    /// `max_cells` of them, and none in a row above `last_row`.
    #[inline(never)]
    pub(crate) fn consume(
        &mut self,
        text: &str,
        at: u32,
        store: &mut CellStoreBuilder,
        max_cells: u32,
        last_row: u32,
    ) -> Consumed {
        let (mut line, mut end, mut cells) = (at, at, 0);
        let mut number = self.column();
        while let Some(column) = self.columns.get_mut(to_usize(number)) {
            let expected = &mut column.expected;
            let (run, arena) = store.run_mut(number);
            let before = cells;
            while cells < max_cells && expected.row <= last_row {
                let Some((value, next)) = expected.recognise(text.as_bytes(), end) else { break };
                run.extend(arena, value);
                (line, end) = (end, next);
                cells += 1;
                if !expected.advance() {
                    *expected = Expected::NOTHING;
                    break;
                }
                // Column by column, a column follows itself.
                if column.next_column != number {
                    break;
                }
            }
            if cells == before {
                break;
            }
            self.latest = number;
            number = column.next_column;
        }
        Consumed { line, end, cells }
    }
}

/// The cell that would continue a column: `property[domain][12] = `, and then any value.
#[derive(Clone, Copy)]
pub(crate) struct Expected {
    row: u32,
    /// How many bytes precede the value.
    key_len: usize,
    /// How the line begins. What the tail holds may be that of rows before.
    text: [u8; WINDOW],
    /// A one for each byte of the window that belongs to the tail or comes after it.
    ignore_mask: u64,
    /// The last bytes before the value, as a number, so that the next row is a sum away.
    tail: u64,
    /// What makes the last digit of the index in the tail one larger.
    digit_step: u64,
    /// How often that can be done.
    steps_to_carry: u32,
}

/// The bytes of a line that can be expected; a longer key never is.
const WINDOW: usize = 2 * WIDTH;

/// The bytes of a tail.
const TAIL: usize = 8;

impl Expected {
    /// No line begins like this.
    const NOTHING: Self = Self {
        row: 0,
        key_len: 0,
        text: [0; WINDOW],
        ignore_mask: 0,
        tail: 0,
        digit_step: 0,
        steps_to_carry: 0,
    };

    /// Expects the row after the one of a cell. `false`: nothing is to be expected, because the key
    /// is long, the index has leading zeros or a wide gap behind it, or a byte order mark precedes
    /// the key, which only the first line of a text may have.
    fn try_learn(&mut self, row: u32, line: &[u8], prefix: usize, key_len: usize) -> bool {
        let is_ascii = line.first().is_some_and(u8::is_ascii);
        if !is_ascii || key_len >= WINDOW {
            return false;
        }
        let last_digit = prefix + to_usize(row.checked_ilog10().unwrap_or(0));
        if line[last_digit + 1] != b']' {
            return false;
        }
        let Some(tail) = line[..key_len].last_chunk::<TAIL>() else { return false };
        let Some(place) = last_digit.checked_sub(key_len - TAIL) else { return false };
        let Some(text) = line.first_chunk() else { return false };
        self.text = *text;
        (self.row, self.key_len, self.ignore_mask) = (row, key_len, u64::MAX << (key_len - TAIL));
        (self.tail, self.digit_step) = (u64::from_le_bytes(*tail), 1 << (8 * place));
        self.steps_to_carry = u32::from(b'9' - tail[place]);
        self.advance()
    }

    /// Returns the value of the cell at `at`, and where its line ends, if it is the expected one.
    #[inline]
    fn recognise(&self, bytes: &[u8], at: u32) -> Option<(Span, u32)> {
        let line = bytes.get(to_usize(at)..)?;
        let (key, value) = line.split_at_checked(self.key_len)?;
        if u64::from_le_bytes(*key.last_chunk()?) != self.tail {
            return None;
        }
        let half_mask = |n: usize| {
            let (line, text) = (&line[WIDTH * n..], &self.text[WIDTH * n..]);
            let ignore_mask = (self.ignore_mask >> (WIDTH * n)) as u32; // drops the other half
            Some(eq_mask(line.first_chunk()?, text.first_chunk()?) | ignore_mask)
        };
        if half_mask(0)? != u32::MAX || self.key_len > WIDTH + TAIL && half_mask(1)? != u32::MAX {
            return None;
        }
        let lf = find_byte(b'\n', value)?;
        let value = &value[..lf];
        let value = if is_plain(value) { value } else { trimmed(value)? };
        let start = at + narrow(self.key_len);
        Some((Span { start, end: start + narrow(value.len()) }, start + narrow(lf) + 1))
    }

    /// Expects the row after this one. `false`: its key would be too long.
    #[inline]
    fn advance(&mut self) -> bool {
        self.row += 1;
        if self.steps_to_carry == 0 {
            return self.carry();
        }
        self.steps_to_carry -= 1;
        self.tail += self.digit_step;
        true
    }

    /// Takes the index from one that ends with 9 to the next.
    #[inline(never)]
    fn carry(&mut self) -> bool {
        let (mut tail, mut digit_step) = (self.tail, self.digit_step);
        loop {
            tail -= 9 * digit_step;
            digit_step >>= 8;
            // The digit before, as far as it is in the tail.
            let from_it_on = tail.checked_shr(digit_step.trailing_zeros());
            match from_it_on.map(|bytes| bytes.to_le_bytes()[0]) {
                Some(b'9') => {}
                Some(b'0'..=b'8') => break,
                _ => return self.carry_on(),
            }
        }
        (self.tail, self.steps_to_carry) = (tail + digit_step, 9);
        true
    }

    /// Does the same where digits before the tail change, or their number.
    #[cold]
    fn carry_on(&mut self) -> bool {
        let start = self.key_len - TAIL;
        self.text[start..self.key_len].copy_from_slice(&self.tail.to_le_bytes());
        let mut place = start + to_usize(self.digit_step.trailing_zeros() / 8);
        while self.text[place] == b'9' {
            self.text[place] = b'0';
            place -= 1;
        }
        if self.text[place] != b'[' {
            self.text[place] += 1;
        } else {
            if self.key_len + 1 == WINDOW {
                return false;
            }
            // Another digit in front.
            self.text.copy_within(place + 1..self.key_len, place + 2);
            self.text[place + 1] = b'1';
            self.key_len += 1;
        }
        let tail = self.text[..self.key_len].last_chunk().expect("a key is longer than its tail");
        (self.tail, self.steps_to_carry) = (u64::from_le_bytes(*tail), 9);
        self.ignore_mask = u64::MAX << (self.key_len - TAIL);
        true
    }
}

/// Returns a value without the CR of its line end, unless there is more to trim.
#[cold]
#[inline(never)]
fn trimmed(value: &[u8]) -> Option<&[u8]> {
    let value = value.strip_suffix(b"\r").unwrap_or(value);
    let is_trimmed = !matches!(value, [b' ' | b'\t', ..] | [.., b' ' | b'\t' | b'\r']);
    is_trimmed.then_some(value)
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;

    use super::*;

    fn expected(line: &str, row: u32) -> Option<Expected> {
        let (prefix, key) = (line.rfind('[').map(|at| at + 1)?, line.find('=').map(|at| at + 2)?);
        let mut expected = Expected::NOTHING;
        expected.try_learn(row, format!("{line:<80}").as_bytes(), prefix, key).then_some(expected)
    }

    /// How many of the cells are taken off the text, after a first line that is read.
    fn taken(first: &str, rest: &str, max_cells: u32, last_row: u32) -> u32 {
        let text = format!("{first}\n{rest}{:<80}", "\n");
        let mut store = CellStoreBuilder::default();
        store.add_column(Span::default());
        assert!(store.place(0, 0, Span::default()));
        let mut predictor = Predictor::default();
        predictor.follow(0);
        predictor.columns[0].expected = expected(first, 0).expect("a key");
        let at = narrow(first.len() + 1);
        let Consumed { line, end, cells } =
            predictor.consume(&text, at, &mut store, max_cells, last_row);
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

    #[test]
    fn an_index_grows_until_the_key_is_too_long() {
        // From six digits in the tail to the last one alone.
        for equals in ["=", " =", " = ", "   = ", "    = "] {
            let line = format!("property[a][0]{equals}");
            let mut next = Expected::NOTHING;
            assert!(next.try_learn(0, format!("{line:<80}").as_bytes(), 12, line.len()));
            for row in 1..12_000_u32 {
                let key = format!("property[a][{row}]{equals}");
                let (text, tail) = key.as_bytes().split_at(key.len() - TAIL);
                assert_eq!(&next.text[..next.key_len - TAIL], text, "{key}");
                assert_eq!(next.tail.to_le_bytes(), tail, "{key}");
                assert_eq!((next.row, next.ignore_mask), (row, u64::MAX << text.len()));
                assert!(next.advance());
            }
        }
        // Five bytes behind a name of as many bytes as fit.
        let name = "n".repeat(WINDOW - "property[][9] = ".len() - 1);
        let line = format!("property[{name}][8] = ");
        let mut last = expected(&line, 8).expect("a key of 63 bytes");
        assert_eq!(last.key_len, WINDOW - 1);
        assert!(!last.advance(), "64 bytes");
        assert!(expected(&format!("property[n{name}][8] = "), 8).is_none());
    }

    /// Each line that is read by itself is a step at least.
    #[test]
    fn a_list_is_not_read_line_by_line() {
        const ROWS: u64 = 2000;
        let cell = |column: &str, row: u64| {
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
                let response = crate::Response::parse(&*text).expect("a reply");
                assert_eq!(response.table().row_count() as u64, ROWS);
            });
            assert!(steps < ROWS / 10, "{steps} steps");
        }
    }

    #[test]
    fn an_index_with_leading_zeros_or_a_mark_leads_to_nothing() {
        assert!(expected("\u{feff}property[a][7] = ", 7).is_none());
        assert!(expected("property[a][00] = ", 0).is_none());
        assert!(expected("property[a][007] = ", 7).is_none());
        assert!(expected("property[a][7] = ", 7).is_some());
    }
}
