//! Families of parameters that differ by an index: `NAMESERVER0`, `NAMESERVER1`, ..

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;

use cnic_text::digits::parse_index;

use crate::build_error::{BuildError, BuildErrorKind};
use crate::command::Command;
use crate::parameters::key::strip_family;
use crate::parameters::{Parameter, Parameters};

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
#[derive(Clone)]
pub struct Series<'c> {
    values: Vec<(u32, &'c str)>,
}

impl<'c> Series<'c> {
    /// Returns the value at an index; `None` for a gap.
    #[must_use]
    pub fn get(&self, index: u32) -> Option<&'c str> {
        let place = self.values.binary_search_by_key(&index, |&(index, _)| index).ok()?;
        Some(self.values[place].1)
    }

    /// Returns the number of values, which is less than the largest index plus one if there are
    /// gaps.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Returns whether the family has no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Returns the indices and values, by index.
    pub fn iter(
        &self,
    ) -> impl ExactSizeIterator<Item = (u32, &'c str)> + DoubleEndedIterator + Clone {
        self.values.iter().copied()
    }

    /// Returns the values, by index.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &'c str> + DoubleEndedIterator + Clone {
        self.values.iter().map(|&(_, value)| value)
    }

    /// Returns whether an index below the largest one has no value.
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
    #[must_use]
    pub fn series(&self, family: &str) -> Series<'_> {
        let member = |(key, value)| Some((parse_index(strip_family(key, family)?)?, value));
        let mut values: Vec<_> = self.parameters().filter_map(member).collect();
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
        let mut members = Parameters::default();
        for (index, value) in values {
            let (key, parameter) =
                Parameter::try_new(Cow::Owned(format!("{family}{index}")), value.into())?;
            if members.insert(key, parameter).is_some() {
                return Err(BuildError::new(BuildErrorKind::DuplicateIndex));
            }
        }
        self.remove_series(family);
        self.parameters.extend(members);
        Ok(())
    }

    /// Removes the parameters `family0`, `family1`, ..
    pub fn remove_series(&mut self, family: &str) {
        self.parameters.retain(|key| strip_family(key, family).and_then(parse_index).is_none());
    }

    /// Splits a command whose series is longer than the API accepts at once. Each part has the
    /// header, all other parameters, and at most `size` values with indices from 0. A command
    /// without values in the series is one part.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let names = (0..70).map(|n| format!("name{n}.example.com"));
    /// let command = Command::new("CheckDomains")?.with_series("DOMAIN", names)?;
    /// let parts: Vec<_> = command.chunks("DOMAIN", 32).collect();
    /// assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [32, 32, 6]);
    /// assert_eq!(parts[2].get("DOMAIN0"), Some("name64.example.com"));
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if `size` is 0.
    pub fn chunks<'c>(&'c self, family: &'c str, size: usize) -> impl Iterator<Item = Command<'c>> {
        assert!(size > 0, "a part has at least one value");
        let mut rest = Command::from_parts(Cow::Borrowed(self.name()), Parameters::default());
        rest.header = self.header.as_deref().map(|lines| {
            let mut header = Parameters::default();
            for (key, line) in lines.iter() {
                header.insert(Cow::Borrowed(key), line.into_mixed());
            }
            Box::new(header)
        });
        let mut values = Vec::new();
        for (key, parameter) in self.parameters.iter() {
            match strip_family(key, family).and_then(parse_index) {
                Some(index) => values.push((index, parameter.value)),
                None => {
                    rest.parameters.insert(Cow::Borrowed(key), parameter.into_mixed());
                }
            }
        }
        values.sort_unstable_by_key(|&(index, _)| index);
        let parts = values.len().div_ceil(size).max(1);
        (0..parts).map(move |part| {
            let mut command = rest.clone();
            let values = values.iter().skip(part * size).take(size);
            for (index, &(_, value)) in (0_u32..).zip(values) {
                let parameter = Parameter { value: Cow::Borrowed(value), position: None };
                command.parameters.insert(Cow::Owned(format!("{family}{index}")), parameter);
            }
            command
        })
    }
}
