//! The suffixes under which a domain can be registered.

use alloc::string::String;
use core::str::FromStr;

use crate::value::ldh::{MAX_NAME, NAME, check_labels, first_illegal};
use crate::value::rule::{InvalidValue, Rule};
use crate::value::text::text_value;

/// The suffixes that are sold, sorted.
pub(crate) const BUILTIN: [&str; 20] = [
    "ae.org", "br.com", "cn.com", "com.de", "com.se", "de.com", "eu.com", "gb.net", "hu.net",
    "jp.net", "jpn.com", "mex.com", "ru.com", "sa.com", "se.net", "uk.com", "uk.net", "us.com",
    "za.bz", "za.com",
];

/// The suffixes that were sold, sorted. `web.com` ended in 2008, the others on 2017-04-30.
const RETIRED: [&str; 9] =
    ["ar.com", "gb.com", "hu.com", "kr.com", "no.com", "qc.com", "se.com", "uy.com", "web.com"];

/// The suffixes of other owners on the same platform, sorted.
pub(crate) const PARTNERS: [&str; 12] = [
    "africa.com",
    "aus.basketball",
    "co.com",
    "co.ro",
    "gr.com",
    "in.net",
    "nz.basketball",
    "radio.am",
    "radio.fm",
    "shop.ro",
    "us.org",
    "web.in",
];

/// A suffix of the registry, in lower case: `uk.com`.
///
/// `FromStr` accepts the suffixes of the [built-in set](crate::SuffixSet::builtin), and
/// [`SuffixSet::parse`](crate::SuffixSet::parse) those of another set.
///
/// ```
/// use cnic_registration::{Rule, Suffix};
///
/// let suffix: Suffix = "UK.com".parse()?;
/// assert_eq!(suffix.as_str(), "uk.com");
/// assert_eq!("gb.com".parse::<Suffix>().unwrap_err().rule(), Rule::Retired);
/// # Ok::<(), cnic_registration::InvalidValue>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Suffix(String);

impl Suffix {
    /// Returns the suffix, without a leading dot.
    ///
    /// ```
    /// # use cnic_registration::Suffix;
    /// let suffix: Suffix = "UK.com".parse()?;
    /// assert_eq!(format!("example.{}", suffix.as_str()), "example.uk.com");
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads any suffix that is well formed, whether or not it is sold.
    ///
    /// ```
    /// # use cnic_registration::{Rule, Suffix};
    /// assert_eq!("co.uk".parse::<Suffix>().unwrap_err().rule(), Rule::Unknown);
    /// assert_eq!(Suffix::parse_well_formed("co.uk")?, "co.uk");
    /// assert_eq!(Suffix::parse_well_formed(".uk").unwrap_err().rule(), Rule::Malformed);
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of `FromStr`, except that a suffix need not be sold or known.
    pub fn parse_well_formed(text: &str) -> Result<Self, InvalidValue> {
        check_syntax(text)?;
        Ok(Self::from_checked(text))
    }

    /// Creates a suffix from a text that was checked.
    pub(crate) fn from_checked(text: &str) -> Self {
        Self(text.to_ascii_lowercase())
    }
}

impl FromStr for Suffix {
    type Err = InvalidValue;

    /// # Errors
    ///
    /// In this order:
    /// * an empty text; a character other than an ASCII letter, digit, hyphen or dot; more than 251
    ///   bytes;
    /// * a dot at either end, an empty label, a label over 63 bytes or with a hyphen at either end;
    /// * a suffix that is no longer sold, or that is not in the built-in set.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        check_sold(text, is_builtin)?;
        Ok(Self::from_checked(text))
    }
}

text_value!(Suffix);

/// Checks that a text could be a suffix, and that it `is_sold`.
pub(crate) fn check_sold(
    text: &str,
    is_sold: impl FnOnce(&str) -> bool,
) -> Result<(), InvalidValue> {
    check_syntax(text)?;
    if is_sold(text) {
        return Ok(());
    }
    let rule = if is_in(&RETIRED, text) { Rule::Retired } else { Rule::Unknown };
    Err(InvalidValue::new(rule, 0..text.len()))
}

/// Returns whether a suffix is sold by the vendor itself, as of the date of the snapshot.
pub(crate) fn is_builtin(text: &str) -> bool {
    is_in(&BUILTIN, text)
}

/// Looks a name up in one of the tables, which are sorted.
fn is_in(table: &[&str], text: &str) -> bool {
    table.binary_search_by(|name| compare(name, text)).is_ok()
}

/// Compares a name in lower case with a text, ASCII case-insensitively.
pub(crate) fn compare(name: &str, text: &str) -> core::cmp::Ordering {
    name.bytes().cmp(text.bytes().map(|byte| byte.to_ascii_lowercase()))
}

/// Checks that a text could be a suffix, whether or not it is sold.
pub(crate) fn check_syntax(text: &str) -> Result<(), InvalidValue> {
    // A label of at least one byte and a dot come before a suffix.
    const LONGEST: usize = MAX_NAME - 2;
    let broken = |rule, span| Err(InvalidValue::new(rule, span));
    if text.is_empty() {
        return broken(Rule::Empty, 0..0);
    }
    if let Some(illegal) = first_illegal(text.as_bytes(), &NAME) {
        return Err(InvalidValue::at_character(Rule::InvalidChar, text, illegal));
    }
    if text.len() > LONGEST {
        return broken(Rule::TooLong, LONGEST..text.len());
    }
    check_labels(text).or_else(|error| {
        let (before, after) = text.split_at(error.offset());
        let start = before.rfind('.').map_or(0, |dot| dot + 1);
        let end = after.find('.').map_or(text.len(), |dot| before.len() + dot);
        broken(Rule::Malformed, start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_unique_and_apart() {
        for table in [&BUILTIN[..], &RETIRED, &PARTNERS] {
            assert!(table.is_sorted_by(|a, b| a < b));
            assert!(
                table
                    .iter()
                    .all(|name| check_syntax(name).is_ok() && name.to_ascii_lowercase() == **name)
            );
        }
        assert!(BUILTIN.iter().all(|name| !RETIRED.contains(name) && !PARTNERS.contains(name)));
        assert!(RETIRED.iter().all(|name| !PARTNERS.contains(name)));
    }
}
