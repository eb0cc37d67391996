//! What a user expects to compile.

use core::borrow::Borrow;
use core::fmt::{Debug, Display};
use core::iter::FusedIterator;
use core::str::FromStr;
use std::collections::{BTreeMap, HashMap, HashSet};

use cnic_registration::{
    Amount, Draft, ErrorKind, Field, Handle, Host, InvalidValue, Label, Limits, Lint, LintKind,
    NameServer, NameServerFormat, Parser, Period, Policy, Receipt, Rule, Suffix, SuffixSet,
    Violation,
};

use crate::util::{BASE, DONE, base, valid};

const TOOLKIT: Policy<'_> = Policy::TOOLKIT;

#[test]
fn texts_are_read_by_parse_and_by_try_from() {
    fn reads<T>(good: &str, bad: &str)
    where
        T: FromStr<Err = InvalidValue> + for<'t> TryFrom<&'t str, Error = InvalidValue>,
        T: PartialEq + Debug + Display,
    {
        let value = T::try_from(good).expect("a value");
        assert_eq!(good.parse::<T>().as_ref(), Ok(&value));
        assert_eq!(value.to_string(), good);
        assert_eq!(bad.parse::<T>().err(), T::try_from(bad).err());
        assert!(T::try_from(bad).is_err());
    }

    reads::<Amount>("65.00", "65,00");
    reads::<Handle>("H12345", "h12345");
    reads::<Host>("ns1.example.com", "localhost");
    reads::<Label>("example", "-example");
    reads::<NameServer>("ns1.example.com::192.0.2.1", "ns1.example.com:192.0.2.1");
    reads::<Period>("2", "02");
    reads::<Suffix>("uk.com", "gb.com");
}

#[test]
fn texts_compare_with_and_are_looked_up_by_strings() {
    fn is_text<T>(text: &str, upper: &str)
    where
        T: FromStr<Err: Debug> + AsRef<str> + Borrow<str> + Clone + Into<String>,
        T: PartialEq<str> + for<'s> PartialEq<&'s str> + Ord + core::hash::Hash + Debug + Display,
        str: PartialEq<T>,
        for<'s> &'s str: PartialEq<T>,
    {
        let value: T = text.parse().expect("a value");
        assert_eq!([value == *text, value == text, *text == value, text == value], [true; 4]);
        assert_eq!([value == *upper, value == upper, *upper == value, upper == value], [false; 4]);
        assert_eq!((value.as_ref(), Borrow::<str>::borrow(&value)), (text, text));
        assert_eq!(HashMap::from([(value.clone(), 1)]).get(text), Some(&1));
        assert_eq!(BTreeMap::from([(value.clone(), 1)]).get(text), Some(&1));
        assert!(!HashSet::from([value.clone()]).contains(upper));
        let width = text.len() + 2;
        assert_eq!(format!("{value:>width$}"), format!("  {text}"));
        assert_eq!(Into::<String>::into(value), text);
    }

    is_text::<Handle>("H12345", "h12345");
    is_text::<Host>("ns1.example.com", "NS1.example.com");
    is_text::<Label>("example", "EXAMPLE");
    is_text::<Suffix>("uk.com", "UK.COM");
}

#[test]
fn periods_are_numbers() {
    assert_eq!(Period::try_from(5).map(u8::from), Ok(5));
    assert_eq!(Period::try_from(11).map_err(|error| error.rule()), Err(Rule::InvalidPeriod));
    assert!(Period::try_from(0).is_err());
    assert_eq!(Period::default(), Period::DEFAULT);
    assert!(Period::try_from(3).is_ok_and(|period| period > Period::DEFAULT));
}

#[test]
fn options_are_constants() {
    const LIMITS: Limits = Limits::DEFAULT.bytes(99).lines(9).fields(8).value(7);
    const PARSER: Parser = Parser::new().limits(LIMITS);
    const FORMAT: NameServerFormat = NameServerFormat::CANONICAL.expanded(true);
    const EMPTY: Draft<'_> = Draft::new();

    assert_eq!((LIMITS.bytes, LIMITS.lines, LIMITS.fields, LIMITS.value), (99, 9, 8, 7));
    assert_eq!(PARSER.parse_form(&[b'a'; 100]).unwrap_err().kind(), ErrorKind::ByteLimit);
    assert_eq!((Limits::default(), Parser::default()), (Limits::DEFAULT, Parser::new()));
    assert_ne!(FORMAT, NameServerFormat::default());
    assert_eq!((EMPTY, Policy::default()), (Draft::default(), TOOLKIT));
    assert_eq!(SuffixSet::SNAPSHOT_DATE.len(), "2026-08-19".len());
}

#[test]
fn a_draft_takes_checked_values() -> Result<(), InvalidValue> {
    let (label, suffix): (Label, Suffix) = ("Example".parse()?, "UK.com".parse()?);
    let handle: Handle = "H1".parse()?;
    let draft = Draft::new().user("u").password(String::from("p")).domain(label).suffix(&suffix);
    let draft = draft.chandle(&handle).thandle(handle.as_str()).bhandle(handle.clone());
    let registration = valid(&TOOLKIT, &draft);
    assert_eq!((registration.label().as_str(), registration.suffix()), ("example", &suffix));
    assert_eq!((registration.chandle(), registration.bhandle()), (&handle, Some(&handle)));
    Ok(())
}

#[test]
fn a_draft_is_read_back() {
    let draft = Draft::new()
        .test("1")
        .user("u")
        .password("p")
        .domain("d")
        .suffix("s")
        .chandle("c")
        .ahandle("a")
        .thandle("t")
        .bhandle("b")
        .period("2")
        .name_server("x")
        .name_server(String::from("y"));
    for (field, value) in [
        (Field::Test, "1"),
        (Field::User, "u"),
        (Field::Password, "p"),
        (Field::Domain, "d"),
        (Field::Suffix, "s"),
        (Field::Chandle, "c"),
        (Field::Ahandle, "a"),
        (Field::Thandle, "t"),
        (Field::Bhandle, "b"),
        (Field::Period, "2"),
        (Field::NameServer(0), "x"),
        (Field::NameServer(1), "y"),
    ] {
        assert_eq!(draft.get(field), Some(value), "{field}");
        assert_eq!(Draft::new().get(field), None, "{field}");
    }
    assert_eq!(draft.name_servers().rev().collect::<Vec<_>>(), ["y", "x"]);
    assert_eq!((draft.name_servers().len(), draft.get(Field::NameServer(2))), (2, None));
    assert_eq!(format!("{:?}", draft.name_servers()), r#"["x", "y"]"#);

    let draft = Draft::from_form(b"registrant=R&url=hunter2&dns[]=x").expect("a form");
    assert_eq!(draft.get(Field::Registrant), Some("R"));
    assert_eq!((draft.get(Field::Unknown(0)), draft.unknown()[0].name()), (None, "url"));
    assert_eq!(draft.get(Field::NameServers), None, "a list");
}

#[test]
fn a_set_of_suffixes_is_a_collection() {
    let parse = |name| Suffix::parse_well_formed(name).expect("a suffix");
    let mut set: SuffixSet = ["b.test", "a.test", "B.test"].map(parse).into_iter().collect();
    assert_eq!((set.len(), set.is_empty(), SuffixSet::new().is_empty()), (2, false, true));
    set.extend(["d.test", "A.test", "c.test"].map(parse));
    assert_eq!(set.iter().collect::<Vec<_>>(), ["a.test", "b.test", "c.test", "d.test"]);
    assert!(set.remove("B.TEST") && !set.remove("b.test") && !set.contains("b.test"));
    let mut shown = Vec::new();
    for suffix in &set {
        shown.push(suffix);
    }
    assert_eq!(shown, ["a.test", "c.test", "d.test"]);
    assert_eq!(set.iter().rev().map(str::len).sum::<usize>(), 18);
}

#[test]
fn a_receipt_is_a_list_of_lines() {
    let receipt: Receipt<'static> = DONE.parse().expect("a receipt");
    assert_eq!(Receipt::try_from(DONE), Ok(receipt.clone()));
    assert_eq!(Receipt::try_from("x").map_err(|it| it.kind()), Err(ErrorKind::MissingStatus));
    let mut lines = 0;
    for (key, value) in &receipt {
        assert_eq!(receipt.get(key), value);
        lines += 1;
    }
    assert_eq!((lines, receipt.fields().len()), (11, 11));
    assert_eq!(receipt.fields().next_back(), Some(("amount", Some("65.00"))));

    let receipt = Receipt::parse("Status: 1\ndns: a\nDNS: b\ndns\nx: y\ndns: c\n").expect("one");
    let mut servers = receipt.get_all("Dns");
    let ends = [servers.next_back(), servers.next(), servers.next(), servers.next_back()];
    assert_eq!(ends, [Some("c"), Some("a"), Some("b"), None]);
}

#[test]
fn a_registration_is_a_list_of_pairs() {
    let registration =
        valid(&TOOLKIT, &base().test("0").ahandle("H3").period("3").name_server("a.test"));
    let pairs: Vec<_> = registration.pairs().collect();
    let mut backwards: Vec<_> = registration.pairs().rev().collect();
    backwards.reverse();
    assert_eq!(pairs, backwards);
    let names: Vec<_> = pairs.iter().map(|(name, _)| *name).collect();
    let expected = [
        "test", "user", "password", "domain", "suffix", "chandle", "ahandle", "thandle", "period",
        "dns[]",
    ];
    assert_eq!(names, expected);
    let body = registration.encode_form();
    assert_eq!(body.len(), String::from(body).len());
}

#[test]
fn iterators_have_names_and_are_fused() {
    fn assert<I: DoubleEndedIterator + FusedIterator + Clone + Debug>(iterator: I) -> usize {
        let (least, most) = iterator.size_hint();
        let count = iterator.clone().count();
        assert!(least <= count && most.is_some_and(|most| count <= most));
        assert_eq!(iterator.clone().rev().count(), count);
        count
    }

    let receipt = Receipt::parse(DONE).expect("a receipt");
    let draft = Draft::new().name_server("a.test");
    let registration = valid(&TOOLKIT, &base());
    let (fields, values): (
        cnic_registration::ReceiptFields<'_>,
        cnic_registration::ReceiptValues<'_>,
    ) = (receipt.fields(), receipt.get_all("domain"));
    let pairs: cnic_registration::Pairs<'_> = registration.pairs();
    let servers: cnic_registration::RawNameServers<'_> = draft.name_servers();
    let set = SuffixSet::builtin();
    let suffixes: cnic_registration::SuffixIter<'_> = set.iter();
    let counts = (assert(fields), assert(values), assert(pairs), assert(servers), assert(suffixes));
    assert_eq!(counts, (11, 1, 6, 1, 20));
}

#[test]
fn violations_are_a_collection_that_is_not_empty() {
    let violations = TOOLKIT.validate(&Draft::new()).expect_err("nothing is given");
    assert_eq!((violations.len(), violations.is_empty()), (6, false));
    assert_eq!(violations.iter().len(), (&violations).into_iter().len());
    let rules: Vec<Rule> = violations.into_iter().map(|violation| violation.rule()).collect();
    assert_eq!(rules, [Rule::Missing; 6]);
}

#[test]
fn debug_shows_what_display_says() {
    let error = "exa_mple".parse::<Label>().expect_err("rejected");
    assert_eq!(format!("{error:?}"), format!("InvalidValue(\"{error}\")"));
    let body = format!("{}&url=x", BASE.replace("example", "-x-"));
    let draft = Draft::from_form(body.as_bytes()).expect("a form");
    let violations = TOOLKIT.validate(&draft).expect_err("rejected");
    assert_eq!(
        format!("{violations:?}"),
        "Violations(\"domain: label 1 starts with a hyphen; `url`: unknown parameter\")"
    );
    let [first, last] = *violations.as_slice() else { panic!("{violations}") };
    assert_eq!(format!("{first:?}"), "Violation(\"domain: label 1 starts with a hyphen\")");
    assert_eq!(format!("{:?}", first.message()), "Message(\"label 1 starts with a hyphen\")");
    let described = format!("{:?}", draft.describe(&last));
    assert_eq!(described, "Described(\"`url`: unknown parameter\")");
    let mut lint: Option<Lint> = None;
    valid(&TOOLKIT, &base()).lint(&mut lint);
    assert_eq!(format!("{lint:?}"), "Some(Lint(\"dns: fewer than two name servers\"))");
}

#[test]
fn kinds_have_a_name_and_a_text() {
    fn shows(kind: impl Display + Debug + Copy + Eq, name: &str) {
        assert_eq!(format!("{kind:?}"), name);
        assert!(!kind.to_string().is_empty());
    }

    shows(ErrorKind::Empty, ErrorKind::Empty.name());
    shows(LintKind::MissingGlue, LintKind::MissingGlue.name());
    shows(Rule::TooShort, Rule::TooShort.name());
    let mut first: Option<Violation> = None;
    TOOLKIT.check(&Draft::new(), &mut first);
    assert_eq!(first.map(|violation| violation.field().to_string()).as_deref(), Some("user"));
}
