//! The table of a response: columns, rows and cells as views.

pub(crate) mod cell_spans;
pub(crate) mod column;
mod equality;
pub(crate) mod repeated;
pub(crate) mod row;
pub(crate) mod values;

use core::fmt;
use core::iter::{Enumerate, FusedIterator};
use core::slice;

use cnic_text::{to_u32, to_usize};

use crate::index::ResponseIndex;
use crate::index::cells::{Role, StoredColumn};
use crate::table::column::Column;
use crate::table::row::{Row, Rows};

/// The table of a response, a view: `property[column][row] = value`, each cell in the row that its
/// index names.
///
/// Its columns are the *data* columns. Columns that describe a list are not among them, and do not
/// make rows: `column`, and `count`, `first`, `last`, `limit` and `total` where they hold a number
/// in row 0 and nothing else; in an empty list also its [values](Self::values). All of these can be
/// looked up by [name](Self::column). A cell whose column and row were given before is
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
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[total][0] = 9\nproperty[domain][0] = example.com\n";
    /// let response = Response::parse(text)?;
    /// assert!(response.table().columns().map(|column| column.name()).eq(["domain"]));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn columns(self) -> Columns<'r> {
        Columns { table: self, columns: self.index.store.columns.iter().enumerate() }
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
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\nproperty[credit threshold][0] = 10.00\n")?;
    /// let column = response.table().column("CREDITTHRESHOLD").expect("a column");
    /// assert_eq!((column.name(), column.get(0)), ("credit threshold", Some("10.00")));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
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
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\nproperty[status][1] =\n")?;
    /// assert_eq!((response.table().get("status", 0), response.table().get("status", 1)), (None, Some("")));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn get(self, column: &str, row: usize) -> Option<&'r str> {
        self.column(column)?.get(row)
    }

    /// Returns the largest row index of the data columns, plus one.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\nproperty[domain][2] = example.com\n")?;
    /// assert_eq!(response.table().row_count(), 3);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub const fn row_count(self) -> usize {
        self.index.height
    }

    /// Returns the row of that index, or `None` if it is not below [`row_count`](Self::row_count).
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\nproperty[domain][0] = example.com\n")?;
    /// let row = response.table().row(0).expect("a row");
    /// assert_eq!(row.get("domain"), Some("example.com"));
    /// assert!(response.table().row(1).is_none());
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn row(self, index: usize) -> Option<Row<'r>> {
        (index < self.row_count()).then(|| Row::at(self, index))
    }

    /// Returns the rows from 0 to the last, rows without any cell included.
    ///
    /// [`Limits::holes`](crate::Limits::holes) bounds the number of rows of a sparse table.
    /// [`Column::cells`] visits only what is there.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[domain][0] = a.example\nproperty[domain][1] = b.example\n";
    /// let response = Response::parse(text)?;
    /// assert!(response.table().rows().map(|row| row.get("domain")).eq([Some("a.example"), Some("b.example")]));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub const fn rows(self) -> Rows<'r> {
        Rows::of(self)
    }
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("rows", &self.row_count()).finish_non_exhaustive()
    }
}

/// The data columns of a table: what [`Table::columns`] returns. `Debug` prints how many may be
/// left.
///
/// ```
/// # use cnic_response::Response;
/// use cnic_response::Columns;
///
/// fn header(columns: Columns<'_>) -> String {
///     columns.map(|column| column.name()).collect::<Vec<_>>().join(";")
/// }
///
/// let text = "code = 200\nproperty[domain][0] = example.com\nproperty[status][0] = ACTIVE\n";
/// assert_eq!(header(Response::parse(text)?.columns()), "domain;status");
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone)]
pub struct Columns<'r> {
    table: Table<'r>,
    columns: Enumerate<slice::Iter<'r, StoredColumn>>,
}

impl<'r> Iterator for Columns<'r> {
    type Item = Column<'r>;

    #[inline]
    fn next(&mut self) -> Option<Column<'r>> {
        let (number, _) = self.columns.find(|(_, column)| column.role == Role::Data)?;
        Some(self.table.at(number))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.columns.len()))
    }
}

impl DoubleEndedIterator for Columns<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let (number, _) = self.columns.rfind(|(_, column)| column.role == Role::Data)?;
        Some(self.table.at(number))
    }
}

impl FusedIterator for Columns<'_> {}

impl fmt::Debug for Columns<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Columns").field("at_most", &self.columns.len()).finish_non_exhaustive()
    }
}

/// The [rows](Table::rows).
impl<'r> IntoIterator for Table<'r> {
    type Item = Row<'r>;
    type IntoIter = Rows<'r>;

    fn into_iter(self) -> Rows<'r> {
        self.rows()
    }
}

/// The [rows](Table::rows).
impl<'r> IntoIterator for &Table<'r> {
    type Item = Row<'r>;
    type IntoIter = Rows<'r>;

    fn into_iter(self) -> Rows<'r> {
        self.rows()
    }
}
