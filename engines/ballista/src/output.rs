//! The result of a query as text.

use std::io::{self, Write};

use datafusion::arrow::csv;
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::json;
use datafusion::arrow::util::display::FormatOptions;
use datafusion::arrow::util::pretty::pretty_format_batches_with_options;

use crate::client::Rows;

/// How a result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[non_exhaustive]
pub enum Format {
    /// A table; null is `·`.
    Table,
    /// One JSON object a row; null is `null`.
    Json,
    /// CSV with a header; null and the empty text are both empty. Lists cannot be written.
    Csv,
}

/// Writes the rows.
pub(crate) fn write(rows: &Rows, format: Format, output: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Table => table(rows, output),
        Format::Json => {
            let mut writer = json::WriterBuilder::new()
                .with_explicit_nulls(true)
                .build::<_, json::writer::LineDelimited>(output);
            writer.write_batches(&rows.batches.iter().collect::<Vec<_>>()).map_err(failed)?;
            writer.finish().map_err(failed)
        }
        Format::Csv => {
            let mut output = output;
            if rows.batches.is_empty() {
                // The writer takes the header from the first batch.
                let empty = datafusion::arrow::array::RecordBatch::new_empty(rows.schema.clone());
                return csv::Writer::new(&mut output).write(&empty).map_err(failed);
            }
            let mut writer = csv::Writer::new(&mut output);
            rows.batches.iter().try_for_each(|batch| writer.write(batch)).map_err(failed)
        }
    }
}

/// Writes a table that does nothing to a terminal: control characters, and marks that change the
/// direction of text, become escapes.
fn table(rows: &Rows, output: &mut dyn Write) -> io::Result<()> {
    let options = FormatOptions::default().with_null("·");
    let empty = [datafusion::arrow::array::RecordBatch::new_empty(rows.schema.clone())];
    let batches = if rows.batches.is_empty() { &empty } else { rows.batches.as_slice() };
    let text = pretty_format_batches_with_options(batches, &options).map_err(failed)?.to_string();
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if (c.is_control() && c != '\n') || is_direction(c) {
            escaped.extend(c.escape_unicode());
        } else {
            escaped.push(c);
        }
    }
    writeln!(output, "{escaped}")
}

/// Returns whether a character changes the direction of text.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// An error of the writer: that of the output below it, or one of its own.
fn failed(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, source) => source,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use datafusion::arrow::array::{ArrayRef, RecordBatch, StringArray};

    use super::*;

    fn rows(cells: Vec<Option<&str>>) -> Rows {
        let cells: ArrayRef = Arc::new(StringArray::from(cells));
        let batch = RecordBatch::try_from_iter_with_nullable([("cell", cells, true)]).unwrap();
        Rows { schema: batch.schema(), batches: vec![batch] }
    }

    fn text(rows: &Rows, format: Format) -> String {
        let mut output = Vec::new();
        write(rows, format, &mut output).unwrap();
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn a_hole_is_not_an_empty_cell() {
        let rows = rows(vec![None, Some("")]);
        assert_eq!(text(&rows, Format::Json), "{\"cell\":null}\n{\"cell\":\"\"}\n");
        assert_eq!(text(&rows, Format::Table).matches('·').count(), 1);
    }

    #[test]
    fn no_rows_have_a_header() {
        let mut rows = rows(vec![]);
        rows.batches.clear();
        assert_eq!(text(&rows, Format::Csv), "cell\n");
        assert!(text(&rows, Format::Table).contains("cell"));
        assert_eq!(text(&rows, Format::Json), "");
    }

    #[test]
    fn a_cell_does_nothing_to_a_terminal() {
        let table = text(&rows(vec![Some("a\u{1b}[2Jb\u{202e}c")]), Format::Table);
        assert!(table.contains("a\\u{1b}[2Jb\\u{202e}c"), "{table}");
    }
}
