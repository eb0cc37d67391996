//! A tree of names.

use alloc::vec::Vec;
use core::cmp::Reverse;

use cnic_text::{to_u32, to_usize};

use crate::index::folding::{eq_name, first_difference};
use crate::index::grow;

/// Distinct names, numbered in order of appearance: a crit-bit tree of their folded bytes.
///
/// Each node knows one bit in which the names below it differ, so a look-up takes one step for each
/// bit that had to be asked about, and then compares one name. No choice of names makes that more
/// than the bits of the name itself; there is no hash that could be attacked. The names stay where
/// they are: whoever asks says how to get one by its number.
#[derive(Clone, Default)]
pub(crate) struct NameTree {
    root: Option<Branch>,
    nodes: Vec<Node>,
    /// The name that was added or met last, and the nodes from the root down to it.
    latest: u32,
    path: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Node {
    bit: Bit,
    /// Where the bit is 0, and where it is 1.
    branches: [Branch; 2],
}

/// A bit of a name: the byte's place, and a mask for its [symbol].
#[derive(Clone, Copy, PartialEq, Eq)]
struct Bit {
    at: u32,
    mask: u16,
}

#[derive(Clone, Copy)]
enum Branch {
    Name(u32),
    Node(u32),
}

impl Bit {
    /// Returns the first bit in which two names differ, or `None` if they are the same.
    #[inline(never)]
    fn between(a: &[u8], b: &[u8]) -> Option<Self> {
        let (at, difference) = match first_difference(a, b) {
            Some((at, difference)) => (at, u16::from(difference)),
            None if a.len() == b.len() => return None,
            None => (a.len().min(b.len()), BYTE),
        };
        let mask = 1 << (u16::BITS - 1 - difference.leading_zeros());
        Some(Self { at: to_u32(at), mask })
    }

    fn is_before(self, other: Self) -> bool {
        (self.at, Reverse(self.mask)) < (other.at, Reverse(other.mask))
    }

    /// Returns on which side of this bit a name is that has this [symbol] in its place.
    fn side(self, symbol: u16) -> usize {
        #[cfg(test)]
        crate::test_steps::count();
        usize::from(symbol & self.mask != 0)
    }

    fn side_of(self, name: &[u8]) -> usize {
        let byte = name.get(to_usize(self.at));
        self.side(symbol(byte.map(u8::to_ascii_lowercase)))
    }
}

/// The bit that a symbol has and the end of a name does not.
const BYTE: u16 = 0x100;

/// Returns what stands for a folded byte of a name, or for its end.
pub(crate) fn symbol(byte: Option<u8>) -> u16 {
    byte.map_or(0, |byte| BYTE | u16::from(byte))
}

impl NameTree {
    /// Forgets all names.
    pub(crate) fn clear(&mut self) {
        self.root = None;
        self.nodes.clear();
    }

    /// Returns the number of a name.
    pub(crate) fn find<N: AsRef<[u8]>>(
        &self,
        wanted: &[u8],
        name: impl Fn(u32) -> N,
    ) -> Option<u32> {
        // The end of a name has a symbol as well. Below a node that asks about a later place, all
        // names are longer than the wanted one.
        let symbol = |at| match wanted.get(to_usize(at)) {
            None if to_usize(at) > wanted.len() => None,
            byte => Some(symbol(byte.map(u8::to_ascii_lowercase))),
        };
        self.nearest_by(symbol).filter(|&number| eq_name(name(number), wanted))
    }

    /// Adds a name under a number that is one more than the latest. `Err`: the number of the same
    /// name, which is there already.
    ///
    /// The search starts at the latest name, of which the first different bit is found at once. It
    /// tells how much of the way from the root the two have in common. Only if a node of that way
    /// asks about this very bit is there a nearer name, on the other side of it. Names that come in
    /// order, such as `name0`, `name1`, never meet one.
    #[inline(always)]
    pub(crate) fn add<N: AsRef<[u8]>>(
        &mut self,
        new: impl AsRef<[u8]>,
        number: u32,
        name: impl Fn(u32) -> N,
    ) -> Result<(), u32> {
        let new = new.as_ref();
        if self.root.is_none() {
            self.root = Some(Branch::Name(number));
            self.latest = number;
            self.path.clear();
            return Ok(());
        }
        let mut bit = Bit::between(new, name(self.latest).as_ref()).ok_or(self.latest)?;
        let passed = self.climb_above(bit);
        if let Some(node) = passed.filter(|&node| self.nodes[to_usize(node)].bit == bit) {
            self.descend(node, new);
            bit = Bit::between(new, name(self.latest).as_ref()).ok_or(self.latest)?;
            self.climb_above(bit);
        }
        let added = to_u32(self.nodes.len());
        let side = bit.side_of(new);
        let place = match self.path.last() {
            Some(&above) => {
                let above = &mut self.nodes[to_usize(above)];
                &mut above.branches[above.bit.side_of(new)]
            }
            None => self.root.as_mut().expect("a tree that has names"),
        };
        let other = core::mem::replace(place, Branch::Node(added));
        let new = Branch::Name(number);
        let branches = if side == 0 { [new, other] } else { [other, new] };
        grow(&mut self.nodes);
        self.nodes.push(Node { bit, branches });
        self.path.push(added);
        self.latest = number;
        Ok(())
    }

    /// Shortens the path to the nodes that ask about an earlier bit. Returns the first of the
    /// others.
    fn climb_above(&mut self, bit: Bit) -> Option<u32> {
        let mut passed = None;
        while let Some(&node) = self.path.last() {
            if self.nodes[to_usize(node)].bit.is_before(bit) {
                break;
            }
            passed = self.path.pop();
        }
        passed
    }

    /// Makes the path lead through a node to the name below it that is nearest to `wanted`.
    fn descend(&mut self, node: u32, wanted: &[u8]) {
        let mut branch = Branch::Node(node);
        while let Branch::Node(node) = branch {
            self.path.push(node);
            let Node { bit, branches } = &self.nodes[to_usize(node)];
            branch = branches[bit.side_of(wanted)];
        }
        if let Branch::Name(nearest) = branch {
            self.latest = nearest;
        }
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
                    let Node { bit, branches } = &self.nodes[to_usize(node)];
                    branch = branches[bit.side(symbol(bit.at)?)];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::vec::Vec;

    use super::*;
    use crate::test_steps as steps;

    /// Builds a tree, and holds that it finds each name, in any case, and no other.
    #[track_caller]
    fn tree<'n>(names: &[&'n str]) -> NameTree {
        let name = |number: u32| -> &'n str { names[to_usize(number)] };
        let mut tree = NameTree::default();
        for (number, new) in (0_u32..).zip(names) {
            assert_eq!(tree.find(new.as_bytes(), name), None, "{new:?}");
            assert_eq!(tree.add(new, number, name), Ok(()), "{new:?}");
            for (known, name_of_known) in (0..=number).zip(names) {
                let upper = name_of_known.to_ascii_uppercase();
                assert_eq!(
                    tree.find(upper.as_bytes(), name),
                    Some(known),
                    "{upper:?} after {new:?}"
                );
                assert_eq!(tree.add(&upper, number + 1, name), Err(known), "{upper:?}");
            }
        }
        for stranger in ["stranger", "a\u{fe}", "domain ", "ab", "\u{1}", "b\0"] {
            assert_eq!(tree.find(stranger.as_bytes(), name), None, "{stranger:?}");
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
        assert_eq!(tree.find(b"a", |_| "a"), None);
        assert_eq!(tree.add("a", 0, |_| "a"), Ok(()));
    }

    /// Names each of which begins with all the others: as deep as a tree can become.
    #[test]
    fn a_look_up_takes_no_more_steps_than_its_name_has_bits() {
        const LONGEST: usize = 500;
        let longest = "a".repeat(LONGEST);
        let name = |number: u32| &longest[..to_usize(number)];
        let mut tree = NameTree::default();
        let building = steps::of(|| {
            for number in 0..=LONGEST {
                let number = u32::try_from(number).expect("few");
                assert_eq!(tree.add(name(number), number, name), Ok(()));
            }
        });
        let bytes = (LONGEST * LONGEST / 2) as u64;
        assert!(building <= 3 * bytes, "{building} steps for {bytes} bytes");
        let finding = steps::of(|| assert_eq!(tree.find(longest.as_bytes(), name), Some(500)));
        assert!(finding <= 9 * LONGEST as u64, "{finding} steps");
    }
}
