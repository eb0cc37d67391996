//! Commands and credentials as forms: their bytes, every way to read them, and what is refused.

use cnic_command::form::{Credentials, Form, is_transport};
use cnic_command::{BuildErrorKind, Command, ErrorKind};

use crate::util::{built, form, text};

/// Takes the command out of a form that must hold one.
#[track_caller]
fn command_in<'f>(form: &'f Form<'_>) -> Command<'f> {
    form.command().expect("a command").expect("not a form without one")
}

//--- Credentials

#[test]
fn credentials_in_every_combination() {
    for bits in 0..128_u32 {
        let has = |bit: u32| bits & (1 << bit) != 0;
        let (mut credentials, mut pairs) = (Credentials::new(), Vec::new());
        // The role is a part of the login, and makes one if there is none.
        if has(0) {
            credentials = credentials.with_login("me");
        }
        if has(1) {
            credentials = credentials.with_role("clerk");
        }
        match (has(0), has(1)) {
            (true, true) => pairs.push("s_login=me%3Aclerk"),
            (true, false) => pairs.push("s_login=me"),
            (false, true) => pairs.push("s_login=%3Aclerk"),
            (false, false) => {}
        }
        type With = fn(Credentials<'static>) -> Credentials<'static>;
        let rest: [(With, &str); 5] = [
            (|c| c.with_password("p w"), "s_pw=p+w"),
            (|c| c.with_otp("0042"), "s_otp=0042"),
            (|c| c.with_session_id("a/b="), "s_sessionid=a%2Fb%3D"),
            (Credentials::with_persistent, "persistent=1"),
            (|c| c.with_opmode("OTE"), "s_opmode=OTE"),
        ];
        for ((with, pair), bit) in rest.into_iter().zip(2..) {
            if has(bit) {
                credentials = with(credentials);
                pairs.push(pair);
            }
        }
        let expected = pairs.join("&");
        let body = credentials.alone();
        assert_eq!((body.to_string(), body.is_empty()), (expected, bits == 0));
        let body = String::from(body);
        let read = form(&body);
        assert_eq!(read.credentials(), &credentials, "{body}");
        assert!(!read.is_wrapped() && read.command() == Ok(None));
        pairs.reverse();
        assert_eq!(form(&pairs.join("&")).credentials(), &credentials, "the order is nothing");
    }
}

#[test]
fn credentials_are_read_as_they_were_set() {
    let read = form("s_login=a%3Ab&s_pw=c&s_otp=d&s_sessionid=e&persistent=1&s_opmode=f&s_user=g");
    let read = read.credentials();
    assert_eq!((read.login(), read.role(), read.password()), (Some("a"), Some("b"), Some("c")));
    assert_eq!((read.otp(), read.session_id(), read.opmode()), (Some("d"), Some("e"), Some("f")));
    assert!(read.is_persistent() && read.others().eq([("s_user", "g")]));
    let none = Credentials::new();
    assert_eq!((none.login(), none.role(), none.password()), (None, None, None));
    assert_eq!((none.otp(), none.session_id(), none.opmode()), (None, None, None));
    assert!(!none.is_persistent() && none.others().len() == 0);
    assert_eq!(none, Credentials::default());
}

#[test]
fn the_role_follows_the_first_colon() {
    let new = Credentials::new;
    for (credentials, login, role, body) in [
        (new().with_login("a"), "a", None, "s_login=a"),
        (new().with_login("a:b"), "a", Some("b"), "s_login=a%3Ab"),
        (new().with_login("a:b".to_owned()), "a", Some("b"), "s_login=a%3Ab"),
        (new().with_login("a:b:c"), "a", Some("b:c"), "s_login=a%3Ab%3Ac"),
        (new().with_login("a").with_role("b:c"), "a", Some("b:c"), "s_login=a%3Ab%3Ac"),
        (new().with_role("b:c").with_login("a"), "a", Some("b:c"), "s_login=a%3Ab%3Ac"),
        (new().with_login("a:b").with_role("c"), "a", Some("c"), "s_login=a%3Ac"),
        (new().with_role("c").with_login("a:b"), "a", Some("b"), "s_login=a%3Ab"),
        (new().with_login("a:"), "a", Some(""), "s_login=a%3A"),
        (new().with_login(":b"), "", Some("b"), "s_login=%3Ab"),
        (new().with_login(""), "", None, "s_login="),
        (new().with_login("a!b"), "a!b", None, "s_login=a%21b"),
    ] {
        assert_eq!((credentials.login(), credentials.role()), (Some(login), role), "{body}");
        assert_eq!(credentials.alone().to_string(), body);
        assert_eq!(form(body).credentials(), &credentials);
    }
    assert_eq!(form("s_login=a:b").credentials().role(), Some("b"), "a raw colon");
}

#[test]
fn unknown_credentials_are_kept_in_order() {
    let body = "s_user=sub&s_login=me&S_Entity=1234&s_session=a+b&s_remoteaddr=192.0.2.1%3A80&s_=";
    let read = form(body);
    let others = [
        ("s_user", "sub"),
        ("S_Entity", "1234"),
        ("s_session", "a b"),
        ("s_remoteaddr", "192.0.2.1:80"),
        ("s_", ""),
    ];
    assert!(read.credentials().others().eq(others));
    let rest = "s_user=sub&S_Entity=1234&s_session=a+b&s_remoteaddr=192.0.2.1%3A80&s_=";
    assert_eq!(read.credentials().alone().to_string(), format!("s_login=me&{rest}"));
    let odd = form("s_a+b=1&s_%C3%BC%26=2");
    let body = odd.credentials().alone().to_string();
    assert_eq!(form(&body).credentials(), odd.credentials(), "{body}");
}

#[test]
fn persistent_is_0_or_1() {
    for (body, persistent) in [
        ("persistent=1", true),
        ("PERSISTENT=%31", true),
        ("persistent=0", false),
        ("persistent=", false),
        ("", false),
    ] {
        assert_eq!(form(body).credentials().is_persistent(), persistent, "{body}");
    }
}

//--- Writing

#[test]
fn exact_bytes() {
    let value = "A b*c-d._~!'()/=&%+\t\"\\{}ü🌐";
    let escaped = "A+b*c-d._%7E%21%27%28%29%2F%3D%26%25%2B%09%22%5C%7B%7D%C3%BC%F0%9F%8C%90";
    let command = built("StatusDomain", &[("domain", "example.com"), ("X-y_Z0", value), ("E", "")]);
    let wrapped = format!(
        "s_command=COMMAND%3DStatusDomain%0Adomain%3Dexample.com%0AX-y_Z0%3D{escaped}%0AE%3D"
    );
    let flat = format!("command=StatusDomain&domain=example.com&X-y_Z0={escaped}&E=");
    let none = Credentials::new();
    let some = Credentials::new().with_login(value).with_role(value).with_password(value);
    let head = format!("s_login={escaped}%3A{escaped}&s_pw={escaped}");
    for (credentials, head) in [(&none, String::new()), (&some, head + "&")] {
        assert_eq!(credentials.wrap(&command).to_string(), format!("{head}{wrapped}"));
        let body = credentials.flatten(&command).expect("a form");
        assert_eq!(body.to_string(), format!("{head}{flat}"));
        assert_eq!(body.len(), head.len() + flat.len());
        assert!(!body.is_empty());
    }
    let bare = built("X", &[]);
    assert_eq!(none.wrap(&bare).to_string(), "s_command=COMMAND%3DX");
    assert_eq!(none.flatten(&bare).expect("a form").to_string(), "command=X");
}

#[test]
fn a_key_that_is_a_credential_does_not_go_into_a_flat_form() {
    for key in ["s_login", "S_PW", "s_", "s_x-1", "persistent", "PERSISTENT", "s_command"] {
        let command = built("X", &[("a", "b"), (key, "v")]);
        let credentials = Credentials::new().with_login("me");
        let error = credentials.flatten(&command).expect_err("a flat form would lose it");
        assert_eq!(
            (error.kind(), is_transport(key)),
            (BuildErrorKind::TransportKey, true),
            "{key}"
        );
        let body = credentials.wrap(&command).to_string();
        let read = form(&body);
        assert_eq!((command_in(&read), read.credentials()), (command, &credentials), "{key}");
    }
    for key in ["s", "s-x", "ss_x", "xs_login", "persistent0", "xpersistent", "login", "password"] {
        let command = built("X", &[(key, "v")]);
        let body = Credentials::new().flatten(&command).expect("a form").to_string();
        assert_eq!((command_in(&form(&body)), is_transport(key)), (command, false), "{key}");
    }
}

#[test]
fn every_character_survives_both_shapes() {
    let credentials = Credentials::new();
    let more = ['ß', 'é', '\u{7ff}', '\u{800}', '…', '\u{2028}', '\u{ffff}', '\u{10000}', '🌐'];
    for c in ('\u{1}'..='\u{ff}').chain(more).filter(|c| !matches!(c, '\r' | '\n')) {
        for value in [format!("x{c}y"), format!("{c}{c}=&%+{c}41 %41+-{c}")] {
            let value = value.trim_matches([' ', '\t']);
            let command = built("X", &[("A", value), ("B", "b")]);
            let flat = credentials.flatten(&command).expect("a form");
            for body in [credentials.wrap(&command), flat] {
                assert_eq!(command_in(&form(&body.to_string())), command, "{c:?}: {body}");
            }
            let login = Credentials::new().with_login("a").with_role(value).with_otp(value);
            assert_eq!(form(&login.alone().to_string()).credentials(), &login, "{c:?}");
        }
    }
}

//--- Reading

#[test]
fn all_flavours_of_percent_encoding_read_alike() {
    let value = "x y*z~k/!'()…";
    let expected = built("AddContact", &[("name", value), ("B", "b")]);
    // What each of the vendor's clients makes of space, `*`, `~`, `/`, `!'()` and LF.
    for (client, [space, star, tilde, slash, marks, lf]) in [
        ("php", ["+", "%2A", "%7E", "%2F", "%21%27%28%29", "%0A"]),
        ("go", ["+", "%2A", "~", "%2F", "%21%27%28%29", "%0A"]),
        ("java", ["+", "%2A", "%7E", "%2F", "%21%27%28%29", "%0A"]),
        ("java, login", ["+", "*", "%7E", "%2F", "%21%27%28%29", "%0A"]),
        ("node", ["%20", "%2A", "~", "%2F", "%21%27%28%29", "%0A"]),
        ("python", ["%20", "%2A", "~", "/", "%21%27%28%29", "%0A"]),
        ("perl", ["+", "*", "~", "%2F", "!'()", "%0D%0A"]),
        ("nobody", [" ", "%2a", "%7e", "%2f", "!%27(%29", "%0d%0a"]),
    ] {
        let escaped = format!("x{space}y{star}z{tilde}k{slash}{marks}%E2%80%a6");
        let wrapped = format!("s_command=COMMAND%3DAddContact{lf}name%3D{escaped}{lf}B=b{lf}");
        let flat = format!("command=AddContact&name={escaped}&B=%62");
        for body in [&wrapped, &flat, &wrapped.replace("%E2%80%a6", "…")] {
            let body = format!("s_pw={escaped}&{body}");
            let read = form(&body);
            assert_eq!(command_in(&read), expected, "{client}: {body}");
            assert_eq!(read.credentials().password(), Some(value), "{client}");
            assert_eq!(read.is_wrapped(), body.contains("s_command"));
        }
    }
}

#[test]
fn nothing_is_decoded_twice() {
    for (raw, value) in [
        ("%2541", "%41"),
        ("%252B", "%2B"),
        ("%2B", "+"),
        ("+%2B+", " + "),
        ("%25", "%"),
        ("%25%34%31", "%41"),
        ("%2525", "%25"),
        ("%26a%3Db", "&a=b"),
        ("a=b", "a=b"),
        ("%C3%83%C2%BC", "Ã¼"),
        ("a;b", "a;b"),
    ] {
        let body = format!("s_pw={raw}");
        assert_eq!(form(&body).credentials().password(), Some(value), "{raw}");
        for body in [format!("command=X&a=.{raw}."), format!("s_command=COMMAND%3DX%0Aa=.{raw}.")] {
            let read = form(&body);
            assert_eq!(command_in(&read).get("a"), Some(&*format!(".{value}.")), "{body}");
        }
    }
}

#[test]
fn names_are_decoded_and_have_no_case() {
    for body in [
        "S_LOGIN=me&S_Command=COMMAND%3DX%0AA-B%3D1",
        "%73_login=me&s%5Fcommand=COMMAND%3DX%0AA-B%3D1",
        "s_login=me&COMMAND=X&A-B=1",
        "S_Login=me&a%2Db=1&Command=X",
        "&&A-B=1&&command=X&s_login=me&",
    ] {
        let read = form(body);
        assert_eq!(read.credentials(), &Credentials::new().with_login("me"), "{body}");
        assert_eq!(command_in(&read), built("X", &[("A-B", "1")]), "{body}");
    }
}

#[test]
fn the_wrapped_command_is_a_text_as_any() {
    let read = form("s_command=%5BCOMMAND%5D%0D%0A+Command+%3D+X+%0D%0Aa+=b%0D%0AEOF%0D%0A");
    assert_eq!(text(&command_in(&read)), "COMMAND=X\na=b");
    let read = form("s_command=COMMAND%3DX%0Apersistent%3D1%0As_pw%3Dv");
    assert_eq!(command_in(&read).len(), 2, "inside, a key is a key");
    assert_eq!(read.credentials(), &Credentials::new());

    for (body, kind, line, byte) in [
        ("s_command=", ErrorKind::MissingCommand, 1, 0),
        ("s_command=COMMAND%3DX%0Aa", ErrorKind::MissingEquals, 2, 10),
        (
            "s_pw=x&s_command=COMMAND%3DX%0A%0Ab=1%0AB=2",
            ErrorKind::DuplicateKey { first_line: 3 },
            4,
            15,
        ),
        ("s_command=%C3%BC=1%0Acommand=X", ErrorKind::InvalidKey { character: Some('ü') }, 1, 0),
        ("s_command=COMMAND%3DX%0Aa=b%0Dc", ErrorKind::ControlCharacter, 2, 10),
    ] {
        let error = form(body).command().expect_err("no command");
        let place = (error.position().line(), error.position().byte());
        assert_eq!((error.kind(), place), (kind, (line, byte)), "{body}");
    }
}

#[test]
fn no_field_is_there_twice() {
    for name in [
        "s_command",
        "s_login",
        "s_pw",
        "s_otp",
        "s_sessionid",
        "s_opmode",
        "persistent",
        "s_entity",
        "s_",
        "s_@[",
        "s_a+b",
        "s_%C3%BC",
        "command",
        "domain",
    ] {
        for other in [name.to_owned(), name.replace("s_", "%53_"), name.replace('a', "A")] {
            let body = format!("{name}=&{other}=").replace("command=&", "command=X&");
            let error = Form::decode(body.as_bytes()).expect_err(&body);
            let second = body.find('&').map_or(0, |and| and + 1);
            let found = (error.kind(), error.position().byte());
            assert_eq!(found, (ErrorKind::DuplicateName { first_byte: 0 }, second), "{body}");
        }
    }
    // What differs by more than ASCII case is another name.
    let read = form("s_@[=1&s_`{=2&s_%C3%BC=3&s_%C3%9C=4&s_a=5&s_a%00=6&s_a+=7");
    assert_eq!(read.credentials().others().len(), 7);
}

#[test]
fn bodies_that_are_no_form() {
    use ErrorKind as E;

    let twice = |first_byte| E::DuplicateName { first_byte };
    let invalid = |character| E::InvalidKey { character: Some(character) };
    let utf8 = E::InvalidUtf8 { offset: None };
    for (body, kind, byte) in [
        (&b"command"[..], E::PairWithoutEquals, 0),
        (b"command=X&&a&b=1", E::PairWithoutEquals, 11),
        (b"command=X&a=%", E::InvalidEscape, 10),
        (b"command=X&a=%4", E::InvalidEscape, 10),
        (b"command=X&a=%4&b=1", E::InvalidEscape, 10),
        (b"command=X&a=%+4", E::InvalidEscape, 10),
        (b"command=X&a=%%41", E::InvalidEscape, 10),
        (b"command=X&a=%u00fc", E::InvalidEscape, 10),
        (b"command=X&%a=1", E::InvalidEscape, 10),
        (b"s_pw=100%", E::InvalidEscape, 0),
        (b"s_login=me&s_pw=a\tb", E::ControlByte, 11),
        (b"command=X\n", E::ControlByte, 0),
        (b"command=X&a\0=1", E::ControlByte, 10),
        (b"command=X&a=\x7f", E::ControlByte, 10),
        (b"s_command=COMMAND=X\r\nA=1", E::ControlByte, 0),
        (b"command=X&a=%FC", utf8, 10),
        (b"command=X&a=\xfc", utf8, 10),
        (b"command=X&a=%ED%A0%80", utf8, 10),
        (b"s_pw=%C3&a=%BC", utf8, 0),
        (b"s_\xff=1", utf8, 0),
        (b"s_pw=1&S_PW=1", twice(0), 7),
        (b"s_entity=1&s_e%6Etity=1", twice(0), 11),
        (b"command=X&Command=X", twice(0), 10),
        (b"command=X&a=1&A=1", twice(10), 14),
        (b"s_command=COMMAND%3DX&s_command=", twice(0), 22),
        (b"persistent=1&persistent=0", twice(0), 13),
        (b"persistent=2", E::InvalidPersistent, 0),
        (b"s_pw=x&persistent=01", E::InvalidPersistent, 7),
        (b"persistent=true", E::InvalidPersistent, 0),
        (b"persistent=+1", E::InvalidPersistent, 0),
        (b"s_command=COMMAND%3DX&a=1", E::MixedShapes, 22),
        (b"a=1&s_command=COMMAND%3DX", E::MixedShapes, 4),
        (b"command=X&s_command=COMMAND%3DX", E::MixedShapes, 10),
        (b"s_command=&command=", E::MixedShapes, 11),
        (b"a=1&b=2", E::MissingCommand, 7),
        (b"a=1&&", E::MissingCommand, 5),
        (b"command=", E::InvalidName, 0),
        (b"command=Status+Domain", E::InvalidName, 0),
        (b"a=1&command=%C3%BC", E::InvalidName, 4),
        (b"command=X&=1", E::InvalidKey { character: None }, 10),
        (b"command=X&a+b=1", invalid(' '), 10),
        (b"command=X&dns%5B%5D=1", invalid('['), 10),
        (b"command=X&%C3%BC=1", invalid('ü'), 10),
        (b"command=X&a=b%0ASUBUSER=c", E::ControlCharacter, 10),
        (b"command=X&a=%0D", E::ControlCharacter, 10),
        (b"command=X&a=%00", E::ControlCharacter, 10),
    ] {
        let error = Form::decode(body).expect_err("must be refused");
        let shown = String::from_utf8_lossy(body);
        assert_eq!((error.kind(), error.position().byte()), (kind, byte), "{shown}");
        assert_eq!(error.position().line(), 1, "{shown}");
    }
}

#[test]
fn blanks_around_a_flat_value_are_trimmed_as_in_text() {
    for (raw, value) in [
        ("+Anna", "Anna"),
        ("Anna%20", "Anna"),
        ("%09+Anna+%09", "Anna"),
        ("+", ""),
        ("%09", ""),
        (" b ", "b"),
        ("+a+b+", "a b"),
        ("%C2%A0a%C2%A0", "\u{a0}a\u{a0}"),
        ("%0Ba", "\u{b}a"),
    ] {
        let flat = format!("command=+X%09&name={raw}");
        let wrapped = format!("s_command=COMMAND%3D+X%09%0Aname%3D{raw}");
        for body in [flat, wrapped] {
            let read = form(&body);
            assert_eq!(command_in(&read), built("X", &[("name", value)]), "{body}");
        }
        // A credential is no line of a command.
        let body = format!("s_pw={raw}&command=X");
        let read = form(&body);
        let kept = read.credentials().password().expect("a password");
        assert_eq!(kept.trim_matches([' ', '\t']), value);
        assert_eq!(kept.len() > value.len(), raw != "%C2%A0a%C2%A0" && raw != "%0Ba", "{body}");
    }
    for body in ["command=X&name=+%0D", "command=X&name=+a%0A+"] {
        let error = Form::decode(body.as_bytes()).expect_err("no line");
        assert_eq!(error.kind(), ErrorKind::ControlCharacter, "{body}");
    }
}
