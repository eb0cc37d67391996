//! A column of a table, and iterators over its cells.

use alloc::string::String;
use core::fmt;
use core::iter::{FusedIterator, Peekable};
use core::ops::Range;

use cnic_text::Span;

use crate::index::cells::Role;
use crate::index::stored_cells::StoredCells;
use crate::table::Table;
use crate::table::cell_spans::CellSpans;

/// A column of a table, a view: the cells that one `property[name]` has.
///
/// ```
/// # use cnic_response::Response;
/// let text = "code = 200\nproperty[Domain][0] = example.com\nproperty[Domain][2] =\n";
/// let response = Response::parse(text)?;
/// let column = response.column("domain").expect("the column");
/// assert_eq!((column.name(), column.len(), column.height()), ("Domain", 2, 3));
/// assert_eq!(column.iter().collect::<Vec<_>>(), [Some("example.com"), None, Some("")]);
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Column<'r> {
    pub(super) table: Table<'r>,
    pub(crate) number: usize,
}

impl<'r> Column<'r> {
    /// Returns the name as it was first spelled.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\nproperty[Expiration Date][0] = 2027-03-01\n")?;
    /// assert_eq!(response.column("expirationdate").map(|column| column.name()), Some("Expiration Date"));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
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

    /// Returns how many cells the column has. It is less than the [height](Self::height) if there
    /// are holes.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[host][0] = ns1.example\nproperty[host][4] = ns5.example\n";
    /// let response = Response::parse(text)?;
    /// let column = response.column("host").expect("a column");
    /// assert_eq!((column.len(), column.height()), (2, 5));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "a column has at least one cell")]
    pub fn len(self) -> usize {
        let store = &self.table.index.store;
        store.cell_count(&store.columns[self.number])
    }

    /// Returns the largest row index of the column, plus one. Other columns may be higher, and the
    /// [table](Table::row_count) is as high as the highest.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[domain][0] = example.com\nproperty[host][1] = ns2.example\n";
    /// let response = Response::parse(text)?;
    /// assert!(response.columns().map(|column| column.height()).eq([1, 2]));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn height(self) -> usize {
        let store = &self.table.index.store;
        store.height(&store.columns[self.number])
    }

    /// Returns the cell of a row: `None` for a hole, `Some("")` for a cell that is empty.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\nproperty[status][1] =\n")?;
    /// let column = response.column("status").expect("a column");
    /// assert_eq!([column.get(0), column.get(1), column.get(2)], [None, Some(""), None]);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
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
    #[must_use]
    pub fn cells(self) -> Cells<'r> {
        let store = &self.table.index.store;
        Cells { text: self.table.text, cells: store.cells(&store.columns[self.number]) }
    }

    /// Returns where in the [text](crate::Response::as_str) the cells are, with their rows,
    /// ascending.
    ///
    /// It does not look at the text, so it is the fastest way to the lengths of the cells.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[a][0] = x\nproperty[a][2] = yz\n";
    /// let response = Response::parse(text)?;
    /// let column = response.column("a").expect("a column");
    /// assert!(column.spans().eq([(0, 28..29), (2, 47..49)]));
    /// assert_eq!(&response.as_str()[47..49], "yz");
    /// assert_eq!(column.spans().map(|(_, span)| span.len()).sum::<usize>(), 3);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn spans(self) -> CellSpans<'r> {
        CellSpans(self.cells().cells)
    }

    /// Returns the [text](crate::Response::as_str) that the [spans](Self::spans) are in.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\nproperty[a][0] = x\n")?;
    /// let column = response.column("a").expect("a column");
    /// assert!(column.spans().all(|(_, span)| &column.text()[span] == "x"));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn text(self) -> &'r str {
        self.table.text
    }

    /// Returns the cells that are there, without their rows.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[nameserver][0] = ns1.example\nproperty[nameserver][2] = ns3.example\n";
    /// let response = Response::parse(text)?;
    /// let hosts = response.column("nameserver").into_iter().flat_map(|column| column.values());
    /// assert!(hosts.eq(["ns1.example", "ns3.example"]));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn values(self) -> ColumnValues<'r> {
        ColumnValues(self.cells())
    }

    /// Returns one item for each row from 0 to the column's last, holes included: as many as the
    /// [height](Self::height).
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\nproperty[a][0] = x\nproperty[a][2] = z\n")?;
    /// assert!(response.column("a").expect("a column").iter().eq([Some("x"), None, Some("z")]));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn iter(self) -> ColumnIter<'r> {
        ColumnIter { cells: self.cells().peekable(), rows: 0..self.height() }
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
        let length: usize = self.values().map(str::len).sum();
        let mut joined = String::with_capacity(length + separator.len() * (self.len() - 1));
        for (number, value) in self.values().enumerate() {
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
            .field("height", &self.height())
            .finish_non_exhaustive()
    }
}

/// One item for each [row](Column::iter).
impl<'r> IntoIterator for Column<'r> {
    type Item = Option<&'r str>;
    type IntoIter = ColumnIter<'r>;

    fn into_iter(self) -> ColumnIter<'r> {
        self.iter()
    }
}

/// One item for each [row](Column::iter).
impl<'r> IntoIterator for &Column<'r> {
    type Item = Option<&'r str>;
    type IntoIter = ColumnIter<'r>;

    fn into_iter(self) -> ColumnIter<'r> {
        self.iter()
    }
}

/// The cells of a column with their rows, ascending: what [`Column::cells`] returns. `Debug` prints
/// how many are left.
///
/// ```
/// # use cnic_response::Response;
/// let response = Response::parse("code = 200\nproperty[a][6940] = y\nproperty[a][0] = x\n")?;
/// let cells = response.column("a").expect("a column").cells();
/// assert_eq!((cells.len(), cells.rev().next()), (2, Some((6940, "y"))));
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone)]
pub struct Cells<'r> {
    text: &'r str,
    cells: StoredCells<'r>,
}

impl<'r> Iterator for Cells<'r> {
    type Item = (usize, &'r str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (row, span) = self.cells.next()?;
        Some((row, span.slice(self.text)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.cells.size_hint()
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut f: F) -> B {
        let text = self.text;
        self.cells.fold(init, |state, (row, span)| f(state, (row, span.slice(text))))
    }
}

impl DoubleEndedIterator for Cells<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let (row, span) = self.cells.next_back()?;
        Some((row, span.slice(self.text)))
    }
}

impl ExactSizeIterator for Cells<'_> {}

impl FusedIterator for Cells<'_> {}

impl fmt::Debug for Cells<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cells").field("len", &self.len()).finish_non_exhaustive()
    }
}

/// The cells of a column without their rows, ascending: what [`Column::values`] and
/// [`Response::declared_columns`](crate::Response::declared_columns) return.
///
/// ```
/// # use cnic_response::Response;
/// use cnic_response::ColumnValues;
///
/// fn lines(values: ColumnValues<'_>) -> usize {
///     values.filter(|value| !value.is_empty()).count()
/// }
///
/// let response = Response::parse("code = 200\nproperty[policy][0] = one\nproperty[policy][1] =\n")?;
/// assert_eq!(response.column("policy").map(|column| lines(column.values())), Some(1));
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Debug)]
pub struct ColumnValues<'r>(Cells<'r>);

impl ColumnValues<'_> {
    /// The values of a column that is not there.
    pub(crate) fn none() -> Self {
        Self(Cells { text: "", cells: StoredCells::default() })
    }
}

impl<'r> Iterator for ColumnValues<'r> {
    type Item = &'r str;

    #[inline]
    fn next(&mut self) -> Option<&'r str> {
        self.0.next().map(|(_, value)| value)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut f: F) -> B {
        self.0.fold(init, |state, (_, value)| f(state, value))
    }
}

impl DoubleEndedIterator for ColumnValues<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(_, value)| value)
    }
}

impl ExactSizeIterator for ColumnValues<'_> {}

impl FusedIterator for ColumnValues<'_> {}

/// One item for each row of a column, `None` for a hole: what [`Column::iter`] returns.
///
/// ```
/// # use cnic_response::Response;
/// let response = Response::parse("code = 200\nproperty[a][2] = x\n")?;
/// let mut rows = response.column("a").expect("a column").iter();
/// assert_eq!((rows.len(), rows.next(), rows.last()), (3, Some(None), Some(Some("x"))));
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone)]
pub struct ColumnIter<'r> {
    cells: Peekable<Cells<'r>>,
    rows: Range<usize>,
}

impl<'r> Iterator for ColumnIter<'r> {
    type Item = Option<&'r str>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        Some(self.cells.next_if(|&(at, _)| at == row).map(|(_, value)| value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl ExactSizeIterator for ColumnIter<'_> {}

impl FusedIterator for ColumnIter<'_> {}

impl fmt::Debug for ColumnIter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ColumnIter").field("rows", &self.rows).finish_non_exhaustive()
    }
}
