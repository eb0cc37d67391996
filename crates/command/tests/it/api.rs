//! Who owns the text, what the types promise, and what setting, removing and the limits do.

use core::error::Error;
use core::fmt::Debug;
use core::panic::{RefUnwindSafe, UnwindSafe};

use cnic_command::form::{Body, Credentials, Form};
use cnic_command::{
    BuildError, BuildErrorKind, Change, Command, Encoded, ErrorKind, Limits, ParseError, Parser,
    Position, Redacted, Redaction, Series, TagFamily, TagKind, Violation, ViolationKind,
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
    assert::<Change>();
    assert::<Command<'_>>();
    assert::<Credentials<'_>>();
    assert::<Encoded<'_>>();
    assert::<ErrorKind>();
    assert::<Violation>();
    assert::<ViolationKind>();
    assert::<Form<'_>>();
    assert::<Limits>();
    assert::<ParseError>();
    assert::<Position>();
    assert::<Redacted<'_>>();
    assert::<Redaction>();
    assert::<Series<'_>>();
    assert::<TagFamily>();
    assert::<TagKind>();
}

#[test]
fn views_and_small_values_are_copy() {
    fn assert<T: Copy>() {}

    assert::<(Body<'_>, Encoded<'_>, Redacted<'_>)>();
    assert::<(ParseError, BuildError, Position, Change, Violation, Limits)>();
    assert::<(ErrorKind, BuildErrorKind, ViolationKind, TagFamily, TagKind)>();
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
    assert!(size_of::<ParseError>() <= 24);
    assert!(size_of::<Result<(), ParseError>>() <= 24);
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

#[test]
fn a_parameter_knows_where_it_was_read() {
    let mut command = command("A = 1\r\n\r\nCOMMAND=X\r\n  b=2\r\nC0=3");
    let place = |command: &Command<'_>, key: &str| {
        command.position(key).map(|place| (place.line(), place.byte()))
    };
    assert_eq!(place(&command, "a"), Some((1, 0)));
    assert_eq!(place(&command, "B"), Some((4, 20)), "before the indentation");
    assert_eq!((place(&command, "COMMAND"), place(&command, "none")), (None, None));
    command.set("B", "2").expect("a value");
    command.set("D", "4").expect("a value");
    command.remove("A");
    assert_eq!(
        ["A", "B", "C0", "D"].map(|key| place(&command, key)),
        [None, None, Some((5, 27)), None]
    );
    assert_eq!(place(&command.clone().into_owned(), "C0"), Some((5, 27)));
    command.set_series("C", ["3"]).expect("values");
    assert_eq!(place(&command, "C0"), None);

    let form = form("s_pw=x&command=X&A=1&B%30=2");
    let command = form.command().expect("a command").expect("a command");
    assert_eq!(["A", "B0"].map(|key| place(&command, key)), [Some((1, 17)), Some((1, 21))]);
}

//--- Limits

fn limited(set: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::DEFAULT;
    set(&mut limits);
    limits
}

#[test]
fn the_default_limits_are_documented() {
    let Limits { bytes, lines, parameters, .. } = Limits::DEFAULT;
    assert_eq!((bytes, lines, parameters), (67_108_864, 1_048_576, 262_144));
    assert_eq!(Limits::default(), Limits::DEFAULT);
}

#[test]
fn a_text_is_read_at_the_limit_and_refused_above() {
    let text = "COMMAND=X\nA=1\n\nB=ü\n";
    let len = u32::try_from(text.len()).expect("short");
    let read = |limits| Parser::new().limits(limits).parse(text).map(|command| command.len());
    let at = |error: ParseError| (error.kind(), error.position().line(), error.position().byte());
    assert_eq!(read(limited(|limits| limits.bytes = len)), Ok(2));
    let error = read(limited(|limits| limits.bytes = len - 1)).unwrap_err();
    assert_eq!(at(error), (ErrorKind::ByteLimit, 1, 0));
    assert_eq!(read(limited(|limits| limits.parameters = 2)), Ok(2), "`COMMAND` is none");
    let error = read(limited(|limits| limits.parameters = 1)).unwrap_err();
    assert_eq!(at(error), (ErrorKind::ParameterLimit, 4, 15));
    let none = limited(|limits| (limits.bytes, limits.parameters) = (u32::MAX, 0));
    assert!(Parser::new().limits(none).parse("COMMAND=X").is_ok());
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

#[test]
fn the_fields_of_a_form_that_are_not_known_have_the_same_limit() {
    let body = "s_login=me&s_entity=1234&s_pw=x&S_USER=y&command=X";
    let read = |parameters| {
        let form =
            Form::decode_within(body.as_bytes(), limited(|limits| limits.parameters = parameters))?;
        Ok::<_, ParseError>(form.credentials().others().len())
    };
    assert_eq!(read(2), Ok(2), "neither the known ones count nor the name of the command");
    for (parameters, byte) in [(1, 32), (0, 11)] {
        let error = read(parameters).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ParameterLimit);
        assert_eq!((error.position().line(), error.position().byte()), (1, byte));
    }
}

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
