//! Iterators over parameters.

use alloc::borrow::Cow;
use core::fmt;
use core::iter::FusedIterator;

use indexmap::map::Iter;

use super::key::Key;
use super::{Parameter, ParameterMap};

/// Keys and parameters in order, with the positions.
#[derive(Clone)]
pub(crate) enum Entries<'c> {
    Borrowed(Iter<'c, Key<&'c str>, Parameter<&'c str>>),
    Mixed(Iter<'c, Key<Cow<'c, str>>, Parameter<Cow<'c, str>>>),
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
    (key, parameter): (&'c Key<T>, &'c Parameter<T>),
) -> (&'c str, Parameter<&'c str>) {
    (key.as_str(), parameter.borrowed())
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
