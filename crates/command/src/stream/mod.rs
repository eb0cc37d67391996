//! Several commands in one text, each to its `EOF`.

#[cfg(feature = "bytes")]
mod buf;
#[cfg(feature = "tokio-util")]
pub(crate) mod codec;
pub(crate) mod decoder;

use core::fmt;

use cnic_text::frame::{Frame, TextFrames};

use crate::command::Command;
use crate::error::ParseError;
use crate::parse::Parser;
use crate::parse::envelope::Envelope;
use crate::parse::utf8::decode_utf8;

/// An iterator over the commands of a text. Each ends with its `EOF`, which the last command may
/// lack if it has no `[COMMAND]`.
///
/// Blank lines between commands and a byte order mark before each are skipped. An invalid command
/// is an error; the next one starts after its `EOF`, or with the next `[HEADER]` or `[COMMAND]` if
/// that comes first. A command that ends without `EOF` in this way is an error unless the
/// [parser](Parser::allow_truncated) allows it: after a `[COMMAND]` it is
/// [truncated](crate::ErrorKind::Truncated), else the second `[COMMAND]` is
/// [misplaced](crate::ErrorKind::MisplacedCommand). Positions count from the start of the whole
/// text.
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
    frames: TextFrames<'t>,
    parser: Parser,
}

impl<'t> Commands<'t> {
    /// Reads `text` with the default [`Parser`]. Keys and values are borrowed.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self { frames: TextFrames::new(text), parser: Parser::new() }
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
        let (frame, text) = self.frames.next_frame()?;
        Some(parse_frame(text, self.parser, frame))
    }
}

impl core::iter::FusedIterator for Commands<'_> {}

impl fmt::Debug for Commands<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Commands")
            .field("position", &self.frames.position())
            .finish_non_exhaustive()
    }
}

/// Parses one command of a stream.
pub(crate) fn parse_frame(
    text: &str,
    parser: Parser,
    frame: Frame<Envelope>,
) -> Result<Command<'_>, ParseError> {
    let Frame { base, end, next, .. } = frame;
    let mut command = parser.parse(text).map_err(|error| error.offset_by(base))?;
    match next {
        Some(error) if !parser.allow_truncated => return Err(error.offset_by(end)),
        _ => command.offset_by(base),
    }
    Ok(command)
}
