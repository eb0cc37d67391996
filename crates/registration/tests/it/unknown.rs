//! Parameters that a registration does not have.

use cnic_registration::{Draft, Field, Parser, Policy, Rule, Violation};

use crate::util::{BASE, Random, base, check, form};

const TOOLKIT: Policy<'_> = Policy::TOOLKIT;

#[test]
fn each_is_a_violation_with_its_name_among_all_others() {
    let body =
        "url=http&user=u&domain=-ab&chandle2=H1&suffix=uk.com&test=x&url=b&password=p&dns[]=x";
    let draft = form(body);
    let all = check(&TOOLKIT, &draft);
    let shown: Vec<_> = all.iter().map(|violation| draft.describe(violation).to_string()).collect();
    let expected = [
        "test: not 0 or 1: character 'x' at byte 0 is not allowed",
        "domain: label 1 starts with a hyphen",
        "chandle: missing",
        "thandle: missing",
        "dns[0]: host has a single label",
        "`url`: unknown parameter",
        "`chandle2`: unknown parameter",
        "`url`: unknown parameter",
    ];
    assert_eq!(shown, expected);
    let violations = TOOLKIT.validate(&draft).expect_err("rejected");
    assert_eq!(violations.to_string(), expected.join("; "), "the names outlive the draft");
    assert!(
        all.iter()
            .take(5)
            .all(|violation| draft.describe(violation).to_string() == violation.to_string())
    );
    assert_eq!(all[6].to_string(), "unknown[1]: unknown parameter", "a place without a draft");
    assert_eq!((all[6].field(), all[6].rule()), (Field::Unknown(1), Rule::UnknownParameter));

    let unknown = draft.unknown();
    let names: Vec<_> = unknown.iter().map(|parameter| parameter.name()).collect();
    assert_eq!(names, ["url", "chandle2", "url"]);
    for (place, at) in [(0, 0), (1, 27), (2, 60)] {
        assert_eq!(unknown[place].position().map(|at| at.byte()), Some(at));
        assert_eq!(unknown[place].span(), Some(at..at + names[place].len()));
        assert_eq!(draft.span(&all[5 + place]), unknown[place].span());
        let field = all[5 + place].field();
        assert_eq!(draft.position(field), unknown[place].position());
        assert_eq!(draft.value_span(field), unknown[place].span());
    }
}

#[test]
fn one_alone_rejects_a_form_in_every_policy() {
    for policy in [
        TOOLKIT,
        Policy::LEGACY,
        TOOLKIT.suffixes(cnic_registration::AllowedSuffixes::AnyWellFormed),
    ] {
        for name in
            ["url", "", "Domain", "dns0", "password2", "domain[]", "x".repeat(70_000).as_str()]
        {
            let body = format!("{BASE}&{name}=");
            let parser = Parser::new().limits(cnic_registration::Limits::DEFAULT.value(1 << 20));
            let draft = parser.parse_form(body.as_bytes()).expect("a form");
            assert!(policy.validate(&draft).is_err(), "{name}");
            let mut first: Option<Violation> = None;
            policy.check(&draft, &mut first);
            assert_eq!(first.map(|violation| violation.rule()), Some(Rule::UnknownParameter));
            assert_eq!(first.map(|violation| violation.span()), Some(0..name.len()), "of the name");
        }
    }
    let pairs = BASE.split('&').filter_map(|pair| pair.split_once('=')).chain([("ttl", "60")]);
    let draft = Draft::from_pairs(pairs).expect("pairs");
    assert_eq!(
        TOOLKIT.validate(&draft).map_err(|all| all.to_string()),
        Err("`ttl`: unknown parameter".into())
    );
    assert_eq!(draft.unknown()[0].position().map(|at| at.byte()), Some(6));
    assert_eq!(draft.unknown()[0].span(), None);
    assert_ne!(draft, base());
    assert!(base().unknown().is_empty());
}

#[test]
fn a_name_is_shown_bounded_and_escaped() {
    let a64 = "a".repeat(64);
    for (name, shown) in [
        ("", "".to_owned()),
        ("chandle2", "chandle2".into()),
        ("a b~!", "a b~!".into()),
        ("a`: b", r"a\u{60}: b".into()),
        ("a\\b", r"a\u{5c}b".into()),
        ("a\n\u{1b}[2J", r"a\u{a}\u{1b}[2J".into()),
        ("\u{202e}\u{fc}", r"\u{202e}\u{fc}".into()),
        ("new=password", "new...".into()),
        ("=", "...".into()),
        (&*a64, a64.clone()),
        (&*format!("{a64}a"), format!("{a64}...")),
        (&*"\u{fc}".repeat(64), r"\u{fc}".repeat(64)),
        (&*"\u{fc}".repeat(66), r"\u{fc}".repeat(64) + "..."),
        (&*"a".repeat(60_000), format!("{a64}...")),
    ] {
        let draft = Draft::from_pairs([(name, "hunter2")]).expect("a pair");
        let unknown = &draft.unknown()[0];
        assert_eq!((unknown.name(), unknown.to_string()), (name, shown.clone()));
        assert_eq!(format!("{unknown:?}"), format!("Unknown(`{shown}`)"));
        let violations = TOOLKIT.validate(&draft).expect_err("rejected");
        let expected = format!("; `{shown}`: unknown parameter");
        assert!(violations.to_string().ends_with(&expected), "{violations}");
        assert!(format!("{violations:?}").len() < 3_000, "no more is kept than is shown");
        let all = check(&TOOLKIT, &draft);
        let last = draft.describe(all.last().expect("a violation")).to_string();
        assert_eq!(last, expected[2..]);
    }
}

/// Whatever the name, it can't look like another line or another violation.
#[test]
fn what_is_shown_is_one_line_of_ascii() {
    let mut random = Random::new(51);
    let alphabet =
        ['a', '`', ':', ';', '\n', '\r', '\0', '\u{85}', '\u{2028}', '\u{200f}', '\u{fc}', '\\'];
    for _ in 0..5_000 {
        let name = random.word(&alphabet, 0, 80);
        let draft = Draft::from_pairs([(&*name, "")]).expect("a pair");
        let shown = draft.unknown()[0].to_string();
        assert!(shown.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'`'), "{shown}");
        assert!(shown.len() <= 10 * 64 + 3);
    }
}
