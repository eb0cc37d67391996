//! No `Debug` shows the password, and no error holds a piece of what was given.

use core::fmt::{Debug, Display};

use cnic_registration::{
    Amount, Body, Draft, Handle, Host, InvalidValue, Label, Limits, Lint, NameServer, Parser,
    Period, Policy, Receipt, Registration, Suffix, SuffixSet, Violation,
};
use cnic_testkit::assert_not;
use cnic_testkit::secret::{SECRET, hides, says_nothing};
use cnic_text::Redaction;

use crate::util::{BASE, DONE, SCALARS, base, form, set, valid};

const TOOLKIT: Policy<'_> = Policy::TOOLKIT;

//--- Debug

#[test]
fn a_draft_hides_the_password() {
    let body = BASE.replace("password=x", "password=hunter2");
    let encoded = BASE.replace("password=x", "p%61ssword=%68unter2");
    let pairs = Draft::from_pairs([("password", SECRET), ("dns[]", "a")]);
    for draft in [form(&body), form(&encoded), base().password(SECRET)] {
        hides(&draft);
        hides(&draft.clone().name_server("a"));
        hides(&Some(Ok::<_, ()>(draft)));
    }
    hides(&pairs);
    hides(&Draft::from_form(b"password=hunter2"));
    hides(&Draft::default().password("hunter2 \n\u{fc}&hunter2"));
}

#[test]
fn a_draft_shows_all_else() {
    let draft = base().password("").period("2").name_server("ns.example.com");
    let expected = "Draft { test: None, user: Some(\"H12345\"), password: Some(\"***\"), \
        domain: Some(\"example\"), suffix: Some(\"uk.com\"), chandle: Some(\"H1\"), \
        ahandle: None, thandle: Some(\"H2\"), bhandle: None, period: Some(\"2\"), \
        dns: [\"ns.example.com\"], .. }";
    assert_eq!(format!("{draft:?}"), expected, "not even that it is empty");
    assert!(format!("{:?}", Draft::default()).contains("password: None"));
}

#[test]
fn a_registration_and_its_body_hide_the_password() {
    for password in [SECRET, "hunter2&a=b", " hunter2\n", "hunt\u{fc}"] {
        let registration = valid(&TOOLKIT, &base().password(password).test("1"));
        assert!(registration.encode_form().to_string().contains("hunt"), "it goes over the wire");
        assert_eq!(registration.password(), password);
        hides(&registration);
        hides(&registration.encode_form());
        hides(&registration.pairs());
        #[cfg(feature = "serde")]
        hides(&serde_json::to_string(&registration));
        hides(&TOOLKIT.validate(&base().password(password)));
    }
    let registration = valid(&TOOLKIT, &base().password(SECRET));
    let expected = "Registration {\"user\": \"H12345\", \"password\": \"***\", \
        \"domain\": \"example\", \"suffix\": \"uk.com\", \"chandle\": \"H1\", \"thandle\": \"H2\"}";
    assert_eq!(format!("{registration:?}"), expected);
    assert_eq!(format!("{:?}", registration.encode_form()), format!("Body({expected})"));
}

#[test]
fn a_receipt_shows_none_of_its_lines() {
    let text = format!("{DONE}auth: hunter2\nhunter2: hunter2\nhunter2\n");
    let receipt = Receipt::parse(&text).expect("a reply");
    hides(&receipt);
    hides(&receipt.clone().into_owned());
    hides(&receipt.fields());
    hides(&receipt.get_all("hunter2"));
    hides(&Receipt::parse(&text));
    let expected = "Receipt { status: 0, amount: Some(Amount(6500)), fields: 14, .. }";
    assert_eq!(format!("{receipt:?}"), expected, "but what it comes to");
}

//--- Errors

#[test]
fn a_violation_says_nothing_of_the_value() {
    let long = SECRET.repeat(100);
    for value in [
        "hunter2!",
        "-hunter2",
        "hunter2-",
        "hunter2",
        ".hunter2",
        "hunter2.hunter2",
        "hunter2::1",
        "hunter2:1",
        "new::hunter2",
        "hunter2.com::hunter2",
        "xn--hunter2",
        "hu--nter2",
        &long,
        "",
    ] {
        let all = SCALARS.iter().fold(Draft::default(), |draft, name| set(draft, name, value));
        let all = all.name_server(value).name_server(value).name_server(value.to_uppercase());
        let violations = TOOLKIT.validate(&all).expect_err("rejected");
        says_nothing(&violations);
        violations.iter().for_each(says_nothing);
        assert!(violations.as_slice().len() >= 7);
        hides(&TOOLKIT.validate(&all));
        let mut first: Option<Violation> = None;
        Policy::LEGACY.check(&all, &mut first);
        hides(&first);
    }
}

#[test]
fn an_error_of_a_form_says_nothing_of_it() {
    let mut names = Vec::new();
    for body in [
        &b"hunter2"[..],
        b"password=hunter2&hunter2",
        b"password=hunter2%",
        b"password=hunter2\n",
        b"password=hunter2\xff",
        b"password=hunter2%ff",
        b"password=hunter2&password=hunter2",
        b"registrant=hunter2&registrant=hunter2",
        b"dns[hunter2]=hunter2",
        b"dns=hunter2",
    ] {
        let error = Draft::from_form(body).expect_err("rejected");
        says_nothing(&error);
        hides(&Draft::from_form(body));
        names.push(error.kind().name());
    }
    let pairs = Draft::from_pairs([("user", SECRET), ("user", SECRET)]);
    says_nothing(&pairs.expect_err("rejected"));
    names.sort_unstable();
    names.dedup();
    let all =
        ["ControlByte", "DnsKey", "DuplicateName", "InvalidEscape", "InvalidUtf8", "MissingEquals"];
    assert_eq!(names, all);
}

#[test]
fn an_error_of_a_reply_says_nothing_of_it() {
    for text in [
        &b"hunter2"[..],
        b"Status: hunter2",
        b"Status: 0\nhunter2: hunter2",
        b"Status: 0\namount: hunter2",
        b"Message: hunter2\nmessage: hunter2",
        b"Status: 1\nhunter2\xff",
    ] {
        says_nothing(&Receipt::from_utf8(text).expect_err("rejected"));
        hides(&Receipt::from_utf8(text));
    }
}

#[test]
fn an_error_of_a_value_says_nothing_of_it() {
    for text in ["hunter2!", "-hunter2", "hunter2-", ".hunter2", "hunter2::1", "hunter2::"] {
        let errors: [Option<InvalidValue>; 9] = [
            text.parse::<Amount>().err(),
            text.parse::<Handle>().err(),
            text.parse::<Host>().err(),
            text.parse::<Label>().err(),
            text.parse::<NameServer>().err(),
            text.parse::<Period>().err(),
            text.parse::<Suffix>().err(),
            SuffixSet::new().parse(text).err(),
            NameServer::parse_lenient(text).err(),
        ];
        errors.iter().for_each(|error| says_nothing(&error.expect("rejected")));
        if let Err(error) = SuffixSet::from_response(text) {
            says_nothing(&error);
        }
    }
}

#[test]
fn a_lint_says_nothing_of_the_value() {
    let draft = form("registrant=hunter2&dns[]=hunter2.example.uk.com&dns[]=hunter2.com::10.0.0.1");
    let draft = draft.user(SECRET).password(SECRET).domain("example").suffix("uk.com");
    let registration = valid(&TOOLKIT, &draft.chandle("H1").thandle("H2"));
    let mut lints: Vec<Lint> = Vec::new();
    registration.lint(&mut lints);
    assert_eq!(lints.len(), 4);
    lints.iter().for_each(says_nothing);
}

//--- The table of secrets

/// Holds that a value is in no text, as it is or escaped.
#[track_caller]
fn keeps_from(name: &str, texts: &[String]) {
    for text in texts {
        assert!(!text.is_empty() && !text.to_lowercase().contains(&SECRET[..4]), "{name}: {text}");
    }
}

fn debugs(shown: &impl Debug) -> [String; 2] {
    [format!("{shown:?}"), format!("{shown:#?}")]
}

/// Every text that leaves the crate, of a form and a receipt in which each name of the table has a value: nothing but the body
/// to be sent and the receipt itself holds it.
#[test]
fn no_text_holds_the_value_of_a_name_in_the_table() {
    let redaction = Redaction::DEFAULT;
    let names = redaction.names().flat_map(|name| {
        [
            name.to_string(),
            name.to_lowercase(),
            format!("{name}0"),
            format!("{}[]", name.to_lowercase()),
        ]
    });
    let mut walked = 0;
    for name in names {
        walked += 1;
        for value in [SECRET, "%68unter2", "hunter2%00", "hunter2+hunter2"] {
            let decoded = if value.contains('%') { SECRET } else { value };
            let body = format!("{}&{name}={value}", BASE.replace("user=H12345&", "test=x&"));
            let mut texts = Vec::new();
            match Draft::from_form(body.as_bytes()) {
                Ok(draft) => walk_draft(&draft, &mut texts),
                // `password` is given twice.
                Err(error) => texts.extend(debugs(&error).into_iter().chain([error.to_string()])),
            }
            let alone = format!("{name}={value}&domain=a!");
            walk_draft(&Draft::from_form(alone.as_bytes()).expect("a form"), &mut texts);
            walk_draft(&Draft::from_pairs([(name.clone(), decoded)]).expect("pairs"), &mut texts);
            walk_draft(&base().password(decoded).domain(""), &mut texts);
            // The pair was escaped as a whole, so the name holds the value.
            let escaped = format!("{name}%3D{value}=&domain=a!");
            walk_draft(&Draft::from_form(escaped.as_bytes()).expect("a form"), &mut texts);
            for broken in ["%zz", "\n", "%ff", "&x"] {
                let body = format!("{alone}{broken}");
                let error = Draft::from_form(body.as_bytes()).expect_err("rejected");
                texts.extend(debugs(&error).into_iter().chain([error.to_string()]));
            }
            keeps_from(&name, &texts);

            for text in [
                format!("{DONE}{name}: {value}\n{name}:{value}\n{name}={value}\n"),
                format!("Status: 1\namount: {value}\nMessage: {name}: {value}\n"),
            ] {
                let receipt = Receipt::parse(&text).expect("a receipt");
                assert!(receipt.to_string().contains(value), "that is what it is for");
                keeps_from(&name, &debugs(&receipt));
                keeps_from(&name, &debugs(&receipt.clone().into_owned()));
                keeps_from(&name, &debugs(&Some(Ok::<_, ()>(receipt))));
            }
            for text in [
                format!("{name}: {value}\n"),
                format!("Status: {value}\n"),
                format!("Status: 0\namount: {value}\n"),
                format!("Status: 0\nmessage: {value}\nmessage: {value}\n"),
                format!("{name}: {value}\nStatus: 0\n"),
            ] {
                let error = Receipt::parse(&text).expect_err("rejected");
                keeps_from(&name, &[debugs(&error).to_vec(), vec![error.to_string()]].concat());
            }
            let error =
                SuffixSet::from_response(&format!("{name}={value}")).expect_err("no suffix");
            keeps_from(&name, &[debugs(&error).to_vec(), vec![error.to_string()]].concat());
        }
    }
    assert!(walked >= 4 * 30, "{walked} names");
    for limits in [Limits::DEFAULT.bytes(3), Limits::DEFAULT.fields(0), Limits::DEFAULT.value(1)] {
        let parser = Parser::new().limits(limits);
        let form = parser.parse_form(b"password=hunter2").map(drop).expect_err("rejected");
        let pairs = parser.parse_pairs([("password", SECRET)]).map(drop);
        let receipt = parser.parse_receipt("password: hunter2").map(drop).expect_err("rejected");
        says_nothing(&form);
        says_nothing(&receipt);
        pairs.err().iter().for_each(says_nothing);
    }
}

/// Everything that a draft can be shown as.
fn walk_draft(draft: &Draft<'_>, texts: &mut Vec<String>) {
    texts.extend(debugs(draft));
    texts.extend(draft.unknown().iter().flat_map(debugs));
    // An empty name is shown as an empty text.
    texts.extend(draft.unknown().iter().map(|unknown| format!("{unknown}.")));
    for policy in [TOOLKIT, Policy::LEGACY] {
        let mut all: Vec<Violation> = Vec::new();
        policy.check(draft, &mut all);
        for violation in &all {
            texts.extend(debugs(violation));
            texts.extend(debugs(&violation.message()));
            texts.extend(debugs(&violation.field()).into_iter().chain(debugs(&violation.rule())));
            texts.extend([violation.to_string(), violation.message().to_string()]);
            texts.extend(debugs(&draft.describe(violation)));
            texts.push(draft.describe(violation).to_string());
        }
        let result = policy.validate(draft);
        texts.extend(debugs(&result));
        if let Err(violations) = result {
            texts.extend(debugs(&violations));
            texts.push(violations.to_string());
            #[cfg(feature = "serde")]
            {
                let described: Vec<_> = violations.iter().map(|it| draft.describe(it)).collect();
                let values = (&violations, violations.as_slice(), described);
                texts.push(serde_json::to_string(&values).expect("JSON"));
            }
        }
    }
}

//--- By accident

#[test]
fn what_holds_the_password_is_not_printed_by_accident() {
    assert_not!(Draft<'static>: Display);
    assert_not!(Draft<'static>: Into<String>);
    assert_not!(Registration: Display);
    assert_not!(Registration: Into<String>);
    assert_not!(Body<'static>: AsRef<str>);
}

#[test]
fn a_registration_is_not_made_without_a_check() {
    assert_not!(Registration: Default);
    assert_not!(Registration: From<Draft<'static>>);
    assert_not!(Registration: core::str::FromStr);
}
