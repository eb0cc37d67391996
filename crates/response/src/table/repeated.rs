//! The cells of a table that were given again.

use core::fmt;

use cnic_text::to_usize;

use crate::table::Table;
use crate::table::column::Column;

/// A cell whose column and row were given before, a view: `property[column][row] = value`.
///
/// The table has the first one. See [`Table::repeated`].
///
/// ```
/// # use cnic_response::Response;
/// let text = "code = 200\nproperty[Domain][4] = a.example\nproperty[domain][4] = b.example\n";
/// let response = Response::parse(text)?;
/// let cell = response.table().repeated().next().expect("a cell");
/// assert_eq!((cell.column(), cell.row(), cell.value()), ("Domain", 4, "b.example"));
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct RepeatedCell<'r> {
    column: &'r str,
    row: usize,
    value: &'r str,
}

impl<'r> RepeatedCell<'r> {
    /// Returns the name of the column as it was first spelled.
    #[must_use]
    pub const fn column(self) -> &'r str {
        self.column
    }

    /// Returns the row: the number in the second brackets.
    #[must_use]
    pub const fn row(self) -> usize {
        self.row
    }

    /// Returns the cell with another value, such as a mask.
    pub(crate) const fn with_value(self, value: &'r str) -> Self {
        Self { value, ..self }
    }

    /// Returns the value, which is not in the table.
    #[must_use]
    pub const fn value(self) -> &'r str {
        self.value
    }
}

impl fmt::Debug for RepeatedCell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RepeatedCell")
            .field("column", &self.column)
            .field("row", &self.row)
            .finish_non_exhaustive()
    }
}

/// The repeated cells of a table, in order of the text: what [`Table::repeated`] returns.
///
/// ```
/// # use cnic_response::Response;
/// use cnic_response::Repeated;
///
/// fn second_list(cells: Repeated<'_>) -> Vec<&str> {
///     cells.map(|cell| cell.value()).collect()
/// }
///
/// let text = "code = 200\nproperty[a][0] = x\nproperty[a][0] = y\n";
/// assert_eq!(second_list(Response::parse(text)?.table().repeated()), ["y"]);
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Repeated<'r> {
    table: Table<'r>,
    cells: core::ops::Range<usize>,
}

impl<'r> Repeated<'r> {
    pub(crate) fn of(table: Table<'r>) -> Self {
        Self { table, cells: 0..table.index.store.repeated.len() }
    }

    /// Returns the cells with their columns.
    pub(crate) fn with_columns(self) -> impl Iterator<Item = (Column<'r>, RepeatedCell<'r>)> {
        let Self { table, cells } = self.clone();
        let numbers = table.index.store.repeated[cells].iter().map(|cell| to_usize(cell.column));
        numbers.map(move |number| table.at(number)).zip(self)
    }

    fn at(&self, number: usize) -> RepeatedCell<'r> {
        let cell = self.table.index.store.repeated[number];
        RepeatedCell {
            column: self.table.name_at(to_usize(cell.column)),
            row: to_usize(cell.row),
            value: cell.value.slice(self.table.text),
        }
    }
}

impl<'r> Iterator for Repeated<'r> {
    type Item = RepeatedCell<'r>;

    fn next(&mut self) -> Option<RepeatedCell<'r>> {
        self.cells.next().map(|number| self.at(number))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.cells.size_hint()
    }
}

impl DoubleEndedIterator for Repeated<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.cells.next_back().map(|number| self.at(number))
    }
}

impl ExactSizeIterator for Repeated<'_> {}

impl core::iter::FusedIterator for Repeated<'_> {}

impl<'r> Table<'r> {
    /// Returns the cells whose column and row were given before, of all columns, in order of the
    /// text.
    ///
    /// The first cell is in the table. If a response has two result sets that both start at row 0,
    /// the second set is here.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "\
    /// code = 200
    /// property[contact][0] = P-1
    /// property[contact][1] = P-2
    /// property[contact][0] = P-3
    /// ";
    /// let response = Response::parse(text)?;
    /// assert_eq!(response.get("contact", 0), Some("P-1"));
    /// let again = response.table().repeated().next().expect("a cell");
    /// assert_eq!((again.column(), again.row(), again.value()), ("contact", 0, "P-3"));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn repeated(self) -> Repeated<'r> {
        Repeated::of(self)
    }
}
