//! What stands before `[COMMAND]` and says who sends the command.

use cnic_command::{Command, Commands, ErrorKind, FrameDecoder, Limits, Parser};
use cnic_testkit::counting::cost;

use crate::util::{built, command, form, refusal, text};

const MAIL: &str =
    "[HEADER]\ns_login = me\nS_PW=hunter2\nX-Ticket=7\n[COMMAND]\nCOMMAND=X\nA=1\nEOF\n";

fn header<'c>(command: &'c Command<'_>) -> Vec<(&'c str, &'c str)> {
    command.header().collect()
}

#[test]
fn a_header_is_apart_from_the_parameters() {
    for crlf in [false, true] {
        let mail = if crlf { MAIL.replace('\n', "\r\n") } else { MAIL.to_owned() };
        let read = command(&mail);
        assert_eq!(header(&read), [("s_login", "me"), ("S_PW", "hunter2"), ("X-Ticket", "7")]);
        assert_eq!((read.len(), read.get("s_login"), read.get("A")), (1, None, Some("1")));
        assert_eq!(header(&read.clone().into_owned()), header(&read));
        let mut reversed = header(&read);
        reversed.reverse();
        assert!(read.header().rev().eq(reversed));
    }
    let read = command(MAIL);
    assert_eq!(read.header_position("s_pw").map(|at| (at.line(), at.byte())), Some((3, 22)));
    assert_eq!(read.header_position("a"), None);
    assert_eq!(read.position("a").map(|at| at.line()), Some(7));
    assert_eq!(read.position("s_pw"), None);
}

#[test]
fn without_its_line_a_header_is_made_of_transport_keys() {
    let read = command("\n s_login=me\n\nPersistent = 1\ns_x=\n [command] \nA=1\nCOMMAND=X\nEOF");
    assert_eq!(header(&read), [("s_login", "me"), ("Persistent", "1"), ("s_x", "")]);
    assert_eq!(text(&read), "COMMAND=X\nA=1");
    // Any other key before `[COMMAND]` may as well be one of a command that lost its end.
    assert_eq!(
        refusal("s_login=me\nA=1\n[COMMAND]\nCOMMAND=X\nEOF").0,
        ErrorKind::MisplacedCommand
    );
    assert_eq!(
        refusal("A=1\ns_login=me\n[COMMAND]\nCOMMAND=X\nEOF").0,
        ErrorKind::MisplacedCommand
    );
    assert_eq!(refusal("s_a=1\nCOMMAND=X\n[COMMAND]\nA=1\nEOF").0, ErrorKind::MisplacedCommand);
    // Without `[COMMAND]` they are parameters, as inside an envelope.
    for all in ["s_login=me\nCOMMAND=X", "[COMMAND]\ns_login=me\nCOMMAND=X\nEOF"] {
        let read = command(all);
        assert_eq!((header(&read), read.get("s_login")), (vec![], Some("me")));
    }
}

#[test]
fn an_empty_header_is_none() {
    for empty in
        ["[HEADER]\n[COMMAND]\nCOMMAND=X\nEOF\n", "\n[header]\n \n\n[COMMAND]\nCOMMAND=X\nEOF"]
    {
        let read = command(empty);
        assert_eq!(header(&read), []);
        assert_eq!(read.encode().framed().to_string(), "[COMMAND]\nCOMMAND=X\nEOF\n");
    }
}

#[test]
fn headers_that_are_wrong() {
    use ErrorKind as E;
    for (text, kind, line) in [
        ("[HEADER]", E::UnfinishedHeader, 1),
        ("[HEADER]\ns_login=me\n", E::UnfinishedHeader, 2),
        ("[HEADER]\ns_login=me\nEOF\n", E::UnfinishedHeader, 3),
        // The line that is missing is the one before the name.
        ("[HEADER]\ns_login=me\nCOMMAND=X\nEOF\n", E::UnfinishedHeader, 3),
        ("[HEADER]\n[HEADER]\n[COMMAND]\nCOMMAND=X\nEOF", E::MisplacedHeader, 2),
        ("COMMAND=X\n[HEADER]\nEOF", E::MisplacedHeader, 2),
        ("s_login=me\n[HEADER]\n[COMMAND]\nCOMMAND=X\nEOF", E::MisplacedHeader, 2),
        ("[COMMAND]\nCOMMAND=X\n[HEADER]\nEOF", E::MisplacedHeader, 3),
        ("[HEADER]\ns_a=1\n[COMMAND]\n[COMMAND]\nCOMMAND=X\nEOF", E::MisplacedCommand, 4),
        ("[HEADER]\ns_a=1\nS_A=2\n[COMMAND]\nCOMMAND=X\nEOF", E::DuplicateKey { first_line: 2 }, 3),
        ("s_a=1\nS_A=2\n[COMMAND]\nCOMMAND=X\nEOF", E::DuplicateKey { first_line: 1 }, 2),
        ("[HEADER]\n...\n[COMMAND]\nCOMMAND=X\nEOF", E::MissingEquals, 2),
        ("[HEADER]\nA b=1\n[COMMAND]\nCOMMAND=X\nEOF", E::InvalidKey { character: Some(' ') }, 2),
        ("[HEADER]\nA=\0\n[COMMAND]\nCOMMAND=X\nEOF", E::ControlCharacter, 2),
        ("[HEADER]\ns_a=1\n[COMMAND]\nA=1\nEOF", E::MissingCommand, 5),
        ("[HEADER]\ns_a=1\n[COMMAND]\nCOMMAND=X", E::Truncated, 4),
    ] {
        let found = refusal(text);
        assert_eq!((found.0, found.1), (kind, line), "{text:?}");
    }
    let both = command("[HEADER]\nA=1\n[COMMAND]\nCOMMAND=X\na=2\nEOF");
    assert_eq!((header(&both), both.get("A")), (vec![("A", "1")], Some("2")), "no duplicate");
}

#[test]
fn only_the_framed_text_has_the_header() {
    let read = command(MAIL);
    assert_eq!(text(&read), "COMMAND=X\nA=1");
    let framed = "[HEADER]\ns_login=me\nS_PW=hunter2\nX-Ticket=7\n[COMMAND]\nCOMMAND=X\nA=1\nEOF\n";
    assert_eq!(read.encode().framed().to_string(), framed);
    assert_eq!(read.encode().uppercase().framed().to_string(), framed, "keys of parameters only");
    assert_eq!(read.encode().framed().len(), framed.len());
    let (again, spent) = cost(|| String::from(read.encode().framed()));
    assert_eq!((spent.allocations, header(&command(&again))), (1, header(&read)));
    let body = cnic_command::form::Credentials::new().wrap(&read).to_string();
    assert_eq!(body, "s_command=COMMAND%3DX%0AA%3D1");
}

#[test]
fn a_header_makes_no_other_command() {
    let read = command(MAIL);
    assert_eq!(read, built("X", &[("A", "1")]));
    let mut changed = read.clone();
    changed.set("B", "2").expect("a parameter");
    assert_eq!(header(&changed), header(&read), "it stays when the command changes");
    changed.set_series("D", ["a", "b"]).expect("a series");
    for part in changed.chunks("D", 1) {
        assert_eq!(header(&part), header(&read), "each part has it");
        assert_eq!(part.header_position("s_pw"), read.header_position("s_pw"));
    }
}

#[test]
fn a_header_is_redacted_like_parameters() {
    let read = command(MAIL);
    let shown = "[HEADER]\ns_login=me\nS_PW=***\nX-Ticket=7\n[COMMAND]\nCOMMAND=X\nA=1\nEOF";
    assert_eq!(read.redacted().to_string(), shown);
    assert_eq!(header(&command(shown))[1], ("S_PW", "***"));
    let debug = r#"Command { name: "X", header: {"s_login": "me", "S_PW": "***", "X-Ticket": "7"}, parameters: {"A": "1"} }"#;
    assert_eq!(format!("{read:?}"), debug);
    for wrong in [MAIL.replace("X-Ticket", "s_pw"), MAIL.replace("=hunter2", "\0=hunter2")] {
        let error = Command::parse(&wrong).expect_err("refused");
        assert!(!format!("{error} {error:?}").contains("hunt"));
    }
}

#[test]
fn a_wrapped_command_may_have_a_header() {
    let body = "s_command=%5BHEADER%5D%0As_login%3Dme%0A%5BCOMMAND%5D%0ACOMMAND%3DX%0AA%3D1";
    let form = form(body);
    let read = form.command().expect("a command").expect("a command");
    assert_eq!(header(&read), [("s_login", "me")]);
    assert_eq!((read.len(), form.credentials().login()), (1, None));
}

#[test]
fn headers_in_a_stream() {
    let bare = "s_login=me\n \r\n[COMMAND]\nCOMMAND=Y\nEOF\n";
    let broken = "[HEADER]\ns_a=1\n";
    for (stream, expected) in [
        (format!("{MAIL}\n{bare}{MAIL}"), vec![(3, 0), (1, 0), (3, 0)]),
        (format!("{broken}{MAIL}"), vec![(0, 2), (3, 0)]),
        (format!("COMMAND=Z\n{MAIL}"), vec![(0, 2), (3, 0)]),
        (format!("s_a=1\n{MAIL}"), vec![(0, 1), (3, 0)]),
        (format!("s_a=1\nB=1\n{bare}"), vec![(0, 4), (0, 0)]),
        (format!("B=1\n[COMMAND]\nCOMMAND=Y\nEOF\n{bare}"), vec![(0, 1), (0, 0), (1, 0)]),
    ] {
        let said = |item: Result<Command<'_>, cnic_command::ParseError>| match item {
            Ok(command) => {
                for (key, _) in command.header() {
                    let at = command.header_position(key).expect("it was read").byte();
                    assert!(stream[at..].starts_with(key), "{stream:?}");
                }
                (command.header().count(), 0)
            }
            Err(error) => (0, error.position().line()),
        };
        let whole: Vec<_> = Commands::new(&stream).map(said).collect();
        assert_eq!(whole, expected, "{stream:?}");
        for size in 1..=stream.len() {
            let (mut decoder, mut found) = (FrameDecoder::new(), Vec::new());
            for mut chunk in stream.as_bytes().chunks(size) {
                while let Some(item) = decoder.decode(&mut chunk) {
                    found.push(said(item));
                }
            }
            while let Some(item) = decoder.finish() {
                found.push(said(item));
            }
            assert_eq!(found, expected, "{stream:?} by {size} bytes");
        }
    }
}

/// What is left of a command that was refused is not taken for another one.
#[test]
fn a_header_above_the_limit_takes_its_command_along() {
    let mut limits = Limits::DEFAULT;
    limits.bytes = 60;
    let long = "x".repeat(100);
    for start in
        [format!("s_pw={long}\n"), format!("[HEADER]\nA={long}\n"), format!(" s_a = {long}\n")]
    {
        let stream = format!("{start}[COMMAND]\nCOMMAND=Lost\nEOF\nCOMMAND=Kept\n");
        for size in 1..=stream.len() {
            let mut decoder = FrameDecoder::new().parser(Parser::new().limits(limits));
            let mut found = Vec::new();
            for mut chunk in stream.as_bytes().chunks(size) {
                while let Some(item) = decoder.decode(&mut chunk) {
                    found.push(item.map(Command::into_owned).map_err(|error| error.kind()));
                }
            }
            while let Some(item) = decoder.finish() {
                found.push(item.map(Command::into_owned).map_err(|error| error.kind()));
            }
            let expected = [Err(ErrorKind::ByteLimit), Ok(built("Kept", &[]))];
            assert_eq!(found, expected, "{stream:?} by {size} bytes");
        }
    }
}

/// What is known of a line that is too long depends on the limit alone, not on the chunk in which it came.
#[test]
fn a_long_line_is_told_alike_in_all_chunks() {
    let mut limits = Limits::DEFAULT;
    limits.bytes = 20;
    let stream = "s_a-key-above-the-limit=1\n[COMMAND]\nCOMMAND=A\nCOMMAND=B\nEOF\nCOMMAND=C\n";
    for size in 1..=stream.len() {
        let mut decoder = FrameDecoder::new().parser(Parser::new().limits(limits));
        let mut found = Vec::new();
        for mut chunk in stream.as_bytes().chunks(size) {
            while let Some(item) = decoder.decode(&mut chunk) {
                found.push(
                    item.map(|it| it.name().to_owned()).map_err(|error| error.position().line()),
                );
            }
        }
        while let Some(item) = decoder.finish() {
            found
                .push(item.map(|it| it.name().to_owned()).map_err(|error| error.position().line()));
        }
        assert_eq!(found, [Err(1), Err(2), Ok("C".to_owned())], "by {size} bytes");
    }
}

#[test]
fn lines_of_a_header_count_as_parameters() {
    let mut limits = Limits::DEFAULT;
    let read =
        |limits: Limits| Parser::new().limits(limits).parse(MAIL).map(|command| command.len());
    limits.parameters = 4;
    assert_eq!(read(limits), Ok(1));
    for (parameters, line) in [(3, 7), (2, 4), (0, 2)] {
        limits.parameters = parameters;
        let error = read(limits).expect_err("too many");
        assert_eq!((error.kind(), error.position().line()), (ErrorKind::ParameterLimit, line));
    }
}
