//! The parser: from text to a command.

pub(crate) mod envelope;
mod from_text;
mod line_scan;
mod lines;
mod next_key;
pub(crate) mod reader;
mod text;
pub(crate) mod utf8;

use self::text::parse;
use self::utf8::decode_utf8;
use crate::command::Command;
use crate::error::ParseError;
use crate::limits::{Limits, check_length};

/// Parses commands with limits and options of your own.
///
/// [`Command::parse`] uses the default settings.
///
/// ```
/// use cnic_command::{ErrorKind, Limits, Parser};
///
/// const PARSER: Parser = Parser::new().limits(Limits::DEFAULT.bytes(1 << 16));
///
/// assert_eq!(PARSER.parse("COMMAND=StatusAccount")?.name(), "StatusAccount");
/// let error = PARSER.parse(&"\n".repeat(100_000)).unwrap_err();
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
    /// Creates a parser with the default limits, which rejects `[COMMAND]` without `EOF`.
    pub const fn new() -> Self {
        Self { limits: Limits::DEFAULT, allow_truncated: false }
    }

    /// Sets the limits. Default: [`Limits::DEFAULT`].
    pub const fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Sets whether `[COMMAND]` without `EOF` is accepted. Default: no, it is an error.
    ///
    /// Such a command may have been cut off anywhere, even within a value, and the text does not
    /// show it. In a stream it ends before the `[HEADER]` or `[COMMAND]` of the next one.
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
    /// Those of [`Command::parse`], except `[COMMAND]` without `EOF` if that is
    /// [allowed](Self::allow_truncated).
    pub fn parse<'t>(&self, text: &'t str) -> Result<Command<'t>, ParseError> {
        parse(text, self.limits, self.allow_truncated)
    }

    /// Reads a command from UTF-8 bytes.
    ///
    /// # Errors
    ///
    /// * bytes that are not UTF-8, with the offset of the first invalid one;
    /// * all those of [`parse`](Self::parse).
    pub fn parse_bytes<'t>(&self, bytes: &'t [u8]) -> Result<Command<'t>, ParseError> {
        check_length(bytes.len(), self.limits)?;
        self.parse(decode_utf8(bytes)?)
    }
}

impl Default for Parser {
    fn default() -> Self {
        Self::new()
    }
}

impl<'t> Command<'t> {
    /// Reads a command from text, one `KEY=value` a line. Keys and values are borrowed.
    ///
    /// Accepts LF and CRLF, blank lines, blanks (SP, TAB) around lines, keys and values, `COMMAND`
    /// in any place, the lines `[COMMAND]` and `EOF` around the command, a [header](Self::header)
    /// before `[COMMAND]`, and a byte order mark at the start.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("[COMMAND]\r\nCommand = QueryDomainList\r\nZoneTag0 = DEFAULT\r\nEOF\r\n")?;
    /// assert_eq!(command.name(), "QueryDomainList");
    /// assert_eq!(command.encode().to_string(), "COMMAND=QueryDomainList\nZoneTag0=DEFAULT");
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * no `COMMAND`, two of them, or an invalid name;
    /// * a key given twice, ASCII case-insensitively;
    /// * a line without `=`, or with a key that is empty or has other characters than ASCII
    ///   letters, digits, `-` and `_`;
    /// * a value with a CR or a NUL;
    /// * `[COMMAND]` without `EOF`, `[HEADER]` without `[COMMAND]`, either of them after another
    ///   line, or text after `EOF`;
    /// * a text above the [default limits](crate::Limits::DEFAULT).
    ///
    /// Use a [`Parser`] for other limits, or to accept `[COMMAND]` without `EOF`.
    pub fn parse(text: &'t str) -> Result<Self, ParseError> {
        Parser::new().parse(text)
    }

    /// Reads a command from UTF-8 bytes.
    ///
    /// ```
    /// # use cnic_command::{Command, ErrorKind};
    /// let error = Command::from_utf8(b"COMMAND=AddContact\ncity=M\xfcnchen").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::InvalidUtf8 { offset: Some(25) });
    /// ```
    ///
    /// # Errors
    ///
    /// * bytes that are not UTF-8, with the offset of the first invalid one;
    /// * all those of [`parse`](Self::parse).
    pub fn from_utf8(bytes: &'t [u8]) -> Result<Self, ParseError> {
        Parser::new().parse_bytes(bytes)
    }
}
