//! The parameters of a command, by key, in the order in which they were set.

mod family;
pub(crate) mod iter;
pub(crate) mod key;
mod map;
pub(crate) mod run;
pub(crate) mod transport;
pub(crate) mod value;

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::mem;

// The last step of `quality` matters: what is left of a key that varies in its digits alone is one
// multiplication by a constant, and some seeds make of it five times as many collisions as others.
use cnic_text::Position;
pub(crate) use foldhash::quality as hashing;

use self::key::is_key;
use self::map::Map;
use self::run::Run;
use self::value::check_value;
use crate::build_error::{BuildError, BuildErrorKind};

/// The parameters of a command.
///
/// As long as all keys and values are borrowed, which is so for any text that was read, they are
/// plain references: a quarter less memory, and nothing to be dropped. What has a destructor is
/// kept in memory by the compiler when it is added to a vector, in case that growing panics, and
/// reading it back at once waits for the processor's store buffer (docs/performance-history.md).
#[derive(Clone)]
pub(crate) enum ParameterMap<'t> {
    Borrowed(Map<&'t str>),
    Mixed(Map<Cow<'t, str>>),
}

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
            ParameterMap::Borrowed($map) => $result,
            ParameterMap::Mixed($map) => $result,
        }
    };
}

impl<'t> ParameterMap<'t> {
    pub(crate) fn len(&self) -> usize {
        either!(self, map => map.len())
    }

    pub(crate) fn get(&self, key: &str) -> Option<Parameter<&str>> {
        either!(self, map => map.get(key).map(Parameter::borrowed))
    }

    /// Sets a parameter. A new key goes to the end, a known one keeps its place. Returns what was
    /// there.
    #[inline(never)] // so that what is set without a look is small
    pub(crate) fn insert(
        &mut self,
        key: Cow<'t, str>,
        Parameter { value, position }: Parameter<Cow<'t, str>>,
    ) -> Option<Parameter<Cow<'t, str>>> {
        debug_assert!(is_key(&key), "a key is checked before it is hashed");
        match (&mut *self, key, value) {
            (Self::Borrowed(map), Cow::Borrowed(key), Cow::Borrowed(value)) => {
                map.insert(key, Parameter { value, position }).map(Parameter::into_mixed)
            }
            (_, key, value) => self.mixed(|map| map.insert(key, Parameter { value, position })),
        }
    }

    /// Does the same if it [needs no look](Self::needs_look).
    #[inline(always)] // so that key and value stay in registers
    pub(crate) fn insert_single(
        &mut self,
        key: Cow<'t, str>,
        Parameter { value, position }: Parameter<Cow<'t, str>>,
    ) -> Option<Parameter<Cow<'t, str>>> {
        debug_assert!(is_key(&key), "a key is checked before it is hashed");
        match (&mut *self, key, value) {
            (Self::Borrowed(map), Cow::Borrowed(key), Cow::Borrowed(value)) => {
                map.insert_single(key, Parameter { value, position }).map(Parameter::into_mixed)
            }
            (_, key, value) => {
                self.mixed(|map| map.insert_single(key, Parameter { value, position }))
            }
        }
    }

    /// Returns whether there may be a run, or no room for another parameter.
    #[inline(always)] // it is nothing but a comparison
    pub(crate) fn needs_look(&self) -> bool {
        either!(self, map => map.needs_look())
    }

    /// Returns the run that ends with the last parameter, if its texts are borrowed.
    #[inline]
    pub(crate) fn open_run(&mut self) -> Option<&mut Run<&'t str>> {
        match self {
            Self::Borrowed(map) => map.open_run(),
            Self::Mixed(_) => None,
        }
    }

    /// Adds the parameters of a family, whose keys are legal and new.
    pub(crate) fn append(&mut self, family: &str, members: Vec<(u32, Cow<'t, str>)>) {
        // Without one, texts that are borrowed stay so.
        if !members.is_empty() {
            self.mixed(|map| map.append(family, members));
        }
    }

    /// Changes the map as one that may own its texts, and turns it into one before that.
    fn mixed<R>(&mut self, change: impl FnOnce(&mut Map<Cow<'t, str>>) -> R) -> R {
        match self {
            Self::Borrowed(map) => {
                let mut map = mem::take(map).convert(Cow::Borrowed);
                let result = change(&mut map);
                *self = Self::Mixed(map);
                result
            }
            Self::Mixed(map) => change(map),
        }
    }

    /// Removes a parameter and returns its value. The others keep their order.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Cow<'t, str>> {
        if either!(self, map => map.place_in_run(key).is_some()) {
            self.mixed(Map::dissolve);
        }
        either!(self, map => Some(map.remove(key)?.into_mixed().value))
    }

    pub(crate) fn retain(&mut self, is_kept: impl Fn(&str) -> bool) {
        if !either!(self, map => map.retain_runs(&is_kept)) {
            self.mixed(Map::dissolve);
        }
        either!(self, map => map.retain(&is_kept));
    }

    /// Returns whether there is no room for another one that is in no run.
    pub(crate) fn is_full(&self) -> bool {
        either!(self, map => map.singles.len() == map.singles.capacity())
    }

    pub(crate) fn reserve(&mut self, more: usize) {
        either!(self, map => map.singles.reserve(more));
    }

    /// Counts the positions from the start of a text in which their own text starts at `base`.
    pub(crate) fn offset_by(&mut self, base: Position) {
        either!(self, map => for parameter in map.parameters_mut() {
            parameter.position = parameter.position.map(|at| at.offset_by(base));
        });
    }

    pub(crate) fn into_owned(self) -> ParameterMap<'static> {
        ParameterMap::Mixed(match self {
            Self::Borrowed(map) => map.convert(|text| Cow::Owned(text.into())),
            Self::Mixed(map) => map.convert(|text| Cow::Owned(text.into_owned())),
        })
    }
}

impl Default for ParameterMap<'_> {
    fn default() -> Self {
        Self::Borrowed(Map::default())
    }
}

impl<'t> Parameter<Cow<'t, str>> {
    /// Turns a key and a value into a parameter, if they are one.
    pub(crate) fn try_new(
        key: Cow<'t, str>,
        value: Cow<'t, str>,
    ) -> Result<(Cow<'t, str>, Self), BuildError> {
        let kind = if !is_key(&key) {
            BuildErrorKind::InvalidKey
        } else if key.eq_ignore_ascii_case("COMMAND") {
            BuildErrorKind::CommandKey
        } else {
            match check_value(&value) {
                Ok(()) => return Ok((key, Self { value, position: None })),
                Err(kind) => kind,
            }
        };
        Err(BuildError::new(kind))
    }
}

impl<T: AsRef<str>> Parameter<T> {
    fn borrowed(&self) -> Parameter<&str> {
        Parameter { value: self.value.as_ref(), position: self.position }
    }

    /// Replaces the value by the same one, kept in another way.
    fn convert<U>(self, text: impl Fn(T) -> U) -> Parameter<U> {
        Parameter { value: text(self.value), position: self.position }
    }

    pub(crate) fn into_mixed<'t>(self) -> Parameter<Cow<'t, str>>
    where
        T: Into<Cow<'t, str>>,
    {
        Parameter { value: self.value.into(), position: self.position }
    }
}

#[cfg(test)]
mod tests {
    use alloc::boxed::Box;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    use foldhash::SharedSeed;

    use super::hashing::SeedableRandomState;
    use super::*;
    use crate::test_steps::COMPARISONS;

    /// Of a thousand keys about a hundred meet another one whose hash has the same seven bits that
    /// are compared first.
    #[test]
    fn keys_of_a_series_are_hashed_evenly_by_every_seed() {
        const KEYS: u64 = 1000;
        let series = |family: &str, rest: &str| -> Vec<String> {
            (0..KEYS).map(|n| format!("{family}{n}{rest}")).collect()
        };
        let all = [
            series("T", ""),
            series("X-TAG_", ""),
            series("DOMAIN", ""),
            series("NAMESERVER", ""),
            series("AddDomainTag", ""),
            series("X-Contact-", "-Name"),
            series("A-Key-Much-Longer-Than-Those-That-Are-In-Use-", ""),
            (0..KEYS).map(|n| format!("K{n:015}")).collect(),
            (0..KEYS).map(|n| format!("{n:016b}")).collect(),
        ];
        for seed in 0..200_u64 {
            let shared: &'static SharedSeed = Box::leak(Box::new(SharedSeed::from_u64(seed)));
            for keys in &all {
                let seeds = SeedableRandomState::with_seed(seed.wrapping_mul(0x9e37_79b9), shared);
                let mut map: Map<&str, _> = Map::with_hasher(seeds);
                let comparisons = COMPARISONS.of(|| {
                    for key in keys {
                        map.insert_single(key.as_str(), Parameter { value: "", position: None });
                    }
                });
                assert_eq!(map.len() as u64, KEYS);
                assert!(
                    comparisons < KEYS / 5,
                    "{}..: {comparisons} comparisons by seed {seed}",
                    keys[0]
                );
            }
        }
    }
}
