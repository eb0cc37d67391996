//! The rows of a response as CSV.

use std::io::{self, Write};

use cnic_response::Response;

use super::added::{Lead, names};
use super::selection::Selected;
use crate::words::{any, equal};

/// Writes a line of column names, then the rows. A response without columns is no line at all.
///
/// The columns of a list without rows are those that it declares.
pub(super) fn write(
    out: &mut impl Write,
    response: &Response<'_>,
    columns: &[Selected<'_>],
    lead: Lead<'_>,
) -> io::Result<()> {
    let names = names(response, columns);
    header(out, lead, &names)?;
    rows(out, response, columns, names.len(), lead)
}

/// Writes the names of the columns.
pub(super) fn header(
    out: &mut impl Write,
    lead: Lead<'_>,
    names: &[impl AsRef<str>],
) -> io::Result<()> {
    let mut names = lead.names().chain(names.iter().map(AsRef::as_ref)).map(Some).peekable();
    if names.peek().is_some() { line(out, names) } else { Ok(()) }
}

/// Writes the rows of a response, in so many columns.
///
/// A hole is an empty field, and an empty cell is `""`, so that a reader can tell them apart. In a table of one column both are
/// `""`, since readers skip empty lines.
pub(super) fn rows(
    out: &mut impl Write,
    response: &Response<'_>,
    columns: &[Selected<'_>],
    width: usize,
    lead: Lead<'_>,
) -> io::Result<()> {
    let hole = if lead.with.len() + width == 1 { Some("") } else { None };
    let mut cells: Vec<_> = columns.iter().map(Selected::iter).collect();
    if lead.with.is_empty() {
        for _ in 0..response.row_count() {
            line(out, cells.iter_mut().map(|cells| cells.next().flatten().or(hole)))?;
        }
        return Ok(());
    }
    for row in lead.rows(response) {
        let numbers = lead.numbers(response.code(), row);
        let numbers: Vec<_> =
            numbers.map(|number| number.map(|number| number.to_string())).collect();
        let numbers = numbers.iter().map(|number| number.as_deref().or(hole));
        let cells = (0..width).map(|column| cells.get_mut(column)?.next().flatten());
        line(out, numbers.chain(cells))?;
    }
    Ok(())
}

fn line<'r>(
    out: &mut impl Write,
    fields: impl IntoIterator<Item = Option<&'r str>>,
) -> io::Result<()> {
    let mut separator: &[u8] = b"";
    for field in fields {
        out.write_all(separator)?;
        separator = b",";
        if let Some(text) = field {
            self::field(out, text)?;
        }
    }
    out.write_all(b"\n")
}

/// Writes a field, in quotes if a reader would take it for something else.
fn field(out: &mut impl Write, text: &str) -> io::Result<()> {
    let needs_quotes =
        |word| equal(b',', word) | equal(b'"', word) | equal(b'\n', word) | equal(b'\r', word);
    if !text.is_empty() && !any(text.as_bytes(), needs_quotes) {
        return out.write_all(text.as_bytes());
    }
    for (number, part) in text.split('"').enumerate() {
        out.write_all(if number == 0 { b"\"" } else { b"\"\"" })?;
        out.write_all(part.as_bytes())?;
    }
    out.write_all(b"\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let texts = ["", "a", "a,b", "\"", "a\"b\"\"", "a\nb", "\r", " a ", "12345678,", "ü\"ü"];
        let mut csv = Vec::new();
        line(&mut csv, texts.map(Some)).expect("memory");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&*csv);
        let read = reader.records().next().expect("a line").expect("CSV");
        assert_eq!(read.iter().collect::<Vec<_>>(), texts);
    }

    #[test]
    fn holes_and_empty_cells_are_told_apart_where_readers_can() {
        let mut csv = Vec::new();
        line(&mut csv, [Some("a"), None, Some(""), Some("b c")]).expect("memory");
        assert_eq!(csv, b"a,,\"\",b c\n");
    }
}
