//! What the types promise, and what they say of themselves.

use core::error::Error;
use core::fmt::{Debug, Display};
use core::hash::Hash;
use core::panic::{RefUnwindSafe, UnwindSafe};
use core::str::FromStr;

use cnic_registration::{
    AllowedSuffixes, Amount, Body, Described, Draft, ErrorKind, Field, FormattedNameServer, Handle,
    Host, InvalidValue, Label, Limits, Lint, LintKind, Message, NameServer, NameServerFormat,
    ParseError, Parser, Period, Policy, Position, Receipt, Registration, Rule, Sink, Suffix,
    SuffixSet, Unknown, Violation, Violations,
};

//--- Types

#[test]
fn types_are_send_sync_and_unwind_safe() {
    fn assert<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + Clone + Debug>() {}

    assert::<Amount>();
    assert::<Body<'_>>();
    assert::<Described<'_>>();
    assert::<Draft<'_>>();
    assert::<ErrorKind>();
    assert::<Field>();
    assert::<Handle>();
    assert::<Host>();
    assert::<InvalidValue>();
    assert::<Label>();
    assert::<Limits>();
    assert::<Lint>();
    assert::<LintKind>();
    assert::<Message>();
    assert::<NameServer>();
    assert::<ParseError>();
    assert::<Parser>();
    assert::<Period>();
    assert::<Policy<'_>>();
    assert::<Position>();
    assert::<Receipt<'_>>();
    assert::<Registration>();
    assert::<Rule>();
    assert::<FormattedNameServer<'_>>();
    assert::<NameServerFormat>();
    assert::<Suffix>();
    assert::<SuffixSet>();
    assert::<AllowedSuffixes<'_>>();
    assert::<Unknown<'_>>();
    assert::<Violation>();
    assert::<Violations>();
}

#[test]
fn views_and_small_values_are_copy() {
    fn assert<T: Copy>() {}

    assert::<(Amount, Period, NameServerFormat, AllowedSuffixes<'_>)>();
    assert::<(Body<'_>, FormattedNameServer<'_>, Described<'_>, Message)>();
    assert::<(Limits, Parser)>();
    assert::<(ErrorKind, ParseError, Position, InvalidValue, Rule)>();
    assert::<(Field, Violation, Lint, LintKind)>();
}

#[test]
fn values_compare_hash_and_are_text() {
    fn assert<T: Eq + Hash + Display + FromStr<Err = InvalidValue> + 'static>() {}
    fn ordered<T: Ord>() {}

    assert::<Amount>();
    assert::<Handle>();
    assert::<Host>();
    assert::<Label>();
    assert::<NameServer>();
    assert::<Period>();
    assert::<Suffix>();
    ordered::<(Amount, Period, Field, Position)>();
    ordered::<(Handle, Host, Label, Suffix)>();
}

#[test]
fn errors_are_small_and_own_nothing() {
    fn assert<T: Error + Send + Sync + Copy + Eq + Hash + 'static>(most: usize) {
        let name = core::any::type_name::<T>();
        let sizes = (size_of::<T>(), size_of::<Option<T>>());
        assert!(sizes.0 <= most && sizes.1 <= most, "{name}: {sizes:?} bytes");
        assert!(!core::mem::needs_drop::<T>(), "{name}");
    }

    assert::<InvalidValue>(16);
    assert::<Violation>(24);
    assert::<ParseError>(24);
    let all: Box<dyn Error + Send + Sync> =
        Policy::TOOLKIT.validate(&Draft::default()).expect_err("nothing is given").into();
    assert!(all.source().is_none() && all.downcast_ref::<Violations>().is_some());
}

#[test]
fn a_sink_is_nothing_an_option_a_list_or_a_closure() {
    fn fills(mut sink: impl Sink<u8>) {
        (1..=3).for_each(|finding| sink.report(finding));
    }
    fn report<T>(sink: &mut impl Sink<T>, finding: T) {
        sink.report(finding);
    }

    fills(());
    let (mut first, mut all, mut sum) = (None, Vec::new(), 0);
    for finding in 1..=3 {
        report(&mut first, finding);
        report(&mut all, finding);
        report(&mut |finding: u8| sum += finding, finding);
    }
    assert_eq!((first, all, sum), (Some(1), vec![1, 2, 3], 6));
}

#[test]
fn a_receipt_outlives_its_text() {
    let owned: Receipt<'static> = {
        let text = String::from("Status: 1\nMessage: no\nnote\n");
        let borrowed = Receipt::parse(&text).expect("a reply");
        let message = borrowed.message().expect("a message");
        assert_eq!(message.as_ptr().addr() - text.as_ptr().addr(), 19, "a slice of the text");
        borrowed.into_owned()
    };
    assert_eq!((owned.message(), owned.status(), owned.fields().len()), (Some("no"), 1, 3));
}

#[test]
fn a_policy_is_a_constant() {
    const POLICY: Policy<'_> = Policy::LEGACY
        .label_length(1..=63)
        .years(1..=3)
        .name_servers(2)
        .ipv6(true)
        .empty_v4_slot(true)
        .suffixes(AllowedSuffixes::AnyWellFormed);
    const FORMAT: NameServerFormat =
        NameServerFormat::CANONICAL.expanded(true).empty_v4_slot(false);
    const AMOUNT: u64 = Amount::from_minor_units(6500).minor_units();

    assert_ne!(POLICY, Policy::LEGACY);
    assert_eq!((FORMAT.expanded(false), AMOUNT), (NameServerFormat::default(), 6500));
    assert_eq!(Period::new(0).or(Period::new(11)), None);
    assert_eq!(AllowedSuffixes::default(), AllowedSuffixes::Builtin);
}

//--- Texts

#[track_caller]
fn says(value: impl Display, expected: &str) {
    let said = value.to_string();
    assert_eq!(said, expected);
    assert!(!said.ends_with('.'), "no full stop");
}

#[test]
fn rules_have_a_name_and_a_text() {
    let labelled = [
        (Rule::EmptyLabel { label: 2 }, "EmptyLabel", "label 2 is empty"),
        (Rule::LabelTooLong { label: 127 }, "LabelTooLong", "label 127 is longer than 63 bytes"),
        (Rule::LeadingHyphen { label: 1 }, "LeadingHyphen", "label 1 starts with a hyphen"),
        (Rule::TrailingHyphen { label: 255 }, "TrailingHyphen", "label 255 ends with a hyphen"),
    ];
    for (rule, name, text) in labelled {
        assert_eq!(rule.name(), name);
        says(rule, text);
    }
    let rules = [
        (Rule::AceLabel, "label is an IDN (`xn--`)"),
        (Rule::BadV4, "not an IPv4 address"),
        (Rule::BadV6, "not an IPv6 address"),
        (Rule::DeprecatedReference, "refers to another handle, which is deprecated"),
        (Rule::DuplicateHost, "duplicate host"),
        (Rule::Empty, "empty"),
        (Rule::EmptyAddress, "no address after `::`"),
        (Rule::EmptyHost, "no host before `::`"),
        (Rule::InvalidAmount, "not an amount"),
        (Rule::InvalidChar, "character is not allowed"),
        (Rule::InvalidFlag, "not 0 or 1"),
        (Rule::InvalidHandle, "not a handle such as H12345"),
        (Rule::InvalidIdn, "not a valid IDN in canonical form"),
        (Rule::InvalidPeriod, "not an allowed number of years"),
        (Rule::Ipv6NotAllowed, "IPv6 address is not allowed"),
        (Rule::LegacyContactData, "expected a handle, found contact data"),
        (Rule::Malformed, "malformed"),
        (Rule::Missing, "missing"),
        (Rule::NameTooLong, "longer than 253 bytes with its suffix"),
        (Rule::NumericTld, "last label is a number"),
        (Rule::ReservedLdh, "hyphens in positions 3 and 4"),
        (Rule::Retired, "no longer sold"),
        (Rule::SingleColon, "expected `::`, found `:`"),
        (Rule::SingleLabel, "host has a single label"),
        (Rule::TooLong, "too long"),
        (Rule::TooManyNameServers, "too many name servers"),
        (Rule::TooShort, "too short"),
        (Rule::TrailingDot, "ends with a dot"),
        (Rule::Unknown, "unknown"),
        (Rule::UnknownParameter, "unknown parameter"),
        (Rule::Unspecified, "unspecified address"),
        (Rule::V4InV6Slot, "expected an IPv6 address, found an IPv4 address"),
    ];
    for (rule, text) in rules {
        assert_eq!(rule.name(), format!("{rule:?}"));
        says(rule, text);
    }
}

#[test]
fn error_kinds_have_a_name_and_a_text() {
    let kinds = [
        (ErrorKind::InvalidEscape, "invalid `%` escape"),
        (ErrorKind::InvalidUtf8, "invalid UTF-8"),
        (ErrorKind::ByteLimit, "more bytes than the limit"),
        (ErrorKind::ControlByte, "control character in a form"),
        (ErrorKind::DnsKey, "expected `dns[]`, or `dns[0]`, `dns[1]`, .. without a gap"),
        (ErrorKind::DuplicateName, "duplicate parameter"),
        (ErrorKind::DuplicateKey, "duplicate key"),
        (ErrorKind::Empty, "empty receipt"),
        (ErrorKind::FieldLimit, "more fields than the limit"),
        (ErrorKind::InvalidAmount, "not an amount"),
        (ErrorKind::InvalidStatus, "`Status` is not 0 or 1"),
        (ErrorKind::LineLimit, "more lines than the limit"),
        (ErrorKind::MissingAmount, "success without an `amount`"),
        (ErrorKind::MissingStatus, "missing `Status`"),
        (ErrorKind::MissingEquals, "pair without `=`"),
        (ErrorKind::ValueLimit, "name or value longer than the limit"),
    ];
    for (kind, text) in kinds {
        assert_eq!(kind.name(), format!("{kind:?}"));
        says(kind, text);
    }
    let suffix = |rule| ErrorKind::InvalidSuffix { rule, character: None };
    assert_eq!(suffix(Rule::Malformed).name(), "InvalidSuffix");
    says(suffix(Rule::LeadingHyphen { label: 2 }), "suffix: label 2 starts with a hyphen");
}

#[test]
fn kinds_of_lints_have_a_name_and_a_text() {
    let kinds = [
        (LintKind::ExceedsDnsLabel, "longer than a DNS label can be"),
        (LintKind::FewNameServers, "fewer than two name servers"),
        (LintKind::GlueOutsideDomain, "address of a host outside the domain"),
        (LintKind::Ignored, "ignored by the server"),
        (LintKind::MappedAddress, "IPv4-mapped IPv6 address"),
        (LintKind::MissingGlue, "host inside the domain without an address"),
        (LintKind::SameNetwork, "all name servers in one network"),
        (LintKind::SpecialAddress, "address that is not public"),
    ];
    for (kind, text) in kinds {
        assert_eq!(kind.name(), format!("{kind:?}"));
        says(kind, text);
    }
}

#[test]
fn fields_are_named_as_in_the_form_and_order_as_they_are_written() {
    let fields = [
        (Field::Test, "test"),
        (Field::User, "user"),
        (Field::Password, "password"),
        (Field::Domain, "domain"),
        (Field::Suffix, "suffix"),
        (Field::Chandle, "chandle"),
        (Field::Ahandle, "ahandle"),
        (Field::Thandle, "thandle"),
        (Field::Bhandle, "bhandle"),
        (Field::Period, "period"),
        (Field::NameServers, "dns"),
        (Field::NameServer(0), "dns[0]"),
        (Field::NameServer(12), "dns[12]"),
        (Field::NameServer(u32::MAX), "dns[4294967295]"),
        (Field::Registrant, "registrant"),
        (Field::Unknown(0), "unknown[0]"),
        (Field::Unknown(7), "unknown[7]"),
    ];
    assert!(fields.is_sorted_by(|a, b| a.0 < b.0));
    fields.iter().for_each(|(field, text)| says(field, text));
}

#[test]
fn errors_name_their_place() {
    says(Draft::from_form(b"test=1&x").expect_err("rejected"), "pair without `=` (line 1, byte 7)");
    let error = Receipt::parse("Message: x\r\nStatus: 2\r\n").expect_err("rejected");
    says(error, "`Status` is not 0 or 1 (line 2, byte 12)");
    says(error.position(), "line 2, byte 12");
    let error = Receipt::from_utf8(b"a\n\nStatus: \xff").expect_err("rejected");
    says(error, "invalid UTF-8 (line 3, byte 3)");
    says(Receipt::parse("\n \n").expect_err("rejected"), "empty receipt (line 1, byte 0)");
    says("a.-b".parse::<Host>().expect_err("rejected"), "label 2 starts with a hyphen (byte 2)");
    let draft = Draft::default().user("u").password("p").domain("ab").suffix("uk.com");
    let draft = draft.chandle("H1").name_server("a..b");
    let violations = Policy::TOOLKIT.validate(&draft).expect_err("rejected");
    says(&violations, "domain: too short; thandle: missing; dns[0]: label 2 is empty");
    assert_eq!(violations.as_slice()[2].offset(), 2);
}

#[test]
fn values_and_lints_are_shown() {
    let host: Host = "NS1.example.com".parse().expect("a host");
    assert_eq!(format!("{host:?}"), "Host(\"ns1.example.com\")");
    let label: Label = "Example".parse().expect("a label");
    assert_eq!(format!("{label:?}"), "Label(\"example\")");
    let suffix: Suffix = "UK.com".parse().expect("a suffix");
    assert_eq!(format!("{suffix:?}"), "Suffix(\"uk.com\")");
    let draft = Draft::default().user("u").password("p").domain("example").suffix("uk.com");
    let draft = draft.chandle("H1").thandle("H2").name_server("ns1.example.uk.com");
    let registration = Policy::TOOLKIT.validate(&draft).expect("a registration");
    let mut lints: Vec<Lint> = Vec::new();
    registration.lint(&mut lints);
    let shown: Vec<_> = lints.iter().map(ToString::to_string).collect();
    let expected =
        ["dns[0]: host inside the domain without an address", "dns: fewer than two name servers"];
    assert_eq!(shown, expected);
}
