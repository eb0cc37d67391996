//! How names are told apart: ASCII case never matters, and a look-up may also overlook blanks and `_`.
//!
//! Only ASCII folds (protocol.md §2.4, rows 42 and 43): `straße` and `STRASSE` are two names.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::span::index;

/// Orders two names without regard to ASCII case.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    #[cfg(test)]
    steps::count();
    let folded = |byte: u8| byte.to_ascii_lowercase();
    a.bytes().map(folded).cmp(b.bytes().map(folded))
}

/// Returns whether two names are the same name.
pub(crate) fn same(a: &str, b: &str) -> bool {
    #[cfg(test)]
    steps::count();
    a.eq_ignore_ascii_case(b)
}

/// Returns whether two names are the same once blanks and `_` are overlooked.
///
/// `credit threshold`, `CREDITTHRESHOLD` and `credit_threshold` are three spellings of one column (protocol.md §2.5).
pub(crate) fn same_loosely(a: &str, b: &str) -> bool {
    fn significant(s: &str) -> impl Iterator<Item = u8> {
        s.bytes().filter(|b| !matches!(b, b' ' | b'\t' | b'_')).map(|b| b.to_ascii_lowercase())
    }
    significant(a).eq(significant(b))
}

/// Up to this many names, looking at each beats every kind of index.
const FEW: usize = 16;

/// The distinct names seen while a text is read, numbered in order of appearance.
///
/// Few names are compared one by one; more of them go through an ordered map, which no choice of names can make slow.
#[derive(Default)]
pub(crate) struct NameIndex<'t> {
    names: Vec<&'t str>,
    ordered: BTreeMap<Folded<'t>, u32>,
}

impl<'t> NameIndex<'t> {
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// Returns the name of that number, as it was first spelled.
    pub(crate) fn get(&self, number: u32) -> Option<&'t str> {
        self.names.get(index(number)).copied()
    }

    pub(crate) fn find(&self, name: &'t str) -> Option<u32> {
        if self.names.len() > FEW {
            self.ordered.get(&Folded(name)).copied()
        } else {
            let number = self.names.iter().position(|known| same(known, name))?;
            u32::try_from(number).ok()
        }
    }

    /// Adds a name that [`find`](Self::find) does not know, and returns its number.
    pub(crate) fn add(&mut self, name: &'t str) -> u32 {
        let number = |n: usize| u32::try_from(n).expect("a text of 4 GiB has fewer names");
        self.names.push(name);
        if self.names.len() == FEW + 1 {
            let all = self.names.iter().enumerate();
            self.ordered.extend(all.map(|(n, name)| (Folded(name), number(n))));
        } else if self.names.len() > FEW {
            self.ordered.insert(Folded(name), number(self.names.len() - 1));
        }
        number(self.names.len() - 1)
    }

    /// Returns the look-up that outlives the text: the numbers in order of their names, or nothing where names are few.
    pub(crate) fn into_order(self) -> Vec<u32> {
        self.ordered.into_values().collect()
    }
}

/// Finds a name among `len` names, given the order that [`NameIndex::into_order`] returned.
pub(crate) fn find<'a>(
    wanted: &str,
    order: &[u32],
    len: usize,
    name: impl Fn(usize) -> &'a str,
) -> Option<usize> {
    if order.is_empty() {
        return (0..len).find(|&n| same(name(n), wanted));
    }
    let place = order.binary_search_by(|&n| compare(name(index(n)), wanted)).ok()?;
    Some(index(order[place]))
}

/// Finds a name as [`find`] does, or else the only one that is the same once blanks and `_` are overlooked.
pub(crate) fn find_loosely<'a>(
    wanted: &str,
    order: &[u32],
    len: usize,
    name: impl Fn(usize) -> &'a str,
) -> Option<usize> {
    find(wanted, order, len, &name).or_else(|| {
        let mut loose = (0..len).filter(|&n| same_loosely(name(n), wanted));
        let first = loose.next()?;
        loose.next().is_none().then_some(first)
    })
}

/// A name that orders without regard to ASCII case.
struct Folded<'t>(&'t str);

impl Ord for Folded<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        compare(self.0, other.0)
    }
}

impl PartialOrd for Folded<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Folded<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Folded<'_> {}

/// Counts comparisons of names, so that a test can tell a linear reader from a quadratic one without a clock.
#[cfg(test)]
pub(crate) mod steps {
    use core::cell::Cell;

    std::thread_local!(static STEPS: Cell<u64> = const { Cell::new(0) });

    pub(crate) fn count() {
        STEPS.set(STEPS.get() + 1);
    }

    /// Returns how many names `work` compared.
    pub(crate) fn of<T>(work: impl FnOnce() -> T) -> u64 {
        let before = STEPS.get();
        work();
        STEPS.get() - before
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn only_ascii_case_folds() {
        assert!(same("Domain", "dOMAIN"));
        assert!(!same("straße", "STRASSE"));
        assert!(!same("straße", "STRAẞE"));
        assert!(!same("ı", "i") && !same("ı", "I") && !same("\u{212a}", "k"));
        assert_eq!(compare("B", "a"), Ordering::Greater);
        assert_eq!(compare("a_b", "A_B"), Ordering::Equal);
    }

    #[test]
    fn loose_look_up_overlooks_blanks_and_underscores_only() {
        for spelling in
            ["credit threshold", "CREDITTHRESHOLD", "credit_threshold", " Credit\tThreshold_"]
        {
            assert!(same_loosely(spelling, "creditthreshold"), "{spelling}");
        }
        assert!(!same_loosely("credit-threshold", "creditthreshold"));
        assert!(!same_loosely("credit\u{a0}threshold", "creditthreshold"));
    }

    #[test]
    fn numbers_stay_the_same_when_the_map_takes_over() {
        let names: Vec<_> = (0..100).map(|n| format!("Name{n}")).collect();
        let upper: Vec<_> = names.iter().map(|name| name.to_ascii_uppercase()).collect();
        let mut seen = NameIndex::default();
        for (n, name) in names.iter().enumerate() {
            assert_eq!(seen.find(name), None, "{name}");
            assert_eq!(index(seen.add(name)), n);
            assert_eq!(seen.find(&upper[n]).map(index), Some(n));
            assert_eq!(seen.find(&upper[0]), Some(0));
        }
        let order = seen.into_order();
        for (n, name) in upper.iter().enumerate() {
            assert_eq!(find(name, &order, names.len(), |i| &names[i]), Some(n), "{name}");
        }
        assert_eq!(find("name 42", &order, names.len(), |i| &names[i]), None);
        assert_eq!(find_loosely("name 42", &order, names.len(), |i| &names[i]), Some(42));
        assert_eq!(find_loosely("name100", &order, names.len(), |i| &names[i]), None);
    }

    #[test]
    fn an_ambiguous_loose_name_is_none() {
        let names = ["transfer status", "transfer_status", "other"];
        let look = |wanted| find_loosely(wanted, &[], names.len(), |i| names[i]);
        assert_eq!(look("TRANSFER_STATUS"), Some(1));
        assert_eq!(look("transferstatus"), None);
        assert_eq!(look("o_t_h_e_r"), Some(2));
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
        let parsing = steps::of(|| response = Some(crate::Response::parse(text).expect("a reply")));
        let response = response.expect("it was parsed");
        assert!(parsing < 2 * LIMIT, "{parsing} comparisons to read");

        let finding = steps::of(|| {
            for n in 0..MANY {
                assert!(response.get(&format!("Column{n}"), 1).is_some());
                assert!(response.field(&format!("Field{n}")).is_some());
            }
        });
        assert!(finding < LIMIT, "{finding} comparisons to find every column and field");
        let comparing = steps::of(|| assert!(response == response.clone()));
        assert!(comparing < 2 * LIMIT, "{comparing} comparisons for equality");
    }
}
