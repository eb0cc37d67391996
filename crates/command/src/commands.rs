//! Several commands in one text.

use core::fmt;

use crate::command::Command;
use crate::error::{ErrorKind, ParseError, Position};
use crate::framing::Place;
use crate::limits::Limits;
use crate::parse::{decode, parse};

/// The commands of a text in which one follows another, each to its `EOF`; the last one may lack it if it has no `[COMMAND]`.
///
/// Blank lines between them are skipped. A command that is wrong is an error, and the next one starts after its `EOF`, or with the next
/// `[COMMAND]` if that comes first; what ends so is never a command. With `[COMMAND]` it is
/// [truncated](ErrorKind::Truncated); without, it can't be told whether it is whole, and the `[COMMAND]` is
/// [misplaced](ErrorKind::MisplacedHeader). The positions of errors and parameters count from the start of the whole text.
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
    /// Where the rest begins in the whole text.
    position: Position,
    limits: Limits,
}

impl<'t> Commands<'t> {
    /// Reads `text`, each command within the [default limits](Limits::DEFAULT). Keys and values are borrowed.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self { rest: text, position: Position::START, limits: Limits::DEFAULT }
    }

    /// Reads UTF-8 bytes.
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
        decode(bytes).map(Self::new)
    }

    /// Sets the limits of each command.
    #[must_use]
    pub const fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }
}

impl<'t> Iterator for Commands<'t> {
    type Item = Result<Command<'t>, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        // Where the command begins, and the text from there on.
        let (mut base, mut text) = (self.position, self.rest);
        let mut place = Place::Before;
        while !self.rest.is_empty() && place != Place::Last {
            let lf = memchr::memchr(b'\n', self.rest.as_bytes());
            let (line, rest) = self.rest.split_at(lf.map_or(self.rest.len(), |lf| lf + 1));
            place = Place::of(line.as_bytes(), place != Place::Before);
            if place == Place::Next {
                break;
            }
            self.position = self.position.after_line(line.len());
            self.rest = rest;
            if place == Place::Before {
                (base, text) = (self.position, rest);
            }
        }
        let cut = (place == Place::Next).then_some(self.position);
        let frame = &text[..text.len() - self.rest.len()];
        (place != Place::Before).then(|| read(frame, self.limits, base, cut))
    }
}

impl core::iter::FusedIterator for Commands<'_> {}

impl fmt::Debug for Commands<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Commands").field("position", &self.position).finish_non_exhaustive()
    }
}

/// Reads one command of a stream that begins at `base` of it; `cut` is where the next one's `[COMMAND]` is, if that ended it.
pub(crate) fn read(
    text: &str,
    limits: Limits,
    base: Position,
    cut: Option<Position>,
) -> Result<Command<'_>, ParseError> {
    let mut command = parse(text, limits).map_err(|error| error.seen_from(base))?;
    if let Some(header) = cut {
        return Err(ParseError::new(ErrorKind::MisplacedHeader, header));
    }
    command.parameters.see_from(base);
    Ok(command)
}
