//! Who owns the text, what the types promise, and what they say of themselves.

mod util;

use core::error::Error;
use core::fmt::{Debug, Display};
use core::panic::{RefUnwindSafe, UnwindSafe};

use cnic_command::form::{Body, Credentials, Form};
use cnic_command::{
    BuildError, BuildErrorKind, Command, Encoded, ErrorKind, Finding, FindingKind, Limits,
    ParseError, Position, Redacted, Series, TagFamily, TagKind,
};

use crate::util::{built, command, form, keys, text};

//--- Ownership

#[track_caller]
fn is_in(text: &str, at: &str, part: &str) {
    let offset = part.as_ptr().addr().wrapping_sub(text.as_ptr().addr());
    assert_eq!(text.get(offset..offset + part.len()), Some(part), "not borrowed");
    assert_eq!(Some(offset), text.find(at).map(|start| start + at.len()), "{part}");
}

#[test]
fn what_is_read_is_a_slice_of_the_text() {
    let text = String::from("[COMMAND]\r\nCommand = X \r\n Key0 = a value \r\nK2=\r\nEOF\r\n");
    let mut command = command(&text);
    is_in(&text, "Command = ", command.name());
    is_in(&text, "Key0 = ", command.get("key0").expect("a value"));
    is_in(&text, "\r\n ", command.parameters().next().expect("a parameter").0);
    is_in(&text, "Key0 = ", command.series("KEY").get(0).expect("a value"));
    is_in(&text, "Key0 = ", command.clone().get("KEY0").expect("a value"));
    let part = command.chunks("KEY", 1).next().expect("a part");
    is_in(&text, "Key0 = ", part.get("KEY0").expect("a value"));
    let removed = command.remove("KEY0").expect("a value");
    assert!(matches!(removed, std::borrow::Cow::Borrowed("a value")));
    is_in(&text, "Key0 = ", &removed);
}

#[test]
fn what_is_set_is_taken_as_it_is() {
    let (borrowed, owned) = (String::from("borrowed"), String::from("owned"));
    let at = owned.as_ptr();
    let mut command = built("X", &[]);
    command.set("A", &*borrowed).expect("a value");
    command.set("B", owned).expect("a value");
    assert_eq!(command.get("A").map(str::as_ptr), Some(borrowed.as_ptr()));
    assert_eq!(command.get("B").map(str::as_ptr), Some(at), "moved");
    let command = command.into_owned();
    assert_eq!(command.get("B").map(str::as_ptr), Some(at), "owned already");
}

#[test]
fn into_owned_outlives_the_text() {
    let owned: Command<'static> = {
        let text = String::from("command=X\nb=1\nA=2");
        let borrowed = command(&text);
        let owned = borrowed.clone().into_owned();
        assert_ne!(owned.name().as_ptr(), borrowed.name().as_ptr());
        assert_eq!(owned, borrowed);
        owned
    };
    assert_eq!(text(&owned), "COMMAND=X\nb=1\nA=2");
}

#[test]
fn a_form_borrows_what_is_not_escaped() {
    let body = String::from("s_login=account%3Ame&s_pw=plain&command=X&A=value&B=es%63aped");
    let read = form(&body);
    is_in(&body, "s_pw=", read.credentials().password().expect("a password"));
    let command = read.command().expect("a command").expect("a command");
    is_in(&body, "A=", command.get("a").expect("a value"));
    assert_eq!((command.get("b"), read.credentials().login()), (Some("escaped"), Some("account")));
}

//--- Types

#[test]
fn types_are_send_sync_and_unwind_safe() {
    fn assert<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + Clone + Debug>() {}

    assert::<Body<'_>>();
    assert::<BuildError>();
    assert::<BuildErrorKind>();
    assert::<Command<'_>>();
    assert::<Credentials<'_>>();
    assert::<Encoded<'_>>();
    assert::<ErrorKind>();
    assert::<Finding>();
    assert::<FindingKind>();
    assert::<Form<'_>>();
    assert::<Limits>();
    assert::<ParseError>();
    assert::<Position>();
    assert::<Redacted<'_>>();
    assert::<Series<'_>>();
    assert::<TagFamily>();
    assert::<TagKind>();
}

#[test]
fn views_and_small_values_are_copy() {
    fn assert<T: Copy>() {}

    assert::<(Body<'_>, Encoded<'_>, Redacted<'_>)>();
    assert::<(ParseError, BuildError, Position, Finding, Limits)>();
    assert::<(ErrorKind, BuildErrorKind, FindingKind, TagFamily, TagKind)>();
}

#[test]
fn iterators_go_both_ways_and_know_their_length() {
    fn assert<I: ExactSizeIterator + DoubleEndedIterator + Clone + Send + Sync>(iter: I) -> usize {
        assert_eq!(iter.clone().rev().count(), iter.len());
        iter.len()
    }

    let command = command("COMMAND=X\nA1=b\nA0=a\nB=c");
    let series = command.series("A");
    let lens = [assert(command.parameters()), assert(series.iter()), assert(series.values())];
    assert_eq!(lens, [3, 2, 2]);
    let values = command.series("A").values().collect::<Vec<_>>();
    assert_eq!(values, ["a", "b"], "they outlive the view");
}

#[test]
fn errors_are_small_and_own_nothing() {
    fn assert<T: Error + Send + Sync + Clone + Eq + 'static>() {}

    assert::<ParseError>();
    assert::<BuildError>();
    assert!(size_of::<ParseError>() <= 16);
    assert!(size_of::<Result<(), ParseError>>() <= 16);
    assert!(size_of::<BuildError>() == 1 && size_of::<Result<(), BuildError>>() == 1);
    let boxed: Box<dyn Error + Send + Sync> = Command::parse("").expect_err("empty").into();
    assert!(boxed.source().is_none());
}

//--- Equality

#[test]
fn equality_is_of_meaning() {
    let one = command("COMMAND=AddDomain\nDOMAIN=example.com\nNS0=a\nNS1=");
    for equal in [
        "[COMMAND]\r\n\r\nns1 =\r\n Domain = example.com\r\ncommand = adddomain\r\nNs0=a\r\nEOF",
        "NS1=\nNS0=a\nDOMAIN=example.com\nCOMMAND=ADDDOMAIN",
    ] {
        assert_eq!(command(equal), one, "{equal:?}");
        assert_eq!(one, command(equal), "{equal:?}");
    }
    assert_eq!(built("addDomain", &[("ns1", ""), ("ns0", "a"), ("domain", "example.com")]), one);
    for other in [
        "COMMAND=AddDomain\nDOMAIN=example.com\nNS0=a",
        "COMMAND=AddDomain\nDOMAIN=example.com\nNS0=a\nNS1=\nNS2=",
        "COMMAND=AddDomain\nDOMAIN=Example.com\nNS0=a\nNS1=",
        "COMMAND=AddDomain\nDOMAIN=example.com\nNS0=a\nNS2=",
        "COMMAND=AddDomain\nDOMAIN=example.com\nNS0=a\nNS01=",
        "COMMAND=ModifyDomain\nDOMAIN=example.com\nNS0=a\nNS1=",
        "COMMAND=AddDomain",
    ] {
        assert_ne!(command(other), one, "{other:?}");
        assert_ne!(one, command(other), "{other:?}");
    }
}

//--- Setting and removing

#[test]
fn set_replaces_in_place_and_keeps_the_first_spelling() {
    let mut command = command("COMMAND=X\nb=1\nDoMaIn=2\nA=3");
    command.set("DOMAIN", "new").expect("a value");
    command.set("c", "4").expect("a value");
    command.set("B", "").expect("a value");
    assert_eq!(text(&command), "COMMAND=X\nb=\nDoMaIn=new\nA=3\nc=4");
    let command = command.with("a", "5").and_then(|command| command.with("d", "6"));
    assert_eq!(text(&command.expect("values")), "COMMAND=X\nb=\nDoMaIn=new\nA=5\nc=4\nd=6");
}

#[test]
fn remove_keeps_the_order_of_the_others() {
    let mut command = command("COMMAND=X\nA=1\nB=2\nC=3\nD=4\nE=5");
    assert_eq!(command.remove("b").as_deref(), Some("2"));
    assert_eq!(keys(&command), ["A", "C", "D", "E"]);
    assert_eq!(command.remove("A").as_deref(), Some("1"));
    assert_eq!(
        (command.remove("A"), command.remove("COMMAND"), command.remove("")),
        (None, None, None)
    );
    assert_eq!((keys(&command), command.get("e")), (vec!["C", "D", "E"], Some("5")));
    command.set("A", "6").expect("a value");
    assert_eq!(keys(&command), ["C", "D", "E", "A"], "a new one is the last");
    for key in ["c", "d", "e", "a"] {
        assert!(!command.is_empty() && command.remove(key).is_some());
    }
    assert!(command.is_empty());
}

//--- Limits

fn limited(set: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::DEFAULT;
    set(&mut limits);
    limits
}

#[test]
fn the_default_limits_are_documented() {
    let Limits { bytes, parameters, .. } = Limits::DEFAULT;
    assert_eq!((bytes, parameters), (67_108_864, 262_144));
    assert_eq!(Limits::default(), Limits::DEFAULT);
}

#[test]
fn a_text_is_read_at_the_limit_and_refused_above() {
    let text = "COMMAND=X\nA=1\n\nB=ü\n";
    let len = u32::try_from(text.len()).expect("short");
    let read = |limits| Command::parse_within(text, limits).map(|command| command.len());
    let at = |error: ParseError| (error.kind(), error.position().line(), error.position().byte());
    assert_eq!(read(limited(|limits| limits.bytes = len)), Ok(2));
    let error = read(limited(|limits| limits.bytes = len - 1)).unwrap_err();
    assert_eq!(at(error), (ErrorKind::ByteLimit, 1, 0));
    assert_eq!(read(limited(|limits| limits.parameters = 2)), Ok(2), "`COMMAND` is none");
    let error = read(limited(|limits| limits.parameters = 1)).unwrap_err();
    assert_eq!(at(error), (ErrorKind::ParameterLimit, 4, 15));
    let none = limited(|limits| (limits.bytes, limits.parameters) = (u32::MAX, 0));
    assert!(Command::parse_within("COMMAND=X", none).is_ok());
    assert_eq!(at(read(none).unwrap_err()), (ErrorKind::ParameterLimit, 2, 10));
}

#[test]
fn a_form_is_read_at_the_limit_and_refused_above() {
    for (body, place) in [
        ("s_login=me&command=X&A=1&B=%C3%BC", (1, 25)),
        ("s_login=me&s_command=COMMAND%3DX%0AA=1%0AB%3D%C3%BC", (3, 14)),
    ] {
        let len = u32::try_from(body.len()).expect("short");
        let read = |limits| {
            let form = Form::decode_within(body.as_bytes(), limits)?;
            Ok::<_, ParseError>(form.command()?.expect("a command").len())
        };
        assert_eq!(read(limited(|limits| limits.bytes = len)), Ok(2));
        let error = read(limited(|limits| limits.bytes = len - 1)).unwrap_err();
        assert_eq!((error.kind(), error.position()), (ErrorKind::ByteLimit, Position::START));
        assert_eq!(read(limited(|limits| limits.parameters = 2)), Ok(2));
        let error = read(limited(|limits| limits.parameters = 1)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ParameterLimit);
        assert_eq!((error.position().line(), error.position().byte()), place);
    }
}

//--- Texts

#[test]
fn invalid_utf_8_is_an_error_with_its_offset() {
    for (bytes, offset, line, byte) in [
        (&b"\xff"[..], 0, 1, 0),
        (b"COMMAND=X\nA=\xfc\n", 12, 2, 10),
        (b"COMMAND=X\r\n\r\nA=\xf0\x9f\x8c", 15, 3, 13),
        (b"COMMAND=X\n\xed\xa0\x80=1", 10, 2, 10),
    ] {
        let error = Command::from_utf8(bytes).expect_err("not UTF-8");
        assert_eq!(error.kind(), ErrorKind::InvalidUtf8 { offset: Some(offset) });
        assert_eq!((error.position().line(), error.position().byte()), (line, byte));
    }
    let read = Command::from_utf8("COMMAND=X\nA=ü".as_bytes()).expect("a command");
    assert_eq!(read.get("A"), Some("ü"));
}

#[track_caller]
fn says(value: impl Display, expected: &str) {
    let said = value.to_string();
    assert_eq!(said, expected);
    assert!(!said.ends_with('.') && !said.starts_with(char::is_uppercase));
}

#[test]
fn error_texts() {
    says(ErrorKind::ByteLimit, "more bytes than the limit");
    says(ErrorKind::ControlByte, "control character in a form");
    says(ErrorKind::ControlCharacter, "value holds CR, LF or NUL");
    says(ErrorKind::DuplicateKey { first_line: 7 }, "key given twice, first in line 7");
    says(ErrorKind::DuplicateName, "field given twice");
    says(ErrorKind::InvalidEscape, "bad `%` escape");
    says(ErrorKind::InvalidKey, "key is not made of letters, digits, `-` and `_`");
    says(ErrorKind::InvalidName, "command name is not made of letters, digits, `-` and `_`");
    says(ErrorKind::InvalidPersistent, "`persistent` is not 0 or 1");
    says(ErrorKind::InvalidUtf8 { offset: Some(26) }, "invalid UTF-8 at byte 26");
    says(ErrorKind::InvalidUtf8 { offset: None }, "invalid UTF-8");
    says(ErrorKind::MisplacedHeader, "`[COMMAND]` is not the first line");
    says(ErrorKind::MissingCommand, "no `COMMAND` parameter");
    says(ErrorKind::MissingEquals, "line without `=`");
    says(ErrorKind::MixedShapes, "flat parameter beside `s_command`");
    says(ErrorKind::OuterBlank, "blank at the end of a value");
    says(ErrorKind::ParameterLimit, "more parameters than the limit");
    let second = ErrorKind::RepeatedCommand { first_line: 1 };
    says(second, "second `COMMAND`, the first is in line 1");
    says(ErrorKind::TrailingData, "text after `EOF`");
    says(ErrorKind::Truncated, "`[COMMAND]` without `EOF`");
}

#[test]
fn texts_of_what_can_not_be_built() {
    let mut command = built("X", &[]);
    let refused = |kind, result: Result<(), BuildError>, expected| {
        let error = result.expect_err("refused");
        assert_eq!(error.kind(), kind);
        says(error, expected);
    };
    let key = "key is not made of letters, digits, `-` and `_`";
    refused(BuildErrorKind::InvalidKey, command.set("A=B", ""), key);
    let name = "command name is not made of letters, digits, `-` and `_`";
    refused(BuildErrorKind::InvalidName, Command::new("A=B").map(|_| ()), name);
    let own = "`COMMAND` is the command's name, not a parameter";
    refused(BuildErrorKind::CommandKey, command.set("Command", "Y"), own);
    let control = "value holds CR, LF or NUL";
    refused(BuildErrorKind::ControlCharacter, command.set("A", "\n"), control);
    let blank = "blank at the end of a value";
    refused(BuildErrorKind::OuterBlank, command.set("A", " b"), blank);
    let twice = command.set_indexed("A", [(1, "a"), (1, "b")]);
    refused(BuildErrorKind::DuplicateIndex, twice, "index given twice");
    let above = command.set_tag(TagFamily::ZoneTag, 4096, "a");
    refused(BuildErrorKind::TagIndex, above, "tag index above 4095");
    let many = command.set_tags(TagFamily::ZoneTag, ["a"; 4097]);
    refused(BuildErrorKind::TooManyTags, many, "more than 4096 tags");
    let flat = Credentials::new().flatten(&built("X", &[("s_a", "b")])).map(|_| ());
    refused(BuildErrorKind::TransportKey, flat, "key has a meaning of its own in a flat form");
}

#[test]
fn texts_of_findings() {
    let (tag, add) = (TagFamily::DomainTag, TagFamily::AddDomainTag);
    says(FindingKind::IndexTooLarge(tag), "`DomainTag` index is above 4095");
    says(FindingKind::LeadingZeros(tag), "`DomainTag` index has leading zeros");
    says(FindingKind::MissingIndex(tag), "`DomainTag` has no index");
    says(FindingKind::Mixed(tag, add), "`DomainTag` beside `AddDomainTag`");
    says(FindingKind::NotTaken(add), "`AddDomainTag` is not taken by this command");
    says(FindingKind::UnexpectedIndex(TagFamily::ZoneTag), "`ZoneTag` takes no index here");
    let names = TagFamily::ALL.map(|family| (family.to_string(), family.key()));
    let keys = ["DomainTag", "ZoneTag", "AddDomainTag", "DelDomainTag", "AddZoneTag", "DelZoneTag"];
    assert_eq!(names, keys.map(|key| (key.to_owned(), key)));
}

#[test]
fn errors_and_findings_end_with_their_place() {
    says(Position::START, "line 1, byte 0");
    let error = Command::parse("COMMAND=X\r\nA=1\r\n a=2").expect_err("refused");
    says(error, "key given twice, first in line 2 (line 3, byte 16)");
    let error = Form::decode(b"s_pw=a&s_pw=b").expect_err("refused");
    says(error, "field given twice (line 1, byte 7)");
    let mut first: Option<Finding> = None;
    let mut command = command("COMMAND=TransferDomain\n\nZoneTag0=a");
    command.check(&mut first);
    says(first.expect("a finding"), "`ZoneTag` is not taken by this command (line 3, byte 24)");
    command.set("ZoneTag0", "b").expect("a tag");
    let mut first: Option<Finding> = None;
    command.check(&mut first);
    says(first.expect("a finding"), "`ZoneTag` is not taken by this command");
}
