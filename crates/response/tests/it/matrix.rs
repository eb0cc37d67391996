//! The 47 rows of the matrix of parser behaviour (docs/protocol.md, section 2.4): input on which
//! the vendor's own clients disagree with each other, or agree on losing something. The first wins,
//! and unindexed cells are skipped.

use core::fmt::Write;
use std::collections::BTreeSet;

use cnic_response::{Encoding, ParseError, Parser, Response};
use cnic_testkit::table::{check_columns, rows};

use crate::util::{reply, table};

const TABLE: &str = "response/matrix.tsv";

/// Writes what was read in one line, as `testdata/README.md` describes it.
fn outcome(result: Result<Response<'_>, ParseError>) -> String {
    let response = match result {
        Ok(response) => response,
        Err(error) => return format!("error: {error}"),
    };
    let mut parts = Vec::new();
    if response.code() != 200 {
        parts.push(format!("code {}", response.code().as_u16()));
    }
    if response.description() != "Command completed successfully" {
        parts.push(format!("description \"{}\"", response.description()));
    }
    if !response.is_framed() {
        parts.push("unframed".to_owned());
    }
    assert_eq!(response.page(), None);
    parts.extend(response.fields().map(|(name, value)| format!("\"{name}\" = \"{value}\"")));
    for column in response.columns() {
        let mut part = format!("\"{}\":", column.name());
        for cell in column.iter() {
            match cell {
                Some(value) => write!(part, " \"{value}\""),
                None => write!(part, " -"),
            }
            .expect("a string takes any text");
        }
        parts.push(part);
    }
    parts.extend(response.table().repeated().map(|cell| {
        format!("repeated \"{}\" {}: \"{}\"", cell.column(), cell.row(), cell.value())
    }));
    let notes = response.notes().iter();
    parts.extend(notes.map(|note| format!("{}@{}", note.kind().name(), note.position().line())));
    parts.join("; ")
}

/// A strict parser rejects what has no envelope, and makes an error of the first note; for the rest
/// the two agree.
#[test]
fn every_row() {
    check_columns(TABLE, 85, ["outcome", "strict"], |row| {
        let read = Response::from_utf8(row.bytes("text"));
        let strict = Parser::strict().parse_bytes(row.bytes("text"));
        let error = match (&read, strict) {
            (Err(error), Err(strict)) if *error == strict => String::new(),
            (Ok(response), Ok(strict)) if *response == strict => String::new(),
            (Ok(response), Err(strict)) => {
                let note = response.notes().first().filter(|_| response.is_framed());
                if note.is_some_and(|note| note.to_string() != strict.to_string()) {
                    return Err(format!("the first note is {note:?}, strict: {strict}"));
                }
                strict.to_string()
            }
            (read, strict) => return Err(format!("{read:?}, strict: {strict:?}")),
        };
        Ok([outcome(read), error])
    });
}

#[test]
fn the_table_has_every_row_of_the_matrix() {
    let rows = rows(TABLE, 85);
    let found: BTreeSet<_> = rows.iter().map(|row| row.id()[..3].to_owned()).collect();
    let all: BTreeSet<_> = (1..=47).map(|row| format!("m{row:02}")).collect();
    assert_eq!(found, all);
}

#[test]
fn row_15_blanks_in_a_column_name() {
    let response = table("property[credit threshold][0] = 5\n");
    for name in ["credit threshold", "CREDIT THRESHOLD", "CREDITTHRESHOLD", "credit_threshold"] {
        assert_eq!(response.get(name, 0), Some("5"), "{name}");
    }
}

#[test]
fn row_16_names_that_differ_in_blanks() {
    let response = table("property[transfer status][0] = A\nproperty[transferstatus][0] = B\n");
    assert_eq!(response.get("Transfer Status", 0), Some("A"));
    assert_eq!(response.get("TransferStatus", 0), Some("B"));
}

#[test]
fn row_17_names_that_differ_in_case() {
    let response = table("property[a][0] = x\nproperty[A][1] = y\n");
    assert_eq!(response.get("A", 0), Some("x"));
}

#[test]
fn row_24_an_empty_description() {
    let response = reply("code = 200\ndescription =\n");
    assert_eq!((response.description(), response.field("description")), ("", Some("")));
}

#[test]
fn row_34_no_eof() {
    let text = "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[a][0] = x\n";
    let read = Parser::new().allow_truncated(true).parse(text);
    assert!(read.as_ref().is_ok_and(Response::is_truncated));
    assert_eq!(outcome(read), r#"description "Done"; "a": "x"; Truncated@4"#);
    // It is told where the last line begins, also when that was expected.
    let long = "x".repeat(50);
    let rows = [0, 1, 2, 3, 4].map(|row| format!("property[a][{row}] = {long}\n")).concat();
    let text = format!("[RESPONSE]\ncode = 200\ndescription = Done\n{rows}");
    let at = Response::parse(&*text).expect_err("truncated").position();
    assert_eq!((at.line(), at.byte()), (8, text.rfind("property").expect("a cell")));
}

#[test]
fn row_41_latin_1_bytes() {
    let bytes =
        b"code = 200\ndescription = Command completed successfully\nproperty[a][0] = M\xfcnchen\n";
    let by = |encoding| outcome(Parser::new().encoding(encoding).parse_bytes(bytes));
    assert_eq!(by(Encoding::Latin1), r#"unframed; "a": "München""#);
    assert_eq!(by(Encoding::Utf8Lossy), "unframed; \"a\": \"M\u{fffd}nchen\"; ReplacedBytes@3");
}

#[test]
fn row_42_sharp_s() {
    let response = table("property[straße][0] = x\nproperty[STRASSE][0] = y\n");
    assert_eq!(response.get("STRAßE", 0), Some("x"));
    assert_eq!(response.get("strasse", 0), Some("y"));
}

#[test]
fn row_43_dotless_i() {
    let response = table("property[ı][0] = x\nproperty[i][0] = y\nproperty[İ][0] = z\n");
    assert_eq!(response.get("I", 0), Some("y"));
}
