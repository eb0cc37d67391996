//! Input that is so large, and so built, that a step of quadratic cost would take hours: it must be read all the same.
//!
//! There is no clock here. A test that does not end is a test that failed.

use cnic_response::{
    ErrorKind, Limits, LineKind, Lines, NoteKind, Parser, PropertyFault, Response, Responses,
};

use crate::util::{framed, refusal, reply, reply_by, table};

const MANY: usize = 1_000_000;
const MEGABYTES_8: usize = 8 << 20;

//--- One long line

#[test]
fn a_line_of_blanks() {
    let blanks = " \t".repeat(MEGABYTES_8 / 2);
    let response = reply(format!("code = 200\n{blanks}\ndescription =\tx{blanks}"));
    assert_eq!((response.description(), response.notes()), ("x", &[][..]));
}

#[test]
fn blanks_inside_a_value_and_a_name() {
    let blanks = " ".repeat(MEGABYTES_8 / 2);
    let response = reply(format!("code = 200\ndescription = x{blanks}y\nz{blanks}z = 1\n"));
    assert_eq!(response.description().len(), blanks.len() + 2);
    assert_eq!((response.field("zz"), response.field("z")), (Some("1"), None));
}

#[test]
fn a_line_of_equals_signs() {
    let equals = "=".repeat(MEGABYTES_8);
    let response = reply(format!("code = 200\n{equals}\ndescription ={equals}\n"));
    assert_eq!(response.description().len(), MEGABYTES_8);
    assert_eq!(response.notes()[0].kind(), NoteKind::MissingKey);
}

#[test]
fn a_line_of_brackets() {
    let (opening, closing) = ("[".repeat(MEGABYTES_8 / 2), "]".repeat(MEGABYTES_8 / 2));
    let response = table(&format!(
        "property{opening}][0] = x\nproperty[{closing}[0] = x\n{opening}\n{opening}{closing} = y\n"
    ));
    assert_eq!(
        response.columns().next().map(|column| column.name().len()),
        Some(opening.len() - 1)
    );
    assert_eq!(response.notes().len(), 2);
    assert_eq!(response.fields().count(), 1);
}

#[test]
fn a_line_of_properties() {
    let opening = "property[a][0]".repeat(MEGABYTES_8 / 16);
    let response = table(&format!("{opening}\n{opening} = x\nproperty[b][0] = {opening}\n"));
    let kinds: Vec<_> = response.notes().iter().map(|note| note.kind()).collect();
    assert_eq!(kinds, [NoteKind::MalformedProperty(PropertyFault::AfterIndex(None)); 2]);
    assert_eq!(response.get("b", 0), Some(&*opening));
}

#[test]
fn an_index_of_a_million_digits() {
    let (nines, zeros) = ("9".repeat(1_000_000), "0".repeat(1_000_000));
    let too_large = refusal(&framed(&format!("property[a][{nines}] = x\n")));
    assert_eq!(too_large, (ErrorKind::IndexOverflow, 4));
    assert_eq!(table(&format!("property[a][{zeros}7] = x\n")).get("a", 7), Some("x"));
    assert_eq!(refusal(&format!("code = {zeros}200")), (ErrorKind::InvalidCode, 1));
    let page = table(&format!("property[count][0] = {zeros}\nproperty[total][0] = {nines}\n"));
    assert_eq!(page.page().map(|page| (page.count, page.total)), Some((Some(0), None)));
}

#[test]
fn carriage_returns() {
    let crs = "\r".repeat(1_000_000);
    let response = reply(format!("code = 200{crs}\ndescription = x{crs}y{crs}\nz = {crs}"));
    assert_eq!(response.description().len(), crs.len() + 2);
    assert_eq!(response.field("z"), Some(&*crs));
    let alternating = "x\r \r".repeat(250_000);
    assert_eq!(refusal(&alternating), (ErrorKind::MissingCode, 1));
}

//--- Many short lines

#[test]
fn empty_lines() {
    let blanks = "\n".repeat(MANY);
    let response = reply(blanks.clone() + &framed(&blanks) + &blanks);
    assert_eq!(response.notes(), []);
    assert_eq!(Responses::new(&(framed("") + &blanks)).count(), 1);
}

#[test]
fn indices_counting_down() {
    let lines: String =
        (0..MANY).rev().map(|row| format!("property[a][{row}] = {row}\n")).collect();
    let response = table(&lines);
    assert_eq!(response.row_count(), MANY);
    assert_eq!(response.get("a", 123_456), Some("123456"));
    let last = response.column("a").expect("a column").cells().next_back();
    assert_eq!(last, Some((MANY - 1, "999999")));
}

#[test]
fn every_row_of_a_table_that_counts_down() {
    let lines: String = (0..MANY).rev().map(|row| format!("property[a][{row}] = x\n")).collect();
    let response = table(&lines);
    assert!(response.rows().all(|row| row.get("a") == Some("x")));
}

#[test]
fn duplicates_of_the_first_row() {
    let response = table(&"property[a][0] = x\n".repeat(MANY));
    assert_eq!((response.row_count(), response.notes().len()), (1, MANY - 1));
}

#[test]
fn duplicates_of_a_later_row() {
    let response = table(&"property[a][1] = x\n".repeat(MANY));
    assert_eq!((response.row_count(), response.notes().len()), (2, MANY - 1));
    assert!(response.notes().is_sorted_by_key(|note| note.position()));
}

#[test]
fn two_rows_in_turn() {
    let response = table(&"property[a][5] = x\nproperty[a][3] = y\n".repeat(MANY / 3));
    assert_eq!((response.row_count(), response.notes().len()), (6, MANY / 3 * 2 - 2));
}

#[test]
fn distinct_fields() {
    // The digits from the last to the first: names that differ early are quick to compare.
    let name = |n: usize| n.to_string().chars().rev().collect::<String>();
    let lines: String = (0..500_000).map(|n| format!("{}x = {n}\n", name(n))).collect();
    let parser = Parser::new().limits(Limits::DEFAULT.fields(1 << 20));
    let response = reply_by(parser, framed(&lines));
    assert_eq!(response.fields().count(), 500_000);
    assert_eq!(response.field("999994X"), Some("499999"));
    assert_eq!(response.field("6_5_4_3_2_1_x"), Some("123456"), "one walk for a loose match");
}

#[test]
fn one_field_again_and_again() {
    let response = table(&"X = 1\ncode = 200\n".repeat(MANY / 2));
    assert_eq!((response.fields().count(), response.notes().len()), (1, MANY - 1));
}

#[test]
fn columns_twice() {
    let names = |row: usize| (0..16_384).map(move |n| format!("property[name {n}][{row}] = x\n"));
    let response = table(&names(0).chain(names(1)).collect::<String>());
    assert_eq!((response.columns().count(), response.row_count()), (16_384, 2));
    assert!(response.columns().all(|column| column.height() == 2));
    assert_eq!(response, table(&names(1).chain(names(0)).collect::<String>()));
}

#[test]
fn runs_that_take_turns() {
    // Each column's run stops where the next one's begins, over and over.
    let lines: String = (0..3000)
        .flat_map(|turn| (0..30).map(move |n| format!("property[c{n}][{turn}] = x\n")))
        .collect();
    let response = table(&lines);
    assert_eq!((response.columns().count(), response.row_count()), (30, 3000));
    assert_eq!(response.notes(), []);
}

#[test]
fn headers_and_trailers() {
    let response = reply("[RESPONSE]\n".repeat(MANY) + "code = 200\ndescription = x\nEOF\n");
    assert_eq!(response.notes().len(), MANY - 1);
    let trailers = "EOF\n".repeat(MANY / 10);
    assert!(Responses::new(&trailers).all(|reply| reply.is_err()));
    assert_eq!(Responses::new(&trailers).count(), 1, "the others are text after the first");
    let codes = "code=200\n".repeat(MANY / 10);
    assert_eq!(Responses::new(&codes).filter(|reply| reply.is_ok()).count(), MANY / 10);
    let replies = "code=200\nEOF\n".repeat(MANY / 10);
    assert_eq!(Responses::new(&replies).filter(|reply| reply.is_ok()).count(), MANY / 10);
}

#[test]
fn lines_of_nothing_known() {
    let text = "x\n=\nproperty[\n...\n".repeat(MANY / 4);
    let skipped = |line: &Result<_, _>| matches!(line, Ok(LineKind::Skipped(_)));
    let kinds = Lines::new(&text).map(|line| line.map(|line| line.kind()));
    assert_eq!(kinds.filter(skipped).count(), MANY);
    let response = table(&text);
    assert_eq!(response.notes().len(), MANY);
    let strict = Parser::strict().parse(response.as_str()).expect_err("noted");
    assert_eq!(strict.position().line(), 4);
}

#[test]
fn a_sparse_table_is_walked_by_its_cells() {
    let lines: String = (0..1000).map(|n| format!("property[a][{}] = x\n", n * 300)).collect();
    let response: Response<'_> = table(&lines);
    let a = response.column("a").expect("a column");
    assert_eq!(
        (a.height(), a.len(), a.cells().count(), a.join("").len()),
        (299_701, 1000, 1000, 1000)
    );
    assert_eq!(response, reply(response.encode().to_string()));
}
