//! A reply as one line of JSON.

use std::io::{self, Write};

use cnic_response::{Class, Column, Page, Response};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Writes the object and a line end.
pub(crate) fn write(out: &mut impl Write, response: &Response<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Reply(response)).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    out.flush()
}

struct Reply<'r>(&'r Response<'r>);

impl Serialize for Reply<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let response = self.0;
        let code = response.code();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", &code.as_u16())?;
        map.serialize_entry("class", class_name(code.class()))?;
        map.serialize_entry("meaning", &code.meaning())?;
        map.serialize_entry("description", response.description())?;
        map.serialize_entry("framed", &response.is_framed())?;
        map.serialize_entry("fields", &Fields(response))?;
        map.serialize_entry("page", &response.page().map(Window))?;
        map.serialize_entry("rows", &response.row_count())?;
        map.serialize_entry("columns", &Columns(response))?;
        map.serialize_entry("notes", &Notes(response))?;
        map.end()
    }
}

pub(crate) const fn class_name(class: Class) -> &'static str {
    match class {
        Class::Success => "success",
        Class::Temporary => "temporary",
        Class::Permanent => "permanent",
        _ => "other",
    }
}

struct Fields<'r>(&'r Response<'r>);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer
            .collect_map(self.0.fields().map(|(name, value)| (name.to_ascii_lowercase(), value)))
    }
}

struct Window(Page);

impl Serialize for Window {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let page = self.0;
        serializer.collect_map([
            ("count", page.count),
            ("first", page.first),
            ("last", page.last),
            ("limit", page.limit),
            ("total", page.total),
            ("next_first", page.next_first()),
        ])
    }
}

struct Columns<'r>(&'r Response<'r>);

impl Serialize for Columns<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows = self.0.row_count();
        serializer
            .collect_map(self.0.columns().map(|column| (column.name(), Cells { column, rows })))
    }
}

/// A column, filled up with holes to the number of rows.
struct Cells<'r> {
    column: Column<'r>,
    rows: usize,
}

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = self.column.iter().chain(std::iter::repeat(None)).take(self.rows);
        serializer.collect_seq(cells)
    }
}

struct Notes<'r>(&'r Response<'r>);

impl Serialize for Notes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(
            self.0
                .notes()
                .iter()
                .map(|note| NoteLine { kind: note.kind().name(), line: note.position().line() }),
        )
    }
}

struct NoteLine {
    kind: &'static str,
    line: usize,
}

impl Serialize for NoteLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("kind", self.kind)?;
        map.serialize_entry("line", &self.line)?;
        map.end()
    }
}
