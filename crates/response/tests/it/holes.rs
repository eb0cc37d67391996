//! How many holes a table may have, and where it has too many.

use cnic_response::__private::without_prediction;
use cnic_response::{
    Buffers, BuildErrorKind, Code, ErrorKind, Limits, Parser, Response, ResponseBuilder,
};
use cnic_testkit::counting::cost;

use crate::util::{framed, refusal_by, reply, reply_by};

fn allowing(holes: u64) -> Parser {
    Parser::new().limits(Limits::DEFAULT.holes(holes).row(u32::MAX))
}

/// Holds that a table of so many holes, besides 64 for each of its cells, is read, and that it is refused at this line if
/// there may be one less.
#[track_caller]
fn passes(lines: &str, holes: u64, line: usize) {
    let text = framed(lines);
    reply_by(allowing(holes), text.as_str());
    let less = allowing(holes - 1);
    assert_eq!(refusal_by(less, &text), (ErrorKind::HoleLimit, line));
    let strict = Parser::strict().limits(Limits::DEFAULT.holes(holes - 1).row(u32::MAX));
    assert_eq!(refusal_by(strict, &text), (ErrorKind::HoleLimit, line));
    assert_eq!(refusal_by(without_prediction(less), &text), (ErrorKind::HoleLimit, line));
}

#[test]
fn holes_are_what_is_left_of_the_rows_of_the_data_columns() {
    passes("property[a][100] = x\n", 100 - 64, 4);
    passes("property[a][100] = x\nproperty[b][0] = y\n", 200 - 2 * 64, 4);
    passes("property[a][0] = x\nproperty[b][200] = y\nproperty[c][0] = z\n", 600 - 3 * 64, 5);
}

#[test]
fn the_first_cell_of_the_last_row_passed_the_limit() {
    let lines = "\
property[a][0] = x
property[b][900] = x
property[a][900] = x
property[a][899] = x
property[c][900] = x
";
    passes(lines, 2703 - 5 - 5 * 64, 5);
    // Also where the run of its column reaches the row, and where it is repeated.
    let run: String = (0..99).map(|row| format!("property[a][{row}] = x\n")).collect();
    let wide: String = (0..200).map(|n| format!("property[c{n}][0] = x\n")).collect();
    let holes = 201 * 99 - 299 - 299 * 64;
    passes(&format!("{run}{wide}property[a][98] = y\n"), holes, 4 + 98);
    passes(&format!("property[a][98] = y\n{run}{wide}"), holes, 4);
}

#[test]
fn repeated_cells_and_metadata_allow_no_holes() {
    passes("property[a][100] = x\nproperty[a][100] = y\n", 100 - 64, 4);
    let metadata = "property[count][0] = 101\nproperty[total][0] = 9\nproperty[column][0] = a\n";
    passes(&format!("{metadata}property[a][100] = x\n"), 100 - 64, 7);
}

#[test]
fn the_names_of_columns_are_a_table_of_their_own() {
    passes("property[column][100] = x\n", 100 - 64, 4);
    passes(
        "property[column][0] = a\nproperty[column][500] = b\nproperty[a][0] = x\n",
        499 - 128,
        5,
    );
    // It is told of the table first.
    let both = framed("property[column][500] = a\nproperty[a][500] = x\n");
    assert_eq!(refusal_by(allowing(435), &both), (ErrorKind::HoleLimit, 5));
}

#[test]
fn a_list_without_rows_has_no_holes() {
    let values: String = (0..1000).map(|n| format!("property[v{n}][0] = x\n")).collect();
    let response = reply_by(allowing(0), framed(&format!("property[count][0] = 0\n{values}")));
    assert_eq!((response.values().count(), response.row_count()), (1000, 0));
}

#[test]
fn nothing_overflows() {
    let columns: String = (0..1000).map(|n| format!("property[c{n}][4294967294] = x\n")).collect();
    let text = framed(&columns);
    assert_eq!(refusal_by(allowing(0), &text), (ErrorKind::HoleLimit, 4));
    let most = 1000 * 4_294_967_294 - 64_000;
    reply_by(allowing(most), text.as_str());
    reply_by(allowing(u64::MAX), text.as_str());
    assert_eq!(refusal_by(allowing(most - 1), &text), (ErrorKind::HoleLimit, 4));
}

#[test]
fn the_default_is_what_is_documented() {
    let at = |row: u32| format!("code = 200\nproperty[a][{row}] = x\n");
    assert_eq!(reply(at(262_144 + 64)).row_count(), 262_209);
    let error = Response::parse(at(262_144 + 65)).expect_err("a hole more");
    assert_eq!((error.kind(), error.position().byte()), (ErrorKind::HoleLimit, 11));
}

#[test]
fn what_comes_later_in_reading_is_told_first() {
    let refused = |text: &str| refusal_by(allowing(0), text).0;
    assert_eq!(refused("property[a][999] = x\n"), ErrorKind::MissingCode);
    assert_eq!(refused("[RESPONSE]\ncode = 200\nproperty[a][999] = x\n"), ErrorKind::Truncated);
    assert_eq!(
        refused("code = 200\nproperty[a][999] = x\nproperty[a][4294967296] = x\n"),
        ErrorKind::IndexOverflow
    );
}

#[test]
fn a_built_reply_may_have_any() {
    let built = |row| ResponseBuilder::new(Code::COMPLETED).cell("a", row, "x").build();
    let last = built(u32::MAX - 1).expect("a reply");
    assert_eq!(last.rows().next_back().and_then(|row| row.get("a")), Some("x"));
    let text = "code = 200\nproperty[a][4294967295] = x\n";
    let parser = allowing(u64::MAX);
    // 2^32 rows are more than 32 bits can count. Neither is such a reply built nor read as a shorter one.
    match 1_usize.checked_shl(32) {
        Some(rows) => {
            assert_eq!(built(u32::MAX).expect("a reply").row_count(), rows);
            assert_eq!(reply_by(parser, text).row_count(), rows);
        }
        None => {
            let error = built(u32::MAX).expect_err("a row too many");
            assert_eq!(error.kind(), BuildErrorKind::RowLimit);
            assert_eq!(refusal_by(parser, text), (ErrorKind::RowLimit, 2));
        }
    }
}

#[test]
fn buffers_keep_their_memory() {
    let list: String = (0..1000).map(|row| format!("property[a][{row}] = x\n")).collect();
    let far = format!("{list}property[a][999999] = x\nproperty[b][1] = x\nproperty[a][0] = x\n");
    let (good, holes) = (framed(&list), framed(&far));
    let mut buffers = Buffers::new();
    for round in 0..4 {
        for (text, is_good) in [(&holes, false), (&good, true)] {
            let (parsed, spent) = cost(|| Parser::new().parse_with(&**text, &mut buffers));
            assert_eq!(parsed.is_ok(), is_good);
            assert!(round < 2 || spent.allocations == 0, "{} allocations", spent.allocations);
            if let Ok(response) = parsed {
                assert_eq!(response, reply(text.as_str()));
                buffers.reclaim(response);
            }
        }
    }
}
