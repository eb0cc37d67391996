//! Iterators over a series.

use alloc::vec;
use core::fmt;
use core::iter::FusedIterator;
use core::slice;

use super::Series;

/// An iterator over indices and values, by index: what [`Series::iter`] returns.
///
/// ```
/// use cnic_command::{Command, SeriesIter};
///
/// fn next_gap(values: SeriesIter<'_, '_>) -> usize {
///     (0..).zip(values).take_while(|&(place, (index, _))| place == index).count()
/// }
///
/// let command = Command::parse("COMMAND=AddDomain\nNAMESERVER0=ns1.test\nNAMESERVER2=ns3.test")?;
/// assert_eq!(next_gap(command.series("NAMESERVER").iter()), 1);
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
#[derive(Clone)]
pub struct SeriesIter<'s, 'c>(slice::Iter<'s, (u32, &'c str)>);

/// An iterator over values, by index: what [`Series::values`] returns.
///
/// ```
/// use cnic_command::{Command, SeriesValues};
///
/// fn joined(lines: SeriesValues<'_, '_>) -> String {
///     lines.collect::<Vec<_>>().join("\n")
/// }
///
/// let command = Command::parse("COMMAND=AddCertificate\nCSR1=MIIB\nCSR0=-----BEGIN")?;
/// assert_eq!(joined(command.series("CSR").values()), "-----BEGIN\nMIIB");
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
#[derive(Clone)]
pub struct SeriesValues<'s, 'c>(SeriesIter<'s, 'c>);

impl<'c> Series<'c> {
    /// Returns the indices and values, by index.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("COMMAND=AddDomain\nNAMESERVER2=ns3.test\nNAMESERVER0=ns1.test")?;
    /// let series = command.series("NAMESERVER");
    /// assert!(series.iter().eq([(0, "ns1.test"), (2, "ns3.test")]));
    /// for (index, host) in &series {
    ///     assert_eq!(series.get(index), Some(host));
    /// }
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    pub fn iter(&self) -> SeriesIter<'_, 'c> {
        SeriesIter(self.values.iter())
    }

    /// Returns the values, by index.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("COMMAND=CheckDomains\nDOMAIN1=b.test\nDOMAIN0=a.test")?;
    /// assert!(command.series("DOMAIN").values().eq(["a.test", "b.test"]));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    pub fn values(&self) -> SeriesValues<'_, 'c> {
        SeriesValues(self.iter())
    }
}

impl<'c> Iterator for SeriesIter<'_, 'c> {
    type Item = (u32, &'c str);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().copied()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        self.0.nth(n).copied()
    }
}

impl DoubleEndedIterator for SeriesIter<'_, '_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().copied()
    }
}

impl ExactSizeIterator for SeriesIter<'_, '_> {}

impl FusedIterator for SeriesIter<'_, '_> {}

impl<'c> Iterator for SeriesValues<'_, 'c> {
    type Item = &'c str;

    fn next(&mut self) -> Option<&'c str> {
        self.0.next().map(|(_, value)| value)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<&'c str> {
        self.0.nth(n).map(|(_, value)| value)
    }
}

impl DoubleEndedIterator for SeriesValues<'_, '_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(_, value)| value)
    }
}

impl ExactSizeIterator for SeriesValues<'_, '_> {}

impl FusedIterator for SeriesValues<'_, '_> {}

/// Shows the number of values that are left: a value may be a secret.
impl fmt::Debug for SeriesIter<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeriesIter").field("len", &self.len()).finish_non_exhaustive()
    }
}

/// Shows the number of values that are left: a value may be a secret.
impl fmt::Debug for SeriesValues<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeriesValues").field("len", &self.len()).finish_non_exhaustive()
    }
}

impl<'s, 'c> IntoIterator for &'s Series<'c> {
    type Item = (u32, &'c str);
    type IntoIter = SeriesIter<'s, 'c>;

    fn into_iter(self) -> SeriesIter<'s, 'c> {
        self.iter()
    }
}

impl<'c> IntoIterator for Series<'c> {
    type Item = (u32, &'c str);
    type IntoIter = vec::IntoIter<(u32, &'c str)>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.into_iter()
    }
}
