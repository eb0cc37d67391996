//! Contacts.

use alloc::string::String;
use core::str::FromStr;

use crate::value::rule::{InvalidValue, Rule};
use crate::value::text::text_value;

/// The id of a contact: a capital letter and 1 to 15 digits, `H12345`.
///
/// The documentation of the vendor's client has the letter `H` only; its samples also have
/// `C11480`. An EPP id has at most 16 characters (docs/toolkit.md, section 6). Whether the server
/// compares handles case-sensitively is not known, so the text is kept unchanged.
///
/// ```
/// use cnic_registration::{Handle, Rule};
///
/// let handle: Handle = "H12345".parse()?;
/// assert_eq!(handle.as_str(), "H12345");
/// assert_eq!("thandle".parse::<Handle>().unwrap_err().rule(), Rule::DeprecatedReference);
/// # Ok::<(), cnic_registration::InvalidValue>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle(String);

impl Handle {
    /// Returns the id.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Handle};
    /// let handle: Handle = "H12345".parse()?;
    /// assert_eq!(handle.as_str().strip_prefix('H'), Some("12345"));
    /// let draft = Draft::new().chandle(&handle).thandle(&handle);
    /// # assert_eq!(draft.get(cnic_registration::Field::Thandle), Some("H12345"));
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Creates a handle from a text that was checked.
    pub(crate) fn from_checked(text: &str) -> Self {
        Self(text.into())
    }

    /// Creates a handle of any EPP id, such as that of a contact that was created over EPP: 3 to 16
    /// printable ASCII characters, no blank and no colon (RFC 5730, `clIDType`). [`FromStr`] and a
    /// [`Policy`](crate::Policy) reject such ids.
    ///
    /// ```
    /// # use cnic_registration::Handle;
    /// assert!("SH8013-REP".parse::<Handle>().is_err());
    /// assert_eq!(Handle::parse_opaque("SH8013-REP")?, "SH8013-REP");
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * an empty text, the name of another handle field, or contact data with `::`;
    /// * fewer than 3 or more than 16 characters, or a character that is a colon or not printable
    ///   ASCII.
    pub fn parse_opaque(text: &str) -> Result<Self, InvalidValue> {
        check_special(text)?;
        let is_odd = |byte: u8| !byte.is_ascii_graphic() || byte == b':';
        if let Some(offset) = text.bytes().position(is_odd) {
            return Err(InvalidValue::at_character(Rule::InvalidHandle, text, offset));
        }
        match text.len() {
            short @ ..3 => Err(InvalidValue::new(Rule::InvalidHandle, short..short)),
            3..=LONGEST => Ok(Self(text.into())),
            long => Err(InvalidValue::new(Rule::InvalidHandle, LONGEST..long)),
        }
    }
}

/// The longest id of EPP (RFC 5730, `clIDType`).
const LONGEST: usize = 16;

const REFERENCES: [&str; 4] = ["chandle", "ahandle", "thandle", "bhandle"];

fn check_special(text: &str) -> Result<(), InvalidValue> {
    if text.is_empty() {
        return Err(InvalidValue::new(Rule::Empty, 0..0));
    }
    if REFERENCES.contains(&text) {
        return Err(InvalidValue::new(Rule::DeprecatedReference, 0..text.len()));
    }
    match text.find("::") {
        Some(offset) => Err(InvalidValue::new(Rule::LegacyContactData, offset..text.len())),
        None => Ok(()),
    }
}

pub(crate) fn check(text: &str) -> Result<(), InvalidValue> {
    check_special(text)?;
    let fits = |(place, byte): (usize, u8)| match place {
        0 => byte.is_ascii_uppercase(),
        _ => place < LONGEST && byte.is_ascii_digit(),
    };
    let end = text.bytes().enumerate().position(|item| !fits(item)).unwrap_or(text.len());
    match end {
        // The text is too long, whether or not digits follow.
        LONGEST if end < text.len() => Err(InvalidValue::new(Rule::InvalidHandle, end..text.len())),
        2.. if end == text.len() => Ok(()),
        _ => Err(InvalidValue::at_character(Rule::InvalidHandle, text, end)),
    }
}

impl FromStr for Handle {
    type Err = InvalidValue;

    /// # Errors
    ///
    /// In this order:
    /// * an empty text;
    /// * the name of another handle field, as in `chandle=thandle`, which is deprecated;
    /// * contact data with `::` in place of a handle, as it was sent before 2006;
    /// * anything but a capital letter `A` to `Z` and 1 to 15 ASCII digits.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        check(text)?;
        Ok(Self(text.into()))
    }
}

text_value!(Handle);
