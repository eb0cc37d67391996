//! The columns of a response that are written.

use std::convert::Infallible;

use cnic_response::{Column, Response};

use crate::failure::Failure;
use crate::visible::visible;

/// Reads a name of `--columns`, in which blanks may follow the commas.
pub(crate) fn column_name(text: &str) -> Result<String, Infallible> {
    Ok(text.trim().to_owned())
}

/// How many names an error lists.
const NAMES: usize = 50;

/// A column that is written.
#[derive(Clone, Copy)]
pub(super) struct Selected<'r> {
    name: &'r str,
    /// `None` if all of its cells are holes.
    column: Option<Column<'r>>,
}

impl<'r> Selected<'r> {
    pub(super) const fn name(&self) -> &'r str {
        self.name
    }

    /// Returns how many rows it has, up to its last cell.
    pub(super) fn height(&self) -> usize {
        self.column.map_or(0, Column::height)
    }

    /// Returns whether it is the column that a response has under this name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.column.is_some_and(|column| column.name() == name)
    }

    /// Returns how many cells there are.
    pub(super) fn len(&self) -> usize {
        self.column.map_or(0, Column::len)
    }

    /// Returns how many bytes the longest cell has. It does not look at the text.
    pub(super) fn longest(&self) -> usize {
        let spans = self.column.into_iter().flat_map(Column::spans);
        spans.map(|(_, span)| span.len()).max().unwrap_or_default()
    }

    /// Returns the cells that are there, with their rows.
    pub(super) fn cells(&self) -> impl Iterator<Item = (usize, &'r str)> + use<'r> {
        self.column.into_iter().flat_map(Column::cells)
    }

    /// Returns the cells from the first row to the last cell.
    pub(super) fn iter(&self) -> impl Iterator<Item = Option<&'r str>> + use<'r> {
        let mut cells = self.column.map(Column::iter);
        std::iter::from_fn(move || cells.as_mut()?.next())
    }
}

/// Selects columns by their names, in this order; all columns if there are no names.
///
/// An empty list that declares no columns has each of them. A response that says that something failed has none.
pub(super) fn select<'r>(
    response: &'r Response<'r>,
    names: &'r [String],
) -> Result<Vec<Selected<'r>>, Failure> {
    if names.is_empty() {
        return Ok(select_or_holes(response, names));
    }
    let has_columns =
        response.columns().next().is_some() || response.declared_columns().next().is_some();
    if !has_columns && !response.is_success() {
        return Ok(vec![]);
    }
    names
        .iter()
        .map(|name| match response.column(name) {
            None if has_columns && !is_declared(response, name) => Err(unknown(response, name)),
            column => Ok(Selected { name, column }),
        })
        .collect()
}

/// Selects columns by their names, in this order; all columns if there are no names. A column that the response does not have is
/// one of holes.
pub(super) fn select_or_holes<'r>(
    response: &'r Response<'r>,
    names: &'r [String],
) -> Vec<Selected<'r>> {
    if names.is_empty() {
        let all = response.columns();
        return all.map(|column| Selected { name: column.name(), column: Some(column) }).collect();
    }
    names.iter().map(|name| Selected { name, column: response.column(name) }).collect()
}

/// Returns the number of the column by which the rows of a list are known: the first one that was asked for, or else the first
/// one that the list declares, or else the first.
pub(super) fn key(response: &Response<'_>, names: &[String], columns: &[Selected<'_>]) -> usize {
    if !names.is_empty() {
        return 0;
    }
    let mut declared = response.declared_columns().filter_map(|name| response.column(name));
    let place = declared.find_map(|key| columns.iter().position(|it| it.name == key.name()));
    place.unwrap_or(0)
}

/// Returns whether a response has a column, or declares one of which there is no cell.
#[cfg(feature = "parquet")]
pub(super) fn has_column(response: &Response<'_>, name: &str) -> bool {
    response.column(name).is_some() || is_declared(response, name)
}

/// Returns whether a list has a column, of which there may be no cell.
fn is_declared(response: &Response<'_>, name: &str) -> bool {
    let bare = |name: &str| name.replace([' ', '\t', '_'], "");
    response.declared_columns().any(|declared| bare(declared).eq_ignore_ascii_case(&bare(name)))
}

fn unknown(response: &Response<'_>, name: &str) -> Failure {
    let mut names: Vec<&str> = response.columns().map(|column| column.name()).collect();
    let declared = response.declared_columns();
    names.extend(declared.filter(|name| response.column(name).is_none()));
    no_such(name, &names)
}

/// Says that there is no column of a name, and which ones there are.
pub(super) fn no_such(name: &str, names: &[&str]) -> Failure {
    let shown: Vec<_> =
        names.iter().take(NAMES).map(|name| format!("`{}`", visible(name))).collect();
    let more = names.len().saturating_sub(NAMES);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    let (name, shown) = (visible(name), shown.join(", "));
    Failure::Refused(format!("no column `{name}`: there are {shown}{more}"))
}
