//! What is wrong with a text, and where.

use core::fmt;
use core::ops::Range;

use cnic_text::{Position, Span, to_u32};

/// An error in a text or a form: its kind, the line, and the bytes that are wrong.
///
/// It never holds a value, which may be a password. At most it names one character of a key. Errors
/// of a [form](crate::form) are on line 1, at the byte where the pair starts; errors of the command
/// inside `s_command` count lines and bytes of that text.
///
/// ```
/// use cnic_command::{Command, ErrorKind};
///
/// let text = "COMMAND=StatusDomain\nDOMAIN=example.com\ndomain=example.net";
/// let error = Command::parse(text).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::DuplicateKey { first_line: 2 });
/// assert_eq!(error.to_string(), "key given twice, first in line 2 (line 3, byte 40)");
/// assert_eq!(&text[error.span()], "domain");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ParseError {
    kind: ErrorKind,
    position: Position,
    span: Span,
}

impl ParseError {
    pub(crate) fn new(kind: ErrorKind, position: Position, span: impl Into<Span>) -> Self {
        Self { kind, position, span: span.into() }
    }

    /// Returns what is wrong.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the start of the line that is wrong.
    ///
    /// For something that is missing this is the line at which reading ended.
    #[must_use]
    pub const fn position(&self) -> Position {
        self.position
    }

    /// Returns the bytes that are wrong: the key, the character in it, the value, the escape, or
    /// the line.
    ///
    /// The range is empty where something is missing, and where a [limit](crate::Limits) on bytes
    /// is passed. It counts from where [`position`](Self::position) counts from: the start of the
    /// text, the stream, the body of the form, or the text inside `s_command`.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let text = "COMMAND=StatusDomain\nDOMAIN\u{a0}=example.com";
    /// let error = Command::parse(text).unwrap_err();
    /// assert_eq!(&text[error.span()], "\u{a0}");
    /// assert_eq!(error.to_string(), "character U+00A0 at byte 27 is not allowed in a key (line 2, byte 21)");
    /// ```
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.span.range()
    }

    /// Returns the error as counted from the start of a longer line, in which the text starts at
    /// byte `bytes`.
    ///
    /// Use it for a [form inside a line](crate::form::query_span). The sums saturate at `u32::MAX`.
    #[must_use]
    pub fn offset_by(self, bytes: usize) -> Self {
        self.offset_by_position(Position::at_byte(bytes))
    }

    /// Returns the error as one of a text in which its own text starts at `base`.
    pub(crate) fn offset_by_position(self, base: Position) -> Self {
        Self {
            kind: self.kind.offset_by(base),
            position: self.position.offset_by(base),
            span: self.span.offset_by(base),
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.write(f, Some(self.span.start))?;
        write!(f, " ({})", self.position)
    }
}

impl core::error::Error for ParseError {}

/// What can be wrong with a text or a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is longer than [`Limits::bytes`](crate::Limits::bytes).
    ByteLimit,
    /// A raw control character in a form, which should be `%0A` and the like.
    ControlByte,
    /// A value holds CR or NUL, or in a flat form LF: `DOMAIN=example.com%0ASUBUSER=other`.
    ControlCharacter,
    /// A key is given twice, ASCII case-insensitively: `DOMAIN=..`, then `domain=..`.
    DuplicateKey {
        /// The line of the first one.
        first_line: u32,
    },
    /// A name of a form is given twice, ASCII case-insensitively.
    DuplicateName {
        /// Where the pair of the first one starts.
        first_byte: u32,
    },
    /// A `%` in a form is not followed by two hexadecimal digits.
    InvalidEscape,
    /// A key is empty or has other characters than ASCII letters, digits, `-` and `_`.
    InvalidKey {
        /// The first character that is not allowed in a key; `None` for an empty key.
        /// [`ParseError::span`] is its place.
        character: Option<char>,
    },
    /// The name of the command is empty or has other characters than ASCII letters, digits, `-` and
    /// `_`.
    InvalidName,
    /// The `persistent` of a form is not `0`, `1` or empty.
    InvalidPersistent,
    /// The bytes are not UTF-8.
    InvalidUtf8 {
        /// The offset of the first invalid byte; `None` in a field of a form, where
        /// [`ParseError::span`] has the place.
        offset: Option<u32>,
    },
    /// There are more lines, blank ones included, than [`Limits::lines`](crate::Limits::lines).
    LineLimit,
    /// `[COMMAND]` is neither the first line that is not blank nor the end of a header.
    MisplacedCommand,
    /// `[HEADER]` is not the first line that is not blank.
    MisplacedHeader,
    /// There is no `COMMAND` parameter.
    MissingCommand,
    /// A line has no `=`.
    MissingEquals,
    /// A form has `s_command` and also parameters of a flat command.
    MixedShapes,
    /// A form has more pairs, empty ones included, than [`Limits::lines`](crate::Limits::lines).
    PairLimit,
    /// A pair of a form has no `=`.
    PairWithoutEquals,
    /// There are more parameters, or fields of a form, than
    /// [`Limits::parameters`](crate::Limits::parameters).
    ParameterLimit,
    /// `COMMAND` is given twice.
    RepeatedCommand {
        /// The line of the first one.
        first_line: u32,
    },
    /// Something that is not blank follows `EOF`.
    TrailingData,
    /// `[COMMAND]` without `EOF`.
    Truncated,
    /// `[HEADER]` without a `[COMMAND]` after its lines.
    UnfinishedHeader,
}

impl ErrorKind {
    /// Returns the kind as seen from a text in which its own text starts at `base`, if it holds a
    /// place.
    fn offset_by(self, base: Position) -> Self {
        let line = |line: u32| line.saturating_add(base.lines_before());
        let byte = |byte: u32| to_u32(base.byte()).saturating_add(byte);
        match self {
            Self::DuplicateKey { first_line } => {
                Self::DuplicateKey { first_line: line(first_line) }
            }
            Self::DuplicateName { first_byte } => {
                Self::DuplicateName { first_byte: byte(first_byte) }
            }
            Self::InvalidUtf8 { offset } => Self::InvalidUtf8 { offset: offset.map(byte) },
            Self::RepeatedCommand { first_line } => {
                Self::RepeatedCommand { first_line: line(first_line) }
            }
            kind => kind,
        }
    }

    /// Writes the message; `byte` is the place of a character that it names.
    fn write(self, f: &mut fmt::Formatter<'_>, byte: Option<u32>) -> fmt::Result {
        let text = match self {
            Self::ByteLimit => "more bytes than the limit",
            Self::ControlByte => "control character in a form",
            Self::ControlCharacter => "value holds CR, LF or NUL",
            Self::DuplicateKey { first_line } => {
                return write!(f, "key given twice, first in line {first_line}");
            }
            Self::DuplicateName { first_byte } => {
                return write!(f, "name given twice, first at byte {first_byte}");
            }
            Self::InvalidEscape => "bad `%` escape",
            Self::InvalidKey { character: None } => "empty key",
            Self::InvalidKey { character: Some(character) } => {
                // A character that cannot be seen is named by its number.
                if character.is_ascii_graphic() && character != '`' {
                    write!(f, "character `{character}`")?;
                } else {
                    write!(f, "character U+{:04X}", u32::from(character))?;
                }
                byte.map_or(Ok(()), |byte| write!(f, " at byte {byte}"))?;
                " is not allowed in a key"
            }
            Self::InvalidName => "command name is not made of letters, digits, `-` and `_`",
            Self::InvalidPersistent => "`persistent` is not 0 or 1",
            Self::InvalidUtf8 { offset } => {
                f.write_str("invalid UTF-8")?;
                return offset.map_or(Ok(()), |offset| write!(f, " at byte {offset}"));
            }
            Self::LineLimit => "more lines than the limit",
            Self::MisplacedCommand => "`[COMMAND]` is not the first line",
            Self::MisplacedHeader => "`[HEADER]` is not the first line",
            Self::MissingCommand => "no `COMMAND` parameter",
            Self::MissingEquals => "line without `=`",
            Self::MixedShapes => "flat parameter beside `s_command`",
            Self::PairLimit => "more pairs than the limit",
            Self::PairWithoutEquals => "pair without `=`",
            Self::ParameterLimit => "more parameters than the limit",
            Self::RepeatedCommand { first_line } => {
                return write!(f, "second `COMMAND`, the first is in line {first_line}");
            }
            Self::TrailingData => "text after `EOF`",
            Self::Truncated => "`[COMMAND]` without `EOF`",
            Self::UnfinishedHeader => "`[HEADER]` without `[COMMAND]`",
        };
        f.write_str(text)
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, None)
    }
}
