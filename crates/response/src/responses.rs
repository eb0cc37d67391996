//! Several replies in one text.

use core::fmt;

use crate::error::{ParseError, Position};
use crate::lines::{LineKind, Lines};
use crate::parser::{Parser, decode};
use crate::response::Response;

/// The replies of a text in which one follows another, each to its `EOF`; the last one may lack it if it has no `[RESPONSE]`.
///
/// A reply that is wrong is an error, and the next one starts after its `EOF`; one that is cut off by the `[RESPONSE]` of the
/// next ends there, and is [truncated](crate::ErrorKind::Truncated). The positions of errors and notes count from
/// the start of the whole text.
///
/// ```
/// use cnic_response::Responses;
///
/// let log = "[RESPONSE]\ncode = 200\nEOF\n\n[RESPONSE]\ncode = abc\nEOF\n[RESPONSE]\ncode = 545\nEOF\n";
/// let replies: Vec<_> = Responses::new(log).collect();
/// assert_eq!(replies[0].as_ref().unwrap().code(), 200);
/// assert_eq!(replies[1].as_ref().unwrap_err().position().line(), 6);
/// assert_eq!(replies[2].as_ref().unwrap().code(), 545);
/// assert_eq!(replies.len(), 3);
/// ```
#[derive(Clone)]
pub struct Responses<'t> {
    text: &'t str,
    lines: Lines<'t>,
    parser: Parser,
}

impl<'t> Responses<'t> {
    /// Reads `text` with the default [`Parser`].
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self { text, lines: Lines::new(text), parser: Parser::new() }
    }

    /// Reads UTF-8 bytes with the default [`Parser`].
    ///
    /// ```
    /// # use cnic_response::Responses;
    /// let log = b"[RESPONSE]\ncode = 200\nEOF\n[RESPONSE]\ncode = 545\nEOF\n";
    /// assert_eq!(Responses::from_utf8(log)?.count(), 2);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Bytes that are not UTF-8, anywhere in the text.
    pub fn from_utf8(bytes: &'t [u8]) -> Result<Self, ParseError> {
        decode(bytes).map(Self::new)
    }

    /// Sets the parser of each reply. Its [encoding](Parser::encoding) plays no part.
    #[must_use]
    pub const fn parser(self, parser: Parser) -> Self {
        Self { parser, ..self }
    }

    /// Takes the text up to the end of the next `EOF` line, or up to the `[RESPONSE]` of the next reply if this one has none,
    /// without the blank lines before it.
    fn frame(&mut self) -> Option<(Position, &'t str)> {
        // A byte order mark is part of the first reply, even on a line of its own.
        let is_marked =
            self.lines.position() == Position::START && self.text.starts_with('\u{feff}');
        let marked = is_marked.then_some(Position::START);
        let mut start = None;
        // Whether there was a `[RESPONSE]`, and something after it.
        let (mut framed, mut has_content) = (false, false);
        loop {
            let before = self.lines.clone();
            let Some(line) = self.lines.next() else { break };
            let position = before.position();
            // A line that is an error is so again when its reply is read.
            let kind = line.ok().map(|line| line.kind());
            if kind != Some(LineKind::Blank) {
                start = start.or(marked).or(Some(position));
            }
            match kind {
                Some(LineKind::Trailer) => break,
                Some(LineKind::Header) if framed && has_content => {
                    self.lines = before;
                    break;
                }
                Some(LineKind::Header) => (framed, has_content) = (true, false),
                None | Some(LineKind::Cell { .. } | LineKind::Field { .. }) => has_content = true,
                _ => {}
            }
        }
        let start = start?;
        let end = self.text.len() - self.lines.rest().len();
        Some((start, &self.text[start.byte()..end]))
    }
}

impl<'t> Iterator for Responses<'t> {
    type Item = Result<Response<'t>, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (base, frame) = self.frame()?;
        Some(match self.parser.parse(frame) {
            Ok(mut response) => {
                for note in &mut response.reply.notes {
                    *note = note.seen_from(base);
                }
                Ok(response)
            }
            Err(error) => Err(error.seen_from(base)),
        })
    }
}

impl core::iter::FusedIterator for Responses<'_> {}

impl fmt::Debug for Responses<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Responses")
            .field("position", &self.lines.position())
            .finish_non_exhaustive()
    }
}
