//! The predicted path: cells that are where a look at the cell before leads one to expect them.
//!
//! **Invariant.** It only recognises. A line is taken if, and only if, it is byte for byte the line of its column that was read
//! last, but for the index, which is the next one without a leading zero, and for the value; and if the value needs no
//! trimming. [`LineKind::of`](crate::LineKind) would read the same cell from it, and [`GridBuilder::place`] would put it at the end
//! of its column's run. Whatever is not recognised, is left to them: they alone decide what is legal.
//!
//! In either layout of a table most lines are expected: column by column, the next cell is of the same column, and row by row, of
//! the column that came after this one in the row above.

use alloc::vec::Vec;

use wide::{CmpEq, i8x32};

use crate::grid::GridBuilder;
use crate::span::{Span, index, narrow};

/// What is expected of the next lines.
#[derive(Default)]
pub(crate) struct Predictor {
    columns: Vec<Column>,
    /// The column of the latest cell.
    latest: u32,
}

struct Column {
    /// The column whose cell came after the latest one of this column.
    follower: u32,
    expected: Option<Expected>,
}

/// The cells that were taken in one go.
pub(crate) struct Taken {
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

    /// Returns the column of which the next cell is expected to be.
    pub(crate) fn column(&self) -> u32 {
        self.columns.get(index(self.latest)).map_or(0, |latest| latest.follower)
    }

    /// Learns that the latest cell was of `column`, and, if it continues the column's run, how the cell after it would look.
    pub(crate) fn learn(&mut self, column: u32, expected: Option<Expected>) {
        if index(column) == self.columns.len() {
            // Until another column follows, expect more of this one.
            self.columns.push(Column { follower: column, expected });
        } else if expected.is_some() {
            self.columns[index(column)].expected = expected;
        }
        if let Some(latest) = self.columns.get_mut(index(self.latest)) {
            latest.follower = column;
        }
        self.latest = column;
    }

    /// Takes cells off `text` from `at` on, for as long as each is the expected one: at most `most` of them, and none in a row
    /// above `last_row`.
    #[inline(never)]
    pub(crate) fn take(
        &mut self,
        text: &str,
        at: u32,
        grid: &mut GridBuilder,
        most: u32,
        last_row: u32,
    ) -> Taken {
        let (mut line, mut end, mut cells) = (at, at, 0);
        while cells < most {
            let number = self.column();
            let Some(column) = self.columns.get_mut(index(number)) else { break };
            let Some(expected) = &mut column.expected else { break };
            // Column by column, a column follows itself.
            let in_column = if column.follower == number { most - cells } else { 1 };
            let up_to_last_row = last_row.saturating_add(1).saturating_sub(expected.row);
            let before = cells;
            let (run, arena) = grid.run_mut(number);
            let stop = cells + in_column.min(up_to_last_row);
            while cells < stop {
                let Some((value, next)) = expected.recognise(text.as_bytes(), end) else { break };
                run.extend(arena, value);
                (line, end) = (end, next);
                cells += 1;
                if !expected.advance() {
                    column.expected = None;
                    break;
                }
            }
            if cells == before {
                break;
            }
            self.latest = number;
        }
        Taken { line, end, cells }
    }
}

/// The cell that would continue a column: `property[domain][12] = `, and then any value.
#[derive(Clone, Copy)]
pub(crate) struct Expected {
    row: u32,
    /// How the line begins: so many bytes of this up to the value.
    text: [u8; WINDOW],
    key: usize,
    /// A one for each byte after those.
    others: u64,
    /// Where the last digit of the index is.
    last_digit: usize,
}

/// The bytes that are compared at once; a longer key is never expected.
const WINDOW: usize = 64;

impl Expected {
    /// Expects the row after `row`, the row of the cell in `line`, whose index comes after `prefix` bytes and its value after
    /// `key` bytes.
    ///
    /// Nothing is expected where the key is long, the index has leading zeros, or the next one has a digit more.
    pub(crate) fn after(row: u32, line: &[u8], prefix: usize, key: usize) -> Option<Self> {
        let last_digit = prefix + row.checked_ilog10().map_or(0, index);
        if key >= WINDOW || line.get(last_digit + 1) != Some(&b']') {
            return None;
        }
        let text = *line.first_chunk()?;
        let mut expected = Self { row, text, key, others: u64::MAX << key, last_digit };
        expected.advance().then_some(expected)
    }

    /// Returns the value of the cell at `at`, and where its line ends, if it is the expected one.
    #[inline]
    fn recognise(&self, bytes: &[u8], at: u32) -> Option<(Span, u32)> {
        let line = bytes.get(index(at)..)?;
        if equal(line.first_chunk()?, &self.text) | self.others != u64::MAX {
            return None;
        }
        let value = line.get(self.key..)?;
        let lf = line_feed(value)?;
        let value = &value[..lf];
        // What may have to be trimmed is below every letter, digit and mark.
        let is_plain = |byte: Option<&u8>| byte.is_some_and(|&byte| byte > b' ');
        let value =
            if is_plain(value.first()) && is_plain(value.last()) { value } else { trimmed(value)? };
        let start = at + narrow(self.key);
        Some((Span { start, end: start + narrow(value.len()) }, start + narrow(lf) + 1))
    }

    /// Expects the row after this one. `false`: that takes a digit more, so nothing is expected.
    #[inline]
    fn advance(&mut self) -> bool {
        self.row += 1;
        let mut place = self.last_digit;
        loop {
            match self.text[place] {
                b'9' => self.text[place] = b'0',
                digit @ b'0'..=b'8' => {
                    self.text[place] = digit + 1;
                    return true;
                }
                _ => return false,
            }
            place -= 1;
        }
    }
}

/// Returns a one for each byte that is the same in both.
#[inline]
fn equal(a: &[u8; WINDOW], b: &[u8; WINDOW]) -> u64 {
    let half = |n: usize| u64::from(ones(lanes(a, n).cmp_eq(lanes(b, n))));
    half(0) | half(1) << LANES
}

/// The bytes that are compared by one instruction, or two.
const LANES: usize = 32;

/// Returns a part of a window.
#[inline]
fn lanes(window: &[u8; WINDOW], part: usize) -> i8x32 {
    let mut lanes = [0; LANES];
    for (lane, byte) in lanes.iter_mut().zip(&window[LANES * part..]) {
        *lane = *byte as i8;
    }
    i8x32::new(lanes)
}

fn ones(equal: i8x32) -> u32 {
    equal.move_mask() as u32
}

/// Returns a value without the CR of its line end, unless there is more to trim.
fn trimmed(value: &[u8]) -> Option<&[u8]> {
    let value = value.strip_suffix(b"\r").unwrap_or(value);
    let is_trimmed = !matches!(value, [b' ' | b'\t', ..] | [.., b' ' | b'\t' | b'\r']);
    is_trimmed.then_some(value)
}

/// Finds the first LF; most values are shorter than a call of a general search takes.
#[inline]
fn line_feed(bytes: &[u8]) -> Option<usize> {
    let near = bytes.first_chunk::<LANES>()?.map(|byte| byte as i8);
    match ones(i8x32::new(near).cmp_eq(i8x32::splat(b'\n' as i8))).trailing_zeros() as usize {
        LANES => memchr::memchr(b'\n', &bytes[LANES..]).map(|lf| LANES + lf),
        lf => Some(lf),
    }
}
