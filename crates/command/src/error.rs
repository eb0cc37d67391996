//! What is wrong with a text, and where.

use core::fmt;
use core::ops::Range;

use cnic_text::{Kind, Located, Position, kinds, to_u32};

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
///
/// # The bytes that are wrong
///
/// `span()` is the key, the character in it, the value, the escape, or the line. The range is
/// empty where something is missing, and where a [limit](crate::Limits) on bytes is passed. It
/// counts from where `position()` counts from: the start of the text, the stream, the body of the
/// form, or the text inside `s_command`. For a [form inside a line](crate::form::query_span),
/// `offset_by()` gives the error as counted from the start of that line.
///
/// ```
/// # use cnic_command::Command;
/// let text = "COMMAND=StatusDomain\nDOMAIN\u{a0}=example.com";
/// let error = Command::parse(text).unwrap_err();
/// assert_eq!(&text[error.span()], "\u{a0}");
/// assert_eq!(error.to_string(), "character U+00A0 at byte 27 is not allowed in a key (line 2, byte 21)");
/// ```
pub type ParseError = Located<ErrorKind>;

kinds! {
    /// What can be wrong with a text or a form.
    ///
    /// ```
    /// use cnic_command::{Command, ErrorKind};
    ///
    /// let error = Command::parse("COMMAND=AddDomain\nPERIOD=1\nperiod=2").unwrap_err();
    /// assert!(matches!(error.kind(), ErrorKind::DuplicateKey { .. }));
    /// assert_eq!(error.kind().name(), "DuplicateKey");
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum ErrorKind {
        /// The text is longer than [`Limits::bytes`](crate::Limits::bytes).
        ByteLimit = "more bytes than the limit",
        /// A raw control character in a form, which should be `%0A` and the like.
        ControlByte = "control character in a form",
        /// A value holds CR or NUL, or in a flat form LF: `DOMAIN=example.com%0ASUBUSER=other`.
        ControlCharacter = "value holds CR, LF or NUL",
        /// A key is given twice, ASCII case-insensitively: `DOMAIN=..`, then `domain=..`.
        DuplicateKey {
            /// The line of the first one.
            first_line: u32,
        } = "key given twice, first in line {first_line}",
        /// A name of a form is given twice, ASCII case-insensitively.
        DuplicateName {
            /// Where the pair of the first one starts.
            first_byte: u32,
        } = "name given twice, first at byte {first_byte}",
        /// A `%` in a form is not followed by two hexadecimal digits.
        InvalidEscape = "bad `%` escape",
        /// A key is empty or has other characters than ASCII letters, digits, `-` and `_`.
        InvalidKey {
            /// The first character that is not allowed in a key; `None` for an empty key.
            /// [`ParseError`]'s `span()` is its place.
            character: Option<char>,
        } => |f| write_invalid_key(f, *character),
        /// The name of the command is empty or has other characters than ASCII letters, digits, `-`
        /// and `_`.
        InvalidName = "command name is not made of letters, digits, `-` and `_`",
        /// The `persistent` of a form is not `0`, `1` or empty.
        InvalidPersistent = "`persistent` is not 0 or 1",
        /// The bytes are not UTF-8.
        InvalidUtf8 {
            /// The offset of the first invalid byte; `None` in a field of a form, where
            /// [`ParseError`]'s `span()` has the place.
            offset: Option<u32>,
        } => |f| write_invalid_utf8(f, *offset),
        /// There are more lines, blank ones included, than [`Limits::lines`](crate::Limits::lines).
        LineLimit = "more lines than the limit",
        /// `[COMMAND]` is neither the first line that is not blank nor the end of a header.
        MisplacedCommand = "`[COMMAND]` is not the first line",
        /// `[HEADER]` is not the first line that is not blank.
        MisplacedHeader = "`[HEADER]` is not the first line",
        /// There is no `COMMAND` parameter.
        MissingCommand = "no `COMMAND` parameter",
        /// A line has no `=`.
        MissingEquals = "line without `=`",
        /// A form has `s_command` and also parameters of a flat command.
        MixedShapes = "flat parameter beside `s_command`",
        /// A form has more pairs, empty ones included, than
        /// [`Limits::lines`](crate::Limits::lines).
        PairLimit = "more pairs than the limit",
        /// A pair of a form has no `=`.
        PairWithoutEquals = "pair without `=`",
        /// There are more parameters, or fields of a form, than
        /// [`Limits::parameters`](crate::Limits::parameters).
        ParameterLimit = "more parameters than the limit",
        /// `COMMAND` is given twice.
        RepeatedCommand {
            /// The line of the first one.
            first_line: u32,
        } = "second `COMMAND`, the first is in line {first_line}",
        /// Something that is not blank follows `EOF`.
        TrailingData = "text after `EOF`",
        /// `[COMMAND]` without `EOF`.
        Truncated = "`[COMMAND]` without `EOF`",
        /// `[HEADER]` without a `[COMMAND]` after its lines.
        UnfinishedHeader = "`[HEADER]` without `[COMMAND]`",
    }
}

impl Kind for ErrorKind {
    const MODULE: &'static str = "cnic::command";

    fn name(&self) -> &'static str {
        Self::name(*self)
    }

    fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::ByteLimit | Self::LineLimit | Self::PairLimit | Self::ParameterLimit => {
                "`Parser::limits` sets the limits"
            }
            Self::InvalidEscape => "a `%` is written as `%25`",
            Self::InvalidUtf8 { .. } => "commands are UTF-8 only",
            Self::Truncated => "the command may have been cut off within a value",
            _ => return None,
        })
    }

    fn is_truncated(&self) -> bool {
        matches!(self, Self::Truncated | Self::UnfinishedHeader)
    }

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

    fn write(&self, f: &mut fmt::Formatter<'_>, _: Position, span: Range<usize>) -> fmt::Result {
        match *self {
            Self::InvalidKey { character: Some(character) } => {
                write_character(f, character)?;
                write!(f, " at byte {} is not allowed in a key", span.start)
            }
            kind => write!(f, "{kind}"),
        }
    }
}

fn write_invalid_key(f: &mut fmt::Formatter<'_>, character: Option<char>) -> fmt::Result {
    let Some(character) = character else { return f.write_str("empty key") };
    write_character(f, character)?;
    f.write_str(" is not allowed in a key")
}

/// Writes a character; one that cannot be seen is named by its number.
fn write_character(f: &mut fmt::Formatter<'_>, character: char) -> fmt::Result {
    if character.is_ascii_graphic() && character != '`' {
        write!(f, "character `{character}`")
    } else {
        write!(f, "character U+{:04X}", u32::from(character))
    }
}

fn write_invalid_utf8(f: &mut fmt::Formatter<'_>, offset: Option<u32>) -> fmt::Result {
    f.write_str("invalid UTF-8")?;
    offset.map_or(Ok(()), |offset| write!(f, " at byte {offset}"))
}
