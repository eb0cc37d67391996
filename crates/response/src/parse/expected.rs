//! The line that would continue a column, in a form that is quickly compared and counted up.
//!
//! # Why it is fast
//!
//! The line is compared with the expected key in looks of 32 bytes, each a vector instruction or
//! two; `ignore_mask` excludes the tail and the bytes after the key. The tail, the last eight bytes
//! of the key, is kept as one number, so that the next row is an addition of `digit_step`. The
//! bytes in `text` are only touched when a carry leaves the tail. `steps_to_carry` counts down to
//! the next carry, so that no digit is looked at before.

mod rows;

use cnic_text::simd::{WIDTH, eq_mask, find_byte};
use cnic_text::{Span, to_usize};

pub(crate) use crate::parse::expected::rows::Consumed;
use crate::span::narrow;

/// The cell that would continue a column: `property[domain][12] = `, and then any value.
#[derive(Clone, Copy)]
// A look into the text that lies in two lines of the cache takes twice as long.
#[repr(align(64))]
pub(super) struct Expected {
    pub(super) row: u32,
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
pub(super) const WINDOW: usize = 2 * WIDTH;

/// The bytes of a tail.
const TAIL: usize = 8;

impl Expected {
    /// No line begins like this. A function, since a constant of this size is copied by a call.
    #[inline(always)]
    pub(super) const fn nothing() -> Self {
        Self {
            row: 0,
            key_len: 0,
            text: [0; WINDOW],
            ignore_mask: 0,
            tail: 0,
            digit_step: 0,
            steps_to_carry: 0,
        }
    }

    /// Expects the row after the one of a cell. Nothing is expected if the key is long, the index has
    /// leading zeros or a wide gap behind it, or a byte order mark precedes the key, which only the
    /// first line of a text may have.
    #[inline]
    pub(super) fn after_cell(row: u32, line: &[u8], prefix: usize, key_len: usize) -> Option<Self> {
        let is_ascii = line.first().is_some_and(u8::is_ascii);
        if !is_ascii || key_len >= WINDOW {
            return None;
        }
        // An index with leading zeros has more digits than its number, and the next one may have
        // them or not. Whatever is written in one way only is left to the general path.
        let digits = line[prefix..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits > 1 && line[prefix] == b'0' {
            return None;
        }
        let tail: &[u8; TAIL] = line[..key_len].last_chunk()?;
        let place = (prefix + digits - 1).checked_sub(key_len - TAIL)?;
        let mut expected = Self {
            row,
            key_len,
            text: *line.first_chunk()?,
            ignore_mask: u64::MAX << (key_len - TAIL),
            tail: u64::from_le_bytes(*tail),
            digit_step: 1 << (8 * place),
            steps_to_carry: u32::from(b'9' - tail[place]),
        };
        expected.advance();
        (expected.row > 0).then_some(expected)
    }

    /// Returns whether the line at `at` may be the expected one. The tail holds the index or its last
    /// digits, and with them what is different in nearly every other line.
    #[inline]
    pub(super) fn has_tail(&self, bytes: &[u8], at: u32) -> bool {
        let key = bytes.get(to_usize(at)..).and_then(|line| line.get(..self.key_len));
        let tail = key.and_then(|key| key.last_chunk());
        tail.is_some_and(|tail| u64::from_le_bytes(*tail) == self.tail)
    }

    /// Returns the value of the cell at `at`, and where its line ends, if it is the expected one.
    #[inline]
    pub(super) fn recognise(&self, bytes: &[u8], at: u32) -> Option<(Span, u32)> {
        if self.is_short() {
            self.recognise_by::<1>(bytes, at)
        } else {
            self.recognise_by::<2>(bytes, at)
        }
    }

    #[inline(always)]
    pub(super) fn recognise_by<const LOOKS: usize>(
        &self,
        bytes: &[u8],
        at: u32,
    ) -> Option<(Span, u32)> {
        let line = bytes.get(to_usize(at)..)?;
        let first = self.after_key::<LOOKS>(self.tail, line)?;
        let start = at + narrow(self.key_len);
        let lf = start + narrow(find_byte(b'\n', &line[self.key_len..])?);
        Some((trimmed(first, Span { start, end: lf }, bytes)?, lf + 1))
    }

    /// Returns whether one look and the tail are all of the key. Few names of columns are longer.
    #[inline]
    pub(super) const fn is_short(&self) -> bool {
        self.key_len <= WIDTH + TAIL
    }

    /// Returns the first byte after the key, if a line begins with the expected key with this tail.
    /// `LOOKS` is 1 if the key [is short](Self::is_short), and 2 otherwise.
    #[inline(always)]
    fn after_key<const LOOKS: usize>(&self, tail: u64, line: &[u8]) -> Option<u8> {
        let (&first, key) = line.get(..=self.key_len)?.split_last()?;
        if u64::from_le_bytes(*key.last_chunk()?) != tail {
            return None;
        }
        // A look takes 32 bytes, however few of them are the key's. Near the end of the text there
        // are not so many, and the last lines are left to the general path.
        for n in 0..LOOKS {
            let (line, text) = (&line[WIDTH * n..], &self.text[WIDTH * n..]);
            let ignore_mask = (self.ignore_mask >> (WIDTH * n)) as u32; // drops the other half
            if eq_mask(line.first_chunk()?, text.first_chunk()?) | ignore_mask != u32::MAX {
                return None;
            }
        }
        Some(first)
    }

    /// Expects the row so many rows further on, one after the next carry at most.
    fn advance_by(&mut self, rows: u32) {
        let steps = rows.min(self.steps_to_carry);
        self.row += steps;
        self.steps_to_carry -= steps;
        self.tail += u64::from(steps) * self.digit_step;
        if steps < rows {
            self.advance();
        }
    }

    /// Expects the row after this one, or nothing more if its key is too long.
    #[inline]
    pub(super) fn advance(&mut self) {
        self.row += 1;
        if self.steps_to_carry == 0 {
            self.carry();
        } else {
            self.steps_to_carry -= 1;
            self.tail += self.digit_step;
        }
    }

    /// Takes the index from one that ends with 9 to the next.
    #[inline(never)]
    fn carry(&mut self) {
        let (mut tail, mut digit_step) = (self.tail, self.digit_step);
        loop {
            // In this byte alone: `9` becomes `0`, without a borrow from the bytes around it.
            tail -= 9 * digit_step;
            digit_step >>= 8;
            // The digit before, as far as it is in the tail. If it is not, the step has left the
            // number and is 0, and the shift by 64 is `None`.
            let from_it_on = tail.checked_shr(digit_step.trailing_zeros());
            match from_it_on.map(|bytes| bytes.to_le_bytes()[0]) {
                Some(b'9') => {}
                Some(b'0'..=b'8') => break,
                _ => return self.carry_on(),
            }
        }
        (self.tail, self.steps_to_carry) = (tail + digit_step, 9);
    }

    /// Does the same where digits before the tail change, or their number.
    #[cold]
    fn carry_on(&mut self) {
        // Seldom, since in the spelling of the servers four digits are in the tail. So this counts
        // up in the text, where the index can grow, and makes tail and mask anew from it.
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
                *self = Self::nothing();
                return;
            }
            // Another digit in front.
            self.text.copy_within(place + 1..self.key_len, place + 2);
            self.text[place + 1] = b'1';
            self.key_len += 1;
        }
        let tail = self.text[..self.key_len].last_chunk().expect("a key is longer than its tail");
        (self.tail, self.steps_to_carry) = (u64::from_le_bytes(*tail), 9);
        self.ignore_mask = u64::MAX << (self.key_len - TAIL);
    }
}

/// Returns a value, which begins with `first`, without the CR of its line end, unless there is more
/// to trim.
#[inline(always)]
fn trimmed(first: u8, value: Span, text: &[u8]) -> Option<Span> {
    // What may have to be trimmed is below every letter, digit and mark. So is the LF that follows
    // the key where there is no value.
    let last = *text.get(to_usize(value.end) - 1)?;
    if first > b' ' && last > b' ' { Some(value) } else { without_cr(value, text) }
}

#[cold]
#[inline(never)]
fn without_cr(value: Span, text: &[u8]) -> Option<Span> {
    let line = text.get(to_usize(value.start)..to_usize(value.end))?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let is_trimmed = !matches!(line, [b' ' | b'\t', ..] | [.., b' ' | b'\t' | b'\r']);
    is_trimmed.then(|| Span { start: value.start, end: value.start + narrow(line.len()) })
}

#[cfg(test)]
impl Expected {
    /// Expects the row after the one of a line such as `property[a][0] = `.
    pub(super) fn after(line: &str, row: u32) -> Option<Self> {
        let (prefix, key) = (line.rfind('[').map(|at| at + 1)?, line.find('=').map(|at| at + 2)?);
        let padded = alloc::format!("{line:<80}");
        Self::after_cell(row, padded.as_bytes(), prefix, key)
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn an_index_grows_until_the_key_is_too_long() {
        // From six digits in the tail to the last one alone.
        for equals in ["=", " =", " = ", "   = ", "    = "] {
            let line = format!("property[a][0]{equals}");
            let line = format!("{line:<80}");
            let key_len = line.trim_end().len() + (equals.len() - equals.trim_end().len());
            let mut next = Expected::after_cell(0, line.as_bytes(), 12, key_len).expect("a key");
            for row in 1..12_000_u32 {
                let key = format!("property[a][{row}]{equals}");
                let (text, tail) = key.as_bytes().split_at(key.len() - TAIL);
                assert_eq!(&next.text[..next.key_len - TAIL], text, "{key}");
                assert_eq!(next.tail.to_le_bytes(), tail, "{key}");
                assert_eq!((next.row, next.ignore_mask), (row, u64::MAX << text.len()));
                next.advance();
            }
        }
        // Five bytes behind a name of as many bytes as fit.
        let name = "n".repeat(WINDOW - "property[][9] = ".len() - 1);
        let line = format!("property[{name}][8] = ");
        let mut last = Expected::after(&line, 8).expect("a key of 63 bytes");
        assert_eq!(last.key_len, WINDOW - 1);
        last.advance();
        assert_eq!((last.row, last.key_len), (0, 0), "64 bytes");
        assert!(Expected::after(&format!("property[n{name}][8] = "), 8).is_none());
    }

    #[test]
    fn an_index_with_leading_zeros_or_a_mark_leads_to_nothing() {
        assert!(Expected::after("\u{feff}property[a][7] = ", 7).is_none());
        assert!(Expected::after("property[a][00] = ", 0).is_none());
        assert!(Expected::after("property[a][007] = ", 7).is_none());
        assert!(Expected::after("property[a][7] = ", 7).is_some());
    }
}
