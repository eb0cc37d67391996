//! Which bytes are wrong: in a value, and in the input it came in.

use core::ops::Range;

use cnic_registration::{
    Amount, Draft, Field, Handle, Host, InvalidValue, Label, NameServer, Parser, Period, Policy,
    Receipt, Suffix, Violation,
};

use crate::util::{Random, base, check};

const TOOLKIT: Policy<'_> = Policy::TOOLKIT;

//--- Characters

/// The message of the first violation.
fn first(draft: &Draft<'_>) -> String {
    check(&TOOLKIT, draft).first().map(ToString::to_string).expect("a violation")
}

#[test]
fn a_violation_names_the_character_and_where_it_stands() {
    for (label, message) in [
        ("my\u{2013}shop", "character U+2013 at byte 2 is not allowed"),
        ("\u{feff}example", "character U+FEFF at byte 0 is not allowed"),
        ("exa mple", "character U+0020 at byte 3 is not allowed"),
        ("example\n", "character U+000A at byte 7 is not allowed"),
        ("a\u{1f600}", "character U+1F600 at byte 1 is not allowed"),
        ("exa_mple", "character '_' at byte 3 is not allowed"),
        ("exa'mple", "character U+0027 at byte 3 is not allowed"),
        ("exa\\mple", "character '\\' at byte 3 is not allowed"),
        ("example.uk.com", "character '.' at byte 7 is not allowed: the suffix has its own field"),
    ] {
        assert_eq!(first(&base().domain(label)), format!("domain: {message}"));
        let invalid = Label::check(label).expect_err("rejected");
        assert_eq!(invalid.to_string(), message);
        assert_eq!(invalid.character(), label[invalid.offset()..].chars().next());
    }
    let servers = |entry: &'static str| first(&base().name_server(entry));
    assert_eq!(servers("ns.b\u{fc}.test"), "dns[0]: character U+00FC at byte 4 is not allowed");
    assert_eq!(
        servers("ns.example.com::192.0.2.1 "),
        "dns[0]: not an IPv4 address: character U+0020 at byte 25 is not allowed"
    );
    assert_eq!(
        servers("ns.example.com::fe80::1%eth0"),
        "dns[0]: not an IPv6 address: character '%' at byte 23 is not allowed"
    );
    assert_eq!(servers("ns.example.com::192.0.2.256"), "dns[0]: not an IPv4 address");
    assert_eq!(
        first(&base().suffix("uk\u{3002}com")),
        "suffix: character U+3002 at byte 2 is not allowed"
    );
    assert_eq!(
        first(&base().chandle("H12345 ")),
        "chandle: not a handle such as H12345: character U+0020 at byte 6 is not allowed"
    );
    assert_eq!(first(&base().chandle("H")), "chandle: not a handle such as H12345");
    assert_eq!(first(&base().chandle("H1234567890123456")), "chandle: not a handle such as H12345");
    assert_eq!(
        first(&base().period("2 ")),
        "period: not an allowed number of years: character U+0020 at byte 1 is not allowed"
    );
    assert_eq!(first(&base().period("11")), "period: not an allowed number of years");
    assert_eq!(
        first(&base().test("true")),
        "test: not 0 or 1: character 't' at byte 0 is not allowed"
    );
    assert_eq!(first(&base().test("2")), "test: not 0 or 1");
    let amount = "65,00".parse::<Amount>().expect_err("rejected");
    assert_eq!(amount.to_string(), "not an amount: character ',' at byte 2 is not allowed");
}

/// Every violation of the user or the password is about the whole.
#[test]
fn no_character_of_a_secret_is_named() {
    for value in ["", "\0", "hunter2", "\u{2013}", "a.b", "&="] {
        let draft = base().user(value).password(value);
        for violation in check(&TOOLKIT, &draft) {
            assert!(violation.character().is_none() && violation.span() == (0..0), "{violation}");
        }
    }
}

//--- Values

#[test]
fn the_span_of_a_violation_is_what_breaks_the_rule() {
    fn of<T>(result: Result<T, InvalidValue>) -> Range<usize> {
        result.err().expect("rejected").span()
    }
    assert_eq!(of("".parse::<Label>()), 0..0);
    assert_eq!(of("ab".parse::<Label>()), 2..2);
    assert_eq!(of("a".repeat(70).parse::<Label>()), 64..70);
    assert_eq!(of("-abc".parse::<Label>()), 0..1);
    assert_eq!(of("abc-".parse::<Label>()), 3..4);
    assert_eq!(of("ab--c".parse::<Label>()), 2..4);
    assert_eq!(of("xn--abc".parse::<Label>()), 2..4);
    assert_eq!(of("a\u{2013}b".parse::<Label>()), 1..4);
    assert_eq!(of("ns..com".parse::<Host>()), 3..3);
    assert_eq!(of("ns.-a.com".parse::<Host>()), 3..4);
    assert_eq!(of("ns.a-.com".parse::<Host>()), 4..5);
    assert_eq!(of(format!("ns.{}.com", "a".repeat(64)).parse::<Host>()), 3..67);
    assert_eq!(of("ns.com.".parse::<Host>()), 6..7);
    assert_eq!(of("localhost".parse::<Host>()), 0..9);
    assert_eq!(of("ns.12".parse::<Host>()), 3..5);
    assert_eq!(of("uk.-a.com".parse::<Suffix>()), 3..5);
    assert_eq!(of("uk..com".parse::<Suffix>()), 3..3);
    assert_eq!(of("uk.a-".parse::<Suffix>()), 3..5);
    assert_eq!(of("gb.com".parse::<Suffix>()), 0..6);
    assert_eq!(of("x.test".parse::<Suffix>()), 0..6);
    assert_eq!(of("thandle".parse::<Handle>()), 0..7);
    assert_eq!(of("new::a".parse::<Handle>()), 3..6);
    assert_eq!(of("H12345678901234567".parse::<Handle>()), 16..18);
    assert_eq!(of(Handle::parse_opaque("a b c")), 1..2);
    assert_eq!(of(Handle::parse_opaque("ab")), 2..2);
    assert_eq!(of(Handle::parse_opaque(&"a".repeat(18))), 16..18);
    assert_eq!(of("+2".parse::<Period>()), 0..1);
    assert_eq!(of("11".parse::<Period>()), 0..2);
    assert_eq!(of("::192.0.2.1".parse::<NameServer>()), 0..2);
    assert_eq!(of(":\u{fc}".parse::<NameServer>()), 0..1);
    assert_eq!(of("ns.a.b:1".parse::<NameServer>()), 6..7);
    assert_eq!(of("ns.a.b::1.2.3.4:53".parse::<NameServer>()), 15..16);
    assert_eq!(of("ns.a.b::".parse::<NameServer>()), 8..8);
    assert_eq!(of("ns.a.b::1.2.3.4::".parse::<NameServer>()), 17..17);
    assert_eq!(of("ns.a.b::1.2.3.256".parse::<NameServer>()), 8..17);
    assert_eq!(of("ns.a.b::1.2.3.4::1::2::3".parse::<NameServer>()), 17..24);
    assert_eq!(of("ns.a.b::0.0.0.0".parse::<NameServer>()), 8..15);
    let list =
        base().name_server("a.b::1.2.3.4").name_server("A.b").name_server("c.d::1.2.3.4::fe80::1");
    let spans: Vec<_> = check(&Policy::LEGACY, &list).iter().map(Violation::span).collect();
    assert_eq!(spans, [0..3, 3..21]);
}

#[test]
fn a_span_lies_within_the_value_on_characters() {
    let mut random = Random::new(41);
    let alphabet = ['a', '-', '.', ':', '1', 'H', ' ', '\u{fc}', '\u{2013}', '\u{1f600}', '%'];
    for _ in 0..20_000 {
        let value = random.word(&alphabet, 0, 12);
        let draft = base().domain(&*value).suffix(&*value).chandle(&*value).period(&*value);
        let draft = draft.test(&*value).name_server(&*value).name_server(format!("a.b::{value}"));
        for violation in check(&TOOLKIT, &draft) {
            let longer = format!("a.b::{value}");
            let value = if violation.field() == Field::NameServer(1) { &longer } else { &value };
            let part =
                value.get(violation.span()).unwrap_or_else(|| panic!("{value}: {violation}"));
            assert_eq!(violation.offset(), violation.span().start);
            if let Some(c) = violation.character() {
                assert!(part.chars().eq([c]), "{value}: {violation}");
            }
        }
    }
}

//--- Forms

/// Every way to write a value leads from the bytes of the value to those of the form.
#[test]
fn the_span_of_a_form_decodes_to_that_of_the_value() {
    let mut random = Random::new(42);
    let alphabet = ['a', '-', '.', 'H', ' ', '\u{fc}', '\u{2013}', '\u{1f600}', '%', '+', '&'];
    let mut escapes = 0;
    for round in 0..5_000 {
        let mut values = Vec::new();
        let mut body = if round % 2 == 0 { String::new() } else { "\u{feff}".to_owned() };
        for name in ["domain", "suffix", "chandle", "dns[]", "dns[]", "bhandle"] {
            let value = random.word(&alphabet, 0, 8);
            let mut raw = String::new();
            for c in value.chars() {
                let plain = !matches!(c, '%' | '+' | '&' | ' ') && random.once_in(2);
                match c {
                    ' ' if random.once_in(2) => raw.push('+'),
                    _ if plain => raw.push(c),
                    _ => {
                        let mut bytes = [0; 4];
                        let bytes = c.encode_utf8(&mut bytes).bytes();
                        raw.extend(bytes.map(|byte| format!("%{byte:02x}")));
                    }
                }
            }
            body += &format!("&{name}={raw}");
            values.push(value);
        }
        let draft = Draft::from_form(body.as_bytes()).expect("a form");
        for violation in check(&TOOLKIT, &draft) {
            let place = match violation.field() {
                Field::Domain => 0,
                Field::Suffix => 1,
                Field::Chandle => 2,
                Field::NameServer(place) => 3 + usize::try_from(place).expect("small"),
                Field::Bhandle => 5,
                field => {
                    assert_eq!(draft.span(&violation), None, "{field}");
                    continue;
                }
            };
            let value = &values[place];
            let [span, whole] = [draft.span(&violation), draft.value_span(violation.field())];
            let [span, whole] = [span, whole].map(|span| span.expect("it stands in the form"));
            assert!(whole.start <= span.start && span.end <= whole.end);
            let decoded = |span: Range<usize>| {
                let body = format!("user={}", &body[span]);
                let draft = Draft::from_form(body.as_bytes()).expect("whole escapes");
                format!("{draft:?}")
            };
            let shown = |text: &str| format!("{:?}", Draft::default().user(text));
            assert_eq!(decoded(whole.clone()), shown(value));
            assert_eq!(
                decoded(span.clone()),
                shown(&value[violation.span()]),
                "{body}: {violation}"
            );
            escapes += usize::from(body[span].contains('%'));
        }
    }
    assert!(escapes > 1_000, "{escapes}");
}

#[test]
fn what_does_not_stand_in_a_form_has_no_span() {
    let body = "dns[]=a.b&domain=example&dns[]=c.d&x=1&x%3d=2";
    let draft = Draft::from_form(body.as_bytes()).expect("a form");
    assert_eq!(draft.value_span(Field::NameServers), Some(6..9));
    assert_eq!(draft.value_span(Field::NameServer(1)), Some(31..34));
    assert_eq!(draft.value_span(Field::Unknown(0)), Some(35..36));
    assert_eq!(draft.value_span(Field::Unknown(1)), Some(39..43));
    for field in [Field::User, Field::NameServer(2), Field::Unknown(2), Field::Registrant] {
        assert_eq!((draft.value_span(field), draft.position(field)), (None, None));
    }
    let violations = check(&TOOLKIT.name_servers(1), &draft);
    let spans: Vec<_> = violations.iter().map(|violation| draft.span(violation)).collect();
    let expected = [None, None, None, None, None, Some(6..9), Some(35..36), Some(39..43)];
    assert_eq!(spans, expected);
    for draft in
        [Draft::from_pairs([("domain", "-ab")]).expect("pairs"), Draft::default().domain("-ab")]
    {
        let all = check(&TOOLKIT, &draft);
        assert!(all.iter().all(|violation| draft.span(violation).is_none()));
        assert_eq!(draft.value_span(Field::Domain), None);
    }
    let draft = draft.domain("-x");
    assert_eq!(draft.value_span(Field::Domain), None, "no longer that of the form");
}

#[test]
fn an_error_of_a_form_has_the_span_of_what_is_wrong() {
    for (pair, wrong) in [
        (&b"ahandle"[..], &b"ahandle"[..]),
        (b"ahandle=1%", b"%"),
        (b"ahandle=1%4", b"%4"),
        (b"ahandle=1%4g5", b"%4g"),
        (b"a%zz=%", b"%zz"),
        (b"ahandle=a\nb", b"\n"),
        (b"aha\x7fndle=ab", b"\x7f"),
        (b"ahandle=a\xffb", b"\xff"),
        (b"ahandle=a%FFb%FF", b"%FF"),
        (b"ahandle=+a%C3+%C3", b"%C3"),
        (b"ahandle=%41\xe2\x80", b"\xe2\x80"),
        (b"ahandle=%41%e2%80", b"%e2%80"),
        (b"a%ff=", b"%ff"),
        (b"t%65st=1", b"t%65st"),
        (b"dns[1]=a.b", b"dns[1]"),
        (b"dns=defaults", b"dns"),
    ] {
        for before in [&b"test=1&&"[..], b"\xef\xbb\xbftest=1&"] {
            let body = [before, pair, b"&user=x"].concat();
            let error = Draft::from_form(&body).expect_err("rejected");
            let shown = String::from_utf8_lossy(pair);
            assert_eq!(&body[error.span()], wrong, "{shown}");
            assert_eq!(error.position().byte(), before.len(), "{shown}");
            let within = before.len()..before.len() + pair.len() + 1;
            assert!(within.contains(&error.span().start), "{shown}");
        }
    }
    let pairs = Draft::from_pairs([("a", ""), ("user", ""), ("user", "")]).expect_err("rejected");
    assert_eq!(pairs.span(), 2..3, "the pair");
}

#[test]
fn an_error_of_a_receipt_has_the_span_of_what_is_wrong() {
    for (text, wrong, start) in [
        (&b"\nStatus: 00\n"[..], "00", 9),
        (b"Status:\t2\r\n", "2", 8),
        (b"Status:\n", "", 7),
        (b"Status: 0\namount:  x\n", " x", 18),
        (b"Status: 0\namount: 1\nAMOUNT: 1\n", "AMOUNT", 20),
        (b"Status: 1\nstatus: 1\n", "status", 10),
        (b"Status: 0\nMessage: no\n", "", 22),
        (b"Message: no", "", 11),
        (b"\n \n", "", 3),
        (b"", "", 0),
    ] {
        let error = Receipt::from_utf8(text).expect_err("rejected");
        assert_eq!(error.span(), start..start + wrong.len(), "{error}");
        assert_eq!(&text[error.span()], wrong.as_bytes(), "{error}");
    }
    let error = Parser::new().parse_receipt_bytes(b"Status: 1\nab\xe2\x80").expect_err("rejected");
    assert_eq!((error.span(), error.position().byte()), (12..14, 10));
    let error = Receipt::from_utf8(b"Status: 1\nab\xff\xff").expect_err("rejected");
    assert_eq!(error.span(), 12..13);
}
