//! The decisions about what a reply means, one section each: the table, the envelope and what wins. The others are in
//! `decisions_text.rs`.

use cnic_response::__private::without_prediction;
use cnic_response::{ErrorKind, Limits, NoteKind, Parser, PropertyFault, Response};

use crate::util::{column, framed, names, notes, refusal, refusal_by, reply, reply_by, table};

//--- 1. The index is data

#[test]
fn a_cell_goes_to_the_row_its_index_names() {
    let response = table("property[a][2] = z\nproperty[a][0] = x\nproperty[a][1] = y\n");
    assert_eq!(column(&response, "a"), [Some("x"), Some("y"), Some("z")]);

    let late = table("property[a][0] = x\nproperty[b][1] = y\n");
    assert_eq!(column(&late, "b"), [None, Some("y")]);
    assert_eq!(late.row_count(), 2);
}

#[test]
fn hole_is_not_an_empty_cell() {
    let response = table("property[a][0] = x\nproperty[a][2] =\nproperty[a][3] = y\n");
    assert_eq!(column(&response, "a"), [Some("x"), None, Some(""), Some("y")]);
    assert_eq!(response.get("a", 1), None);
    assert_eq!(response.get("a", 2), Some(""));
    assert_eq!(notes(&response), []);
}

#[test]
fn a_short_column_ends_in_holes() {
    let response = table("property[a][0] = x\nproperty[b][0] = y\nproperty[b][1] = z\n");
    let rows: Vec<_> = response.rows().map(|row| (row.get("a"), row.get("b"))).collect();
    assert_eq!(rows, [(Some("x"), Some("y")), (None, Some("z"))]);
}

//--- 2. Layout and order

#[test]
fn layout_does_not_matter() {
    let by_column =
        "property[a][0] = 1\nproperty[a][1] = 2\nproperty[b][0] = 3\nproperty[b][1] = 4\n";
    let by_row = "property[a][0] = 1\nproperty[b][0] = 3\nproperty[a][1] = 2\nproperty[b][1] = 4\n";
    let (by_column, by_row) = (table(by_column), table(by_row));
    assert_eq!(by_column, by_row);
    assert_eq!(by_column.encode().to_string(), by_row.encode().to_string());
}

#[test]
fn line_order_does_not_matter() {
    fn permute(lines: &mut Vec<&'static str>, settled: usize, visit: &mut impl FnMut(&str)) {
        if settled == lines.len() {
            visit(&format!("[RESPONSE]\n{}\nEOF\n", lines.join("\n")));
        }
        for next in settled..lines.len() {
            lines.swap(settled, next);
            permute(lines, settled + 1, visit);
            lines.swap(settled, next);
        }
    }

    let mut lines = vec![
        "code = 200",
        "description = Done",
        "runtime = 0.012",
        "property[a][0] = x",
        "property[a][1] =",
        "property[a][3] = z",
        "property[b][1] = y",
    ];
    let first = reply(format!("[RESPONSE]\n{}\nEOF\n", lines.join("\n")));
    assert_eq!(column(&first, "a"), [Some("x"), Some(""), None, Some("z")]);
    let mut orders = 0;
    permute(&mut lines, 0, &mut |text| {
        let other = reply(text);
        assert_eq!(other, first, "{text}");
        assert_eq!(column(&other, "a"), column(&first, "a"), "{text}");
        assert_eq!(column(&other, "b"), column(&first, "b"), "{text}");
        assert_eq!(notes(&other), [], "{text}");
        orders += 1;
    });
    assert_eq!(orders, 5040);
}

#[test]
fn columns_keep_the_order_of_first_appearance() {
    let response = table(
        "property[zone][1] = 1\nproperty[10][0] = 2\nproperty[2][0] = 3\nproperty[Apex][0] = 4\n\
         property[zone][0] = 5\nproperty[apex][1] = 6\n",
    );
    assert_eq!(names(&response), ["zone", "10", "2", "Apex"]);
}

//--- 3. Memory is for cells (tests/cost.rs), and each limit has its error (tests/limits.rs)

#[test]
fn a_far_row_is_one_cell() {
    let parser = Parser::new().limits(Limits::DEFAULT.holes(10_000_000));
    let response = reply_by(parser, framed("property[a][9999999] = x\n"));
    assert_eq!(response.row_count(), 10_000_000);
    let a = response.column("a").expect("a column");
    assert_eq!(a.cells().collect::<Vec<_>>(), [(9_999_999, "x")]);
    assert_eq!(a.get(9_999_998), None);
}

//--- 4. What describes a list is not part of it

const LIST: &str = "\
property[column][0] = domain
property[column][1] = status
property[count][0] = 1
property[domain][0] = example.com
property[first][0] = 0
property[last][0] = 0
property[limit][0] = 100
property[status][0] = ACTIVE
property[total][0] = 1
";

#[test]
fn paging_metadata_is_neither_column_nor_row() {
    let response = table(LIST);
    assert_eq!(names(&response), ["domain", "status"]);
    assert_eq!(response.row_count(), 1, "`column` has two cells, and they are no rows");
    let row = response.table().row(0).expect("a row");
    let cells: Vec<_> = row.cells().collect();
    assert_eq!(cells, [("domain", Some("example.com")), ("status", Some("ACTIVE"))]);
}

#[test]
fn paging_metadata_is_reachable_by_name() {
    let response = table(LIST);
    assert_eq!(response.declared_columns().collect::<Vec<_>>(), ["domain", "status"]);
    assert_eq!(response.page().and_then(|page| page.limit), Some(100));
    assert_eq!(column(&response, "total"), [Some("1")]);
    assert_eq!(column(&response, "COLUMN"), [Some("domain"), Some("status")]);
}

#[test]
fn a_paging_name_with_more_than_row_0_is_data() {
    for name in ["count", "first", "last", "limit", "total"] {
        let one = table(&format!("property[{name}][0] = 7\nproperty[a][0] = x\n"));
        assert_eq!(names(&one), ["a"], "{name}");
        let upper = name.to_ascii_uppercase();
        let two = table(&format!("property[{upper}][0] = 7\nproperty[{name}][1] = 8\n"));
        assert_eq!(names(&two), [upper], "{name}");
        assert_eq!(two.row_count(), 2, "{name}");
        assert_eq!(two.page(), None, "{name}");
        let other_row = table(&format!("property[{name}][1] = 7\n"));
        assert_eq!(names(&other_row), [name]);
    }
}

#[test]
fn names_that_merely_begin_like_metadata_are_data() {
    let response = table(
        "property[country][0] = DE\nproperty[firstname][0] = A\nproperty[lastname][0] = B\n\
         property[columns][0] = 3\nproperty[discount][0] = 0\nproperty[count ][0] = 9\n",
    );
    assert_eq!(
        names(&response),
        ["country", "firstname", "lastname", "columns", "discount", "count "]
    );
    assert_eq!(response.page(), None);
}

#[test]
fn one_checked_domain_is_one_row() {
    let response = table(
        "property[column][0] = domaincheck\nproperty[column][1] = domaincheckreason\n\
         property[domaincheck][0] = 210 Domain name available\n\
         property[domaincheckreason][0] =\n",
    );
    assert_eq!(response.row_count(), 1);
    assert_eq!(response.rows().len(), 1);
}

#[test]
fn an_empty_list_has_no_rows() {
    let empty = "property[column][0] = domain\nproperty[count][0] = 0\nproperty[first][0] = 40\n\
                 property[last][0] = 40\nproperty[limit][0] = 10\nproperty[total][0] = 7\n";
    let response = table(empty);
    assert_eq!((response.row_count(), names(&response)), (0, vec![]));
    assert_eq!(notes(&response), []);

    let with_sum = table(&format!("{empty}property[sum][0] = 0.00\n"));
    assert_eq!(with_sum.row_count(), 0, "a sum describes the list");
    assert_eq!(with_sum.get("sum", 0), Some("0.00"));
    assert_eq!(notes(&with_sum), []);
}

#[test]
fn a_row_of_a_column_that_is_declared_is_one_whatever_the_count_says() {
    let response = table(
        "property[column][0] = domain\nproperty[count][0] = 0\nproperty[domain][0] = a.test\n\
         property[sum][0] = 0.00\n",
    );
    assert_eq!((response.row_count(), names(&response)), (1, vec!["domain"]));
    assert_eq!(notes(&response), [(NoteKind::CountMismatch, 5)]);
}

#[test]
fn a_sum_is_data_where_there_are_rows() {
    let response = table(&format!("{LIST}property[sum][0] = 9.00\n"));
    assert_eq!(names(&response), ["domain", "status", "sum"]);
    let undeclared = "property[count][0] = 1\nproperty[sum][0] = 0.00\n";
    assert_eq!(names(&table(undeclared)), ["sum"], "nothing says which columns are the list's");
}

#[test]
fn a_count_that_is_not_the_number_of_rows_is_noted() {
    let response = table("property[a][0] = x\nproperty[count][0] = 2\n");
    assert_eq!(response.row_count(), 1);
    assert_eq!(notes(&response), [(NoteKind::CountMismatch, 5)]);
}

//--- 5. The first wins

#[test]
fn the_first_cell_wins() {
    let twice = "property[a][0] = x\nproperty[A][0] = y\nproperty[a][00] =\n";
    let response = table(twice);
    assert_eq!(column(&response, "a"), [Some("x")]);
    assert_eq!(notes(&response), [(NoteKind::DuplicateCell, 5), (NoteKind::DuplicateCell, 6)]);
}

#[test]
fn the_first_cell_wins_wherever_its_column_stands_by_then() {
    // Row 2 is given first, before rows 0 and 1 and before and after its own second coming.
    let response = table(
        "property[a][2] = first\nproperty[a][2] = second\nproperty[a][0] = x\n\
         property[a][1] = y\nproperty[a][2] = third\nproperty[a][2] = fourth\n",
    );
    assert_eq!(column(&response, "a"), [Some("x"), Some("y"), Some("first")]);
    assert_eq!(notes(&response), [5, 8, 9].map(|line| (NoteKind::DuplicateCell, line)));
}

#[test]
fn an_empty_first_cell_wins_too() {
    let response = table("property[a][0] =\nproperty[a][0] = y\n");
    assert_eq!(column(&response, "a"), [Some("")]);
}

#[test]
fn the_first_field_wins() {
    let response = reply("code = 200\ndescription = one\nX = 1\nDESCRIPTION = two\nx = 2\nX =\n");
    assert_eq!(response.description(), "one");
    assert_eq!(response.field("x"), Some("1"));
    assert_eq!(response.fields().collect::<Vec<_>>(), [("X", "1")]);
    assert_eq!(notes(&response), [4, 5, 6].map(|line| (NoteKind::DuplicateField, line)));
}

#[test]
fn an_empty_first_description_wins_too() {
    let response = reply("code = 200\ndescription =\ndescription = two\n");
    assert_eq!(response.description(), "");
    assert_eq!(notes(&response), [(NoteKind::EmptyDescription, 2), (NoteKind::DuplicateField, 3)]);
}

#[test]
fn two_codes_that_differ_are_an_error() {
    let same = reply("code = 541\ndescription = Done\nCODE = 541\n");
    assert_eq!((same.code().as_u16(), notes(&same)), (541, vec![(NoteKind::RepeatedCode, 3)]));

    let text = "[RESPONSE]\ncode = 200\ndescription = Done\ncode = 541\nEOF\n";
    for parser in [Parser::new(), Parser::strict(), Parser::new().allow_truncated(true)] {
        assert_eq!(refusal_by(parser, text), (ErrorKind::ConflictingCode, 4));
    }
    assert_eq!(refusal("code = 200\ncode =\n"), (ErrorKind::InvalidCode, 2));
}

#[test]
fn strict_turns_every_note_into_an_error() {
    use NoteKind as N;

    let head = "[RESPONSE]\ncode = 200\ndescription = Done\n";
    let cases = [
        (N::ByteOrderMark, 1, format!("\u{feff}{head}EOF\n")),
        (N::CountMismatch, 4, framed("property[count][0] = 1\n")),
        (N::DuplicateCell, 5, framed("property[a][0] = x\nproperty[a][0] = x\n")),
        (N::DuplicateField, 5, framed("runtime = 0\nruntime = 0\n")),
        (N::EmptyDescription, 3, "[RESPONSE]\ncode = 200\ndescription =\nEOF\n".into()),
        (N::LateHeader, 3, "code = 200\ndescription = Done\n[RESPONSE]\nEOF\n".into()),
        (N::MalformedProperty(PropertyFault::MissingIndex), 4, framed("property[a] = x\n")),
        (N::MetadataNotANumber, 5, framed("property[first][0] = 0\nproperty[total][0] = 12.50\n")),
        (N::MissingDescription, 3, "[RESPONSE]\ncode = 200\nEOF\n".into()),
        (N::MissingEquals, 4, framed("...\n")),
        (N::MissingHeader, 3, "code = 200\ndescription = Done\nEOF\n".into()),
        (N::MissingKey, 4, framed("= x\n")),
        (N::RepeatedCode, 4, framed("").replace("EOF", "Code=200\nEOF")),
        (N::RepeatedHeader, 2, format!("[RESPONSE]\n{head}EOF\n")),
        (N::ReplacedBytes, 4, framed("x = \u{1a}\n")),
        (N::TrailingData, 6, framed("").replace("EOF\n", "EOF\n\nx\n")),
        (N::Truncated, 3, head.into()),
    ];
    assert_eq!(cases.each_ref().map(|case| case.0.name()), N::NAMES, "one case for each kind");
    for (kind, line, text) in cases {
        let (lenient, strict) = [Parser::new(), Parser::strict()]
            .map(|p| p.allow_truncated(true).encoding(cnic_response::Encoding::Utf8Lossy))
            .into();
        let bytes: Vec<u8> = text.bytes().map(|b| if b == 0x1a { 0xff } else { b }).collect();
        let response = lenient.parse_bytes(&bytes).expect("forgiven");
        assert_eq!(notes(&response), [(kind, line)]);
        let error = strict.parse_bytes(&bytes).expect_err("not forgiven");
        match kind {
            // The lack of a header is the lack of an envelope.
            N::MissingHeader => assert_eq!(error.kind(), ErrorKind::MissingEnvelope),
            // The same as if it were not allowed.
            N::Truncated => {
                assert!(error.is_truncated());
                assert_eq!(Err(error), Parser::strict().parse(text));
            }
            _ => {
                assert_eq!(error.kind(), ErrorKind::Noted(kind));
                assert_eq!(error.position().line(), line, "{kind}");
            }
        }
    }
}

//--- 6. Structure is a whole line

#[test]
fn envelope_words_are_structure_in_any_case_and_indented() {
    for text in [
        "[response]\ncode = 200\ndescription = Done\neof\nx",
        " [Response]\t\r\ncode = 200\r\ndescription = Done\r\n\tEof \r\nx",
    ] {
        let response = reply(text);
        assert!(response.is_framed() && !response.is_truncated());
        assert_eq!(notes(&response), [(NoteKind::TrailingData, 5)]);
    }
}

#[test]
fn the_same_words_inside_a_value_are_data() {
    let response = table(
        "property[log][0] = [RESPONSE]\nproperty[log][1] = code = 500\nproperty[log][2] = EOF\n\
         property[log][3] = property[log][0] = x\nEOF = 1\n[RESPONSE] = 2\n",
    );
    let log = [Some("[RESPONSE]"), Some("code = 500"), Some("EOF"), Some("property[log][0] = x")];
    assert_eq!(column(&response, "log"), log);
    assert_eq!((response.field("EOF"), response.field("[RESPONSE]")), (Some("1"), Some("2")));
    assert_eq!(response.code(), 200);
    assert_eq!(notes(&response), []);
}

#[test]
fn nothing_is_read_after_eof() {
    let mut text = framed("");
    text += "\n \ncode = 500\nproperty[a][99999999999] = x\nEOF\n[RESPONSE]\n";
    let response = reply(text);
    assert_eq!(response.code(), 200);
    assert_eq!(response.columns().count(), 0);
    assert_eq!(notes(&response), [(NoteKind::TrailingData, 7)]);
    let overflow = reply(framed("") + "\nproperty[a][99999999999] = x\nEOF\n");
    assert_eq!(notes(&overflow), [(NoteKind::TrailingData, 6)], "no error, but data");
    assert_eq!(notes(&reply(framed("") + "\n \t\r\n\n")), [], "blank lines are no data");
}

//--- 7. The envelope

#[test]
fn a_header_without_a_trailer_is_truncated() {
    let cut = "[RESPONSE]\ncode = 200\nproperty[a][0] = example.co";
    let error = Response::parse(cut).expect_err("cut off");
    assert_eq!((error.kind(), error.position().line()), (ErrorKind::Truncated, 3));
    assert!(error.is_truncated());
    assert!(!Response::parse("x = 1\n").expect_err("no code").is_truncated());

    let read = reply_by(Parser::new().allow_truncated(true), cut);
    assert!(read.is_truncated() && read.is_framed());
    assert_eq!(read.get("a", 0), Some("example.co"));
    assert!(notes(&read).contains(&(NoteKind::Truncated, 3)));
}

#[test]
fn a_second_header_before_the_trailer_is_truncated() {
    let text = "[RESPONSE]\ncode = 200\ndescription = one\n[RESPONSE]\ncode = 500\nEOF\n";
    assert_eq!(refusal(text), (ErrorKind::Truncated, 4));
    let read = reply_by(Parser::new().allow_truncated(true), text);
    assert_eq!((read.code().as_u16(), read.description()), (200, "one"));
}

#[test]
fn an_envelope_is_not_needed() {
    let response = reply("code = 200\ndescription = Done\n");
    assert!(!response.is_framed() && !response.is_truncated());
    assert_eq!(notes(&response), []);
    assert_eq!(response, reply(framed("")));
}

#[test]
fn strict_requires_the_envelope() {
    let text = "code = 200\ndescription = Done\n";
    assert_eq!(refusal_by(Parser::strict(), text), (ErrorKind::MissingEnvelope, 1));
    reply_by(Parser::strict(), framed(LIST));
}

/// Whether a line was read by itself or as the one that was expected after another, it is content.
#[test]
fn cells_of_either_path_end_an_envelope_at_the_next() {
    let head = "[RESPONSE]\ncode = 200\ndescription = Done\n";
    let cells = |rows: core::ops::Range<u32>| -> String {
        rows.map(|row| format!("property[domain][{row}] = example{row}.test\n")).collect()
    };
    // The second `[RESPONSE]` follows the first one directly, but for cells, the last of which are expected ones.
    let text = format!("runtime = 0.1\n{}[RESPONSE]\n{}{head}EOF\n", cells(0..4), cells(4..9));
    for parser in [Parser::new(), without_prediction(Parser::new())] {
        let error = parser.parse(&*text).expect_err("two");
        assert_eq!((error.kind(), error.position().line()), (ErrorKind::Truncated, 12));
    }
}

#[test]
fn what_precedes_a_late_header_is_not_content_of_its_envelope() {
    let text = "runtime = 0.1\n[RESPONSE]\n[RESPONSE]\ncode = 200\ndescription = Done\nEOF\n";
    let response = Response::parse(text).expect("one reply");
    let expected = [(NoteKind::LateHeader, 2), (NoteKind::RepeatedHeader, 3)];
    assert_eq!(notes(&response), expected);
    let streamed: Vec<_> = cnic_response::Responses::new(text).collect();
    assert_eq!(streamed.len(), 1, "the same of a stream");
    assert_eq!(notes(streamed[0].as_ref().expect("a reply")), expected);
}
