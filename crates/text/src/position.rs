//! Where in a text something is.

use core::fmt;
use core::num::NonZeroU32;
use core::ops::Range;

// Every place in a text is kept as `u32`, so widening one must lose nothing.
const _: () = assert!(usize::BITS >= u32::BITS);

/// Widens a stored index.
#[inline]
#[must_use]
pub const fn to_usize(n: u32) -> usize {
    n as usize // lossless by the assertion above
}

/// Narrows an index into a text, or a number of its parts; above `u32::MAX` it saturates.
#[inline]
#[must_use]
pub const fn to_u32(n: usize) -> u32 {
    if n > to_usize(u32::MAX) { u32::MAX } else { n as u32 } // lossless, as compared
}

/// A place in a text: the start of a line.
///
/// Bytes count from 0, lines from 1. A line ends at its LF: in `code = 200\ndescription = Done\n`
/// the description is at byte 11, line 2. Both numbers stop counting at `u32::MAX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    byte: u32,
    line: NonZeroU32,
}

impl Position {
    /// The start of a text: byte 0, line 1.
    pub const START: Self = Self { byte: 0, line: NonZeroU32::MIN };

    /// Returns the place of a line that starts at `byte`, after so many other lines.
    #[inline]
    #[must_use]
    pub const fn new(byte: u32, lines_before: u32) -> Self {
        Self { byte, line: NonZeroU32::MIN.saturating_add(lines_before) }
    }

    /// Returns a place in the first line of a text.
    #[inline]
    #[must_use]
    pub const fn at_byte(byte: usize) -> Self {
        Self::new(to_u32(byte), 0)
    }

    /// Returns the offset of the first byte of the line, counted from 0.
    #[inline]
    #[must_use]
    pub const fn byte(self) -> usize {
        to_usize(self.byte)
    }

    /// Returns the number of the line, counted from 1.
    #[inline]
    #[must_use]
    pub const fn line(self) -> usize {
        to_usize(self.line.get())
    }

    /// Returns the number of lines before this one.
    #[inline]
    #[must_use]
    pub const fn lines_before(self) -> u32 {
        self.line.get() - 1
    }

    /// Returns the place after a line of `len` bytes.
    #[inline]
    #[must_use]
    pub const fn after_line(self, len: usize) -> Self {
        self.after_lines(len, 1)
    }

    /// Returns the place after so many lines of `len` bytes together.
    #[inline]
    #[must_use]
    pub const fn after_lines(self, len: usize, lines: usize) -> Self {
        Self {
            byte: self.byte.saturating_add(to_u32(len)),
            line: self.line.saturating_add(to_u32(lines)),
        }
    }

    /// Returns the place after a line of `len` bytes, or `None` if its byte does not fit in 32
    /// bits.
    #[inline]
    #[must_use]
    pub fn checked_after_line(self, len: usize) -> Option<Self> {
        let byte = u32::try_from(len).ok()?.checked_add(self.byte)?;
        Some(Self { byte, line: self.line.saturating_add(1) })
    }

    /// Returns the place some lines further on, at a byte that is the start of a line.
    #[inline]
    #[must_use]
    pub const fn further_on(self, byte: u32, lines: u32) -> Self {
        Self { byte, line: self.line.saturating_add(lines) }
    }

    /// Returns this place as counted in a text in which its own text starts at `base`.
    #[inline]
    #[must_use]
    pub const fn offset_by(self, base: Self) -> Self {
        Self {
            byte: self.byte.saturating_add(base.byte),
            line: self.line.saturating_add(base.lines_before()),
        }
    }
}

impl Default for Position {
    fn default() -> Self {
        Self::START
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, byte {}", self.line, self.byte)
    }
}

/// A half-open range of the bytes of a text of at most 4 GiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(
    clippy::exhaustive_structs,
    reason = "a pair of bounds, built by the crates that this one is for"
)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// Returns an empty span.
    #[inline]
    #[must_use]
    pub const fn empty_at(byte: usize) -> Self {
        Self { start: to_u32(byte), end: to_u32(byte) }
    }

    /// Returns the span of `part`, which must be a slice of `text`.
    #[inline]
    #[must_use]
    pub fn locate(part: &str, text: &str) -> Self {
        let start = part.as_ptr().addr() - text.as_ptr().addr();
        debug_assert!(start + part.len() <= text.len(), "a slice of another text");
        Self { start: to_u32(start), end: to_u32(start + part.len()) }
    }

    /// Returns the slice of the text that this span was located in.
    #[inline]
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Returns the bytes as a range.
    #[inline]
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        to_usize(self.start)..to_usize(self.end)
    }

    /// Returns this span as counted in a text in which its own text starts at `base`.
    #[inline]
    #[must_use]
    pub const fn offset_by(self, base: Position) -> Self {
        let Self { start, end } = self;
        Self { start: start.saturating_add(base.byte), end: end.saturating_add(base.byte) }
    }
}

impl From<Range<usize>> for Span {
    #[inline]
    fn from(range: Range<usize>) -> Self {
        Self { start: to_u32(range.start), end: to_u32(range.end) }
    }
}

/// Finds the lines of offsets that never go back, in one pass.
#[derive(Debug)]
pub struct LineFinder<'t> {
    bytes: &'t [u8],
    line_start: usize,
    lines_before: usize,
    seen: usize,
}

impl<'t> LineFinder<'t> {
    /// Starts at the beginning of a text.
    #[must_use]
    pub const fn new(bytes: &'t [u8]) -> Self {
        Self { bytes, line_start: 0, lines_before: 0, seen: 0 }
    }

    /// Returns the start of the line that holds the byte at `offset`.
    pub fn position(&mut self, offset: usize) -> Position {
        for lf in memchr::memchr_iter(b'\n', &self.bytes[self.seen..offset]) {
            self.line_start = self.seen + lf + 1;
            self.lines_before += 1;
        }
        self.seen = offset;
        Position::new(to_u32(self.line_start), to_u32(self.lines_before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_byte_is_found_from_its_start() {
        let text = b"ab\n\ncd\r\ne";
        let mut finder = LineFinder::new(text);
        let places: [(usize, usize); 10] = core::array::from_fn(|offset| {
            let position = finder.position(offset);
            (position.byte(), position.line())
        });
        let expected =
            [(0, 1), (0, 1), (0, 1), (3, 2), (4, 3), (4, 3), (4, 3), (4, 3), (8, 4), (8, 4)];
        assert_eq!(places, expected);
    }

    #[test]
    fn places_stop_counting_at_the_largest_number() {
        let last = Position::new(u32::MAX, u32::MAX);
        assert_eq!((last.byte(), last.line()), (to_usize(u32::MAX), to_usize(u32::MAX)));
        assert_eq!((last.after_line(7), last.after_lines(7, 2)), (last, last));
        assert_eq!(Position::new(3, 1).after_lines(4, 2), Position::new(7, 3));
        assert_eq!(last.checked_after_line(1), None);
        assert_eq!(Position::new(3, 1).checked_after_line(4), Some(Position::new(7, 2)));
        assert_eq!(Position::new(3, 1).further_on(9, 5), Position::new(9, 6));
        assert_eq!(last.further_on(9, 1), Position::new(9, u32::MAX));
        assert_eq!(Position::new(3, 1).offset_by(Position::new(10, 4)), Position::new(13, 5));
        assert_eq!(Position::new(3, 0).offset_by(last), last);
        assert_eq!(to_u32(usize::MAX), u32::MAX);
    }

    #[test]
    fn a_span_is_the_slice_that_it_was_located_in() {
        let text = "code = 200";
        let span = Span::locate(&text[7..], text);
        assert_eq!((span.range(), span.slice(text)), (7..10, "200"));
        assert_eq!(Span::locate(&text[10..], text).range(), 10..10);
        assert_eq!(span.offset_by(Position::new(100, 3)).range(), 107..110);
    }
}
