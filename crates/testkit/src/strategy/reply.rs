//! Tables, and the replies that say them.

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
    /// What the reply says of the list that it is a part of: `count`, `first`, `last`, `limit` and `total`.
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

/// A reply of those lines.
#[must_use]
pub fn reply(lines: &[String]) -> String {
    format!("[RESPONSE]\ncode = 200\ndescription = Done\n{}EOF\n", lines.concat())
}
