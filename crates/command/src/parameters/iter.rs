//! Iterators over parameters.

use alloc::borrow::Cow;
use core::fmt;
use core::iter::FusedIterator;
use core::ops::Range;

use super::key::Key;
use super::map::Map;
use super::{Parameter, ParameterMap};

/// Keys and parameters in order, with the positions.
#[derive(Clone)]
pub(crate) enum Entries<'c> {
    Borrowed(Iter<'c, &'c str>),
    Mixed(Iter<'c, Cow<'c, str>>),
}

/// The entries of a map at some places; none without one.
pub(crate) struct Iter<'c, T> {
    map: Option<&'c Map<T>>,
    places: Range<usize>,
}

/// Does the same with an iterator of either kind.
macro_rules! either {
    ($entries:expr, $iter:ident => $result:expr) => {
        match $entries {
            Entries::Borrowed($iter) => $result,
            Entries::Mixed($iter) => $result,
        }
    };
}

impl ParameterMap<'_> {
    /// Returns keys and parameters in order.
    pub(crate) fn iter(&self) -> Entries<'_> {
        match self {
            Self::Borrowed(map) => Entries::Borrowed(map.iter()),
            Self::Mixed(map) => Entries::Mixed(map.iter()),
        }
    }
}

fn entry<'c, T: AsRef<str>>(
    (key, parameter): (&'c str, &'c Parameter<T>),
) -> (&'c str, Parameter<&'c str>) {
    (key, parameter.borrowed())
}

fn single<'c, T: AsRef<str>>(
    (key, parameter): (&'c Key<T>, &'c Parameter<T>),
) -> (&'c str, &'c Parameter<T>) {
    (key.as_str(), parameter)
}

impl<T: AsRef<str>> Map<T> {
    fn iter(&self) -> Iter<'_, T> {
        Iter { map: Some(self), places: 0..self.len() }
    }

    /// Returns the entry at a place.
    fn entry(&self, place: usize) -> Option<(&str, &Parameter<T>)> {
        let mut in_runs = 0;
        for run in &self.runs {
            match place.checked_sub(run.before + in_runs) {
                None => break,
                Some(place) if place < run.len() => return Some(run.entry(place)),
                Some(_) => in_runs += run.len(),
            }
        }
        self.singles.get_index(place - in_runs).map(single)
    }
}

impl<'c, T: AsRef<str>> Iterator for Iter<'c, T> {
    type Item = (&'c str, &'c Parameter<T>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.map?.entry(self.places.next()?)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.places.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        self.map?.entry(self.places.nth(n)?)
    }

    /// Finds each run once.
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut f: F) -> B {
        let Some(map) = self.map else { return init };
        let Range { start, end } = self.places;
        let (mut result, mut at, mut taken) = (init, 0, 0);
        // Which of the next so many entries are within the places.
        let mut next = |len: usize| {
            let (from, to) = (at, at + len);
            at = to;
            start.clamp(from, to) - from..end.clamp(from, to) - from
        };
        for run in &map.runs {
            let range = next(run.before - taken);
            let singles = &map.singles.as_slice()[taken + range.start..taken + range.end];
            result = singles.iter().map(single).fold(result, &mut f);
            result = run.entries(next(run.len())).fold(result, &mut f);
            taken = run.before;
        }
        let range = next(map.singles.len() - taken);
        let singles = &map.singles.as_slice()[taken + range.start..taken + range.end];
        singles.iter().map(single).fold(result, f)
    }
}

impl<T: AsRef<str>> DoubleEndedIterator for Iter<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.map?.entry(self.places.next_back()?)
    }
}

impl<T: AsRef<str>> ExactSizeIterator for Iter<'_, T> {}

impl<T> Default for Iter<'_, T> {
    fn default() -> Self {
        Self { map: None, places: 0..0 }
    }
}

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Self { map: self.map, places: self.places.clone() }
    }
}

impl<'c> Iterator for Entries<'c> {
    type Item = (&'c str, Parameter<&'c str>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        either!(self, iter => iter.next().map(entry))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        either!(self, iter => iter.size_hint())
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        either!(self, iter => iter.nth(n).map(entry))
    }

    /// Looks once at which kind it is.
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, f: F) -> B {
        either!(self, iter => iter.map(entry).fold(init, f))
    }
}

impl DoubleEndedIterator for Entries<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        either!(self, iter => iter.next_back().map(entry))
    }
}

impl ExactSizeIterator for Entries<'_> {}

/// An iterator over keys and values in order: what
/// [`Command::parameters`](crate::Command::parameters) and
/// [`Command::header`](crate::Command::header) return.
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
    /// Returns those of a map; none without one.
    pub(crate) fn new(map: impl Into<Option<&'c ParameterMap<'c>>>) -> Self {
        Self(map.into().map_or_else(|| Entries::Borrowed(Iter::default()), ParameterMap::iter))
    }
}

impl<'c> Iterator for Parameters<'c> {
    type Item = (&'c str, &'c str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(pair)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        self.0.nth(n).map(pair)
    }

    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, f: F) -> B {
        self.0.map(pair).fold(init, f)
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
