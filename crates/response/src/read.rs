//! One pass over the lines of a text: tier 1 folded into what a reply means.

use alloc::vec::Vec;

use crate::code::Code;
use crate::error::{ErrorKind, ParseError, Position};
use crate::grid::{Grid, GridBuilder};
use crate::lines::{Line, LineKind, Lines};
use crate::names::{NameIndex, same};
use crate::note::{Note, NoteKind};
use crate::page::Page;
use crate::parser::Parser;
use crate::span::{Span, index};

/// What a reply says, as spans of its text.
#[derive(Clone)]
pub(crate) struct Reply {
    pub(crate) code: Code,
    pub(crate) description: Span,
    pub(crate) framed: bool,
    pub(crate) truncated: bool,
    /// All top-level fields in order of appearance, `code` and `description` among them.
    pub(crate) fields: Vec<Field>,
    pub(crate) field_order: Vec<u32>,
    pub(crate) grid: Grid,
    pub(crate) column_order: Vec<u32>,
    /// The number of rows of the data columns.
    pub(crate) height: usize,
    pub(crate) page: Option<Page>,
    pub(crate) notes: Vec<Note>,
}

/// A top-level field.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: Span,
    pub(crate) value: Span,
}

/// Reads a whole text. `replaced` is the line of the first byte that decoding had to replace.
pub(crate) fn read(
    text: &str,
    parser: &Parser,
    replaced: Option<Position>,
) -> Result<Reply, ParseError> {
    if text.len() > index(parser.limits.bytes) {
        return Err(ParseError::new(ErrorKind::ByteLimit, Position::START));
    }
    let mut reader = Reader::new(text, parser);
    if text.starts_with('\u{feff}') {
        reader.note(NoteKind::ByteOrderMark, Position::START);
    }
    if let Some(position) = replaced {
        reader.note(NoteKind::ReplacedBytes, position);
    }
    let mut lines = Lines::new(text);
    while reader.end.is_none() {
        let Some(line) = lines.next() else { break };
        reader.line(line?)?;
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

struct Reader<'t> {
    text: &'t str,
    parser: &'t Parser,
    code: Option<Code>,
    description: Option<Span>,
    framed: bool,
    /// Whether a field or a cell was read since the latest `[RESPONSE]`.
    has_content: bool,
    end: Option<End>,
    /// The first line that is not blank.
    first: Option<Position>,
    /// The line at which reading is.
    at: Position,
    fields: Vec<Field>,
    field_names: NameIndex<'t>,
    grid: GridBuilder,
    column_names: NameIndex<'t>,
    /// For each column, the one whose cell came after its latest cell: a good guess for the next line, in either layout.
    followers: Vec<u32>,
    column: u32,
    cells: u32,
    notes: Vec<Note>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, parser: &'t Parser) -> Self {
        Self {
            text,
            parser,
            code: None,
            description: None,
            framed: false,
            has_content: false,
            end: None,
            first: None,
            at: Position::START,
            fields: Vec::new(),
            field_names: NameIndex::default(),
            grid: GridBuilder::default(),
            column_names: NameIndex::default(),
            followers: Vec::new(),
            column: 0,
            cells: 0,
            notes: Vec::new(),
        }
    }

    fn note(&mut self, kind: NoteKind, position: Position) {
        self.notes.push(Note::new(kind, position));
    }

    const fn error(&self, kind: ErrorKind) -> ParseError {
        ParseError::new(kind, self.at)
    }

    fn line(&mut self, line: Line<'t>) -> Result<(), ParseError> {
        self.at = line.position();
        if self.at.line() > index(self.parser.limits.lines) {
            return Err(self.error(ErrorKind::LineLimit));
        }
        if !matches!(line.kind(), LineKind::Blank) {
            self.first.get_or_insert(self.at);
        }
        match line.kind() {
            LineKind::Blank => {}
            LineKind::Cell { column, row, value } => self.cell(column, row, value)?,
            LineKind::Field { name, value } => self.field(name, value)?,
            LineKind::Header => self.header(),
            LineKind::Skipped(kind) => self.note(kind, self.at),
            LineKind::Trailer => {
                if !self.framed {
                    self.note(NoteKind::MissingHeader, self.at);
                }
                self.end = Some(End::Trailer);
            }
        }
        Ok(())
    }

    fn header(&mut self) {
        match (self.framed, self.has_content) {
            (true, true) => self.end = Some(End::Header),
            (true, false) => self.note(NoteKind::RepeatedHeader, self.at),
            (false, true) => self.note(NoteKind::LateHeader, self.at),
            (false, false) => {}
        }
        self.framed = true;
        self.has_content = false;
    }

    fn field(&mut self, name: &'t str, value: &'t str) -> Result<(), ParseError> {
        self.has_content = true;
        if same(name, "code") {
            let code = value.parse().map_err(|_| self.error(ErrorKind::InvalidCode))?;
            if *self.code.get_or_insert(code) != code {
                return Err(self.error(ErrorKind::ConflictingCode));
            }
        }
        if self.field_names.find(name).is_some() {
            self.note(NoteKind::DuplicateField, self.at);
            return Ok(());
        }
        self.field_names.add(name);
        let field = Field { name: Span::of(name, self.text), value: Span::of(value, self.text) };
        self.fields.push(field);
        if same(name, "description") {
            self.description = Some(field.value);
            if value.is_empty() {
                self.note(NoteKind::EmptyDescription, self.at);
            }
        }
        Ok(())
    }

    fn cell(&mut self, column: &'t str, row: u32, value: &'t str) -> Result<(), ParseError> {
        if row > self.parser.limits.row {
            return Err(self.error(ErrorKind::RowLimit));
        }
        if self.cells == self.parser.limits.cells {
            return Err(self.error(ErrorKind::CellLimit));
        }
        self.cells += 1;
        self.has_content = true;
        let column = self.column(column)?;
        if !self.grid.place(column, row, Span::of(value, self.text)) {
            self.note(NoteKind::DuplicateCell, self.at);
        }
        Ok(())
    }

    /// Returns the number of a column, new or known.
    fn column(&mut self, name: &'t str) -> Result<u32, ParseError> {
        let previous = index(self.column);
        let guess = self.followers.get(previous).copied().unwrap_or_default();
        if self.column_names.get(guess) == Some(name) {
            self.column = guess;
            return Ok(guess);
        }
        let column = match self.column_names.find(name) {
            Some(column) => column,
            None if self.column_names.len() == index(self.parser.limits.columns) => {
                return Err(self.error(ErrorKind::ColumnLimit));
            }
            None => {
                self.grid.add_column(Span::of(name, self.text));
                let column = self.column_names.add(name);
                // Until another column follows, expect more of this one.
                self.followers.push(column);
                column
            }
        };
        if let Some(follower) = self.followers.get_mut(previous) {
            *follower = column;
        }
        self.column = column;
        Ok(column)
    }

    fn finish(mut self, unread: Lines<'t>) -> Result<Reply, ParseError> {
        let Some(first) = self.first else {
            return Err(ParseError::new(ErrorKind::Empty, Position::START));
        };
        if !self.framed && self.is_markup(first) {
            return Err(ParseError::new(ErrorKind::Markup, first));
        }
        let truncated = self.framed && self.end != Some(End::Trailer);
        if truncated {
            if !self.parser.allow_truncated {
                return Err(self.error(ErrorKind::Truncated));
            }
            self.note(NoteKind::Truncated, self.at);
        }
        let code = self.code.ok_or_else(|| self.error(ErrorKind::MissingCode))?;
        if self.description.is_none() {
            self.note(NoteKind::MissingDescription, self.at);
        }
        if self.end == Some(End::Trailer) {
            let trailing = data_position(unread).map(|at| Note::new(NoteKind::TrailingData, at));
            self.notes.extend(trailing);
        }

        let mut later_cells = Vec::new();
        let mut grid = self.grid.finish(|value| later_cells.push(index(value.start)));
        let (page, height) = set_metadata_apart(&mut grid, &self.column_names, self.text);
        let mut notes = self.notes;
        later_cells.sort_unstable();
        let mut locator = Locator::new(self.text.as_bytes());
        let later_cells = later_cells.into_iter().map(|offset| locator.position(offset));
        notes.extend(later_cells.map(|at| Note::new(NoteKind::DuplicateCell, at)));
        if page
            .and_then(|page| page.count)
            .is_some_and(|count| usize::try_from(count) != Ok(height))
        {
            let column = self.column_names.find("count").map(|column| &grid.columns[index(column)]);
            let cell = column.and_then(|column| grid.cell(column, 0)).unwrap_or_default();
            let at = Locator::new(self.text.as_bytes()).position(index(cell.start));
            notes.push(Note::new(NoteKind::CountMismatch, at));
        }
        notes.sort_by_key(|note| note.position());

        if self.parser.strict {
            if !self.framed {
                return Err(ParseError::new(ErrorKind::MissingEnvelope, Position::START));
            }
            if let Some(note) = notes.first() {
                return Err(ParseError::new(ErrorKind::Noted(note.kind()), note.position()));
            }
        }
        Ok(Reply {
            code,
            description: self.description.unwrap_or_default(),
            framed: self.framed,
            truncated,
            fields: self.fields,
            field_order: self.field_names.into_order(),
            grid,
            column_order: self.column_names.into_order(),
            height,
            page,
            notes,
        })
    }

    fn is_markup(&self, first: Position) -> bool {
        self.text[first.byte()..].trim_start_matches(['\u{feff}', ' ', '\t']).starts_with('<')
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

/// Tells data columns from what describes the list, and returns the page and the number of rows.
///
/// `column` is metadata; so are the names of a [`Page`] that hold row 0 and no other. An empty list may carry sums besides
/// (protocol.md §2.6): with `count` 0 a column of row 0 alone that `column` does not declare describes the list as well.
fn set_metadata_apart(grid: &mut Grid, names: &NameIndex<'_>, text: &str) -> (Option<Page>, usize) {
    let is_scalar = |grid: &Grid, column: usize| {
        let column = &grid.columns[column];
        grid.height(column) == 1 && grid.cell_count(column) == 1
    };
    let mut page = Page::default();
    let mut has_page = false;
    for (name, member) in Page::NAMES.into_iter().zip(page.members_mut()) {
        if let Some(column) = names.find(name).map(index).filter(|&column| is_scalar(grid, column))
        {
            grid.columns[column].data = false;
            has_page = true;
            let cell = grid.cell(&grid.columns[column], 0).unwrap_or_default();
            *member = number(cell.of_text(text));
        }
    }
    if let Some(declaring) = names.find("column").map(index) {
        if page.count == Some(0) {
            let mut declared = alloc::vec![false; grid.columns.len()];
            for (_, cell) in grid.cells(&grid.columns[declaring]) {
                if let Some(column) = names.find(cell.of_text(text)) {
                    declared[index(column)] = true;
                }
            }
            for column in (0..declared.len()).filter(|&column| !declared[column]) {
                grid.columns[column].data &= !is_scalar(grid, column);
            }
        }
        grid.columns[declaring].data = false;
    }
    let data = grid.columns.iter().filter(|column| column.data);
    let height = data.map(|column| grid.height(column)).max().unwrap_or(0);
    (has_page.then_some(page), height)
}

/// Reads an unsigned decimal number: digits and nothing else.
fn number(cell: &str) -> Option<u64> {
    cell.bytes().all(|byte| byte.is_ascii_digit()).then(|| cell.parse().ok())?
}

/// Finds lines by offsets that never go back, in one pass.
pub(crate) struct Locator<'t> {
    bytes: &'t [u8],
    line_start: usize,
    lines: usize,
    seen: usize,
}

impl<'t> Locator<'t> {
    pub(crate) const fn new(bytes: &'t [u8]) -> Self {
        Self { bytes, line_start: 0, lines: 1, seen: 0 }
    }

    /// Returns the start of the line that holds the byte at `offset`.
    pub(crate) fn position(&mut self, offset: usize) -> Position {
        for lf in memchr::memchr_iter(b'\n', &self.bytes[self.seen..offset]) {
            self.line_start = self.seen + lf + 1;
            self.lines += 1;
        }
        self.seen = offset;
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position::new(narrow(self.line_start), narrow(self.lines))
    }
}
