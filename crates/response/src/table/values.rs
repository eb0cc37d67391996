//! List-level values.

use crate::index::cells::Role;
use crate::table::Table;

/// The list-level values by name: what [`Table::values`] returns.
///
/// ```
/// # use cnic_response::Response;
/// use cnic_response::Values;
///
/// fn sum(mut values: Values<'_>) -> Option<&str> {
///     values.find(|(name, _)| *name == "sum").map(|(_, value)| value)
/// }
///
/// let list = "code = 200\nproperty[count][0] = 0\nproperty[sum][0] = 0.00\n";
/// assert_eq!(sum(Response::parse(list)?.values()), Some("0.00"));
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Values<'r> {
    table: Table<'r>,
    columns: core::ops::Range<usize>,
}

impl<'r> Values<'r> {
    pub(crate) fn of(table: Table<'r>) -> Self {
        Self { table, columns: 0..table.index.store.columns.len() }
    }

    fn at(&self, number: usize) -> Option<(&'r str, &'r str)> {
        let store = &self.table.index.store;
        let column = Some(&store.columns[number]).filter(|column| column.role == Role::Value)?;
        let value = store.cell(column, 0)?.slice(self.table.text);
        Some((self.table.name_at(number), value))
    }
}

impl<'r> Iterator for Values<'r> {
    type Item = (&'r str, &'r str);

    fn next(&mut self) -> Option<Self::Item> {
        let mut columns = self.columns.clone();
        let found = columns.find_map(|number| self.at(number));
        self.columns = columns;
        found
    }
}

impl DoubleEndedIterator for Values<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let mut columns = self.columns.clone();
        let found = columns.by_ref().rev().find_map(|number| self.at(number));
        self.columns = columns;
        found
    }
}

impl core::iter::FusedIterator for Values<'_> {}

impl<'r> Table<'r> {
    /// Returns the list-level values with their names, in order of appearance: sums, a balance.
    ///
    /// Only a list without rows (`count` 0) has them. They are the columns that have a cell in row
    /// 0 only, that `column` does not declare and that are not part of the [page](crate::Page). If
    /// there is no `column`, all columns are list-level values, unless one of them has other rows:
    /// then none is.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "\
    /// code = 200
    /// property[column][0] = date
    /// property[count][0] = 0
    /// property[opening balance][0] = 12.34
    /// ";
    /// let response = Response::parse(text)?;
    /// assert_eq!(response.row_count(), 0);
    /// assert_eq!(response.values().collect::<Vec<_>>(), [("opening balance", "12.34")]);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn values(self) -> Values<'r> {
        Values::of(self)
    }
}
