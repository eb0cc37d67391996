//! What was wrong with a text or a parameter, and where.

use core::fmt;
use core::num::NonZeroU32;

// Places and limits are kept as `u32`, so widening one must lose nothing.
const _: () = assert!(usize::BITS >= u32::BITS);

/// A place in a text: the start of a line.
///
/// Bytes count from 0, lines from 1. A line ends at its LF: in `COMMAND=StatusDomain\nDOMAIN=example.com` the domain is at
/// byte 21, line 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    byte: u32,
    line: NonZeroU32,
}

impl Position {
    /// The start of a text: byte 0, line 1.
    pub const START: Self = Self { byte: 0, line: NonZeroU32::MIN };

    pub(crate) const fn new(byte: u32, line: NonZeroU32) -> Self {
        Self { byte, line }
    }

    /// Returns a place in the first line of a text of at most 4 GiB.
    pub(crate) fn at_byte(byte: usize) -> Self {
        Self { byte: u32::try_from(byte).unwrap_or(u32::MAX), ..Self::START }
    }

    /// Returns the offset of the line's first byte, counted from 0.
    #[must_use]
    pub const fn byte(self) -> usize {
        self.byte as usize // lossless by the assertion above
    }

    /// Returns the number of the line, counted from 1.
    #[must_use]
    pub const fn line(self) -> usize {
        self.line.get() as usize // lossless, as above
    }

    pub(crate) const fn line_number(self) -> u32 {
        self.line.get()
    }

    /// Returns the place behind a line of `len` bytes; the sums saturate.
    pub(crate) fn after_line(self, len: usize) -> Self {
        let len = u32::try_from(len).unwrap_or(u32::MAX);
        Self { byte: self.byte.saturating_add(len), line: self.line.saturating_add(1) }
    }

    /// Returns this place as seen from a text in which its own text starts at `base`.
    ///
    /// The sums saturate: a stream of commands may be longer than one command may be.
    pub(crate) const fn seen_from(self, base: Self) -> Self {
        Self {
            byte: self.byte.saturating_add(base.byte),
            line: self.line.saturating_add(base.lines_before()),
        }
    }

    const fn lines_before(self) -> u32 {
        self.line.get() - 1
    }
}

const _: () = assert!(usize::BITS >= u32::BITS);

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, byte {}", self.line, self.byte)
    }
}

/// Why a text or a form is not a command: what was found, and the line it was found in.
///
/// The error never holds a piece of the text, which may be a password. Errors of a [form](crate::form) are on line 1, at the
/// byte where the pair starts; errors of the command inside `s_command` count lines and bytes of that text.
///
/// ```
/// use cnic_command::{Command, ErrorKind};
///
/// let error = Command::parse("COMMAND=StatusDomain\nDOMAIN=example.com\ndomain=example.net").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::DuplicateKey { first_line: 2 });
/// assert_eq!(error.to_string(), "key given twice, first in line 2 (line 3, byte 40)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ParseError {
    kind: ErrorKind,
    position: Position,
}

impl ParseError {
    pub(crate) const fn new(kind: ErrorKind, position: Position) -> Self {
        Self { kind, position }
    }

    /// Returns what was wrong.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the start of the line that was wrong.
    ///
    /// For something that is missing this is the line at which reading ended.
    #[must_use]
    pub const fn position(&self) -> Position {
        self.position
    }

    /// Returns the error as one of a text in which its own text starts at `base`.
    pub(crate) fn seen_from(self, base: Position) -> Self {
        let line = |line: u32| line.saturating_add(base.lines_before());
        let kind = match self.kind {
            ErrorKind::DuplicateKey { first_line } => {
                ErrorKind::DuplicateKey { first_line: line(first_line) }
            }
            ErrorKind::RepeatedCommand { first_line } => {
                ErrorKind::RepeatedCommand { first_line: line(first_line) }
            }
            ErrorKind::InvalidUtf8 { offset } => {
                ErrorKind::InvalidUtf8 { offset: offset.map(|at| at.saturating_add(base.byte)) }
            }
            kind => kind,
        };
        Self { kind, position: self.position.seen_from(base) }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.kind, self.position)
    }
}

impl core::error::Error for ParseError {}

/// The ways in which a text or a form is not a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is longer than [`Limits::bytes`](crate::Limits::bytes).
    ByteLimit,
    /// A raw control character in a form, which should be `%0A` and the like.
    ControlByte,
    /// A value holds CR or NUL, or in a flat form LF: `DOMAIN=example.com%0ASUBUSER=other`.
    ControlCharacter,
    /// A key is given twice, in whatever case: `DOMAIN=..`, then `domain=..`.
    DuplicateKey {
        /// The line of the first one.
        first_line: u32,
    },
    /// A field of a form is given twice, in whatever case.
    DuplicateName,
    /// A `%` in a form is not followed by two hexadecimal digits.
    InvalidEscape,
    /// A key is empty or holds something else than ASCII letters, digits, `-` and `_`.
    InvalidKey,
    /// The name of the command is empty or holds something else than ASCII letters, digits, `-` and `_`.
    InvalidName,
    /// The `persistent` of a form is not `0`, `1` or empty.
    InvalidPersistent,
    /// The bytes are not UTF-8.
    InvalidUtf8 {
        /// The offset of the first byte that is wrong; `None` for a value that is UTF-8 until it is decoded.
        offset: Option<u32>,
    },
    /// `[COMMAND]` stands somewhere else than in the first line that is not blank.
    MisplacedHeader,
    /// There is no `COMMAND` parameter.
    MissingCommand,
    /// A line, or a pair of a form, has no `=`.
    MissingEquals,
    /// A form has `s_command` and also parameters of a flat command.
    MixedShapes,
    /// A value of a flat form begins or ends with SP or TAB.
    OuterBlank,
    /// There are more parameters, or fields of a form, than [`Limits::parameters`](crate::Limits::parameters).
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
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ByteLimit => "more bytes than the limit",
            Self::ControlByte => "control character in a form",
            Self::ControlCharacter => "value holds CR, LF or NUL",
            Self::DuplicateKey { first_line } => {
                return write!(f, "key given twice, first in line {first_line}");
            }
            Self::DuplicateName => "field given twice",
            Self::InvalidEscape => "bad `%` escape",
            Self::InvalidKey => "key is not made of letters, digits, `-` and `_`",
            Self::InvalidName => "command name is not made of letters, digits, `-` and `_`",
            Self::InvalidPersistent => "`persistent` is not 0 or 1",
            Self::InvalidUtf8 { offset } => {
                f.write_str("invalid UTF-8")?;
                return offset.map_or(Ok(()), |offset| write!(f, " at byte {offset}"));
            }
            Self::MisplacedHeader => "`[COMMAND]` is not the first line",
            Self::MissingCommand => "no `COMMAND` parameter",
            Self::MissingEquals => "line without `=`",
            Self::MixedShapes => "flat parameter beside `s_command`",
            Self::OuterBlank => "blank at the end of a value",
            Self::ParameterLimit => "more parameters than the limit",
            Self::RepeatedCommand { first_line } => {
                return write!(f, "second `COMMAND`, the first is in line {first_line}");
            }
            Self::TrailingData => "text after `EOF`",
            Self::Truncated => "`[COMMAND]` without `EOF`",
        })
    }
}

/// Why a command can't be built from what was given. It never holds a key or a value.
///
/// ```
/// use cnic_command::{BuildErrorKind, Command};
///
/// let error = Command::new("StatusDomain")?.with("domain", "example.com\nSUBUSER=other").unwrap_err();
/// assert_eq!(error.kind(), BuildErrorKind::ControlCharacter);
/// # Ok::<(), cnic_command::BuildError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BuildError {
    kind: BuildErrorKind,
}

impl BuildError {
    pub(crate) const fn new(kind: BuildErrorKind) -> Self {
        Self { kind }
    }

    /// Returns what was wrong.
    #[must_use]
    pub const fn kind(&self) -> BuildErrorKind {
        self.kind
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            BuildErrorKind::CommandKey => "`COMMAND` is the command's name, not a parameter",
            BuildErrorKind::ControlCharacter => "value holds CR, LF or NUL",
            BuildErrorKind::DuplicateIndex => "index given twice",
            BuildErrorKind::InvalidKey => "key is not made of letters, digits, `-` and `_`",
            BuildErrorKind::InvalidName => {
                "command name is not made of letters, digits, `-` and `_`"
            }
            BuildErrorKind::OuterBlank => "blank at the end of a value",
            BuildErrorKind::TagIndex => "tag index above 4095",
            BuildErrorKind::TooManyTags => "more than 4096 tags",
            BuildErrorKind::TransportKey => "key has a meaning of its own in a flat form",
        })
    }
}

impl core::error::Error for BuildError {}

/// The ways in which a command can't be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BuildErrorKind {
    /// The key is `COMMAND`, in whatever case: the name is given to [`Command::new`](crate::Command::new).
    CommandKey,
    /// A value holds CR, LF or NUL.
    ControlCharacter,
    /// Two values are given for one index of a series.
    DuplicateIndex,
    /// A key is empty or holds something else than ASCII letters, digits, `-` and `_`.
    InvalidKey,
    /// The name of the command is empty or holds something else than ASCII letters, digits, `-` and `_`.
    InvalidName,
    /// A value begins or ends with SP or TAB, which servers trim.
    OuterBlank,
    /// A tag has an index above 4095.
    TagIndex,
    /// There are more than 4,096 tags of one family.
    TooManyTags,
    /// The key begins with `s_` or is `persistent`, and the form is flat.
    TransportKey,
}
