//! The responses by name.

use std::borrow::Cow;

use cnic_testkit::generate::{Hostile, Layout, Sheet};

/// A response, and the same table in other formats.
#[derive(Debug)]
#[non_exhaustive]
pub struct Input {
    /// The name: `list_10k`.
    pub name: Cow<'static, str>,
    /// The response.
    pub text: String,
    /// The table as JSON and CSV; without them only what reads the response takes part.
    pub others: Option<Others>,
    /// The number of cells, those that describe a list left out.
    pub cells: usize,
    /// Some cells and holes that every parser has to find.
    probes: Vec<Probe>,
}

/// The table of a response in other formats.
#[derive(Debug)]
#[non_exhaustive]
pub struct Others {
    /// An object with an array for each column.
    pub json: String,
    /// A line of names, then the rows.
    pub csv: String,
}

#[derive(Debug)]
struct Probe {
    column: String,
    row: usize,
    value: Option<String>,
}

/// The names that [`named`] knows, smallest first, but for the hostile ones.
pub const NAMES: [&str; 8] = [
    "check_32",
    "list_1k",
    "wide",
    "sparse",
    "list_10k",
    "list_100k",
    "list_100k_rows",
    "list_100k_shuffled",
];

/// Makes the input of that name, one of [`NAMES`] or a [`Hostile`].
#[must_use]
pub fn named(name: &str) -> Option<Input> {
    use Layout::{ColumnMajor, RowInterleaved, Shuffled};

    let (sheet, layout) = match name {
        "check_32" => (Sheet::check(32), RowInterleaved),
        "list_1k" => (Sheet::list(1_000, 1), ColumnMajor),
        "wide" => (Sheet::wide(), ColumnMajor),
        "sparse" => (Sheet::sparse(3_000), ColumnMajor),
        "list_10k" => (Sheet::list(10_000, 6), ColumnMajor),
        "list_100k" => (Sheet::list(100_000, 6), ColumnMajor),
        "list_100k_rows" => (Sheet::list(100_000, 6), RowInterleaved),
        "list_100k_shuffled" => (Sheet::list(100_000, 6), Shuffled),
        _ => return hostile().find(|input| input.name == name),
    };
    let name = NAMES.into_iter().find(|known| *known == name)?;
    Some(Input::new(name, &sheet, layout))
}

/// Makes the inputs that are meant to be slow, 200 kB to 3 MB each.
pub fn hostile() -> impl Iterator<Item = Input> {
    Hostile::ALL.into_iter().map(|hostile| {
        let lines = if hostile == Hostile::LongBlanks { 1_000 } else { 10_000 };
        Input {
            name: hostile.name().into(),
            text: hostile.response(lines),
            others: None,
            cells: hostile.cells(lines),
            probes: Vec::new(),
        }
    })
}

/// Makes a list of one column and so many rows, for measuring growth.
#[must_use]
pub fn list(rows: usize) -> Input {
    Input::new(rows.to_string(), &Sheet::list(rows, 1), Layout::ColumnMajor)
}

impl Input {
    /// Writes a sheet in a layout. A response whose lines have no order has no like in other formats.
    fn new(name: impl Into<Cow<'static, str>>, sheet: &Sheet, layout: Layout) -> Self {
        let probe = |(number, name): (usize, &str)| {
            let height = sheet.height(number);
            [0, height / 3, height - 1, height].map(|row| Probe {
                column: name.into(),
                row,
                value: sheet.cell(number, row),
            })
        };
        let others = || Others { json: sheet.json(), csv: sheet.csv() };
        Self {
            name: name.into(),
            text: sheet.response(layout),
            others: (layout != Layout::Shuffled).then(others),
            cells: sheet.cells(),
            probes: sheet.names().enumerate().flat_map(probe).collect(),
        }
    }

    /// Returns the number of lines.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.text.lines().count()
    }

    /// Asserts that a parser found in each column the first cell, one in the middle and the last, and nothing after it.
    ///
    /// # Panics
    ///
    /// If it did not.
    pub fn check<'c>(&self, parser: &str, cell: impl Fn(&str, usize) -> Option<&'c str>) {
        for Probe { column, row, value } in &self.probes {
            assert_eq!(
                cell(column, *row),
                value.as_deref(),
                "{parser}: {}, {column} {row}",
                self.name
            );
        }
    }
}
