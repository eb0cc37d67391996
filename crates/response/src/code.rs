//! Return codes.

mod known;

use core::fmt;
use core::num::NonZeroU16;
use core::str::FromStr;

/// A return code: a number from 100 to 999.
///
/// The codes are an open set: one that has no constant here is a code like any other, and its first
/// digit gives its class. The constants are the codes of the published list and those that the
/// vendor's other documents name ([`is_extra`](Self::is_extra)).
///
/// ```
/// use cnic_response::{CodeClass, Code};
///
/// let code: Code = "421".parse()?;
/// assert_eq!(code, Code::SERVER_ERROR_TRY_AGAIN);
/// assert_eq!(code, 421);
/// assert_eq!(code.class(), CodeClass::Temporary);
/// assert!(code.is_retryable() && !code.closes_connection());
///
/// let unheard_of = Code::from_u16(599).expect("three digits");
/// assert!(unheard_of.is_permanent());
/// assert_eq!(unheard_of.meaning(), None);
/// # Ok::<(), cnic_response::InvalidCode>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(NonZeroU16);

/// The class of a [`Code`], given by its first digit.
///
/// ```
/// use cnic_response::{Code, CodeClass};
///
/// let class = Code::ENTITY_NOT_FOUND.class();
/// assert_eq!((class, class.to_string()), (CodeClass::Permanent, "permanent".to_owned()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CodeClass {
    /// `2xx`, as in `code = 200`: the command was executed.
    Success,
    /// `4xx`, as in `code = 421`: the command failed, and the same command may succeed later.
    Temporary,
    /// `5xx`, as in `code = 545`: the command failed, and would fail again.
    Permanent,
    /// Any other first digit; none is known.
    Other,
}

impl CodeClass {
    /// Returns the class as one lower-case word: `success`, `temporary`, `permanent` or `other`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Temporary => "temporary",
            Self::Permanent => "permanent",
            Self::Other => "other",
        }
    }
}

/// The [name](Self::name).
impl fmt::Display for CodeClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Availability as reported by codes 210 to 219: `210 Domain name available`.
///
/// ```
/// use cnic_response::{Availability, Response};
///
/// let text = "code = 200\nproperty[domaincheck][0] = 210 Domain name available\n";
/// let response = Response::parse(text)?;
/// let availability = response.get("domaincheck", 0).and_then(Availability::of_cell);
/// assert_eq!(availability, Some(Availability::Available));
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "a thing is available or it is not")]
pub enum Availability {
    /// Available: 210, 212, 214, 216, 218.
    Available,
    /// Not available: 211, 213, 215, 217, 219.
    NotAvailable,
}

impl Availability {
    /// Reads the code at the start of a cell such as `211 Domain name not available`. Short for
    /// [`Code::split`] and [`Code::availability`].
    ///
    /// `None` means neither: the cell has another code, such as one for an invalid name, or none.
    ///
    /// ```
    /// use cnic_response::Availability;
    ///
    /// let premium = "211 Premium Domain name available [PREMIUM]";
    /// assert_eq!(Availability::of_cell(premium), Some(Availability::NotAvailable));
    /// assert_eq!(Availability::of_cell("541 Invalid attribute value"), None);
    /// ```
    #[must_use]
    pub fn of_cell(cell: &str) -> Option<Self> {
        Code::split(cell)?.0.availability()
    }

    /// Returns whether the object is available.
    ///
    /// ```
    /// use cnic_response::Availability;
    ///
    /// assert!(Availability::of_cell("210 Domain name available").is_some_and(Availability::is_available));
    /// ```
    #[must_use]
    pub const fn is_available(self) -> bool {
        matches!(self, Self::Available)
    }

    /// Returns `available` or `not available`.
    ///
    /// ```
    /// use cnic_response::{Availability, Code};
    ///
    /// let taken = Code::DOMAIN_NOT_AVAILABLE.availability();
    /// assert_eq!(taken.map(Availability::name), Some("not available"));
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::NotAvailable => "not available",
        }
    }
}

/// The [name](Self::name).
impl fmt::Display for Availability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Code {
    /// Returns the code of that number, or `None` if it does not have three digits.
    ///
    /// ```
    /// # use cnic_response::Code;
    /// assert_eq!(Code::from_u16(421), Some(Code::SERVER_ERROR_TRY_AGAIN));
    /// assert_eq!((Code::from_u16(99), Code::from_u16(1000)), (None, None));
    /// ```
    #[must_use]
    pub const fn from_u16(code: u16) -> Option<Self> {
        match NonZeroU16::new(code) {
            Some(number) if code >= 100 && code <= 999 => Some(Self(number)),
            _ => None,
        }
    }

    /// Returns the number.
    ///
    /// ```
    /// # use cnic_response::Code;
    /// assert_eq!(Code::AUTHENTICATION_FAILED.as_u16(), 530);
    /// ```
    #[must_use]
    pub const fn as_u16(self) -> u16 {
        self.0.get()
    }

    /// Splits the text of a cell such as `210 Domain name available` into a code and what follows
    /// it.
    ///
    /// The code must be the first three bytes and must be followed by a blank or by nothing. The
    /// table commands, CheckDomains among them, answer each row in this way, while the code of the
    /// whole response stays 200.
    ///
    /// ```
    /// use cnic_response::{Availability, Code, Response};
    ///
    /// let text = "code = 200\ndescription = Command completed successfully\n\
    ///     property[domaincheck][0] = 211 Domain name not available\n";
    /// let response = Response::parse(text)?;
    /// let (code, text) = Code::split(response.get("domaincheck", 0).unwrap()).expect("three digits");
    /// assert_eq!(code.availability(), Some(Availability::NotAvailable));
    /// assert_eq!(text, "Domain name not available");
    /// assert_eq!(Code::split("2100 Main Street"), None);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn split(cell: &str) -> Option<(Self, &str)> {
        let (code, text) = cell.split_at_checked(3)?;
        if !text.is_empty() && !text.starts_with([' ', '\t']) {
            return None;
        }
        Some((code.parse().ok()?, cnic_text::blanks::trim(text)))
    }

    /// Returns the class, given by the first digit.
    ///
    /// ```
    /// # use cnic_response::{Code, CodeClass};
    /// assert_eq!(Code::ACCOUNT_LOCKED.class(), CodeClass::Temporary);
    /// assert_eq!(Code::from_u16(600).map(Code::class), Some(CodeClass::Other));
    /// ```
    #[must_use]
    pub const fn class(self) -> CodeClass {
        match self.as_u16() / 100 {
            2 => CodeClass::Success,
            4 => CodeClass::Temporary,
            5 => CodeClass::Permanent,
            _ => CodeClass::Other,
        }
    }

    /// Returns whether the command was executed: `2xx`.
    ///
    /// ```
    /// # use cnic_response::Code;
    /// // The name is taken, and the command that asked was executed.
    /// assert!(Code::DOMAIN_NOT_AVAILABLE.is_success());
    /// ```
    #[must_use]
    pub const fn is_success(self) -> bool {
        matches!(self.class(), CodeClass::Success)
    }

    /// Returns whether the command failed for now: `4xx`.
    #[must_use]
    pub const fn is_temporary(self) -> bool {
        matches!(self.class(), CodeClass::Temporary)
    }

    /// Returns whether the command failed for good: `5xx`.
    #[must_use]
    pub const fn is_permanent(self) -> bool {
        matches!(self.class(), CodeClass::Permanent)
    }

    /// Returns `true` if the same command should be retried later.
    ///
    /// These are all of `4xx`, and also 520 and 521: their number says permanent, but their text
    /// asks for a new connection. After [`ACCOUNT_LOCKED`](Self::ACCOUNT_LOCKED) (422) wait for
    /// minutes, not seconds.
    ///
    /// ```
    /// # use cnic_response::Code;
    /// assert!(Code::SERVER_ERROR_TRY_AGAIN.is_retryable());
    /// assert!(Code::TOO_MANY_SESSIONS.is_permanent() && Code::TOO_MANY_SESSIONS.is_retryable());
    /// assert!(!Code::COMMAND_FAILED.is_retryable());
    /// ```
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        self.is_temporary() || matches!(self.as_u16(), 520 | 521)
    }

    /// Returns whether the server closes the connection after this response: 220, 420, 520, 521.
    ///
    /// ```
    /// # use cnic_response::Code;
    /// assert!(Code::COMPLETED_CLOSING.is_success() && Code::COMPLETED_CLOSING.closes_connection());
    /// ```
    #[must_use]
    pub const fn closes_connection(self) -> bool {
        matches!(self.as_u16(), 220 | 420 | 520 | 521)
    }

    /// Returns the availability of the object, for codes 210 to 219.
    ///
    /// ```
    /// # use cnic_response::{Availability, Code};
    /// assert_eq!(Code::CONTACT_AVAILABLE.availability(), Some(Availability::Available));
    /// assert_eq!(Code::COMPLETED.availability(), None);
    /// ```
    #[must_use]
    pub const fn availability(self) -> Option<Availability> {
        match self.as_u16() {
            210 | 212 | 214 | 216 | 218 => Some(Availability::Available),
            211 | 213 | 215 | 217 | 219 => Some(Availability::NotAvailable),
            _ => None,
        }
    }
}

impl FromStr for Code {
    type Err = InvalidCode;

    /// Reads exactly three ASCII digits.
    ///
    /// # Errors
    ///
    /// Anything else: an empty text, `2xx`, `99`, `099`, `0200`, `1000`, `+200`, a blank before or
    /// after.
    fn from_str(s: &str) -> Result<Self, InvalidCode> {
        let [a, b, c] = *s.as_bytes() else { return Err(InvalidCode) };
        let digit =
            |byte: u8| char::from(byte).to_digit(10).and_then(|digit| u16::try_from(digit).ok());
        let number = |a: u16, b: u16, c: u16| a * 100 + b * 10 + c;
        digit(a)
            .zip(digit(b))
            .zip(digit(c))
            .and_then(|((a, b), c)| Self::from_u16(number(a, b, c)))
            .ok_or(InvalidCode)
    }
}

impl TryFrom<u16> for Code {
    type Error = InvalidCode;

    /// # Errors
    ///
    /// A number below 100 or above 999.
    fn try_from(code: u16) -> Result<Self, InvalidCode> {
        Self::from_u16(code).ok_or(InvalidCode)
    }
}

impl From<Code> for u16 {
    fn from(code: Code) -> Self {
        code.as_u16()
    }
}

impl PartialEq<u16> for Code {
    fn eq(&self, other: &u16) -> bool {
        self.as_u16() == *other
    }
}

impl PartialEq<Code> for u16 {
    fn eq(&self, other: &Code) -> bool {
        *self == other.as_u16()
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({})", self.0)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A text or a number that is not a [`Code`].
///
/// ```
/// use cnic_response::{Code, InvalidCode};
///
/// let error: InvalidCode = "2xx".parse::<Code>().unwrap_err();
/// assert_eq!(error.to_string(), "return code is not a number from 100 to 999");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct InvalidCode;

impl fmt::Display for InvalidCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("return code is not a number from 100 to 999")
    }
}

impl core::error::Error for InvalidCode {}
