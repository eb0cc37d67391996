//! One pass over the lines of a text, which makes the index of a response.

use core::cmp::Ordering;

use cnic_text::simd::{WIDTH, eq_mask};
use cnic_text::{Position, Span, to_usize};

use crate::code::Code;
use crate::error::{ErrorKind, ParseError};
use crate::index::folding::{eq_folded, eq_name};
use crate::index::{Field, ResponseIndex};
use crate::line::blanks::strip_line_end;
use crate::line::property::CommonCell;
use crate::line::{LineKind, Lines};
use crate::note::{Note, NoteKind};
use crate::parse::buffers::Buffers;
use crate::parse::envelope::{Envelope, Header};
use crate::parse::options::Options;
use crate::span::{locate, narrow};

/// Reads a whole text. `replaced` is the line of the first byte that decoding had to replace.
pub(crate) fn read_text(
    text: &str,
    options: &Options,
    replaced: Option<Position>,
    buffers: &mut Buffers,
) -> Result<ResponseIndex, ParseError> {
    if text.len() > to_usize(options.limits.bytes) {
        return Err(ParseError::at(ErrorKind::ByteLimit, Position::START));
    }
    buffers.clear();
    let mut reader = ResponseReader::new(text, options, buffers);
    if text.starts_with('\u{feff}') {
        reader.note(NoteKind::ByteOrderMark, Position::START);
    }
    if let Some(position) = replaced {
        reader.note(NoteKind::ReplacedBytes, position);
    }
    let mut lines = Lines::new(text);
    while reader.end.is_none() {
        if options.predict && may_be_cell(lines.rest()) {
            reader.common_cells(&mut lines)?;
        }
        let Some(line) = lines.next_content() else { break };
        let (content, position) = line?;
        reader.at = position;
        reader.line(content)?;
    }
    reader.finish(lines)
}

/// Returns whether a line begins as that of a cell may.
#[inline(always)]
fn may_be_cell(line: &str) -> bool {
    matches!(line.as_bytes().first(), Some(b'p' | b'P' | b' ' | b'\t'))
}

/// Why reading ended before the text did.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// At `EOF`.
    Trailer,
    /// At the `[RESPONSE]` of another response.
    Header,
}

/// What was read so far. [`finish`](Self::finish) makes the index of it.
pub(super) struct ResponseReader<'t> {
    pub(super) text: &'t str,
    pub(super) options: &'t Options,
    pub(super) buffers: &'t mut Buffers,
    pub(super) code: Option<Code>,
    pub(super) description: Option<Span>,
    pub(super) envelope: Envelope,
    pub(super) end: Option<End>,
    /// The first line that is not blank.
    pub(super) first: Option<Position>,
    /// The line at which reading is.
    pub(super) at: Position,
    cells: u32,
}

impl<'t> ResponseReader<'t> {
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

    pub(super) fn note(&mut self, kind: NoteKind, position: Position) {
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
    pub(super) fn missing(&self, kind: ErrorKind) -> ParseError {
        let place = if self.end.is_some() { self.at.byte() } else { self.text.len() };
        self.error_in(kind, &self.text[place..place])
    }

    /// Returns a line without its end.
    pub(super) fn line_at(&self, at: Position) -> &'t str {
        let rest = &self.text[at.byte()..];
        let line = rest.find('\n').map_or(rest, |lf| &rest[..=lf]);
        strip_line_end(line, at == Position::START).0
    }

    /// Reads cells in the spelling of the servers, which nearly all lines are, as far as they go.
    /// Whatever may be an error is left to [`line`](Self::line).
    #[inline(never)]
    fn common_cells(&mut self, lines: &mut Lines<'t>) -> Result<(), ParseError> {
        let (bytes, limits) = (self.text.as_bytes(), &self.options.limits);
        let start = Lines::position(lines);
        let max_lines = limits.lines.saturating_sub(start.lines_before());
        let (mut at, mut next, mut read, mut cells) = (0, narrow(start.byte()), 0, self.cells);
        while read < max_lines {
            let Buffers { predictor, store, .. } = &mut *self.buffers;
            let expected = predictor.column();
            if predictor.is_expected(expected, bytes, next) {
                let max_cells = (max_lines - read).min(limits.cells - cells);
                let taken = predictor.consume(bytes, next, store, max_cells, limits.row);
                if taken.cells > 0 {
                    // No note and no error can come from these lines, and nothing else is there to
                    // be done for each.
                    (at, next) = (taken.line, taken.end);
                    read += taken.cells;
                    cells += taken.cells;
                    continue;
                }
            }
            let Some(cell) = CommonCell::parse_common_form(bytes, to_usize(next)) else { break };
            if cell.row > limits.row || cells == limits.cells {
                break;
            }
            (at, next) = (next, cell.value.end + 1);
            if cells == 0 {
                self.buffers.reserve_for(bytes.len() - to_usize(at), to_usize(next - at));
            }
            let Some(column) = self.column(expected, cell.column) else {
                self.at = start.further_on(at, read);
                return Err(self.column_limit(cell.column));
            };
            self.buffers.place(column, &cell, start.further_on(at, read));
            read += 1;
            cells += 1;
        }
        if read > 0 {
            self.cells = cells;
            self.envelope.content();
            self.first.get_or_insert(start);
            self.at = start.further_on(at, read - 1);
            lines.skip_to(next, read);
        }
        Ok(())
    }

    /// Reads a line, whatever it is.
    #[inline(never)]
    fn line(&mut self, content: &'t str) -> Result<(), ParseError> {
        let line =
            LineKind::parse(content).map_err(|row| self.error_in(ErrorKind::IndexOverflow, row))?;
        if self.at.line() > to_usize(self.options.limits.lines) {
            return Err(self.error_in_line(ErrorKind::LineLimit));
        }
        if !matches!(line, LineKind::Blank) {
            self.first.get_or_insert(self.at);
        }
        match line {
            LineKind::Blank => {}
            LineKind::Cell { column, row, value } => {
                let (column, value) = (locate(column, self.text), locate(value, self.text));
                self.cell(&CommonCell { column, row, value })?;
            }
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
        // Before the look-up: a second `code` that differs is an error, not a field given twice.
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

    fn cell(&mut self, cell: &CommonCell) -> Result<(), ParseError> {
        if cell.row > self.options.limits.row {
            return Err(self.row_limit(cell.column));
        }
        if self.cells == self.options.limits.cells {
            return Err(self.error_in_line(ErrorKind::CellLimit));
        }
        if self.cells == 0 {
            let at = self.at.byte();
            self.buffers.reserve_for(self.text.len() - at, to_usize(cell.value.end) - at);
        }
        self.cells += 1;
        self.envelope.content();
        let column = self.column(self.buffers.predictor.column(), cell.column);
        let column = column.ok_or_else(|| self.column_limit(cell.column))?;
        self.buffers.place(column, cell, self.at);
        Ok(())
    }

    /// Creates an error about the row index, which comes after the name of the column.
    #[cold]
    fn row_limit(&self, column: Span) -> ParseError {
        let start = to_usize(column.end) + "][".len();
        let rest = &self.text[start..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        self.error_in(ErrorKind::RowLimit, &rest[..digits])
    }

    /// Returns the number of a column, new or known. `None`: there are as many as there may be.
    #[inline(always)]
    fn column(&mut self, expected: u32, name: Span) -> Option<u32> {
        // A line that is not as expected, because of its spelling or a gap in the rows, is mostly
        // of the expected column all the same. To compare one name is less than to look for it.
        match self.buffers.store.name(expected) {
            Some(known) if is_same_name(self.text.as_bytes(), known, name) => Some(expected),
            _ => self.other_column(name),
        }
    }

    #[inline(never)]
    fn other_column(&mut self, span: Span) -> Option<u32> {
        let Buffers { store, column_names, .. } = &mut *self.buffers;
        let bytes = self.text.as_bytes();
        let name = &bytes[span.range()];
        let number = narrow(store.width());
        let known = |number| &bytes[store.name(number).unwrap_or_default().range()];
        if number == self.options.limits.columns {
            return column_names.find(name, known);
        }
        match column_names.add(name, number, known) {
            Ok(()) => {
                store.add_column(span);
                Some(number)
            }
            Err(known) => Some(known),
        }
    }

    #[cold]
    fn column_limit(&self, name: Span) -> ParseError {
        self.error_in(ErrorKind::ColumnLimit, name.slice(self.text))
    }
}

/// Returns whether two parts of a text are the same name. `false`: they may be, if they are long and
/// their ends are spelled differently.
#[inline(always)]
fn is_same_name(text: &[u8], a: Span, b: Span) -> bool {
    let len = to_usize(a.end - a.start);
    if len != to_usize(b.end - b.start) {
        return false;
    }
    let from = |name: Span| text.get(to_usize(name.start)..).unwrap_or_default();
    let (a, b) = (from(a), from(b));
    if len >= WIDTH {
        let (a, b) = (&a[..len], &b[..len]);
        return a.last_chunk::<8>() == b.last_chunk() && eq_folded(a, b);
    }
    // Nearly always they are spelled alike, and shorter than a look.
    let are_alike = a.first_chunk().zip(b.first_chunk()).is_some_and(|(a, b)| {
        let after = u32::MAX << len;
        eq_mask(a, b) | after == u32::MAX
    });
    are_alike || eq_folded(&a[..len], &b[..len])
}

impl Buffers {
    /// Puts a cell, whose line is at `at`, into its column.
    #[inline(always)]
    fn place(&mut self, column: u32, cell: &CommonCell, at: Position) {
        self.predictor.follow(column);
        match self.store.place(column, cell.row, cell.value) {
            Ordering::Less => self.notes.push(Note::new(NoteKind::DuplicateCell, at)),
            Ordering::Equal => self.predictor.expect_after(narrow(at.byte()), cell),
            Ordering::Greater => {}
        }
    }
}
