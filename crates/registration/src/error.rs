//! Errors of forms and responses.

use core::fmt;
use core::ops::Range;

use cnic_text::{Position, Span};

use crate::value::rule::{Rule, write_character};

/// Why an input is not a form, a receipt or a list of suffixes: what is wrong, and where. It never
/// holds a value.
///
/// A rule that a *value* of a form breaks is a [`Violation`](crate::Violation).
///
/// ```
/// use cnic_registration::{Draft, ErrorKind};
///
/// let error = Draft::from_form(b"domain=example&suffix=%zz").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::BadPercent);
/// assert_eq!(error.to_string(), "invalid `%` escape (line 1, byte 15)");
/// assert_eq!(error.span(), 22..25);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ParseError {
    kind: ErrorKind,
    position: Position,
    span: Span,
    /// The character that is not allowed in a suffix.
    character: Option<char>,
}

impl ParseError {
    pub(crate) fn new(kind: ErrorKind, position: Position, span: impl Into<Span>) -> Self {
        Self { kind, position, span: span.into(), character: None }
    }

    pub(crate) const fn with_character(self, character: Option<char>) -> Self {
        Self { character, ..self }
    }

    /// Returns what is wrong.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the start of the pair or line that is wrong; if something is missing, of the last
    /// line.
    #[must_use]
    pub const fn position(&self) -> Position {
        self.position
    }

    /// Returns the bytes of the input that are wrong: an escape, a name, a value, a pair.
    ///
    /// If something is missing, the range is empty and at the end of the input. In
    /// [pairs](crate::Draft::from_pairs) it is the number of the pair.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.span.range()
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.character {
            Some(c) => {
                f.write_str("suffix: ")?;
                write_character(f, c, self.span().start - self.position.byte())?;
            }
            None => self.kind.fmt(f)?,
        }
        write!(f, " ({})", self.position)
    }
}

impl core::error::Error for ParseError {}

macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident $(($data:ident: $type:ty))? = $text:literal,)+) => {
        /// What can be wrong with a form, a receipt or a list of suffixes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[$doc])+ $name $(($type))?,)+
        }

        impl ErrorKind {
            /// Returns the kind's name, as it is spelled here: `BadPercent`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name { .. } => stringify!($name),)+
                }
            }
        }

        impl fmt::Display for ErrorKind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$name $(($data))? => write!(f, $text),)+
                }
            }
        }
    };
}

kinds! {
    /// A `%` in a form is not followed by two hexadecimal digits.
    BadPercent = "invalid `%` escape",
    /// A receipt, or a decoded name or value of a form, is not UTF-8.
    BadUtf8 = "invalid UTF-8",
    /// The input is longer than [`Limits::bytes`](crate::Limits::bytes).
    ByteLimit = "more bytes than the limit",
    /// A raw control character in a form.
    ControlByte = "control character in a form",
    /// A name of a name server other than `dns[]`, or `dns[0]`, `dns[1]`, .. without a gap: `dns=`,
    /// `dns[1]` first, or both kinds.
    DnsKey = "expected `dns[]`, or `dns[0]`, `dns[1]`, .. without a gap",
    /// A parameter of a form that may be given once is given twice.
    Duplicate = "duplicate parameter",
    /// A key of a receipt that may be given once is given twice.
    DuplicateField = "duplicate key",
    /// All lines are blank.
    Empty = "empty receipt",
    /// More parameters or lines than [`Limits::fields`](crate::Limits::fields).
    FieldLimit = "more fields than the limit",
    /// The amount of a receipt is not digits with at most two decimals, and the status is not 1.
    InvalidAmount = "not an amount",
    /// The status of a receipt is neither `0` nor `1`.
    InvalidStatus = "`Status` is not 0 or 1",
    /// A line of a list of suffixes breaks a rule.
    InvalidSuffix(rule: Rule) = "suffix: {rule}",
    /// More lines than [`Limits::lines`](crate::Limits::lines).
    LineLimit = "more lines than the limit",
    /// A receipt has `Status: 0` and no amount.
    MissingAmount = "success without an `amount`",
    /// A receipt has no `Status`.
    MissingStatus = "missing `Status`",
    /// A pair of a form has no `=`.
    NoEquals = "pair without `=`",
    /// A name or a value is longer than [`Limits::value`](crate::Limits::value).
    ValueLimit = "name or value longer than the limit",
}
