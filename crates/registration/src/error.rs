//! Errors of forms and responses.

use core::fmt;
use core::ops::Range;

use cnic_text::{Kind, Located, Position, kinds};

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
/// assert_eq!(error.kind(), ErrorKind::InvalidEscape);
/// assert_eq!(error.to_string(), "invalid `%` escape (line 1, byte 15)");
/// assert_eq!(error.span(), 22..25);
/// ```
///
/// `position()` is the start of the pair or line that is wrong, or of the last line if something is
/// missing. `span()` is the range of the bytes that are wrong: an escape, a name, a value, a pair.
/// If something is missing, the range is empty and at the end of the input. For
/// [pairs](crate::Draft::from_pairs), both count pairs instead of bytes.
pub type ParseError = Located<ErrorKind>;

kinds! {
    /// What can be wrong with a form, a receipt or a list of suffixes.
    ///
    /// ```
    /// use cnic_registration::{ErrorKind, Receipt};
    ///
    /// let error = Receipt::parse("amount: 65.00\n").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::MissingStatus);
    /// assert_eq!(error.kind().name(), "MissingStatus");
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum ErrorKind {
        /// The input is longer than [`Limits::bytes`](crate::Limits::bytes).
        ByteLimit = "more bytes than the limit",
        /// A raw control character in a form.
        ControlByte = "control character in a form",
        /// A name of a name server other than `dns[]`, or `dns[0]`, `dns[1]`, .. without a gap:
        /// `dns=`, `dns[1]` first, or both kinds.
        DnsKey = "expected `dns[]`, or `dns[0]`, `dns[1]`, .. without a gap",
        /// A key of a receipt that may be given once is given twice.
        DuplicateKey = "duplicate key",
        /// A parameter of a form that may be given once is given twice.
        DuplicateName = "duplicate parameter",
        /// All lines are blank.
        Empty = "empty receipt",
        /// More parameters or lines than [`Limits::fields`](crate::Limits::fields).
        FieldLimit = "more fields than the limit",
        /// The amount of a receipt is not digits with at most two decimals, and the status is not
        /// 1.
        InvalidAmount = "not an amount",
        /// A `%` in a form is not followed by two hexadecimal digits.
        InvalidEscape = "invalid `%` escape",
        /// The status of a receipt is neither `0` nor `1`.
        InvalidStatus = "`Status` is not 0 or 1",
        /// A line of a list of suffixes breaks a rule.
        InvalidSuffix {
            /// The rule.
            rule: Rule,
            /// The character that is not allowed, if the rule is broken by one.
            character: Option<char>,
        } = "suffix: {rule}",
        /// A receipt, or a decoded name or value of a form, is not UTF-8.
        InvalidUtf8 = "invalid UTF-8",
        /// More lines than [`Limits::lines`](crate::Limits::lines).
        LineLimit = "more lines than the limit",
        /// A receipt has `Status: 0` and no amount.
        MissingAmount = "success without an `amount`",
        /// A pair of a form has no `=`.
        MissingEquals = "pair without `=`",
        /// A receipt has no `Status`.
        MissingStatus = "missing `Status`",
        /// A name or a value is longer than [`Limits::value`](crate::Limits::value).
        ValueLimit = "name or value longer than the limit",
    }
}

impl Kind for ErrorKind {
    const MODULE: &'static str = "cnic::registration";

    fn name(&self) -> &'static str {
        Self::name(*self)
    }

    fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::ByteLimit | Self::FieldLimit | Self::LineLimit | Self::ValueLimit => {
                "`Parser::limits` sets the limits"
            }
            Self::InvalidEscape => "a `%` is written as `%25`",
            Self::MissingAmount | Self::MissingStatus => {
                "the receipt may have been cut off: the registration may have been made"
            }
            _ => return None,
        })
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, line: Position, span: Range<usize>) -> fmt::Result {
        match *self {
            Self::InvalidSuffix { character: Some(character), .. } => {
                f.write_str("suffix: ")?;
                write_character(f, character, span.start - line.byte())
            }
            kind => write!(f, "{kind}"),
        }
    }
}
