//! A text as lines, borrowed, without an allocation.

pub(crate) mod blanks;
pub(crate) mod property;

use core::fmt;

use cnic_text::blanks::{trim, trim_start};
use cnic_text::simd::find_byte;
use cnic_text::{Position, Span, to_u32, to_usize};

use crate::error::{ErrorKind, ParseError};
use crate::line::blanks::strip_line_end;
use crate::note::{NoteKind, PropertyFault};

/// The lines of a text, each with its place and what it is.
///
/// Every input gives lines or typed errors. No line is left out, and nothing panics. The iterator
/// knows lines, not responses: it goes on after `EOF`, and after a line that was an error.
///
/// A line ends at its LF; all CRs directly before the LF belong to the end of the line, any other
/// CR is data. One U+FEFF at the start of the text is ignored.
///
/// ```
/// use cnic_response::{LineKind, Lines};
///
/// let text = "[RESPONSE]\r\ncode = 200\r\nproperty[domain][1] = example.com\r\nEOF\r\n";
/// let lines: Vec<_> = Lines::new(text).map(|line| line.map(|line| line.kind())).collect::<Result<_, _>>()?;
/// assert_eq!(lines, [
///     LineKind::Header,
///     LineKind::Field { name: "code", value: "200" },
///     LineKind::Cell { column: "domain", row: 1, value: "example.com" },
///     LineKind::Trailer,
/// ]);
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
///
/// # Errors
///
/// An item is an error where
/// * the row index of a well-formed cell does not fit in 32 bits ([`ErrorKind::IndexOverflow`]);
/// * the text is longer than `u32::MAX` bytes ([`ErrorKind::ByteLimit`]); no item follows.
#[derive(Clone)]
pub struct Lines<'t> {
    rest: &'t str,
    position: Position,
}

impl<'t> Lines<'t> {
    /// Starts at the beginning of `text`.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self { rest: text, position: Position::START }
    }

    /// Returns the place of the next line, or of the end of the text.
    ///
    /// ```
    /// # use cnic_response::Lines;
    /// let mut lines = Lines::new("code = 200\nEOF\n");
    /// lines.next();
    /// assert_eq!(lines.position().to_string(), "line 2, byte 11");
    /// ```
    #[must_use]
    pub const fn position(&self) -> Position {
        self.position
    }

    /// Goes on at a byte that is the start of a line, `lines` lines further on.
    pub(crate) fn skip_to(&mut self, byte: u32, lines: u32) {
        self.rest = &self.rest[to_usize(byte) - self.position.byte()..];
        self.position = self.position.further_on(byte, lines);
    }

    /// Takes the next line, without its end, and returns it with its position.
    ///
    /// A reader that asks what the line is by itself has it in registers, where a [`Line`] would be
    /// copied through memory.
    #[inline(always)]
    pub(crate) fn next_content(&mut self) -> Option<Result<(&'t str, Position), ParseError>> {
        if self.rest.is_empty() {
            return None;
        }
        let position = self.position;
        let taken = match find_byte(b'\n', self.rest.as_bytes()) {
            Some(lf) => lf + 1,
            None => self.rest.len(),
        };
        // Text after byte 4,294,967,295 could not be pointed at.
        let Some(after) = position.checked_after_line(taken) else {
            self.rest = "";
            return Some(Err(ParseError::at(ErrorKind::ByteLimit, position)));
        };
        let (line_text, rest) = self.rest.split_at(taken);
        self.rest = rest;
        self.position = after;
        let (content, _) = strip_line_end(line_text, position == Position::START);
        Some(Ok((content, position)))
    }

    /// Returns the text that has not been read.
    ///
    /// ```
    /// # use cnic_response::{LineKind, Lines};
    /// let mut lines = Lines::new("[RESPONSE]\nEOF\nmore");
    /// lines.find(|line| line.is_ok_and(|line| line.kind() == LineKind::Trailer));
    /// assert_eq!(lines.rest(), "more");
    /// ```
    #[must_use]
    pub const fn rest(&self) -> &'t str {
        self.rest
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Result<Line<'t>, ParseError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let line = self.next_content()?;
        Some(line.and_then(|(content, position)| match LineKind::parse(content) {
            Ok(kind) => Ok(Line { kind, position }),
            Err(index) => {
                // The text from the index on ends where the rest begins.
                let len = self.rest.as_ptr().addr() - index.as_ptr().addr();
                let start = to_u32(self.position.byte() - len);
                let span = Span { start, end: start + to_u32(index.len()) };
                Err(ParseError::new(ErrorKind::IndexOverflow, position, span))
            }
        }))
    }
}

impl core::iter::FusedIterator for Lines<'_> {}

impl fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").field("position", &self.position).finish_non_exhaustive()
    }
}

/// A line of a text, such as `property[domain][0] = example.com`: what it is, and where it starts.
///
/// ```
/// use cnic_response::{LineKind, Lines};
///
/// let line = Lines::new("  property[ domain ][07] = example.com \n").next().expect("a line")?;
/// assert_eq!(line.kind(), LineKind::Cell { column: " domain ", row: 7, value: "example.com" });
/// assert_eq!(line.position().byte(), 0);
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    kind: LineKind<'t>,
    position: Position,
}

impl<'t> Line<'t> {
    /// Returns what the line is.
    #[must_use]
    pub const fn kind(self) -> LineKind<'t> {
        self.kind
    }

    /// Returns the start of the line, indentation included.
    #[must_use]
    pub const fn position(self) -> Position {
        self.position
    }
}

/// What a line is.
///
/// `Debug` prints names and the lengths of values, never the values.
///
/// ```
/// use cnic_response::{LineKind, Lines};
///
/// /// Returns the sum of the lengths of all values.
/// fn weigh(text: &str) -> usize {
///     Lines::new(text).flatten().map(|line| match line.kind() {
///         LineKind::Cell { value, .. } | LineKind::Field { value, .. } => value.len(),
///         _ => 0,
///     }).sum()
/// }
/// assert_eq!(weigh("[RESPONSE]\ncode = 200\nproperty[a][0] = xy\nEOF\n"), 5);
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LineKind<'t> {
    /// Nothing but SP and TAB.
    Blank,
    /// `property[column][row] = value`. The column is as it stands between the brackets, the value
    /// is trimmed.
    Cell {
        /// The name between the first brackets; may be empty or hold blanks.
        column: &'t str,
        /// The index between the second brackets.
        row: u32,
        /// What follows the `=`.
        value: &'t str,
    },
    /// `name = value`, split at the first `=`, both sides trimmed.
    Field {
        /// What precedes the `=`; never empty.
        name: &'t str,
        /// What follows the `=`.
        value: &'t str,
    },
    /// `[RESPONSE]` as the whole line, in any case.
    Header,
    /// Not a line of the protocol, for the reason given.
    Skipped(SkipReason),
    /// `EOF` as the whole line, in any case.
    Trailer,
}

/// Why a line is not part of the protocol. A parser skips such a line and notes it.
///
/// ```
/// use cnic_response::{LineKind, Lines, NoteKind, SkipReason};
///
/// let line = Lines::new("...\n").next().unwrap()?;
/// assert_eq!(line.kind(), LineKind::Skipped(SkipReason::MissingEquals));
/// assert_eq!(NoteKind::from(SkipReason::MissingEquals), NoteKind::MissingEquals);
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SkipReason {
    /// It begins like a property and is not one: `property[a] = x`, `property[a][-1] = x`.
    MalformedProperty(PropertyFault),
    /// It is neither blank nor structure, and has no `=`: `...`.
    MissingEquals,
    /// It begins with `=`.
    MissingKey,
}

impl From<SkipReason> for NoteKind {
    fn from(reason: SkipReason) -> Self {
        match reason {
            SkipReason::MalformedProperty(fault) => Self::MalformedProperty(fault),
            SkipReason::MissingEquals => Self::MissingEquals,
            SkipReason::MissingKey => Self::MissingKey,
        }
    }
}

impl SkipReason {
    /// Returns the name of the reason, which is that of the [`NoteKind`].
    ///
    /// ```
    /// use cnic_response::SkipReason;
    ///
    /// assert_eq!(SkipReason::MissingEquals.name(), "MissingEquals");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MalformedProperty(_) => "MalformedProperty",
            Self::MissingEquals => "MissingEquals",
            Self::MissingKey => "MissingKey",
        }
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        NoteKind::from(*self).fmt(f)
    }
}

impl<'t> LineKind<'t> {
    /// Reads a line without its line end.
    ///
    /// # Errors
    ///
    /// The digits of an index that does not fit in 32 bits.
    #[inline]
    pub(crate) fn parse(line: &'t str) -> Result<Self, &'t str> {
        #[cfg(test)]
        crate::test_steps::count();
        match property::parse_common_form(line) {
            Some((column, row, value)) => Ok(Self::Cell { column, row, value }),
            None => Self::parse_any_form(line),
        }
    }

    /// Reads a line as [`parse`](Self::parse) does. Who looked for the common form of a cell itself
    /// need not do it again.
    #[inline(never)]
    pub(crate) fn parse_any_form(line: &'t str) -> Result<Self, &'t str> {
        let line = trim_start(line);
        if let Some(opened) = property::strip_property_prefix(line) {
            return match property::parse(opened) {
                Some(p) => match row(p.row) {
                    Some(row) => Ok(Self::Cell { column: p.column, row, value: p.value }),
                    None => Err(p.row),
                },
                None => {
                    let (fault, _) = property::fault(opened);
                    Ok(Self::Skipped(SkipReason::MalformedProperty(fault)))
                }
            };
        }
        let line = trim(line);
        // Not `split_once`, whose search is a call and steps of its own for each line.
        Ok(match find_byte(b'=', line.as_bytes()) {
            Some(equals) => match trim(&line[..equals]) {
                "" => Self::Skipped(SkipReason::MissingKey),
                name => Self::Field { name, value: trim(&line[equals + 1..]) },
            },
            None if line.is_empty() => Self::Blank,
            None if line.eq_ignore_ascii_case("[RESPONSE]") => Self::Header,
            None if line.eq_ignore_ascii_case("EOF") => Self::Trailer,
            None => Self::Skipped(SkipReason::MissingEquals),
        })
    }
}

/// Reads ASCII digits, however many zeros they begin with.
fn row(digits: &str) -> Option<u32> {
    digits
        .bytes()
        .try_fold(0_u32, |row, digit| row.checked_mul(10)?.checked_add(u32::from(digit - b'0')))
}

impl fmt::Debug for LineKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => f.write_str("Blank"),
            Self::Cell { column, row, value } => {
                write!(f, "Cell {{ column: {column:?}, row: {row}, value: {} bytes }}", value.len())
            }
            Self::Field { name, value } => {
                write!(f, "Field {{ name: {name:?}, value: {} bytes }}", value.len())
            }
            Self::Header => f.write_str("Header"),
            Self::Skipped(kind) => write!(f, "Skipped({kind:?})"),
            Self::Trailer => f.write_str("Trailer"),
        }
    }
}
