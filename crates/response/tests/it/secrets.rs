//! A value may be a password or an auth code: `Debug` shows no value, and no error holds a piece of the text.

use cnic_response::{
    Buffers, Code, Date, DateTime, Encoding, ErrorKind, FrameDecoder, Limits, LineKind, Lines,
    NoteKind, Pager, PagerStep, Parser, Redaction, Response, ResponseBuilder, Responses, Seconds,
};
use cnic_testkit::secret::{SECRET, hidden_in, hides, says_nothing};

use crate::util::{framed, reply_by, table};

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
    hides(&response.redacted());
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
    assert_eq!(format!("{column:?}"), r#"Column { name: "domain", len: 1, height: 2, .. }"#);
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
        says_nothing(&error);
        says_nothing(&error.kind());
    }
    (limits.cells, limits.bytes) = (9, 90);
    let small = Parser::new().limits(limits);
    let two = framed("property[a][0] = hunter2\nproperty[hunter2][0] = x\n");
    says_nothing(&small.parse(&*two).expect_err("too many bytes"));
    limits.bytes = u32::MAX;
    let error = small.limits(limits).parse(&*two).expect_err("too many columns");
    assert_eq!(error.kind(), K::ColumnLimit);
    says_nothing(&error);
    says_nothing(&Response::from_utf8(b"password = hunter2\xff\n").expect_err("not UTF-8"));
    says_nothing(&Parser::strict().parse(whispering()).expect_err("noted"));
    says_nothing(&"hunter2".parse::<Code>().expect_err("no code"));
    for note in Response::parse(whispering()).expect("a reply").notes() {
        says_nothing(note);
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
        says_nothing(&refused.build().expect_err("refused"));
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

/// Values that stand under the names of secrets leave by the wire alone: [`Response::encode`], `as_str`, look-ups, and `Serialize`
/// of the response itself. Every other way is walked here, for every name.
#[test]
fn no_secret_leaves_but_by_the_wire() {
    let names = Redaction::DEFAULT;
    let mut walked = 0;
    for name in names.names() {
        let lower = name.to_ascii_lowercase();
        let spaced = name.replace('_', " ");
        for name in [&*name, &lower, &format!("{lower}7"), &spaced] {
            replies(name);
            refusals(name);
            types(name);
            walked += 1;
        }
    }
    assert!(walked > 100, "{walked} names");
}

/// Every text that a reply which was read gives away.
fn replies(name: &str) {
    // The name of a column may hold blanks; in the description it is one word.
    let word = name.replace(' ', "_");
    let head = format!(
        "[RESPONSE]\ncode = 200\ndescription = Done; {word}={SECRET}, {word} : \"{SECRET} {SECRET}\"\n"
    );
    let list = "property[column][0] = domain\nproperty[count][0] = 0\nproperty[total][0] = 5\n";
    let cells = format!(
        "{name} = {SECRET}\n{name} = {SECRET}2\nproperty[{name}][0] = {SECRET}\nproperty[{name}][0] = {SECRET} again\n\
         property[{name}] = {SECRET}\nproperty[{name}][0]{SECRET} = x\nproperty[{name}][{SECRET}] = x\n{SECRET}\n= {SECRET}\n"
    );
    let many = format!("property[{name}][1] = {SECRET}\nproperty[{name}][2] = x {SECRET}\n");
    for lines in
        [format!("{cells}{many}"), format!("{list}{cells}"), format!("{list}{cells}{many}")]
    {
        let text = format!("{head}{lines}EOF\n{SECRET}\n");
        let response = Response::parse(&*text).expect("a reply");
        assert_eq!(response.get(name, 0), Some(SECRET), "{name}");
        hidden_in(&response.redacted().to_string());
        hidden_in(&response.redacted().to_string().to_uppercase());
        hides(&response);
        hides(&response.clone().into_owned());
        hides(&response.redacted());
        hides(&response.encode());
        hides(&response.table());
        hides(&response.rows());
        hides(&response.column(name).expect("a column"));
        hides(&response.columns().collect::<Vec<_>>());
        hides(&response.rows().collect::<Vec<_>>());
        hides(&response.fields());
        for column in response.columns() {
            hides(&(column.cells(), column.values(), column.iter()));
        }
        hides(&response.rows().map(|row| row.cells()).collect::<Vec<_>>());
        hides(&response.page());
        hides(&Responses::new(&text));
        assert!(response.notes().len() >= 8);
        for note in response.notes() {
            says_nothing(note);
            says_nothing(&note.kind());
            if let NoteKind::MalformedProperty(fault) = note.kind() {
                says_nothing(&fault);
            }
        }
        for line in Lines::new(&text) {
            hides(&line);
        }
        let mut pager = Pager::new();
        if let PagerStep::Incomplete(reason) = pager.advance(&response) {
            says_nothing(&reason);
        }
        hides(&pager);
        let mut decoder = FrameDecoder::new();
        let cut = text.find("EOF").expect("it is there");
        assert!(decoder.decode(&mut &text.as_bytes()[..cut]).is_none());
        hides(&decoder);
        #[cfg(feature = "serde")]
        {
            hidden_in(&serde_json::to_string(&response.redacted()).expect("JSON"));
            hidden_in(&format!("{:?}", serde_json::to_value(response.redacted())));
            type Numbers<'r> = std::collections::BTreeMap<&'r str, u8>;
            let rows = response.rows().deserialize::<Numbers<'_>>();
            hides(&rows);
            for error in rows.filter_map(Result::err) {
                says_nothing(&error);
            }
            says_nothing(&response.deserialize_object::<(u8,)>().expect_err("not a number"));
            if let Err(error) = response.deserialize_object::<Numbers<'_>>() {
                says_nothing(&error);
            }
            if let Err(error) =
                response.deserialize_object::<std::collections::BTreeMap<&str, Date>>()
            {
                says_nothing(&error);
            }
        }
    }
}

/// Every error of a text with a secret, read leniently and strictly, at once and as a stream.
fn refusals(name: &str) {
    let field = format!("{name} = {SECRET}\n");
    let cell = format!("property[{name}][0] = {SECRET}\n");
    let tight = Limits::DEFAULT.cells(1).columns(1).lines(5);
    for parser in [Parser::new(), Parser::strict(), Parser::new().limits(tight)] {
        for text in [
            format!("{field}{cell}"),
            format!("[RESPONSE]\n{field}{cell}"),
            format!("code = {SECRET}\n{field}"),
            format!("[RESPONSE]\ncode = 200\n{cell}{cell}{cell}{cell}{cell}EOF\n"),
            format!("[RESPONSE]\ncode = 200\n{field}code = 500\n"),
            format!("[RESPONSE]\ncode = 200\nproperty[{name}][0]{SECRET} = {SECRET}\nEOF\n"),
            format!("code = 200\nproperty[{name}][99999999999] = {SECRET}\n"),
            format!("code = 200\nproperty[{name}][99999999] = {SECRET}\n"),
            format!("<p>{SECRET}</p>\n{field}"),
        ] {
            if let Err(error) = parser.parse(&*text) {
                says_nothing(&error);
                says_nothing(&error.kind());
                hides(&error.span());
            }
            let mut decoder = FrameDecoder::new().parser(parser);
            for reply in [decoder.decode(&mut text.as_bytes()), decoder.finish()] {
                hides(&reply);
            }
        }
    }
    let builder =
        || ResponseBuilder::new(Code::COMPLETED).field(name, SECRET).cell(name, 0, SECRET);
    hides(&builder());
    for refused in [
        builder().field(name, SECRET),
        builder().cell(name, 0, SECRET),
        builder().field(name, &format!("{SECRET}\n")),
        builder().cell(name, 1, &format!(" {SECRET}")),
        builder().description(&format!("{SECRET} ")),
    ] {
        says_nothing(&refused.build().expect_err("refused"));
    }
}

/// Types of cells that a secret is none of.
fn types(name: &str) {
    let response = table(&format!("property[{name}][0] = {SECRET}\n"));
    let value = response.get(name, 0).expect("a cell");
    says_nothing(&value.parse::<Code>().expect_err("refused"));
    says_nothing(&value.parse::<Date>().expect_err("refused"));
    says_nothing(&value.parse::<DateTime>().expect_err("refused"));
    says_nothing(&value.parse::<Seconds>().expect_err("refused"));
}
