//! The lines of a text.

use cnic_text::blanks::is_blank;
use cnic_text::{Position, to_u32};

use crate::error::{ErrorKind, ParseError};
use crate::limits::Limits;

/// A byte order mark, which some editors write at the start of a file.
pub(crate) const MARK: char = '\u{feff}';

/// The lines of a text that are not blank, within limits. They end with LF or CRLF.
pub(crate) struct Lines<'t> {
    unread: &'t str,
    /// The offset of what is unread, and how many lines are before it.
    byte: usize,
    lines_before: u32,
    /// How many lines were not blank.
    count: usize,
    /// The last line that was read, blank or not.
    last: Position,
    limits: Limits,
}

/// A line without its end, and where it starts.
#[derive(Clone, Copy)]
pub(crate) struct Line<'t> {
    pub(crate) text: &'t str,
    pub(crate) position: Position,
}

impl<'t> Lines<'t> {
    /// Returns the lines after a mark, if there is one. Offsets count the mark.
    pub(crate) fn new(text: &'t str, limits: Limits) -> Result<Self, ParseError> {
        limits.check_bytes(text.len())?;
        let unread = text.strip_prefix(MARK).unwrap_or(text);
        let byte = text.len() - unread.len();
        Ok(Self { unread, byte, lines_before: 0, count: 0, last: Position::START, limits })
    }

    /// Returns the start of the last line that was read, blank or not.
    pub(crate) const fn last_position(&self) -> Position {
        self.last
    }

    /// Returns whether all lines so far were blank.
    pub(crate) const fn all_blank(&self) -> bool {
        self.count == 0
    }

    /// Returns the next line, blank or not.
    fn read(&mut self) -> Option<Line<'t>> {
        if self.unread.is_empty() {
            return None;
        }
        let end = memchr::memchr(b'\n', self.unread.as_bytes());
        let (line, after) = self.unread.split_at(end.map_or(self.unread.len(), |lf| lf + 1));
        let position = Position::new(to_u32(self.byte), self.lines_before);
        self.last = position;
        self.unread = after;
        self.byte += line.len();
        self.lines_before += 1;
        let text = line.strip_suffix('\n').unwrap_or(line);
        Some(Line { text: text.strip_suffix('\r').unwrap_or(text), position })
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Result<Line<'t>, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = self.read()?;
            let start = line.position.byte();
            let error = |kind| {
                Some(Err(ParseError::new(kind, line.position, start..start + line.text.len())))
            };
            if self.lines_before > self.limits.lines {
                return error(ErrorKind::LineLimit);
            }
            if line.text.bytes().all(is_blank) {
                continue;
            }
            self.count += 1;
            if Limits::exceeds(self.count, self.limits.fields) {
                return error(ErrorKind::FieldLimit);
            }
            return Some(Ok(line));
        }
    }
}
