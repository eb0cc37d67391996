//! Keys and names of commands: what they are made of, and when two keys are the same.

use core::hash::{Hash, Hasher};

use cnic_text::ByteSet;

#[cfg(test)]
use crate::test_steps::COMPARISONS;

/// Returns whether a text may be a key or the name of a command: `1*( ALPHA / DIGIT / "-" / "_" )`.
pub(crate) fn is_key(text: &str) -> bool {
    !text.is_empty() && LEGAL.contains_all(text.as_bytes())
}

/// What keys are made of.
static LEGAL: ByteSet = ByteSet::alphanumeric_and(b"-_");

/// Returns what follows `family` in a key, ASCII case-insensitively: `007` for `DomainTag007` and
/// `domaintag`.
pub(crate) fn strip_family<'k>(key: &'k str, family: &str) -> Option<&'k str> {
    #[cfg(test)]
    COMPARISONS.count();
    let (start, rest) = key.split_at_checked(family.len())?;
    start.eq_ignore_ascii_case(family).then_some(rest)
}

/// The key of a parameter: two that differ in ASCII case only are equal.
///
/// Its text is legal as a key. Other texts could be chosen so that they hash alike.
#[derive(Clone)]
pub(crate) struct Key<T>(pub(crate) T);

impl<T: AsRef<str>> Key<T> {
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_ref()
    }
}

impl<T: AsRef<str>> Hash for Key<T> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        KeyRef(self.as_str()).hash(state);
    }
}

impl<T: AsRef<str>> PartialEq for Key<T> {
    fn eq(&self, other: &Self) -> bool {
        #[cfg(test)]
        COMPARISONS.count();
        self.as_str().eq_ignore_ascii_case(other.as_str())
    }
}

impl<T: AsRef<str>> Eq for Key<T> {}

/// A key that is looked for, which may be any text.
pub(crate) struct KeyRef<'k>(pub(crate) &'k str);

impl Hash for KeyRef<'_> {
    #[inline(always)] // so that the state of the hash stays in registers
    fn hash<H: Hasher>(&self, state: &mut H) {
        // By pairs of words, which overlap where less than sixteen bytes are left: nine legal keys,
        // of as many lengths, may hash alike, and no more.
        let mut rest = self.0.as_bytes();
        while rest.len() > 16 {
            let (start, others) = rest.split_at(16);
            state.write_u128(fold_words(start));
            rest = others;
        }
        state.write_u128(fold_words(rest));
    }
}

/// Returns the first and the last eight bytes of up to sixteen, in small letters.
fn fold_words(bytes: &[u8]) -> u128 {
    let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(&first), Some(&last)) => (first, last),
        _ => {
            let mut padded = [0; 8];
            padded[..bytes.len()].copy_from_slice(bytes);
            (padded, [0; 8])
        }
    };
    // Capitals become small letters by this bit. Of the bytes that keys are made of, no other two
    // become the same one; of the others some do, as `@` and `` ` ``.
    const SMALL: u64 = u64::from_ne_bytes([b'a' ^ b'A'; 8]);
    let small = |word| u128::from(u64::from_ne_bytes(word) | SMALL);
    small(first) << 64 | small(last)
}

impl<T: AsRef<str>> indexmap::Equivalent<Key<T>> for KeyRef<'_> {
    fn equivalent(&self, key: &Key<T>) -> bool {
        #[cfg(test)]
        COMPARISONS.count();
        self.0.eq_ignore_ascii_case(key.as_str())
    }
}

#[cfg(test)]
mod tests {
    use alloc::collections::{BTreeMap, BTreeSet};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;
    use core::hash::BuildHasher;

    use super::*;
    use crate::parameters::hashing::RandomState;
    use crate::{Command, TagFamily, TagKind, Violation};

    /// A step for each pair of parameters would be 67 million.
    #[test]
    fn all_the_tags_of_a_command_cost_a_few_steps_each() {
        const TAGS: u64 = 2 * 4096;
        let tags = |prefix: &'static str| (0..4096).map(move |n| format!("{prefix}{n}"));
        let build = || {
            let mut command = Command::new("ModifyDomain").expect("a name");
            command.set_tags(TagFamily::AddDomainTag, tags("new")).expect("tags");
            command.set_tags(TagFamily::DelDomainTag, tags("old")).expect("tags");
            command
        };
        let cost =
            |what: &str, steps: u64| assert!(steps <= 8 * TAGS, "{what}: {steps} comparisons");
        cost("set_tags", COMPARISONS.of(build));
        let mut command = build();
        let text = String::from(command.encode());
        cost("parse", COMPARISONS.of(|| Command::parse(&text).expect("a command")));
        cost(
            "tags",
            COMPARISONS.of(|| assert_eq!(command.tags(TagFamily::AddDomainTag).len(), 4096)),
        );
        cost(
            "equality",
            COMPARISONS.of(|| assert!(Command::parse(&text).is_ok_and(|same| same == command))),
        );
        let mut violations: Vec<Violation> = Vec::new();
        cost("check", COMPARISONS.of(|| command.check(&mut violations)));
        assert!(violations.is_empty());
        let change =
            || command.set_change(TagKind::Domain, tags("new"), tags("old")).expect("tags");
        cost("set_change", COMPARISONS.of(change));
        cost("chunks", COMPARISONS.of(|| command.chunks("AddDomainTag", 512).count()));
    }

    /// Looking among all for each key would be 134 million steps.
    #[cfg(feature = "serde")]
    #[test]
    fn a_map_of_all_parameters_costs_a_few_steps_each() {
        const KEYS: u64 = 8192;
        let text = (0..KEYS)
            .fold(String::from("COMMAND=X"), |text, n| text + &format!("\nA{n}X=v\nA{n}X0=v"));
        let command = Command::parse(&text).expect("a command");
        let steps = COMPARISONS.of(|| {
            let map: BTreeMap<&str, Option<&str>> = crate::from_command(&command).expect("a map");
            assert_eq!(map.len() as u64, 2 * KEYS);
            let map: BTreeMap<&str, &str> = crate::from_command(&command).expect("a map");
            crate::to_command("X", &map).expect("a command");
        });
        assert!(steps <= 16 * KEYS, "{steps} comparisons");
        let lists = COMPARISONS.of(|| {
            let map = crate::from_command::<BTreeMap<&str, Vec<&str>>>(&command);
            assert_eq!(map.expect_err("no lists").kind(), crate::DeserializeErrorKind::Unindexed);
        });
        assert!(lists <= 16 * KEYS, "{lists} comparisons");
    }

    #[test]
    fn keys_hash_alike_whatever_their_case() {
        let hashing = RandomState::default();
        let text = "@AZ[`az{09-_\u{7f}\u{c1}\u{e9}KEYkeyKEYkeyKEY";
        for key in text.char_indices().map(|(end, _)| &text[..end]) {
            let hash = hashing.hash_one(KeyRef(key));
            for spelled in [key.to_ascii_uppercase(), key.to_ascii_lowercase()] {
                assert_eq!(hashing.hash_one(KeyRef(&spelled)), hash, "{key}");
            }
        }
    }

    #[test]
    fn keys_that_differ_in_a_byte_hash_apart() {
        let hashing = RandomState::default();
        for length in [1, 7, 8, 9, 16, 17, 24, 40] {
            for place in 0..length {
                let hash = |byte| {
                    let key = |at| if at == place { byte } else { 'k' };
                    hashing.hash_one(KeyRef(&(0..length).map(key).collect::<String>()))
                };
                let bytes = ('0'..='9').chain('a'..='z').chain(['-', '_']);
                let hashes: BTreeSet<u64> = bytes.map(hash).collect();
                assert_eq!(hashes.len(), 38, "byte {place} of {length}");
            }
        }
    }

    /// A key says its length to the hash only by what is in its last sixteen bytes.
    #[test]
    fn at_most_nine_keys_hash_alike() {
        let hashing = RandomState::default();
        let mut alike: BTreeMap<u64, usize> = BTreeMap::new();
        let key = "k".repeat(200);
        for length in 1..=key.len() {
            *alike.entry(hashing.hash_one(KeyRef(&key[..length]))).or_default() += 1;
        }
        assert_eq!(alike.values().max(), Some(&9));
    }

    #[test]
    fn what_is_left_follows_the_whole_family() {
        assert_eq!(strip_family("DomainTag007", "domaintag"), Some("007"));
        assert_eq!(strip_family("DOMAINTAG", "DomainTag"), Some(""));
        assert_eq!(strip_family("DomainTa", "DomainTag"), None);
        assert_eq!(strip_family("AddDomainTag0", "DomainTag"), None);
        assert_eq!(strip_family("é0", "e"), None);
    }
}
