//! Distinct names and their numbers.

use crate::index::folding::eq_name;
use crate::index::tree::NameTree;

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
    pub(crate) fn find<N: AsRef<[u8]>>(
        &self,
        wanted: impl AsRef<[u8]>,
        name: impl Fn(u32) -> N,
    ) -> Option<u32> {
        let wanted = wanted.as_ref();
        if self.len > FEW {
            return self.tree.find(wanted, name);
        }
        (0..self.len).find(|&number| eq_name(name(number), wanted))
    }

    /// Adds a name under a number that is one more than the latest. `Err`: the number of the same
    /// name, which is there already.
    pub(crate) fn add<N: AsRef<[u8]>>(
        &mut self,
        new: impl AsRef<[u8]>,
        number: u32,
        name: impl Fn(u32) -> N,
    ) -> Result<(), u32> {
        let new = new.as_ref();
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
    fn grow<N: AsRef<[u8]>>(
        &mut self,
        new: &[u8],
        number: u32,
        name: impl Fn(u32) -> N,
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

    use cnic_text::to_usize;

    use super::*;
    use crate::test_steps as steps;

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
