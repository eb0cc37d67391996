//! Return codes.

use core::fmt;
use core::num::NonZeroU16;
use core::str::FromStr;

/// A return code: a number from 100 to 999.
///
/// The codes are an open set: one that has no constant here is a code like any other, and its first
/// digit gives its class. The constants are the 56 codes of the published list and four that the
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

/// Availability as reported by codes 210 to 219: `210 Domain name available`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "a thing is available or it is not")]
pub enum Availability {
    /// Available: 210, 212, 214, 216, 218.
    Available,
    /// Not available: 211, 213, 215, 217, 219.
    NotAvailable,
}

impl Code {
    /// Returns the code of that number, or `None` if it does not have three digits.
    #[must_use]
    pub const fn from_u16(code: u16) -> Option<Self> {
        match NonZeroU16::new(code) {
            Some(number) if code >= 100 && code <= 999 => Some(Self(number)),
            _ => None,
        }
    }

    /// Returns the number.
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
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        self.is_temporary() || matches!(self.as_u16(), 520 | 521)
    }

    /// Returns whether the server closes the connection after this response: 220, 420, 520, 521.
    #[must_use]
    pub const fn closes_connection(self) -> bool {
        matches!(self.as_u16(), 220 | 420 | 520 | 521)
    }

    /// Returns the availability of the object, for codes 210 to 219.
    #[must_use]
    pub const fn availability(self) -> Option<Availability> {
        match self.as_u16() {
            210 | 212 | 214 | 216 | 218 => Some(Availability::Available),
            211 | 213 | 215 | 217 | 219 => Some(Availability::NotAvailable),
            _ => None,
        }
    }
}

/// One entry makes the constant, its documentation, the entry of [`Code::KNOWN`] and the text of
/// [`Code::meaning`].
macro_rules! codes {
    (published { $($number:literal $name:ident $text:literal)+ } extra { $($xnumber:literal $xname:ident $xtext:literal)+ }) => {
        impl Code {
            $(
                #[doc = concat!("`", $number, "` ", $text)]
                pub const $name: Self = Self::from_u16($number).expect("three digits");
            )+
            $(
                #[doc = concat!("`", $xnumber, "` ", $xtext, ". Not in the published list.")]
                pub const $xname: Self = Self::from_u16($xnumber).expect("three digits");
            )+

            /// The published codes in ascending order, then the [extra](Self::is_extra) ones.
            pub const KNOWN: &'static [Self] = &[$(Self::$name,)+ $(Self::$xname,)+];

            /// Returns the text of the code in the vendor's list, or `None` for an unknown code.
            ///
            /// The text is human-readable. The [`description`](crate::Response::description) of a
            /// response may add details; programs should decide on the number.
            #[must_use]
            pub const fn meaning(self) -> Option<&'static str> {
                match self.as_u16() {
                    $($number => Some($text),)+
                    $($xnumber => Some($xtext),)+
                    _ => None,
                }
            }

            /// Returns whether the code comes from other documents than the published list: 216,
            /// 217, 425, 510.
            #[must_use]
            pub const fn is_extra(self) -> bool {
                matches!(self.as_u16(), $($xnumber)|+)
            }
        }
    };
}

codes! {
    published {
        200 COMPLETED "Command completed successfully"
        210 DOMAIN_AVAILABLE "Domain name available"
        211 DOMAIN_NOT_AVAILABLE "Domain name not available"
        212 NAME_SERVER_AVAILABLE "Name server available"
        213 NAME_SERVER_NOT_AVAILABLE "Name server not available"
        214 CONTACT_AVAILABLE "Contact available"
        215 CONTACT_NOT_AVAILABLE "Contact not available"
        218 REQUEST_AVAILABLE "Request is available"
        219 REQUEST_NOT_AVAILABLE "Request is not available"
        220 COMPLETED_CLOSING "Command completed successfully. Server closing connection"
        420 SERVER_ERROR_CLOSING "Command failed due to server error. Server closing connection"
        421 SERVER_ERROR_TRY_AGAIN "Command failed due to server error. Client should try again"
        422 ACCOUNT_LOCKED
            "Abuse detected! The account has been temporarily locked! Please standby some minutes."
        423 SOCKET_ERROR "error (socket error)"
        500 INVALID_COMMAND_NAME "Invalid command name"
        501 INVALID_COMMAND_OPTION "Invalid command option"
        502 INVALID_ENTITY_VALUE "Invalid entity value"
        503 INVALID_ATTRIBUTE_NAME "Invalid attribute name"
        504 MISSING_ATTRIBUTE "Missing required attribute"
        505 INVALID_ATTRIBUTE_SYNTAX "Invalid attribute value syntax"
        506 INVALID_OPTION_VALUE "Invalid option value"
        507 INVALID_COMMAND_FORMAT "Invalid command format"
        508 MISSING_ENTITY "Missing required entity"
        509 MISSING_COMMAND_OPTION "Missing command option"
        520 CLOSING "Server closing connection. Client should try opening new connection"
        521 TOO_MANY_SESSIONS "Too many sessions open. Server closing connection"
        530 AUTHENTICATION_FAILED "Authentication failed"
        531 AUTHORIZATION_FAILED "Authorization failed"
        532 DOMAINS_LINKED "Domain names linked with name server"
        533 ACTIVE_NAME_SERVERS "Domain name has active name servers"
        534 NOT_FLAGGED_FOR_TRANSFER "Domain name has not been flagged for transfer"
        535 RESTRICTED_IP_ADDRESS "Restricted IP address"
        536 FLAGGED_FOR_TRANSFER "Domain already flagged for transfer"
        540 VALUE_NOT_UNIQUE "Attribute value is not unique"
        541 INVALID_ATTRIBUTE_VALUE "Invalid attribute value"
        542 INVALID_OLD_VALUE "Invalid old value for an attribute"
        543 FINAL_ATTRIBUTE "Final or implicit attribute cannot be updated"
        544 ENTITY_ON_HOLD "Entity on hold"
        545 ENTITY_NOT_FOUND "Entity reference not found"
        546 CREDIT_LIMIT_EXCEEDED "Credit limit exceeded"
        547 INVALID_COMMAND_SEQUENCE "Invalid command sequence"
        548 NOT_UP_FOR_RENEWAL "Domain is not up for renewal"
        549 COMMAND_FAILED "Command failed"
        550 PARENT_NOT_REGISTERED "Parent domain not registered"
        551 PARENT_STATUS_PROHIBITS "Parent domain status does not allow for operation"
        552 DOMAIN_STATUS_PROHIBITS "Domain status does not allow for operation"
        553 PENDING_TRANSFER "Operation not allowed. Domain pending transfer"
        554 ALREADY_REGISTERED "Domain already registered"
        555 ALREADY_RENEWED "Domain already renewed"
        556 PERIOD_EXCEEDED "Maximum registration period exceeded"
        557 OBJECT_STATUS_PROHIBITS "Object status prohibits operation"
        560 RESOURCE_DISABLED "Resource is disabled"
        561 RESOURCE_IN_USE "Resource still in use"
        562 ADDRESS_USES_FORWARDING "Email address already uses forwarding"
        563 ADDRESS_USES_MAILSPACE "Email address already uses mailspace"
        564 EMAIL_DOMAIN_LINKED "Email domain already linked to a different mailspace"
    }
    extra {
        216 OBJECT_AVAILABLE "Object available"
        217 OBJECT_NOT_AVAILABLE "Object not available"
        425 SERVICE_LOCKED "Service temporarily locked; usage exceeded"
        510 NOT_SUPPORTED "Command not supported for this class"
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct InvalidCode;

impl fmt::Display for InvalidCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("return code is not a number from 100 to 999")
    }
}

impl core::error::Error for InvalidCode {}
