//! The decisions about the values of a registration that tables can't show.

use cnic_registration::{Handle, Host, Label, NameServer, Period, Policy, Rule};

use crate::util::{BASE, Random, base, finds, valid};

const TOOLKIT: Policy<'_> = Policy::TOOLKIT;

#[test]
fn no_period_is_not_a_period_of_two_years() {
    let [none, two] = [base(), base().period("2")].map(|draft| valid(&TOOLKIT, &draft));
    assert_eq!((none.period(), two.period()), (None, Some(Period::DEFAULT)));
    assert_eq!((none.effective_period(), two.effective_period().years()), (Period::DEFAULT, 2));
    assert_ne!(none, two);
    assert_ne!(none.encode_form().to_string(), two.encode_form().to_string());
    for years in 1..=10 {
        let registration = valid(&TOOLKIT, &base().period(years.to_string()));
        assert_eq!(registration.period(), Period::new(years));
        assert_eq!(Some(registration.effective_period()), Period::new(years));
        assert!(registration.encode_form().to_string().ends_with(&format!("&period={years}")));
    }
    for period in ["0", "00", "02", "010", "11", "+2", " 2", "2 ", "2.0", "-1", "256", "\u{662}"] {
        finds(&TOOLKIT, &base().period(period), &["period InvalidPeriod"]);
    }
}

#[test]
fn the_flag_of_the_test_system_is_0_or_1_or_not_there() {
    for (flag, expected) in [("0", Some(false)), ("1", Some(true))] {
        let registration = valid(&TOOLKIT, &base().test(flag));
        assert_eq!(registration.test(), expected);
        assert_eq!(registration.encode_form().to_string(), format!("test={flag}&{BASE}"));
    }
    assert_eq!(valid(&TOOLKIT, &base()).test(), None);
    for flag in ["", "2", "00", "01", "true", "false", "on", "-1", " 1", "1 ", "١"] {
        finds(&TOOLKIT, &base().test(flag), &["test InvalidFlag"]);
    }
}

#[test]
fn a_handle_is_kept_as_it_is_and_names_are_lower_cased() {
    let draft = base().chandle("H007").thandle("C11480").ahandle("Z0").bhandle("H123456789012345");
    let draft = draft.domain("ExAmPlE").suffix("UK.Com").user("Me").password(" pA ss ");
    let registration = valid(&TOOLKIT, &draft.name_server("NS.Example.COM::192.0.2.1::FC7::A"));
    assert_eq!(registration.chandle().as_str(), "H007");
    assert_eq!(registration.thandle().as_str(), "C11480");
    assert_eq!(registration.ahandle().map(Handle::as_str), Some("Z0"));
    assert_eq!(registration.bhandle().map(Handle::as_str), Some("H123456789012345"));
    assert_eq!((registration.user(), registration.password()), ("Me", " pA ss "));
    assert_eq!(registration.domain_name(), "example.uk.com");
    assert_eq!(registration.label(), &"example".parse::<Label>().expect("a label"));
    let server = &registration.name_servers()[0];
    assert_eq!(server.to_string(), "ns.example.com::192.0.2.1::fc7::a");
    for text in ["abc", "sh8013", "H-12345", "!!!", "0123456789abcdef"] {
        assert_eq!(Handle::parse_opaque(text).expect("an EPP id").as_str(), text);
        finds(&TOOLKIT, &base().chandle(text), &["chandle InvalidHandle"]);
    }
    for text in ["", "ab", "a".repeat(17).as_str(), "a b", "a:b", "a\u{fc}b", "new::a", "thandle"] {
        assert!(Handle::parse_opaque(text).is_err(), "{text}");
    }
}

#[test]
fn an_opaque_handle_that_is_too_short_or_too_long_breaks_off_at_its_end() {
    for (text, offset) in
        [("a", 1), ("ab", 2), ("0123456789abcdefg", 16), ("0123456789abcdefgh", 16)]
    {
        let error = Handle::parse_opaque(text).expect_err("rejected");
        assert_eq!((error.rule(), error.offset()), (Rule::InvalidHandle, offset), "{text}");
    }
}

#[test]
fn a_handle_shows_itself() {
    let handle: Handle = "H12345".parse().expect("a handle");
    assert_eq!(format!("{handle:?} {handle}"), "Handle(\"H12345\") H12345");
}

#[test]
fn a_label_is_checked_as_it_is_read() {
    let mut random = Random::new(1);
    let alphabet = ['a', 'Z', '0', '9', '-', '-', '@', '[', '`', '{', '/', ':', '.', '\u{e1}'];
    for _ in 0..20_000 {
        let known = 4 + random.below(alphabet.len() - 3);
        let text = random.word(&alphabet[..known], 0, 8);
        let read = text.parse::<Label>();
        assert_eq!(Label::check(&text), read.as_ref().map(drop).map_err(|error| *error), "{text}");
        assert!(
            read.is_err() || read.is_ok_and(|label| label.as_str().eq_ignore_ascii_case(&text))
        );
    }
    for (length, rule) in
        [(2, Some(Rule::TooShort)), (3, None), (64, None), (65, Some(Rule::TooLong))]
    {
        let error = Label::check(&"a".repeat(length)).err();
        assert_eq!(error.map(|error| error.rule()), rule, "{length}");
    }
}

#[test]
fn every_byte_of_a_label_and_a_host_is_a_letter_a_digit_a_hyphen_or_a_dot() {
    for c in (0..=u8::MAX).map(char::from) {
        let ldh = c.is_ascii_alphanumeric() || c == '-';
        assert_eq!(Label::check(&format!("a{c}a")).is_ok(), ldh, "{c:?}");
        let host = format!("a{c}a.test").parse::<Host>();
        assert_eq!(host.is_ok(), ldh || c == '.', "{c:?}");
    }
}

#[test]
fn a_name_server_has_no_unspecified_address() {
    let host = || "ns.example.com".parse().expect("a host");
    for (v4, v6) in [(Some("0.0.0.0"), None), (None, Some("::")), (Some("192.0.2.1"), Some("::"))] {
        let v4 = v4.map(|text| text.parse().expect("an address"));
        let v6 = v6.map(|text| text.parse().expect("an address"));
        let error = NameServer::new(host(), v4, v6).expect_err("rejected");
        assert_eq!(error.rule(), Rule::Unspecified);
    }
    assert!(NameServer::new(host(), None, None).is_ok_and(|server| server.host() == &host()));
}

#[test]
fn a_host_is_within_a_domain_in_any_case_at_a_dot() {
    let host: Host = "NS1.Example.uk.com".parse().expect("a host");
    for domain in ["ns1.example.uk.com", "NS1.EXAMPLE.UK.COM", "Example.UK.com", "uk.com", "COM"] {
        assert!(host.is_within(domain), "{domain}");
    }
    for domain in ["xample.uk.com", "a.ns1.example.uk.com", ".uk.com", "uk.com.", "example.uk", "x"]
    {
        assert!(!host.is_within(domain), "{domain}");
    }
}

/// Whether a host is inside the domain does not depend on the case of either.
#[test]
fn a_lint_on_glue_ignores_case() {
    for (label, server) in [("EXAMPLE", "ns.example.uk.com"), ("example", "NS.EXAMPLE.UK.COM")] {
        let registration = valid(&TOOLKIT, &base().domain(label).name_server(server));
        let mut found = Vec::new();
        registration.lint(&mut |lint: cnic_registration::Lint| found.push(lint.kind().name()));
        assert_eq!(found, ["MissingGlue", "FewNameServers"]);
    }
}
