//! The label of a domain: the part before the suffix.

#[cfg(feature = "idn")]
pub(crate) mod idn;

use alloc::string::String;
use core::ops::RangeInclusive;
use core::str::FromStr;

use crate::value::ldh::{LABEL, first_illegal};
use crate::value::rule::{InvalidValue, Rule};
use crate::value::text::text_value;

/// The label that is to be registered, in lower case: `example`.
///
/// 3 to 64 letters, digits and hyphens, without a hyphen at either end or in both the third and the
/// fourth position (docs/toolkit.md, section 2). In the DNS a label has at most 63 bytes. One of 64
/// is accepted, because the vendor documents it, with the lint
/// [`ExceedsDnsLabel`](crate::LintKind::ExceedsDnsLabel). A policy may set [other
/// bounds](crate::Policy::label_length).
///
/// ```
/// use cnic_registration::{Label, Rule};
///
/// let label: Label = "Example".parse()?;
/// assert_eq!(label.as_str(), "example");
/// assert_eq!("-example".parse::<Label>().unwrap_err().rule(), Rule::LeadingHyphen { label: 1 });
/// # Ok::<(), cnic_registration::InvalidValue>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(String);

/// The default bounds of the length.
pub(crate) const LENGTH: RangeInclusive<usize> = 3..=64;

impl Label {
    /// Returns the label.
    ///
    /// ```
    /// # use cnic_registration::Label;
    /// let label: Label = "EXAMPLE".parse()?;
    /// assert_eq!(format!("{}.uk.com", label.as_str()), "example.uk.com");
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Checks a text as [`FromStr`] does, without an allocation.
    ///
    /// ```
    /// # use cnic_registration::Label;
    /// assert_eq!(Label::check("Example"), Ok(()));
    /// assert_eq!(Label::check("ex.ample").unwrap_err().offset(), 2);
    /// ```
    ///
    /// # Errors
    ///
    /// Those of `FromStr`.
    pub fn check(text: &str) -> Result<(), InvalidValue> {
        check(text, &LENGTH)
    }

    /// Creates a label from a text that was checked.
    pub(crate) fn from_checked(text: &str) -> Self {
        Self(text.to_ascii_lowercase())
    }
}

/// Checks a label in the order of docs/toolkit.md, section 2, without an allocation.
pub(crate) fn check(text: &str, length: &RangeInclusive<usize>) -> Result<(), InvalidValue> {
    let broken = |rule, span| Err(InvalidValue::new(rule, span));
    let bytes = text.as_bytes();
    let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else {
        return broken(Rule::Empty, 0..0);
    };
    if let Some(illegal) = first_illegal(bytes, &LABEL) {
        return Err(InvalidValue::at_character(Rule::InvalidChar, text, illegal));
    }
    let end = bytes.len();
    if end < *length.start() {
        return broken(Rule::TooShort, end..end);
    }
    if end > *length.end() {
        return broken(Rule::TooLong, *length.end()..end);
    }
    if first == b'-' {
        return broken(Rule::LeadingHyphen { label: 1 }, 0..1);
    }
    if last == b'-' {
        return broken(Rule::TrailingHyphen { label: 1 }, end - 1..end);
    }
    match bytes {
        [b'x' | b'X', b'n' | b'N', b'-', b'-', ..] => broken(Rule::AceLabel, 2..4),
        [_, _, b'-', b'-', ..] => broken(Rule::ReservedLdh, 2..4),
        _ => Ok(()),
    }
}

impl FromStr for Label {
    type Err = InvalidValue;

    /// # Errors
    ///
    /// In this order:
    /// * an empty text; a character other than an ASCII letter, digit or hyphen (nothing is trimmed
    ///   or mapped);
    /// * fewer than 3 bytes, more than 64;
    /// * a hyphen at either end;
    /// * hyphens in the third and fourth position, as in `xn--`.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        Self::check(text)?;
        Ok(Self::from_checked(text))
    }
}

text_value!(Label);
