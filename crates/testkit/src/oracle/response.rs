//! What holds for every reply.

use std::collections::{BTreeMap, BTreeSet};

use cnic_response::{LineKind, Lines, Parser, Response, Responses};

use crate::naive;

/// A reply from any bytes: nothing panics, and whatever is accepted can be written, read again and found equal.
///
/// * A strict parser accepts only what the default one accepts without a note, and reads the same.
/// * Every value is a slice of the text.
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
            assert_eq!(strict.unwrap_err(), error, "strictness changes only what is forgiven");
            let Some(response) = Parser::new().allow_truncated(true).parse(text).ok() else {
                return;
            };
            assert!(response.is_truncated() && error.is_truncated());
            return encodes(&response, Parser::new().allow_truncated(true));
        }
    };
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
    let again = parser.parse(&*text).expect("canonical text is a reply");
    assert!(again == *response, "reading canonical text gives another response");
    assert_eq!(again.encode().to_string(), text, "canonical text is not a fixed point");
    let names = |response: &Response<'_>| -> Vec<String> {
        response.columns().map(|column| column.name().to_owned()).collect()
    };
    assert_eq!(names(&again), names(response), "the order of columns");
    assert_eq!(again.clone().into_owned(), *response);
}

/// Rows, columns and cells agree with each other.
fn counts(response: &Response<'_>) {
    let highest = response.columns().map(|column| column.len()).max().unwrap_or(0);
    assert_eq!(response.row_count(), highest);
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
        assert_eq!(last.map(|row| row + 1), Some(column.len()));
        if column.len() <= 10_000 {
            assert_eq!(column.iter().flatten().count(), column.cells().count());
            assert!(column.iter().enumerate().all(|(row, cell)| cell == column.get(row)));
        }
    }
}

/// The first cell of each place, found by walking the lines, is the cell of the table.
fn tier_one_agrees(response: &Response<'_>) {
    let mut cells = 0;
    let mut seen = BTreeSet::new();
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
            _ => {}
        }
    }
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

/// A reply from any text: the real parser and the [naive](crate::naive) one agree on what is refused, why and where, and on
/// every cell, field and note of what is not.
///
/// # Panics
///
/// Panics if they do not.
pub fn response_differential(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else { return };
    let (response, reply) = match (Response::parse(text), naive::parse(text)) {
        (Err(error), Err((kind, line))) => {
            let name = format!("{:?}", error.kind());
            return assert_eq!((name.as_str(), error.position().line()), (kind, line));
        }
        (Ok(response), Ok(reply)) => (response, reply),
        (Ok(_), Err(refusal)) => panic!("accepted, and should be refused: {refusal:?}"),
        (Err(error), Ok(_)) => panic!("refused, and should be accepted: {error}"),
    };
    let mut columns = BTreeMap::new();
    for name in reply.columns.keys() {
        let column = response.column(name).expect("a column that the naive parser has");
        let cells = column.cells().map(|(row, value)| (row as u32, value.to_owned()));
        columns.insert(name.clone(), cells.collect::<BTreeMap<_, _>>());
    }
    let lower = |name: &str| name.to_ascii_lowercase();
    let seen = naive::Reply {
        code: response.code().as_u16(),
        description: response.description().to_owned(),
        framed: response.is_framed(),
        fields: response.fields().map(|(name, value)| (lower(name), value.to_owned())).collect(),
        columns,
        data: response.columns().map(|column| lower(column.name())).collect(),
        rows: response.row_count() as u32,
        notes: response
            .notes()
            .iter()
            .map(|note| (note.kind().name(), note.position().line()))
            .collect(),
    };
    // Two notes of one line have no order among each other.
    let sorted = |mut reply: naive::Reply| {
        reply.notes.sort_by_key(|&(kind, line)| (line, kind));
        reply
    };
    assert_eq!(sorted(seen), sorted(reply));
}
