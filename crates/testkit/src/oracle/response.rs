//! What holds for every response.

use std::collections::{BTreeMap, BTreeSet};

use cnic_response::{
    ErrorKind, LineKind, Lines, NoteKind, ParseError, Parser, Redaction, RepeatedCell, Response,
    Responses,
};

use crate::naive;

/// A response from any bytes: nothing panics, and whatever is accepted can be written, read again and found equal.
///
/// * A strict parser accepts only what the default one accepts without a note, and reads the same.
/// * Every value is a slice of the text.
/// * An error blames bytes of its line.
/// * A redacted response has the same shape.
/// * CRLF for LF changes nothing.
/// * Tier 1, folded by hand, has the same cells.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn response(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else {
        assert!(Response::from_utf8(bytes).is_err(), "accepted bytes that are not UTF-8");
        return;
    };
    let strict = Parser::strict().parse(text);
    let response = match Response::parse(text) {
        Ok(response) => response,
        Err(error) => {
            let at = error.position();
            assert!(at.byte() <= text.len());
            assert!(
                at.byte() == 0 || text.as_bytes()[at.byte() - 1] == b'\n',
                "not the start of a line"
            );
            assert_eq!(at.line(), 1 + text[..at.byte()].matches('\n').count());
            blames_its_line(text, &error);
            assert_eq!(strict.unwrap_err(), error, "strictness changes only what is forgiven");
            let Some(response) = Parser::new().allow_truncated(true).parse(text).ok() else {
                return;
            };
            assert!(response.is_truncated() && error.is_truncated());
            return encodes(&response, Parser::new().allow_truncated(true));
        }
    };
    if let Err(error) = &strict {
        blames_its_line(text, error);
    }
    match strict {
        Ok(strict) => {
            assert!(strict == response && strict.is_framed() && strict.notes().is_empty());
        }
        Err(_) => assert!(!response.is_framed() || !response.notes().is_empty()),
    }
    for note in response.notes() {
        assert_eq!(
            note.position().line(),
            1 + text[..note.position().byte()].matches('\n').count()
        );
    }
    encodes(&response, Parser::new());
    redacts(&response);
    counts(&response);
    tier_one_agrees(&response);

    let crlf = text.replace('\n', "\r\n");
    assert!(Response::parse(&*crlf).is_ok_and(|crlf| crlf == response), "CRLF makes a difference");

    let twice = format!("{}{}", response.encode(), response.encode());
    let both: Result<Vec<_>, _> = Responses::new(&twice).collect();
    assert!(both.is_ok_and(|both| both.len() == 2 && both.iter().all(|one| *one == response)));
}

/// `parse(encode(x)) == x`, and the canonical text is a fixed point.
fn encodes(response: &Response<'_>, parser: Parser) {
    let text = response.encode().to_string();
    let again = parser.parse(&*text).expect("canonical text is a response");
    assert!(again == *response, "reading canonical text gives another response");
    assert_eq!(again.encode().to_string(), text, "canonical text is not a fixed point");
    let names = |response: &Response<'_>| -> Vec<String> {
        response.columns().map(|column| column.name().to_owned()).collect()
    };
    assert_eq!(names(&again), names(response), "the order of columns");
    let repeated =
        |cell: RepeatedCell<'_>| (cell.column().to_owned(), cell.row(), cell.value().to_owned());
    let all =
        |response: &Response<'_>| -> Vec<_> { response.table().repeated().map(repeated).collect() };
    assert_eq!(all(&again), all(response), "the order of repeated cells");
    assert!(again.values().eq(response.values()), "the values of the list");
    assert_eq!(again.clone().into_owned(), *response);
}

/// An error blames a piece of its line, or an empty place in the text; and if it says what the piece is, it is that.
fn blames_its_line(text: &str, error: &ParseError) {
    let (span, start) = (error.span(), error.position().byte());
    let part = text.get(span.clone()).expect("a piece of the text");
    let rest = &text[start..];
    let line = rest.find('\n').map_or(rest, |lf| rest[..lf].trim_end_matches('\r'));
    let value = || line.split_once('=').expect("a field").1.trim_matches([' ', '\t']);
    let without_mark = if start == 0 { line.trim_start_matches('\u{feff}') } else { line };
    match error.kind() {
        ErrorKind::InvalidCode | ErrorKind::ConflictingCode => assert_eq!(part, value()),
        ErrorKind::IndexOverflow | ErrorKind::RowLimit => {
            assert!(part.chars().all(|c| c.is_ascii_digit()) && part.len() > 7);
            assert!(text[..span.start].ends_with("][") && text[span.end..].starts_with(']'));
        }
        ErrorKind::HoleLimit => {
            assert!(part.parse::<u32>().is_ok_and(|row| row > 0));
            assert!(text[..span.start].ends_with("][") && text[span.end..].starts_with(']'));
        }
        ErrorKind::Markup => assert_eq!(part, without_mark),
        ErrorKind::Noted(NoteKind::MalformedProperty(fault)) => {
            let said = fault.to_string();
            assert_eq!(part.is_empty(), said.starts_with("no ") || said.starts_with("empty "));
            let char = part.chars().next().unwrap_or(' ');
            assert!(!said.starts_with("letter") || char.is_alphanumeric());
            assert!(
                !said.starts_with("U+") || said.starts_with(&format!("U+{:04X} ", char as u32))
            );
            assert!(!said.starts_with('`') || said.starts_with(&format!("`{char}`")));
        }
        ErrorKind::Noted(NoteKind::ByteOrderMark) => assert_eq!(span, 0..3),
        ErrorKind::Noted(NoteKind::MissingDescription) => assert_eq!(part, ""),
        ErrorKind::Noted(_) => assert_eq!(part, without_mark),
        _ => assert_eq!(part, "", "{error}"),
    }
    assert!(part.is_empty() || span.start >= start && span.end <= start + line.len());
}

/// A redacted response has the shape of the response, and differs in no value but those of secret names.
fn redacts(response: &Response<'_>) {
    let text = response.redacted().to_string();
    let again = Response::parse(&*text).expect("a redacted response is a response");
    let plain = response.encode().to_string();
    let plain = Response::parse(&*plain).expect("canonical text is a response");
    assert_eq!(again.redacted().to_string(), text, "redacting is not done at once");
    let shape = |response: &Response<'_>| {
        (
            response.code(),
            response.page(),
            response.row_count(),
            response.notes().iter().map(|note| note.kind()).collect::<Vec<_>>(),
            response.columns().map(|column| column.name().to_owned()).collect::<Vec<_>>(),
            response.declared_columns().map(str::to_owned).collect::<Vec<_>>(),
        )
    };
    assert_eq!(shape(&again), shape(&plain));
    let letters = |name: &str| name.replace(['_', ' ', '\t'], "").to_ascii_lowercase();
    let is_secret = |name: &str| {
        let name = letters(name);
        let family = name.trim_end_matches(|c: char| c.is_ascii_digit());
        family.len() > "-auth-key".len() && family.ends_with("-auth-key")
            || Redaction::DEFAULT.names().any(|secret| letters(&secret) == family)
    };
    let shown = |name: &str, value: &str| {
        if is_secret(name) && !value.is_empty() { "***".to_owned() } else { value.to_owned() }
    };
    for (name, value) in plain.fields() {
        assert_eq!(again.field(name), Some(&*shown(name, value)));
    }
    for column in plain.columns() {
        let twin = again.column(column.name()).expect("the column");
        let cells = column.cells().map(|(row, value)| (row, shown(column.name(), value)));
        assert!(cells.eq(twin.cells().map(|(row, value)| (row, value.to_owned()))));
    }
    let values = plain.values().map(|(name, value)| (name, shown(name, value)));
    assert!(values.eq(again.values().map(|(name, value)| (name, value.to_owned()))));
    let again_given = |response: &Response<'_>, shown: &dyn Fn(&str, &str) -> String| -> Vec<_> {
        let cells = response.table().repeated();
        cells.map(|cell| (cell.row(), shown(cell.column(), cell.value()))).collect()
    };
    let expected = again_given(&plain, &shown);
    assert_eq!(again_given(&again, &|_, value| value.to_owned()), expected, "repeated cells");
    let (said, shown) = (plain.description(), again.description());
    if !said.contains([':', '=']) {
        assert_eq!(said, shown);
    }
    assert_eq!(said.is_empty(), shown.is_empty());
}

/// Rows, columns, cells and values agree with each other.
fn counts(response: &Response<'_>) {
    let highest = response.columns().map(|column| column.height()).max().unwrap_or(0);
    assert_eq!(response.row_count(), highest);
    for (name, value) in response.values() {
        let column = response.column(name).expect("a column of its own");
        assert!(column.cells().eq([(0, value)]));
        assert!(response.columns().all(|data| data.name() != column.name()), "a value and a row");
    }
    let cells: usize = response.columns().map(|column| column.cells().count()).sum();
    let holes = highest * response.columns().count() - cells;
    assert!(holes <= 262_144 + 64 * cells, "{holes} holes for {cells} cells");
    for column in response.columns() {
        assert_eq!(
            response.table().column(column.name()).map(|found| found.name()),
            Some(column.name())
        );
        let mut last = None;
        for (row, value) in column.cells() {
            assert!(last < Some(row), "cells out of order");
            last = Some(row);
            assert_eq!(column.get(row), Some(value));
            assert!(
                response.as_str().as_bytes().as_ptr_range().contains(&value.as_ptr())
                    || value.is_empty()
            );
        }
        assert_eq!(last.map(|row| row + 1), Some(column.height()));
        if column.height() <= 10_000 {
            assert_eq!(column.iter().flatten().count(), column.cells().count());
            assert!(column.iter().enumerate().all(|(row, cell)| cell == column.get(row)));
        }
    }
}

/// The first cell of each place, found by walking the lines, is the cell of the table; the others are the repeated ones.
fn tier_one_agrees(response: &Response<'_>) {
    let mut cells = 0;
    let mut seen = BTreeSet::new();
    let mut repeated = response.table().repeated();
    for line in Lines::new(response.as_str()) {
        match line.expect("an accepted text has no line that is an error").kind() {
            LineKind::Trailer => break,
            LineKind::Cell { column, row, value }
                if seen.insert((column.to_ascii_lowercase(), row)) =>
            {
                let row = row as usize;
                let found = response.column(column).and_then(|column| column.get(row));
                assert_eq!(found, Some(value), "a cell that the lines have");
                cells += 1;
            }
            LineKind::Cell { column, row, value } => {
                let cell = repeated.next().expect("a cell that is given again");
                assert!(cell.column().eq_ignore_ascii_case(column));
                assert_eq!((cell.row(), cell.value()), (row as usize, value), "a repeated cell");
                assert_eq!(cell.value().as_ptr(), value.as_ptr(), "not a slice of the text");
            }
            _ => {}
        }
    }
    assert!(repeated.next().is_none(), "a repeated cell that the lines do not have");
    let columns: BTreeSet<_> = seen
        .iter()
        .filter_map(|(name, _)| response.column(name))
        .map(|column| column.name())
        .collect();
    let in_table: usize = columns
        .into_iter()
        .filter_map(|name| response.column(name))
        .map(|column| column.cells().count())
        .sum();
    assert_eq!(in_table, cells, "a cell that the lines do not have");
}

/// A response from any text: the real parser and the [naive](crate::naive) one agree on what is refused, why and where, and on
/// every cell, field and note of what is not.
///
/// # Panics
///
/// Panics if they do not.
pub fn response_differential(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else { return };
    agrees(&Response::parse(text), naive::parse(text));
}

/// The same of one response of a stream.
pub(super) fn agrees(
    read: &Result<Response<'_>, ParseError>,
    naive: Result<naive::Response, naive::Refusal>,
) {
    let (response, naive) = match (read, naive) {
        (Err(error), Err((kind, line))) => {
            let name = format!("{:?}", error.kind());
            return assert_eq!((name.as_str(), error.position().line()), (kind, line));
        }
        (Ok(response), Ok(naive)) => (response, naive),
        (Ok(_), Err(refusal)) => panic!("accepted, and should be refused: {refusal:?}"),
        (Err(error), Ok(_)) => panic!("refused, and should be accepted: {error}"),
    };
    let mut columns = BTreeMap::new();
    for name in naive.columns.keys() {
        let column = response.column(name).expect("a column that the naive parser has");
        let cells = column.cells().map(|(row, value)| (row as u32, value.to_owned()));
        columns.insert(name.clone(), cells.collect::<BTreeMap<_, _>>());
    }
    let lower = |name: &str| name.to_ascii_lowercase();
    let seen = naive::Response {
        code: response.code().as_u16(),
        description: response.description().to_owned(),
        framed: response.is_framed(),
        fields: response.fields().map(|(name, value)| (lower(name), value.to_owned())).collect(),
        columns,
        data: response.columns().map(|column| lower(column.name())).collect(),
        rows: response.row_count() as u32,
        values: response.values().map(|(name, value)| (lower(name), value.to_owned())).collect(),
        repeated: response
            .table()
            .repeated()
            .map(|cell| (lower(cell.column()), cell.row() as u32, cell.value().to_owned()))
            .collect(),
        notes: response
            .notes()
            .iter()
            .map(|note| (note.kind().name(), note.position().line()))
            .collect(),
        faults: naive.faults.clone(),
    };
    let faults = response.notes().iter().filter_map(|note| match note.kind() {
        NoteKind::MalformedProperty(fault) => Some(fault.to_string()),
        _ => None,
    });
    assert_eq!(faults.collect::<Vec<_>>(), naive.faults, "what is wrong with a property");
    // Two notes of one line have no order among each other.
    let sorted = |mut naive: naive::Response| {
        naive.notes.sort_by_key(|&(kind, line)| (line, kind));
        naive
    };
    assert_eq!(sorted(seen), sorted(naive));
}
