//! A response that is built, beside a model of it that is nothing but maps.

use std::collections::BTreeMap;

use arbitrary::{Arbitrary, Unstructured};
use cnic_response::{
    BuildErrorKind, Code, Limits, Parser, RepeatedCell, Response, ResponseBuilder,
};

use super::text::Text;

/// What to put into a response.
#[derive(Arbitrary, Debug)]
struct Plan<'a> {
    code: u16,
    description: Text<'a>,
    fields: Vec<(Text<'a>, Text<'a>)>,
    cells: Vec<(Text<'a>, Row, Text<'a>)>,
}

/// A row of a cell.
#[derive(Arbitrary, Clone, Copy, Debug)]
enum Row {
    /// The one after the latest cell's of the same column.
    Next,
    Near(u8),
    Any(u32),
}

const WORDS: [&str; 24] = [
    "domain",
    "DOMAIN",
    "expiration date",
    "expiration_date",
    "column",
    "count",
    "first",
    "last",
    "limit",
    "total",
    "code",
    "description",
    "runtime",
    "0",
    "2",
    "property[a][0] = x",
    "[RESPONSE]",
    "EOF",
    " outer ",
    "a=b",
    "a]b",
    "a\r",
    "\u{a0}",
    "",
];

type Cells = BTreeMap<String, BTreeMap<u32, String>>;

/// A response built from any bytes: it is refused exactly if something in it could not be read back, and otherwise every cell and
/// field is where it was put, in the built response, in its text, and in its text with the lines in other orders. Cells that are
/// given again come back in their order.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn response_roundtrip(bytes: &[u8]) {
    let Ok(plan) = Plan::arbitrary_take_rest(Unstructured::new(bytes)) else { return };
    let Ok(code) = Code::try_from(100 + plan.code % 900) else { return };
    let description = plan.description.or(&WORDS);
    let mut builder = ResponseBuilder::new(code).description(description);
    let mut refusals = vec![bad_value(description)];
    let mut fields = BTreeMap::new();
    for (name, value) in plan.fields.iter().map(|(name, value)| (name.or(&WORDS), value.or(&WORDS)))
    {
        builder = builder.field(name, value);
        refusals.extend([bad_field(name), bad_value(value)]);
        if fields.insert(name.to_ascii_lowercase(), value.to_owned()).is_some() {
            refusals.push(Some(BuildErrorKind::Duplicate));
        }
    }
    let mut cells = Cells::new();
    let mut latest: BTreeMap<String, u32> = BTreeMap::new();
    for (column, row, value) in &plan.cells {
        let (column, value) = (column.or(&WORDS), value.or(&WORDS));
        let key = column.to_ascii_lowercase();
        let row = match *row {
            Row::Next => latest.get(&key).map_or(0, |row| row.wrapping_add(1)),
            Row::Near(row) => row.into(),
            Row::Any(row) => row % 10_000_000,
        };
        latest.insert(key.clone(), row);
        builder = builder.cell(column, row, value);
        refusals.extend([bad_column(column), bad_value(value)]);
        if cells.entry(key).or_default().insert(row, value.to_owned()).is_some() {
            refusals.push(Some(BuildErrorKind::Duplicate));
        }
    }
    let refusals: Vec<_> = refusals.into_iter().flatten().collect();
    let text = builder.to_text();
    let response = match builder.build() {
        Ok(response) => {
            assert_eq!(text.as_deref(), Ok(response.as_str()));
            response
        }
        Err(error) if text != Err(error) => panic!("{text:?} is built, and not: {error}"),
        Err(error) => return assert!(refusals.contains(&error.kind()), "refused: {error}"),
    };
    assert!(refusals.is_empty(), "accepted, and should be refused: {refusals:?}");

    let check = |response: &Response<'_>| {
        assert_eq!((response.code(), response.description()), (code, description));
        let found =
            response.fields().map(|(name, value)| (name.to_ascii_lowercase(), value.into()));
        assert_eq!(found.collect::<BTreeMap<_, _>>(), fields);
        for (name, expected) in &cells {
            let column = response.column(name).expect("a column that was built");
            let found = column.cells().map(|(row, value)| (row as u32, value.to_owned()));
            assert_eq!(&found.collect::<BTreeMap<_, _>>(), expected);
        }
    };
    check(&response);
    let text = response.encode().to_string();
    // A builder takes any number of holes.
    let parser = Parser::new().limits(Limits::DEFAULT.holes(u64::MAX));
    let again = parser.parse(&*text).expect("canonical text is a response");
    check(&again);
    assert!(again == response, "reading canonical text gives another response");

    // All lines between the envelope, backwards and turned around a middle.
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let inner = 1..lines.len() - 1;
    lines[inner.clone()].reverse();
    let backwards = lines.concat();
    let middle = bytes.len() % inner.len();
    lines[inner].rotate_left(middle);
    for text in [backwards, lines.concat()] {
        let other = parser.parse(text).expect("a response");
        check(&other);
        assert!(other == response, "the order of lines makes a difference");
    }

    // Some of the cells again, with other values, before the end.
    let mut repeated = Vec::new();
    let mut again = text.strip_suffix("EOF\n").expect("a trailer").to_owned();
    for (n, (name, row)) in
        cells.iter().flat_map(|(name, cells)| cells.keys().map(move |row| (name, *row))).enumerate()
    {
        for turn in 0..bytes[n % bytes.len()] % 3 {
            let value = format!("{n} again {turn}");
            again += &format!("property[{name}][{row}] = {value}\n");
            repeated.push((name.clone(), row as usize, value));
        }
    }
    let again = parser.parse(again + "EOF\n").expect("a response");
    let text = again.encode().to_string();
    for other in [&again, &parser.parse(text).expect("canonical text is a response")] {
        check(other);
        let found = other.table().repeated();
        let parts = |cell: RepeatedCell<'_>| {
            (cell.column().to_ascii_lowercase(), cell.row(), cell.value().to_owned())
        };
        assert!(found.map(parts).eq(repeated.iter().cloned()), "cells that are given again");
        assert!(*other == again && (*other == response) == repeated.is_empty());
    }
}

fn bad_value(value: &str) -> Option<BuildErrorKind> {
    if value.contains('\r') || value.contains('\n') {
        Some(BuildErrorKind::LineBreak)
    } else if value.starts_with([' ', '\t']) || value.ends_with([' ', '\t']) {
        Some(BuildErrorKind::OuterBlank)
    } else {
        None
    }
}

fn bad_field(name: &str) -> Option<BuildErrorKind> {
    let lower = name.to_ascii_lowercase();
    let taken = matches!(&*lower, "" | "code" | "description") || lower.starts_with("property[");
    let bad = (taken || name.contains('=')).then_some(BuildErrorKind::FieldName);
    bad_value(name).or(bad)
}

fn bad_column(name: &str) -> Option<BuildErrorKind> {
    let breaks = name.contains('\r') || name.contains('\n');
    let bad = name.contains(']').then_some(BuildErrorKind::ColumnName);
    if breaks { Some(BuildErrorKind::LineBreak) } else { bad }
}
