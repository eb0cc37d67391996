//! Which bytes an error is about, in texts, streams, forms and lines that hold a form; and the limits on lines and pairs.

use cnic_command::form::{Form, query, query_span};
use cnic_command::{
    Command, Commands, ErrorKind, FrameDecoder, Limits, ParseError, Parser, Position,
};

#[track_caller]
fn spans(text: &str, at: usize, part: &str) {
    let error = Command::parse(text).expect_err("refused");
    assert_eq!((error.span().start, &text[error.span()]), (at, part), "{text:?}: {error}");
}

#[test]
fn a_span_is_the_part_that_is_wrong() {
    spans("COMMAND=X\nA=1\n a =2", 15, "a");
    spans("COMMAND=X\nKEY-0=1\nkey-0=2\nB=as-long-as-it-takes-to-be-looked-at", 18, "key-0");
    spans("COMMAND=X\n command = Y", 11, "command");
    spans("COMMAND= a b \n", 9, "a b");
    spans("COMMAND=X\n  a\u{a0}b =2", 13, "\u{a0}");
    spans("COMMAND=X\n\u{200b}A=2", 10, "\u{200b}");
    spans("COMMAND=X\n = 2", 11, "");
    spans("COMMAND=X\nA= b\rc ", 13, "b\rc");
    spans("COMMAND=X\n  no equals \r\n", 12, "no equals");
    spans("COMMAND=X\nEOF\n more \n", 15, "more");
    spans("COMMAND=X\n [COMMAND] \n", 11, "[COMMAND]");
    spans("COMMAND=X\n [Header] \n", 11, "[Header]");
    spans("[COMMAND]\nCOMMAND=X\n", 20, "");
    spans("[HEADER]\ns_a=1\n", 15, "");
    spans("[HEADER]\ns_a=1\n EOF", 16, "");
    spans("A=1\nB=2\n", 8, "");
    spans("A=1\n EOF\nB=2", 5, "");
    spans("", 0, "");
    let bytes = b"COMMAND=X\nA=M\xfc\n";
    assert_eq!(Command::from_utf8(bytes).expect_err("refused").span(), 13..14);
    assert_eq!(Command::from_utf8(b"COMMAND=\xf0\x9f").expect_err("refused").span(), 8..10);
}

#[test]
fn a_span_of_a_stream_counts_from_its_start() {
    let stream = "\n[COMMAND]\nCOMMAND=X\nEOF\n\nCOMMAND=Y\nA b=1\nEOF\nCOMMAND=Z\n [COMMAND]\nA=1\nEOF\n[COMMAND]\n";
    let expected = [" ", "[COMMAND]", "", ""];
    let whole: Vec<_> = Commands::new(stream).filter_map(Result::err).collect();
    assert_eq!(whole.iter().map(|error| &stream[error.span()]).collect::<Vec<_>>(), expected);
    assert_eq!(whole[0].span().start, stream.find(" b").expect("it is there"));
    assert_eq!(whole[1].span().start, stream.find(" [COMMAND]").expect("it is there") + 1);
    assert_eq!(whole[3].span(), stream.len()..stream.len());
    for size in 1..=stream.len() {
        let (mut decoder, mut found) = (FrameDecoder::new(), Vec::new());
        for mut chunk in stream.as_bytes().chunks(size) {
            while let Some(item) = decoder.decode(&mut chunk) {
                found.extend(item.err());
            }
        }
        while let Some(item) = decoder.finish() {
            found.extend(item.err());
        }
        assert_eq!(found, whole, "by {size} bytes");
    }
}

#[track_caller]
fn spans_in_form(body: &[u8], at: usize, part: &[u8]) {
    let error = Form::decode(body).expect_err("refused");
    assert_eq!((error.span().start, &body[error.span()]), (at, part), "{error}");
}

#[test]
fn a_span_of_a_form_is_in_its_body() {
    spans_in_form(b"command=X&wide", 10, b"wide");
    spans_in_form(b"command=X&a=b%4g", 13, b"%4g");
    spans_in_form(b"command=X&a=b%4", 13, b"%4");
    spans_in_form(b"command=X&%", 10, b"%");
    spans_in_form(b"command=X&%=1", 10, b"%");
    spans_in_form(b"command=X&a=b\tc", 13, b"\t");
    spans_in_form(b"command=X&a=%41%FCc", 15, b"%FC");
    spans_in_form(b"command=X&a=+M\xfc+", 14, b"\xfc");
    spans_in_form(b"command=X&a=%41%F0%9f", 15, b"%F0%9f");
    spans_in_form(b"a=1&%41=2", 4, b"%41");
    spans_in_form(b"a=1&s_command=x", 4, b"s_command");
    spans_in_form(b"persistent=%32", 11, b"%32");
    spans_in_form(b"command=a+b&c=1", 8, b"a+b");
    spans_in_form(b"command=X&a=b%0Ac", 12, b"b%0Ac");
    spans_in_form(b"command=X&%61%C2%A0%62=1", 13, b"%C2%A0");
    spans_in_form(b"command=X&a+b=1", 11, b"+");
    spans_in_form(b"command=X&=1", 10, b"");
    spans_in_form(b"a=1&b=2", 7, b"");
    // Inside `s_command` it counts in the decoded text.
    let form = Form::decode(b"s_login=me&s_command=COMMAND%3DX%0Aa").expect("a form");
    assert_eq!(form.command().expect_err("refused").span(), 10..11);
}

//--- Lines that hold a form

#[test]
fn a_query_is_what_follows_the_question_mark() {
    for (line, expected) in [
        ("https://api.test/call?a=1&b=2", "a=1&b=2"),
        ("https://api.test/call?a=1#b=2", "a=1"),
        ("GET /call?a=1 HTTP/1.1", "a=1"),
        ("GET /call?a=1\r\n", "a=1"),
        (
            r#"192.0.2.1 - - [date] "GET /call.cgi?a=1&b=2 HTTP/1.1" 200 12 "http://x?y=z" "-""#,
            "a=1&b=2",
        ),
        (r#"192.0.2.1 - - [date] "GET /logo.png HTTP/1.1" 200 12 "http://x?y=z" "-""#, ""),
        (r#"path="/call?a=1" status=200"#, "a=1"),
        ("/call?a=1?b=2", "a=1?b=2"),
        ("/call?", ""),
        ("/call? HTTP/1.1", ""),
        ("?a=1\tb", "a=1"),
        ("a=1&b=2", "a=1&b=2"),
        ("a=b c\"d#", "a=b c\"d#"),
        ("", ""),
    ] {
        assert_eq!(query(line.as_bytes()), expected.as_bytes(), "{line}");
        assert_eq!(&line[query_span(line.as_bytes())], expected, "{line}");
    }
    // A control character is left for the form to refuse, and nothing is cut off by it.
    assert!(Form::decode(query(b"/call?command=X&domain=exam\x01ple")).is_err());
}

#[test]
fn an_error_of_a_query_counts_in_its_line() {
    let line = "GET /call?s_pw=1&command=X&S_PW=2 HTTP/1.1";
    let span = query_span(line.as_bytes());
    let error = Form::decode(&line.as_bytes()[span.clone()]).expect_err("a duplicate");
    let error = error.offset_by(Position::at_byte(span.start));
    assert_eq!(error.kind(), ErrorKind::DuplicateName { first_byte: 10 });
    assert_eq!((error.position().line(), error.position().byte()), (1, 27));
    assert_eq!(&line[error.span()], "S_PW");
    assert_eq!(
        error.offset_by(Position::at_byte(usize::MAX)).position().byte(),
        u32::MAX as usize,
        "it saturates"
    );
}

//--- Limits on lines and pairs

#[test]
fn lines_are_counted_blank_or_not() {
    let mut limits = Limits::DEFAULT;
    let read = |text: &str, limits: Limits| {
        let at = |error: ParseError| {
            (error.kind(), error.position().line(), text[error.span()].to_owned())
        };
        Parser::new().limits(limits).parse(text).map(|command| command.len()).map_err(at)
    };
    for text in [
        "\n\nCOMMAND=X\n\nA=1\n",
        "COMMAND=X\n\n\nEOF\n\n",
        "A=1\nB=2\nC=as-long-as-it-takes-to-be-looked-at\nCOMMAND=X\nD=1\n",
        "[COMMAND]\n\nCOMMAND=X\n\nEOF",
        "s_a=1\n\n[COMMAND]\nCOMMAND=X\nEOF",
    ] {
        limits.lines = 5;
        assert!(read(text, limits).is_ok(), "{text:?}");
        for lines in 0..5 {
            limits.lines = lines;
            let (kind, line, _) = read(text, limits).expect_err("too many");
            assert_eq!((kind, line), (ErrorKind::LineLimit, lines as usize + 1), "{text:?}");
        }
    }
    limits.lines = 1;
    assert_eq!(read("COMMAND=X\n A=1 \n", limits), Err((ErrorKind::LineLimit, 2, "A=1".into())));
    let blank = "\n".repeat(1_100_000);
    let error = Command::parse(&blank).expect_err("too many");
    assert_eq!((error.kind(), error.position().byte()), (ErrorKind::LineLimit, 1 << 20));
    // In a stream blank lines between commands belong to none.
    limits.lines = 2;
    let stream = format!("\n\n\n{0}\n\n\n{0}", "COMMAND=X\nEOF\n");
    assert_eq!(Commands::new(&stream).parser(Parser::new().limits(limits)).flatten().count(), 2);
}

#[test]
fn pairs_are_counted_empty_or_not() {
    let mut limits = Limits::DEFAULT;
    for (body, count, last) in [
        ("s_login=me&command=X&a=1", 3, "a=1"),
        ("&command=X&&", 4, ""),
        ("s_a=1&s_b=2&s_pw=3&s_command=COMMAND%3DX", 4, "s_command=COMMAND%3DX"),
        ("\u{feff}command=X&b=1", 2, "b=1"),
    ] {
        limits.lines = count;
        assert!(Form::decode_within(body.as_bytes(), limits).is_ok(), "{body}");
        limits.lines = count - 1;
        let error = Form::decode_within(body.as_bytes(), limits).expect_err("too many");
        assert_eq!((error.kind(), &body[error.span()]), (ErrorKind::PairLimit, last), "{body}");
    }
    let body = b"s_command=COMMAND%3DX%0A%0A";
    limits.lines = 1;
    let form = Form::decode_within(body, limits).expect("a form of one pair");
    assert_eq!(form.command().expect_err("two lines").kind(), ErrorKind::LineLimit);
}

#[test]
fn a_byte_above_the_limit_is_pointed_at() {
    let mut limits = Limits::DEFAULT;
    limits.bytes = 5;
    let error = Parser::new().limits(limits).parse("COMMAND=X").expect_err("too long");
    assert_eq!((error.kind(), error.span()), (ErrorKind::ByteLimit, 5..5));
    let error = Parser::new().limits(limits).parse_bytes(b"\xffOMMAND=X").expect_err("too long");
    assert_eq!(error.kind(), ErrorKind::ByteLimit, "before a byte of it is looked at");
    let error = Form::decode_within(b"command=X", limits).expect_err("too long");
    assert_eq!((error.kind(), error.span()), (ErrorKind::ByteLimit, 5..5));
}
