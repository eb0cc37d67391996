//! Responses: parsing, beside other parsers, and what is done with a parsed one.

use std::hint::black_box;

use cnic_response::{Buffers, LineKind, Lines, Parser, Response};

use crate::domain::Domain;
use crate::peers::{floor, json, lines, records};
use crate::{Entrant, Input};

/// The name of ours in every comparison.
pub const OURS: &str = "cnic-response";

/// The name of ours where the buffers are reused.
pub const REUSED: &str = "cnic-response, buffers reused";

/// Returns whatever can parse an input: the floor, ours, other readers of the response, and readers of the table in other formats.
///
/// A parser more is a function more here.
#[must_use]
pub fn parse(input: &Input) -> Vec<Entrant<'_>> {
    let mut entrants = vec![
        floor::lines(&input.text),
        ours(input),
        reused(input),
        lines::naive(input),
        lines::nom(input),
    ];
    if let Some(others) = &input.others {
        entrants.extend([
            json::sonic(input, others),
            json::simd(input, others),
            json::simd_reused(input, others),
            json::serde(input, others),
            records::csv(input, others),
        ]);
    }
    entrants
}

/// Returns those that say how a time should grow with the input.
///
/// # Panics
///
/// If the input has no JSON.
#[must_use]
pub fn growth(input: &Input) -> Vec<Entrant<'_>> {
    let others = input.others.as_ref().expect("a table in other formats");
    vec![
        floor::lines(&input.text),
        ours(input),
        lines::naive(input),
        lines::nom(input),
        json::sonic(input, others),
    ]
}

/// Returns the floor, and ours: the parsers of an input that is meant to be slow.
#[must_use]
pub fn hostile(input: &Input) -> Vec<Entrant<'_>> {
    vec![floor::lines(&input.text), ours(input)]
}

fn ours(input: &Input) -> Entrant<'_> {
    let parse = || Response::parse(&*input.text).expect("a response");
    let response = parse();
    input.check(OURS, |column, row| response.get(column, row));
    let cells = response.columns().map(|column| column.cells().count());
    assert_eq!(cells.sum::<usize>(), input.cells, "{}", input.name);
    Entrant::new(OURS, parse)
}

/// Returns ours again, into the memory of the response before.
fn reused(input: &Input) -> Entrant<'_> {
    let parser = Parser::new();
    let mut buffers = Buffers::new();
    Entrant::new(REUSED, move || {
        let response = parser.parse_with(&*input.text, &mut buffers).expect("a response");
        let rows = response.row_count();
        buffers.reclaim(response);
        rows
    })
}

/// Returns the first tier: lines and what they are, of which nothing is kept.
///
/// # Panics
///
/// If it finds other cells than there are.
#[must_use]
pub fn tier_one(input: &Input) -> Vec<Entrant<'_>> {
    let cells = || {
        let kinds = Lines::new(&input.text).map(|line| line.expect("a line").kind());
        kinds.filter(|kind| matches!(kind, LineKind::Cell { .. })).count()
    };
    let parsed = Response::parse(&*input.text).expect("a response");
    let described = parsed.declared_columns().count() + parsed.page().map_or(0, |_| 5);
    assert_eq!(cells(), input.cells + described, "{}", input.name);
    vec![floor::lines(&input.text), Entrant::new(OURS, cells)]
}

/// Returns a walk over the rows of a response that is parsed already, cell by cell.
///
/// # Panics
///
/// If it finds other cells than there are.
#[must_use]
pub fn rows(input: &Input) -> Vec<Entrant<'_>> {
    let response = Response::parse(&*input.text).expect("a response");
    let cells = move || {
        response.rows().flat_map(|row| row.cells()).filter(|(_, cell)| cell.is_some()).count()
    };
    assert_eq!(cells(), input.cells, "{}", input.name);
    vec![Entrant::new(OURS, cells)]
}

/// Returns what reads a list into structures that borrow, out of the response and out of the same table as CSV.
///
/// # Panics
///
/// If the input is not a list of domains in both.
#[must_use]
pub fn typed(input: &Input) -> Vec<Entrant<'_>> {
    let others = input.others.as_ref().expect("a table in other formats");
    let response = Response::parse(&*input.text).expect("a response");
    let domains: Vec<Domain<'_>> =
        response.rows().deserialize().collect::<Result<_, _>>().expect("domains");
    input.check(OURS, |column, row| domains.get(row)?.get(column));
    let count = || read_domains(&Response::parse(&*input.text).expect("a response"));
    assert_eq!(count(), domains.len());
    vec![Entrant::new(OURS, count), records::typed(input, others)]
}

/// Reads the rows of a list of domains into structures, and returns how many there are.
///
/// # Panics
///
/// If a row is not a domain.
#[must_use]
pub fn read_domains(response: &Response<'_>) -> usize {
    let mut rows = 0;
    for domain in response.rows().deserialize::<Domain<'_>>() {
        black_box(&domain.expect("a domain"));
        rows += 1;
    }
    rows
}

/// Returns what a pager does with a response: it parses it and asks for the next window.
///
/// # Panics
///
/// If there is no page.
#[must_use]
pub fn page(input: &Input) -> Vec<Entrant<'_>> {
    let next = || {
        let page = Response::parse(&*input.text).expect("a response").page().expect("a page");
        (page.count, page.next_first())
    };
    assert!(next().0.is_some(), "{}", input.name);
    vec![Entrant::new(OURS, next)]
}
