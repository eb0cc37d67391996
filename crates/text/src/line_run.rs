//! Lines that follow one another and begin with the same byte.

use crate::position::to_usize;
use crate::simd::{WIDTH, eq_mask};

/// Whole lines at the front of a text, each of which begins with the same byte.
///
/// Most lines of a long text begin alike. What is true of every line with this first byte is then
/// known without a look at each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "read by the crates that this one is for")]
pub struct LineRun {
    /// The bytes of the lines, their ends included.
    pub len: usize,
    /// The number of lines.
    pub lines: usize,
}

impl LineRun {
    /// Finds the lines at the front of `text` that begin with `first` and end with an LF.
    #[must_use]
    pub fn find(first: u8, text: &[u8]) -> Self {
        let mut run = Self { len: 0, lines: 0 };
        // Whether a line begins with the next byte.
        let mut is_start = true;
        let mut at = 0;
        // Where lines begin, and where the first byte is another one, are two masks. So there is one
        // branch for 32 bytes, however many lines they hold, and it is nearly always the same.
        while let Some(look) = text[at..].first_chunk() {
            let ends = eq_mask(look, &[b'\n'; WIDTH]);
            let starts = ends << 1 | u32::from(is_start);
            let others = starts & !eq_mask(look, &[first; WIDTH]);
            let counted = if others == 0 { ends } else { ends & below(others.trailing_zeros()) };
            if counted != 0 {
                run.len = at + WIDTH - to_usize(counted.leading_zeros());
                run.lines += to_usize(counted.count_ones());
            }
            if others != 0 {
                return run;
            }
            is_start = ends >> (WIDTH - 1) != 0;
            at += WIDTH;
        }
        for (&byte, place) in text[at..].iter().zip(at..) {
            if is_start && byte != first {
                break;
            }
            is_start = byte == b'\n';
            if is_start {
                run = Self { len: place + 1, lines: run.lines + 1 };
            }
        }
        run
    }
}

/// Returns a one for each place below `place`.
const fn below(place: u32) -> u32 {
    !(u32::MAX << place)
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    fn one_by_one(first: u8, text: &[u8]) -> LineRun {
        let lines: Vec<_> = text
            .split_inclusive(|&byte| byte == b'\n')
            .take_while(|line| line[0] == first && line.ends_with(b"\n"))
            .collect();
        LineRun { len: lines.concat().len(), lines: lines.len() }
    }

    #[test]
    fn a_run_ends_before_the_first_line_that_begins_otherwise() {
        // Lines of every length, so that each of them ends at every place of a look.
        for length in 1..100 {
            for others in [0, 1, 2, 3, 40] {
                let mut text = [&b"p".repeat(length)[..], b"\n"].concat().repeat(others);
                for end in ["", "p", "x", "\n", "xp\npp\n", "p\nxp\npp\n", "\npp\n"] {
                    let len = text.len();
                    text.extend(end.bytes());
                    assert_eq!(LineRun::find(b'p', &text), one_by_one(b'p', &text), "{text:?}");
                    text.resize(len + 80, b'p');
                    assert_eq!(LineRun::find(b'p', &text), one_by_one(b'p', &text), "{text:?}");
                    text.truncate(len);
                }
            }
        }
    }

    #[test]
    fn any_byte_may_be_the_first() {
        for text in [&b""[..], b"\n\n\nx\n", &[b'\n'; 70], b"\xff\n\xffx\n\n"] {
            for first in [b'\n', b'x', 0xff, 0] {
                assert_eq!(LineRun::find(first, text), one_by_one(first, text), "{text:?}");
            }
        }
    }
}
