//! Tables, and the responses that say them.

use std::collections::BTreeMap;

use proptest::collection::btree_map;
use proptest::prelude::*;
use proptest::sample::select;

/// A table, and lines that say it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Grid {
    /// The cells by column name, in lower case, and row.
    pub cells: BTreeMap<String, BTreeMap<u32, String>>,
    /// What the response says of the list that it is a part of: `count`, `first`, `last`, `limit` and `total`.
    pub page: BTreeMap<&'static str, u64>,
}

/// Tables of a few columns with holes, and now and then a row far below the others, with or without a page.
pub fn grids() -> impl Strategy<Value = Grid> {
    let row = prop_oneof![9 => 0..12_u32, 1 => 0..10_000_u32];
    let column = btree_map(row, value(), 1..12);
    let cells = btree_map(select(NAMES).prop_map(str::to_owned), column, 0..6);
    let members = btree_map(select(&["first", "last", "limit", "total"][..]), 0..100_u64, 0..5);
    (cells, members).prop_map(|(cells, page)| Grid { cells, page })
}

/// A list without rows: the lines between the head and `EOF`, and what they say.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EmptyList {
    /// One line for each cell, in any order.
    pub lines: Vec<String>,
    /// The values of the list by name.
    pub values: BTreeMap<String, String>,
    /// The columns that `column` names although they have a cell.
    pub rows: BTreeMap<String, String>,
    /// The lines that are noted because they should be a number.
    pub words: Vec<String>,
}

/// Lists of `count` 0 with sums, which `column` declares, or does not, or that have no `column`; and with words in place of
/// numbers.
pub fn empty_lists() -> impl Strategy<Value = EmptyList> {
    let sums = btree_map(select(NAMES), (value(), any::<bool>()), 0..5);
    let word = select(&["", "Ada", "12.50", "-1", "18446744073709551616"][..]);
    let words = btree_map(select(&["first", "last", "limit", "total"][..]), word, 0..3);
    (sums, words, any::<bool>()).prop_flat_map(|(sums, words, has_column)| {
        let mut lines = vec![Grid::line("count", 0, "0")];
        let (mut values, mut rows) = (BTreeMap::new(), BTreeMap::new());
        if has_column {
            lines.push(Grid::line("column", 3, "another"));
        }
        for (number, (name, (value, is_declared))) in sums.into_iter().enumerate() {
            lines.push(Grid::line(name, 0, &value));
            let is_row = has_column && is_declared;
            if is_row {
                lines.push(Grid::line("COLUMN", 4 + number as u32, name));
            }
            (if is_row { &mut rows } else { &mut values }).insert(name.to_owned(), value);
        }
        values.extend(words.iter().map(|(name, word)| (String::from(*name), String::from(*word))));
        let words: Vec<_> = words.iter().map(|(name, word)| Grid::line(name, 0, word)).collect();
        lines.extend(words.iter().cloned());
        let list = move |lines| EmptyList {
            lines,
            values: values.clone(),
            rows: rows.clone(),
            words: words.clone(),
        };
        Just(lines).prop_shuffle().prop_map(list)
    })
}

/// Names that no list uses for its window.
const NAMES: &[&str] =
    &["domain", "expiration date", "status", "note=1", "zone[x", "straße", "", "__proto__", "eof"];

/// What can stand behind `=`: text without an LF and without a blank or CR at its ends.
pub fn value() -> impl Strategy<Value = String> {
    let odd = select(
        &[
            "",
            "EOF",
            "[RESPONSE]",
            "code = 500",
            "property[a][0] = x",
            "210 Domain name available",
            "a\rb",
            "\u{a0}x\u{a0}",
        ][..],
    );
    prop_oneof![
        3 => "[a-z0-9.=\\[\\] ]{0,12}".prop_map(|text| text.trim_matches(' ').to_owned()),
        1 => odd.prop_map(str::to_owned),
    ]
}

impl Grid {
    fn line(column: &str, row: u32, value: &str) -> String {
        format!("property[{column}][{row}] = {value}\n")
    }

    /// One line for each member of the page.
    #[must_use]
    pub fn page(&self) -> Vec<String> {
        self.page.iter().map(|(name, number)| Self::line(name, 0, &number.to_string())).collect()
    }

    /// Each place once more: column, row and another value.
    #[must_use]
    pub fn again(&self) -> Vec<(String, u32, String)> {
        let places = self
            .cells
            .iter()
            .flat_map(|(name, cells)| cells.keys().map(move |row| (name.clone(), *row)));
        places
            .zip(0..)
            .map(|((name, row), number)| (name, row, format!("again {number}")))
            .collect()
    }

    /// One line for a cell.
    #[must_use]
    pub fn cell((name, row, value): &(String, u32, String)) -> String {
        Self::line(name, *row, value)
    }

    /// One line for each cell, column by column.
    #[must_use]
    pub fn by_column(&self) -> Vec<String> {
        let cells =
            self.cells.iter().flat_map(|(name, cells)| cells.iter().map(move |cell| (name, cell)));
        cells.map(|(name, (&row, value))| Self::line(name, row, value)).collect()
    }

    /// One line for each cell, row by row.
    #[must_use]
    pub fn by_row(&self) -> Vec<String> {
        let mut cells: Vec<_> = self
            .cells
            .iter()
            .flat_map(|(name, cells)| cells.iter().map(move |(row, value)| (row, name, value)))
            .collect();
        cells.sort();
        cells.into_iter().map(|(&row, name, value)| Self::line(name, row, value)).collect()
    }
}

/// A response of those lines.
#[must_use]
pub fn response(lines: &[String]) -> String {
    format!("[RESPONSE]\ncode = 200\ndescription = Done\n{}EOF\n", lines.concat())
}
