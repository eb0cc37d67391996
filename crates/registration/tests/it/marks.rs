//! One U+FEFF at the start of an input is ignored, and counted.

use cnic_registration::{Draft, ErrorKind, Field, Policy, Receipt, SuffixSet};

use crate::util::{BASE, DONE, Random, finds, form, form_error};

const MARK: &str = "\u{feff}";

#[test]
fn a_form_is_the_same_with_a_mark() {
    let marked = format!("{MARK}{BASE}&dns[]=a.b&x=1");
    let plain = format!("{BASE}&dns[]=a.b&x=1");
    let (marked, plain) = (form(&marked), form(&plain));
    assert_eq!(marked, plain);
    for field in [Field::User, Field::Thandle, Field::NameServer(0), Field::Unknown(0)] {
        let [marked_at, plain_at] = [&marked, &plain].map(|draft| draft.position(field));
        assert_eq!(marked_at.map(|at| at.byte()), plain_at.map(|at| at.byte() + 3), "{field}");
        let [marked_at, plain_at] = [&marked, &plain].map(|draft| draft.value_span(field));
        assert_eq!(marked_at, plain_at.map(|at| at.start + 3..at.end + 3), "{field}");
    }
    assert_eq!(form(MARK), Draft::default());
    assert_eq!(form_error(format!("{MARK}x")), ("MissingEquals", 3));
    assert_eq!(form_error(format!("{MARK}user=%zz")), ("InvalidEscape", 3));
}

#[test]
fn a_second_mark_is_part_of_a_name() {
    for body in
        [format!("{MARK}{MARK}{BASE}"), format!("%EF%BB%BF{BASE}"), format!("&{MARK}{BASE}")]
    {
        let draft = form(&body);
        let expected = ["user Missing", "unknown[0] UnknownParameter"];
        finds(&Policy::TOOLKIT, &draft, &expected);
        assert_eq!(draft.unknown()[0].name(), "\u{feff}user");
        assert_eq!(draft.unknown()[0].to_string(), r"\u{feff}user");
    }
    // A name that comes decoded has lost nothing to a mark.
    let pairs = Draft::from_pairs([("\u{feff}user", "x")]).expect("pairs");
    assert_eq!(pairs.unknown()[0].name(), "\u{feff}user");
    // A mark that was cut is not one.
    assert_eq!(form_error(b"\xef\xbbuser=x"), ("InvalidUtf8", 0));
}

#[test]
fn a_receipt_is_the_same_with_a_mark() {
    let marked = format!("{MARK}{DONE}");
    assert_eq!(Receipt::parse(&marked), Receipt::parse(DONE));
    assert_eq!(Receipt::from_utf8(marked.as_bytes()), Receipt::parse(DONE));
    let mut random = Random::new(31);
    let pieces =
        ["Status: 1\n", "Status: 0\n", "amount: 1\n", "amount: x\n", "\r\n", "a", ":", MARK];
    for _ in 0..10_000 {
        let text: String = (0..random.below(7)).map(|_| random.pick(&pieces)).collect();
        let marked = format!("{MARK}{text}");
        if text.starts_with(MARK) {
            continue;
        }
        match (Receipt::parse(&text), Receipt::parse(&marked)) {
            (Err(plain), Err(marked)) => {
                assert_eq!(marked.kind(), plain.kind());
                assert_eq!(marked.position().line(), plain.position().line());
                let shift = if plain.kind() == ErrorKind::Empty { 0 } else { 3 };
                // Of a text without lines there is no line that has moved.
                if !text.is_empty() {
                    assert_eq!(
                        marked.position().byte(),
                        plain.position().byte() + shift,
                        "{text:?}"
                    );
                    assert_eq!(marked.span().start, plain.span().start + 3, "{text:?}");
                }
            }
            (plain, marked) => assert_eq!(plain, marked, "{text:?}"),
        }
    }
    let twice = format!("{MARK}{MARK}Status: 1\n");
    assert_eq!(Receipt::parse(&twice).map_err(|error| error.kind()), Err(ErrorKind::MissingStatus));
    let later = format!("\n{MARK}Status: 1\n");
    assert_eq!(Receipt::parse(&later).map_err(|error| error.kind()), Err(ErrorKind::MissingStatus));
}

/// The blank line before it is not written, and without it the mark would be the one that is ignored.
#[test]
fn a_mark_that_belongs_to_a_key_is_written_as_that() {
    for text in ["\n\u{feff}Status: 0\nStatus: 1\n", "\u{feff}\u{feff}Status: 0\nStatus: 1\n"] {
        let receipt = Receipt::parse(text).expect("a rejection");
        assert_eq!(receipt.fields().next(), Some(("\u{feff}Status", Some("0"))));
        assert_eq!(receipt.to_string(), "\u{feff}\u{feff}Status: 0\nStatus: 1\n");
        assert_eq!(Receipt::parse(&receipt.to_string()), Ok(receipt));
    }
}

#[test]
fn a_list_of_suffixes_is_the_same_with_a_mark() {
    let expected = SuffixSet::from_response("uk.com\nus.com\n").expect("suffixes");
    assert_eq!(SuffixSet::from_response("\u{feff}uk.com\nus.com\n"), Ok(expected));
    assert_eq!(SuffixSet::from_response(MARK), Ok(SuffixSet::new()));
    let error = SuffixSet::from_response("\u{feff}\u{feff}uk.com\n").expect_err("a second mark");
    assert_eq!(
        error.to_string(),
        "suffix: character U+FEFF at byte 0 is not allowed (line 1, byte 3)"
    );
    assert_eq!(error.span(), 3..6);
}
