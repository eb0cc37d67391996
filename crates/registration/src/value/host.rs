//! Names of name servers.

use alloc::string::String;
use core::str::FromStr;

use cnic_text::digits::is_digits;

use crate::value::ldh::{MAX_NAME, NAME, check_labels, first_illegal};
use crate::value::rule::{InvalidValue, Rule};
use crate::value::text::text_value;

/// The name of a name server, in lower case: `ns1.example.com`.
///
/// It has at least two labels of letters, digits and hyphens, and at most 253 bytes; the last label
/// is not a number. A-labels (`xn--`) are not decoded or checked further, because the host is not
/// the name that is registered (docs/toolkit.md, section 5.3).
///
/// ```
/// use cnic_registration::{Host, Rule};
///
/// let host: Host = "NS1.example.com".parse()?;
/// assert_eq!(host.as_str(), "ns1.example.com");
/// assert_eq!("localhost".parse::<Host>().unwrap_err().rule(), Rule::SingleLabel);
/// # Ok::<(), cnic_registration::InvalidValue>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Host(String);

impl Host {
    /// Returns the name, without a trailing dot.
    ///
    /// ```
    /// # use cnic_registration::Host;
    /// let host: Host = "NS1.Example.com".parse()?;
    /// assert_eq!(host.as_str().split_once('.'), Some(("ns1", "example.com")));
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether the name is `domain` or a subdomain of it, ASCII case-insensitively.
    ///
    /// ```
    /// # use cnic_registration::Host;
    /// let host: Host = "ns1.example.uk.com".parse()?;
    /// assert!(host.is_within("Example.uk.com") && host.is_within("uk.com") && !host.is_within("ample.uk.com"));
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    #[must_use]
    pub fn is_within(&self, domain: &str) -> bool {
        let Some(start) = self.0.len().checked_sub(domain.len()) else { return false };
        let (before, end) = self.0.as_bytes().split_at(start);
        end.eq_ignore_ascii_case(domain.as_bytes()) && matches!(before.last(), None | Some(b'.'))
    }

    /// Creates a host from a text that was checked.
    pub(crate) fn from_checked(text: &str) -> Self {
        Self(text.to_ascii_lowercase())
    }
}

/// Checks a host in the order of the errors of `FromStr`.
pub(crate) fn check(text: &str) -> Result<(), InvalidValue> {
    let broken = |rule, span| Err(InvalidValue::new(rule, span));
    let bytes = text.as_bytes();
    if bytes.is_empty() {
        return broken(Rule::Empty, 0..0);
    }
    if let Some(illegal) = first_illegal(bytes, &NAME) {
        return Err(InvalidValue::at_character(Rule::InvalidChar, text, illegal));
    }
    if text.len() > MAX_NAME {
        return broken(Rule::TooLong, MAX_NAME..text.len());
    }
    if text.ends_with('.') {
        return broken(Rule::TrailingDot, text.len() - 1..text.len());
    }
    check_labels(text)?;
    match bytes.iter().rposition(|&byte| byte == b'.') {
        None => broken(Rule::SingleLabel, 0..text.len()),
        Some(dot) if is_digits(&text[dot + 1..]) => broken(Rule::NumericTld, dot + 1..text.len()),
        Some(_) => Ok(()),
    }
}

impl FromStr for Host {
    type Err = InvalidValue;

    /// # Errors
    ///
    /// In this order:
    /// * an empty text; a character other than an ASCII letter, digit, hyphen or dot; more than 253
    ///   bytes; a dot at the end;
    /// * for each label: an empty one, one over 63 bytes, a hyphen at either end;
    /// * a single label; a last label that is a number.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        check(text)?;
        Ok(Self::from_checked(text))
    }
}

text_value!(Host);
