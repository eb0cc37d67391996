//! Inputs of any size, invented and always the same: what benchmarks read.
//!
//! A [`Sheet`] is a table whose cells are worked out from column and row, so it takes no memory. It is written as a response, in one
//! of three [orders](Layout), and for parsers of other formats as JSON and CSV. Beside it there are [responses meant to be
//! slow](Hostile), and what goes the other way: a command, labels, name servers, a registration and its receipts.

mod cell;
mod format;
mod hostile;
mod request;

use std::fmt::Write;

use self::cell::{Kind, mix};
pub use self::hostile::Hostile;
pub use self::request::{labels, name_servers, receipts, registration, tag_command, tags};

/// The order of the lines of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layout {
    /// One column after the other by name, what describes the list among them.
    ColumnMajor,
    /// One row after the other.
    RowInterleaved,
    /// The lines between the first and the last in an order without any rule, which is the same each time.
    Shuffled,
}

/// A table as a server sends it, columns sorted by name.
#[derive(Clone, Debug)]
pub struct Sheet {
    columns: Vec<Column>,
    rows: usize,
    /// Whether it says how long it is, and which columns it has.
    is_list: bool,
}

/// A column: the cells `0..height`, or about so many percent of them.
#[derive(Clone, Debug)]
struct Column {
    name: String,
    kind: Kind,
    height: usize,
    percent: u64,
}

impl Column {
    fn new(name: impl Into<String>, kind: Kind, height: usize) -> Self {
        Self { name: name.into(), kind, height, percent: 100 }
    }

    /// The last cell is always there: it makes the height.
    fn has(&self, row: usize) -> bool {
        let chance = || mix(self.kind.seed() ^ mix(row as u64)) % 100;
        row < self.height && (row + 1 == self.height || chance() < self.percent)
    }
}

impl Sheet {
    /// Domains that were checked, as CheckDomains answers: 3 columns. With 32 rows, the most it takes, and row by row, as the
    /// server writes it, the response has about 4.6 kB.
    #[must_use]
    pub fn check(rows: usize) -> Self {
        let kinds = [
            ("domain", Kind::Domain),
            ("domaincheck", Kind::Check),
            ("domainchecktime", Kind::Seconds),
        ];
        Self::of(&kinds, rows)
    }

    /// A list of domains, as QueryDomainList answers: the first of six columns (`domain`, `created date`, `expiration date`,
    /// `object id`, `renewal price`, `status`). 1,000 rows of one column are 38 kB, 100,000 rows of six are 29.5 MB.
    ///
    /// Dates and object ids have one length, the others vary.
    #[must_use]
    pub fn list(rows: usize, columns: usize) -> Self {
        let kinds = [
            ("domain", Kind::Domain),
            ("created date", Kind::Created),
            ("expiration date", Kind::Expires),
            ("object id", Kind::ObjectId),
            ("renewal price", Kind::Price),
            ("status", Kind::Status),
        ];
        Self::of(&kinds[..columns.min(kinds.len())], rows)
    }

    /// An object with many properties, as StatusDomain answers, each with 1 to 13 values: 200 columns, about 73 kB.
    #[must_use]
    pub fn wide() -> Self {
        const OBJECTS: [&str; 20] = [
            "account",
            "admin contact",
            "auth",
            "billing contact",
            "dnssec key",
            "domain",
            "domain tag",
            "host",
            "mail forward",
            "name server",
            "owner contact",
            "premium",
            "registrar",
            "registry",
            "renewal",
            "repository",
            "tech contact",
            "transfer",
            "trustee",
            "x-fee",
        ];
        const PROPERTIES: [(&str, Kind); 10] = [
            ("amount", Kind::Price),
            ("delay", Kind::Seconds),
            ("created date", Kind::Created),
            ("id", Kind::ObjectId),
            ("mode", Kind::Status),
            ("name", Kind::Domain),
            ("roid", Kind::ObjectId),
            ("status", Kind::Status),
            ("time", Kind::Seconds),
            ("updated date", Kind::Expires),
        ];
        let pairs =
            OBJECTS.iter().flat_map(|object| PROPERTIES.map(|(name, kind)| (object, name, kind)));
        let columns = pairs.zip(0..).map(|((object, name, kind), number)| {
            let height = 1 + usize::try_from(mix(number) % 13).unwrap_or(0);
            Column::new(format!("{object} {name}"), kind, height)
        });
        let columns: Vec<Column> = columns.collect();
        let rows = columns.iter().map(|column| column.height).max().unwrap_or(0);
        Self { columns, rows, is_list: false }
    }

    /// A list of six columns in which two cells of three are missing and each column ends earlier than the one before.
    #[must_use]
    pub fn sparse(rows: usize) -> Self {
        let mut sheet = Self::list(rows, 6);
        for (number, column) in sheet.columns.iter_mut().enumerate() {
            column.height = rows - rows * number / 8;
            column.percent = 33;
        }
        sheet
    }

    fn of(kinds: &[(&str, Kind)], rows: usize) -> Self {
        let columns = kinds.iter().map(|&(name, kind)| Column::new(name, kind, rows));
        let mut columns: Vec<Column> = columns.collect();
        columns.sort_by(|a, b| a.name.cmp(&b.name));
        Self { columns, rows, is_list: true }
    }

    /// Returns the number of rows.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Returns the names of the columns.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.columns.iter().map(|column| &*column.name)
    }

    /// Returns the last row of a column, plus one.
    #[must_use]
    pub fn height(&self, column: usize) -> usize {
        self.columns[column].height
    }

    /// Returns the number of cells.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.columns.iter().map(|c| (0..c.height).filter(|&row| c.has(row)).count()).sum()
    }

    /// Returns a cell; `None` for a hole.
    #[must_use]
    pub fn cell(&self, column: usize, row: usize) -> Option<String> {
        let column = &self.columns[column];
        column.has(row).then(|| {
            let mut value = String::new();
            column.kind.write(row, &mut value);
            value
        })
    }

    /// Writes the table as a response, `[RESPONSE]` to `EOF`.
    #[must_use]
    pub fn response(&self, layout: Layout) -> String {
        let mut text = String::from(
            "[RESPONSE]\ncode = 200\ndescription = Command completed successfully\nruntime = 0.041\nqueuetime = 0\n",
        );
        let lists = self.describing();
        if layout == Layout::RowInterleaved {
            let (before, after) = lists.split_at(lists.len().min(2));
            before.iter().for_each(|list| write_list(&mut text, list));
            for row in 0..self.rows {
                self.columns.iter().for_each(|column| write_cell(&mut text, column, row));
            }
            after.iter().for_each(|list| write_list(&mut text, list));
        } else {
            let mut lists = lists.iter().peekable();
            for column in &self.columns {
                while let Some(list) = lists.next_if(|(name, _)| *name < &*column.name) {
                    write_list(&mut text, list);
                }
                (0..column.height).for_each(|row| write_cell(&mut text, column, row));
            }
            lists.for_each(|list| write_list(&mut text, list));
        }
        text.push_str("EOF\n");
        if layout == Layout::Shuffled { shuffled(&text) } else { text }
    }

    /// Returns the columns that describe the list, sorted by name.
    fn describing(&self) -> Vec<(&'static str, Vec<String>)> {
        if !self.is_list {
            return Vec::new();
        }
        let rows = self.rows.to_string();
        vec![
            ("column", self.names().map(String::from).collect()),
            ("count", vec![rows.clone()]),
            ("first", vec!["0".into()]),
            ("last", vec![self.rows.saturating_sub(1).to_string()]),
            ("limit", vec![rows.clone()]),
            ("total", vec![rows]),
        ]
    }
}

fn write_list(text: &mut String, (name, values): &(&str, Vec<String>)) {
    for (row, value) in values.iter().enumerate() {
        put(text, format_args!("property[{name}][{row}] = {value}\n"));
    }
}

fn write_cell(text: &mut String, column: &Column, row: usize) {
    if column.has(row) {
        put(text, format_args!("property[{}][{row}] = ", column.name));
        column.kind.write(row, text);
        text.push('\n');
    }
}

/// Puts the lines but the first and the last in another order, by the method of Fisher and Yates.
fn shuffled(text: &str) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    for place in (2..lines.len().saturating_sub(1)).rev() {
        let other = mix(place as u64) % (place as u64);
        lines.swap(place, 1 + usize::try_from(other).unwrap_or(0));
    }
    lines.concat()
}

fn put(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments).expect("a string takes any text");
}

#[cfg(test)]
mod tests;
