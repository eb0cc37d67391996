//! Responses and tables out to other formats.

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::code::{Availability, CodeClass};
use crate::mask::{Cover, Mask};
use crate::note::{Note, NoteKind};
use crate::page::Page;
use crate::redacted::Redacted;
use crate::response::Response;
use crate::table::Table;
use crate::table::column::Column;
use crate::table::repeated::RepeatedCell;

/// Everything that the response says, values that are secrets among it: see [`Response::redacted`]
/// for a log.
///
/// A member is `null` where there is nothing to say; `fields` have lower-case names, `columns`
/// their own spelling. Each column is as long as the table has rows. The [values](Table::values) of
/// a list and the [repeated](Table::repeated) cells are there only if there are any:
/// `"values":{"sum":"0.00"}`, `"repeated":[{"column":"domain","row":0,"value":"example.net"}]`.
/// Nothing is held in memory, however far apart the cells of a sparse table are.
///
/// ```
/// # use cnic_response::Response;
/// let text = "\
/// code = 200
/// description = Done
/// RUNTIME = 0.012
/// property[Domain][0] = example.com
/// property[zone][1] =
/// property[total][0] = 9
/// ...
/// ";
/// let json = serde_json::to_string(&Response::parse(text)?).expect("JSON");
/// let expected = concat!(
///     r#"{"code":200,"class":"success","meaning":"Command completed successfully","description":"Done","framed":false,"#,
///     r#""fields":{"runtime":"0.012"},"#,
///     r#""page":{"count":null,"first":null,"last":null,"limit":null,"total":9,"next_first":null},"#,
///     r#""rows":2,"columns":{"Domain":["example.com",null],"zone":[null,""]},"#,
///     r#""notes":[{"kind":"MissingEquals","line":7}]}"#,
/// );
/// assert_eq!(json, expected);
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
impl Serialize for Response<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Masked(self, Mask::NONE).serialize(serializer)
    }
}

/// The members of a [`Response`], without its secrets.
///
/// ```
/// # use cnic_response::Response;
/// let response = Response::parse("code = 200\ndescription = Done\nproperty[auth][0] = a-secret\n")?;
/// let json = serde_json::to_string(&response.redacted()).expect("JSON");
/// assert!(json.contains(r#""columns":{"auth":["***"]}"#));
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
impl Serialize for Redacted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Masked(self.response, self.mask).serialize(serializer)
    }
}

/// A response, and what to hide of it.
struct Masked<'r>(&'r Response<'r>, Mask<'r>);

impl Serialize for Masked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(response, mask) = *self;
        let (code, table) = (response.code(), response.table());
        let (has_values, repeats) = (table.values().next().is_some(), table.repeated().len() > 0);
        let members = 10 + usize::from(has_values) + usize::from(repeats);
        let mut out = serializer.serialize_struct("Response", members)?;
        out.serialize_field("code", &code)?;
        out.serialize_field("class", &code.class())?;
        out.serialize_field("meaning", &code.meaning())?;
        out.serialize_field("description", &*mask.description(response.description()))?;
        out.serialize_field("framed", &response.is_framed())?;
        out.serialize_field("fields", &Fields(response, mask))?;
        out.serialize_field("page", &response.page())?;
        out.serialize_field("rows", &response.row_count())?;
        out.serialize_field("columns", &Columns(table, mask))?;
        if has_values {
            out.serialize_field("values", &ListValues(table, mask))?;
        } else {
            out.skip_field("values")?;
        }
        if repeats {
            out.serialize_field("repeated", &RepeatedCells(table, mask))?;
        } else {
            out.skip_field("repeated")?;
        }
        out.serialize_field("notes", response.notes())?;
        out.end()
    }
}

/// The data columns by name, each as long as the table has rows: `{"domain":["example.com",null]}`.
///
/// Nothing is held in memory, however far apart the cells are.
impl Serialize for Table<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Columns(*self, Mask::NONE).serialize(serializer)
    }
}

/// The columns of a table, and what to hide of them.
struct Columns<'r>(Table<'r>, Mask<'r>);

impl Serialize for Columns<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(table, mask) = *self;
        let mut columns = serializer.serialize_map(Some(table.columns().count()))?;
        for column in table.columns() {
            let cells = Cells { column, rows: table.row_count(), cover: mask.column(column) };
            columns.serialize_entry(column.name(), &cells)?;
        }
        columns.end()
    }
}

/// A column, filled up with holes to the number of rows.
struct Cells<'r> {
    column: Column<'r>,
    rows: usize,
    cover: Cover,
}

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = self.column.iter().chain(core::iter::repeat(None)).take(self.rows);
        serializer.collect_seq(cells.map(|cell| cell.map(|value| self.cover.value(value))))
    }
}

struct ListValues<'r>(Table<'r>, Mask<'r>);

impl Serialize for ListValues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(table, mask) = *self;
        let mut values = serializer.serialize_map(Some(table.values().count()))?;
        for (name, value) in table.values() {
            values.serialize_entry(name, mask.field(name, value))?;
        }
        values.end()
    }
}

struct RepeatedCells<'r>(Table<'r>, Mask<'r>);

impl Serialize for RepeatedCells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.1.repeated(self.0))
    }
}

/// `{"column":"domain","row":0,"value":"example.net"}`.
impl Serialize for RepeatedCell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut cell = serializer.serialize_struct("RepeatedCell", 3)?;
        cell.serialize_field("column", self.column())?;
        cell.serialize_field("row", &self.row())?;
        cell.serialize_field("value", self.value())?;
        cell.end()
    }
}

struct Fields<'r>(&'r Response<'r>, Mask<'r>);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(Some(self.0.fields().count()))?;
        for (name, value) in self.0.fields() {
            let value = self.1.field(name, value);
            fields.serialize_entry(&name.to_ascii_lowercase(), value)?;
        }
        fields.end()
    }
}

/// The members, and [`next_first`](Page::next_first): `null` where a number is absent.
///
/// ```
/// use cnic_response::Page;
///
/// let json = serde_json::to_string(&Page::window(0, 2, 2, 5))?;
/// assert_eq!(json, r#"{"count":2,"first":0,"last":1,"limit":2,"total":5,"next_first":2}"#);
/// assert_eq!(serde_json::from_str::<Page>(&json)?, Page::window(0, 2, 2, 5));
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for Page {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut page = serializer.serialize_struct("Page", 6)?;
        page.serialize_field("count", &self.count)?;
        page.serialize_field("first", &self.first)?;
        page.serialize_field("last", &self.last)?;
        page.serialize_field("limit", &self.limit)?;
        page.serialize_field("total", &self.total)?;
        page.serialize_field("next_first", &self.next_first())?;
        page.end()
    }
}

/// The name of the kind and the number of the line: `{"kind":"MissingEquals","line":7}`.
impl Serialize for Note {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut note = serializer.serialize_struct("Note", 2)?;
        note.serialize_field("kind", &self.kind())?;
        note.serialize_field("line", &self.position().line())?;
        note.end()
    }
}

macro_rules! as_name {
    ($($type:ident: $example:literal,)+) => {
        $(
            #[doc = concat!("The [name](Self::name): `\"", $example, "\"`.")]
            impl Serialize for $type {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_str(self.name())
                }
            }
        )+
    };
}

as_name! {
    Availability: "not available",
    CodeClass: "success",
    NoteKind: "MissingEquals",
}
