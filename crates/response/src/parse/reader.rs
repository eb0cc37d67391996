//! One pass over the lines of a text, which makes the index of a response.

use core::cmp::Ordering;

use cnic_text::{Position, Span, to_usize};

use crate::code::Code;
use crate::error::{ErrorKind, ParseError};
use crate::index::folding::eq_name;
use crate::index::{Field, ResponseIndex};
use crate::limits::Limits;
use crate::line::blanks::strip_line_end;
use crate::line::{LineKind, Lines, property};
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
        if options.predict {
            reader.expected_cells(&mut lines);
        }
        let Some(line) = lines.next_content() else { break };
        let (content, position) = line?;
        reader.at = position;
        reader.line(content)?;
    }
    reader.finish(lines)
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

    /// Reads the cells that are the expected ones.
    fn expected_cells(&mut self, lines: &mut Lines<'t>) {
        let Buffers { predictor, store, .. } = &mut *self.buffers;
        if !predictor.expects_a_cell() {
            return;
        }
        let Limits { lines: last_line, cells, row, .. } = self.options.limits;
        let at = Lines::position(lines);
        let line = narrow(at.line());
        // One line above the limit is left to the general path, which makes it an error.
        let max_cells = (last_line.saturating_add(1).saturating_sub(line)).min(cells - self.cells);
        let consumed = predictor.consume(self.text, narrow(at.byte()), store, max_cells, row);
        if consumed.cells > 0 {
            // `first` is known: what was expected was learned from a line before. No note and no
            // error can come from these lines, and nothing else is there to be done for each.
            self.at = at.further_on(consumed.line, consumed.cells - 1);
            self.cells += consumed.cells;
            self.envelope.content();
            lines.skip_to(consumed.end, consumed.cells);
        }
    }

    fn line(&mut self, content: &'t str) -> Result<(), ParseError> {
        #[cfg(test)]
        crate::test_steps::count();
        // Nearly every line has this form, and is read in line, so that it stays in registers.
        let line = match property::parse_common_form(content) {
            Some((column, row, value)) => LineKind::Cell { column, row, value },
            None => LineKind::parse_any_form(content)
                .map_err(|row| self.error_in(ErrorKind::IndexOverflow, row))?,
        };
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
        match store.place(column, row, value) {
            Ordering::Less => self.note(NoteKind::DuplicateCell, self.at),
            Ordering::Equal => {
                let line = self.at.byte();
                let (prefix, key) =
                    (to_usize(name.end) + "][".len() - line, to_usize(value.start) - line);
                predictor.expect_after(row, &self.text.as_bytes()[line..], prefix, key);
            }
            Ordering::Greater => {}
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
        // A line that is not as expected, because of its spelling or a gap in the rows, is mostly
        // of the expected column all the same. To compare one name is less than to walk the tree.
        let expected = predictor.column();
        if store.name(expected).is_some_and(|known| eq_name(known.slice(self.text), name)) {
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
}
