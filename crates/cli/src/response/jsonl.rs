//! The rows of a response as JSON, one object a line.

use std::io::{self, Write};

use cnic_response::Response;

use super::added::Lead;
use super::selection::Selected;
use crate::json;

/// How many bytes the holes of a response may take, whatever its length, and for each of its bytes.
const HOLES: (usize, usize) = (1 << 26, 1 << 6);

/// The member that holds what a response says besides its rows.
pub(super) const META: &str = "meta";

/// Writes a line for each row: an object with a member for each column, `null` for a hole.
pub(super) fn write(
    out: &mut impl Write,
    response: &Response<'_>,
    columns: &[Selected<'_>],
    lead: Lead<'_>,
) -> io::Result<()> {
    let names = lead.names().chain(columns.iter().map(Selected::name));
    let mut keys = Vec::new();
    for (number, name) in names.enumerate() {
        let mut key = if number == 0 { b"{".to_vec() } else { b",".to_vec() };
        json::write_text(&mut key, name)?;
        key.push(b':');
        keys.push(key);
    }
    if keys.is_empty() {
        return Ok(());
    }
    let (lead_keys, keys) = keys.split_at(lead.with.len());
    let mut cells: Vec<_> = keys.iter().zip(columns.iter().map(Selected::iter)).collect();
    for row in lead.rows(response) {
        for (key, number) in lead_keys.iter().zip(lead.numbers(response.code(), row)) {
            out.write_all(key)?;
            match number {
                Some(number) => write!(out, "{number}")?,
                None => out.write_all(b"null")?,
            }
        }
        for (key, cells) in &mut cells {
            out.write_all(key)?;
            match cells.next().flatten() {
                Some(cell) => json::write_text(out, cell)?,
                None => out.write_all(b"null")?,
            }
        }
        out.write_all(b"}\n")?;
    }
    Ok(())
}

/// Fails if the rows can't be written: two members would have the same name, or the holes would take far more room than the
/// response.
pub(super) fn check(
    response: &Response<'_>,
    columns: &[Selected<'_>],
    lead: Lead<'_>,
    has_meta: bool,
) -> Result<(), String> {
    let meta = has_meta.then_some(META);
    lead.check(meta.into_iter().chain(columns.iter().map(Selected::name)))?;
    let rows = response.row_count();
    let holes = columns.iter().map(|column| {
        let there = column.name().len().saturating_add(8);
        rows.saturating_sub(column.len()).saturating_mul(there)
    });
    let most = HOLES.1.saturating_mul(response.as_str().len()).saturating_add(HOLES.0);
    if holes.fold(0, usize::saturating_add) > most {
        return Err("too many holes: choose fewer columns with --columns".to_owned());
    }
    Ok(())
}

/// Writes a line with what a response says besides its rows.
pub(super) fn write_meta(
    out: &mut impl Write,
    meta: &impl serde::Serialize,
    lead: Lead<'_>,
) -> io::Result<()> {
    out.write_all(b"{")?;
    if lead.with.contains(&super::added::Added::Response) {
        write!(out, "\"response\":{},", lead.number)?;
    }
    write!(out, "\"{META}\":")?;
    json::write(out, meta)?;
    out.write_all(b"}\n")
}
