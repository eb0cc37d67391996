//! How large a command may be.

use cnic_text::{Position, to_usize};

use crate::error::{ErrorKind, ParseError};

/// The largest command that is accepted.
///
/// A parsed command needs its text plus about 100 bytes per parameter, or about 250 if the first
/// lines are much shorter than the rest.
///
/// ```
/// use cnic_command::{ErrorKind, Limits, Parser};
///
/// const PARSER: Parser = Parser::new().limits(Limits::DEFAULT.parameters(1));
///
/// let error = PARSER.parse("COMMAND=CheckDomains\nDOMAIN0=a.test\nDOMAIN1=b.test").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::ParameterLimit);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Limits {
    /// The length of the text or form, in bytes. Default: 64 MiB. No text can be longer than
    /// `u32::MAX`, about 4 GiB.
    pub bytes: u32,
    /// The number of lines of a text or pairs of a form, blank lines and empty pairs included.
    /// Default: 1,048,576.
    pub lines: u32,
    /// The number of parameters, without `COMMAND` and with the lines of a header. The same limit
    /// holds separately for the fields of a form that begin with `s_` and are not known
    /// credentials. Default: 262,144.
    pub parameters: u32,
}

impl Limits {
    /// The default limits.
    pub const DEFAULT: Self = Self { bytes: 1 << 26, lines: 1 << 20, parameters: 1 << 18 };

    /// Sets [`bytes`](Self::bytes).
    ///
    /// ```
    /// # use cnic_command::{ErrorKind, Limits, form::Form};
    /// let error = Form::decode_within(b"command=StatusAccount", Limits::DEFAULT.bytes(20)).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::ByteLimit);
    /// ```
    #[must_use]
    pub const fn bytes(self, bytes: u32) -> Self {
        Self { bytes, ..self }
    }

    /// Sets [`lines`](Self::lines).
    ///
    /// ```
    /// # use cnic_command::{ErrorKind, Limits, Parser};
    /// let parser = Parser::new().limits(Limits::DEFAULT.lines(2));
    /// let error = parser.parse("COMMAND=StatusDomain\n\nDOMAIN=example.com").unwrap_err();
    /// assert_eq!((error.kind(), error.position().line()), (ErrorKind::LineLimit, 3));
    /// ```
    #[must_use]
    pub const fn lines(self, lines: u32) -> Self {
        Self { lines, ..self }
    }

    /// Sets [`parameters`](Self::parameters).
    ///
    /// ```
    /// # use cnic_command::{ErrorKind, Limits, Parser};
    /// let parser = Parser::new().limits(Limits::DEFAULT.parameters(0));
    /// assert!(parser.parse("COMMAND=StatusAccount").is_ok(), "`COMMAND` does not count");
    /// assert!(parser.parse("COMMAND=StatusDomain\nDOMAIN=example.com").is_err());
    /// ```
    #[must_use]
    pub const fn parameters(self, parameters: u32) -> Self {
        Self { parameters, ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Rejects a text or a form that is longer than the limit.
pub(crate) fn check_length(len: usize, limits: Limits) -> Result<(), ParseError> {
    if u32::try_from(len).is_ok_and(|len| len <= limits.bytes) {
        return Ok(());
    }
    Err(too_long(limits))
}

/// Returns the error of a text above the limit, at the first byte above it.
pub(crate) fn too_long(limits: Limits) -> ParseError {
    let limit = to_usize(limits.bytes);
    ParseError::new(ErrorKind::ByteLimit, Position::START, limit..limit)
}
