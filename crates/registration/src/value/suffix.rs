//! The suffixes under which a domain can be registered.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::value::ldh::{MAX_NAME, NAME, check_labels, first_illegal};
use crate::value::rule::{InvalidValue, Rule};

/// The suffixes that are sold, sorted.
const BUILTIN: [&str; 20] = [
    "ae.org", "br.com", "cn.com", "com.de", "com.se", "de.com", "eu.com", "gb.net", "hu.net",
    "jp.net", "jpn.com", "mex.com", "ru.com", "sa.com", "se.net", "uk.com", "uk.net", "us.com",
    "za.bz", "za.com",
];

/// The suffixes that were sold, sorted. `web.com` ended in 2008, the others on 2017-04-30.
const RETIRED: [&str; 9] =
    ["ar.com", "gb.com", "hu.com", "kr.com", "no.com", "qc.com", "se.com", "uy.com", "web.com"];

/// The suffixes of other owners on the same platform, sorted.
const PARTNERS: [&str; 12] = [
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
/// `FromStr` accepts the suffixes of the [built-in set](SuffixSet::builtin), and
/// [`SuffixSet::parse`] those of another set.
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
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads any suffix that is well formed, whether or not it is sold.
    ///
    /// # Errors
    ///
    /// Those of `FromStr`, except that a suffix need not be sold or known.
    pub fn well_formed(text: &str) -> Result<Self, InvalidValue> {
        AllowedSuffixes::AnyWellFormed.check(text)?;
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
        AllowedSuffixes::Builtin.check(text)?;
        Ok(Self::from_checked(text))
    }
}

impl fmt::Display for Suffix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Suffix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Suffix").field(&self.0).finish()
    }
}

/// A set of suffixes.
///
/// The built-in set is a snapshot as of [`SNAPSHOT_DATE`](Self::SNAPSHOT_DATE). The `suffixes` call
/// of the Toolkit returns the current ones, which [`from_response`](Self::from_response) reads.
///
/// ```
/// use cnic_registration::SuffixSet;
///
/// let mut suffixes = SuffixSet::builtin().with_partners();
/// suffixes.insert("example.test")?;
/// assert!(suffixes.contains("US.org") && suffixes.contains("example.test") && !suffixes.contains("co.uk"));
/// # Ok::<(), cnic_registration::InvalidValue>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuffixSet {
    /// In lower case, sorted, each once.
    names: Vec<String>,
}

impl SuffixSet {
    /// The date of the lists of [`builtin`](Self::builtin), of the partners and of the retired
    /// suffixes.
    pub const SNAPSHOT_DATE: &str = "2026-08-19";

    /// Creates an empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self { names: Vec::new() }
    }

    /// Returns the 20 suffixes that are sold.
    #[must_use]
    pub fn builtin() -> Self {
        Self { names: BUILTIN.map(String::from).into() }
    }

    /// Adds the suffixes of other owners on the same platform, such as `us.org`.
    #[must_use]
    pub fn with_partners(mut self) -> Self {
        self.names.extend(PARTNERS.map(String::from));
        Self::from_checked(self.names)
    }

    /// Keeps names in lower case, each of which was checked.
    pub(crate) fn from_checked(mut names: Vec<String>) -> Self {
        names.sort_unstable();
        names.dedup();
        Self { names }
    }

    /// Adds a suffix in lower case. Returns whether it was not in the set before.
    ///
    /// # Errors
    ///
    /// A text that is not [well formed](Suffix::well_formed).
    pub fn insert(&mut self, suffix: &str) -> Result<bool, InvalidValue> {
        check_syntax(suffix)?;
        let place = self.names.binary_search_by(|name| compare(name, suffix));
        if let Err(place) = place {
            self.names.insert(place, suffix.to_ascii_lowercase());
        }
        Ok(place.is_err())
    }

    /// Returns whether a suffix is in the set, ASCII case-insensitively.
    #[must_use]
    pub fn contains(&self, suffix: &str) -> bool {
        self.names.binary_search_by(|name| compare(name, suffix)).is_ok()
    }

    /// Reads a suffix of this set.
    ///
    /// # Errors
    ///
    /// Those of [`Suffix`]'s `FromStr`, with this set in place of the built-in one.
    pub fn parse(&self, text: &str) -> Result<Suffix, InvalidValue> {
        AllowedSuffixes::Set(self).check(text)?;
        Ok(Suffix::from_checked(text))
    }

    /// Returns the suffixes, sorted.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> + DoubleEndedIterator + Clone {
        self.names.iter().map(String::as_str)
    }
}

impl FromIterator<Suffix> for SuffixSet {
    fn from_iter<I: IntoIterator<Item = Suffix>>(suffixes: I) -> Self {
        Self::from_checked(suffixes.into_iter().map(|suffix| suffix.0).collect())
    }
}

/// Which suffixes a policy accepts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum AllowedSuffixes<'s> {
    /// Every well-formed name.
    AnyWellFormed,
    /// The 20 that are sold: [`SuffixSet::builtin`].
    #[default]
    Builtin,
    /// Those of a set.
    Set(&'s SuffixSet),
}

impl AllowedSuffixes<'_> {
    /// Checks a suffix; see `FromStr` of [`Suffix`] for the order.
    pub(crate) fn check(self, text: &str) -> Result<(), InvalidValue> {
        check_syntax(text)?;
        let is_in = |table: &[&str]| {
            // The tables are sorted, and the names of both are short.
            table.binary_search_by(|name| compare(name, text)).is_ok()
        };
        let known = match self {
            Self::AnyWellFormed => return Ok(()),
            Self::Builtin => is_in(&BUILTIN),
            Self::Set(set) => set.contains(text),
        };
        match known {
            true => Ok(()),
            false if is_in(&RETIRED) => Err(InvalidValue::new(Rule::Retired, 0..text.len())),
            false => Err(InvalidValue::new(Rule::Unknown, 0..text.len())),
        }
    }
}

/// Compares a name in lower case with a text, ASCII case-insensitively.
fn compare(name: &str, text: &str) -> core::cmp::Ordering {
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
