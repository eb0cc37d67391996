//! How names are compared: ASCII case never matters, and a look-up may also ignore blanks and `_`.
//!
//! Only ASCII folds (docs/protocol.md, section 2.4, rows 42 and 43): `straße` and `STRASSE` are two
//! names.

use cnic_text::to_usize;

use crate::index::tree::NameTree;

/// Returns whether two names are the same name.
#[inline]
pub(crate) fn eq_name(a: &str, b: &str) -> bool {
    #[cfg(test)]
    crate::test_steps::count();
    // Nearly always they are spelled alike, or have different lengths.
    a.len() == b.len() && (a == b || eq_folded(a, b))
}

/// Returns whether two names of the same length are the same name.
#[inline(never)]
fn eq_folded(a: &str, b: &str) -> bool {
    // The ends first: of names that begin alike, hardly any two end alike.
    let start = |name: &str| name.as_bytes().first().map(u8::to_ascii_lowercase);
    let end = |name: &str| name.as_bytes().last_chunk().map(|end| fold(u64::from_le_bytes(*end)));
    start(a) == start(b) && end(a) == end(b) && first_difference(a, b).is_none()
}

/// Returns the first place where two names have different bytes, case aside, if neither has ended
/// before.
#[inline(never)]
pub(crate) fn first_difference(a: &str, b: &str) -> Option<usize> {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let end = a.len().min(b.len());
    let mut at = 0;
    while at < end {
        let (word_a, word_b) = (word(a, at), word(b, at));
        // Names that are compared often begin alike, and equal bytes need no folding.
        if word_a != word_b {
            let difference = fold(word_a) ^ fold(word_b);
            let place = at + to_usize(difference.trailing_zeros() / 8);
            if difference != 0 {
                return (place < end).then_some(place);
            }
        }
        at += WORD;
    }
    None
}

/// The bytes of a name that are compared at once.
const WORD: usize = 8;

/// Returns the bytes from `at` on, the first of them lowest, and zeros after the end of the name.
#[inline]
fn word(name: &[u8], at: usize) -> u64 {
    let rest = &name[at..];
    if let Some(word) = rest.first_chunk() {
        return u64::from_le_bytes(*word);
    }
    if let (false, Some(last)) = (rest.is_empty(), name.last_chunk::<WORD>()) {
        // The bytes before `at` are shifted out.
        return u64::from_le_bytes(*last) >> (8 * (WORD - rest.len()));
    }
    match (rest.first_chunk(), rest.last_chunk()) {
        // Where the halves overlap they have the same bits.
        (Some(first), Some(last)) => {
            let last = u64::from(u32::from_le_bytes(*last)) << (8 * (rest.len() - WORD / 2));
            u64::from(u32::from_le_bytes(*first)) | last
        }
        _ => rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    }
}

/// Returns eight bytes with their ASCII letters in lower case.
#[inline]
const fn fold(word: u64) -> u64 {
    const EACH: u64 = u64::MAX / 0xff;
    const TOP: u64 = EACH << 7;
    // The top bit of each of the seven-bit sums tells whether a byte is `A` or more, or above `Z`.
    let bits = word & !TOP;
    let from_a = bits + EACH * (0x80 - b'A' as u64);
    let above_z = bits + EACH * (0x7f - b'Z' as u64);
    let capitals = from_a & !above_z & !word & TOP;
    word | (capitals >> 2)
}

/// Returns whether two names are the same if blanks and `_` are ignored.
///
/// `credit threshold`, `CREDITTHRESHOLD` and `credit_threshold` are three spellings of one column
/// (docs/protocol.md, section 2.5).
pub(crate) fn eq_ignoring_separators(a: &str, b: &str) -> bool {
    significant(a).eq(significant(b))
}

/// Returns the lower-case bytes of a name without blanks and `_`.
pub(crate) fn significant(name: &str) -> impl Iterator<Item = u8> {
    let is_significant = |byte: &u8| {
        #[cfg(test)]
        crate::test_steps::count();
        !matches!(byte, b' ' | b'\t' | b'_')
    };
    name.bytes().filter(is_significant).map(|byte| byte.to_ascii_lowercase())
}

/// Distinct names, numbered in order of appearance. The names stay where they are: whoever asks says
/// how to get one by its number.
///
/// A few are compared one after the other, which takes no memory and less time than a walk down a
/// tree. From there on they are in a [`NameTree`].
#[derive(Clone, Default)]
pub(crate) struct NameIndex {
    len: u32,
    /// Empty as long as the names are few.
    tree: NameTree,
}

/// So many names are few.
const FEW: u32 = 12;

impl NameIndex {
    /// Forgets all names.
    pub(crate) fn clear(&mut self) {
        self.len = 0;
        self.tree.clear();
    }

    /// Returns the number of a name.
    #[inline]
    pub(crate) fn find<'a>(&self, wanted: &str, name: impl Fn(u32) -> &'a str) -> Option<u32> {
        if self.len > FEW {
            return self.tree.find(wanted, name);
        }
        (0..self.len).find(|&number| eq_name(name(number), wanted))
    }

    /// Adds a name under a number that is one more than the latest. `Err`: the number of the same
    /// name, which is there already.
    pub(crate) fn add<'a>(
        &mut self,
        new: &str,
        number: u32,
        name: impl Fn(u32) -> &'a str,
    ) -> Result<(), u32> {
        if self.len > FEW {
            self.tree.add(new, number, name)?;
        } else if let Some(known) = self.find(new, &name) {
            return Err(known);
        } else if self.len == FEW {
            self.grow(new, number, name)?;
        }
        self.len += 1;
        Ok(())
    }

    /// Makes the tree, of a name too many to be few and those before it.
    #[cold]
    fn grow<'a>(
        &mut self,
        new: &str,
        number: u32,
        name: impl Fn(u32) -> &'a str,
    ) -> Result<(), u32> {
        for known in 0..self.len {
            self.tree.add(name(known), known, &name)?;
        }
        self.tree.add(new, number, name)
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    use super::*;
    use crate::test_steps as steps;

    #[test]
    fn only_ascii_case_folds() {
        assert!(eq_name("Domain", "dOMAIN"));
        assert!(!eq_name("straße", "STRASSE"));
        assert!(!eq_name("straße", "STRAẞE"));
        assert!(!eq_name("ı", "i") && !eq_name("ı", "I") && !eq_name("\u{212a}", "k"));
    }

    #[test]
    fn loose_look_up_overlooks_blanks_and_underscores_only() {
        for spelling in
            ["credit threshold", "CREDITTHRESHOLD", "credit_threshold", " Credit\tThreshold_"]
        {
            assert!(eq_ignoring_separators(spelling, "creditthreshold"), "{spelling}");
        }
        assert!(!eq_ignoring_separators("credit-threshold", "creditthreshold"));
        assert!(!eq_ignoring_separators("credit\u{a0}threshold", "creditthreshold"));
    }

    #[test]
    fn names_are_compared_by_words_as_by_bytes() {
        const CHARS: [char; 10] = ['@', 'A', 'Z', '[', 'a', 'z', '{', '\0', 'é', 'É'];
        let mut random = 1_u32;
        let mut next = |below: usize| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            to_usize(random >> 8) % below
        };
        for _ in 0..20_000 {
            let mut names = [const { String::new() }; 2];
            let (len, place) = (next(20), next(20));
            for at in 0..len {
                let both = CHARS[next(10)];
                let other = if at == place { CHARS[next(10)] } else { both };
                names[0].push(both);
                names[1].push(other.to_ascii_lowercase());
            }
            let [mut a, b] = names;
            a.extend(CHARS[next(10)..].first().filter(|_| place == len));
            let differs = |(a, b): (u8, u8)| !a.eq_ignore_ascii_case(&b);
            let by_bytes = a.bytes().zip(b.bytes()).position(differs);
            assert_eq!(first_difference(&a, &b), by_bytes, "{a:?} {b:?}");
            assert_eq!(eq_name(&a, &b), a.eq_ignore_ascii_case(&b), "{a:?} {b:?}");
        }
        for a in 0..=u8::MAX {
            for b in 0..=u8::MAX {
                let words = fold(u64::from_ne_bytes([a; 8])) == fold(u64::from_ne_bytes([b; 8]));
                assert_eq!(words, a.eq_ignore_ascii_case(&b), "{a} {b}");
            }
        }
    }

    #[test]
    fn few_names_and_many_are_found_alike() {
        for many in [1, FEW - 1, FEW, FEW + 1, FEW + 2, 100] {
            let names: Vec<_> = (0..many).map(|n| format!("Name{}", n * 37 % 101)).collect();
            let name = |number: u32| &*names[to_usize(number)];
            let mut index = NameIndex::default();
            // The second time, in what the first left.
            for _ in 0..2 {
                for number in 0..many {
                    assert_eq!(index.find(name(number), name), None);
                    assert_eq!(index.add(name(number), number, name), Ok(()));
                    for known in 0..=number {
                        let upper = name(known).to_ascii_uppercase();
                        assert_eq!(index.find(&upper, name), Some(known));
                        assert_eq!(index.add(&upper, number + 1, name), Err(known));
                    }
                }
                index.clear();
                assert_eq!(index.find("Name0", name), None);
            }
        }
    }

    /// Comparing each name with each other would take 50 million steps here.
    #[test]
    fn many_names_cost_a_logarithm_each() {
        use core::fmt::Write;
        const MANY: u64 = 10_000;
        const LIMIT: u64 = MANY * 100;

        let mut text = String::from("code = 200\n");
        for n in 0..MANY {
            writeln!(text, "property[column{n}][0] = x\nfield{n} = y").expect("memory");
        }
        // In another order, so that no guess at the next column is right.
        for n in 0..MANY {
            let n = n * 7919 % MANY;
            writeln!(text, "property[COLUMN{n}][1] = x\nFIELD{n} = z").expect("memory");
        }
        let mut response = None;
        let parsing =
            steps::of(|| response = Some(crate::Response::parse(text).expect("a response")));
        let response = response.expect("it was parsed");
        assert!(parsing < 2 * LIMIT, "{parsing} steps to read");

        let finding = steps::of(|| {
            for n in 0..MANY {
                assert!(response.get(&format!("Column{n}"), 1).is_some());
                assert!(response.field(&format!("Field{n}")).is_some());
            }
        });
        assert!(finding < LIMIT, "{finding} steps to find every column and field");
        let comparing = steps::of(|| assert!(response == response.clone()));
        assert!(comparing < 2 * LIMIT, "{comparing} steps for equality");
    }
}
