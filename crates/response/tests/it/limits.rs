//! How large a reply may be: at each limit it is read, one over it is refused where it went over.

use cnic_response::{ErrorKind, Limits, Lines, Parser, Response};

use crate::util::{framed, refusal, refusal_by, reply, reply_by};

fn limited(set: impl FnOnce(&mut Limits)) -> Parser {
    let mut limits = Limits::DEFAULT;
    set(&mut limits);
    Parser::new().limits(limits)
}

#[test]
fn the_defaults_are_documented() {
    let Limits { bytes, lines, columns, cells, row, holes, .. } = Limits::DEFAULT;
    assert_eq!((bytes, lines), (1_073_741_824, 67_108_864));
    assert_eq!((columns, cells, row), (16_384, 33_554_432, 9_999_999));
    assert_eq!(holes, 262_144);
    assert_eq!(Limits::default(), Limits::DEFAULT);
    assert_eq!(Parser::new(), Parser::new().limits(Limits::DEFAULT));
    assert_eq!(Parser::new(), Parser::default());
}

#[test]
fn each_limit_is_set_by_its_own_name() {
    let mut limits = Limits::DEFAULT;
    (limits.bytes, limits.lines, limits.columns) = (1, 2, 3);
    (limits.cells, limits.row, limits.holes) = (4, 5, 6);
    const SET: Limits = Limits::DEFAULT.bytes(1).lines(2).columns(3).cells(4).row(5).holes(6);
    assert_eq!(SET, limits);
}

#[test]
fn bytes() {
    let text = framed("property[a][0] = \u{fc}\n");
    let len = u32::try_from(text.len()).expect("short");
    reply_by(limited(|limits| limits.bytes = len), text.as_str());
    let exact = limited(|limits| limits.bytes = len);
    assert!(
        exact.parse_bytes(text.as_bytes()).is_ok()
            && exact.parse_bytes(text.clone().into_bytes()).is_ok()
    );
    let over = limited(|limits| limits.bytes = len - 1);
    assert_eq!(refusal_by(over, &text), (ErrorKind::ByteLimit, 1));
    let error = over.parse_bytes(text.as_bytes()).expect_err("too many bytes");
    assert_eq!((error.kind(), error.position().byte()), (ErrorKind::ByteLimit, 0));
    let error = over.parse_bytes([0xff].repeat(text.len())).expect_err("too many bytes");
    assert_eq!(error.kind(), ErrorKind::ByteLimit, "before anything is read");
    assert_eq!(refusal_by(limited(|limits| limits.bytes = 0), ""), (ErrorKind::Empty, 1));
}

#[test]
fn bytes_after_the_trailer_count() {
    let text = framed("");
    let parser = limited(|limits| limits.bytes = u32::try_from(text.len()).expect("short"));
    assert_eq!(refusal_by(parser, &(text + "\n")), (ErrorKind::ByteLimit, 1));
}

#[test]
fn lines() {
    let text = "[RESPONSE]\ncode = 200\n\n...\ndescription = Done\nEOF\nmore\nand more\n";
    reply_by(limited(|limits| limits.lines = 6), text);
    let over = limited(|limits| limits.lines = 5);
    assert_eq!(refusal_by(over, text), (ErrorKind::LineLimit, 6), "lines after `EOF` are not read");
    let blank = limited(|limits| limits.lines = 2);
    assert_eq!(refusal_by(blank, text), (ErrorKind::LineLimit, 3), "a blank line is a line");
    let unended = limited(|limits| limits.lines = 1);
    assert_eq!(reply_by(unended, "code = 200").code(), 200);
    assert_eq!(reply_by(unended, "code = 200\n").code(), 200);
    assert_eq!(refusal_by(unended, "code = 200\n "), (ErrorKind::LineLimit, 2));
    assert_eq!(refusal_by(limited(|limits| limits.lines = 0), "\n"), (ErrorKind::LineLimit, 1));
}

#[test]
fn columns() {
    let text = framed(
        "property[a][0] = x\nproperty[total][0] = 1\nproperty[A][1] = y\nproperty[b][0] = z\n",
    );
    reply_by(limited(|limits| limits.columns = 3), text.as_str());
    let over = limited(|limits| limits.columns = 2);
    assert_eq!(refusal_by(over, &text), (ErrorKind::ColumnLimit, 7), "case makes no new column");
    let none = limited(|limits| limits.columns = 0);
    assert_eq!(refusal_by(none, &text), (ErrorKind::ColumnLimit, 4));
    reply_by(none, framed("x = 1\ny = 2\n"));
}

#[test]
fn the_default_limit_of_columns() {
    let wide = |columns: u32| -> String {
        (0..columns).map(|n| format!("property[c{n}][0] = x\n")).collect()
    };
    let response = reply(framed(&wide(16_384)));
    assert_eq!(response.columns().count(), 16_384);
    assert_eq!(response.get("C16383", 0), Some("x"));
    assert_eq!(refusal(&framed(&wide(16_385))), (ErrorKind::ColumnLimit, 3 + 16_385));
}

#[test]
fn cells() {
    let text = framed("property[a][0] = x\nproperty[b][7] = y\nproperty[a][0] = z\n");
    reply_by(limited(|limits| limits.cells = 3), text.as_str());
    let over = limited(|limits| limits.cells = 2);
    assert_eq!(refusal_by(over, &text), (ErrorKind::CellLimit, 6), "a duplicate is a cell");
    let twice = framed("property[a][0] = x\nproperty[a][0] = y\nproperty[b][0] = z\n");
    assert_eq!(refusal_by(over, &twice), (ErrorKind::CellLimit, 6), "and so is what follows it");
    let none = limited(|limits| limits.cells = 0);
    assert_eq!(refusal_by(none, &text), (ErrorKind::CellLimit, 4));
    reply_by(none, framed("property[a] = not a cell\n"));
}

#[test]
fn rows() {
    let at = |row: &str| framed(&format!("property[a][0] = x\nproperty[a][{row}] = y\n"));
    let ten = limited(|limits| limits.row = 10);
    assert_eq!(reply_by(ten, at("10")).row_count(), 11);
    assert_eq!(refusal_by(ten, &at("11")), (ErrorKind::RowLimit, 5));
    assert_eq!(refusal_by(ten, &at("4294967296")), (ErrorKind::IndexOverflow, 5));
    let first = limited(|limits| limits.row = 0);
    assert_eq!(refusal_by(first, &at("1")), (ErrorKind::RowLimit, 5));
    let metadata = framed("property[column][1] = a\n");
    assert_eq!(refusal_by(first, &metadata), (ErrorKind::RowLimit, 4), "of any column");
    reply_by(first, framed("property[a][0] = x\nproperty[b][0] = y\n"));
}

#[test]
fn the_default_limit_of_rows() {
    let at = |row: &str| format!("code = 200\nproperty[a][{row}] = x\n");
    let sparse = Parser::new().limits(Limits::DEFAULT.holes(u64::MAX));
    assert_eq!(reply_by(sparse, at("9999999")).row_count(), 10_000_000);
    assert_eq!(refusal(&at("10000000")), (ErrorKind::RowLimit, 2));
    let all = Parser::new().limits(Limits::DEFAULT.row(u32::MAX).holes(u64::MAX));
    assert_eq!(reply_by(all, at("4294967294")).get("a", 0xffff_fffe), Some("x"));
    assert_eq!(refusal_by(all, &at("4294967296")), (ErrorKind::IndexOverflow, 2));
}

/// A table of 2^32 rows would take 32 GiB if a hole took anything.
#[test]
fn a_huge_index_takes_no_memory() {
    let parser = Parser::new().limits(Limits::DEFAULT.row(u32::MAX).holes(u64::MAX));
    let response = reply_by(
        parser,
        "code = 200\nproperty[a][4294967294] = z\nproperty[b][4294967293] = y\nproperty[a][0] = x\n",
    );
    let a = response.column("a").expect("a column");
    assert_eq!(a.cells().collect::<Vec<_>>(), [(0, "x"), (0xffff_fffe, "z")]);
    assert_eq!(a.join(" "), "x z");
    assert_eq!(response.rows().len(), 0xffff_ffff);
    let mut ends = response.rows();
    let last = ends.next_back().expect("a row");
    assert_eq!((last.get("a"), last.get("b")), (Some("z"), None));
    assert_eq!(ends.next_back().and_then(|row| row.get("b")), Some("y"));
    let again = reply_by(parser, response.encode().to_string());
    assert_eq!(again, response);
}

#[test]
fn limits_hold_for_strict_parsers_too() {
    let parser = Parser::strict().limits(Limits::DEFAULT.cells(1));
    let text = framed("property[a][0] = x\nproperty[a][0] = y\n");
    assert_eq!(refusal_by(parser, &text), (ErrorKind::CellLimit, 5));
}

#[test]
fn lines_have_no_limits() {
    let text = "property[a][4294967295] = x\nproperty[a][4294967296] = x\nx\n";
    let lines: Vec<_> = Lines::new(text).map(|line| line.map(|line| line.position())).collect();
    assert!(lines[0].is_ok() && lines[2].is_ok());
    let error = lines[1].expect_err("33 bits");
    assert_eq!((error.kind(), error.position().line()), (ErrorKind::IndexOverflow, 2));
}

#[test]
fn the_first_limit_that_is_passed_is_the_error() {
    let parser = limited(|limits| (limits.cells, limits.columns, limits.row) = (2, 2, 2));
    let refused = |lines: &str| refusal_by(parser, &framed(lines)).0;
    let cells = "property[a][0] = x\nproperty[a][1] = x\n";
    assert_eq!(refused(&format!("{cells}property[b][0] = x\n")), ErrorKind::CellLimit);
    assert_eq!(refused(&format!("property[a][3] = x\n{cells}")), ErrorKind::RowLimit);
    assert!(Response::parse(framed(cells)).is_ok());
}

#[test]
fn fields_are_counted_by_their_names() {
    let text = "code = 200\ndescription = x\na = 1\nA = 2\nb = 3\n";
    let parser = |fields| Parser::new().limits(Limits::DEFAULT.fields(fields));
    assert_eq!(reply_by(parser(4), text).field("b"), Some("3"));
    assert_eq!(refusal_by(parser(3), text), (ErrorKind::FieldLimit, 5), "case makes no new field");
    let error = parser(3).parse(text).unwrap_err();
    assert_eq!(&text[error.span()], "b");
    let many: String = (0..65_535).map(|n| format!("f{n} = x\n")).collect();
    assert!(Response::parse(format!("code = 200\n{many}")).is_ok());
    assert_eq!(refusal(&format!("code = 200\n{many}more = x\n")), (ErrorKind::FieldLimit, 65_537));
}
