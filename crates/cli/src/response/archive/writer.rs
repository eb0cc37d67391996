//! The rows of responses, in an archive.

use std::collections::HashMap;
use std::io::{self, BufWriter};
use std::sync::Arc;

use arrow_schema::Schema;
use cnic_arrow::BatchBuilder;
use cnic_response::Response;
use cnic_text::{LineFinder, Position, Span, to_usize};

use super::destination::{Commit, Destination, Held};
use super::sheets::{Kind, Sheets};
use crate::failure::Failure;
use crate::visible::visible;

/// How many bytes of text a batch has at most, but for one more response.
const MOST_TEXT: usize = 1 << 23;

/// How many cells a batch has at most, but for one more response.
const MOST_CELLS: usize = 1 << 18;

/// How many cells the rows of one response may have: each takes memory, holes too.
const MOST_CELLS_OF_ONE: usize = 1 << 27;

/// An archive that is being written.
pub(super) struct Archive {
    builder: BatchBuilder,
    /// How many columns a row has, unless each cell is a row.
    columns: usize,
    most_rows: usize,
    /// What is said of the only response.
    metadata: HashMap<String, String>,
    kind: Kind,
    sheets: Rest,
    commit: Commit,
}

/// What there is of the file.
enum Rest {
    Nothing(BufWriter<Held>),
    Sheets(Sheets<BufWriter<Held>>),
    /// Writing has failed.
    Failed,
}

impl Archive {
    pub(super) fn new(
        builder: BatchBuilder,
        columns: usize,
        most_rows: usize,
        kind: Kind,
        destination: Destination,
    ) -> Self {
        let (out, commit) = destination.split();
        let (metadata, sheets) = (HashMap::new(), Rest::Nothing(out));
        Self { builder, columns, most_rows, metadata, kind, sheets, commit }
    }

    /// Sets what the schema says of the only response.
    pub(super) fn describe(&mut self, metadata: HashMap<String, String>) {
        self.metadata = metadata;
    }

    /// Adds the rows of a response, or says what is wrong with it.
    pub(super) fn push(&mut self, response: &Response<'_>, number: u64) -> Result<(), Problem> {
        if response.row_count().saturating_mul(self.columns) > MOST_CELLS_OF_ONE {
            return Err(Problem { cell: None, text: HOLES.to_owned() });
        }
        self.builder.set_next_number(number);
        self.builder.push(response).map_err(|error| {
            let column = error.column().unwrap_or_default();
            let row = error.row().map(|row| format!(", row {row}")).unwrap_or_default();
            let text = format!("`{}`{row}: {}", visible(column), error.kind());
            Problem { cell: error.row().map(|row| (column.to_owned(), row)), text }
        })
    }

    /// Writes the rows if there are many.
    pub(super) fn write_full(&mut self) -> Result<(), Failure> {
        let rows = self.builder.row_count();
        let is_full = rows >= self.most_rows
            || rows.saturating_mul(self.columns) >= MOST_CELLS
            || self.builder.text_len() >= MOST_TEXT;
        if is_full { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), Failure> {
        let batch = self.builder.finish();
        let fields = batch.schema_ref().fields().clone();
        let schema = Arc::new(Schema::new_with_metadata(fields, self.metadata.clone()));
        let (kind, most_rows) = (self.kind, self.most_rows);
        let write = |sheets: &mut Rest| {
            let mut open = match std::mem::replace(sheets, Rest::Failed) {
                Rest::Nothing(out) => Sheets::new(kind, out, schema, most_rows)?,
                Rest::Sheets(open) => open,
                Rest::Failed => return Ok(()),
            };
            open.write(&batch)?;
            *sheets = Rest::Sheets(open);
            Ok(())
        };
        write(&mut self.sheets).map_err(|error: io::Error| self.commit.failure(&error))
    }

    /// Ends the archive, and puts it where it goes.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        self.write()?;
        let Rest::Sheets(sheets) = self.sheets else { return Ok(()) };
        let ended = sheets
            .into_inner()
            .and_then(|out| out.into_inner().map_err(io::IntoInnerError::into_error));
        match ended {
            Ok(held) => self.commit.commit(held),
            Err(error) => Err(self.commit.failure(&error)),
        }
    }
}

/// What is said of a response with too many cells.
const HOLES: &str = "too many holes: choose fewer columns with --columns, or use --layout long";

/// What is wrong with the rows of a response.
pub(super) struct Problem {
    cell: Option<(String, usize)>,
    text: String,
}

impl Problem {
    /// Returns where it is in a stream in which the response, as it was read, begins at `start`.
    pub(super) fn position(&self, response: &Response<'_>, start: Position) -> Position {
        let cell = self.cell.as_ref().and_then(|(column, row)| response.get(column, *row));
        let Some(cell) = cell else { return start };
        let text = response.as_str();
        let byte = to_usize(Span::locate(cell, text).start);
        LineFinder::new(text.as_bytes()).position(byte).offset_by(start)
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }
}
