//! The decisions about policies: the order of violations, every bound that can be set, and lints.

use cnic_registration::{AllowedSuffixes, Draft, Lint, Policy, Violation};

use crate::util::{BASE, base, check, finds, form, found, name, valid};

const TOOLKIT: Policy<'_> = Policy::TOOLKIT;
const ANY: Policy<'_> = TOOLKIT.suffixes(AllowedSuffixes::AnyWellFormed);

fn with_servers<'t>(draft: Draft<'t>, count: usize) -> Draft<'t> {
    (0..count).fold(draft, |draft, n| draft.name_server(format!("n{n}.example.com")))
}

//--- Violations

#[test]
fn a_draft_in_which_everything_is_wrong_has_every_violation_in_the_order_of_the_fields() {
    let draft = Draft::default().period("0").bhandle("b").thandle("chandle").ahandle("new::a");
    let draft = draft.chandle("").suffix("gb.com").domain("-ab").password("").user("").test("2");
    let draft = draft.name_server("").name_server("a.example.com").name_server("A.EXAMPLE.com");
    let draft = with_servers(draft.name_server("localhost::1"), 14);
    let expected = [
        "test InvalidFlag",
        "user Empty",
        "password Empty",
        "domain LeadingHyphen",
        "suffix Retired",
        "chandle Empty",
        "ahandle LegacyContactData",
        "thandle DeprecatedReference",
        "bhandle InvalidHandle",
        "period InvalidPeriod",
        "dns TooManyNameServers",
        "dns[0] Empty",
        "dns[2] DuplicateHost",
        "dns[3] SingleLabel",
    ];
    finds(&TOOLKIT, &draft, &expected);
    let violations = TOOLKIT.validate(&draft).expect_err("all is wrong");
    let texts: Vec<_> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(violations.to_string(), texts.join("; "));
    assert!(violations.clone().into_iter().eq((&violations).into_iter().copied()));
}

#[test]
fn what_is_required_and_not_there_is_missing() {
    let missing = ["user", "password", "domain", "suffix", "chandle", "thandle"];
    let expected = missing.map(|name| format!("{name} Missing"));
    assert_eq!(found(&TOOLKIT, &Draft::default()), expected);
    assert_eq!(found(&Policy::LEGACY, &form("&&")), expected);
    for name in missing {
        let pairs = BASE.split('&').filter(|pair| !pair.starts_with(&format!("{name}=")));
        let body = pairs.collect::<Vec<_>>().join("&");
        finds(&TOOLKIT, &form(&body), &[&format!("{name} Missing")]);
    }
}

#[test]
fn a_name_too_long_with_its_suffix_is_reported_in_the_place_of_its_label() {
    let draft = base().domain("a".repeat(64)).suffix(name(189)).chandle("h").period("0");
    let draft = draft.name_server("localhost");
    let expected = [
        "domain NameTooLong",
        "chandle InvalidHandle",
        "period InvalidPeriod",
        "dns[0] SingleLabel",
    ];
    let mut fields = Vec::new();
    ANY.check(&draft, &mut |violation: Violation| {
        fields.push(format!("{} {}", violation.field(), violation.rule().name()));
    });
    assert_eq!(fields, expected);
}

/// Who marks the place in the value must find one there.
#[track_caller]
fn offsets_lie_within(value: &str, violations: &[Violation]) {
    for violation in violations {
        let offset = violation.offset();
        assert!(value.is_char_boundary(offset), "{violation}: {offset} in {} bytes", value.len());
    }
}

#[test]
fn an_offset_lies_within_the_value() {
    let cases = [String::new(), "a".repeat(300), "ab".into(), "exa\u{fc}".into(), "ab-".into()];
    for value in cases {
        offsets_lie_within(&value, &check(&ANY, &base().domain(value.clone())));
        offsets_lie_within(&value, &check(&TOOLKIT, &base().suffix(value.clone())));
        offsets_lie_within(&value, &check(&TOOLKIT, &base().chandle(value.clone())));
        offsets_lie_within(&value, &check(&TOOLKIT, &base().name_server(value.clone())));
    }
}

#[test]
fn the_offset_of_a_name_too_long_with_its_suffix_lies_within_the_label() {
    let label = "a".repeat(64);
    let violations = check(&ANY, &base().domain(label.clone()).suffix(name(189)));
    assert_eq!(violations.len(), 1);
    offsets_lie_within(&label, &violations);
}

//--- Bounds

#[test]
fn the_length_of_a_label_can_be_set() {
    let label = |length: usize| base().domain("a".repeat(length));
    for (least, most) in [(3, 64), (3, 63), (1, 63), (2, 2), (5, 100), (0, 1000)] {
        let policy = TOOLKIT.label_length(least..=most);
        for length in [1, 2, 3, 4, 5, 62, 63, 64, 65, 100, 101, 200] {
            let expected: &[&str] = match length {
                _ if length < least => &["domain TooShort"],
                _ if length > most => &["domain TooLong"],
                _ => &[],
            };
            finds(&policy, &label(length), expected);
        }
        finds(&policy, &base().domain(""), &["domain Empty"]);
    }
    finds(&TOOLKIT.label_length(1..=9), &base().domain("-"), &["domain LeadingHyphen"]);
    finds(&TOOLKIT.label_length(1..=9), &base().domain("a-"), &["domain TrailingHyphen"]);
    finds(&TOOLKIT.label_length(1..=3), &base().domain("a--b"), &["domain TooLong"]);
}

#[test]
fn a_name_with_its_suffix_has_at_most_253_bytes_under_any_policy() {
    let policy = ANY.label_length(1..=1000);
    for (label, suffix) in [(1, 251), (2, 250), (63, 189), (64, 188), (200, 52), (252, 2)] {
        let long = |label| base().domain("a".repeat(label)).suffix(name(suffix));
        let expected: &[&str] =
            if label + suffix + 1 > 253 { &["domain NameTooLong"] } else { &[] };
        finds(&policy, &long(label), expected);
        finds(&policy, &long(label + 2), &["domain NameTooLong"]);
    }
    finds(&ANY, &base().suffix(name(252)), &["suffix TooLong"]);
}

#[test]
fn the_years_can_be_set_and_are_never_more_than_10() {
    for (least, most) in [(1, 10), (2, 10), (2, 2), (0, 255), (10, 100), (11, 20)] {
        let policy = TOOLKIT.years(least..=most);
        for years in 0_u8..=101 {
            let legal = (least..=most).contains(&years) && (1..=10).contains(&years);
            let expected: &[&str] = if legal { &[] } else { &["period InvalidPeriod"] };
            finds(&policy, &base().period(years.to_string()), expected);
        }
        finds(&policy, &base(), &[]);
    }
}

#[test]
fn the_number_of_name_servers_can_be_set() {
    for most in [0, 1, 5, 13, 14, 255] {
        let policy = TOOLKIT.name_servers(most);
        let most = usize::from(most);
        assert_eq!(valid(&policy, &with_servers(base(), most)).name_servers().len(), most);
        for more in [most + 1, most + 2, 1000] {
            finds(&policy, &with_servers(base(), more), &["dns TooManyNameServers"]);
        }
    }
    let policy = TOOLKIT.name_servers(2);
    let draft = base().name_server("a.b").name_server("x").name_server("a.b").name_server("y");
    finds(&policy, &draft, &["dns TooManyNameServers", "dns[1] SingleLabel"]);
    finds(&TOOLKIT.name_servers(0), &form(&format!("{BASE}&dns[]=")), &[]);
}

#[test]
fn a_host_is_given_once_in_any_case_and_with_any_address() {
    let first = "ns.example.com::192.0.2.1";
    for second in ["ns.example.com", "NS.Example.COM", "Ns.example.com::192.0.2.2::2001:db8::1"] {
        let draft = base().name_server(first).name_server("other.example.com").name_server(second);
        finds(&TOOLKIT, &draft, &["dns[2] DuplicateHost"]);
        let draft = draft.name_server(first).name_server("ns.example.com::");
        let expected = ["dns[2] DuplicateHost", "dns[3] DuplicateHost", "dns[4] EmptyAddress"];
        finds(&TOOLKIT, &draft, &expected);
    }
    let draft = base().name_server("ns.example.com::1").name_server("ns.example.com");
    finds(&TOOLKIT, &draft, &["dns[0] BadV4"]);
}

#[test]
fn ipv6_addresses_can_be_turned_off() {
    let policy = TOOLKIT.ipv6(false);
    for (entry, rule) in [
        ("ns.example.com", None),
        ("ns.example.com::192.0.2.1", None),
        ("ns.example.com::2001:db8::1", Some("Ipv6NotAllowed")),
        ("ns.example.com::192.0.2.1::2001:db8::1", Some("Ipv6NotAllowed")),
        ("ns.example.com::2001:db8:::1", Some("BadV6")),
    ] {
        let expected = rule.map(|rule| format!("dns[0] {rule}"));
        let draft = base().name_server(entry);
        assert_eq!(found(&policy, &draft), Vec::from_iter(expected), "{entry}");
    }
    finds(&policy.ipv6(true), &base().name_server("ns.example.com::2001:db8::1"), &[]);
}

#[test]
fn an_empty_place_for_the_ipv4_address_can_be_allowed() {
    let draft = base().name_server("ns.example.com::::2001:db8::1");
    finds(&TOOLKIT, &draft, &["dns[0] BadV6"]);
    let policy = TOOLKIT.empty_v4_slot(true);
    let registration = valid(&policy, &draft);
    assert_eq!(registration.name_servers()[0].to_string(), "ns.example.com::2001:db8::1");
    let body = registration.encode_form().to_string();
    assert_eq!(valid(&TOOLKIT, &form(&body)), registration, "it is written without");
    finds(&policy.clone().ipv6(false), &draft, &["dns[0] Ipv6NotAllowed"]);
    let left_empty = base().name_server("ns.example.com::::192.0.2.1");
    finds(&policy, &left_empty, &["dns[0] V4InV6Slot"]);
    let twice = draft.name_server("ns.example.com");
    finds(&policy, &twice, &["dns[1] DuplicateHost"]);
}

#[test]
fn the_older_page_allows_less() {
    for (draft, legacy) in [
        (base(), &[][..]),
        (base().period("2"), &[]),
        (base().period("1"), &["period InvalidPeriod"]),
        (with_servers(base(), 5), &[]),
        (with_servers(base(), 6), &["dns TooManyNameServers"]),
        (base().name_server("n.example.com::192.0.2.1"), &[]),
        (base().name_server("n.example.com::2001:db8::1"), &["dns[0] Ipv6NotAllowed"]),
        (base().domain("a".repeat(64)), &[]),
    ] {
        finds(&TOOLKIT, &draft, &[]);
        finds(&Policy::LEGACY, &draft, legacy);
    }
    assert_eq!(Policy::default(), TOOLKIT);
    assert_eq!(Policy::LEGACY.years(1..=10).name_servers(13).ipv6(true), TOOLKIT);
}

//--- Lints

#[test]
fn lints_never_block() {
    let draft = base().domain("a".repeat(64));
    let bodies = [
        "ns.example.com::127.0.0.1::::1",
        "ns1.example.com::192.168.1.1::::ffff:192.0.2.1",
        "ns2.example.com::255.255.255.255",
    ];
    let draft = bodies.into_iter().fold(draft, Draft::name_server);
    let glueless = format!("ns.{}.uk.com", "a".repeat(63));
    let registrations = [
        valid(&TOOLKIT, &draft),
        valid(&TOOLKIT, &base().domain("a".repeat(63)).name_server(glueless)),
        valid(&TOOLKIT, &form(&format!("registrant=x&{BASE}"))),
        valid(&TOOLKIT, &base().name_server("a.b::8.8.8.8").name_server("c.d::8.8.8.9")),
    ];
    let mut kinds = Vec::new();
    for registration in registrations {
        registration.lint(&mut |lint: Lint| kinds.push(lint.kind().name()));
        let mut first: Option<Lint> = None;
        registration.lint(&mut first);
        assert!(first.is_some());
        registration.lint(&mut ());
    }
    kinds.sort_unstable();
    kinds.dedup();
    let all = [
        "ExceedsDnsLabel",
        "FewNameServers",
        "GlueOutsideDomain",
        "Ignored",
        "MappedAddress",
        "MissingGlue",
        "SameNetwork",
        "SpecialAddress",
    ];
    assert_eq!(kinds, all);
}

//--- IDNs

#[cfg(feature = "idn")]
#[test]
fn an_idn_can_be_allowed() {
    let policy = TOOLKIT.idn(true);
    for text in ["b\u{fc}cher", "xn--bcher-kva", "XN--Bcher-KVA"] {
        let registration = valid(&policy, &base().domain(text));
        assert_eq!(registration.domain_name(), "xn--bcher-kva.uk.com");
        assert!(registration.encode_form().to_string().contains("&domain=xn--bcher-kva&"));
        let rule = if text.is_ascii() { "AceLabel" } else { "InvalidChar" };
        finds(&TOOLKIT, &base().domain(text), &[&format!("domain {rule}")]);
        finds(&policy.clone().idn(false), &base().domain(text), &[&format!("domain {rule}")]);
    }
    for text in ["example", "EXAMPLE"] {
        assert_eq!(valid(&policy, &base().domain(text)), valid(&TOOLKIT, &base()));
    }
    finds(&policy, &base().domain("B\u{fc}cher"), &["domain InvalidIdn"]);
    let short = policy.label_length(3..=12);
    finds(&short, &base().domain("b\u{fc}cher"), &["domain TooLong"]);
}

#[cfg(feature = "idn")]
#[test]
fn the_length_of_an_idn_is_that_of_its_a_label() {
    // `xn--tda` has 7 bytes.
    for text in ["\u{fc}", "xn--tda"] {
        for (shortest, rule) in [(6, None), (7, None), (8, Some("TooShort")), (9, Some("TooShort"))]
        {
            let policy = TOOLKIT.idn(true).label_length(shortest..=63);
            let violations = check(&policy, &base().domain(text));
            let found = violations.first().map(|violation| violation.rule().name());
            assert_eq!(found, rule, "{text}, at least {shortest} bytes");
        }
    }
}

#[cfg(feature = "idn")]
#[test]
fn what_no_a_label_can_be_of_is_too_long_before_it_is_decoded() {
    for (length, rule) in [(126, "InvalidIdn"), (127, "TooLong"), (200, "TooLong")] {
        let capitals = "\u{dc}".repeat(length);
        finds(&TOOLKIT.idn(true), &base().domain(capitals), &[&format!("domain {rule}")]);
    }
}

#[cfg(feature = "idn")]
#[test]
fn hyphens_at_the_ends_of_an_idn_are_found_where_they_are() {
    for (text, rule, offset) in
        [("-b\u{fc}cher", "LeadingHyphen", 0), ("b\u{fc}cher-", "TrailingHyphen", 7)]
    {
        let violations = check(&TOOLKIT.idn(true), &base().domain(text));
        let found = violations.first().map(|found| (found.rule().name(), found.offset()));
        assert_eq!(found, Some((rule, offset)));
    }
}

#[cfg(feature = "idn")]
#[test]
fn the_offset_of_an_idn_too_long_lies_within_the_value() {
    for text in ["b\u{fc}cher".to_owned(), "\u{fc}\u{df}".repeat(9), "\u{20ac}".repeat(90)] {
        let policy = TOOLKIT.idn(true).label_length(3..=12);
        let violations = check(&policy, &base().domain(text.clone()));
        assert_eq!(violations[0].rule().name(), "TooLong");
        offsets_lie_within(&text, &violations);
    }
}
