//! The ends of lines, found for many bytes at once.

use crate::position::to_usize;
use crate::simd::{WIDTH, eq_mask};

/// Finds the LFs of a text, in order.
///
/// Where it looks does not depend on what was found before, as long as lines are short. So the
/// processor finds the ends of the next lines while it is still busy with this one.
#[derive(Debug)]
pub struct LineEnds<'t> {
    bytes: &'t [u8],
    /// Where the next block begins.
    next_block: usize,
    /// A one for each LF of the block before that is not yet returned, the first byte's in the
    /// lowest place.
    ends: u64,
}

/// The bytes that are looked at in one go.
const BLOCK: usize = 2 * WIDTH;

impl<'t> LineEnds<'t> {
    /// Starts at a byte of a text.
    #[inline]
    #[must_use]
    pub const fn new(bytes: &'t [u8], at: usize) -> Self {
        Self { bytes, next_block: at, ends: 0 }
    }
}

impl Iterator for LineEnds<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.ends == 0 {
            let rest = self.bytes.get(self.next_block..)?;
            if let Some(block) = rest.first_chunk() {
                self.ends = ends(block);
                self.next_block += BLOCK;
            }
            // A long line, or the end of the text.
            if self.ends == 0 {
                let lf = search(self.bytes, self.next_block)?;
                self.next_block = lf + 1;
                return Some(lf);
            }
        }
        let place = to_usize(self.ends.trailing_zeros());
        self.ends &= self.ends - 1;
        Some(self.next_block - BLOCK + place)
    }
}

/// Returns a one for each LF.
#[inline]
fn ends(block: &[u8; BLOCK]) -> u64 {
    let half = |n: usize| {
        let half = block[WIDTH * n..].first_chunk().expect("half of a block");
        u64::from(eq_mask(half, &[b'\n'; WIDTH]))
    };
    half(0) | half(1) << WIDTH
}

#[cold]
#[inline(never)]
fn search(bytes: &[u8], from: usize) -> Option<usize> {
    memchr::memchr(b'\n', &bytes[from..]).map(|lf| from + lf)
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn every_end_is_found_wherever_it_is() {
        // Lines of every length, so that each of them ends at every place of a block; and longer
        // ones, with blocks without an end between them.
        for length in 0..3 * BLOCK {
            for lines in [0, 1, 2, 3, 40] {
                let text = [&b"x".repeat(length)[..], b"\n"].concat().repeat(lines);
                for rest in ["", "x", "\n\n", "xx\nx"] {
                    let text = [&text, rest.as_bytes()].concat();
                    let is_end = |&at: &usize| text[at] == b'\n';
                    for start in [0, 1, length, text.len()] {
                        let expected: Vec<_> = (start..text.len()).filter(is_end).collect();
                        let found: Vec<_> = LineEnds::new(&text, start).collect();
                        assert_eq!(found, expected, "{lines} of {length} from {start}");
                    }
                }
            }
        }
    }
}
