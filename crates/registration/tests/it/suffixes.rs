//! The decisions about suffixes: which are built in, and how other sets are made.

use cnic_registration::{AllowedSuffixes, ErrorKind, InvalidValue, Policy, Suffix, SuffixSet};

use crate::util::{base, finds, name, valid};

const TOOLKIT: Policy<'_> = Policy::TOOLKIT;
const ANY: Policy<'_> = TOOLKIT.suffixes(AllowedSuffixes::AnyWellFormed);

#[track_caller]
fn rejects<T>(result: Result<T, InvalidValue>, rule: &str, offset: usize) {
    let error = result.err().expect("must be rejected");
    assert_eq!((error.rule().name(), error.offset()), (rule, offset));
}

#[test]
fn the_built_in_set_has_the_20_names_that_are_sold() {
    let names = "ae.org br.com cn.com com.de com.se de.com eu.com gb.net hu.net jp.net jpn.com \
        mex.com ru.com sa.com se.net uk.com uk.net us.com za.bz za.com";
    let builtin = SuffixSet::builtin();
    assert!(builtin.iter().eq(names.split(' ')), "sorted, each once");
    assert_eq!((builtin.iter().len(), SuffixSet::SNAPSHOT_DATE), (20, "2026-08-19"));
    for name in names.split(' ') {
        for spelling in [name.to_owned(), name.to_uppercase()] {
            assert_eq!(spelling.parse::<Suffix>().expect("sold").as_str(), name);
            finds(&TOOLKIT, &base().suffix(spelling), &[]);
        }
    }
}

#[test]
fn a_name_that_is_no_longer_sold_differs_from_an_unknown_one() {
    for name in "ar.com GB.com hu.com kr.com no.com qc.com se.com uy.com web.com".split(' ') {
        rejects(name.parse::<Suffix>(), "Retired", 0);
        rejects(SuffixSet::new().parse(name), "Retired", 0);
        assert!(Suffix::parse_well_formed(name).is_ok());
        let mut set = SuffixSet::new();
        assert_eq!(set.insert(name), Ok(true));
        finds(&TOOLKIT.suffixes(AllowedSuffixes::Set(&set)), &base().suffix(name), &[]);
        finds(&TOOLKIT.suffixes(AllowedSuffixes::Set(&set)), &base(), &["suffix Unknown"]);
    }
    for name in ["co.uk", "com", "la", "aus.com", "k.com", "uk.co", "xuk.com"] {
        rejects(name.parse::<Suffix>(), "Unknown", 0);
    }
}

#[test]
fn the_names_of_other_owners_are_added_on_demand() {
    let names = "africa.com aus.basketball co.com co.ro gr.com in.net nz.basketball radio.am \
        radio.fm shop.ro us.org web.in";
    let partners = SuffixSet::builtin().with_partners();
    assert_eq!(partners.iter().len(), 32);
    assert!(partners.iter().is_sorted());
    for name in names.split(' ') {
        rejects(name.parse::<Suffix>(), "Unknown", 0);
        assert!(partners.contains(&name.to_uppercase()) && partners.parse(name).is_ok());
    }
    assert_eq!(partners.clone().with_partners(), partners);
    assert_eq!(SuffixSet::new().with_partners().iter().collect::<Vec<_>>().join(" "), names);
}

#[test]
fn a_set_holds_well_formed_names_in_lower_case_each_once() {
    let mut set = SuffixSet::new();
    assert_eq!((set.insert("b.Test"), set.insert("A.test")), (Ok(true), Ok(true)));
    assert_eq!((set.insert("B.tEST"), set.insert("x")), (Ok(false), Ok(true)));
    rejects(set.insert(""), "Empty", 0);
    rejects(set.insert(".uk.com"), "Malformed", 0);
    rejects(set.insert("uk.com."), "Malformed", 7);
    rejects(set.insert("uk.-com"), "Malformed", 3);
    rejects(set.insert("*.com"), "InvalidChar", 0);
    rejects(set.insert(&name(252)), "TooLong", 251);
    assert!(set.iter().eq(["a.test", "b.test", "x"]));
    let suffixes = ["x", "B.test", "a.test", "b.test"].map(Suffix::parse_well_formed);
    assert_eq!(suffixes.into_iter().collect::<Result<SuffixSet, _>>(), Ok(set.clone()));
    assert_eq!(set.parse("B.TEST").map(|suffix| suffix.to_string()), Ok("b.test".into()));
    finds(&TOOLKIT.suffixes(AllowedSuffixes::Set(&set)), &base().suffix("X"), &[]);
    finds(&TOOLKIT.suffixes(AllowedSuffixes::Set(&SuffixSet::new())), &base(), &["suffix Unknown"]);
    assert!(!set.contains("") && !set.contains("a") && !set.contains("a.test."));
}

#[test]
fn the_answer_of_the_suffixes_call_is_read() {
    let expected: SuffixSet =
        ["uk.com", "us.com"].iter().filter_map(|s| Suffix::parse_well_formed(s).ok()).collect();
    for text in ["uk.com\nus.com", "US.com\r\n\r\n\nuk.COM\r\n", "\nus.com\nuk.com\nus.com\n\n"] {
        assert_eq!(SuffixSet::from_response(text), Ok(expected.clone()), "{text:?}");
    }
    assert_eq!(SuffixSet::from_response("\r\n\n"), Ok(SuffixSet::new()));
    for (text, rule, offset) in [
        ("uk.com\nStatus: 0\n", "InvalidChar", 13),
        ("uk.com\r\n\r\nus.com \r\n", "InvalidChar", 16),
        ("\n\n.uk.com", "Malformed", 2),
        ("a.test\nb..test\n", "Malformed", 9),
        ("uk.com\n\u{fc}.com", "InvalidChar", 7),
        ("uk.com\r\r\n", "InvalidChar", 6),
        (&format!("a\n{}", name(260)), "TooLong", 253),
    ] {
        let error = SuffixSet::from_response(text).expect_err("rejected");
        let ErrorKind::InvalidSuffix { rule: broken, .. } = error.kind() else { panic!("{error}") };
        assert_eq!((broken.name(), error.span().start), (rule, offset), "{text:?}");
        let (before, line) = text.split_at(error.position().byte());
        assert!(before.is_empty() || before.ends_with('\n'), "{error}");
        assert_eq!(before.matches('\n').count() + 1, error.position().line());
        assert!(error.span().end <= before.len() + line.find('\n').unwrap_or(line.len()));
    }
}

#[test]
fn any_well_formed_name_can_be_allowed() {
    for name in ["la", "co.uk", "gb.com", "Example.TEST", "1.2", "xn--p1ai", "a.b.c.d.e.f"] {
        assert_eq!(valid(&ANY, &base().suffix(name)).suffix().as_str(), name.to_ascii_lowercase());
    }
    for (name, rule) in [("", "Empty"), (".uk.com", "Malformed"), ("u_k.com", "InvalidChar")] {
        finds(&ANY, &base().suffix(name), &[&format!("suffix {rule}")]);
    }
}
