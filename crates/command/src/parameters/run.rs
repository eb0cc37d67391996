//! Keys that count up, one after another: `DomainTag0`, `DomainTag1`, ..

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem;
use core::ops::Range;

use cnic_text::{Span, to_usize};

use super::Parameter;
#[cfg(test)]
use crate::test_steps::COMPARISONS;

/// Parameters whose keys are a family and an index, each index one more than the last.
///
/// Where a key is follows from its index, so it is neither hashed nor looked for. A run has at least
/// one parameter.
#[derive(Clone)]
pub(crate) struct Run<T> {
    /// How many of the parameters that are in no run come before it.
    pub(crate) before: usize,
    /// The length of the family.
    pub(crate) family: usize,
    /// The index of the first key.
    pub(crate) first: u32,
    /// What the [`RunKey::Joined`] are slices of.
    pub(crate) text: String,
    pub(crate) entries: Vec<(RunKey<T>, Parameter<T>)>,
}

/// A key of a run. It is no larger than `T`.
#[derive(Clone)]
pub(crate) enum RunKey<T> {
    Alone(T),
    /// Owned, but not allocated for itself.
    Joined(Span),
}

/// How many keys have to follow each other before a run begins.
pub(crate) const STREAK: usize = 8;

/// A family, and an index without leading zeros: what a key of a run is made of.
#[derive(Clone, Copy)]
pub(crate) struct Member<'k> {
    pub(crate) family: &'k str,
    pub(crate) index: u32,
}

impl<'k> Member<'k> {
    /// Splits a key in front of the digits at its end.
    #[inline]
    pub(crate) fn parse(key: &'k str) -> Option<Self> {
        let before = key.as_bytes().iter().rposition(|byte| !byte.is_ascii_digit());
        let (family, digits) = key.split_at(before.map_or(0, |place| place + 1));
        // Nine digits fit in 32 bits.
        if digits.is_empty() || digits.len() > 9 || digits.len() > 1 && digits.starts_with('0') {
            return None;
        }
        let index = digits.bytes().fold(0, |index, digit| 10 * index + u32::from(digit - b'0'));
        Some(Self { family, index })
    }

    #[inline]
    pub(crate) fn is_of(self, family: &str) -> bool {
        #[cfg(test)]
        COMPARISONS.count();
        // Nearly always they are spelled alike.
        self.family == family || self.family.eq_ignore_ascii_case(family)
    }
}

impl<T: AsRef<str>> RunKey<T> {
    #[inline]
    fn as_str<'r>(&'r self, text: &'r str) -> &'r str {
        match self {
            Self::Alone(key) => key.as_ref(),
            Self::Joined(span) => span.slice(text),
        }
    }
}

impl<T: AsRef<str>> Run<T> {
    /// Returns a run to which the first parameter is still to be added.
    pub(crate) fn empty(before: usize, first: Member<'_>) -> Self {
        let (family, first) = (first.family.len(), first.index);
        Self { before, family, first, text: String::new(), entries: Vec::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    #[inline]
    pub(crate) fn family(&self) -> &str {
        &self.key(0)[..self.family]
    }

    pub(crate) fn last_key(&self) -> &str {
        self.key(self.len() - 1)
    }

    #[inline]
    fn key(&self, place: usize) -> &str {
        self.entries[place].0.as_str(&self.text)
    }

    /// Returns the place of a key in the run.
    #[inline]
    pub(crate) fn place(&self, member: Member<'_>) -> Option<usize> {
        let place = to_usize(member.index.checked_sub(self.first)?);
        let is_in = place < self.len() && member.family.len() == self.family;
        (is_in && member.is_of(self.family())).then_some(place)
    }

    pub(crate) fn parameter(&self, place: usize) -> &Parameter<T> {
        &self.entries[place].1
    }

    pub(crate) fn parameters_mut(&mut self) -> impl Iterator<Item = &mut Parameter<T>> {
        self.entries.iter_mut().map(|(_, parameter)| parameter)
    }

    /// Sets the parameter at a place, and returns what was there.
    pub(crate) fn replace(&mut self, place: usize, parameter: Parameter<T>) -> Parameter<T> {
        mem::replace(&mut self.entries[place].1, parameter)
    }

    /// Returns whether a key is the next one, in the same spelling.
    #[inline]
    pub(crate) fn is_next(&self, member: Member<'_>) -> bool {
        to_usize(member.index) == to_usize(self.first) + self.len()
            && member.family == self.family()
    }

    /// Does the same for nine of ten keys, which differ from the last one in their last digit alone.
    #[inline]
    pub(crate) fn counts_up_to(&self, key: &str) -> bool {
        match (self.last_key().as_bytes(), key.as_bytes()) {
            ([start @ .., last], [same @ .., digit @ b'1'..=b'9']) => {
                last + 1 == *digit && start == same
            }
            _ => false,
        }
    }

    /// Adds the next key.
    #[inline]
    pub(crate) fn push(&mut self, key: T, parameter: Parameter<T>) {
        self.entries.push((RunKey::Alone(key), parameter));
    }

    /// Returns whether there is no room for another one.
    #[inline]
    pub(crate) fn is_full(&self) -> bool {
        self.entries.len() == self.entries.capacity()
    }

    pub(crate) fn reserve(&mut self, more: usize) {
        self.entries.reserve(more);
    }

    #[inline]
    pub(crate) fn entry(&self, place: usize) -> (&str, &Parameter<T>) {
        let (key, parameter) = &self.entries[place];
        (key.as_str(&self.text), parameter)
    }

    pub(crate) fn entries(
        &self,
        places: Range<usize>,
    ) -> impl Iterator<Item = (&str, &Parameter<T>)> {
        self.entries[places].iter().map(|(key, parameter)| (key.as_str(&self.text), parameter))
    }

    /// Replaces each text by the same one, kept in another way.
    pub(crate) fn convert<U>(self, text: impl Fn(T) -> U) -> Run<U> {
        let entry = |(key, parameter): (RunKey<T>, Parameter<T>)| {
            let key = match key {
                RunKey::Alone(key) => RunKey::Alone(text(key)),
                RunKey::Joined(span) => RunKey::Joined(span),
            };
            (key, parameter.convert(&text))
        };
        let entries = self.entries.into_iter().map(entry).collect();
        Run {
            entries,
            before: self.before,
            family: self.family,
            first: self.first,
            text: self.text,
        }
    }
}

impl<'t> Run<Cow<'t, str>> {
    /// Calls `put` with each key and parameter.
    pub(crate) fn into_each(self, mut put: impl FnMut(Cow<'t, str>, Parameter<Cow<'t, str>>)) {
        for (key, parameter) in self.entries {
            let key = match key {
                RunKey::Alone(key) => key,
                RunKey::Joined(span) => Cow::Owned(span.slice(&self.text).into()),
            };
            put(key, parameter);
        }
    }
}
