//! What a check costs: no memory, and time that grows with the draft.
//!
//! Memory is counted. Time is proved by coming to its end: a step for each pair of name servers, pairs or lines would take
//! minutes.

use cnic_registration::{
    AllowedSuffixes, Draft, ErrorKind, Handle, Host, InvalidValue, Label, Lint, NameServer, Policy,
    Rule, Suffix, SuffixSet, Violation,
};
use cnic_testkit::counting::cost;

use crate::util::{BASE, DONE, HUGE, base, finds, form, valid};

const TOOLKIT: Policy<'_> = Policy::TOOLKIT;
const MANY: usize = 200_000;
const MB: usize = 1 << 20;

/// A draft of all that there can be.
fn full() -> Draft<'static> {
    let draft = base().test("1").ahandle("H3").bhandle("H4").period("10").suffix("UK.com");
    (0..13).fold(draft.domain("Example".repeat(9)), |draft, n| {
        draft.name_server(format!("NS{n}.Example.com::192.0.2.{n}::2001:DB8::{n}:1"))
    })
}

/// A draft of all that there can be, all of it wrong.
fn wrong() -> Draft<'static> {
    let draft = full().test("").user("").password("").domain("xn--a").suffix("gb.com").period("0");
    let draft = draft.chandle("x").ahandle("new::a").thandle("chandle").bhandle("");
    draft.name_server("x::").name_server("ns0.example.com")
}

/// Checks a draft for nothing but the count and the first violation, and holds that it allocates nothing.
#[track_caller]
fn checks_for_nothing(policy: &Policy<'_>, draft: &Draft<'_>) -> usize {
    let (count, spent) = cost(|| {
        policy.check(draft, &mut ());
        let mut first: Option<Violation> = None;
        policy.check(draft, &mut first);
        let mut count = 0;
        policy.check(draft, &mut |_: Violation| count += 1);
        assert_eq!(first.is_some(), count > 0);
        count
    });
    assert_eq!((spent.allocations, spent.peak), (0, 0));
    count
}

//--- Memory

#[test]
fn a_check_allocates_nothing() {
    let partners = SuffixSet::builtin().with_partners();
    let set = TOOLKIT.suffixes(AllowedSuffixes::Set(&partners));
    for policy in [TOOLKIT, set, TOOLKIT.suffixes(AllowedSuffixes::AnyWellFormed)] {
        assert_eq!(checks_for_nothing(&policy, &full()), 0);
        assert!(checks_for_nothing(&policy, &wrong()) >= 9);
        assert_eq!(checks_for_nothing(&policy, &Draft::default()), 6);
    }
    assert!(checks_for_nothing(&Policy::LEGACY, &full()) >= 6);
    let twice = (0..13).fold(base(), |draft, _| draft.name_server("ns.example.com::192.0.2.1"));
    assert_eq!(checks_for_nothing(&TOOLKIT, &twice), 12);
}

#[cfg(feature = "idn")]
#[test]
fn a_policy_for_idns_allocates_nothing_where_there_is_none() {
    assert_eq!(checks_for_nothing(&TOOLKIT.idn(true), &full()), 0);
}

#[cfg(feature = "idn")]
#[test]
fn what_is_far_too_long_for_an_idn_is_rejected_without_an_allocation() {
    let long = base().domain("\u{fc}".repeat(MB));
    assert_eq!(checks_for_nothing(&TOOLKIT.idn(true), &long), 1);
}

#[test]
fn validation_allocates_for_what_is_kept() {
    // The user, the password, the label, the suffix and two handles; a list that doubles from 4 to 16.
    for (draft, kept, constant) in [(base(), 6, 0), (full(), 6 + 2 + 13, 3)] {
        let (registration, spent) = cost(|| TOOLKIT.validate(&draft));
        let registration = registration.expect("valid");
        assert!(spent.allocations <= kept + constant, "{} allocations", spent.allocations);
        assert!(spent.peak <= 4096, "{} bytes", spent.peak);
        let ((), spent) = cost(|| registration.lint(&mut ()));
        assert!(spent.allocations <= 2, "{} allocations for the name", spent.allocations);
        assert_eq!(spent.live, 0);
    }
    let draft = Draft::default();
    let (violations, spent) = cost(|| TOOLKIT.validate(&draft).expect_err("nothing is given"));
    assert_eq!(violations.as_slice().len(), 6);
    assert!(spent.allocations <= 2, "{} allocations", spent.allocations);
}

#[test]
fn a_form_is_borrowed_where_nothing_is_escaped() {
    let (read, spent) = cost(|| form(BASE));
    assert_eq!((spent.allocations, spent.live), (0, 0));
    assert_eq!(read, base());
    let escaped = BASE.replace("password=x", "password=%26+x");
    let (_, spent) = cost(|| form(&escaped));
    assert!(spent.allocations <= 4, "{} allocations", spent.allocations);
}

#[test]
fn what_is_far_too_long_is_rejected_without_an_allocation() {
    fn rejects<T>(parse: impl FnOnce() -> Result<T, InvalidValue>) -> Rule {
        let (error, spent) = cost(|| parse().err().expect("must be rejected"));
        assert_eq!((spent.allocations, spent.peak), (0, 0), "{error}");
        error.rule()
    }
    for unit in ["a", "a.", "1", "-", "H1", "\u{fc}", ":", "::", "a::", "f:", "1.", "."] {
        let text = unit.repeat(MB / unit.len());
        rejects(|| text.parse::<Label>());
        rejects(|| text.parse::<Suffix>());
        rejects(|| Suffix::parse_well_formed(&text));
        rejects(|| text.parse::<Host>());
        rejects(|| text.parse::<Handle>());
        rejects(|| Handle::parse_opaque(&text));
        rejects(|| text.parse::<NameServer>());
        rejects(|| NameServer::parse_lenient(&text));
        let draft = base().domain(&*text).suffix(&*text).chandle(&*text).thandle(&*text);
        let draft = (0..13).fold(draft, |draft, _| draft.name_server(&*text));
        assert_eq!(checks_for_nothing(&TOOLKIT, &draft), 4 + 13, "{unit}");
    }
    let label = "a".repeat(MB);
    assert_eq!(rejects(|| label.parse::<Label>()), Rule::TooLong);
    let address = format!("ns.example.com::192.0.2.1::{}", "0:".repeat(MB));
    assert_eq!(rejects(|| address.parse::<NameServer>()), Rule::BadV6);
    let set = SuffixSet::builtin();
    assert_eq!(rejects(|| set.parse(&label)), Rule::TooLong);
    assert!(cost(|| set.contains(&label)).1.allocations == 0);
}

//--- Steps

#[test]
fn many_name_servers_are_one_violation() {
    for (indexed, distinct) in [(false, true), (false, false), (true, true)] {
        let mut body = BASE.to_owned();
        for n in 0..MANY {
            let index = if indexed { n.to_string() } else { String::new() };
            let host = if distinct { n } else { 0 };
            body += &format!("&dns[{index}]=ns{host}.example.com");
        }
        let read = form(&body);
        let others = if distinct { 0 } else { 12 };
        assert_eq!(checks_for_nothing(&TOOLKIT, &read), 1 + others);
        assert_eq!(checks_for_nothing(&TOOLKIT.name_servers(0), &read), 1);
        let most = checks_for_nothing(&TOOLKIT.name_servers(255), &read);
        assert_eq!(most, if distinct { 1 } else { 255 });
        assert!(TOOLKIT.validate(&read).is_err());
    }
}

#[test]
fn a_form_of_many_pairs_comes_to_its_end() {
    let empty = "&".repeat(MANY) + BASE + &"&".repeat(MANY);
    let (read, spent) = cost(|| form(&empty));
    assert_eq!((read, spent.allocations), (base(), 0));
    let unknown: String = (0..MANY).map(|n| format!("x{n}=&")).collect();
    let read = form(&unknown);
    assert_eq!(checks_for_nothing(&TOOLKIT, &read), 6 + MANY);
    assert!(
        TOOLKIT
            .validate(&read)
            .is_err_and(|all| all.to_string().ends_with("`x199999`: unknown parameter"))
    );
    let rejected = |body: &str| HUGE.parse_form(body.as_bytes()).map(drop).expect_err("rejected");
    let late = "&".repeat(MANY) + "dns[]=x&".repeat(MANY).as_str() + &unknown + "x";
    assert_eq!(rejected(&late).kind(), ErrorKind::MissingEquals);
    assert_eq!(rejected(&late).position().byte(), 9 * MANY + unknown.len());
    let entries = "dns[]=&".repeat(MANY);
    let expected: Vec<_> = (0..13).map(|n| format!("dns[{n}] Empty")).collect();
    let mut expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    expected.insert(0, "dns TooManyNameServers");
    finds(&TOOLKIT, &form(&(entries + BASE)), &expected);
    let pairs = core::iter::repeat_n(("dns[]", "ns.example.com"), MANY);
    assert!(HUGE.parse_pairs(pairs).is_ok());
}

#[test]
fn a_long_value_is_decoded_in_one_go() {
    for (unit, decoded) in [("%41", "A"), ("+", " "), ("%26%3D", "&="), ("%C3%BC", "\u{fc}")] {
        let password = unit.repeat(MB / unit.len());
        let body = BASE.replace("password=x", &format!("password={password}"));
        let (read, spent) = cost(|| form(&body));
        assert!(spent.peak.unsigned_abs() <= 4 * MB, "{} bytes for {unit}", spent.peak);
        let registration = valid(&TOOLKIT, &read);
        assert!(registration.password() == decoded.repeat(MB / unit.len()));
        let canonical = registration.encode_form().to_string();
        assert!(
            canonical.len() <= body.len() && valid(&TOOLKIT, &form(&canonical)) == registration
        );
    }
    let unfinished = format!("password={}%4", "%41".repeat(MB));
    assert!(Draft::from_form(unfinished.as_bytes()).is_err());
}

#[test]
fn many_suffixes_are_read() {
    let up: String = (0..MANY).map(|n| format!("s{n}.test\r\n")).collect();
    let down: String = (0..MANY).rev().map(|n| format!("S{n}.Test\n\n")).collect();
    let sets = [&up, &down].map(|text| HUGE.parse_suffixes(text).expect("suffixes"));
    assert!(sets[0] == sets[1] && sets[0].iter().len() == MANY);
    let twice = HUGE.parse_suffixes(&"a.test\n".repeat(MANY)).expect("a suffix");
    assert_eq!(twice.iter().collect::<Vec<_>>(), ["a.test"]);
    let policy = TOOLKIT.suffixes(AllowedSuffixes::Set(&sets[0]));
    assert_eq!(checks_for_nothing(&policy, &base().suffix("S199999.test")), 0);
    assert_eq!(checks_for_nothing(&policy, &base().suffix("s200000.test")), 1);
    let suffixes = (0..MANY).rev().map(|n| Suffix::parse_well_formed(&format!("s{n}.test")));
    assert!(suffixes.collect::<Result<SuffixSet, _>>().as_ref() == Ok(&sets[0]));
    let error = HUGE.parse_suffixes(&(up.clone() + "-\n")).expect_err("no suffix");
    assert_eq!(error.position().byte(), up.len());
}

#[test]
fn a_reply_takes_memory_for_its_lines() {
    for (line, count) in [("dns: a\n", 1000), ("dns: a\n", MANY), ("x\n", MANY), ("a:\r\n", MANY)] {
        let text = DONE.to_owned() + &line.repeat(count);
        let (read, spent) = cost(|| HUGE.parse_receipt(&text).expect("a reply"));
        assert_eq!(read.fields().len(), 11 + count);
        // Kept are a key and a value of three words each; the list doubles, and for a moment the old one is there as well.
        let (peak, live) = (spent.peak.unsigned_abs(), spent.live.unsigned_abs());
        assert!(peak <= 4096 + 192 * count, "{peak} bytes at a time for {count}");
        assert!(live <= 4096 + 128 * count, "{live} bytes for {count}");
        assert!(spent.allocations <= 24, "{} allocations", spent.allocations);
        assert!(read.is_success() && read.get("none").is_none());
        assert!(read.to_string().lines().count() == 11 + count);
    }
    let blank = DONE.to_owned() + &" \t\r\n".repeat(MANY);
    let (read, spent) = cost(|| HUGE.parse_receipt(&blank).expect("a reply"));
    assert_eq!(read.fields().len(), 11);
    assert!(spent.peak <= 4096, "{} bytes", spent.peak);
    let message = DONE.replace("completed", &"::=\"\r".repeat(MB));
    let (read, spent) = cost(|| HUGE.parse_receipt(&message).expect("a reply"));
    assert!(read.is_success() && spent.peak <= 4096, "{} bytes", spent.peak);
}

#[test]
fn a_lint_takes_a_step_for_each_name_server() {
    let draft = (0..255).fold(base(), |draft, n| {
        draft.name_server(format!("n{n}.example.uk.com::192.0.2.{n}::2001:db8::{n}"))
    });
    let registration = valid(&TOOLKIT.name_servers(255), &draft);
    let mut lints: Vec<Lint> = Vec::new();
    registration.lint(&mut lints);
    assert_eq!(lints.len(), 2 * 255 + 1);
}
