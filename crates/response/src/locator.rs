//! Which line a byte is in.

use crate::error::Position;

/// Finds lines by offsets that never go back, in one pass.
pub(crate) struct Locator<'t> {
    bytes: &'t [u8],
    line_start: usize,
    lines: usize,
    seen: usize,
}

impl<'t> Locator<'t> {
    pub(crate) const fn new(bytes: &'t [u8]) -> Self {
        Self { bytes, line_start: 0, lines: 1, seen: 0 }
    }

    /// Returns the start of the line that holds the byte at `offset`.
    pub(crate) fn position(&mut self, offset: usize) -> Position {
        for lf in memchr::memchr_iter(b'\n', &self.bytes[self.seen..offset]) {
            self.line_start = self.seen + lf + 1;
            self.lines += 1;
        }
        self.seen = offset;
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position::new(narrow(self.line_start), narrow(self.lines))
    }
}
