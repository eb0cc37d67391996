//! Names without their blanks and `_`, for look-ups that ignore them.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use cnic_text::{to_u32, to_usize};

use crate::index::folding::{eq_ignoring_separators, significant};
use crate::index::names::NameIndex;
use crate::index::tree::{NameTree, symbol};

/// The names of a response for look-ups that ignore blanks and `_`.
///
/// Such a look-up can read one name after the other, which takes no memory and no time before. That
/// is a bounded number of bytes where the names are few; where they are many, it is an index. It is
/// made by the first look-up that needs it, or while a text is read if there is no `std`, and so no
/// cell that threads could share.
#[derive(Clone, Default)]
pub(crate) struct NormalizedNames {
    #[cfg(feature = "std")]
    names: std::sync::OnceLock<Option<Box<NormalizedIndex>>>,
    #[cfg(not(feature = "std"))]
    names: Option<Box<NormalizedIndex>>,
}

impl NormalizedNames {
    #[cfg(feature = "std")]
    #[inline]
    pub(crate) fn of<'a>(_names: impl Iterator<Item = &'a str> + Clone) -> Self {
        Self::default()
    }

    #[cfg(not(feature = "std"))]
    pub(crate) fn of<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Self {
        Self { names: NormalizedIndex::of_many(names) }
    }

    /// Returns the index of these names, which are always the same, if they are many.
    pub(crate) fn index<'a>(
        &self,
        names: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<&NormalizedIndex> {
        #[cfg(feature = "std")]
        return self.names.get_or_init(|| NormalizedIndex::of_many(names)).as_deref();
        #[cfg(not(feature = "std"))]
        {
            let _ = names;
            self.names.as_deref()
        }
    }
}

impl NameIndex {
    /// Returns the number of a name as [`find`](Self::find) does, or else of the only name among
    /// the first `len` that is the same if blanks and `_` are ignored. If there are many names,
    /// `normalized` has an index of them.
    pub(crate) fn find_normalized<'a>(
        &self,
        wanted: &str,
        len: u32,
        name: impl Fn(u32) -> &'a str,
        normalized: &NormalizedNames,
    ) -> Option<u32> {
        self.find(wanted, &name).or_else(|| {
            if let Some(index) = normalized.index((0..len).map(&name)) {
                return index.find(wanted);
            }
            let mut fitting =
                (0..len).filter(|&number| eq_ignoring_separators(name(number), wanted));
            let first = fitting.next()?;
            fitting.next().is_none().then_some(first)
        })
    }
}

/// Distinct names by what is left of them without blanks and `_`, in small letters.
#[derive(Clone, Default)]
pub(crate) struct NormalizedIndex {
    /// What is left, each once, one after the other, and where each ends.
    text: String,
    ends: Vec<u32>,
    /// The number of the only name of which this is left, if there is only one.
    numbers: Vec<Option<u32>>,
    tree: NameTree,
}

impl NormalizedIndex {
    /// Returns the index of names that have so many bytes that reading them all at each look-up
    /// would be too much.
    fn of_many<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Option<Box<Self>> {
        // So many bytes are read by a look-up at most, whatever names a text has.
        const FEW: usize = 4096;
        let bytes: usize = names.clone().map(str::len).sum();
        (bytes > FEW).then(|| Box::new(Self::of(names)))
    }

    fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut loose = Self::default();
        for (number, name) in (0..).zip(names) {
            let Self { text, ends, numbers, tree } = &mut loose;
            let start = text.len();
            text.extend(name.split(is_separator));
            text[start..].make_ascii_lowercase();
            match tree.add(&text[start..], to_u32(ends.len()), |known| at(text, ends, known)) {
                Ok(()) => {
                    ends.push(to_u32(text.len()));
                    numbers.push(Some(number));
                }
                Err(known) => {
                    text.truncate(start);
                    numbers[to_usize(known)] = None;
                }
            }
        }
        loose
    }

    /// Returns the number of the only name that is the wanted one if blanks and `_` are ignored.
    pub(crate) fn find(&self, wanted: &str) -> Option<u32> {
        let mut rest = significant(wanted);
        let (mut byte, mut next) = (rest.next(), 0);
        // The places that a tree asks about never go back.
        let found = self.tree.nearest_by(|place| {
            while next < place {
                byte?;
                (byte, next) = (rest.next(), next + 1);
            }
            Some(symbol(byte))
        })?;
        let is_found = significant(wanted).eq(at(&self.text, &self.ends, found).bytes());
        self.numbers[to_usize(found)].filter(|_| is_found)
    }
}

fn at<'a>(text: &'a str, ends: &[u32], number: u32) -> &'a str {
    let number = to_usize(number);
    let start = number.checked_sub(1).map_or(0, |before| to_usize(ends[before]));
    &text[start..to_usize(ends[number])]
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '\t' | '_')
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::vec;

    use super::*;
    use crate::limits::Limits;
    use crate::parse::Parser;
    use crate::response::Response;
    use crate::test_steps as steps;

    fn look(names: &[&str], wanted: &str) -> Option<u32> {
        NormalizedIndex::of(names.iter().copied()).find(wanted)
    }

    #[test]
    fn what_is_left_of_two_names_is_compared() {
        let names = ["Credit Threshold", "zone", "z\tone x_", "straße_1", "", "a b", "A_B", "zon"];
        for (wanted, number) in [
            ("creditthreshold", Some(0)),
            ("CREDIT_threshold", Some(0)),
            ("credit thresholds", None),
            ("credit", None),
            ("z o n e", Some(1)),
            ("_zonex", Some(2)),
            ("STRAße1", Some(3)),
            ("strasse1", None),
            (" _\t", Some(4)),
            ("ab", None),
            ("a_b", None),
            ("zon", Some(7)),
            ("zo", None),
            ("zone-x", None),
            ("credit\u{a0}threshold", None),
        ] {
            assert_eq!(look(&names, wanted), number, "{wanted:?}");
        }
        assert_eq!(look(&[], "a"), None);
        assert_eq!(look(&["a ", "a", "A", "b"], "a"), None);
    }

    /// An index, and one name after the other: both find the same.
    #[test]
    fn many_names_are_found_like_few() {
        const PIECES: [&str; 6] = ["a", "b", " ", "_", "B", "é"];
        let word = |mut n: usize| {
            let mut word = String::new();
            while n > 0 {
                word.push_str(PIECES[n % 6]);
                n /= 6;
            }
            word
        };
        // Padding makes them many without being like any of them.
        let padding = format!("property[{}][0] = x\n{} = x\n", "x".repeat(5000), "x".repeat(5000));
        for step in 1..40 {
            let names: Vec<String> = (0..12).map(|n| word(n * n * step + 3 * n)).collect();
            let cells: String = names
                .iter()
                .map(|name| format!("property[{name}][0] = {name}.\nf{name} = {name}.\n"))
                .collect();
            let few = Response::parse(format!("code = 200\n{cells}")).expect("a response");
            let many =
                Response::parse(format!("code = 200\n{cells}{padding}")).expect("a response");
            for wanted in (0..600).map(word) {
                assert_eq!(few.get(&wanted, 0), many.get(&wanted, 0), "{wanted:?} of {names:?}");
                let field = format!("_F{wanted}");
                assert_eq!(few.field(&field), many.field(&field), "{field:?} of {names:?}");
            }
        }
    }

    fn sparse(text: String) -> Response<'static> {
        let limits = Limits::DEFAULT.holes(u64::MAX);
        Parser::new().limits(limits).parse(text).expect("a response")
    }

    fn misses_and_loose_hits(response: &Response<'_>, hit: &str) -> u64 {
        steps::of(|| {
            for row in response.rows() {
                assert_eq!(row.get("a name that is not there"), None);
                assert_eq!(row.get(""), None);
                assert!(response.get(hit, 0).is_some());
                assert_eq!(response.field("a name that is not there"), None);
                assert!(response.field(hit).is_some());
            }
        })
    }

    /// Reading each name at each miss would take 40 million steps, and three times as many for the
    /// look-ups that hit.
    #[test]
    fn a_miss_costs_no_more_than_a_hit() {
        const MANY: u64 = 2_000;
        let mut text = String::from("code = 200\n");
        for n in 0..MANY {
            text += &format!("property[a name {n}][{}] = x\na name {n} = y\n", n % 30);
        }
        for row in 0..MANY {
            text += &format!("property[rows][{row}] = x\n");
        }
        let response = sparse(text);
        let bytes = 30 * 2 * MANY;
        let steps = misses_and_loose_hits(&response, "aname30");
        assert!(steps < 10 * bytes + 500 * MANY, "{steps} steps");
    }

    /// Names that are nothing but what is overlooked, and names each of which is a piece of all
    /// others.
    #[test]
    fn long_names_are_read_once() {
        const ROWS: u64 = 2_000;
        let rows: String = (0..ROWS).map(|row| format!("property[rows][{row}] = x\n")).collect();
        let blanks = " ".repeat(100_000);
        let nested: String = (0..1000)
            .map(|n| format!("property[{0}b][0] = x\n{0}b = y\n", "a".repeat(n)))
            .collect();
        for names in [
            format!("property[x{blanks}y][0] = x\nx{blanks}y = y\n"),
            format!("property[{blanks}xy][0] = x\nx_{}y = y\n", "_".repeat(100_000)),
            format!("property[xy_][0] = x\nxy_ = y\n{nested}"),
        ] {
            let response = sparse(format!("code = 200\n{rows}{names}"));
            let steps = misses_and_loose_hits(&response, "x y");
            assert!(steps < 500_000 + 500 * ROWS, "{steps} steps");
        }
    }

    #[test]
    fn a_clone_and_other_threads_find_the_same() {
        let names: String = (0..1000).map(|n| format!("property[a name {n}][0] = {n}\n")).collect();
        let response = Response::parse(format!("code = 200\n{names}")).expect("a response");
        let twin = response.clone();
        let found: Vec<_> = std::thread::scope(|scope| {
            let look = |_| scope.spawn(|| response.get("aname777", 0).map(String::from));
            let threads: Vec<_> = vec![0, 1].into_iter().map(look).collect();
            threads.into_iter().map(|thread| thread.join().expect("found")).collect()
        });
        assert_eq!(found, [Some(String::from("777")), Some(String::from("777"))]);
        assert_eq!(response.clone().get("ANAME_5", 0), Some("5"));
        assert_eq!(twin.get("ANAME_5", 0), Some("5"));
    }

    #[test]
    fn an_ambiguous_loose_name_is_none() {
        let names = ["transfer status", "transfer_status", "other"];
        let mut tree = NameIndex::default();
        for (number, new) in (0_u32..).zip(names) {
            assert_eq!(tree.add(new, number, |known| names[to_usize(known)]), Ok(()));
        }
        let look = |wanted| {
            tree.find_normalized(
                wanted,
                3,
                |number| names[to_usize(number)],
                &NormalizedNames::default(),
            )
        };
        assert_eq!(look("TRANSFER_STATUS"), Some(1));
        assert_eq!(look("transferstatus"), None);
        assert_eq!(look("o_t_h_e_r"), Some(2));
    }
}
