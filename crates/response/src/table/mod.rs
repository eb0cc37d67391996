//! The table of a response: columns, rows and cells as views.

mod equality;
pub(crate) mod repeated;
pub(crate) mod values;

use alloc::string::String;
use core::fmt;

use cnic_text::{Span, to_u32, to_usize};

use crate::index::ResponseIndex;
use crate::index::cells::Role;

/// The table of a response, a view: `property[column][row] = value`, each cell in the row that its
/// index names.
///
/// Its columns are the *data* columns. Columns that describe a list are not among them, and do not
/// make rows: `column`, and `count`, `first`, `last`, `limit` and `total` where they hold a number
/// in row 0 and nothing else; in an empty list also its [values](Self::values). All of it can be
/// reached by [name](Self::column). A cell whose place has one already is
/// [repeated](Self::repeated).
///
/// ```
/// use cnic_response::Response;
///
/// let text = "\
/// code = 200
/// description = Command completed successfully
/// property[domain][0] = example.com
/// property[nameserver][0] = ns1.example.net
/// property[nameserver][1] = ns2.example.net
/// ";
/// let response = Response::parse(text)?;
/// let table = response.table();
/// assert_eq!(table.columns().map(|column| column.name()).collect::<Vec<_>>(), ["domain", "nameserver"]);
/// assert_eq!(table.row_count(), 2);
/// assert_eq!(table.get("NAMESERVER", 1), Some("ns2.example.net"));
/// assert_eq!(table.get("domain", 1), None);
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Table<'r> {
    pub(crate) text: &'r str,
    pub(crate) index: &'r ResponseIndex,
}

impl<'r> Table<'r> {
    /// Returns the data columns in order of appearance.
    pub fn columns(self) -> impl Iterator<Item = Column<'r>> + Clone + use<'r> {
        self.all_columns().filter(Column::is_data)
    }

    /// Returns all columns, those that describe the list among them.
    pub(crate) fn all_columns(self) -> impl ExactSizeIterator<Item = Column<'r>> + Clone + use<'r> {
        (0..self.index.store.columns.len()).map(move |number| self.at(number))
    }

    pub(crate) const fn at(self, number: usize) -> Column<'r> {
        Column { table: self, number }
    }

    pub(crate) fn name_at(self, number: usize) -> &'r str {
        self.index.store.columns[number].name.slice(self.text)
    }

    /// Returns a column by name, whether it is data or describes the list.
    ///
    /// Lookup ignores ASCII case. If nothing matches, spaces, tabs and underscores are ignored too:
    /// `creditthreshold` finds `credit threshold`. An ambiguous match returns `None`.
    #[must_use]
    pub fn column(self, name: &str) -> Option<Column<'r>> {
        let name_at = |n| self.name_at(to_usize(n));
        let len = to_u32(self.index.store.columns.len());
        let ResponseIndex { column_names, normalized_columns, .. } = self.index;
        let found = column_names.find_normalized(name, len, name_at, normalized_columns)?;
        Some(self.at(to_usize(found)))
    }

    /// Finds a column by its name; only ASCII case is ignored.
    pub(crate) fn exact_column(self, name: &str) -> Option<Column<'r>> {
        let found = self.index.column_names.find(name, |n| self.name_at(to_usize(n)))?;
        Some(self.at(to_usize(found)))
    }

    /// Returns a cell by the name of its [column](Self::column) and its row; `None` for a hole.
    #[must_use]
    pub fn get(self, column: &str, row: usize) -> Option<&'r str> {
        self.column(column)?.get(row)
    }

    /// Returns the largest row index of the data columns, plus one.
    #[must_use]
    pub const fn row_count(self) -> usize {
        self.index.height
    }

    /// Returns the row of that index, or `None` if it is not below [`row_count`](Self::row_count).
    #[must_use]
    pub fn row(self, index: usize) -> Option<Row<'r>> {
        (index < self.row_count()).then_some(Row { table: self, index })
    }

    /// Returns the rows from 0 to the last, those without a single cell among them.
    ///
    /// How many a sparse table may have is bounded by [`Limits::holes`](crate::Limits::holes).
    /// [`Column::cells`] visits only what is there.
    #[must_use]
    pub const fn rows(self) -> Rows<'r> {
        Rows { table: self, rows: 0..self.row_count() }
    }
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("rows", &self.row_count()).finish_non_exhaustive()
    }
}

/// A column of a table, a view: the cells that one `property[name]` has.
///
/// ```
/// # use cnic_response::Response;
/// let text = "code = 200\nproperty[Domain][0] = example.com\nproperty[Domain][2] =\n";
/// let response = Response::parse(text)?;
/// let column = response.column("domain").expect("the column");
/// assert_eq!((column.name(), column.len()), ("Domain", 3));
/// assert_eq!(column.iter().collect::<Vec<_>>(), [Some("example.com"), None, Some("")]);
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Column<'r> {
    table: Table<'r>,
    pub(crate) number: usize,
}

impl<'r> Column<'r> {
    /// Returns the name as it was first spelled.
    #[must_use]
    pub fn name(self) -> &'r str {
        self.table.name_at(self.number)
    }

    pub(crate) const fn number(self) -> usize {
        self.number
    }

    fn value(self, span: Span) -> &'r str {
        span.slice(self.table.text)
    }

    /// Returns whether the column is part of the rows, and does not describe the list.
    pub(crate) fn is_data(&self) -> bool {
        self.role() == Role::Data
    }

    /// Returns what the cells are.
    pub(crate) fn role(self) -> Role {
        self.table.index.store.columns[self.number].role
    }

    /// Returns the largest row index of the column, plus one. Other columns may be longer.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "a column has at least one cell")]
    pub fn len(self) -> usize {
        let store = &self.table.index.store;
        store.height(&store.columns[self.number])
    }

    /// Returns the cell of a row: `None` for a hole, `Some("")` for a cell that is empty.
    #[must_use]
    pub fn get(self, row: usize) -> Option<&'r str> {
        let store = &self.table.index.store;
        store.cell(&store.columns[self.number], row).map(|span| self.value(span))
    }

    /// Returns the cells that are there, with their rows, ascending.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[a][6940] = y\nproperty[a][0] = x\n";
    /// let response = Response::parse(text)?;
    /// let cells: Vec<_> = response.column("a").unwrap().cells().collect();
    /// assert_eq!(cells, [(0, "x"), (6940, "y")]);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    pub fn cells(self) -> impl DoubleEndedIterator<Item = (usize, &'r str)> + Clone + use<'r> {
        let store = &self.table.index.store;
        store.cells(&store.columns[self.number]).map(move |(row, span)| (row, self.value(span)))
    }

    /// Returns one item for each row from 0 to the column's last, holes included.
    pub fn iter(self) -> impl ExactSizeIterator<Item = Option<&'r str>> + Clone + use<'r> {
        let mut cells = self.cells().peekable();
        (0..self.len()).map(move |row| cells.next_if(|&(at, _)| at == row).map(|(_, value)| value))
    }

    /// Returns how many cells are there.
    pub(crate) fn cell_count(self) -> usize {
        let store = &self.table.index.store;
        store.cell_count(&store.columns[self.number])
    }

    /// Joins the cells that are there into one text, for values that the server sends as one cell a
    /// line.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[policy][0] = first line\nproperty[policy][1] = second\n";
    /// let response = Response::parse(text)?;
    /// assert_eq!(response.column("policy").unwrap().join("\n"), "first line\nsecond");
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn join(self, separator: &str) -> String {
        let count = self.cell_count();
        let length: usize = self.cells().map(|(_, value)| value.len()).sum();
        let mut joined = String::with_capacity(length + separator.len() * count.saturating_sub(1));
        for (number, (_, value)) in self.cells().enumerate() {
            if number > 0 {
                joined.push_str(separator);
            }
            joined.push_str(value);
        }
        joined
    }
}

impl fmt::Debug for Column<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Column")
            .field("name", &self.name())
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}

/// A row of a table, a view: the cells `property[..][index]` of the data columns.
///
/// ```
/// # use cnic_response::Response;
/// let text = "code = 200\nproperty[domain][0] = example.com\nproperty[zone][0] = com\nproperty[domain][1] = example.net\n";
/// let response = Response::parse(text)?;
/// let row = response.table().row(1).expect("two rows");
/// assert_eq!(row.cells().collect::<Vec<_>>(), [("domain", Some("example.net")), ("zone", None)]);
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Row<'r> {
    pub(crate) table: Table<'r>,
    index: usize,
}

impl<'r> Row<'r> {
    /// Returns the index of the row: the number in the second brackets.
    #[must_use]
    pub const fn index(self) -> usize {
        self.index
    }

    /// Returns the row's cell in a data column: `None` for a hole, and for a column that is not
    /// there.
    ///
    /// The name is found as in [`Table::column`].
    #[must_use]
    pub fn get(self, column: &str) -> Option<&'r str> {
        self.table.column(column).filter(Column::is_data)?.get(self.index)
    }

    /// Returns the names of the data columns with the row's cells, in order of the columns.
    pub fn cells(self) -> impl Iterator<Item = (&'r str, Option<&'r str>)> + Clone + use<'r> {
        self.table.columns().map(move |column| (column.name(), column.get(self.index)))
    }
}

impl fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row").field("index", &self.index).finish_non_exhaustive()
    }
}

/// The rows of a table: what [`Table::rows`] returns. `property[domain][2]` alone makes three of
/// them.
#[derive(Clone, Debug)]
pub struct Rows<'r> {
    pub(crate) table: Table<'r>,
    rows: core::ops::Range<usize>,
}

impl<'r> Iterator for Rows<'r> {
    type Item = Row<'r>;

    fn next(&mut self) -> Option<Row<'r>> {
        self.rows.next().map(|index| Row { table: self.table, index })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<Row<'r>> {
        self.rows.nth(n).map(|index| Row { table: self.table, index })
    }

    fn count(self) -> usize {
        self.rows.len()
    }

    fn last(mut self) -> Option<Row<'r>> {
        self.next_back()
    }
}

impl DoubleEndedIterator for Rows<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.rows.next_back().map(|index| Row { table: self.table, index })
    }

    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        self.rows.nth_back(n).map(|index| Row { table: self.table, index })
    }
}

impl ExactSizeIterator for Rows<'_> {}

impl core::iter::FusedIterator for Rows<'_> {}
