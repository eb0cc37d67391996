//! The names of the fields of a form that are not parameters.

use alloc::borrow::Cow;
use core::hash::{Hash, Hasher};

#[cfg(test)]
use crate::test_steps::COMPARISONS;

/// The name of a field: two names that differ in ASCII case only are equal.
///
/// It may be made of anything. The hash of a [`Key`](crate::parameters::key::Key) is for bytes that
/// keys are made of, and lets other bytes collide in pairs whatever the seeds are, so names have
/// their own: every byte counts, in lower case.
pub(super) struct Name<'t>(pub(super) Cow<'t, str>);

impl Hash for Name<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        const BLOCK: usize = 16;
        for block in self.0.as_bytes().chunks(BLOCK) {
            let mut lower = [0; BLOCK];
            lower[..block.len()].copy_from_slice(block);
            lower.make_ascii_lowercase();
            state.write_u128(u128::from_ne_bytes(lower));
        }
        // Tells the zeros that fill the last block from those of the name.
        state.write_usize(self.0.len());
    }
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        #[cfg(test)]
        COMPARISONS.count();
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Name<'_> {}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeSet;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;
    use core::hash::BuildHasher;

    use super::*;
    use crate::form::Form;
    use crate::parameters::hashing::RandomState;
    use crate::{ErrorKind, ParseError};

    const FIELDS: u64 = 64_000;

    fn hash(hashing: &RandomState, name: &str) -> u64 {
        hashing.hash_one(Name(name.into()))
    }

    /// Pairs of characters that differ by the bit that makes a capital a small letter.
    fn pairs() -> Vec<[char; 2]> {
        let pair = |byte: u8| [char::from(byte), char::from(byte ^ 0x20)];
        let raw = |c: &char| !c.is_ascii_control() && !"&=%+".contains(*c);
        let pairs = (0..=0x7f).map(pair).filter(|[a, b]| !a.eq_ignore_ascii_case(b) && a < b);
        pairs.filter(|pair| pair.iter().all(raw)).collect()
    }

    /// Fields whose names are made of the two characters, no two alike.
    fn colliding([zero, one]: [char; 2], prefix: &str) -> String {
        let name = |n: u64| -> String {
            (0..16).map(|bit| if n >> bit & 1 == 0 { zero } else { one }).collect()
        };
        (0..FIELDS).map(|n| format!("{prefix}{}=&", name(n))).collect()
    }

    #[test]
    fn names_of_characters_that_keys_do_not_have_cost_a_few_comparisons_each() {
        let pairs = pairs();
        assert!(pairs.contains(&['@', '`']) && pairs.contains(&['[', '{']));
        for pair in pairs {
            let body = colliding(pair, "s_");
            let comparisons = COMPARISONS.of(|| {
                let form = Form::decode(body.as_bytes()).expect("a form");
                assert_eq!(form.credentials().others().len() as u64, FIELDS);
            });
            // One of each is with `s_`.
            assert!(comparisons < 2 * FIELDS, "{pair:?}: {comparisons} comparisons");
        }
    }

    #[test]
    fn a_parameter_that_has_no_key_is_not_compared() {
        for pair in pairs() {
            let body = format!("command=X&{}", colliding(pair, "k"));
            let comparisons = COMPARISONS.of(|| {
                let kind = Form::decode(body.as_bytes()).map_err(|error: ParseError| error.kind());
                assert!(matches!(kind.err(), Some(ErrorKind::InvalidKey { .. })), "{pair:?}");
            });
            assert!(comparisons < 10, "{pair:?}: {comparisons} comparisons");
        }
    }

    #[test]
    fn every_byte_of_a_name_counts() {
        let hashing = RandomState::default();
        for length in [1, 7, 15, 16, 17, 31, 32, 40] {
            for place in 0..length {
                let name = |c: char| -> String {
                    (0..length).map(|at| if at == place { c } else { 'k' }).collect()
                };
                let bytes = (0..=0x7f_u8).map(char::from);
                let hashes: BTreeSet<u64> = bytes.map(|c| hash(&hashing, &name(c))).collect();
                // 128 characters, of which 26 are capitals of others.
                assert_eq!(hashes.len(), 102, "byte {place} of {length}");
            }
        }
    }

    #[test]
    fn names_of_different_lengths_hash_apart() {
        let hashing = RandomState::default();
        for unit in ["\0", "k", " "] {
            let hashes: BTreeSet<u64> =
                (0..100).map(|length| hash(&hashing, &unit.repeat(length))).collect();
            assert_eq!(hashes.len(), 100, "{unit:?}");
        }
    }

    #[test]
    fn names_hash_alike_whatever_their_case() {
        let hashing = RandomState::default();
        for name in ["s_login", "S_é[@`{z", "s_A-much-LONGER-name-than-one-block"] {
            let spelled = [name.to_ascii_uppercase(), name.to_ascii_lowercase()];
            assert_eq!(hash(&hashing, &spelled[0]), hash(&hashing, &spelled[1]), "{name}");
        }
    }
}
