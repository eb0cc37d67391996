//! The parameters of a command, by key, in the order in which they were set.

use alloc::borrow::Cow;
use core::mem;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use crate::error::Position;
use crate::key::{Key, Wanted};

/// The parameters of a command.
///
/// As long as all keys and values are borrowed, which is so for any text that was read, they are plain references: a quarter less
/// memory, and nothing to be dropped. What has a destructor is kept in memory by the compiler when it is added to a vector,
/// in case that growing panics, and reading it back at once waits for the processor's store buffer (benches/README.md).
#[derive(Clone)]
pub(crate) enum Parameters<'t> {
    Borrowed(Map<&'t str>),
    Mixed(Map<Cow<'t, str>>),
}

/// Keys are hashed with seeds, so that nobody can choose keys that collide.
type Map<T> = IndexMap<Key<T>, Parameter<T>, RandomState>;

/// A value, and where the line begins that it was read from.
#[derive(Clone, Copy)]
pub(crate) struct Parameter<T> {
    pub(crate) value: T,
    pub(crate) position: Option<Position>,
}

/// Does the same with a map of either kind.
macro_rules! either {
    ($parameters:expr, $map:ident => $result:expr) => {
        match $parameters {
            Parameters::Borrowed($map) => $result,
            Parameters::Mixed($map) => $result,
        }
    };
}

impl<'t> Parameters<'t> {
    pub(crate) fn len(&self) -> usize {
        either!(self, map => map.len())
    }

    pub(crate) fn get(&self, key: &str) -> Option<Parameter<&str>> {
        either!(self, map => map.get(&Wanted(key)).map(Parameter::borrowed))
    }

    /// Returns keys and parameters in order.
    pub(crate) fn iter(
        &self,
    ) -> impl ExactSizeIterator<Item = (&str, Parameter<&str>)> + DoubleEndedIterator + Clone {
        (0..self.len()).map(|place| {
            let entry = either!(self, map => map.get_index(place).map(|(key, parameter)| {
                (key.as_str(), parameter.borrowed())
            }));
            entry.expect("a place below the number of parameters")
        })
    }

    /// Sets a parameter: a new one at the end, one that is there in its place. Returns what was there.
    #[inline(always)] // so that key and value stay in registers
    pub(crate) fn insert(
        &mut self,
        key: Cow<'t, str>,
        Parameter { value, position }: Parameter<Cow<'t, str>>,
    ) -> Option<Parameter<Cow<'t, str>>> {
        match (&mut *self, key, value) {
            (Self::Borrowed(map), Cow::Borrowed(key), Cow::Borrowed(value)) => {
                map.insert(Key(key), Parameter { value, position }).map(Parameter::into_mixed)
            }
            (_, key, value) => {
                self.mixed(|map| map.insert(Key(key), Parameter { value, position }))
            }
        }
    }

    /// Changes the map as one that may own its texts, and turns it into one before that.
    fn mixed<R>(&mut self, change: impl FnOnce(&mut Map<Cow<'t, str>>) -> R) -> R {
        match self {
            Self::Borrowed(map) => {
                let mut map = converted(mem::take(map), Cow::Borrowed);
                let result = change(&mut map);
                *self = Self::Mixed(map);
                result
            }
            Self::Mixed(map) => change(map),
        }
    }

    /// Sets all of the others.
    pub(crate) fn extend(&mut self, others: Self) {
        match others {
            Self::Borrowed(others) => {
                for (Key(key), parameter) in others {
                    self.insert(Cow::Borrowed(key), parameter.into_mixed());
                }
            }
            Self::Mixed(others) => self.mixed(|map| map.extend(others)),
        }
    }

    /// Removes a parameter, and returns its value. The order of the others stays.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Cow<'t, str>> {
        either!(self, map => Some(map.shift_remove(&Wanted(key))?.into_mixed().value))
    }

    pub(crate) fn retain(&mut self, mut is_kept: impl FnMut(&str) -> bool) {
        either!(self, map => map.retain(|key, _| is_kept(key.as_str())));
    }

    /// Returns whether there is no room for another one.
    #[inline(always)] // it is nothing but a comparison
    pub(crate) fn is_full(&self) -> bool {
        either!(self, map => map.len() == map.capacity())
    }

    pub(crate) fn reserve(&mut self, more: usize) {
        either!(self, map => map.reserve(more));
    }

    /// Takes the positions, which are those in a part of a text, for those in the whole, where that part begins at `base`.
    pub(crate) fn see_from(&mut self, base: Position) {
        either!(self, map => for parameter in map.values_mut() {
            parameter.position = parameter.position.map(|at| at.seen_from(base));
        });
    }

    pub(crate) fn into_owned(self) -> Parameters<'static> {
        Parameters::Mixed(match self {
            Self::Borrowed(map) => converted(map, |text| Cow::Owned(text.into())),
            Self::Mixed(map) => converted(map, |text| Cow::Owned(text.into_owned())),
        })
    }
}

fn converted<T, U: AsRef<str>>(map: Map<T>, text: impl Fn(T) -> U) -> Map<U> {
    map.into_iter()
        .map(|(Key(key), Parameter { value, position })| {
            (Key(text(key)), Parameter { value: text(value), position })
        })
        .collect()
}

impl Default for Parameters<'_> {
    fn default() -> Self {
        Self::Borrowed(Map::default())
    }
}

impl<T: AsRef<str>> Parameter<T> {
    fn borrowed(&self) -> Parameter<&str> {
        Parameter { value: self.value.as_ref(), position: self.position }
    }

    pub(crate) fn into_mixed<'t>(self) -> Parameter<Cow<'t, str>>
    where
        T: Into<Cow<'t, str>>,
    {
        Parameter { value: self.value.into(), position: self.position }
    }
}
