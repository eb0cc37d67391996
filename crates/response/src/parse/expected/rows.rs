//! Lines of one column that follow each other.
//!
//! # Why it is fast
//!
//! If each line had to wait for the end of the one before to be found, that would take most of the
//! time. So the ends of lines are found ahead, by blocks. Where lines are as long as each other, as
//! those of dates or numbers of objects are, nothing has to be found: each line is where it has to
//! be, and is only verified.

use alloc::vec::Vec;

use cnic_text::simd::{WIDTH, eq_mask};
use cnic_text::{LineEnds, Span, to_usize};

use crate::parse::expected::{Expected, trimmed};
use crate::span::narrow;

/// The cells that were taken in one go.
pub(crate) struct Consumed {
    /// Where the last of their lines begins, and where the line after it does.
    pub(crate) line: u32,
    pub(crate) end: u32,
    pub(crate) cells: u32,
}

/// How many lines of different lengths are taken until their lengths are looked at again.
const LOOK_AGAIN: u32 = 64;

impl Expected {
    /// Takes at most `max_cells`, each of the row after the one before, and pushes their values.
    /// They need not be all that could be taken.
    #[inline]
    pub(in crate::parse) fn take_rows(
        &mut self,
        bytes: &[u8],
        at: u32,
        max_cells: u32,
        values: &mut Vec<Span>,
    ) -> Consumed {
        if !self.is_short() {
            return self.take_lines::<2>(bytes, at, max_cells, values);
        }
        if let Some(len) = self.equal_length(at, values) {
            let taken = self.take_equal_lines(bytes, at, len, max_cells, values);
            if taken.cells > 0 {
                return taken;
            }
        }
        self.take_lines::<1>(bytes, at, max_cells.min(LOOK_AGAIN), values)
    }

    /// Returns the length of the latest values, if it is that of the next one in all likelihood.
    #[inline]
    fn equal_length(&self, at: u32, values: &[Span]) -> Option<u32> {
        if self.row < 4 {
            return None;
        }
        let [.., a, b, c, latest] = values else { return None };
        let len = latest.end - latest.start;
        let is_equal = |value: &Span| value.end - value.start == len;
        let are_equal = is_equal(a) && is_equal(b) && is_equal(c);
        // There is no CR, and the value and its LF are in one look.
        (are_equal && latest.end + 1 == at && to_usize(len) < WIDTH).then_some(len)
    }

    #[inline(never)]
    fn take_lines<const LOOKS: usize>(
        &mut self,
        bytes: &[u8],
        at: u32,
        max_cells: u32,
        values: &mut Vec<Span>,
    ) -> Consumed {
        let mut lfs = LineEnds::new(bytes, to_usize(at));
        let (mut line, mut end, mut cells) = (at, to_usize(at), 0);
        while cells < max_cells {
            // Up to the next carry, only the tail changes. In a variable of its own it stays in a
            // register.
            let (before, key_len) = (values.len(), self.key_len);
            let mut tail = self.tail;
            let batch = (max_cells - cells).min(self.steps_to_carry + 1);
            for _ in 0..batch {
                let Some(line) = bytes.get(end..) else { break };
                let Some(first) = self.after_key::<LOOKS>(tail, line) else { break };
                let Some(lf) = lfs.next() else { break };
                let value = Span { start: narrow(end + key_len), end: narrow(lf) };
                let Some(value) = trimmed(first, value, bytes) else { break };
                values.push(value);
                end = lf + 1;
                tail += self.digit_step;
            }
            let Some(last) = values[before..].last() else { break };
            line = last.start - narrow(key_len);
            let taken = narrow(values.len() - before);
            cells += taken;
            self.advance_by(taken);
            if taken < batch || self.key_len != key_len {
                break;
            }
        }
        Consumed { line, end: narrow(end), cells }
    }

    /// Takes lines whose values have `len` bytes, fewer than a look.
    #[inline(never)]
    fn take_equal_lines(
        &mut self,
        bytes: &[u8],
        at: u32,
        len: u32,
        max_cells: u32,
        values: &mut Vec<Span>,
    ) -> Consumed {
        let key_len = self.key_len;
        let line_len = key_len + to_usize(len) + 1;
        let mut rest = &bytes[to_usize(at)..];
        let mut cells = 0;
        while cells < max_cells {
            let mut tail = self.tail;
            let batch = (max_cells - cells).min(self.steps_to_carry + 1);
            let mut taken = 0;
            while let Some((line, after)) = rest.split_at_checked(line_len) {
                let Some(first) = self.after_key::<1>(tail, line) else { break };
                // The last byte is the only LF. A key has none, so it may be among what is looked
                // at.
                let lfs = line.last_chunk().map(|end| eq_mask(end, &[b'\n'; WIDTH]));
                let is_plain = first > b' ' && line[line_len - 2] > b' ';
                if lfs != Some(1 << (WIDTH - 1)) || !is_plain {
                    break;
                }
                rest = after;
                tail += self.digit_step;
                taken += 1;
                if taken == batch {
                    break;
                }
            }
            cells += taken;
            self.advance_by(taken);
            if taken < batch || self.key_len != key_len {
                break;
            }
        }
        let (key_len, line_len) = (narrow(key_len), narrow(line_len));
        let mut end = at;
        values.extend((0..cells).map(|_| {
            let start = end + key_len;
            end += line_len;
            Span { start, end: start + len }
        }));
        Consumed { line: end.saturating_sub(line_len), end, cells }
    }
}
