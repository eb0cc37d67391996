//! The decisions about what a command is, one section each. Tags have `tags.rs` and `changes.rs`, secrets
//! `secrets.rs`.

use cnic_command::form::Credentials;
use cnic_command::{BuildError, BuildErrorKind, Command, ErrorKind, TagFamily, TagKind};

use crate::util::{built, command, form, keys, refusal, text};

//--- Keys

#[test]
fn keys_and_names_are_letters_digits_hyphen_and_underscore() {
    let others = ['\u{a0}', 'ß', 'é', 'İ', 'ı', 'K', '٣', '０', '\u{feff}', '🌐'];
    for c in ('\0'..='\u{7f}').chain(others) {
        for key in [format!("{c}"), format!("{c}x"), format!("x{c}"), format!("x{c}y")] {
            let legal = matches!(c, '0'..='9' | 'a'..='z' | 'A'..='Z' | '-' | '_');
            let named = Command::new(key.clone()).map(|_| ()).map_err(|error| error.kind());
            assert_eq!(named.err(), (!legal).then_some(BuildErrorKind::InvalidName), "{key:?}");
            let mut command = built("X", &[]);
            let set = command.set(key.clone(), "v").map_err(|error| error.kind());
            assert_eq!(set.err(), (!legal).then_some(BuildErrorKind::InvalidKey), "{key:?}");
            assert_eq!(command.len(), usize::from(legal));
            // In a text those two end the key, and a blank at its end is no part of it.
            if !matches!(c, '\n' | '=') && key.trim_matches([' ', '\t']) == key {
                let text = format!("COMMAND=X\n{key}=v");
                let read = Command::parse(&text).map(|_| ()).map_err(|error| error.kind());
                let invalid = ErrorKind::InvalidKey { character: Some(c) };
                assert_eq!(read.err(), (!legal).then_some(invalid), "{key:?}");
            }
        }
    }
}

#[test]
fn a_key_is_not_empty() {
    let empty = ErrorKind::InvalidKey { character: None };
    assert_eq!(refusal("COMMAND=X\n=v"), (empty, 2, 10));
    assert_eq!(refusal("COMMAND=X\n \t = v"), (empty, 2, 10));
    assert_eq!(built("X", &[]).set("", "v").unwrap_err().kind(), BuildErrorKind::InvalidKey);
    assert_eq!(Command::new("").unwrap_err().kind(), BuildErrorKind::InvalidName);
}

#[test]
fn keys_differ_by_more_than_ascii_case_and_keep_their_spelling() {
    let command = command("COMMAND=X\nX-Fee_Amount0=1\nx-fee_amount1=2\nX-FEE-AMOUNT0=3");
    for key in ["X-Fee_Amount0", "x-fee_amount0", "X-FEE_AMOUNT0"] {
        assert_eq!(command.get(key), Some("1"), "{key}");
    }
    assert_eq!(command.get("X-FEE_AMOUNT"), None);
    assert_eq!(command.get(" X-Fee_Amount0"), None, "a key that is looked for is not trimmed");
    assert_eq!(keys(&command), ["X-Fee_Amount0", "x-fee_amount1", "X-FEE-AMOUNT0"]);
    let uppercase = command.encode().uppercase().to_string();
    assert_eq!(uppercase, "COMMAND=X\nX-FEE_AMOUNT0=1\nX-FEE_AMOUNT1=2\nX-FEE-AMOUNT0=3");
}

#[test]
fn a_key_longer_than_any_buffer_is_a_key() {
    for len in [31, 32, 33, 63, 64, 65, 1000] {
        let key = "k".repeat(len);
        let text = format!("COMMAND=X\n{key}=1\n{key}k=2\n{}l=3", &key[1..]);
        let command = command(&text);
        let upper = key.to_ascii_uppercase();
        assert_eq!(
            (command.get(&upper), command.get(&(upper.clone() + "K"))),
            (Some("1"), Some("2"))
        );
        assert_eq!(command.get(&upper[1..]), None);
        let twice = format!("COMMAND=X\n{key}=1\n{upper}=2");
        assert_eq!(refusal(&twice).0, ErrorKind::DuplicateKey { first_line: 2 });
    }
}

#[test]
fn command_is_the_name_and_no_parameter() {
    for key in ["COMMAND", "command", "Command"] {
        let error = built("X", &[]).set(key, "Y").unwrap_err();
        assert_eq!(error.kind(), BuildErrorKind::CommandKey, "{key}");
        let text = format!("{key}=X");
        let command = command(&text);
        assert_eq!((command.name(), command.get(key), command.len()), ("X", None, 0));
    }
    assert_eq!(built("X", &[("COMMAND0", "Y")]).get("command0"), Some("Y"));
}

//--- Values

/// Hands a value to everything that takes one, and returns what each says. A command that refuses is unchanged.
#[track_caller]
fn everywhere(value: &str) -> Vec<Option<BuildErrorKind>> {
    type Door = fn(&mut Command<'static>, &str) -> Result<(), BuildError>;
    let doors: [Door; 11] = [
        |c, v| c.set("NEW", v.to_owned()),
        |c, v| c.set("key", v.to_owned()),
        |c, v| c.clone().with("NEW", v.to_owned()).map(|with| *c = with),
        |c, v| c.set_series("NS", [String::from("a"), v.to_owned()]),
        |c, v| c.clone().with_series("NS", [v.to_owned()]).map(|with| *c = with),
        |c, v| c.set_indexed("NS", [(7, v.to_owned())]),
        |c, v| c.set_tags(TagFamily::DomainTag, [v.to_owned()]),
        |c, v| c.set_tag(TagFamily::DomainTag, 0, v.to_owned()),
        |c, v| c.set_change(TagKind::Domain, [v], ["a"]).map(drop),
        |c, v| c.set_change(TagKind::Domain, ["a"], [v]).map(drop),
        |c, v| c.set_change(TagKind::Domain, [v; 0], ["a", v]).map(drop),
    ];
    doors
        .into_iter()
        .map(|door| {
            let mut command = built("X", &[("KEY", "old"), ("NS0", "b"), ("DomainTag0", "c")]);
            let before = text(&command);
            let error = door(&mut command, value).err();
            assert_eq!(error.is_some(), text(&command) == before, "{value:?}");
            error.map(|error| error.kind())
        })
        .collect()
}

#[test]
fn line_breaks_and_nul_are_refused_and_never_deleted() {
    for c in ["\r", "\n", "\0", "\r\n"] {
        for value in [c.into(), format!("a{c}b"), format!("{c}b"), format!("a{c}"), format!(" {c}")]
        {
            let refused = everywhere(&value);
            let expected = [Some(BuildErrorKind::ControlCharacter); 11];
            assert_eq!(refused, expected, "{value:?}");
        }
    }
}

#[test]
fn outer_blanks_are_refused_and_never_deleted() {
    for value in [" ", "\t", " a", "a ", "\ta", "a\t", " \t a b"] {
        assert_eq!(everywhere(value), [Some(BuildErrorKind::OuterBlank); 11], "{value:?}");
    }
}

#[test]
fn everything_else_is_a_value() {
    let values = [
        "",
        "a b\tc",
        "=",
        "a=b=c",
        "EOF",
        "[COMMAND]",
        "COMMAND=Y",
        "%0A%0D%00",
        "\\n",
        "\"quoted\"",
        "{brace}",
        "\u{b}\u{c}\u{1}\u{7f}",
        "\u{85}\u{2028}\u{2029}",
        "\u{a0}x\u{a0}",
        "\u{feff}",
        "grün 🌐",
        "0000000000",
        "***",
    ];
    for value in values {
        assert_eq!(everywhere(value), [None; 11], "{value:?}");
        let built = built("X", &[("A", value), ("B", "b")]);
        assert_eq!(built.get("a"), Some(value));
        let text = text(&built);
        assert_eq!(text, format!("COMMAND=X\nA={value}\nB=b"));
        assert_eq!(command(&text), built);
    }
}

#[test]
fn no_value_adds_a_parameter() {
    for value in ["a\nSUBUSER=b", "a\r\nSUBUSER=b", "a\rSUBUSER=b", "\nSUBUSER=b", "a\n\nEOF\nB=c"]
    {
        let refused = Command::new("X").and_then(|command| command.with("A", value));
        assert_eq!(refused.unwrap_err().kind(), BuildErrorKind::ControlCharacter, "{value:?}");
    }
    for value in ["a&SUBUSER=b", "a%0ASUBUSER=b", "a;SUBUSER=b", "a\u{2028}SUBUSER=b", "+\u{85}B=c"]
    {
        let built = built("X", &[("A", value)]);
        assert_eq!(command(&text(&built)).len(), 1);
        let credentials = Credentials::new();
        let bodies = [credentials.wrap(&built), credentials.flatten(&built).expect("a form")];
        for body in bodies.map(String::from) {
            assert_eq!(form(&body).command(), Ok(Some(built.clone())), "{body}");
        }
    }
}

#[test]
fn a_value_that_is_read_holds_no_cr_and_no_nul() {
    for line in ["A=a\rb", "A=\0", "A = \0b", "A=a\r\r", "A=\r b", "A=a\r "] {
        let text = format!("COMMAND=X\r\n{line}\r\nB=c");
        assert_eq!(refusal(&text), (ErrorKind::ControlCharacter, 2, 11), "{line:?}");
    }
    assert_eq!(refusal("COMMAND=X\nA=b\r").0, ErrorKind::ControlCharacter, "no LF, no line end");
}

#[test]
fn an_empty_value_is_a_value() {
    let command = command("COMMAND=X\nA=\nB =\t \nC=c");
    assert_eq!((command.get("A"), command.get("B"), command.get("D")), (Some(""), Some(""), None));
    assert_eq!((command.len(), command.is_empty()), (3, false));
    assert_eq!(text(&command), "COMMAND=X\nA=\nB=\nC=c");
    assert_ne!(command, built("X", &[("C", "c")]));
}

#[test]
fn the_first_equals_sign_separates() {
    let command = command("COMMAND=X\nA=b=c\nB==\nC = = d");
    let all: Vec<_> = command.parameters().collect();
    assert_eq!(all, [("A", "b=c"), ("B", "="), ("C", "= d")]);
}

//--- Duplicates

#[test]
fn a_duplicate_names_both_lines() {
    for (text, first_line, line, byte) in [
        ("COMMAND=X\nA=1\nA=1", 2, 3, 14),
        ("COMMAND=X\nA=1\na=2", 2, 3, 14),
        ("A=\n\n\nCOMMAND=X\nB=1\nA=", 1, 6, 19),
        ("[COMMAND]\r\n\r\nx-y_Z0=1\r\nCOMMAND=X\r\n X-Y_z0 = 2\r\nEOF", 3, 5, 34),
        ("COMMAND=X\nA=1\nB=1\nA=1\nB=1", 2, 4, 18),
    ] {
        assert_eq!(refusal(text), (ErrorKind::DuplicateKey { first_line }, line, byte), "{text:?}");
    }
    let text = "COMMAND=X\nA0=1\nA00=2\nA=3\nA_0=4\nA-0=5";
    assert_eq!(command(text).len(), 5, "other keys");
}

#[test]
fn a_second_command_names_both_lines() {
    for (text, first_line, line, byte) in [
        ("COMMAND=X\nCOMMAND=X", 1, 2, 10),
        ("COMMAND=X\ncommand=Y", 1, 2, 10),
        ("A=1\n\nCommand=X\nB=1\n\tCOMMAND = ", 3, 5, 19),
    ] {
        assert_eq!(refusal(text), (ErrorKind::RepeatedCommand { first_line }, line, byte));
    }
}

//--- Input and output

#[test]
fn accepted_forms_of_one_command() {
    let canonical = "COMMAND=ModifyDomain\nDomain=example.com\nAuth=a = b\nNote=";
    let expected =
        built("ModifyDomain", &[("Domain", "example.com"), ("Auth", "a = b"), ("Note", "")]);
    assert_eq!(text(&expected), canonical);
    for accepted in [
        "COMMAND=ModifyDomain\nDomain=example.com\nAuth=a = b\nNote=\n",
        "COMMAND=ModifyDomain\r\nDomain=example.com\r\nAuth=a = b\r\nNote=\r\n",
        "COMMAND=ModifyDomain\r\nDomain=example.com\nAuth=a = b\r\nNote=",
        "COMMAND = ModifyDomain\nDomain\t=\texample.com\nAuth =a = b\nNote= ",
        " \tCOMMAND=ModifyDomain \n\tDomain=example.com\t\n  Auth  =  a = b  \r\nNote=\t\t\r\n",
        "\n\r\n \t\nCOMMAND=ModifyDomain\n\nDomain=example.com\n\n\nAuth=a = b\n \r\nNote=\n\n",
        "Domain=example.com\ncommand=ModifyDomain\nAuth=a = b\nNote=",
        "Domain=example.com\nAuth=a = b\nNote=\nCommand = ModifyDomain",
        "[COMMAND]\nCOMMAND=ModifyDomain\nDomain=example.com\nAuth=a = b\nNote=\nEOF\n",
        "[COMMAND]\r\nCOMMAND=ModifyDomain\r\nDomain=example.com\r\nAuth=a = b\r\nNote=\r\nEOF",
        "\n [Command]\t\n\nCOMMAND=ModifyDomain\nDomain=example.com\nAuth=a = b\nNote=\n eof \n\n \n",
        "COMMAND=ModifyDomain\nDomain=example.com\nAuth=a = b\nNote=\nEOF\n",
    ] {
        let read = command(accepted);
        assert_eq!(read, expected, "{accepted:?}");
        assert_eq!(text(&read), canonical, "{accepted:?}");
    }
}

#[test]
fn texts_that_are_no_command() {
    use ErrorKind as E;

    let invalid = |character| E::InvalidKey { character: Some(character) };
    for (text, kind, line, byte) in [
        ("", E::MissingCommand, 1, 0),
        ("\n \n", E::MissingCommand, 2, 1),
        ("A=1\nB=2\n", E::MissingCommand, 2, 4),
        ("EOF", E::MissingCommand, 1, 0),
        ("[COMMAND]\nA=1\nEOF\nCOMMAND=X", E::MissingCommand, 3, 14),
        ("COMMAND", E::MissingEquals, 1, 0),
        ("COMMAND=X\n...\n", E::MissingEquals, 2, 10),
        ("[[AddDomain|AddDomain]]\nDomainTag0=", E::MissingEquals, 1, 0),
        ("COMMAND=", E::InvalidName, 1, 0),
        ("COMMAND=Add Domain", E::InvalidName, 1, 0),
        ("\nCOMMAND=AddDom\u{e4}in", E::InvalidName, 2, 1),
        ("COMMAND=X\nA B=1", invalid(' '), 2, 10),
        ("\u{feff}\u{feff}COMMAND=X", invalid('\u{feff}'), 1, 0),
        ("COMMAND=X\nDomainTag[0]=red", invalid('['), 2, 10),
        ("COMMAND=X\n[COMMAND]\nEOF", E::MisplacedCommand, 2, 10),
        ("[COMMAND]\n[command]\nCOMMAND=X\nEOF", E::MisplacedCommand, 2, 10),
        ("[COMMAND]\nCOMMAND=X", E::Truncated, 2, 10),
        ("[COMMAND]\nCOMMAND=X\nA=1\n\n", E::Truncated, 4, 24),
        ("[COMMAND]", E::Truncated, 1, 0),
        ("COMMAND=X\nEOF\nA=1", E::TrailingData, 3, 14),
        ("[COMMAND]\nCOMMAND=X\nEOF\n\n\r\n[COMMAND]\nCOMMAND=Y\nEOF\n", E::TrailingData, 6, 27),
        ("COMMAND=X\nEOF\nEOF", E::TrailingData, 3, 14),
        ("COMMAND=X\nEOF\nA=1\nDomainTag0=as-long-as-a-line-may-be", E::TrailingData, 3, 14),
    ] {
        assert_eq!(refusal(text), (kind, line, byte), "{text:?}");
    }
}

#[test]
fn the_frame_is_a_whole_line() {
    let command = command("[COMMAND]\nCOMMAND=X\nEOF=1\nA=EOF\nB=[COMMAND]\nEOF1=2\nEOF\n");
    assert_eq!(keys(&command), ["EOF", "A", "B", "EOF1"]);
    assert_eq!(refusal("[COMMAND]=1\nCOMMAND=X").0, ErrorKind::InvalidKey { character: Some('[') });
}

#[test]
fn canonical_text_has_the_name_first_and_keeps_the_order() {
    let canonical = "COMMAND=checkDomains\nb=1\nA=2\nDOMAIN10=x\nDomain2=y";
    let messy =
        "\r\nb = 1\r\nA= 2\r\nCommand =checkDomains\r\nDOMAIN10=x\r\nDomain2\t= y\r\nEOF\r\n";
    assert_eq!(text(&command(messy)), canonical);
    assert!(!canonical.ends_with('\n'));
    assert_eq!(text(&command(canonical)), canonical);
    assert_eq!(text(&built("X", &[])), "COMMAND=X");
    let framed = command(canonical).encode().framed().to_string();
    assert_eq!(framed, format!("[COMMAND]\n{canonical}\nEOF\n"));
}

#[test]
fn an_index_with_leading_zeros_is_another_key() {
    let mut command = command("COMMAND=QueryDomainList\nDomainTag007=bond\nDomainTag7=seven");
    assert_eq!(command.tags(TagFamily::DomainTag).get(7), Some("seven"));
    assert_eq!(command.tags(TagFamily::DomainTag).len(), 1);
    assert_eq!(command.get("DOMAINTAG007"), Some("bond"));
    command.set_tag(TagFamily::DomainTag, 7, "new").expect("a tag");
    assert_eq!(text(&command), "COMMAND=QueryDomainList\nDomainTag007=bond\nDomainTag7=new");
    command.set_tags(TagFamily::DomainTag, ["red"]).expect("tags");
    assert_eq!(text(&command), "COMMAND=QueryDomainList\nDomainTag007=bond\nDomainTag0=red");
}

#[test]
fn names_of_commands_compare_without_case_and_keep_their_spelling() {
    let lower = command("command=statusaccount");
    assert_eq!(lower, built("StatusAccount", &[]));
    assert_eq!(lower.name(), "statusaccount");
    assert_eq!(lower.encode().uppercase().to_string(), "COMMAND=statusaccount", "not a key");
    assert_ne!(lower, built("StatusAccounts", &[]));
    assert_eq!(command("COMMAND=DENIC_CreateAuthInfo1").name(), "DENIC_CreateAuthInfo1");
}
