//! Sets of suffixes.

use alloc::string::String;
use alloc::vec::Vec;
use core::iter::FusedIterator;
use core::slice;

use crate::value::rule::InvalidValue;
use crate::value::suffix::{
    BUILTIN, PARTNERS, Suffix, check_sold, check_syntax, compare, is_builtin,
};

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
    /// suffixes: `2026-08-19`.
    pub const SNAPSHOT_DATE: &str = "2026-08-19";

    /// Creates an empty set.
    ///
    /// ```
    /// # use cnic_registration::SuffixSet;
    /// let mut suffixes = SuffixSet::new();
    /// assert!(suffixes.insert("Example.test")? && !suffixes.insert("example.test")?);
    /// assert_eq!(suffixes.len(), 1);
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self { names: Vec::new() }
    }

    /// Returns the 20 suffixes that are sold.
    ///
    /// ```
    /// # use cnic_registration::SuffixSet;
    /// let suffixes = SuffixSet::builtin();
    /// assert!(suffixes.contains("uk.com") && !suffixes.contains("gb.com"), "no longer sold");
    /// ```
    #[must_use]
    pub fn builtin() -> Self {
        Self { names: BUILTIN.map(String::from).into() }
    }

    /// Adds the suffixes of other owners on the same platform, such as `us.org`.
    ///
    /// ```
    /// # use cnic_registration::SuffixSet;
    /// let suffixes = SuffixSet::builtin().with_partners();
    /// assert_eq!((suffixes.len(), suffixes.contains("co.com")), (32, true));
    /// ```
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
    /// ```
    /// # use cnic_registration::SuffixSet;
    /// let mut suffixes = SuffixSet::builtin();
    /// assert!(suffixes.insert("Example.TEST")? && !suffixes.insert("uk.com")?);
    /// assert!(suffixes.insert("*.test").is_err());
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A text that is not [well formed](Suffix::parse_well_formed).
    pub fn insert(&mut self, suffix: &str) -> Result<bool, InvalidValue> {
        check_syntax(suffix)?;
        let place = self.names.binary_search_by(|name| compare(name, suffix));
        if let Err(place) = place {
            self.names.insert(place, suffix.to_ascii_lowercase());
        }
        Ok(place.is_err())
    }

    /// Removes a suffix, ASCII case-insensitively. Returns whether it was in the set.
    ///
    /// ```
    /// # use cnic_registration::SuffixSet;
    /// let mut suffixes = SuffixSet::builtin();
    /// assert!(suffixes.remove("UK.com") && !suffixes.remove("uk.com"));
    /// assert!(suffixes.parse("uk.com").is_err());
    /// ```
    pub fn remove(&mut self, suffix: &str) -> bool {
        let place = self.names.binary_search_by(|name| compare(name, suffix));
        place.map(|place| self.names.remove(place)).is_ok()
    }

    /// Returns the number of suffixes.
    ///
    /// ```
    /// # use cnic_registration::SuffixSet;
    /// assert_eq!((SuffixSet::builtin().len(), SuffixSet::new().len()), (20, 0));
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Returns whether there is no suffix. A policy with such a set rejects every draft.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Returns whether a suffix is in the set, ASCII case-insensitively.
    ///
    /// ```
    /// # use cnic_registration::SuffixSet;
    /// let suffixes = SuffixSet::builtin();
    /// assert!(suffixes.contains("UK.com") && !suffixes.contains(".uk.com"));
    /// ```
    #[must_use]
    pub fn contains(&self, suffix: &str) -> bool {
        self.names.binary_search_by(|name| compare(name, suffix)).is_ok()
    }

    /// Reads a suffix of this set.
    ///
    /// ```
    /// # use cnic_registration::{Rule, SuffixSet};
    /// let suffixes = SuffixSet::from_response("uk.com\nexample.test\n")?;
    /// assert!(suffixes.parse("Example.test").is_ok_and(|suffix| suffix == "example.test"));
    /// assert_eq!(suffixes.parse("us.com").unwrap_err().rule(), Rule::Unknown);
    /// assert_eq!(suffixes.parse("gb.com").unwrap_err().rule(), Rule::Retired);
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Suffix`]'s `FromStr`, with this set in place of the built-in one.
    pub fn parse(&self, text: &str) -> Result<Suffix, InvalidValue> {
        check_sold(text, |text| self.contains(text))?;
        Ok(Suffix::from_checked(text))
    }

    /// Returns the suffixes in lower case, sorted.
    ///
    /// ```
    /// # use cnic_registration::SuffixSet;
    /// let suffixes = SuffixSet::from_response("US.com\nbr.com\nus.com\n")?;
    /// assert_eq!(suffixes.iter().collect::<Vec<_>>(), ["br.com", "us.com"]);
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub fn iter(&self) -> SuffixIter<'_> {
        SuffixIter(self.names.iter())
    }
}

/// The suffixes of a [`SuffixSet`], sorted; see [`SuffixSet::iter`].
///
/// ```
/// # use cnic_registration::SuffixSet;
/// let suffixes = SuffixSet::builtin();
/// assert_eq!((suffixes.iter().next(), suffixes.iter().next_back()), (Some("ae.org"), Some("za.com")));
/// ```
#[derive(Clone, Debug)]
pub struct SuffixIter<'s>(slice::Iter<'s, String>);

impl<'s> Iterator for SuffixIter<'s> {
    type Item = &'s str;

    fn next(&mut self) -> Option<&'s str> {
        self.0.next().map(String::as_str)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for SuffixIter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(String::as_str)
    }
}

impl ExactSizeIterator for SuffixIter<'_> {}

impl FusedIterator for SuffixIter<'_> {}

impl<'s> IntoIterator for &'s SuffixSet {
    type Item = &'s str;
    type IntoIter = SuffixIter<'s>;

    fn into_iter(self) -> SuffixIter<'s> {
        self.iter()
    }
}

impl FromIterator<Suffix> for SuffixSet {
    fn from_iter<I: IntoIterator<Item = Suffix>>(suffixes: I) -> Self {
        Self::from_checked(suffixes.into_iter().map(String::from).collect())
    }
}

impl Extend<Suffix> for SuffixSet {
    fn extend<I: IntoIterator<Item = Suffix>>(&mut self, suffixes: I) {
        let mut names = core::mem::take(&mut self.names);
        names.extend(suffixes.into_iter().map(String::from));
        *self = Self::from_checked(names);
    }
}

/// Which suffixes a policy accepts.
///
/// ```
/// use cnic_registration::{AllowedSuffixes, Policy, SuffixSet};
///
/// assert_eq!(AllowedSuffixes::default(), AllowedSuffixes::Builtin);
/// let sold = SuffixSet::from_response("uk.com\nexample.test\n")?;
/// let policy = Policy::TOOLKIT.suffixes(AllowedSuffixes::Set(&sold));
/// # assert_ne!(policy, Policy::TOOLKIT);
/// # Ok::<(), cnic_registration::ParseError>(())
/// ```
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
        match self {
            Self::AnyWellFormed => check_syntax(text),
            Self::Builtin => check_sold(text, is_builtin),
            Self::Set(set) => check_sold(text, |text| set.contains(text)),
        }
    }
}
