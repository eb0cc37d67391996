//! How to read a text.

use crate::command::Command;
use crate::error::{ErrorKind, ParseError, Position, narrow};
use crate::limits::Limits;
use crate::parse::parse;

/// Reads commands: how large they may be, and what is forgiven.
///
/// [`Command::parse`] is the parser that is told nothing.
///
/// ```
/// use cnic_command::{ErrorKind, Limits, Parser};
///
/// let mut limits = Limits::DEFAULT;
/// limits.bytes = 1 << 16;
/// let parser = Parser::new().limits(limits);
/// assert_eq!(parser.parse("COMMAND=StatusAccount")?.name(), "StatusAccount");
/// let error = parser.parse(&"\n".repeat(100_000)).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::ByteLimit);
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Parser {
    pub(crate) limits: Limits,
    pub(crate) allow_truncated: bool,
}

impl Parser {
    /// Makes a parser with the default limits that forgives nothing.
    pub const fn new() -> Self {
        Self { limits: Limits::DEFAULT, allow_truncated: false }
    }

    /// Sets the limits. Default: [`Limits::DEFAULT`].
    pub const fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Sets whether a command that has `[COMMAND]` and no `EOF` is read as far as it goes. Default: no, it is an error.
    ///
    /// Such a command may be cut off anywhere, also inside a value, and nothing tells it from a whole one. In a stream it ends
    /// where the next command's `[HEADER]` or `[COMMAND]` is.
    ///
    /// ```
    /// use cnic_command::Parser;
    ///
    /// let text = "[COMMAND]\nCOMMAND=StatusDomain\nDOMAIN=example.com\n";
    /// let command = Parser::new().allow_truncated(true).parse(text)?;
    /// assert_eq!(command.get("domain"), Some("example.com"));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    pub const fn allow_truncated(self, allow_truncated: bool) -> Self {
        Self { allow_truncated, ..self }
    }

    /// Reads a command from text. Keys and values are borrowed.
    ///
    /// # Errors
    ///
    /// Those of [`Command::parse`], `[COMMAND]` without `EOF` only unless [allowed](Self::allow_truncated).
    pub fn parse<'t>(&self, text: &'t str) -> Result<Command<'t>, ParseError> {
        parse(text, *self)
    }

    /// Reads a command from UTF-8 bytes.
    ///
    /// # Errors
    ///
    /// * bytes that are not UTF-8, with the offset of the first wrong one;
    /// * all those of [`parse`](Self::parse).
    pub fn parse_bytes<'t>(&self, bytes: &'t [u8]) -> Result<Command<'t>, ParseError> {
        check_length(bytes.len(), self.limits)?;
        self.parse(decode(bytes)?)
    }
}

impl Default for Parser {
    fn default() -> Self {
        Self::new()
    }
}

/// Refuses a text or a form that is longer than the limit.
pub(crate) fn check_length(len: usize, limits: Limits) -> Result<(), ParseError> {
    if u32::try_from(len).is_ok_and(|len| len <= limits.bytes) {
        return Ok(());
    }
    Err(too_long(limits))
}

/// Returns the error of a text above the limit, at the byte that passes it.
pub(crate) fn too_long(limits: Limits) -> ParseError {
    let limit = limits.bytes as usize; // lossless by the assertion beside `Position`
    ParseError::new(ErrorKind::ByteLimit, Position::START, limit..limit)
}

/// Takes bytes for UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, ParseError> {
    core::str::from_utf8(bytes).map_err(|error| {
        let (valid, wrong) = bytes.split_at(error.valid_up_to());
        let line_start = memchr::memrchr(b'\n', valid).map_or(0, |lf| lf + 1);
        let lines = memchr::memchr_iter(b'\n', valid).count();
        let kind = ErrorKind::InvalidUtf8 { offset: Some(narrow(valid.len())) };
        let span = valid.len()..valid.len() + error.error_len().unwrap_or(wrong.len());
        ParseError::new(kind, Position::at_line(line_start, lines), span)
    })
}
