//! Several commands in one text, each to its `EOF`.

pub(crate) mod decoder;

use core::fmt;

use cnic_text::Position;
use cnic_text::blanks::is_blank;

use crate::command::Command;
use crate::error::{ErrorKind, ParseError};
use crate::parse::Parser;
use crate::parse::envelope::{Envelope, LineRole, trim_line};
use crate::parse::utf8::decode_utf8;

/// An iterator over the commands of a text. Each ends with its `EOF`, which the last one does not
/// need if it has no `[COMMAND]`.
///
/// Blank lines between commands and a byte order mark before each are skipped. An invalid command
/// is an error; the next one starts after its `EOF`, or with the next `[HEADER]` or `[COMMAND]` if
/// that comes first. A command that ends without `EOF` in this way is an error unless the
/// [parser](Parser::allow_truncated) allows it: after a `[COMMAND]` it is
/// [truncated](ErrorKind::Truncated), else the second `[COMMAND]` is
/// [misplaced](ErrorKind::MisplacedCommand). Positions count from the start of the whole text.
///
/// ```
/// use cnic_command::{Commands, ErrorKind};
///
/// let log = "[COMMAND]\nCOMMAND=StatusAccount\nEOF\n\n[COMMAND]\nCOMMAND=AddDomain\nDOMAIN=exam\n\
///     [COMMAND]\nCOMMAND=StatusDomain\nDOMAIN=example.com\nEOF\n";
/// let commands: Vec<_> = Commands::new(log).collect();
/// assert_eq!(commands[0].as_ref().unwrap().name(), "StatusAccount");
/// let error = commands[1].as_ref().unwrap_err();
/// assert_eq!((error.kind(), error.position().line()), (ErrorKind::Truncated, 7));
/// assert_eq!(commands[2].as_ref().unwrap().get("domain"), Some("example.com"));
/// assert_eq!(commands.len(), 3);
/// ```
#[derive(Clone)]
pub struct Commands<'t> {
    rest: &'t str,
    /// Where the rest starts in the whole text.
    position: Position,
    parser: Parser,
}

impl<'t> Commands<'t> {
    /// Reads `text` with the default [`Parser`]. Keys and values are borrowed.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self { rest: text, position: Position::START, parser: Parser::new() }
    }

    /// Reads UTF-8 bytes with the default [`Parser`].
    ///
    /// ```
    /// # use cnic_command::Commands;
    /// let log = b"[COMMAND]\nCOMMAND=StatusAccount\nEOF\n[COMMAND]\nCOMMAND=EndSession\nEOF\n";
    /// assert_eq!(Commands::from_utf8(log)?.count(), 2);
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Bytes that are not UTF-8, anywhere in the text.
    pub fn from_utf8(bytes: &'t [u8]) -> Result<Self, ParseError> {
        decode_utf8(bytes).map(Self::new)
    }

    /// Sets the parser of each command.
    #[must_use]
    pub const fn parser(self, parser: Parser) -> Self {
        Self { parser, ..self }
    }
}

impl<'t> Iterator for Commands<'t> {
    type Item = Result<Command<'t>, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut envelope = Envelope::default();
        // Where the command begins, and the text from there on.
        let (mut base, mut text) = (self.position, self.rest);
        let mut cut = None;
        let mut role = LineRole::Before;
        while !self.rest.is_empty() && role != LineRole::Last {
            let lf = memchr::memchr(b'\n', self.rest.as_bytes());
            let (line, rest) = self.rest.split_at(lf.map_or(self.rest.len(), |lf| lf + 1));
            role = envelope.line(line.as_bytes());
            if let LineRole::Next(kind) = role {
                cut = Some(cut_by(kind, line.as_bytes(), self.position));
                break;
            }
            self.position = self.position.after_line(line.len());
            self.rest = rest;
            if role == LineRole::Before {
                (base, text) = (self.position, rest);
            }
        }
        let frame = &text[..text.len() - self.rest.len()];
        (role != LineRole::Before).then(|| parse_frame(frame, self.parser, base, cut))
    }
}

impl core::iter::FusedIterator for Commands<'_> {}

impl fmt::Debug for Commands<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Commands").field("position", &self.position).finish_non_exhaustive()
    }
}

/// Returns the error of a command that ends before `line`, the first line of the next one, at
/// `position` of the stream.
pub(crate) fn cut_by(kind: ErrorKind, line: &[u8], position: Position) -> ParseError {
    let start = line.iter().take_while(|&&byte| is_blank(byte)).count();
    let span = start..start + trim_line(line).len();
    ParseError::new(kind, Position::START, span).offset_by(position)
}

/// Parses one command of a stream, which starts at `base`. `cut` is its error if it ended where the
/// next one starts.
pub(crate) fn parse_frame(
    text: &str,
    parser: Parser,
    base: Position,
    cut: Option<ParseError>,
) -> Result<Command<'_>, ParseError> {
    let mut command = parser.parse(text).map_err(|error| error.offset_by(base))?;
    match cut {
        Some(error) if !parser.allow_truncated => return Err(error),
        _ => command.offset_by(base),
    }
    Ok(command)
}
