//! A value may be a password or an auth code: `Debug` shows no value, and no error holds a piece of the text.

use core::fmt::{Debug, Display};

use cnic_response::{
    Buffers, Code, Encoding, ErrorKind, FrameDecoder, Limits, LineKind, Lines, Parser, Response,
    ResponseBuilder, Responses,
};

use crate::util::{framed, reply_by, table};

const SECRET: &str = "hunter2";

#[track_caller]
fn hides(shown: &impl Debug) {
    for text in [format!("{shown:?}"), format!("{shown:#?}")] {
        assert!(!text.contains(SECRET), "{text}");
        assert!(!text.contains(&SECRET[..4]), "{text}");
        assert!(!text.is_empty());
    }
}

/// A secret wherever a value may stand, and on lines that are no value at all.
fn whispering() -> String {
    let mut lines = String::new();
    for place in [
        "property[auth][0] = hunter2",
        "property[auth][0] = hunter2 again",
        "property[auth][2] = x hunter2",
        "property[auth = hunter2",
        "property[auth][hunter2] = hunter2",
        "property[column][0] = hunter2",
        "property[count][0] = hunter2",
        "password = hunter2",
        "PASSWORD = hunter2",
        "hunter2",
        "= hunter2",
    ] {
        lines += place;
        lines += "\n";
    }
    framed(&lines).replace("Done", "Your password is hunter2") + "hunter2\n"
}

#[test]
fn debug_shows_no_value() {
    let text = whispering();
    let response = Response::parse(&*text).expect("a reply");
    let table = response.table();
    hides(&response);
    hides(&table);
    hides(&table.rows());
    hides(&table.rows().collect::<Vec<_>>());
    hides(&response.columns().collect::<Vec<_>>());
    hides(&response.column("count").expect("a column"));
    hides(&response.encode());
    hides(&response.notes());
    hides(&response.page());
    hides(&Responses::new(&text));
    hides(&Response::parse(text.clone()));
    let mut decoder = FrameDecoder::new();
    let cut = text.find("EOF").expect("it is there");
    assert!(decoder.decode(&mut &text.as_bytes()[..cut]).is_none());
    hides(&decoder);

    let mut lines = Lines::new(&text);
    hides(&lines);
    while let Some(line) = lines.next() {
        hides(&line);
        hides(&lines);
        hides(&line.map(|line| line.kind()));
    }
}

#[test]
fn debug_of_a_builder_shows_no_value() {
    let builder = ResponseBuilder::new(Code::COMPLETED)
        .description("hunter2")
        .field("password", "hunter2")
        .cell("auth", 4, "hunter2")
        .column("auth", ["hunter2"])
        .row([("key", "hunter2")]);
    hides(&builder);
    hides(&builder.build());
    let refused = ResponseBuilder::new(Code::COMPLETED).field("hunter2\n", "hunter2\n");
    hides(&refused);
    hides(&refused.build());
}

#[test]
fn debug_tells_what_helps() {
    let response = table("property[auth][0] = hunter2\nproperty[domain][1] = x\n...\n");
    assert_eq!(
        format!("{response:?}"),
        "Response { code: 200, fields: 2, columns: 2, rows: 2, notes: 1, .. }"
    );
    assert_eq!(format!("{:?}", response.table()), "Table { rows: 2, .. }");
    let column = response.column("domain").expect("a column");
    assert_eq!(format!("{column:?}"), r#"Column { name: "domain", len: 2, .. }"#);
    assert_eq!(format!("{:?}", response.table().row(1)), "Some(Row { index: 1, .. })");
    let kind =
        |line| format!("{:?}", Lines::new(line).next().expect("a line").expect("no error").kind());
    assert_eq!(
        kind("property[auth][7] = hunter2"),
        r#"Cell { column: "auth", row: 7, value: 7 bytes }"#
    );
    assert_eq!(kind("password = hunter2"), r#"Field { name: "password", value: 7 bytes }"#);
    assert_eq!(kind("hunter2"), "Skipped(MissingEquals)");
    let mut decoder = FrameDecoder::new();
    assert!(decoder.decode(&mut &b"code = 200\npassword = hunter2"[..]).is_none());
    assert_eq!(
        format!("{decoder:?}"),
        "FrameDecoder { position: Position { byte: 11, line: 2 }, buffered: 29, .. }"
    );
    assert_eq!(format!("{:?}", Buffers::new()), "Buffers { .. }");
    assert_eq!([kind(" "), kind("eof"), kind("[response]")], ["Blank", "Trailer", "Header"]);
}

#[track_caller]
fn keeps(error: &(impl Debug + Display)) {
    hides(error);
    assert!(!error.to_string().contains(&SECRET[..4]), "{error}");
}

#[test]
fn errors_never_contain_the_text() {
    use ErrorKind as K;

    let mut limits = Limits::DEFAULT;
    (limits.cells, limits.columns, limits.lines) = (1, 1, 6);
    let small = Parser::new().limits(limits);
    let (lenient, strict) = (Parser::new(), Parser::strict());
    let cell = "property[hunter2][0] = hunter2\n";
    let cases = [
        (small, K::CellLimit, framed(&cell.repeat(2))),
        (small, K::LineLimit, framed(&"hunter2\n".repeat(4))),
        (lenient, K::ConflictingCode, framed("hunter2 = hunter2\ncode = 500\n")),
        (lenient, K::IndexOverflow, framed("property[hunter2][99999999999] = hunter2\n")),
        (lenient, K::RowLimit, framed("property[hunter2][99999999] = hunter2\n")),
        (lenient, K::InvalidCode, "code = hunter2\n".into()),
        (lenient, K::Markup, "<p>hunter2</p>\nx = hunter2\n".into()),
        (lenient, K::MissingCode, "hunter2 = hunter2\n".into()),
        (lenient, K::Truncated, "[RESPONSE]\nhunter2 = hunter2\nhunter2".into()),
        (strict, K::MissingEnvelope, "code = 200\nhunter2 = hunter2\n".into()),
    ];
    for (parser, kind, text) in cases {
        let error = parser.parse(text).expect_err("refused");
        assert_eq!(error.kind(), kind);
        keeps(&error);
        keeps(&error.kind());
    }
    (limits.cells, limits.bytes) = (9, 90);
    let small = Parser::new().limits(limits);
    let two = framed("property[a][0] = hunter2\nproperty[hunter2][0] = x\n");
    keeps(&small.parse(&*two).expect_err("too many bytes"));
    limits.bytes = u32::MAX;
    let error = small.limits(limits).parse(&*two).expect_err("too many columns");
    assert_eq!(error.kind(), K::ColumnLimit);
    keeps(&error);
    keeps(&Response::from_utf8(b"password = hunter2\xff\n").expect_err("not UTF-8"));
    keeps(&Parser::strict().parse(whispering()).expect_err("noted"));
    keeps(&"hunter2".parse::<Code>().expect_err("no code"));
    for note in Response::parse(whispering()).expect("a reply").notes() {
        keeps(note);
    }
}

#[test]
fn build_errors_never_contain_the_text() {
    let new = || ResponseBuilder::new(Code::COMPLETED);
    for refused in [
        new().description("hunter2\n"),
        new().description("hunter2 "),
        new().field("hunter2=", "x"),
        new().cell("hunter2]", 0, "hunter2"),
        new().cell("hunter2", 0, "hunter2").cell("HUNTER2", 0, "hunter2"),
    ] {
        keeps(&refused.build().expect_err("refused"));
    }
}

#[test]
fn lossy_and_truncated_replies_hide_their_values_too() {
    let parser = Parser::new().encoding(Encoding::Utf8Lossy).allow_truncated(true);
    let response = reply_by(parser, "[RESPONSE]\ncode = 200\nproperty[a][0] = hunter2");
    hides(&response);
    let bytes = b"code = 200\npassword = hunter2\xff\n";
    hides(&parser.parse_bytes(bytes).expect("a reply"));
    let value = LineKind::Field { name: "password", value: SECRET };
    hides(&value);
}
