//! Which bytes an error blames.

use cnic_response::{
    Encoding, ErrorKind as K, FrameDecoder, Limits, Lines, NoteKind, ParseError, Parser, Response,
    Responses,
};

/// Cuts the part that is between `⟨` and `⟩` out of its marks, and says where it is.
fn marked(text: &str) -> (String, core::ops::Range<usize>) {
    let start = text.find('⟨').expect("a mark");
    let end = text.find('⟩').expect("a mark") - '⟨'.len_utf8();
    (text.replace(['⟨', '⟩'], ""), start..end)
}

#[track_caller]
fn blames(parser: Parser, text: &str) -> ParseError {
    let (text, span) = marked(text);
    let error = parser.parse(&*text).expect_err("refused");
    assert_eq!(error.span(), span, "{error}: {:?}", &text[error.span()]);
    // The same reply further down in a stream, read in one piece and in two.
    let before = "[RESPONSE]\ncode = 200\ndescription = Done\nEOF\n";
    let stream = format!("{before}{text}");
    let found =
        Responses::new(&stream).parser(parser).nth(1).expect("a reply").expect_err("refused");
    let span = span.start + before.len()..span.end + before.len();
    assert_eq!((found.kind(), found.span()), (error.kind(), span));
    let mut decoder = FrameDecoder::new().parser(parser);
    let mut replies = Vec::new();
    let (head, tail) = stream.as_bytes().split_at(stream.len() / 2);
    for mut chunk in [head, tail] {
        while let Some(reply) = decoder.decode(&mut chunk) {
            replies.push(reply);
        }
    }
    replies.extend(core::iter::from_fn(|| decoder.finish()));
    assert_eq!(replies[1].clone().expect_err("refused"), found);
    error
}

#[test]
fn what_is_wrong_is_blamed() {
    let lenient = Parser::new();
    for (kind, text) in [
        (K::InvalidCode, "code = ⟨2xx⟩\n"),
        (K::InvalidCode, "x = 1\r\n\t code\t=\t⟨0200⟩ \t\r\r\ny = 2\n"),
        (K::InvalidCode, "code =⟨⟩\n"),
        (K::InvalidCode, "code = ⟨2⟩"),
        (K::InvalidCode, "\u{feff}code=⟨ü⟩"),
        (K::ConflictingCode, "x = 1\ncode = 200\nCODE = ⟨541⟩\nEOF\n"),
        (K::IndexOverflow, "code = 200\nproperty[a][⟨4294967296⟩] = x\n"),
        (K::IndexOverflow, "property[a b][⟨00000000000000004294967296⟩] \t= x"),
        (K::IndexOverflow, "\u{feff} PROPERTY[ü][⟨99999999999⟩]=\r\nx"),
        (K::RowLimit, "code = 200\nproperty[a][⟨10000000⟩] = x\n"),
        (K::RowLimit, "property[][⟨0010000000⟩]="),
        (K::HoleLimit, "code = 200\nproperty[a][⟨999999⟩] = x\nproperty[a][0] = ]\n"),
        (K::HoleLimit, "code = 200\n\t Property[[ü][⟨0999999⟩]\t=\tx\n"),
        (K::Markup, "\n⟨<html>⟩\r\nx = y\n"),
        (K::Markup, "⟨ <p>⟩\nx = y"),
    ] {
        assert_eq!(blames(lenient, text).kind(), kind, "{text:?}");
    }
    let mut limits = Limits::DEFAULT;
    (limits.cells, limits.columns, limits.lines) = (3, 2, 6);
    let small = lenient.limits(limits);
    let head = "code = 200\nproperty[a][0] = x\nproperty[b][0] = x\n";
    for (kind, text) in [
        (K::ColumnLimit, "property[⟨c d⟩][0] = x\n"),
        (K::CellLimit, "property[b][1] = x\n⟨ property[a][1] = x ⟩\r\nEOF\n"),
        (K::LineLimit, "\n\n\n⟨ \t⟩\n\n"),
        (K::LineLimit, "\n\n\n⟨⟩\n\n"),
    ] {
        assert_eq!(blames(small, &format!("{head}{text}")).kind(), kind, "{text:?}");
    }
}

#[test]
fn what_is_missing_is_an_empty_place() {
    for (kind, text) in [
        (K::MissingCode, "x = y⟨⟩"),
        (K::MissingCode, "x = y\n⟨⟩"),
        (K::MissingCode, "[RESPONSE]\nx = y\n⟨⟩ EOF\nz\n"),
        (K::Truncated, "[RESPONSE]\ncode = 200⟨⟩"),
        (K::Truncated, "[RESPONSE]\ncode = 200\n\n⟨⟩"),
    ] {
        assert_eq!(blames(Parser::new(), text).kind(), kind, "{text:?}");
    }
    let header = "[RESPONSE]\ncode = 200\n⟨⟩ [RESPONSE]\ncode = 200\nEOF\n";
    let (text, span) = marked(header);
    let error = Response::parse(text).expect_err("refused");
    assert_eq!((error.kind(), error.span()), (K::Truncated, span));
    for empty in ["", "\n", "\u{feff}\n \n"] {
        let error = Response::parse(empty).expect_err("refused");
        assert_eq!((error.kind(), error.span()), (K::Empty, 0..0));
    }
    let mut limits = Limits::DEFAULT;
    limits.bytes = 5;
    let error = Parser::new().limits(limits).parse("code = 200").expect_err("refused");
    assert_eq!((error.kind(), error.span()), (K::ByteLimit, 0..0));
    let error =
        Parser::strict().parse("x = y\ncode = 200\ndescription = x\n").expect_err("refused");
    assert_eq!((error.kind(), error.span()), (K::MissingEnvelope, 0..0));
}

#[test]
fn what_was_noted_is_blamed_by_a_strict_parser() {
    let strict = Parser::strict();
    let framed = |lines: &str| format!("[RESPONSE]\ncode = 200\ndescription = Done\n{lines}EOF\n");
    for (name, text) in [
        ("ByteOrderMark", format!("⟨\u{feff}⟩{}", framed(""))),
        ("CountMismatch", framed("property[a][0] = x\n⟨property[count][0] = 7⟩\r\n")),
        ("DuplicateCell", framed("property[a][0] = x\n⟨property[A][0] = y ⟩\n")),
        ("DuplicateField", framed("⟨ description = x⟩\n")),
        ("EmptyDescription", "[RESPONSE]\ncode = 200\n⟨description =⟩\nEOF\n".into()),
        ("LateHeader", "x = 1\n⟨[RESPONSE]⟩\ncode = 200\ndescription = x\nEOF\n".into()),
        ("MalformedProperty", framed("\t property[a][0] ⟨\u{a0}⟩= x\n")),
        ("MalformedProperty", framed("property[a][⟨-⟩1] = x\n")),
        ("MalformedProperty", framed("property[a]⟨⟩ = x\n")),
        ("MalformedProperty", framed("property[a][0]⟨⟩ \r\n")),
        ("MissingDescription", "[RESPONSE]\ncode = 200\n⟨⟩EOF\n".into()),
        ("MissingEquals", framed("⟨...⟩\n")),
        ("MissingKey", framed("⟨= x⟩\n")),
        ("RepeatedCode", framed("⟨\tCODE=200⟩\n")),
        ("RepeatedHeader", format!("[RESPONSE]\n⟨[RESPONSE]⟩\n{}", &framed("")[11..])),
    ] {
        let error = blames(strict, &text);
        let K::Noted(kind) = error.kind() else { panic!("{error}") };
        assert_eq!(kind.name(), name, "{text:?}");
    }
    let (text, span) = marked("[RESPONSE]\ncode = 200\ndescription = x\nEOF\n\n⟨ x⟩\ny\n");
    let error = strict.parse(text).expect_err("refused");
    assert_eq!((error.kind(), error.span()), (K::Noted(NoteKind::TrailingData), span));
    let (text, span) = marked("[RESPONSE]\ncode = 200\ndescription = x\n⟨⟩");
    let error = strict.allow_truncated(true).parse(text).expect_err("refused");
    assert_eq!((error.kind(), error.span()), (K::Truncated, span));
    let bytes = b"[RESPONSE]\ncode = 200\ndescription = \xff\nEOF\n";
    let error = strict.encoding(Encoding::Utf8Lossy).parse_bytes(bytes).expect_err("refused");
    assert_eq!(error.kind(), K::Noted(NoteKind::ReplacedBytes));
    assert_eq!(error.span(), 22..39, "three bytes for one");
}

/// In a stream it is the same line, once it is known that no reply follows.
#[test]
fn text_after_the_last_reply_is_blamed() {
    for (text, after) in
        [("⟨bye⟩\r\n\n", ""), ("\n⟨ bye ⟩", ""), ("⟨EOF⟩\n", ""), ("⟨<ü>⟩\r\r\nEOF\n", "x")]
    {
        let (text, span) = marked(&format!("[RESPONSE]\ncode = 200\ndescription = x\nEOF\n{text}"));
        let error = Parser::strict().parse(&*text).expect_err("refused");
        assert_eq!((error.kind(), error.span()), (K::Noted(NoteKind::TrailingData), span));
        let stream = format!("{text}{after}");
        let found: Vec<_> = Responses::new(&stream).parser(Parser::strict()).collect();
        assert_eq!(found[1].clone().expect_err("refused"), error, "{text:?}");
        let mut decoder = FrameDecoder::new().parser(Parser::strict());
        let mut found = Vec::new();
        let mut chunk = stream.as_bytes();
        found.extend(core::iter::from_fn(|| decoder.decode(&mut chunk)));
        found.extend(core::iter::from_fn(|| decoder.finish()));
        assert_eq!(found[1].clone().expect_err("refused"), error, "{text:?}");
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_blamed() {
    for (bytes, span) in [
        (&b"\xff"[..], 0..1),
        (b"x = \xc3", 4..5),
        (b"x = \xc3\n", 4..5),
        (b"\n\nx = \xf0\x9f\x8c", 6..9),
        (b"x = \xf0\x9f\x8cy", 4..7),
        (b"x = \xed\xa0\x80y", 4..5),
    ] {
        let error = Response::from_utf8(bytes).expect_err("refused");
        assert_eq!(error.span(), span, "{bytes:?}");
        assert_eq!(error.kind(), K::InvalidUtf8 { offset: span.start as u32 });
    }
    let mut decoder = FrameDecoder::new();
    let mut stream = &b"code = 200\nEOF\nx = \xff\nEOF\n"[..];
    decoder.decode(&mut stream).expect("a reply").expect("accepted");
    let error = decoder.decode(&mut stream).expect("a reply").expect_err("refused");
    assert_eq!((error.span(), error.position().byte()), (19..20, 15));
}

#[test]
fn lines_blame_the_same_index() {
    for text in [
        "property[a][⟨99999999999⟩] = x",
        "\u{feff}\tproperty[ü][⟨4294967296⟩]=\r\n",
        "code = 200\r\n\r\nproperty[a][⟨4294967296⟩] = ü\r\r\nEOF\n",
    ] {
        let (text, span) = marked(text);
        let error = Lines::new(&text).find_map(Result::err).expect("refused");
        assert_eq!((error.kind(), error.span()), (K::IndexOverflow, span));
        assert_eq!(error, Response::parse(&*text).expect_err("refused"));
    }
}
