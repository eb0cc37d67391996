//! A response as JSON, with some of its columns.

use std::iter;

use cnic_response::{Note, Response};
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::selection::Selected;

/// Everything that a response says, under the names that it has in JSON, but with these columns only. Without columns there are
/// no members for them.
pub(super) struct Overview<'r> {
    pub(super) response: &'r Response<'r>,
    pub(super) is_framed: bool,
    /// What was noted of the text that was read, which need not be the text of the response.
    pub(super) notes: &'r [Note],
    pub(super) columns: Option<&'r [Selected<'r>]>,
}

impl Serialize for Overview<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { response, is_framed, notes, columns } = *self;
        let code = response.code();
        let mut out = serializer.serialize_struct("Response", 12)?;
        out.serialize_field("code", &code)?;
        out.serialize_field("class", &code.class())?;
        out.serialize_field("meaning", &code.meaning())?;
        out.serialize_field("description", response.description())?;
        out.serialize_field("framed", &is_framed)?;
        let fields = response.fields().map(|(name, value)| (name.to_ascii_lowercase(), value));
        out.serialize_field("fields", &Members(fields))?;
        out.serialize_field("page", &response.page())?;
        out.serialize_field("rows", &response.row_count())?;
        if let Some(columns) = columns {
            let rows = response.row_count();
            let cells = columns.iter().map(|column| (column.name(), Cells { column, rows }));
            out.serialize_field("columns", &Members(cells))?;
        }
        if response.values().next().is_some() {
            out.serialize_field("values", &Members(response.values()))?;
        }
        let is_shown =
            |name: &str| columns.is_none_or(|columns| columns.iter().any(|column| column.is(name)));
        let repeated: Vec<_> =
            response.table().repeated().filter(|cell| is_shown(cell.column())).collect();
        if !repeated.is_empty() {
            out.serialize_field("repeated", &repeated)?;
        }
        out.serialize_field("notes", notes)?;
        out.end()
    }
}

/// The members of an object.
struct Members<I>(I);

impl<K: Serialize, V: Serialize, I: Iterator<Item = (K, V)> + Clone> Serialize for Members<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        for (name, value) in self.0.clone() {
            members.serialize_entry(&name, &value)?;
        }
        members.end()
    }
}

/// A column, filled up with holes to the number of rows.
struct Cells<'r> {
    column: &'r Selected<'r>,
    rows: usize,
}

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = self.column.iter().chain(iter::repeat(None)).take(self.rows);
        serializer.collect_seq(cells)
    }
}
