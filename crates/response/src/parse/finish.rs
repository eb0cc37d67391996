//! What is left to do when reading has ended: the index, its notes, and the errors that only the
//! whole text can show.

use core::mem::take;

use cnic_text::blanks::trim_start;
use cnic_text::{LineFinder, Position, Span, to_usize};

use crate::error::{ErrorKind, ParseError};
use crate::index::ResponseIndex;
use crate::index::cells::CellStore;
use crate::index::normalized::NormalizedNames;
use crate::line::property;
use crate::line::{LineKind, Lines};
use crate::note::{Note, NoteKind};
use crate::parse::buffers::Buffers;
use crate::parse::holes;
use crate::parse::paging::{self, Metadata};
use crate::parse::reader::{End, ResponseReader};
use crate::span::locate;

impl<'t> ResponseReader<'t> {
    /// Makes the index once reading has ended.
    ///
    /// The order of these steps is that of the errors: a text that is not a response at all, an
    /// envelope without its end, a missing `code`. Only then are the cells put in order, since
    /// repeated ones out of order are found by sorting. What describes the list is split off before
    /// holes are counted, which are those of the data columns. Notes come last, when all kinds of
    /// them are known, and a strict parser takes the first of them.
    pub(super) fn finish(mut self, unread: Lines<'t>) -> Result<ResponseIndex, ParseError> {
        let truncated = self.check_envelope()?;
        let code = self.code.ok_or_else(|| self.missing(ErrorKind::MissingCode))?;
        if self.description.is_none() {
            self.note(NoteKind::MissingDescription, self.at);
        }
        if self.end == Some(End::Trailer) {
            let trailing = data_position(unread).map(|at| Note::new(NoteKind::TrailingData, at));
            self.buffers.notes.extend(trailing);
        }

        let mut store = self.finish_cells();
        let Buffers { store: builder, column_names, notes, .. } = &mut *self.buffers;
        let name = |column| builder.name(column).unwrap_or_default().slice(self.text);
        let find = |wanted: &str| column_names.find(wanted, name);
        let metadata = paging::split_paging_columns(&mut store, self.text, find);
        if let Some(cell) = holes::passed(&store, &metadata, self.options.limits.holes) {
            builder.reclaim(store);
            return Err(self.hole_limit(cell));
        }
        let Metadata { page, height, not_numbers, .. } = metadata;
        // Spans have no line numbers, which would be 4 bytes for every cell. The few that are noted
        // are counted anew.
        let line =
            |cell: Span| LineFinder::new(self.text.as_bytes()).position(to_usize(cell.start));
        for cell in not_numbers.into_iter().flatten() {
            notes.push(Note::new(NoteKind::MetadataNotANumber, line(cell)));
        }
        let count = page.and_then(|page| page.count);
        if count.is_some_and(|count| usize::try_from(count) != Ok(height)) {
            let column = find("count").map(|column| &store.columns[to_usize(column)]);
            let cell = column.and_then(|column| store.cell(column, 0)).unwrap_or_default();
            notes.push(Note::new(NoteKind::CountMismatch, line(cell)));
        }
        // A stable sort takes a buffer, and nearly always the notes are in order.
        if !notes.is_sorted_by_key(|note| note.position()) {
            notes.sort_by_key(|note| note.position());
        }

        if let Some(error) = self.violation() {
            // The memory of the cells serves the next response, after an error as well.
            self.buffers.store.reclaim(store);
            return Err(error);
        }
        let names = self.buffers.fields.iter().map(|field| field.name.slice(self.text));
        let normalized_fields = NormalizedNames::of(names);
        let names = store.columns.iter().map(|column| column.name.slice(self.text));
        let normalized_columns = NormalizedNames::of(names);
        Ok(ResponseIndex {
            code,
            description: self.description.unwrap_or_default(),
            framed: self.envelope.is_open(),
            truncated,
            fields: take(&mut self.buffers.fields),
            field_names: take(&mut self.buffers.field_names),
            normalized_fields,
            store,
            column_names: take(&mut self.buffers.column_names),
            normalized_columns,
            height,
            page,
            notes: take(&mut self.buffers.notes),
        })
    }

    /// Rejects a text that is not a response, and a response without its end unless that is
    /// allowed. Returns whether the end is missing.
    ///
    /// Without a `[RESPONSE]` the end of the text is the end of the response, as in a mail or a log
    /// of which only the lines were kept. So an end can be missing only where an envelope began, by
    /// `EOF` or by the `[RESPONSE]` of the next response.
    fn check_envelope(&mut self) -> Result<bool, ParseError> {
        let Some(first) = self.first else {
            return Err(ParseError::at(ErrorKind::Empty, Position::START));
        };
        if !self.envelope.is_open() && trim_start(self.line_at(first)).starts_with('<') {
            let line = locate(self.line_at(first), self.text);
            return Err(ParseError::new(ErrorKind::Markup, first, line));
        }
        let truncated = self.envelope.is_open() && self.end != Some(End::Trailer);
        if truncated {
            if !self.options.allow_truncated {
                return Err(self.missing(ErrorKind::Truncated));
            }
            self.note(NoteKind::Truncated, self.at);
        }
        Ok(truncated)
    }

    /// Puts the cells in order, and notes those that are given again.
    fn finish_cells(&mut self) -> CellStore {
        let Buffers { store, notes, .. } = &mut *self.buffers;
        let noted = notes.len();
        let store = store.finish(|value| {
            // For now at the cell itself: the start of its line is found below.
            notes.push(Note::new(NoteKind::DuplicateCell, Position::new(value.start, 0)));
        });
        // In order of the text one pass over it counts the lines of all of them.
        let mut locator = LineFinder::new(self.text.as_bytes());
        notes[noted..].sort_unstable_by_key(|note| note.position());
        for note in &mut notes[noted..] {
            *note = Note::new(note.kind(), locator.position(note.position().byte()));
        }
        store
    }

    /// Creates an error about the row index of a cell.
    #[cold]
    fn hole_limit(&self, cell: Span) -> ParseError {
        let line = LineFinder::new(self.text.as_bytes()).position(to_usize(cell.start));
        // No name has a `]`, so that the row follows the first of them.
        let key = &self.text[line.byte()..to_usize(cell.start)];
        let row = key.split(']').nth(1).map_or("", |row| &row["[".len()..]);
        ParseError::new(ErrorKind::HoleLimit, line, locate(row, self.text))
    }

    /// Returns the first thing that a strict parser does not accept.
    fn violation(&self) -> Option<ParseError> {
        if !self.options.strict {
            return None;
        }
        if !self.envelope.is_open() {
            return Some(ParseError::at(ErrorKind::MissingEnvelope, Position::START));
        }
        self.buffers.notes.first().map(|note| self.reject(*note))
    }

    /// Turns a note into an error about the same part of the text.
    #[cold]
    fn reject(&self, note: Note) -> ParseError {
        use NoteKind::{ByteOrderMark, MalformedProperty, MissingDescription, Truncated};
        let kind = ErrorKind::Noted(note.kind());
        let line = self.line_at(note.position());
        let part = match note.kind() {
            ByteOrderMark => &self.text[..'\u{feff}'.len_utf8()],
            MalformedProperty(_) => property::strip_property_prefix(trim_start(line))
                .map_or(line, |opened| property::fault(opened).1),
            // One kind for one fact, whether the parser allows it or not.
            Truncated => return self.missing(ErrorKind::Truncated),
            MissingDescription => return self.missing(kind),
            _ => line,
        };
        ParseError::new(kind, note.position(), locate(part, self.text))
    }
}

/// Returns the place of the first line that is not blank.
fn data_position(lines: Lines<'_>) -> Option<Position> {
    for line in lines {
        match line {
            Ok(line) if line.kind() == LineKind::Blank => {}
            Ok(line) => return Some(line.position()),
            Err(error) => return Some(error.position()),
        }
    }
    None
}
