//! A row of a table, and iterators over rows and their cells.

use core::fmt;
use core::iter::FusedIterator;
use core::ops::Range;
use core::slice;

use crate::index::cells::{Role, StoredColumn};
use crate::table::Table;
use crate::table::column::Column;

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
    pub(crate) const fn at(table: Table<'r>, index: usize) -> Self {
        Self { table, index }
    }

    /// Returns the index of the row: the number in the second brackets.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\nproperty[a][2] = x\n")?;
    /// let row = response.rows().find(|row| row.get("a").is_some()).expect("a row");
    /// assert_eq!(row.index(), 2);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub const fn index(self) -> usize {
        self.index
    }

    /// Returns the row's cell in a data column: `None` for a hole, and for a column that is not
    /// there.
    ///
    /// The name is found as in [`Table::column`].
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[total][0] = 9\nproperty[expiration date][0] = 2027-03-01\n";
    /// let response = Response::parse(text)?;
    /// let row = response.table().row(0).expect("a row");
    /// assert_eq!((row.get("ExpirationDate"), row.get("total")), (Some("2027-03-01"), None));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn get(self, column: &str) -> Option<&'r str> {
        self.table.column(column).filter(Column::is_data)?.get(self.index)
    }

    /// Returns the names of the data columns with the row's cells, in order of the columns.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[domain][0] = example.com\nproperty[zone][1] = com\n";
    /// let response = Response::parse(text)?;
    /// let row = response.table().row(0).expect("a row");
    /// assert!(row.cells().eq([("domain", Some("example.com")), ("zone", None)]));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn cells(self) -> RowCells<'r> {
        let columns = self.table.index.store.columns.iter();
        RowCells { table: self.table, columns, row: self.index }
    }
}

impl fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row").field("index", &self.index).finish_non_exhaustive()
    }
}

/// The [cells](Row::cells).
impl<'r> IntoIterator for Row<'r> {
    type Item = (&'r str, Option<&'r str>);
    type IntoIter = RowCells<'r>;

    fn into_iter(self) -> RowCells<'r> {
        self.cells()
    }
}

/// The cells of a row with the names of their columns: what [`Row::cells`] returns.
///
/// ```
/// # use cnic_response::Response;
/// use cnic_response::RowCells;
///
/// fn line(cells: RowCells<'_>) -> String {
///     cells.map(|(_, cell)| cell.unwrap_or_default()).collect::<Vec<_>>().join(";")
/// }
///
/// let text = "code = 200\nproperty[domain][0] = example.com\nproperty[status][0] = ACTIVE\n";
/// let lines: Vec<_> = Response::parse(text)?.rows().map(|row| line(row.cells())).collect();
/// assert_eq!(lines, ["example.com;ACTIVE"]);
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone)]
pub struct RowCells<'r> {
    table: Table<'r>,
    columns: slice::Iter<'r, StoredColumn>,
    row: usize,
}

impl<'r> RowCells<'r> {
    /// Returns the name of a column and its cell.
    #[inline]
    fn cell(&self, column: &StoredColumn) -> (&'r str, Option<&'r str>) {
        let Table { text, index } = self.table;
        let cell = index.store.cell(column, self.row);
        (column.name.slice(text), cell.map(|value| value.slice(text)))
    }
}

impl<'r> Iterator for RowCells<'r> {
    type Item = (&'r str, Option<&'r str>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let column = self.columns.find(|column| column.role == Role::Data)?;
        Some(self.cell(column))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.columns.len()))
    }
}

impl DoubleEndedIterator for RowCells<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let column = self.columns.rfind(|column| column.role == Role::Data)?;
        Some(self.cell(column))
    }
}

impl fmt::Debug for RowCells<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowCells").field("row", &self.row).finish_non_exhaustive()
    }
}

impl FusedIterator for RowCells<'_> {}

/// The rows of a table: what [`Table::rows`] returns. `property[domain][2]` alone makes three of
/// them.
///
/// ```
/// # use cnic_response::Response;
/// let response = Response::parse("code = 200\nproperty[domain][2] = example.com\n")?;
/// let mut rows = response.rows();
/// assert_eq!((rows.len(), rows.next_back().and_then(|row| row.get("domain"))), (3, Some("example.com")));
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Rows<'r> {
    pub(crate) table: Table<'r>,
    rows: Range<usize>,
}

impl<'r> Rows<'r> {
    pub(super) const fn of(table: Table<'r>) -> Self {
        Self { table, rows: 0..table.row_count() }
    }
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

impl FusedIterator for Rows<'_> {}
