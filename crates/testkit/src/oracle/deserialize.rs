//! What holds for every response that is read into types, or written out to JSON.

use std::collections::BTreeMap;

use cnic_response::{DeserializeError, DeserializeErrorKind, Response};
use serde::Deserialize;

/// A larger table than that is left out: its rows may be many although its text is short.
const LARGEST: usize = 5_000;

/// A structure with columns that responses have, in any spelling.
#[derive(Debug, Deserialize, PartialEq)]
struct Domain<'r> {
    #[serde(borrow)]
    domain: Option<&'r str>,
    #[serde(borrow, rename = "EXPIRATIONDATE")]
    expiration_date: Option<&'r str>,
    #[serde(borrow)]
    status: Option<&'r str>,
    #[serde(borrow, rename = "note=1")]
    note: Option<&'r str>,
}

/// A structure with columns that nearly all lists have, so that many of its rows have no holes.
#[derive(Debug, Deserialize, PartialEq)]
struct Status<'r> {
    #[serde(borrow)]
    status: Option<&'r str>,
    #[serde(borrow)]
    domain: Option<&'r str>,
}

/// A response from any text: nothing panics, and types see the cells that the table has.
///
/// * A row as a map or a list is the cells of the row, as a structure the cells that are found by name.
/// * A number is read where a cell is one, and otherwise refused with the column, the row and the line of that cell.
/// * An object as a map of lists is the columns.
/// * JSON that is read again has every cell.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn response_deserialize(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else { return };
    let Ok(response) = Response::parse(text) else { return };
    if response.row_count().saturating_mul(response.columns().count()) > LARGEST {
        return;
    }
    rows(&response);
    numbers(&response);
    object(&response);
    json(&response);
}

fn rows(response: &Response<'_>) {
    type Map = BTreeMap<String, Option<String>>;

    let rows = || response.rows();
    for (row, map) in rows().zip(rows().deserialize::<Map>()) {
        let cells = row.cells().map(|(name, cell)| (name.to_owned(), cell.map(str::to_owned)));
        assert_eq!(map.as_ref(), Ok(&cells.collect()));
        assert_eq!(row.deserialize(), map);
    }
    for (row, list) in rows().zip(rows().deserialize::<Vec<Option<&str>>>()) {
        assert_eq!(list, Ok(row.cells().map(|(_, cell)| cell).collect()));
    }
    for (row, domain) in rows().zip(rows().deserialize::<Domain<'_>>()) {
        let expected = Domain {
            domain: row.get("domain"),
            expiration_date: row.get("EXPIRATIONDATE"),
            status: row.get("status"),
            note: row.get("note=1"),
        };
        assert_eq!(domain, Ok(expected));
    }
    for (row, status) in rows().zip(rows().deserialize::<Status<'_>>()) {
        let expected = Status { status: row.get("status"), domain: row.get("domain") };
        assert_eq!(status, Ok(expected));
    }
    assert_eq!(rows().deserialize::<Map>().count(), response.row_count());
}

/// Numbers in a map, which holes are no part of where they can't be.
fn numbers(response: &Response<'_>) {
    for (row, map) in response.rows().zip(response.rows().deserialize::<BTreeMap<&str, u32>>()) {
        let cells = row.cells().filter_map(|(name, cell)| Some((name, cell?)));
        let read = |cell: &str| cell.parse().ok().filter(|_| !cell.starts_with('+'));
        let mut wrong = cells.clone().filter(|(_, cell)| read(cell).is_none());
        match (map, wrong.next()) {
            (Ok(map), None) => {
                assert!(map.into_iter().eq(BTreeMap::from_iter(
                    cells.filter_map(|(name, cell)| Some((name, read(cell)?)))
                )));
            }
            (Err(error), Some((name, cell))) => {
                assert_eq!(error.kind(), DeserializeErrorKind::InvalidInteger);
                assert_eq!((error.column(), error.row()), (Some(name), Some(row.index())));
                names_the_line(response.as_str(), &error, cell);
            }
            (map, wrong) => panic!("{map:?} although {wrong:?}"),
        }
    }
}

/// The line is the one in which the cell lies.
fn names_the_line(text: &str, error: &DeserializeError, cell: &str) {
    let (start, line) = (error.position().byte(), error.position().line());
    assert_eq!(line, 1 + text[..start].matches('\n').count());
    assert!(start == 0 || text.as_bytes()[start - 1] == b'\n', "not the start of a line");
    let length = text[start..].find('\n').unwrap_or(text.len() - start);
    let place = cell.as_ptr().addr() - text.as_ptr().addr();
    assert!((start..=start + length).contains(&place), "another line");
}

fn object(response: &Response<'_>) {
    let lists: BTreeMap<&str, Vec<Option<&str>>> = response.deserialize_object().expect("lists");
    let columns = response.columns().map(|column| (column.name(), column.iter().collect()));
    assert_eq!(lists, columns.collect());
    let firsts: BTreeMap<&str, &str> = response.deserialize_object().expect("texts");
    let cells = response.columns().filter_map(|column| Some((column.name(), column.get(0)?)));
    assert_eq!(firsts, cells.collect());
}

fn json(response: &Response<'_>) {
    #[derive(Deserialize)]
    struct Written {
        code: u16,
        description: String,
        fields: BTreeMap<String, String>,
        rows: usize,
        columns: BTreeMap<String, Vec<Option<String>>>,
        notes: Vec<serde_json::Value>,
    }

    let text = serde_json::to_string(response).expect("JSON");
    let written: Written = serde_json::from_str(&text).expect("what was written");
    assert_eq!(written.code, response.code().as_u16());
    assert_eq!(written.description, response.description());
    assert_eq!(written.rows, response.row_count());
    assert_eq!(written.notes.len(), response.notes().len());
    assert_eq!(written.fields.len(), response.fields().count());
    assert!(written.fields.iter().all(|(name, value)| response.field(name) == Some(value)));
    assert_eq!(written.columns.len(), response.columns().count());
    for column in response.columns() {
        let cells = &written.columns[column.name()];
        assert_eq!(cells.len(), response.row_count());
        let is_same = |(row, cell): (usize, &Option<String>)| cell.as_deref() == column.get(row);
        assert!(cells.iter().enumerate().all(is_same), "a cell differs");
    }
}
