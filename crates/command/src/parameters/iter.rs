//! Iterators over parameters.

use core::fmt;
use core::iter::FusedIterator;
use core::ops::Range;

use super::{Parameter, ParameterMap};
use crate::command::Command;

/// Keys and parameters in order, with the positions.
#[derive(Clone)]
pub(crate) struct Entries<'c> {
    /// `None` is an empty map.
    map: Option<&'c ParameterMap<'c>>,
    places: Range<usize>,
}

impl<'c> Entries<'c> {
    pub(crate) fn new(map: impl Into<Option<&'c ParameterMap<'c>>>) -> Self {
        let map = map.into();
        Self { map, places: 0..map.map_or(0, ParameterMap::len) }
    }

    fn at(&self, place: usize) -> Option<(&'c str, Parameter<&'c str>)> {
        self.map?.at(place)
    }
}

impl<'c> Iterator for Entries<'c> {
    type Item = (&'c str, Parameter<&'c str>);

    fn next(&mut self) -> Option<Self::Item> {
        let place = self.places.next()?;
        self.at(place)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.places.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        let place = self.places.nth(n)?;
        self.at(place)
    }
}

impl DoubleEndedIterator for Entries<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let place = self.places.next_back()?;
        self.at(place)
    }
}

impl ExactSizeIterator for Entries<'_> {}

/// An iterator over keys and values in order: what [`Command::parameters`] and [`Command::header`]
/// return.
///
/// ```
/// use cnic_command::{Command, Parameters};
///
/// fn keys(parameters: Parameters<'_>) -> String {
///     parameters.map(|(key, _)| key).collect::<Vec<_>>().join(" ")
/// }
///
/// let command = Command::parse("COMMAND=RenewDomain\nDOMAIN=example.com\nPERIOD=1")?;
/// assert_eq!(keys(command.parameters()), "DOMAIN PERIOD");
/// assert_eq!(command.parameters().next_back(), Some(("PERIOD", "1")));
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
#[derive(Clone)]
pub struct Parameters<'c>(Entries<'c>);

impl<'c> Parameters<'c> {
    pub(crate) fn new(map: impl Into<Option<&'c ParameterMap<'c>>>) -> Self {
        Self(Entries::new(map))
    }
}

impl<'c> Iterator for Parameters<'c> {
    type Item = (&'c str, &'c str);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(pair)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        self.0.nth(n).map(pair)
    }
}

impl DoubleEndedIterator for Parameters<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(pair)
    }
}

impl ExactSizeIterator for Parameters<'_> {}

impl FusedIterator for Parameters<'_> {}

/// Shows the number of parameters that are left: a value may be a secret.
impl fmt::Debug for Parameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parameters").field("len", &self.len()).finish_non_exhaustive()
    }
}

const fn pair<'c>((key, parameter): (&'c str, Parameter<&'c str>)) -> (&'c str, &'c str) {
    (key, parameter.value)
}

/// Iterates over the [parameters](Command::parameters).
impl<'c> IntoIterator for &'c Command<'_> {
    type Item = (&'c str, &'c str);
    type IntoIter = Parameters<'c>;

    fn into_iter(self) -> Parameters<'c> {
        self.parameters()
    }
}
