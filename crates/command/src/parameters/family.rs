//! The parameters of a family, added in one go.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::hash::BuildHasher;

use cnic_text::Span;

use super::Parameter;
use super::key::Key;
use super::map::Map;
use super::run::{Member, Run, RunKey, STREAK};

/// Indices and values.
pub(super) type Members<'t> = Vec<(u32, Cow<'t, str>)>;

impl<'t, S: BuildHasher> Map<Cow<'t, str>, S> {
    /// Adds the parameters of a family, whose keys are legal and new.
    pub(super) fn append(&mut self, family: &str, members: Members<'t>) {
        let members = match self.run_of(family, members) {
            Ok(run) => return self.push_run(run),
            Err(members) => members,
        };
        self.singles.reserve(members.len());
        let mut keys = FamilyKeys::new(family);
        for (index, value) in members {
            let key = Cow::Owned(keys.key(index).into());
            self.singles.insert(Key(key), Parameter { value, position: None });
        }
    }

    /// Makes a run of the members, if they are one; if not, returns them.
    fn run_of(&self, family: &str, members: Members<'t>) -> Result<Run<Cow<'t, str>>, Members<'t>> {
        let is_long = members.len() >= STREAK && self.has_room_for_run();
        let first = members.first().map_or(0, |&(index, _)| index);
        let follows = |pair: &[(u32, _)]| pair[0].0.checked_add(1) == Some(pair[1].0);
        if !is_long || !members.windows(2).all(follows) {
            return Err(members);
        }
        let mut keys = FamilyKeys::new(family);
        let last = keys.key(members.last().map_or(0, |&(index, _)| index));
        // A family that ends with a digit is not what its keys are split into.
        let is_member = Member::parse(last).is_some_and(|last| last.family == family);
        if !is_member || u32::try_from(members.len() * last.len()).is_err() {
            return Err(members);
        }
        let mut text = String::with_capacity(members.len() * last.len());
        let entry = |(index, value)| {
            let start = text.len();
            text.push_str(keys.key(index));
            let key = RunKey::Joined(Span::from(start..text.len()));
            (key, Parameter { value, position: None })
        };
        let entries = members.into_iter().map(entry).collect();
        Ok(Run { before: self.singles.len(), family: family.len(), first, text, entries })
    }
}

/// The keys of a family, one after another.
pub(super) struct FamilyKeys {
    /// The latest one.
    key: String,
    family: usize,
    latest: Option<u32>,
}

impl FamilyKeys {
    pub(super) fn new(family: &str) -> Self {
        Self { key: family.into(), family: family.len(), latest: None }
    }

    /// Returns the key with an index. The formatter would take longer than all else.
    pub(super) fn key(&mut self, index: u32) -> &str {
        let digit = char::from(b'0' + (index % 10) as u8); // lossless: below 10
        if digit != '0' && self.latest == Some(index - 1) {
            self.key.pop();
        } else {
            self.key.truncate(self.family);
            self.write(index / 10);
        }
        self.key.push(digit);
        self.latest = Some(index);
        &self.key
    }

    /// Writes the digits in front of the last one.
    fn write(&mut self, digits: u32) {
        if digits > 0 {
            self.write(digits / 10);
            self.key.push(char::from(b'0' + (digits % 10) as u8)); // lossless: below 10
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn a_key_ends_with_its_index() {
        let powers = (0..10).map(|power| 10_u32.pow(power));
        let around = powers.flat_map(|power| power.saturating_sub(2)..power + 12);
        let others = [1_234_567_890, 7, 8, 18, 17, u32::MAX - 1, u32::MAX, 0];
        let mut keys = FamilyKeys::new("NS");
        for index in around.chain(others) {
            assert_eq!(keys.key(index), format!("NS{index}"));
        }
    }
}
