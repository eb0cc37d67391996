//! Several replies in one text.

use core::fmt;

use crate::error::{ParseError, Position};
use crate::framing::{Framing, Place};
use crate::parser::{Parser, decode};
use crate::response::Response;

/// The replies of a text in which one follows another, each to its `EOF`; the last one may lack it if it has no `[RESPONSE]`.
///
/// A reply that is wrong is an error, and the next one starts after its `EOF`; one that is cut off by the `[RESPONSE]` of the
/// next ends there, and is [truncated](crate::ErrorKind::Truncated). Each may begin with a byte order mark. The positions of errors and notes count from
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
    rest: &'t str,
    /// Where the rest begins in the whole text.
    position: Position,
    parser: Parser,
}

impl<'t> Responses<'t> {
    /// Reads `text` with the default [`Parser`].
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self { rest: text, position: Position::START, parser: Parser::new() }
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
        let mut framing = Framing::new();
        // Where the reply begins, and its text from there on.
        let (mut base, mut text) = (self.position, self.rest);
        let mut frame_len = 0;
        let mut place = Place::Before;
        while !self.rest.is_empty() && place != Place::Last {
            let lf = memchr::memchr(b'\n', self.rest.as_bytes());
            let (line, rest) = self.rest.split_at(lf.map_or(self.rest.len(), |lf| lf + 1));
            place = framing.line(line.as_bytes());
            if place == Place::Next {
                break;
            }
            self.position = self.position.after_line(line.len());
            self.rest = rest;
            if place == Place::Before {
                (base, text) = (self.position, rest);
            } else {
                frame_len += line.len();
            }
        }
        framing.has_started().then(|| (base, &text[..frame_len]))
    }
}

impl<'t> Iterator for Responses<'t> {
    type Item = Result<Response<'t>, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (base, frame) = self.frame()?;
        let response = self.parser.parse(frame);
        Some(response.map(|it| it.seen_from(base)).map_err(|error| error.seen_from(base)))
    }
}

impl core::iter::FusedIterator for Responses<'_> {}

impl fmt::Debug for Responses<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Responses").field("position", &self.position).finish_non_exhaustive()
    }
}
