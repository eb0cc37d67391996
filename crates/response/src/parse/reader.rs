//! One pass over the lines of a text, which makes the index of a response.

use core::mem::take;

use cnic_text::blanks::trim_start;
use cnic_text::{LineFinder, Position, Span, to_usize};

use crate::code::Code;
use crate::error::{ErrorKind, ParseError};
use crate::index::names::eq_name;
use crate::index::normalized::NormalizedNames;
use crate::index::{Field, ReplyIndex};
use crate::limits::Limits;
use crate::line::blanks::strip_line_end;
use crate::line::property;
use crate::line::{LineKind, Lines};
use crate::note::{Note, NoteKind};
use crate::parse::buffers::Buffers;
use crate::parse::envelope::{Envelope, Header};
use crate::parse::holes;
use crate::parse::options::Options;
use crate::parse::paging::{self, Metadata};
use crate::span::{locate, narrow};

/// Reads a whole text. `replaced` is the line of the first byte that decoding had to replace.
pub(crate) fn read_text(
    text: &str,
    options: &Options,
    replaced: Option<Position>,
    buffers: &mut Buffers,
) -> Result<ReplyIndex, ParseError> {
    if text.len() > to_usize(options.limits.bytes) {
        return Err(ParseError::at(ErrorKind::ByteLimit, Position::START));
    }
    buffers.clear();
    let mut reader = ReplyReader::new(text, options, buffers);
    if text.starts_with('\u{feff}') {
        reader.note(NoteKind::ByteOrderMark, Position::START);
    }
    if let Some(position) = replaced {
        reader.note(NoteKind::ReplacedBytes, position);
    }
    let mut lines = Lines::new(text);
    while reader.end.is_none() {
        if options.predict {
            reader.expected_cells(&mut lines);
        }
        let Some(line) = lines.next_content() else { break };
        let (content, position) = line?;
        reader.at = position;
        let kind = LineKind::parse(content)
            .map_err(|row| reader.error_in(ErrorKind::IndexOverflow, row))?;
        reader.line(kind)?;
    }
    reader.finish(lines)
}

/// Why reading ended before the text did.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// At `EOF`.
    Trailer,
    /// At the `[RESPONSE]` of another reply.
    Header,
}

struct ReplyReader<'t> {
    text: &'t str,
    options: &'t Options,
    buffers: &'t mut Buffers,
    code: Option<Code>,
    description: Option<Span>,
    envelope: Envelope,
    end: Option<End>,
    /// The first line that is not blank.
    first: Option<Position>,
    /// The line at which reading is.
    at: Position,
    cells: u32,
}

impl<'t> ReplyReader<'t> {
    const fn new(text: &'t str, options: &'t Options, buffers: &'t mut Buffers) -> Self {
        Self {
            text,
            options,
            buffers,
            code: None,
            description: None,
            envelope: Envelope::new(),
            end: None,
            first: None,
            at: Position::START,
            cells: 0,
        }
    }

    fn note(&mut self, kind: NoteKind, position: Position) {
        self.buffers.notes.push(Note::new(kind, position));
    }

    /// Creates an error about a part of the current line.
    #[cold]
    fn error_in(&self, kind: ErrorKind, part: &str) -> ParseError {
        ParseError::new(kind, self.at, locate(part, self.text))
    }

    /// Creates an error about the current line.
    #[cold]
    fn error_in_line(&self, kind: ErrorKind) -> ParseError {
        self.error_in(kind, self.line_at(self.at))
    }

    /// Creates an error about something that is missing where reading ended.
    #[cold]
    fn missing(&self, kind: ErrorKind) -> ParseError {
        let place = if self.end.is_some() { self.at.byte() } else { self.text.len() };
        self.error_in(kind, &self.text[place..place])
    }

    /// Returns a line without its end.
    fn line_at(&self, at: Position) -> &'t str {
        let rest = &self.text[at.byte()..];
        let line = rest.find('\n').map_or(rest, |lf| &rest[..=lf]);
        strip_line_end(line, at == Position::START).0
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

    /// Reads the cells that are the expected ones.
    fn expected_cells(&mut self, lines: &mut Lines<'t>) {
        let Limits { lines: last_line, cells, row, .. } = self.options.limits;
        let at = Lines::position(lines);
        let line = narrow(at.line());
        // One line above the limit is left to the general path, which makes it an error.
        let max_cells = (last_line.saturating_add(1).saturating_sub(line)).min(cells - self.cells);
        let Buffers { predictor, store, .. } = &mut *self.buffers;
        let consumed = predictor.consume(self.text, narrow(at.byte()), store, max_cells, row);
        if consumed.cells > 0 {
            self.at = at.further_on(consumed.line, consumed.cells - 1);
            self.cells += consumed.cells;
            self.envelope.content();
            lines.skip_to(consumed.end, consumed.cells);
        }
    }

    fn line(&mut self, line: LineKind<'t>) -> Result<(), ParseError> {
        if self.at.line() > to_usize(self.options.limits.lines) {
            return Err(self.error_in_line(ErrorKind::LineLimit));
        }
        if !matches!(line, LineKind::Blank) {
            self.first.get_or_insert(self.at);
        }
        match line {
            LineKind::Blank => {}
            LineKind::Cell { column, row, value } => self.cell(column, row, value)?,
            LineKind::Field { name, value } => self.field(name, value)?,
            LineKind::Header => self.header(),
            LineKind::Skipped(reason) => self.note(reason.into(), self.at),
            LineKind::Trailer => {
                if !self.envelope.is_open() {
                    self.note(NoteKind::MissingHeader, self.at);
                }
                self.end = Some(End::Trailer);
            }
        }
        Ok(())
    }

    fn header(&mut self) {
        match self.envelope.header() {
            Header::Start => {}
            Header::Late => self.note(NoteKind::LateHeader, self.at),
            Header::Repeated => self.note(NoteKind::RepeatedHeader, self.at),
            Header::Next => self.end = Some(End::Header),
        }
    }

    fn field(&mut self, name: &'t str, value: &'t str) -> Result<(), ParseError> {
        self.envelope.content();
        if eq_name(name, "code") {
            let code = value.parse().map_err(|_| self.error_in(ErrorKind::InvalidCode, value))?;
            if *self.code.get_or_insert(code) != code {
                return Err(self.error_in(ErrorKind::ConflictingCode, value));
            }
        }
        let Buffers { fields, field_names, .. } = &mut *self.buffers;
        let text = self.text;
        let known = |number| fields[to_usize(number)].name.slice(text);
        let number = narrow(fields.len());
        if number == self.options.limits.fields && field_names.find(name, known).is_none() {
            return Err(self.error_in(ErrorKind::FieldLimit, name));
        }
        if field_names.add(name, number, known).is_err() {
            let is_code = eq_name(name, "code");
            let kind = if is_code { NoteKind::RepeatedCode } else { NoteKind::DuplicateField };
            self.note(kind, self.at);
            return Ok(());
        }
        let field = Field { name: locate(name, text), value: locate(value, text) };
        fields.push(field);
        if eq_name(name, "description") {
            self.description = Some(field.value);
            if value.is_empty() {
                self.note(NoteKind::EmptyDescription, self.at);
            }
        }
        Ok(())
    }

    fn cell(&mut self, column: &'t str, row: u32, value: &'t str) -> Result<(), ParseError> {
        if row > self.options.limits.row {
            return Err(self.row_limit(column));
        }
        if self.cells == self.options.limits.cells {
            return Err(self.error_in_line(ErrorKind::CellLimit));
        }
        let name = locate(column, self.text);
        let value = locate(value, self.text);
        if self.cells == 0 {
            // Were all lines from here on cells as long as this one.
            let rest = self.text.len() - self.at.byte();
            self.buffers.reserve(rest.div_ceil(to_usize(value.end) - self.at.byte()));
        }
        self.cells += 1;
        self.envelope.content();
        let column = self.column(column, name)?;
        let Buffers { store, predictor, .. } = &mut *self.buffers;
        predictor.follow(column);
        if row == store.next_row(column) {
            let line = self.at.byte();
            let (prefix, key) =
                (to_usize(name.end) + "][".len() - line, to_usize(value.start) - line);
            predictor.expect_after(row, &self.text.as_bytes()[line..], prefix, key);
        }
        if !store.place(column, row, value) {
            self.note(NoteKind::DuplicateCell, self.at);
        }
        Ok(())
    }

    /// Creates an error about the row index, which comes after the name of the column.
    #[cold]
    fn row_limit(&self, column: &str) -> ParseError {
        let start = to_usize(locate(column, self.text).end) + "][".len();
        let rest = &self.text[start..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        self.error_in(ErrorKind::RowLimit, &rest[..digits])
    }

    /// Returns the number of a column, new or known.
    fn column(&mut self, name: &'t str, span: Span) -> Result<u32, ParseError> {
        let Buffers { store, column_names, predictor, .. } = &mut *self.buffers;
        let expected = predictor.column();
        if store.name(expected).is_some_and(|known| known.slice(self.text) == name) {
            return Ok(expected);
        }
        let number = narrow(store.width());
        let known = |number| store.name(number).unwrap_or_default().slice(self.text);
        if number == self.options.limits.columns {
            let column = column_names.find(name, known);
            return column.ok_or_else(|| self.error_in(ErrorKind::ColumnLimit, name));
        }
        match column_names.add(name, number, known) {
            Ok(()) => {
                store.add_column(span);
                Ok(number)
            }
            Err(known) => Ok(known),
        }
    }

    /// Makes the index once reading has ended.
    ///
    /// The order of these steps is that of the errors: a text that is no response at all, an
    /// envelope without its end, a missing `code`. Only then are the cells put in order, since
    /// repeated ones out of order are found by sorting. What describes the list is split off before
    /// holes are counted, which are those of the data columns. Notes come last, when all kinds of
    /// them are known, and a strict parser takes the first of them.
    fn finish(mut self, unread: Lines<'t>) -> Result<ReplyIndex, ParseError> {
        let Some(first) = self.first else {
            return Err(ParseError::at(ErrorKind::Empty, Position::START));
        };
        if !self.envelope.is_open() && self.is_markup(first) {
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
        let code = self.code.ok_or_else(|| self.missing(ErrorKind::MissingCode))?;
        if self.description.is_none() {
            self.note(NoteKind::MissingDescription, self.at);
        }
        if self.end == Some(End::Trailer) {
            let trailing = data_position(unread).map(|at| Note::new(NoteKind::TrailingData, at));
            self.buffers.notes.extend(trailing);
        }

        let Buffers { store, notes, .. } = &mut *self.buffers;
        let noted = notes.len();
        let mut store = store.finish(|value| {
            // For now at the cell itself: the start of its line is found below.
            notes.push(Note::new(NoteKind::DuplicateCell, Position::new(value.start, 0)));
        });
        let mut locator = LineFinder::new(self.text.as_bytes());
        notes[noted..].sort_unstable_by_key(|note| note.position());
        for note in &mut notes[noted..] {
            *note = Note::new(note.kind(), locator.position(note.position().byte()));
        }
        let Buffers { store: builder, column_names, notes, .. } = &mut *self.buffers;
        let name = |column| builder.name(column).unwrap_or_default().slice(self.text);
        let find = |wanted: &str| column_names.find(wanted, name);
        let metadata = paging::split_paging_columns(&mut store, self.text, find);
        let line =
            |cell: Span| LineFinder::new(self.text.as_bytes()).position(to_usize(cell.start));
        if let Some(cell) = holes::passed(&store, &metadata, self.options.limits.holes) {
            builder.reclaim(store);
            let (line, kind) = (line(cell), ErrorKind::HoleLimit);
            // No name has a `]`, so that the row follows the first of them.
            let key = &self.text[line.byte()..to_usize(cell.start)];
            let row = key.split(']').nth(1).map_or("", |row| &row["[".len()..]);
            return Err(ParseError::new(kind, line, locate(row, self.text)));
        }
        let Metadata { page, height, not_numbers, .. } = metadata;
        for cell in not_numbers.into_iter().flatten() {
            notes.push(Note::new(NoteKind::MetadataNotANumber, line(cell)));
        }
        let count = page.and_then(|page| page.count);
        if count.is_some_and(|count| usize::try_from(count) != Ok(height)) {
            let column = find("count").map(|column| &store.columns[to_usize(column)]);
            let cell = column.and_then(|column| store.cell(column, 0)).unwrap_or_default();
            notes.push(Note::new(NoteKind::CountMismatch, line(cell)));
        }
        if !notes.is_sorted_by_key(|note| note.position()) {
            notes.sort_by_key(|note| note.position());
        }

        if self.options.strict {
            let is_open = self.envelope.is_open();
            let unframed = ParseError::at(ErrorKind::MissingEnvelope, Position::START);
            let noted = || self.buffers.notes.first().map(|note| self.reject(*note));
            let rejected = if is_open { noted() } else { Some(unframed) };
            if let Some(error) = rejected {
                self.buffers.store.reclaim(store);
                return Err(error);
            }
        }
        let names = self.buffers.fields.iter().map(|field| field.name.slice(self.text));
        let normalized_fields = NormalizedNames::of(names);
        let names = store.columns.iter().map(|column| column.name.slice(self.text));
        let normalized_columns = NormalizedNames::of(names);
        Ok(ReplyIndex {
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

    fn is_markup(&self, first: Position) -> bool {
        trim_start(self.line_at(first)).starts_with('<')
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
