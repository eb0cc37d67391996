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
            if taken < batch {
                break;
            }
        }
        Consumed { line, end: narrow(end), cells }
    }

    /// Takes lines whose values have `len` bytes, fewer than a look, and which are a look at least.
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
            // Where the index gets a digit more, the values of lines as long as these are shorter.
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

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;

    use super::*;

    /// Takes lines after a first row one by one, and in one go. Returns how many they are.
    #[track_caller]
    fn taken(first: &str, lines: &str, max_cells: u32) -> u32 {
        let bytes = format!("{lines}{:<80}", "\n");
        let bytes = bytes.as_bytes();
        let expected = Expected::after(first, 0).expect("a key");

        let (mut each, mut at, mut values) = (expected, 0, Vec::new());
        while narrow(values.len()) < max_cells {
            let Some((value, end)) = each.recognise(bytes, at) else { break };
            values.push(value);
            each.advance();
            at = end;
        }

        let (mut all, mut end, mut taken) = (expected, 0, Vec::new());
        loop {
            let line = end;
            let before = taken.len();
            let go = all.take_rows(bytes, line, max_cells - narrow(before), &mut taken);
            assert_eq!(to_usize(go.cells), taken.len() - before);
            let Some(last) = taken[before..].last() else { break };
            assert_eq!(bytes[to_usize(go.line)..to_usize(last.start)].last_chunk(), Some(b" = "));
            assert!(bytes[to_usize(go.line)..].starts_with(b"property["), "start of a line");
            end = go.end;
        }
        assert_eq!((taken, end), (values, at), "after {first:?}: {lines:?}");
        assert_eq!((all.row, all.tail, all.key_len), (each.row, each.tail, each.key_len));
        each.row.saturating_sub(1)
    }

    fn rows(name: &str, rows: u32, value: impl Fn(u32) -> String) -> String {
        (1..=rows).map(|row| format!("property[{name}][{row}] = {}\n", value(row))).collect()
    }

    #[test]
    fn lines_are_taken_whatever_their_lengths() {
        for name in ["a", "status", "expiration date of the domain"] {
            let first = format!("property[{name}][0] = x");
            for len in 0..40_u32 {
                let equal = rows(name, 1200, |_| "v".repeat(to_usize(len)));
                assert_eq!(taken(&first, &equal, 5000), 1200);
                for max_cells in [0, 1, 5, 6, 7, 15, 16, 99, 100, 1199] {
                    assert_eq!(taken(&first, &equal, max_cells), max_cells);
                }
                let longer_at_times = rows(name, 400, |row| {
                    "v".repeat(to_usize(len + u32::from(row % (len + 4) == 0)))
                });
                assert_eq!(taken(&first, &longer_at_times, 5000), 400);
            }
        }
    }

    #[test]
    fn lines_are_as_long_as_each_other_and_their_values_are_not() {
        let equal = rows("id", 1200, |row| "v".repeat(25 - format!("{row}").len()));
        assert_eq!(taken("property[id][0] = v", &equal, 5000), 1200);
    }

    /// Each byte of a line is another, after as many equal lines as it takes, and after more.
    #[test]
    fn every_byte_of_an_equal_line_counts() {
        for (name, value) in [("date", "2027-03-01 12:00:00.0"), ("d", "2027")] {
            let first = format!("property[{name}][0] = {value}");
            let lines = rows(name, 40, |_| String::from(value));
            for row in [1, 2, 5, 6, 7, 10, 11, 20, 21, 33] {
                let start = lines.match_indices("property").nth(row - 1).expect("a row").0;
                let end = start + lines[start..].find('\n').expect("an end");
                for place in start..=end {
                    for other in ["~", "\n", "\r", " ", "\t", "0", "", "xx"] {
                        let mut lines = lines.clone();
                        lines.replace_range(place..=place, other);
                        taken(&first, &lines, 5000);
                    }
                }
            }
        }
    }
}
