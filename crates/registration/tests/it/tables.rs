//! The tables of `testdata/registration/`, one test for each.

use std::fmt::Display;
use std::str::FromStr;

use cnic_registration::{
    AllowedSuffixes, Amount, Draft, Field, Handle, Host, InvalidValue, Label, Lint, NameServer,
    NameServerFormat, Period, Policy, Receipt, Suffix, SuffixSet, Violation,
};
use cnic_testkit::table::{Row, check};

fn err(error: InvalidValue) -> String {
    format!("err {} {}", error.rule().name(), error.offset())
}

fn outcome(result: Result<impl Display, InvalidValue>) -> String {
    result.map_or_else(err, |value| format!("ok {value}"))
}

/// Reads a value, and holds that writing it and reading it again changes nothing.
fn parsed<T: FromStr<Err = InvalidValue> + Display + PartialEq + std::fmt::Debug>(
    row: &Row,
) -> Result<T, InvalidValue> {
    let value: T = row.text("input").parse()?;
    assert_eq!(value.to_string().parse(), Ok(value), "{row:?}");
    row.text("input").parse()
}

fn joined(items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().collect::<Vec<_>>().join(" | ")
}

fn violations(policy: &Policy<'_>, draft: &Draft<'_>) -> Vec<Violation> {
    let mut violations = Vec::new();
    policy.check(draft, &mut violations);
    let mut first = None;
    policy.check(draft, &mut first);
    assert_eq!(first, violations.first().copied());
    match policy.validate(draft) {
        Ok(_) => assert!(violations.is_empty()),
        Err(found) => assert_eq!(found.as_slice(), violations),
    }
    violations
}

fn in_words(violation: Violation) -> String {
    format!("{} {}", violation.field(), violation.rule().name())
}

/// Says it as `in_words`, with the names of unknown parameters.
fn in_words_of(draft: &Draft<'_>, violation: &Violation) -> String {
    match draft.describe(violation).to_string().split_once("`: ") {
        Some((name, _)) if matches!(violation.field(), Field::Unknown(_)) => {
            format!("{name}` {}", violation.rule().name())
        }
        _ => in_words(*violation),
    }
}

#[test]
fn labels() {
    check("registration/labels.tsv", 90, |row| outcome(parsed::<Label>(row)));
}

#[test]
fn suffixes() {
    check("registration/suffixes.tsv", 70, |row| outcome(parsed::<Suffix>(row)));
}

#[test]
fn suffix_sets() {
    let partners = SuffixSet::builtin().with_partners();
    check("registration/suffix_sets.tsv", 40, |row| {
        let input = row.text("input");
        outcome(match row.text("set") {
            "builtin" => SuffixSet::builtin().parse(input),
            "partners" => partners.parse(input),
            _ => Suffix::parse_well_formed(input),
        })
    });
}

#[test]
fn periods() {
    check("registration/periods.tsv", 45, |row| outcome(parsed::<Period>(row)));
}

#[test]
fn hosts() {
    check("registration/hosts.tsv", 50, |row| outcome(parsed::<Host>(row)));
}

#[test]
fn name_servers() {
    check("registration/name_servers.tsv", 140, |row| match parsed::<NameServer>(row) {
        Err(error) => err(error),
        Ok(server) => {
            let or_none = |address: Option<String>| address.unwrap_or_else(|| "-".to_owned());
            let v4 = or_none(server.ipv4().map(|v4| v4.to_string()));
            let v6 = or_none(server.ipv6().map(|v6| v6.to_string()));
            format!("ok {} {v4} {v6} {server}", server.host())
        }
    });
}

#[test]
fn name_server_options() {
    check("registration/name_server_options.tsv", 40, |row| {
        let input = row.text("input");
        let formatted = |format| {
            let server: NameServer = input.parse()?;
            let text = server.formatted(format).to_string();
            assert_eq!(NameServer::parse_lenient(&text), Ok(server), "{text}");
            Ok(text)
        };
        let result = match row.text("option") {
            "lenient" => NameServer::parse_lenient(input).map(|server| server.to_string()),
            "expanded" => formatted(NameServerFormat::CANONICAL.expanded(true)),
            "empty_slot" => formatted(NameServerFormat::CANONICAL.empty_v4_slot(true)),
            other => panic!("no such option: {other}"),
        };
        result.unwrap_or_else(err)
    });
}

#[test]
fn name_server_lists() {
    check("registration/name_server_lists.tsv", 25, |row| {
        let base = Draft::default().user("u").password("p").domain("example").suffix("uk.com");
        let base = base.chandle("H1").thandle("H2");
        let entries = row.text("entries").split(" | ").filter(|entry| !entry.is_empty());
        let draft = entries.fold(base, Draft::name_server);
        let found = violations(&Policy::TOOLKIT, &draft);
        if found.is_empty() { "ok".to_owned() } else { joined(found.into_iter().map(in_words)) }
    });
}

#[test]
fn handles() {
    check("registration/handles.tsv", 40, |row| outcome(parsed::<Handle>(row)));
}

#[test]
fn amounts() {
    check("registration/amounts.tsv", 40, |row| match parsed::<Amount>(row) {
        Ok(amount) => format!("ok {} {amount}", amount.minor_units()),
        Err(error) => err(error),
    });
}

#[test]
fn forms() {
    check("registration/forms.tsv", 140, |row| {
        let draft = match Draft::from_form(row.bytes("body")) {
            Ok(draft) => draft,
            Err(error) => {
                return format!("form {} {}", error.kind().name(), error.position().byte());
            }
        };
        let found = violations(&Policy::TOOLKIT, &draft);
        if !found.is_empty() {
            return joined(found.iter().map(|violation| in_words_of(&draft, violation)));
        }
        let registration = Policy::TOOLKIT.validate(&draft).expect("nothing was found");
        let canonical = registration.encode_form().to_string();
        let again = Draft::from_form(canonical.as_bytes()).expect("a form");
        let again = Policy::TOOLKIT.validate(&again).expect("a registration");
        assert_eq!(again.encode_form().to_string(), canonical, "canonical is canonical");
        assert_eq!(canonical.split('&').count(), registration.pairs().count());
        format!("ok {canonical}")
    });
}

#[test]
fn lints() {
    check("registration/lints.tsv", 130, |row| {
        let draft = Draft::from_form(row.bytes("body")).expect("a form");
        let registration = Policy::TOOLKIT.validate(&draft).expect("lints never block");
        let mut lints: Vec<Lint> = Vec::new();
        registration.lint(&mut lints);
        joined(lints.iter().map(|lint| format!("{} {}", lint.field(), lint.kind().name())))
    });
}

#[test]
fn receipts() {
    check("registration/receipts.tsv", 100, |row| match Receipt::from_utf8(row.bytes("text")) {
        Err(error) => format!("err {} {}", error.kind().name(), error.position().line()),
        Ok(receipt) => {
            let text = receipt.to_string();
            assert_eq!(Receipt::parse(&text).as_ref(), Ok(&receipt), "written and read again");
            let amount =
                receipt.amount().map_or_else(|| "-".to_owned(), |a| a.minor_units().to_string());
            let or_none = |text: Option<&str>| text.unwrap_or("-").to_owned();
            let (id, message) = (or_none(receipt.transaction_id()), or_none(receipt.message()));
            format!("ok {} {id} {amount} {message}", receipt.status())
        }
    });
}

#[cfg(feature = "idn")]
#[test]
fn idns() {
    let policy = Policy::TOOLKIT.idn(true);
    check("registration/idn.tsv", 100, |row| {
        let input = row.text("input");
        let base =
            Draft::default().user("u").password("p").suffix("uk.com").chandle("H1").thandle("H2");
        let draft = base.domain(input);
        let found = violations(&policy, &draft);
        match Label::from_unicode(input) {
            Ok(label) => {
                assert!(found.is_empty(), "{found:?}");
                assert_eq!(Label::from_unicode(label.as_str()), Ok(label.clone()));
                format!("ok {label}")
            }
            Err(error) => {
                assert_eq!(found.first().map(Violation::rule), Some(error.rule()));
                format!("err {}", error.rule().name())
            }
        }
    });
}

/// With the built-in suffixes no name can be too long.
#[test]
fn a_name_has_at_most_253_bytes_with_its_suffix() {
    let of = |length: usize| {
        let labels = [63, 63, 63].map(|length| "s".repeat(length)).join(".");
        let suffix = format!("{}.{labels}", "s".repeat(length - labels.len() - 1));
        assert_eq!(suffix.len(), length);
        suffix
    };
    let suffix_189 = {
        let labels = [63, 63, 61].map(|length| "s".repeat(length)).join(".");
        assert_eq!(labels.len(), 189);
        labels
    };
    let policy = Policy::TOOLKIT.suffixes(AllowedSuffixes::AnyWellFormed);
    let base = Draft::default().user("u").password("p").chandle("H1").thandle("H2");
    let draft = base.clone().domain("a".repeat(63)).suffix(suffix_189.clone());
    assert_eq!(violations(&policy, &draft), []);
    let draft = base.clone().domain("a".repeat(64)).suffix(suffix_189);
    assert_eq!(joined(violations(&policy, &draft).into_iter().map(in_words)), "domain NameTooLong");
    let draft = base.clone().domain("abc").suffix(of(249));
    assert_eq!(violations(&policy, &draft), []);
    let draft = base.domain("abc").suffix(of(250));
    assert_eq!(joined(violations(&policy, &draft).into_iter().map(in_words)), "domain NameTooLong");
}
