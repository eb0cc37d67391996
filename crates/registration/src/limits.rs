//! Limits on inputs.

use cnic_text::{Position, to_usize};

use crate::error::{ErrorKind, ParseError};

/// How large a form, a receipt or a list of suffixes may be before it is rejected.
///
/// Real inputs are a few hundred bytes. With the default limits, any input takes at most 2 MiB of
/// memory besides its own text.
///
/// ```
/// use cnic_registration::{ErrorKind, Limits, Parser};
///
/// const PARSER: Parser = Parser::new().limits(Limits::DEFAULT.lines(2));
///
/// assert!(PARSER.parse_receipt("Status: 1\nMessage: no\n").is_ok());
/// let error = PARSER.parse_receipt("Status: 1\nMessage: no\n\n").unwrap_err();
/// assert_eq!((error.kind(), error.position().line()), (ErrorKind::LineLimit, 3));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Limits {
    /// The length of the input in bytes. Default: 1 MiB.
    pub bytes: u32,
    /// The number of lines of a receipt or a list of suffixes, blank ones included. Default:
    /// 16,384.
    pub lines: u32,
    /// The number of parameters of a form, known or not; of lines of a receipt or a list of
    /// suffixes that are not blank. Default: 4,096.
    pub fields: u32,
    /// The length of one name or value of a form or a receipt in bytes, before it is decoded.
    /// Default: 64 KiB.
    pub value: u32,
}

impl Limits {
    /// The default limits.
    pub const DEFAULT: Self =
        Self { bytes: 1 << 20, lines: 1 << 14, fields: 1 << 12, value: 1 << 16 };

    /// Returns whether a number is above one of the limits.
    pub(crate) const fn exceeds(number: usize, limit: u32) -> bool {
        number > to_usize(limit)
    }

    /// Rejects an input that is too long. The span of the error is the excess.
    pub(crate) fn check_bytes(self, length: usize) -> Result<(), ParseError> {
        if !Self::exceeds(length, self.bytes) {
            return Ok(());
        }
        let excess = to_usize(self.bytes)..length;
        Err(ParseError::new(ErrorKind::ByteLimit, Position::START, excess))
    }

    /// Sets the length of the input in bytes.
    ///
    /// ```
    /// # use cnic_registration::{ErrorKind, Limits, Parser};
    /// let parser = Parser::new().limits(Limits::DEFAULT.bytes(8));
    /// let error = parser.parse_form(b"user=H12345").unwrap_err();
    /// assert_eq!((error.kind(), error.span()), (ErrorKind::ByteLimit, 8..11));
    /// ```
    #[must_use]
    pub const fn bytes(self, bytes: u32) -> Self {
        Self { bytes, ..self }
    }

    /// Sets the number of lines of a receipt or a list of suffixes.
    ///
    /// ```
    /// # use cnic_registration::{Limits, Parser};
    /// let parser = Parser::new().limits(Limits::DEFAULT.lines(2));
    /// assert!(parser.parse_suffixes("uk.com\nus.com\n").is_ok());
    /// assert!(parser.parse_suffixes("uk.com\n\nus.com\n").is_err(), "blank lines count");
    /// ```
    #[must_use]
    pub const fn lines(self, lines: u32) -> Self {
        Self { lines, ..self }
    }

    /// Sets the number of fields.
    ///
    /// ```
    /// # use cnic_registration::{Limits, Parser};
    /// let parser = Parser::new().limits(Limits::DEFAULT.fields(2));
    /// assert!(parser.parse_suffixes("uk.com\n\nus.com\n").is_ok(), "blank lines do not count");
    /// assert!(parser.parse_suffixes("uk.com\nus.com\nbr.com\n").is_err());
    /// ```
    #[must_use]
    pub const fn fields(self, fields: u32) -> Self {
        Self { fields, ..self }
    }

    /// Sets the length of one name or value in bytes.
    ///
    /// ```
    /// # use cnic_registration::{ErrorKind, Limits, Parser};
    /// let parser = Parser::new().limits(Limits::DEFAULT.value(8));
    /// assert_eq!(parser.parse_form(b"user=H12345678").unwrap_err().kind(), ErrorKind::ValueLimit);
    /// ```
    #[must_use]
    pub const fn value(self, value: u32) -> Self {
        Self { value, ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
