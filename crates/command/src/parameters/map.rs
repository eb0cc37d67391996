//! A map of parameters in the order of insertion.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::hash::BuildHasher;
use core::mem;

use indexmap::IndexMap;

use super::Parameter;
use super::hashing::RandomState;
use super::key::{Key, KeyRef};
use super::run::{Member, Run, STREAK};

/// A map in the order of insertion. Two keys that differ in ASCII case only are the same.
///
/// Most keys of a long command count up one after another: they are a [`Run`], and not hashed. All
/// others are hashed with seeds, so that nobody can choose keys that collide. The keys are legal:
/// other texts could be chosen to have the same hash, since [`Key`] folds some of their bytes. Any
/// text may be looked up.
#[derive(Clone)]
pub(crate) struct Map<T, S = RandomState> {
    pub(super) singles: IndexMap<Key<T>, Parameter<T>, S>,
    /// A few, in order: each is looked at whenever a key is looked for.
    pub(super) runs: Vec<Run<T>>,
    /// How many singles there may be before a key has to be looked at for a run: as many as there was
    /// room for, so that few looks are in vain, and none if there is a run.
    next_look: usize,
    /// How often a run may still begin, since all keys are looked at then.
    attempts: usize,
}

/// How many runs there may be.
const MAX_RUNS: usize = 8;

/// Where a key belongs that is to be set.
enum Slot {
    /// Into no run.
    Alone,
    /// To the end of the last run.
    Next,
    /// It is in a run, at a place.
    Known(usize, usize),
}

impl<T, S: Default> Default for Map<T, S> {
    fn default() -> Self {
        Self::with_hasher(S::default())
    }
}

impl<T, S> Map<T, S> {
    pub(crate) const fn with_hasher(hashing: S) -> Self {
        Self {
            singles: IndexMap::with_hasher(hashing),
            runs: Vec::new(),
            next_look: 0,
            attempts: MAX_RUNS,
        }
    }
}

impl<T: AsRef<str>, S: BuildHasher> Map<T, S> {
    #[inline]
    pub(crate) fn len(&self) -> usize {
        let in_runs = if self.runs.is_empty() { 0 } else { self.len_of_runs() };
        self.singles.len() + in_runs
    }

    #[cold]
    fn len_of_runs(&self) -> usize {
        self.runs.iter().map(Run::len).sum()
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Parameter<T>> {
        match self.place_in_run(key) {
            Some((run, place)) => Some(self.runs[run].parameter(place)),
            None => self.singles.get(&KeyRef(key)),
        }
    }

    /// Sets a parameter. A new key goes to the end, a known one keeps its place. Returns what was
    /// there.
    pub(crate) fn insert(&mut self, key: T, parameter: Parameter<T>) -> Option<Parameter<T>> {
        let slot = if self.needs_look() { self.slot(key.as_ref()) } else { Slot::Alone };
        match slot {
            Slot::Alone => {
                let known = self.insert_single(key, parameter);
                self.next_look = if self.runs.is_empty() { self.singles.capacity() } else { 0 };
                known
            }
            Slot::Next => {
                self.runs.last_mut().expect("a run").push(key, parameter);
                None
            }
            Slot::Known(run, place) => Some(self.runs[run].replace(place, parameter)),
        }
    }

    /// Does the same without a look at the runs.
    #[inline(always)] // so that key and value stay in registers
    pub(crate) fn insert_single(
        &mut self,
        key: T,
        parameter: Parameter<T>,
    ) -> Option<Parameter<T>> {
        self.singles.insert(Key(key), parameter)
    }

    /// Returns whether a parameter has to be set by [`insert`](Self::insert).
    #[inline(always)] // it is nothing but a comparison
    pub(crate) fn needs_look(&self) -> bool {
        self.singles.len() >= self.next_look
    }

    /// Returns where a key belongs. If it begins a run, adds the run.
    fn slot(&mut self, key: &str) -> Slot {
        if self.open_run().is_some_and(|run| run.counts_up_to(key)) {
            return Slot::Next;
        }
        let Some(member) = Member::parse(key) else { return Slot::Alone };
        if self.open_run().is_some_and(|run| run.is_next(member)) {
            return Slot::Next;
        }
        if let Some((run, place)) = self.place_of(member) {
            return Slot::Known(run, place);
        }
        if !self.may_begin_run(member) {
            return Slot::Alone;
        }
        self.push_run(Run::empty(self.singles.len(), member));
        Slot::Next
    }

    /// Adds a run at the end.
    pub(super) fn push_run(&mut self, run: Run<T>) {
        self.runs.push(run);
        self.next_look = 0;
    }

    /// Returns the run that ends with the last parameter.
    #[inline]
    pub(crate) fn open_run(&mut self) -> Option<&mut Run<T>> {
        let singles = self.singles.len();
        self.runs.last_mut().filter(|run| run.before == singles)
    }

    /// Returns whether the last parameters lead to this key, and none can follow that is known.
    fn may_begin_run(&mut self, member: Member<'_>) -> bool {
        if !self.has_room_for_run() {
            return false;
        }
        let places = self.runs.last().map_or(0, |run| run.before)..self.singles.len();
        let is_before = |(distance, place)| {
            let before = self.singles.get_index(place).map(|(key, _)| key.as_str());
            before.and_then(Member::parse).is_some_and(|before| {
                before.index.checked_add(distance) == Some(member.index)
                    && before.family == member.family
            })
        };
        let is_streak =
            places.len() >= STREAK && (1..).zip(places.rev()).take(STREAK).all(is_before);
        if !is_streak {
            return false;
        }
        self.attempts -= 1;
        !self.has_at_or_after(member)
    }

    /// Returns whether there is a key of the family with this index or a larger one.
    fn has_at_or_after(&self, member: Member<'_>) -> bool {
        let is_later = |key: &str| {
            Member::parse(key)
                .is_some_and(|known| known.index >= member.index && known.is_of(member.family))
        };
        self.singles.keys().any(|key| is_later(key.as_str()))
            || self.runs.iter().any(|run| is_later(run.last_key()))
    }

    /// Returns whether there may be another run.
    pub(crate) fn has_room_for_run(&self) -> bool {
        self.attempts > 0 && self.runs.len() < MAX_RUNS
    }

    /// Returns the number of the run that a key is in, and its place there.
    #[inline]
    pub(crate) fn place_in_run(&self, key: &str) -> Option<(usize, usize)> {
        if self.runs.is_empty() { None } else { self.place_of(Member::parse(key)?) }
    }

    #[inline]
    fn place_of(&self, member: Member<'_>) -> Option<(usize, usize)> {
        for (number, run) in self.runs.iter().enumerate() {
            if let Some(place) = run.place(member) {
                return Some((number, place));
            }
        }
        None
    }

    /// Removes a parameter that is in no run. The others keep their order.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Parameter<T>> {
        let (place, _, removed) = self.singles.shift_remove_full(&KeyRef(key))?;
        self.runs.iter_mut().filter(|run| run.before > place).for_each(|run| run.before -= 1);
        Some(removed)
    }

    /// Removes the runs none of whose keys is kept. Returns whether the others are kept as a whole.
    pub(crate) fn retain_runs(&mut self, is_kept: impl Fn(&str) -> bool) -> bool {
        let mut are_whole = true;
        self.runs.retain(|run| {
            let kept = run.entries(0..run.len()).filter(|(key, _)| is_kept(key)).count();
            are_whole &= kept == 0 || kept == run.len();
            kept > 0
        });
        are_whole
    }

    /// Removes the parameters in no run whose keys are not kept.
    pub(crate) fn retain(&mut self, is_kept: impl Fn(&str) -> bool) {
        let mut runs = self.runs.iter_mut().peekable();
        let (mut place, mut kept) = (0, 0);
        self.singles.retain(|key, _| {
            while let Some(run) = runs.next_if(|run| run.before == place) {
                run.before = kept;
            }
            let is_kept = is_kept(key.as_str());
            place += 1;
            kept += usize::from(is_kept);
            is_kept
        });
        runs.for_each(|run| run.before = kept);
    }

    pub(crate) fn parameters_mut(&mut self) -> impl Iterator<Item = &mut Parameter<T>> {
        self.singles.values_mut().chain(self.runs.iter_mut().flat_map(Run::parameters_mut))
    }

    /// Replaces each text by the same one, kept in another way.
    pub(crate) fn convert<U: AsRef<str>>(self, text: impl Fn(T) -> U) -> Map<U, S>
    where
        S: Default,
    {
        let Self { singles, runs, next_look, attempts } = self;
        Map {
            singles: singles
                .into_iter()
                .map(|(Key(key), parameter)| (Key(text(key)), parameter.convert(&text)))
                .collect(),
            runs: runs.into_iter().map(|run| run.convert(&text)).collect(),
            next_look,
            attempts,
        }
    }
}

impl<'t, S: BuildHasher + Default> Map<Cow<'t, str>, S> {
    /// Hashes all keys, from now on as well.
    pub(crate) fn dissolve(&mut self) {
        let all = mem::take(self);
        self.attempts = 0;
        self.singles.reserve(all.len());
        let mut singles = all.singles.into_iter();
        let mut taken = 0;
        for run in all.runs {
            self.singles.extend(singles.by_ref().take(run.before - taken));
            taken = run.before;
            run.into_each(|key, parameter| {
                self.singles.insert(Key(key), parameter);
            });
        }
        self.singles.extend(singles);
    }
}
