//! How names are compared: ASCII case never matters, and a look-up may also ignore blanks and `_`.
//!
//! Only ASCII folds (docs/protocol.md, section 2.4, rows 42 and 43): `straße` and `STRASSE` are two
//! names.

use alloc::vec::Vec;
use core::cmp::Reverse;

use cnic_text::{to_u32, to_usize};

/// Returns whether two names are the same name.
#[inline]
pub(crate) fn eq_name(a: &str, b: &str) -> bool {
    #[cfg(test)]
    crate::test_steps::count();
    // Nearly always they are spelled alike, which takes fewer steps to see.
    a == b || a.eq_ignore_ascii_case(b)
}

/// Returns the first place where two names have different bytes, case aside, if one has not ended
/// before.
fn first_difference(a: &str, b: &str) -> Option<usize> {
    // Names that meet in the tree often begin alike, and equal bytes need no folding.
    const WORD: usize = 8;
    let words = a.as_bytes().chunks_exact(WORD).zip(b.as_bytes().chunks_exact(WORD));
    let same = WORD * words.take_while(|(a, b)| a == b).count();
    let mut rest = a.bytes().zip(b.bytes()).skip(same);
    rest.position(|(a, b)| !a.eq_ignore_ascii_case(&b)).map(|at| same + at)
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

/// Distinct names, numbered in order of appearance: a crit-bit tree of their folded bytes.
///
/// Each node knows one bit in which the names below it differ, so a look-up takes one step for each
/// bit that had to be asked about, and then compares one name. No choice of names makes that more
/// than the bits of the name itself; there is no hash that could be attacked. The names stay where
/// they are: whoever asks says how to get one by its number.
#[derive(Clone, Default)]
pub(crate) struct NameIndex {
    root: Option<Branch>,
    nodes: Vec<Node>,
    /// The nodes that were passed on the way down to where a name was to be added.
    path: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Node {
    /// The bit by which the names below differ: the byte's place, and a mask for its [symbol].
    at: u32,
    mask: u16,
    /// Where the bit is 0, and where it is 1.
    branches: [Branch; 2],
}

#[derive(Clone, Copy)]
enum Branch {
    Name(u32),
    Node(u32),
}

impl Node {
    /// Returns on which side a name is to be looked for that has this [symbol] in the node's place.
    fn side(&self, symbol: u16) -> usize {
        #[cfg(test)]
        crate::test_steps::count();
        usize::from(symbol & self.mask != 0)
    }

    fn side_of(&self, name: &str) -> usize {
        self.side(symbol(name, self.at))
    }
}

/// Returns the folded byte at a place of a name, or what is different from every byte if the name
/// is shorter.
fn symbol(name: &str, at: u32) -> u16 {
    name.as_bytes().get(to_usize(at)).map_or(0, |byte| u16::from(byte.to_ascii_lowercase()) + 1)
}

impl NameIndex {
    /// Forgets all names.
    pub(crate) fn clear(&mut self) {
        self.root = None;
        self.nodes.clear();
    }

    /// Makes room for a few names.
    pub(crate) fn reserve(&mut self, names: usize) {
        self.nodes.reserve(names);
    }

    /// Returns the number of a name.
    pub(crate) fn find<'a>(&self, wanted: &str, name: impl Fn(u32) -> &'a str) -> Option<u32> {
        // The end of a name has a symbol as well. Below a node that asks about a later place, all
        // names are longer than the wanted one.
        let symbol = |at| (to_usize(at) <= wanted.len()).then(|| symbol(wanted, at));
        self.nearest_by(symbol).filter(|&number| eq_name(name(number), wanted))
    }

    /// Adds a name under a number that is one more than the latest. `Err`: the number of the same
    /// name, which is there already.
    pub(crate) fn add<'a>(
        &mut self,
        new: &str,
        number: u32,
        name: impl Fn(u32) -> &'a str,
    ) -> Result<(), u32> {
        let Some(mut branch) = self.root else {
            self.root = Some(Branch::Name(number));
            return Ok(());
        };
        self.path.clear();
        let nearest = loop {
            match branch {
                Branch::Name(nearest) => break nearest,
                Branch::Node(node) => {
                    self.path.push(node);
                    let node = &self.nodes[to_usize(node)];
                    branch = node.branches[node.side_of(new)];
                }
            }
        };
        let other = name(nearest);
        let at = match first_difference(new, other) {
            Some(at) => to_u32(at),
            None if new.len() == other.len() => return Err(nearest),
            None => to_u32(new.len().min(other.len())),
        };
        let difference = symbol(new, at) ^ symbol(other, at);
        let mask = 1 << (u16::BITS - 1 - difference.leading_zeros());

        // The nodes from the root down ask about later and later bits: the new one belongs below
        // the last that asks about an earlier one.
        let is_before = |node: &Node| (node.at, Reverse(node.mask)) < (at, Reverse(mask));
        let above = self.path.iter().rev().find(|&&node| is_before(&self.nodes[to_usize(node)]));
        let added = u32::try_from(self.nodes.len()).expect("fewer names than bytes");
        let place = match above {
            Some(&above) => {
                let above = &mut self.nodes[to_usize(above)];
                &mut above.branches[above.side_of(new)]
            }
            None => self.root.as_mut().expect("a tree that has names"),
        };
        let mut branches = [core::mem::replace(place, Branch::Node(added)); 2];
        branches[usize::from(symbol(new, at) & mask != 0)] = Branch::Name(number);
        self.nodes.push(Node { at, mask, branches });
        Ok(())
    }

    /// Returns the only name that can be the wanted one. `symbol` returns its [symbols](symbol), in
    /// places that never go back, and `None` for a place after the end: all names that are left are
    /// longer than that.
    pub(crate) fn nearest_by(&self, mut symbol: impl FnMut(u32) -> Option<u16>) -> Option<u32> {
        let mut branch = self.root?;
        loop {
            match branch {
                Branch::Name(number) => return Some(number),
                Branch::Node(node) => {
                    let node = &self.nodes[to_usize(node)];
                    branch = node.branches[node.side(symbol(node.at)?)];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

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

    /// Builds a tree, and holds that it finds each name, in any case, and no other.
    #[track_caller]
    fn tree<'n>(names: &[&'n str]) -> NameIndex {
        let name = |number: u32| -> &'n str { names[to_usize(number)] };
        let mut tree = NameIndex::default();
        for (number, new) in (0_u32..).zip(names) {
            assert_eq!(tree.find(new, name), None, "{new:?}");
            assert_eq!(tree.add(new, number, name), Ok(()), "{new:?}");
            for (known, name_of_known) in (0..=number).zip(names) {
                let upper = name_of_known.to_ascii_uppercase();
                assert_eq!(tree.find(&upper, name), Some(known), "{upper:?} after {new:?}");
                assert_eq!(tree.add(&upper, number + 1, name), Err(known), "{upper:?}");
            }
        }
        for stranger in ["stranger", "a\u{fe}", "domain ", "ab", "\u{1}", "b\0"] {
            assert_eq!(tree.find(stranger, name), None, "{stranger:?}");
        }
        tree
    }

    #[test]
    fn every_name_is_found_whatever_it_has_in_common_with_others() {
        tree(&["domain"]);
        tree(&["", "a", "aa", "aaa", "aaaa", "b", "ba", "a\0", "\0", "\0\0", "aab", "\u{ff}"]);
        tree(&["aaaa", "aaa", "aa", "a", "", "\0", "a\0\0", "a\0", "@", "`", "{", "["]);
        tree(&["status", "stat", "state", "status2", "stats", "s", "\u{e9}tat", "tat", "_"]);
        let many: Vec<_> = (0..300).map(|n| format!("n{}", n * 7 % 300)).collect();
        tree(&many.iter().map(|name| &**name).collect::<Vec<_>>());
    }

    #[test]
    fn a_tree_that_was_cleared_knows_nothing() {
        let mut tree = tree(&["a", "b", "c"]);
        tree.clear();
        assert_eq!(tree.find("a", |_| "a"), None);
        assert_eq!(tree.add("a", 0, |_| "a"), Ok(()));
    }

    /// Names each of which begins with all the others: as deep as a tree can become.
    #[test]
    fn a_look_up_takes_no_more_steps_than_its_name_has_bits() {
        const LONGEST: usize = 500;
        let longest = "a".repeat(LONGEST);
        let name = |number: u32| &longest[..to_usize(number)];
        let mut tree = NameIndex::default();
        let building = steps::of(|| {
            for number in 0..=LONGEST {
                let number = u32::try_from(number).expect("few");
                assert_eq!(tree.add(name(number), number, name), Ok(()));
            }
        });
        let bytes = (LONGEST * LONGEST / 2) as u64;
        assert!(building <= 3 * bytes, "{building} steps for {bytes} bytes");
        let finding = steps::of(|| assert_eq!(tree.find(&longest, name), Some(500)));
        assert!(finding <= 9 * LONGEST as u64, "{finding} steps");
    }

    /// Comparing each name with each other would take 50 million steps here.
    #[test]
    fn many_names_cost_a_logarithm_each() {
        use core::fmt::Write;
        const MANY: u64 = 10_000;
        const LIMIT: u64 = MANY * 100;

        let mut text = alloc::string::String::from("code = 200\n");
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
