//! Which line a byte is in, for one error after another.

use alloc::vec::Vec;

use cnic_text::{Position, Span, to_u32, to_usize};

const BLOCK: usize = 4096;

/// For each block of a text, the number of lines before the line in which it begins.
///
/// It is made at the first error. From then on an error costs a look at one block instead of the
/// whole text, so even an error in every row takes linear time.
pub(crate) struct LineIndex<'r> {
    text: &'r str,
    lines: Vec<u32>,
}

impl<'r> LineIndex<'r> {
    pub(crate) fn new(text: &'r str) -> Self {
        let mut line = 0;
        let lines = text.as_bytes().chunks(BLOCK).map(|block| {
            let start = line;
            line += to_u32(memchr::memchr_iter(b'\n', block).count());
            start
        });
        Self { text, lines: lines.collect() }
    }

    /// Returns the start of the line of a cell, or of the last line if there is no cell.
    pub(crate) fn of_cell(&self, cell: Option<&'r str>) -> Position {
        let text = self.text;
        self.of_byte(match cell {
            Some(cell) => to_usize(Span::locate(cell, text).start),
            None => text.strip_suffix('\n').unwrap_or(text).len(),
        })
    }

    /// Returns the start of the line that holds the byte at `offset`.
    fn of_byte(&self, offset: usize) -> Position {
        let before = &self.text.as_bytes()[..offset];
        let block = (offset / BLOCK).min(self.lines.len().saturating_sub(1));
        let in_block = memchr::memchr_iter(b'\n', &before[block * BLOCK..]).count();
        let start = memchr::memrchr(b'\n', before).map_or(0, |lf| lf + 1);
        let line = self.lines.get(block).map_or(0, |&line| line + to_u32(in_block));
        Position::new(to_u32(start), line)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    #[test]
    fn every_byte_is_in_its_line() {
        let mut text = String::new();
        for length in [0, 1, BLOCK - 3, 0, 0, 2 * BLOCK, BLOCK, 5, 0] {
            text.extend(core::iter::repeat_n('x', length));
            text.push('\n');
        }
        for text in [&*text, &text[..text.len() - 1], &text[..BLOCK], "", "\n", "x"] {
            let index = LineIndex::new(text);
            let (mut start, mut line) = (0, 0);
            for offset in 0..=text.len() {
                assert_eq!(index.of_byte(offset), Position::new(start, line), "{offset}");
                if text.as_bytes().get(offset) == Some(&b'\n') {
                    (start, line) = (to_u32(offset) + 1, line + 1);
                }
            }
        }
    }
}
