//! What is wrong with a form or a reply as such.

use core::fmt;

// Places are kept as `u32`, so widening one must lose nothing.
const _: () = assert!(usize::BITS >= u32::BITS);

/// A place in a text: the start of a line, or of a pair of a form.
///
/// Bytes count from 0, lines from 1: in `Status: 0\namount: 65.00\n` the amount is at byte 10, line 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    byte: u32,
    line: u32,
}

impl Position {
    pub(crate) fn new(byte: usize, line: usize) -> Self {
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { byte: narrow(byte), line: narrow(line) }
    }

    /// Returns the offset of the first byte, counted from 0.
    #[must_use]
    pub const fn byte(self) -> usize {
        self.byte as usize // lossless by the assertion above
    }

    /// Returns the number of the line, counted from 1. A form is one line.
    #[must_use]
    pub const fn line(self) -> usize {
        self.line as usize // lossless, as above
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, byte {}", self.line, self.byte)
    }
}

/// Why bytes are no form, or no reply: what was found, and where. It never holds a piece of the text.
///
/// What is wrong with the *values* of a form is a [`Violation`](crate::Violation).
///
/// ```
/// use cnic_registration::{Draft, ErrorKind};
///
/// let error = Draft::from_form(b"domain=example&suffix=%zz").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::BadPercent);
/// assert_eq!(error.to_string(), "bad `%` escape (line 1, byte 15)");
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

    /// Returns the start of the pair or line that was wrong. For something that is missing, that of the last line.
    #[must_use]
    pub const fn position(&self) -> Position {
        self.position
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.kind, self.position)
    }
}

impl core::error::Error for ParseError {}

macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident = $text:literal,)+) => {
        /// The ways in which bytes are no form or no reply.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[$doc])+ $name,)+
        }

        impl ErrorKind {
            /// Returns the kind's name, as it is spelled here: `BadPercent`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }
        }

        impl fmt::Display for ErrorKind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(Self::$name => $text,)+
                })
            }
        }
    };
}

kinds! {
    /// A `%` in a form is not followed by two hexadecimal digits.
    BadPercent = "bad `%` escape",
    /// The bytes of a reply, or of a value when it is decoded, are not UTF-8.
    BadUtf8 = "invalid UTF-8",
    /// A raw control character in a form.
    ControlByte = "control character in a form",
    /// A name other than `dns[]`, or `dns[0]`, `dns[1]`, .. without a gap: `dns=`, `dns[1]` first, the two mixed.
    DnsKey = "not the next `dns[]`",
    /// A parameter of a form that may be given once is given twice.
    Duplicate = "parameter given twice",
    /// A key of a reply that may be given once is given twice.
    DuplicateField = "key given twice",
    /// There is no line that is not blank.
    Empty = "empty reply",
    /// The amount of a reply is not digits with at most two decimals.
    InvalidAmount = "not an amount",
    /// The status of a reply is neither `0` nor `1`.
    InvalidStatus = "`Status` is not 0 or 1",
    /// A reply says `Status: 0` and no amount.
    MissingAmount = "success without an `amount`",
    /// A reply has no `Status`.
    MissingStatus = "no `Status`",
    /// A pair of a form has no `=`.
    NoEquals = "pair without `=`",
    /// A form or a reply of 4 GiB or more.
    TooLong = "4 GiB or more",
    /// A parameter of a form that a registration does not have.
    Unknown = "unknown parameter",
}
