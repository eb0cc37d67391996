//! Who owns the text, what the types promise, and what they say of themselves.

use core::error::Error;
use core::fmt::{Debug, Display};
use core::panic::{RefUnwindSafe, UnwindSafe};

use cnic_response::{
    Availability, BuildError, BuildErrorKind, Code, CodeClass, Column, Encoded, Encoding,
    ErrorKind, FrameDecoder, InvalidCode, Limits, Line, LineKind, Lines, Note, NoteKind, Page,
    ParseError, Parser, Position, PropertyFault, Response, ResponseBuilder, Responses, Row, Rows,
    SkipReason, Table,
};

use crate::util::{framed, notes, reply, table};

const LINES: &str = "property[a][0] = x\nproperty[a][0] = y\nproperty[b][3] = z\n";

//--- Ownership

#[test]
fn a_str_is_borrowed() {
    let text = framed(LINES);
    let response = Response::parse(text.as_str()).expect("a reply");
    assert_eq!(response.as_str().as_ptr(), text.as_ptr());
    let value = response.get("b", 3).expect("a cell");
    assert_eq!(value.as_ptr().addr() - text.as_ptr().addr(), text.find('z').expect("there"));
    assert_eq!(response.clone().as_str().as_ptr(), text.as_ptr(), "a clone borrows as well");
}

#[test]
fn a_string_is_moved() {
    let text = framed(LINES);
    let at = text.as_ptr();
    let response: Response<'static> = Response::parse(text).expect("a reply");
    assert_eq!(response.as_str().as_ptr(), at);
    let response = response.into_owned();
    assert_eq!(response.as_str().as_ptr(), at, "owned already");
}

#[test]
fn into_owned_outlives_the_text() {
    let owned: Response<'static> = {
        let text = framed(LINES);
        let borrowed = reply(text.as_str());
        let owned = borrowed.clone().into_owned();
        assert_ne!(owned.as_str().as_ptr(), text.as_ptr());
        assert_eq!((&owned, owned.as_str(), owned.notes()), (&borrowed, &*text, borrowed.notes()));
        owned
    };
    assert_eq!((owned.get("a", 0), owned.get("b", 3)), (Some("x"), Some("z")));
}

#[test]
fn views_outlive_the_borrow_they_were_made_from() {
    let response = table(LINES);
    let (name, cell, row_cell) = {
        let table = response.table();
        let column = table.column("b").expect("a column");
        (column.name(), column.get(3), table.row(3).and_then(|row| row.get("b")))
    };
    assert_eq!((name, cell, row_cell), ("b", Some("z"), Some("z")));
}

//--- Encodings

const LATIN: &[u8] = b"code = 200\ndescription = Done\nproperty[city][0] = M\xfcnchen\n";

#[test]
fn bytes_that_are_utf_8_are_borrowed() {
    let text = "code = 200\ndescription = Erledigt \u{2713}\n";
    for encoding in [Encoding::Utf8, Encoding::Utf8Lossy] {
        let parser = Parser::new().encoding(encoding);
        let response = parser.parse_bytes(text.as_bytes()).expect("a reply");
        assert_eq!(response.as_str().as_ptr(), text.as_ptr(), "{encoding:?}");
        assert_eq!(response.notes(), []);
    }
    let response = Response::from_utf8(text.as_bytes()).expect("a reply");
    assert_eq!(response.as_str().as_ptr(), text.as_ptr());
}

#[test]
fn invalid_utf_8_is_an_error_with_its_offset() {
    let error = Response::from_utf8(LATIN).expect_err("not UTF-8");
    assert_eq!(error.kind(), ErrorKind::InvalidUtf8 { offset: 51 });
    assert_eq!((error.position().line(), error.position().byte()), (3, 30));
    for (bytes, offset, line) in [
        (&b"\xff"[..], 0, 1),
        (b"code = 200\n\xc3", 11, 2),
        (b"code = 200\n\xc3\n", 11, 2),
        (b"code = 200\r\n\r\nx\xf0\x9f\x8c", 15, 3),
        (b"code = 200\nx = \xed\xa0\x80\n", 15, 2),
    ] {
        let error = Response::from_utf8(bytes).expect_err("not UTF-8");
        assert_eq!(error.kind(), ErrorKind::InvalidUtf8 { offset });
        assert_eq!(error.position().line(), line, "{bytes:?}");
    }
}

#[test]
fn latin_1_is_every_byte_a_character() {
    let parser = Parser::new().encoding(Encoding::Latin1);
    let mut bytes = b"code = 200\ndescription = ".to_vec();
    bytes.extend(0x80..=0xff);
    bytes.push(b'\n');
    let response = parser.parse_bytes(&bytes).expect("a reply");
    assert!(response.description().chars().eq('\u{80}'..='\u{ff}'));
    assert_eq!(response.notes(), []);

    let utf_8 = "code = 200\ndescription = ü\n";
    let response = parser.parse_bytes(utf_8.as_bytes()).expect("a reply");
    assert_eq!(response.description(), "Ã¼", "it does what it was told");
    let response = parser.parse(utf_8).expect("a reply");
    assert_eq!(response.description(), "ü", "a text has no encoding");
}

#[test]
fn latin_1_that_is_ascii_is_borrowed() {
    let text = framed(LINES);
    let parser = Parser::new().encoding(Encoding::Latin1);
    let response = parser.parse_bytes(text.as_bytes()).expect("a reply");
    assert_eq!(response.as_str().as_ptr(), text.as_ptr());
}

#[test]
fn lossy_notes_the_first_line_with_replaced_bytes() {
    let parser = Parser::new().encoding(Encoding::Utf8Lossy);
    let response = parser.parse_bytes(LATIN).expect("a reply");
    assert_eq!(response.get("city", 0), Some("M\u{fffd}nchen"));
    assert_eq!(notes(&response), [(NoteKind::ReplacedBytes, 3)]);

    let bytes = b"code = 200\n\xff\xfe = 1\ndescription = \xfc\nx\n";
    let response = parser.parse_bytes(bytes).expect("a reply");
    let expected = [(NoteKind::ReplacedBytes, 2), (NoteKind::MissingEquals, 4)];
    assert_eq!(notes(&response), expected);
    assert_eq!(response.description(), "\u{fffd}");
}

//--- Types

#[test]
fn types_are_send_sync_and_unwind_safe() {
    fn assert<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + Clone + Debug>() {}

    assert::<Availability>();
    assert::<BuildError>();
    assert::<BuildErrorKind>();
    assert::<CodeClass>();
    assert::<Code>();
    assert::<Column<'_>>();
    assert::<Encoded<'_>>();
    assert::<Encoding>();
    assert::<ErrorKind>();
    assert::<FrameDecoder>();
    assert::<InvalidCode>();
    assert::<Limits>();
    assert::<Line<'_>>();
    assert::<LineKind<'_>>();
    assert::<Lines<'_>>();
    assert::<Note>();
    assert::<NoteKind>();
    assert::<Page>();
    assert::<ParseError>();
    assert::<Parser>();
    assert::<Position>();
    assert::<Response<'_>>();
    assert::<ResponseBuilder>();
    assert::<Responses<'_>>();
    assert::<Row<'_>>();
    assert::<Rows<'_>>();
    assert::<Table<'_>>();
}

#[test]
fn views_and_small_values_are_copy() {
    fn assert<T: Copy>() {}

    assert::<(Column<'_>, Row<'_>, Table<'_>, Encoded<'_>)>();
    assert::<(Line<'_>, LineKind<'_>)>();
    assert::<(Code, Note, Page, ParseError, Position, BuildError)>();
    assert::<(Parser, Limits)>();
}

#[test]
fn errors_are_small_and_own_nothing() {
    fn assert<T: Error + Send + Sync + Clone + Eq + 'static>() {}

    assert::<ParseError>();
    assert::<BuildError>();
    assert::<InvalidCode>();
    assert!(size_of::<ParseError>() <= 24);
    assert!(size_of::<Option<ParseError>>() <= 24);
    assert!(size_of::<Note>() <= 16);
    assert!(size_of::<Code>() == 2 && size_of::<Option<Code>>() == 2);
    let boxed: Box<dyn Error + Send + Sync> = Response::parse("").expect_err("empty").into();
    assert!(boxed.source().is_none());
}

#[test]
fn what_is_made_by_default_is_as_new() {
    assert_eq!(Position::default(), Position::START);
    assert_eq!(Parser::default(), Parser::new());
}

//--- Positions

#[test]
fn a_position_is_the_start_of_a_line() {
    let at = |text: &str| {
        let position = Response::parse(text).expect_err("refused").position();
        (position.line(), position.byte())
    };
    assert_eq!(at("code = x"), (1, 0));
    assert_eq!(at("\n\r\n  code = x"), (3, 3), "before the indentation");
    assert_eq!(at("\u{feff}code = 200\r\nproperty[\u{fc}][99999999999] = x\n"), (2, 15));
    assert_eq!(at("a\rb = 1\ncode = x"), (2, 8), "a CR begins no line");
    assert_eq!(at("\u{1f310} = 1\n\u{2028}\u{85}\u{b}\ncode = x"), (3, 16));
    assert_eq!((Position::START.line(), Position::START.byte()), (1, 0));
    let mut lines = Lines::new("x = 1\r\n\ny");
    let mut after = lines.clone();
    after.next();
    assert_eq!((after.position().byte(), after.rest()), (7, "\ny"));
    let positions: Vec<_> = lines.by_ref().flatten().map(|l| l.position().byte()).collect();
    assert_eq!(positions, [0, 7, 8]);
    assert_eq!((lines.position().byte(), lines.rest()), (9, ""));
}

//--- Texts

#[track_caller]
fn says(value: impl Display, expected: &str) {
    let said = value.to_string();
    assert_eq!(said, expected);
    assert!(
        !said.ends_with('.') && !said.starts_with(char::is_uppercase) || said.starts_with("`E")
    );
}

#[test]
fn error_texts() {
    says(ErrorKind::ByteLimit, "more bytes than the limit");
    says(ErrorKind::CellLimit, "more cells than the limit");
    says(ErrorKind::ColumnLimit, "more columns than the limit");
    says(ErrorKind::ConflictingCode, "second `code` differs from the first");
    says(ErrorKind::Empty, "empty response");
    says(ErrorKind::HoleLimit, "more holes in the table than the limit");
    says(ErrorKind::IndexOverflow, "row index does not fit in 32 bits");
    says(ErrorKind::InvalidCode, "`code` is not a number from 100 to 999");
    says(ErrorKind::InvalidUtf8 { offset: 26 }, "invalid UTF-8 at byte 26");
    says(ErrorKind::LineLimit, "more lines than the limit");
    says(ErrorKind::Markup, "markup where a response should be");
    says(ErrorKind::MissingCode, "no `code` field");
    says(ErrorKind::MissingEnvelope, "no `[RESPONSE]` envelope");
    says(ErrorKind::RowLimit, "row index above the limit");
    says(ErrorKind::Truncated, "`[RESPONSE]` without `EOF`");
    for kind in [NoteKind::TrailingData, NoteKind::MalformedProperty(PropertyFault::EmptyIndex)] {
        says(ErrorKind::Noted(kind), &kind.to_string());
    }
}

/// Pages of documentation are not modules of the crate: with them these names would be ambiguous.
mod pages {
    mod mine {
        pub(super) mod cookbook {}
        pub(super) mod coming_from {}
    }
    #[allow(unused_imports, reason = "a second module of that name would be an error here")]
    use {cnic_response::*, mine::*};
    #[allow(unused_imports, reason = "the same")]
    use {coming_from as _, cookbook as _};
}

/// Why a line is skipped is one of the notes that a parser makes of it.
#[test]
fn reasons_to_skip_a_line() {
    let text = "...\n= x\nproperty[a] = x\n";
    let notes = Response::parse(format!("{text}code = 200\ndescription = x\n")).expect("noted");
    let reasons = Lines::new(text).map(|line| match line.expect("a line").kind() {
        LineKind::Skipped(reason) => reason,
        kind => panic!("{kind:?}"),
    });
    let reasons: Vec<SkipReason> = reasons.collect();
    let malformed = SkipReason::MalformedProperty(PropertyFault::MissingIndex);
    assert_eq!(reasons, [SkipReason::MissingEquals, SkipReason::MissingKey, malformed]);
    let kinds = notes.notes().iter().map(|note| note.kind());
    assert!(kinds.clone().eq(reasons.iter().copied().map(NoteKind::from)));
    assert!(kinds.map(|kind| kind.to_string()).eq(reasons.iter().map(SkipReason::to_string)));
}

#[test]
fn note_texts() {
    use NoteKind as N;
    let texts = [
        (N::ByteOrderMark, "byte order mark"),
        (N::CountMismatch, "`count` differs from the number of rows"),
        (N::DuplicateCell, "cell given twice"),
        (N::DuplicateField, "field given twice"),
        (N::EmptyDescription, "empty description"),
        (N::LateHeader, "field before `[RESPONSE]`"),
        (N::MalformedProperty(PropertyFault::EmptyIndex), "malformed property: empty index"),
        (N::MetadataNotANumber, "`count`, `first`, `last`, `limit` or `total` is not a number"),
        (N::MissingDescription, "no `description` field"),
        (N::MissingEquals, "line without `=`"),
        (N::MissingHeader, "`EOF` without `[RESPONSE]`"),
        (N::MissingKey, "nothing before `=`"),
        (N::RepeatedCode, "second `code` field: the text may hold more than one response"),
        (N::RepeatedHeader, "`[RESPONSE]` given twice"),
        (N::ReplacedBytes, "bytes that are not UTF-8"),
        (N::TrailingData, "text after `EOF`"),
        (N::Truncated, "`[RESPONSE]` without `EOF`"),
    ];
    let names = texts.map(|(kind, _)| kind.name());
    assert_eq!(N::NAMES, names);
    for (kind, text) in texts {
        assert!(format!("{kind:?}").starts_with(kind.name()));
        says(kind, text);
    }
}

#[test]
fn faults_of_properties_name_what_was_found_and_where() {
    use PropertyFault as F;
    for (fault, text) in [
        (F::AfterColumn(Some(' ')), "U+0020 after the column"),
        (F::AfterColumn(None), "letter or digit after the column"),
        (F::AfterIndex(Some('\u{a0}')), "U+00A0 after the index"),
        (F::AfterIndex(Some(':')), "`:` after the index"),
        (F::AfterIndex(Some('\u{1f512}')), "U+1F512 after the index"),
        (F::AfterIndex(Some('\u{1b}')), "U+001B after the index"),
        (F::AfterIndex(None), "letter or digit after the index"),
        (F::EmptyIndex, "empty index"),
        (F::InIndex(Some('-')), "`-` in the index"),
        (F::InIndex(Some('\t')), "U+0009 in the index"),
        (F::InIndex(None), "letter or digit in the index"),
        (F::MissingEquals, "no `=` after the index"),
        (F::MissingIndex, "no index"),
        (F::OpenColumn, "no `]` after the column"),
        (F::OpenIndex, "no `]` after the index"),
    ] {
        assert_eq!(fault.to_string(), text);
        let kind = NoteKind::MalformedProperty(fault);
        assert_eq!(
            (kind.name(), kind.to_string()),
            ("MalformedProperty", format!("malformed property: {text}"))
        );
    }
    let note = table("property[a][0]\u{a0}= x\n").notes()[0];
    says(note, "malformed property: U+00A0 after the index (line 4, byte 41)");
    let strict = Parser::strict().parse(framed("property[a][–1] = x\n")).expect_err("strict");
    says(strict, "malformed property: U+2013 in the index (line 4, byte 41)");
}

#[test]
fn errors_and_notes_end_with_their_place() {
    says(Position::START, "line 1, byte 0");
    let error = Response::parse("x = 1\r\ncode = 1\r\n").expect_err("refused");
    says(error, "`code` is not a number from 100 to 999 (line 2, byte 7)");
    let error = Response::from_utf8(b"x = \xff").expect_err("refused");
    says(error, "invalid UTF-8 at byte 4 (line 1, byte 0)");
    says(table("...\n").notes()[0], "line without `=` (line 4, byte 41)");
}
