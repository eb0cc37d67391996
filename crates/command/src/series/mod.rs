//! Families of parameters that differ by an index: `NAMESERVER0`, `NAMESERVER1`, ..

pub(crate) mod chunks;
pub(crate) mod iter;

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use cnic_text::digits::parse_index;
use cnic_text::to_usize;

use crate::build_error::{BuildError, BuildErrorKind};
use crate::command::Command;
use crate::parameters::key::{is_key, strip_family};
use crate::parameters::value::check_value;

/// The parameters of a family, a view ordered by index: what [`Command::series`] returns.
///
/// An index is decimal without leading zeros: `DomainTag7` is in the series `DomainTag`,
/// `DomainTag007` is not.
///
/// ```
/// use cnic_command::Command;
///
/// let command = Command::parse("COMMAND=AddDomain\nNAMESERVER2=ns3.test\nnameserver0=ns1.test\nNAMESERVER=x")?;
/// let series = command.series("nameserver");
/// assert_eq!(series.iter().collect::<Vec<_>>(), [(0, "ns1.test"), (2, "ns3.test")]);
/// assert_eq!(series.get(1), None, "a gap");
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Series<'c> {
    values: Vec<(u32, &'c str)>,
}

impl<'c> Series<'c> {
    /// Returns the value at an index; `None` for a gap.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("COMMAND=ModifyDomain\nDomainTag7=red\nDomainTag007=blue")?;
    /// let tags = command.series("DomainTag");
    /// assert_eq!((tags.get(7), tags.get(0)), (Some("red"), None));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn get(&self, index: u32) -> Option<&'c str> {
        let place = self.values.binary_search_by_key(&index, |&(index, _)| index).ok()?;
        Some(self.values[place].1)
    }

    /// Returns the number of values. It is less than the [height](Self::height) if there are gaps.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("COMMAND=AddDomain\nNAMESERVER0=ns1.test\nNAMESERVER4=ns5.test")?;
    /// let series = command.series("NAMESERVER");
    /// assert_eq!((series.len(), series.height()), (2, 5));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Returns whether the family has no value.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("COMMAND=AddDomain\nNAMESERVER=ns1.test")?;
    /// assert!(command.series("NAMESERVER").is_empty(), "a key without an index");
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Returns the largest index plus one, and 0 for an empty series.
    ///
    /// An index is at most 4,294,967,295, so do not allocate by the height of a command from
    /// outside.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("COMMAND=ModifyDomain\nDomainTag4095=red")?;
    /// assert_eq!(command.series("DomainTag").height(), 4096);
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn height(&self) -> usize {
        self.values.last().map_or(0, |&(index, _)| to_usize(index).saturating_add(1))
    }

    /// Returns whether an index below the largest one has no value.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("COMMAND=X\nA0=a\nA1=b\nB1=c")?;
    /// assert!(!command.series("A").has_gaps() && command.series("B").has_gaps());
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn has_gaps(&self) -> bool {
        self.iter().zip(0..).any(|((index, _), place)| index != place)
    }
}

impl core::fmt::Debug for Series<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Series").field("len", &self.len()).finish_non_exhaustive()
    }
}

impl<'t> Command<'t> {
    /// Returns the parameters `family0`, `family1`, .. by index.
    ///
    /// It looks at every parameter of the command once.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("COMMAND=AddDomain\nnameserver1=ns2.test\nNAMESERVER0=ns1.test")?;
    /// assert!(command.series("NameServer").values().eq(["ns1.test", "ns2.test"]));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn series(&self, family: &str) -> Series<'_> {
        let member = |(key, value)| Some((parse_index(strip_family(key, family)?)?, value));
        let mut values = Vec::new();
        self.parameters().filter_map(member).for_each(|value| values.push(value));
        values.sort_unstable_by_key(|&(index, _)| index);
        Series { values }
    }

    /// Replaces a series by values with the indices 0, 1, 2, .., which go after all other
    /// parameters.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let mut command = Command::parse("COMMAND=AddDomain\nNAMESERVER0=old.test\nNAMESERVER7=old.test")?;
    /// command.set_series("NAMESERVER", ["ns1.test", "ns2.test"]).expect("values");
    /// assert_eq!(command.encode().to_string(), "COMMAND=AddDomain\nNAMESERVER0=ns1.test\nNAMESERVER1=ns2.test");
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`set`](Self::set) for any of the values; the command is unchanged then.
    pub fn set_series<V: Into<Cow<'t, str>>>(
        &mut self,
        family: &str,
        values: impl IntoIterator<Item = V>,
    ) -> Result<(), BuildError> {
        self.set_indexed(family, (0..).zip(values))
    }

    /// Replaces a series, as [`set_series`](Self::set_series) does, and returns the command.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::new("CheckDomains")?.with_series("DOMAIN", ["a.test", "b.test"])?;
    /// assert_eq!(command.encode().to_string(), "COMMAND=CheckDomains\nDOMAIN0=a.test\nDOMAIN1=b.test");
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`set`](Self::set) for any of the values.
    pub fn with_series<V: Into<Cow<'t, str>>>(
        mut self,
        family: &str,
        values: impl IntoIterator<Item = V>,
    ) -> Result<Self, BuildError> {
        self.set_series(family, values)?;
        Ok(self)
    }

    /// Replaces a series by values with the given indices, in the given order.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let mut command = Command::new("UpdateDNSZone")?;
    /// command.set_indexed("ADDRR", [(3, "www 300 IN A 192.0.2.1")])?;
    /// assert_eq!(command.get("addrr3"), Some("www 300 IN A 192.0.2.1"));
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * those of [`set`](Self::set) for any of the values;
    /// * an index that is given twice.
    ///
    /// The command is unchanged then.
    pub fn set_indexed<V: Into<Cow<'t, str>>>(
        &mut self,
        family: &str,
        values: impl IntoIterator<Item = (u32, V)>,
    ) -> Result<(), BuildError> {
        let is_legal = family.is_empty() || is_key(family);
        let values = values.into_iter();
        let mut members: Vec<(u32, Cow<'t, str>)> = Vec::with_capacity(values.size_hint().0);
        // Indices that ascend are distinct. They are gathered only once one is out of order.
        let mut seen: Option<BTreeSet<u32>> = None;
        for (index, value) in values {
            if !is_legal {
                return Err(BuildError::new(BuildErrorKind::InvalidKey));
            }
            let value = value.into();
            check_value(&value).map_err(BuildError::new)?;
            if seen.is_none() && members.last().is_some_and(|&(last, _)| last >= index) {
                seen = Some(members.iter().map(|&(index, _)| index).collect());
            }
            if seen.as_mut().is_some_and(|seen| !seen.insert(index)) {
                return Err(BuildError::new(BuildErrorKind::DuplicateIndex));
            }
            members.push((index, value));
        }
        self.remove_series(family);
        self.parameters.append(family, members);
        Ok(())
    }

    /// Removes the parameters `family0`, `family1`, ..
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let mut command = Command::parse("COMMAND=X\nNS0=a.test\nNS=b.test\nns1=c.test")?;
    /// command.remove_series("NS");
    /// assert_eq!(command.encode().to_string(), "COMMAND=X\nNS=b.test");
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    pub fn remove_series(&mut self, family: &str) {
        self.parameters.retain(|key| strip_family(key, family).and_then(parse_index).is_none());
    }
}
