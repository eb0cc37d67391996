//! Plain readers of responses, as one would write them in an afternoon: case counts, nothing is noted, gaps cost memory.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_until};
use nom::character::complete::{line_ending, not_line_ending, usize};
use nom::combinator::map;
use nom::sequence::{delimited, separated_pair, terminated};
use nom::{IResult, Parser};

use super::grid::Grid;
use crate::{Entrant, Input};

/// Splits lines, and lines at what stands between.
pub(crate) fn naive(input: &Input) -> Entrant<'_> {
    entrant("naive", input, split)
}

/// The same with the combinators of nom.
pub(crate) fn nom(input: &Input) -> Entrant<'_> {
    entrant("nom", input, combine)
}

fn entrant<'i>(
    name: &'static str,
    input: &'i Input,
    parse: fn(&'i str) -> Option<Grid<'i>>,
) -> Entrant<'i> {
    let parse = move || parse(&input.text).expect("a response");
    let grid = parse();
    assert!(grid.is_success());
    input.check(name, |column, row| grid.cell(column, row));
    Entrant::new(name, parse)
}

fn split(text: &str) -> Option<Grid<'_>> {
    let mut grid = Grid::default();
    for line in text.lines() {
        match line.split_once('=').map(|(key, value)| (key.trim_end(), value.trim())) {
            None if line == "EOF" => return Some(grid),
            None => {}
            Some((key, value)) => match key.strip_prefix("property[") {
                Some(cell) => {
                    let (column, row) = cell.strip_suffix(']')?.split_once("][")?;
                    grid.place(column, row.parse().ok()?, value);
                }
                None => grid.field(key, value),
            },
        }
    }
    None
}

enum Piece<'t> {
    Cell { column: &'t str, row: usize, value: &'t str },
    Field { name: &'t str, value: &'t str },
    End,
    Other,
}

fn combine(mut text: &str) -> Option<Grid<'_>> {
    let mut grid = Grid::default();
    loop {
        let (rest, piece) = line(text).ok()?;
        text = rest;
        match piece {
            Piece::Cell { column, row, value } => grid.place(column, row, value),
            Piece::Field { name, value } => grid.field(name, value),
            Piece::End => return Some(grid),
            Piece::Other => {}
        }
    }
}

fn line(text: &str) -> IResult<&str, Piece<'_>> {
    let other = alt((map(tag("EOF"), |_| Piece::End), map(not_line_ending, |_| Piece::Other)));
    terminated(alt((cell, field, other)), line_ending).parse(text)
}

fn cell(text: &str) -> IResult<&str, Piece<'_>> {
    let column = delimited(tag("property["), take_until("]["), tag("]["));
    let place = (column, terminated(usize, tag("]")));
    let pair = separated_pair(place, tag(" = "), not_line_ending);
    map(pair, |((column, row), value)| Piece::Cell { column, row, value }).parse(text)
}

fn field(text: &str) -> IResult<&str, Piece<'_>> {
    let (rest, line) = not_line_ending(text)?;
    let (_, (name, value)) =
        separated_pair(take_until(" = "), tag(" = "), nom::combinator::rest).parse(line)?;
    Ok((rest, Piece::Field { name, value }))
}
