//! Inputs at their limits, and one above.

use cnic_registration::{Draft, ErrorKind, Limits, ParseError, Parser, Receipt, SuffixSet};
use cnic_testkit::counting::cost;

use crate::util::{BASE, DONE};

const DEFAULT: Limits = Limits::DEFAULT;

const fn parser(limits: Limits) -> Parser {
    Parser::new().limits(limits)
}

fn small(length: usize) -> u32 {
    u32::try_from(length).expect("a small number")
}

/// Holds what was found, the start of its pair or line, and its span.
#[track_caller]
fn is<T>(
    result: Result<T, ParseError>,
    kind: ErrorKind,
    (line, byte): (usize, usize),
    span: core::ops::Range<usize>,
) {
    let error = result.err().expect("must be rejected");
    assert_eq!((error.kind(), error.span()), (kind, span));
    assert_eq!((error.position().line(), error.position().byte()), (line, byte));
}

#[test]
fn the_defaults_are_on() {
    assert_eq!((DEFAULT.bytes, DEFAULT.lines), (1 << 20, 1 << 14));
    assert_eq!((DEFAULT.fields, DEFAULT.value), (1 << 12, 1 << 16));
    assert_eq!((Limits::default(), Parser::default()), (DEFAULT, Parser::new()));
    assert_eq!(Parser::new(), parser(DEFAULT));

    let long = "&".repeat(1 << 20);
    assert!(Draft::from_form(long.as_bytes()).is_ok());
    let error = Draft::from_form(&[long.as_bytes(), b"&"].concat()).map(drop);
    is(error, ErrorKind::ByteLimit, (1, 0), 1 << 20..(1 << 20) + 1);
    let pairs = |count| Draft::from_pairs((0..count).map(|n| (format!("x{n}"), ""))).map(drop);
    assert!(pairs(4096).is_ok());
    is(pairs(4097), ErrorKind::FieldLimit, (1, 4096), 4096..4097);
    let value =
        |length| Draft::from_pairs([("user", "u"), ("password", &*"p".repeat(length))]).map(drop);
    assert!(value(1 << 16).is_ok());
    is(value((1 << 16) + 1), ErrorKind::ValueLimit, (1, 1), 1..2);

    let receipt = |text: &str| Receipt::from_utf8(text.as_bytes()).map(drop);
    let blank = |count| DONE.to_owned() + &"\n".repeat(count);
    assert!(receipt(&blank((1 << 14) - 11)).is_ok());
    let error = receipt(&blank((1 << 14) - 10)).expect_err("a line too many");
    assert_eq!((error.kind(), error.position().line()), (ErrorKind::LineLimit, (1 << 14) + 1));
    assert!(receipt(&(DONE.to_owned() + &"dns\n".repeat(4085))).is_ok());
    let error = receipt(&(DONE.to_owned() + &"dns\n".repeat(4086))).expect_err("too many");
    assert_eq!((error.kind(), error.position().line()), (ErrorKind::FieldLimit, 4097));

    let suffixes: String = (0..4097).map(|n| format!("s{n}.test\n")).collect();
    assert_eq!(
        SuffixSet::from_response(&suffixes).map_err(|e| e.kind()),
        Err(ErrorKind::FieldLimit)
    );
    let all_but_one = &suffixes[..suffixes.len() - "s4096.test\n".len()];
    assert_eq!(SuffixSet::from_response(all_but_one).map(|set| set.iter().len()), Ok(4096));
    let long = "\n".repeat((1 << 20) + 1);
    assert_eq!(SuffixSet::from_response(&long).map_err(|e| e.kind()), Err(ErrorKind::ByteLimit));
    assert_eq!(Receipt::parse(&long).map_err(|e| e.kind()), Err(ErrorKind::ByteLimit));
    assert_eq!(receipt(&long).map_err(|e| e.kind()), Err(ErrorKind::ByteLimit));
}

#[test]
fn a_form_at_a_limit_is_read_and_one_above_is_rejected() {
    let bytes = |limit| parser(DEFAULT.bytes(limit)).parse_form(BASE.as_bytes());
    let length = BASE.len();
    assert!(bytes(small(length)).is_ok());
    is(bytes(small(length) - 1), ErrorKind::ByteLimit, (1, 0), length - 1..length);
    // A mark and empty pairs are bytes, but no fields.
    let marked = format!("\u{feff}&&{BASE}&");
    let bytes = |limit| parser(DEFAULT.bytes(limit)).parse_form(marked.as_bytes());
    assert!(bytes(small(length) + 6).is_ok());
    is(bytes(small(length) + 5), ErrorKind::ByteLimit, (1, 0), length + 5..length + 6);
    let fields = |limit| parser(DEFAULT.fields(limit)).parse_form(marked.as_bytes());
    assert!(fields(6).is_ok());
    let last = marked.find("thandle").expect("the last pair");
    is(fields(5), ErrorKind::FieldLimit, (1, last), last..last + 10);
    is(fields(0), ErrorKind::FieldLimit, (1, 5), 5..16);
    // What is unknown counts, and so does each name server.
    let body = b"x=1&dns[]=a.b&dns[]=c.d&registrant=x";
    let fields = |limit| parser(DEFAULT.fields(limit)).parse_form(body);
    assert!(fields(4).is_ok_and(|draft| draft.unknown().len() == 1));
    is(fields(3), ErrorKind::FieldLimit, (1, 24), 24..36);
    is(fields(2), ErrorKind::FieldLimit, (1, 14), 14..23);
    // A value is measured before it is decoded, and a name as well.
    let body = b"user=%41%42&domain=abc";
    let value = |limit| parser(DEFAULT.value(limit)).parse_form(body);
    assert!(value(6).is_ok());
    is(value(5), ErrorKind::ValueLimit, (1, 0), 5..11);
    is(parser(DEFAULT.value(3)).parse_form(b"abcd=%"), ErrorKind::ValueLimit, (1, 0), 0..4);
    is(parser(DEFAULT.value(3)).parse_form(b"abc=x&y=abcd"), ErrorKind::ValueLimit, (1, 6), 8..12);
}

#[test]
fn pairs_at_a_limit_are_read_and_one_above_is_rejected() {
    let pairs = [("user", "abc"), ("unknown", ""), ("dns[]", "abc")];
    let fields = |limit| parser(DEFAULT.fields(limit)).parse_pairs(pairs);
    assert!(fields(3).is_ok());
    is(fields(2), ErrorKind::FieldLimit, (1, 2), 2..3);
    let value = |limit| parser(DEFAULT.value(limit)).parse_pairs(pairs);
    assert!(value(7).is_ok());
    is(value(6), ErrorKind::ValueLimit, (1, 1), 1..2);
    is(value(2), ErrorKind::ValueLimit, (1, 0), 0..1);
}

#[test]
fn a_receipt_at_a_limit_is_read_and_one_above_is_rejected() {
    let text = "\u{feff}Status: 1\r\n\r\nMessage: hello\nbare\n \n";
    let read = |limits| parser(limits).parse_receipt(text).map(drop);
    let length = text.len();
    assert!(read(DEFAULT.bytes(small(length))).is_ok());
    is(read(DEFAULT.bytes(small(length) - 1)), ErrorKind::ByteLimit, (1, 0), length - 1..length);
    assert!(read(DEFAULT.lines(5)).is_ok());
    is(read(DEFAULT.lines(4)), ErrorKind::LineLimit, (5, 36), 36..37);
    is(read(DEFAULT.lines(1)), ErrorKind::LineLimit, (2, 14), 14..14);
    assert!(read(DEFAULT.fields(3)).is_ok());
    is(read(DEFAULT.fields(2)), ErrorKind::FieldLimit, (4, 31), 31..35);
    assert!(read(DEFAULT.value(7)).is_ok());
    is(read(DEFAULT.value(6)), ErrorKind::ValueLimit, (3, 16), 16..23);
    is(read(DEFAULT.value(5)), ErrorKind::ValueLimit, (1, 3), 3..9);
    is(parser(DEFAULT.value(3)).parse_receipt("a: bcde"), ErrorKind::ValueLimit, (1, 0), 3..7);
    is(parser(DEFAULT.value(3)).parse_receipt("bare"), ErrorKind::ValueLimit, (1, 0), 0..4);
    // A rejection is read with any other lines, but not with any number of them.
    assert!(read(DEFAULT.lines(0)).is_err() && read(DEFAULT.fields(0)).is_err());
    // The length comes before the encoding, which takes time.
    let bytes = [b"\xff".repeat(9), b"\n".to_vec()].concat();
    let read = |limit| parser(DEFAULT.bytes(limit)).parse_receipt_bytes(&bytes);
    is(read(9), ErrorKind::ByteLimit, (1, 0), 9..10);
    is(read(10), ErrorKind::InvalidUtf8, (1, 0), 0..1);
}

#[test]
fn suffixes_at_a_limit_are_read_and_one_above_is_rejected() {
    let text = "\u{feff}uk.com\r\n\r\nuk.com\n";
    let read = |limits| parser(limits).parse_suffixes(text).map(drop);
    let length = text.len();
    assert!(read(DEFAULT.bytes(small(length))).is_ok());
    is(read(DEFAULT.bytes(small(length) - 1)), ErrorKind::ByteLimit, (1, 0), length - 1..length);
    assert!(read(DEFAULT.lines(3)).is_ok());
    is(read(DEFAULT.lines(2)), ErrorKind::LineLimit, (3, 13), 13..19);
    assert!(read(DEFAULT.fields(2)).is_ok());
    is(read(DEFAULT.fields(1)), ErrorKind::FieldLimit, (3, 13), 13..19);
}

/// A line of two bytes takes 48 bytes of memory, so their number is limited.
#[test]
fn what_is_hostile_takes_bounded_memory() {
    let most = 2 << 20;
    for unit in ["x\n", "\n", ":\n", "a:b\n", "Status: 1\n"] {
        let text = unit.repeat((1 << 20) / unit.len());
        let (result, spent) = cost(|| Receipt::parse(&text).map(drop));
        assert!(result.is_err() && spent.peak <= most, "{unit:?}: {} bytes", spent.peak);
        let (result, spent) = cost(|| SuffixSet::from_response(&text).map(drop));
        assert!(result.is_err() && spent.peak <= most, "{unit:?}: {} bytes", spent.peak);
    }
    for unit in ["x=&", "dns[]=&", "%41=%42&", "a=+&", "=&"] {
        let body = unit.repeat((1 << 20) / unit.len());
        let (result, spent) = cost(|| Draft::from_form(body.as_bytes()).map(drop));
        assert!(result.is_err() && spent.peak <= most, "{unit}: {} bytes", spent.peak);
    }
}
