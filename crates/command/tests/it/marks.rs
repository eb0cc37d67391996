//! Byte order marks, and commands without an end: what is ignored, what a parser may allow.

use cnic_command::form::Form;
use cnic_command::{Command, Commands, ErrorKind, FrameDecoder, Parser};

use crate::util::{built, command, form, refusal, text};

const MARK: &str = "\u{feff}";

//--- Marks

#[test]
fn one_mark_in_front_of_a_command_is_ignored() {
    for rest in [
        "COMMAND=X\nA=1",
        "A=1\r\ncommand = X\r\n",
        "[COMMAND]\nCOMMAND=X\nA=1\nEOF\n",
        "\n \nCOMMAND=X\nA=1",
        " \tCOMMAND=X\nA=1",
        "[HEADER]\ns_login=a\n[COMMAND]\nCOMMAND=X\nA=1\nEOF",
        "s_login=a\n[COMMAND]\nCOMMAND=X\nA=1\nEOF",
    ] {
        let expected = built("X", &[("A", "1")]);
        for marked in [format!("{MARK}{rest}"), format!("\n {MARK}{rest}")] {
            assert_eq!(command(&marked), expected, "{marked:?}");
            let read: Vec<_> = Commands::new(&marked).collect();
            assert_eq!(read, [Ok(expected.clone())], "{marked:?}");
        }
    }
    let again = format!("COMMAND=X\nA=1\nEOF\n{MARK}\n\n{MARK}");
    assert_eq!(command(&again), built("X", &[("A", "1")]), "files of nothing else follow");
    assert_eq!(Commands::new(&again).count(), 1);
    assert_eq!(Commands::new(MARK).count(), 0);
}

#[test]
fn any_other_mark_is_an_error_or_data() {
    let invalid = ErrorKind::InvalidKey { character: Some('\u{feff}') };
    assert_eq!(refusal("\u{feff}\u{feff}COMMAND=X"), (invalid, 1, 0));
    assert_eq!(refusal("COMMAND=X\n\u{feff}A=1"), (invalid, 2, 10));
    assert_eq!(refusal("\u{feff}\u{feff}[COMMAND]\nCOMMAND=X\nEOF").0, ErrorKind::MissingEquals);
    assert_eq!(refusal("COMMAND=X\nEOF\n\u{feff}\u{feff}").0, ErrorKind::TrailingData);
    assert_eq!(refusal("COMMAND=X\nEOF\n\u{feff}A=1").0, ErrorKind::TrailingData);
    assert_eq!(refusal("COMMAND=X\n\u{feff}EOF").0, ErrorKind::MissingEquals);
    let read = command("COMMAND=X\nA=\u{feff}b\u{feff}");
    assert_eq!(read.get("A"), Some("\u{feff}b\u{feff}"), "a value is never touched");
}

#[test]
fn places_count_the_mark() {
    let read = command("\u{feff}COMMAND=X\nA=1");
    assert_eq!(read.position("A").map(|at| (at.line(), at.byte())), Some((2, 13)));
    let read = command("\u{feff}A=1\nCOMMAND=X");
    assert_eq!(read.position("A").map(|at| (at.line(), at.byte())), Some((1, 0)));
    let marked = "\u{feff}A=1\nCOMMAND=X\na=2";
    let error = Command::parse(marked).expect_err("a duplicate");
    assert_eq!((error.position().byte(), &marked[error.span()]), (17, "a"));
    let marked = "\u{feff}A b=1";
    let error = Command::parse(marked).expect_err("a bad key");
    assert_eq!((error.position().byte(), error.span()), (0, 4..5));
}

#[test]
fn each_command_of_a_stream_may_have_a_mark() {
    let one = "[COMMAND]\nCOMMAND=X\nEOF\n";
    let bare = "COMMAND=Y\n";
    for (stream, names) in [
        (format!("{MARK}{one}{MARK}{one}\n{MARK}{bare}"), "XXY"),
        (format!("{MARK}\n{one}{MARK}\r\n{MARK}"), "X"),
        // The mark shows where the file began that was appended to one without `EOF`.
        (format!("{bare}{MARK}{one}"), "!X"),
        (format!("[COMMAND]\n{bare}{MARK}[HEADER]\ns_a=b\n{one}"), "!X"),
        (format!("[HEADER]\ns_a=b\n{MARK}{one}"), "!X"),
        // It makes no end of what is not yet at its end.
        (format!("{bare}{MARK}EOF\nA=1\nEOF\n{one}"), "!X"),
    ] {
        let said = |item: Result<Command<'_>, _>| match item {
            Ok(command) => command.name().to_owned(),
            Err(_) => "!".to_owned(),
        };
        assert_eq!(Commands::new(&stream).map(said).collect::<String>(), names, "{stream:?}");
        for size in 1..=stream.len() {
            let mut decoder = FrameDecoder::new();
            let mut found = String::new();
            for mut chunk in stream.as_bytes().chunks(size) {
                while let Some(item) = decoder.decode(&mut chunk) {
                    found += &said(item);
                }
            }
            while let Some(item) = decoder.finish() {
                found += &said(item);
            }
            assert_eq!(found, names, "{stream:?} by {size} bytes");
        }
    }
}

#[test]
fn one_mark_in_front_of_a_form_is_ignored() {
    for rest in ["command=X&domain=a", "s_login=me&command=X", "s_command=COMMAND%3DX", "", "&"] {
        let expected = form(rest);
        for mark in [MARK, "%EF%BB%BF", "%ef%bB%Bf"] {
            let body = format!("{mark}{rest}");
            let read = form(&body);
            assert_eq!(read.credentials(), expected.credentials(), "{body}");
            assert_eq!(read.command(), expected.command(), "{body}");
        }
    }
    for (body, start) in [
        ("\u{feff}\u{feff}command=X", 3),
        ("%EF%BB%BF\u{feff}command=X", 9),
        ("\u{feff}%EF%BB%BFcommand=X", 3),
        ("command=X&\u{feff}A=1", 10),
    ] {
        let error = Form::decode(body.as_bytes()).expect_err("two marks, or one in the middle");
        assert_eq!(error.kind(), ErrorKind::InvalidKey { character: Some('\u{feff}') }, "{body}");
        assert_eq!((error.position().byte(), error.span().start), (start, start), "{body}");
    }
    let wrapped = form("s_command=%EF%BB%BFCOMMAND%3DX");
    assert_eq!(wrapped.command(), Ok(Some(built("X", &[]))), "inside, it is a text");
    let error = Form::decode("\u{feff}a=1&A=2".as_bytes()).expect_err("a duplicate");
    assert_eq!(error.kind(), ErrorKind::DuplicateName { first_byte: 3 });
}

//--- No end

#[test]
fn a_form_says_where_its_command_ends() {
    let body =
        "s_login=u&s_pw=p&s_command=%5BCOMMAND%5D%0ACOMMAND%3DStatusDomain%0ADOMAIN%3Da.test%0A";
    let command = form(body).command().expect("a command").expect("a command").into_owned();
    assert_eq!(text(&command), "COMMAND=StatusDomain\nDOMAIN=a.test");
    let none = form("s_command=%5BCOMMAND%5D%0A").command().expect_err("nothing");
    assert_eq!(none.kind(), ErrorKind::MissingCommand);
}

#[test]
fn a_text_without_an_end_is_read_where_that_is_allowed() {
    const LENIENT: Parser = Parser::new().allow_truncated(true);

    let cut = "[COMMAND]\nCOMMAND=X\nA=exam";
    assert_eq!(refusal(cut).0, ErrorKind::Truncated);
    assert_eq!(
        Parser::new().parse_bytes(cut.as_bytes()).map_err(|it| it.kind()),
        Err(ErrorKind::Truncated)
    );
    assert_eq!(LENIENT.parse(cut), Ok(built("X", &[("A", "exam")])));
    assert_eq!(LENIENT.parse_bytes(cut.as_bytes()), Ok(built("X", &[("A", "exam")])));
    assert_eq!(LENIENT.allow_truncated(false), Parser::default());
    // Nothing else is forgiven.
    for (text, kind) in [
        ("[COMMAND]\n", ErrorKind::MissingCommand),
        ("[HEADER]\ns_login=a\n", ErrorKind::UnfinishedHeader),
        ("[COMMAND]\nCOMMAND=X\n...", ErrorKind::MissingEquals),
        ("COMMAND=X\n[COMMAND]\n", ErrorKind::MisplacedCommand),
        ("[COMMAND]\nCOMMAND=X\nEOF\nA=1", ErrorKind::TrailingData),
    ] {
        assert_eq!(LENIENT.parse(text).expect_err("refused").kind(), kind, "{text:?}");
    }
}

#[test]
fn a_stream_without_ends_is_read_where_that_is_allowed() {
    let stream = "[COMMAND]\nCOMMAND=A\nX=1\n\n[COMMAND]\nCOMMAND=B\n[HEADER]\ns_a=b\n[COMMAND]\nCOMMAND=C\n";
    let names = |parser| {
        let commands = Commands::new(stream).parser(parser);
        commands
            .map(|it| it.map(|it| it.name().to_owned()).map_err(|it| it.kind()))
            .collect::<Vec<_>>()
    };
    assert_eq!(names(Parser::new()), [ErrorKind::Truncated; 3].map(Err));
    let lenient = Parser::new().allow_truncated(true);
    assert_eq!(names(lenient), ["A", "B", "C"].map(|name| Ok(name.to_owned())));
    let mut decoder = FrameDecoder::new().parser(lenient);
    // A decoder keeps its parser from one stream to the next.
    for _ in 0..2 {
        let mut found = Vec::new();
        for mut chunk in stream.as_bytes().chunks(5) {
            while let Some(command) = decoder.decode(&mut chunk) {
                found.push(command.expect("a command").name().to_owned());
            }
        }
        while let Some(command) = decoder.finish() {
            found.push(command.expect("the last one").name().to_owned());
        }
        assert_eq!(found, ["A", "B", "C"]);
    }
}
