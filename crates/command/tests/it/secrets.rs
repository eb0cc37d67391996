//! A value may be a password or an auth code: no `Debug` shows a secret, and no error holds a piece of what was given.

use core::fmt::Display;

use cnic_command::form::{Credentials, Form};
use cnic_command::{
    BuildErrorKind, Command, ErrorKind, Limits, Parser, Redacted, Redaction, TagFamily, TagKind,
    Violation,
};
use cnic_testkit::assert_not;
use cnic_testkit::secret::{SECRET, hides, says_nothing};

use crate::util::{built, command, form};

/// The keys that are secrets.
fn keys() -> Vec<String> {
    Redaction::DEFAULT.names().map(String::from).collect()
}

//--- Which values are secrets

#[track_caller]
fn masks(key: &str, masked: bool) {
    let text = format!("COMMAND=X\nA=1\n{key}=hunter2\nB=2");
    let shown = command(&text).redacted().to_string();
    assert_eq!(shown, if masked { text.replace(SECRET, "***") } else { text.clone() });
    let debug = format!("{:?}", command(&text));
    assert_eq!(debug.contains(SECRET), !masked, "{debug}");
}

/// `crates/text/tests/it/redaction.rs` has every spelling.
#[test]
fn a_secret_is_told_by_its_whole_key() {
    for key in keys() {
        masks(&key, true);
        masks(&format!("{key}12"), true);
        masks(&format!("{key}X"), false);
        masks(&format!("0{key}"), key.ends_with("-AUTH-KEY"));
    }
}

#[test]
fn keys_can_be_added() {
    let redaction = Redaction::DEFAULT.with("X-My-Key").with("NOTE2");
    let text = "COMMAND=X\nx-my-key=hunter2\nX-MY-KEY7=hunter2\nNote2=hunter2\nAUTH=hunter2\nNOTE=a\nX-MY-KEYS=b";
    let command = command(text);
    let redacted = command.redacted_with(&redaction);
    assert_eq!(redacted.to_string(), text.replace(SECRET, "***"));
    hides(&redacted);
    let shown = format!("{redacted:?}");
    assert!(shown.contains(r#""NOTE": "a""#) && shown.contains(r#""x-my-key": "***""#), "{shown}");
    let json = serde_json::to_string(&redacted).expect("JSON");
    let expected = r#"{"command":"X","params":{"X-MY-KEY":"***","X-MY-KEY7":"***","NOTE2":"***","AUTH":"***","NOTE":"a","X-MY-KEYS":"b"}}"#;
    assert_eq!(json, expected);
    assert!(command.redacted().to_string().contains("X-MY-KEY7=hunter2"), "without it, none is");
}

#[test]
fn redaction_keeps_everything_else() {
    let text = "COMMAND=Pin\nb=x\nauth=hunter2\nA=\nPASSWORD=\nAuth10=hunter2\nc=***";
    let command = command(text);
    let shown = "COMMAND=Pin\nb=x\nauth=***\nA=\nPASSWORD=***\nAuth10=***\nc=***";
    assert_eq!(command.redacted().to_string(), shown, "an empty secret is masked as well");
    assert_eq!(command.encode().to_string(), text, "the command itself is as it was");
    assert_eq!(command.get("AUTH"), Some(SECRET));
    let expected = r#"Command { name: "Pin", parameters: {"b": "x", "auth": "***", "A": "", "PASSWORD": "***", "Auth10": "***", "c": "***"} }"#;
    assert_eq!(format!("{command:?}"), expected);
}

//--- Debug

/// A command with a secret in every key that is one.
fn whispering() -> Command<'static> {
    let mut command = built("X", &[("DOMAIN", "example.com")]);
    for key in keys() {
        command.set_series(&key.to_ascii_lowercase(), [SECRET, SECRET]).expect("a series");
        command.set(key, SECRET).expect("a parameter");
    }
    command
}

fn credentials() -> Credentials<'static> {
    let credentials = Credentials::new().with_login("me").with_role("clerk");
    credentials.with_password(SECRET).with_otp(SECRET).with_session_id(SECRET)
}

#[test]
fn debug_shows_no_secret() {
    let command = whispering();
    let credentials = credentials();
    hides(&command);
    hides(&command.clone().into_owned());
    hides(&Ok::<_, ()>(Some(command.clone())));
    hides(&command.encode());
    hides(&command.encode().framed().uppercase());
    hides(&command.redacted());
    hides(&command.redacted().to_string());
    hides(&command.series("AUTH"));
    hides(&command.chunks("PIN", 1).collect::<Vec<_>>());
    hides(&credentials);
    hides(&credentials.wrap(&command));
    hides(&credentials.alone());
    let flat = built("X", &[("AUTH", SECRET), ("password1", SECRET)]);
    hides(&credentials.flatten(&flat).expect("a form"));
    hides(&credentials.flatten(&command));

    let bodies = [credentials.wrap(&command), credentials.flatten(&flat).expect("a form")];
    for body in bodies.map(String::from) {
        assert!(body.contains(SECRET), "it goes over the wire");
        let form = form(&body);
        hides(&form);
        hides(form.credentials());
        hides(&form.command());
        hides(&Form::decode(body.as_bytes()));
    }
    hides(&form("s_session=hunter2&S_Otp=hunter2&s_sessionid=hunter2&s_pw=hunter2"));
}

#[test]
fn a_series_shows_no_value_at_all() {
    // Whose values they are is no longer known there.
    let command = built("X", &[("ANY0", SECRET), ("DomainTag0", SECRET)]);
    hides(&command.series("ANY"));
    hides(&command.tags(TagFamily::DomainTag));
    assert_eq!(format!("{:?}", command.series("ANY")), "Series { len: 1, .. }");
}

#[test]
fn a_form_shows_no_value_of_its_command() {
    hides(&form("command=X&any=hunter2"));
    hides(&form("s_command=COMMAND%3DX%0Aany%3Dhunter2"));
    hides(&form("s_command=hunter2"));
}

#[test]
fn debug_tells_what_helps() {
    let text = format!("{:?}", credentials().with_persistent().with_opmode("OTE"));
    for part in [r#""s_login": "me"#, r#""s_pw": "***""#, r#""s_opmode": "OTE""#, "persistent"] {
        assert!(text.contains(part), "{text}");
    }
    assert!(format!("{:?}", whispering()).contains(r#""DOMAIN": "example.com""#));
}

//--- Errors

#[test]
fn an_error_of_a_text_says_nothing_of_it() {
    let mut kinds = Vec::new();
    for text in [
        "hunter2",
        "AUTH=hunter2",
        "COMMAND=hunter2 hunter2",
        "COMMAND=X\nhunter2 hunter2=hunter2",
        "COMMAND=X\nhunter2",
        "COMMAND=X\nAUTH=hunter2\rhunter2",
        "COMMAND=X\nAUTH=hunter2\nauth=hunter2",
        "COMMAND=hunter2\nCOMMAND=hunter2",
        "COMMAND=X\nhunter2=hunter2\nHUNTER2=hunter2",
        "COMMAND=X\nA=hunter2\n[COMMAND]",
        "[COMMAND]\nCOMMAND=X\nA=hunter2",
        "COMMAND=X\nA=hunter2\nEOF\nhunter2",
    ] {
        let error = Command::parse(text).expect_err("refused");
        says_nothing(&error);
        hides(&Command::parse(text));
        kinds.push(error.kind());
    }
    let error = Command::from_utf8(b"COMMAND=X\nAUTH=hunter2\xff").expect_err("refused");
    says_nothing(&error);
    let mut limits = Limits::DEFAULT;
    limits.parameters = 0;
    says_nothing(
        &Parser::new().limits(limits).parse("COMMAND=X\nAUTH=hunter2").expect_err("refused"),
    );
    limits.bytes = 0;
    says_nothing(&Parser::new().limits(limits).parse("COMMAND=hunter2").expect_err("refused"));
    kinds.dedup();
    assert!(kinds.len() >= 10 && kinds.contains(&ErrorKind::TrailingData));
}

#[test]
fn an_error_of_a_form_says_nothing_of_it() {
    for body in [
        &b"hunter2"[..],
        b"s_pw=hunter2%",
        b"s_pw=hunter2\n",
        b"s_pw=hunter2\xff",
        b"s_pw=hunter2&S_PW=hunter2",
        b"persistent=hunter2",
        b"auth=hunter2",
        b"command=hunter2+hunter2",
        b"command=X&hunter2+=hunter2",
        b"command=X&auth=hunter2&au\xc2\xa0th=hunter2",
        b"command=X&auth=hunter2%0A",
        b"auth=hunter2&s_command=hunter2",
    ] {
        says_nothing(&Form::decode(body).expect_err("refused"));
        hides(&Form::decode(body));
    }
    says_nothing(&form("s_command=COMMAND%3DX%0Ahunter2").command().expect_err("refused"));
}

#[test]
fn an_error_of_building_says_nothing_of_what_was_given() {
    let mut command = built("X", &[]);
    let given = [
        Command::new("hunter2 ").map(|_| ()),
        command.set("hunter2 ", SECRET),
        command.set("command", SECRET),
        command.set("AUTH", "hunter2\n"),
        command.set("AUTH", " hunter2"),
        command.clone().with("AUTH", "hunter2\0").map(|_| ()),
        command.set_series("hunter2=", [SECRET]),
        command.set_indexed("hunter", [(2, SECRET), (2, SECRET)]),
        command.set_tag(TagFamily::ZoneTag, 4096, SECRET),
        command.set_tags(TagFamily::ZoneTag, core::iter::repeat(SECRET)),
        command.set_change(TagKind::Zone, [SECRET], ["hunter2\r"]).map(drop),
        command.set_change("hunter2=", [SECRET], [SECRET]).map(drop),
        Credentials::new().flatten(&built("X", &[("s_hunter2", SECRET)])).map(|_| ()),
    ];
    let mut kinds: Vec<BuildErrorKind> = Vec::new();
    for result in given {
        let error = result.expect_err("refused");
        says_nothing(&error);
        kinds.push(error.kind());
    }
    assert!(kinds.contains(&BuildErrorKind::TransportKey));
    assert!(command.is_empty());
}

#[test]
fn a_finding_says_nothing_of_the_tag() {
    let command =
        command("COMMAND=AddDomain\nDomainTag=hunter2\nAddDomainTag01=hunter2\nZoneTag0=hunter2");
    let mut all: Vec<Violation> = Vec::new();
    command.check(&mut all);
    assert_eq!(all.len(), 4);
    all.iter().for_each(says_nothing);
}

//--- By accident

#[test]
fn what_holds_secrets_is_not_printed_by_accident() {
    assert_not!(Command<'static>: Display);
    assert_not!(Credentials<'static>: Display);
    assert_not!(Form<'static>: Display);
}

#[test]
fn what_is_redacted_is_not_sent_by_accident() {
    assert_not!(Redacted<'static>: Into<String>);
    assert_not!(Redacted<'static>: Into<Command<'static>>);
    assert_not!(Redacted<'static>: AsRef<str>);
}
