//! The 47 rows of the matrix of parser behaviour (docs/protocol.md, section 2.4), one test each: input on which the vendor's own clients
//! disagree with each other, or agree on losing something. The first wins, and unindexed cells are skipped.

use core::fmt::Write;

use cnic_response::{Encoding, ParseError, Parser, Response};

use crate::util::{framed, refusal, reply, table};

/// Writes what was read in one line: the fields besides code and description, the columns with `-` for a hole, and the
/// notes with their lines; or the error with its line.
fn outcome(result: Result<Response<'_>, ParseError>) -> String {
    let response = match result {
        Ok(response) => response,
        Err(error) => return format!("{:?}@{}", error.kind(), error.position().line()),
    };
    let mut parts = Vec::new();
    parts.extend(response.fields().map(|(name, value)| format!("{name:?} = {value:?}")));
    for column in response.columns() {
        let mut part = format!("{:?}:", column.name());
        for cell in column.iter() {
            match cell {
                Some(value) => write!(part, " {value:?}"),
                None => write!(part, " -"),
            }
            .expect("a string takes any text");
        }
        parts.push(part);
    }
    let notes = response.notes().iter();
    parts.extend(notes.map(|note| format!("{}@{}", note.kind().name(), note.position().line())));
    parts.join("; ")
}

/// One test for each row: what is read from lines within an envelope, where they begin at line 4.
macro_rules! rows {
    ($($name:ident: $($lines:literal => $expected:literal),+;)+) => {
        $(
            #[test]
            fn $name() {
                $(assert_eq!(outcome(Response::parse(framed($lines))), $expected, "{:?}", $lines);)+
            }
        )+
    };
}

rows! {
    row_01_lf_and_crlf:
        "x = 1\nproperty[a][0] = y\n" => r#""x" = "1"; "a": "y""#,
        "x = 1\r\nproperty[a][0] = y\r\n" => r#""x" = "1"; "a": "y""#,
        "x = 1\nproperty[a][0] = y\r\n" => r#""x" = "1"; "a": "y""#;
    row_03_lone_cr_inside_a_value:
        "property[a][0] = x\ry\n" => r#""a": "x\ry""#;
    row_04_cr_cr_lf:
        "property[a][0] = x\r\r\ny = z\r\r\r\n" => r#""y" = "z"; "a": "x""#;
    row_05_out_of_order_indices:
        "property[a][1] = y\nproperty[a][0] = x\nproperty[a][2] = z\n" => r#""a": "x" "y" "z""#,
        "property[a][2] = z\nproperty[a][1] = y\nproperty[a][0] = x\n" => r#""a": "x" "y" "z""#;
    row_06_a_gap:
        "property[a][0] = x\nproperty[a][2] = z\n" => r#""a": "x" - "z""#;
    row_07_only_row_1:
        "property[b][0] = w\nproperty[a][1] = y\n" => r#""b": "w"; "a": - "y""#;
    row_08_the_same_index_twice:
        "property[a][0] = x\nproperty[a][0] = y\nproperty[a][1] = z\n"
            => r#""a": "x" "z"; DuplicateCell@5"#,
        "property[a][1] = x\nproperty[a][1] = y\nproperty[a][0] = z\n"
            => r#""a": "z" "x"; DuplicateCell@5"#;
    row_09_zeros_before_the_index:
        "property[a][01] = y\nproperty[a][00] = x\nproperty[a][0010] = z\n"
            => r#""a": "x" "y" - - - - - - - - "z""#;
    row_10_no_index:
        "property[a] = x\nproperty[a][0] = y\n" => r#""a": "y"; MalformedProperty@4"#;
    row_11_an_index_that_is_no_number:
        "property[a][-1] = x\n" => "MalformedProperty@4",
        "property[a][x] = x\n" => "MalformedProperty@4",
        "property[a][] = x\n" => "MalformedProperty@4";
    row_12_an_index_of_20_digits:
        "property[a][12345678901234567890] = x\n" => "IndexOverflow@4",
        "property[a][0] = x\nproperty[a][4294967295] = x\n" => "RowLimit@5";
    row_13_junk_after_the_index:
        "property[a][0]foo = x\n" => "MalformedProperty@4";
    row_14_an_empty_column_name:
        "property[][0] = x\n" => r#""": "x""#;
    row_18_equals_in_a_value:
        "property[a][0] = b = c\nx = y==z\n" => r#""x" = "y==z"; "a": "b = c""#;
    row_19_equals_in_a_column_name:
        "property[a=b][0] = v\n" => r#""a=b": "v""#;
    row_20_closing_bracket_in_a_column_name:
        "property[a]b][0] = v\n" => "MalformedProperty@4";
    row_21_opening_bracket_in_a_column_name:
        "property[a[b][0] = v\n" => r#""a[b": "v""#;
    row_22_nothing_after_equals:
        "property[a][0]=\nproperty[a][1]=x\n" => r#""a": "" "x""#;
    row_23_blanks_after_equals:
        "property[a][0] = \nproperty[a][1] =\t \n" => r#""a": "" """#;
    row_25_a_field_twice:
        "x = 1\nX = 2\n" => r#""x" = "1"; DuplicateField@5"#;
    row_26_a_field_twice_and_then_empty:
        "x = 1\nx =\n" => r#""x" = "1"; DuplicateField@5"#,
        "x =\nx = 1\n" => r#""x" = ""; DuplicateField@5"#;
    row_28_blanks_before_the_brackets:
        "property [a] [0] = x\n" => r#""property [a] [0]" = "x""#,
        "property[a] [0] = x\n" => "MalformedProperty@4";
    row_29_nbsp_at_the_end:
        "property[a][0] = x\u{a0}\nx = \u{a0}y\n" => r#""x" = "\u{a0}y"; "a": "x\u{a0}""#;
    row_30_other_line_separators_in_a_value:
        "property[a][0] = 1\u{2028}2\u{85}3\u{b}4\u{c}5\n"
            => r#""a": "1\u{2028}2\u{85}3\u{b}4\u{c}5""#;
    row_35_eof_as_a_cell:
        "property[a][0] = EOF\nproperty[a][1] = [RESPONSE]\nx = EOF\n"
            => r#""x" = "EOF"; "a": "EOF" "[RESPONSE]""#;
    row_36_a_field_called_property_and_columns:
        "property = x\nproperty[a][0] = y\n" => r#""property" = "x"; "a": "y""#;
    row_37_only_a_field_called_property:
        "property = x\n" => r#""property" = "x""#;
    row_38_no_key:
        "=x\n = y\n" => "MissingKey@4; MissingKey@5";
    row_39_no_equals:
        "...\nx\n" => "MissingEquals@4; MissingEquals@5";
    row_40_an_index_without_property:
        "total[0] = 5\n" => r#""total[0]" = "5""#;
    row_44_nul:
        "property[a][0] = x\0y\0\n\0 = \0\n" => r#""\0" = "\0"; "a": "x\0y\0""#;
    row_45_columns_with_numbers_for_names:
        "property[10][0] = x\nproperty[2][0] = y\n" => r#""10": "x"; "2": "y""#;
    row_46_proto:
        "property[__proto__][0] = x\n__proto__ = y\n" => r#""__proto__" = "y"; "__proto__": "x""#;
}

#[test]
fn row_02_cr_only() {
    assert_eq!(outcome(Response::parse("code = 200\rdescription = Done\r")), "InvalidCode@1");
    assert_eq!(outcome(Response::parse("[RESPONSE]\rcode = 200\rEOF\r")), "MissingCode@1");
}

#[test]
fn row_15_blanks_in_a_column_name() {
    let response = table("property[credit threshold][0] = 5\n");
    assert_eq!(outcome(Ok(response.clone())), r#""credit threshold": "5""#);
    for name in ["credit threshold", "CREDIT THRESHOLD", "CREDITTHRESHOLD", "credit_threshold"] {
        assert_eq!(response.get(name, 0), Some("5"), "{name}");
    }
}

#[test]
fn row_16_names_that_differ_in_blanks() {
    let response = table("property[transfer status][0] = A\nproperty[transferstatus][0] = B\n");
    assert_eq!(outcome(Ok(response.clone())), r#""transfer status": "A"; "transferstatus": "B""#);
    assert_eq!(response.get("Transfer Status", 0), Some("A"));
    assert_eq!(response.get("TransferStatus", 0), Some("B"));
}

#[test]
fn row_17_names_that_differ_in_case() {
    let response = table("property[a][0] = x\nproperty[A][1] = y\n");
    assert_eq!(outcome(Ok(response.clone())), r#""a": "x" "y""#);
    assert_eq!(response.get("A", 0), Some("x"));
}

#[test]
fn row_24_an_empty_description() {
    for text in ["code = 200\ndescription =\n", "code = 200\r\ndescription = \r\n"] {
        let response = reply(text);
        assert_eq!((response.description(), response.field("description")), ("", Some("")));
        assert_eq!(outcome(Ok(response)), "EmptyDescription@2");
    }
}

#[test]
fn row_27_an_indented_code() {
    let response = reply("  code = 200\n\tdescription = Done\n");
    assert_eq!(response.code(), 200);
    assert_eq!(outcome(Ok(response)), "");
}

#[test]
fn row_31_byte_order_mark_before_the_envelope() {
    let response = reply(format!("\u{feff}{}", framed("")));
    assert!(response.is_framed());
    assert_eq!(outcome(Ok(response)), "ByteOrderMark@1");
}

#[test]
fn row_32_byte_order_mark_before_the_code() {
    let response = reply("\u{feff}code = 200\ndescription = Done\n");
    assert_eq!(response.code(), 200);
    assert_eq!(outcome(Ok(response)), "ByteOrderMark@1");
}

#[test]
fn row_33_fields_after_eof() {
    let response = reply(framed("") + "code = 500\ndescription = x\nproperty[a][0] = y\n");
    assert_eq!((response.code().as_u16(), response.description()), (200, "Done"));
    assert_eq!(outcome(Ok(response)), "TrailingData@5");
}

#[test]
fn row_34_no_eof() {
    let text = "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[a][0] = x\n";
    assert_eq!(outcome(Response::parse(text)), "Truncated@4");
    let read = Parser::new().allow_truncated(true).parse(text);
    assert!(read.as_ref().is_ok_and(Response::is_truncated));
    assert_eq!(outcome(read), r#""a": "x"; Truncated@4"#);
    // It is told where the last line begins, also when that was expected.
    let long = "x".repeat(50);
    let rows = [0, 1, 2, 3, 4].map(|row| format!("property[a][{row}] = {long}\n")).concat();
    let text = format!("[RESPONSE]\ncode = 200\ndescription = Done\n{rows}");
    let at = Response::parse(&*text).expect_err("truncated").position();
    assert_eq!((at.line(), at.byte()), (8, text.rfind("property").expect("a cell")));
}

#[test]
fn row_41_latin_1_bytes() {
    let bytes = b"code = 200\ndescription = Done\nproperty[a][0] = M\xfcnchen\n";
    assert_eq!(outcome(Response::from_utf8(bytes)), "InvalidUtf8 { offset: 48 }@3");
    let by = |encoding| outcome(Parser::new().encoding(encoding).parse_bytes(bytes));
    assert_eq!(by(Encoding::Latin1), r#""a": "München""#);
    assert_eq!(by(Encoding::Utf8Lossy), "\"a\": \"M\u{fffd}nchen\"; ReplacedBytes@3");
}

#[test]
fn row_42_sharp_s() {
    let response = table("property[straße][0] = x\nproperty[STRASSE][0] = y\n");
    assert_eq!(outcome(Ok(response.clone())), r#""straße": "x"; "STRASSE": "y""#);
    assert_eq!(response.get("STRAßE", 0), Some("x"));
    assert_eq!(response.get("strasse", 0), Some("y"));
}

#[test]
fn row_43_dotless_i() {
    let response = table("property[ı][0] = x\nproperty[i][0] = y\nproperty[İ][0] = z\n");
    assert_eq!(outcome(Ok(response.clone())), r#""ı": "x"; "i": "y"; "İ": "z""#);
    assert_eq!(response.get("I", 0), Some("y"));
}

#[test]
fn row_47_two_equals_signs() {
    let code = refusal("code == 200\ndescription = Done\n");
    assert_eq!(code, (cnic_response::ErrorKind::InvalidCode, 1));
    assert_eq!(outcome(Ok(table("x == 200\n"))), r#""x" = "= 200""#);
}
