//! Columns of numbers that stand before those of a response.

use clap::ValueEnum;
use cnic_response::{Code, Response};

use super::selection::Selected;
use crate::visible::visible;

/// A column that is added to those of a response.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Added {
    /// The number of the response in the input, from 0; malformed ones are counted too
    Response,
    /// The number of the row in its response, from 0
    Row,
    /// The code of the response; one without rows then has a row of holes
    Code,
}

impl Added {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Row => "row",
            Self::Code => "code",
        }
    }
}

/// What is added to the rows of a response.
#[derive(Clone, Copy)]
pub(super) struct Lead<'a> {
    pub(super) with: &'a [Added],
    /// The number of the response.
    pub(super) number: u64,
}

impl<'a> Lead<'a> {
    /// Returns the names of the columns.
    pub(super) fn names<'n>(self) -> impl Iterator<Item = &'n str> + use<'a, 'n> {
        self.with.iter().map(|added| -> &'n str { added.name() })
    }

    /// Returns the numbers of a row: `None` for that of a row that is not there.
    pub(super) fn numbers(
        self,
        code: Code,
        row: Option<usize>,
    ) -> impl Iterator<Item = Option<u64>> + use<'a> {
        self.with.iter().map(move |added| match added {
            Added::Response => Some(self.number),
            Added::Row => row.map(|row| row as u64),
            Added::Code => Some(code.as_u16().into()),
        })
    }

    /// Returns the numbers of the rows; a response without rows has one of holes if its code is wanted.
    pub(super) fn rows(
        self,
        response: &Response<'_>,
    ) -> impl Iterator<Item = Option<usize>> + use<> {
        let count = response.row_count();
        let is_added = count == 0 && self.with.contains(&Added::Code);
        is_added.then_some(None).into_iter().chain((0..count).map(Some))
    }

    /// Fails if two columns would have the same name.
    pub(super) fn check<'n>(self, names: impl IntoIterator<Item = &'n str>) -> Result<(), String> {
        let mut seen = std::collections::HashSet::new();
        let twice = self.names().chain(names).find(|name| !seen.insert(name.to_ascii_lowercase()));
        twice.map_or(Ok(()), |name| Err(format!("`{}`: two columns of this name", visible(name))))
    }
}

/// The names of the columns, or those that a list without rows declares.
pub(super) fn names<'r>(response: &'r Response<'_>, columns: &[Selected<'r>]) -> Vec<&'r str> {
    match columns {
        [] => response.declared_columns().collect(),
        columns => columns.iter().map(Selected::name).collect(),
    }
}
