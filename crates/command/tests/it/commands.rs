//! Several commands in one text.

use cnic_command::{Command, Commands, ErrorKind, Limits, Parser};

/// The name of a command and the number of its parameters, or an error and its line.
type Said = Result<(String, usize), (ErrorKind, usize)>;

fn all(commands: Commands<'_>) -> Vec<Said> {
    let said = |command: Result<Command<'_>, cnic_command::ParseError>| match command {
        Ok(command) => Ok((command.name().to_owned(), command.len())),
        Err(error) => Err((error.kind(), error.position().line())),
    };
    commands.map(said).collect()
}

fn read(text: &str) -> Vec<Said> {
    all(Commands::new(text))
}

fn ok(name: &str, len: usize) -> Said {
    Ok((name.to_owned(), len))
}

const ONE: &str = "[COMMAND]\nCOMMAND=One\nDOMAIN=a.test\nEOF\n";

#[test]
fn no_text_no_command() {
    for text in ["", "\n", " \t\r\n\n", "\n\n "] {
        assert_eq!(read(text), [], "{text:?}");
    }
    assert_eq!(read("x=y"), [Err((ErrorKind::MissingCommand, 1))]);
}

#[test]
fn commands_follow_each_other() {
    let two = ONE.replace("One", "Two");
    for between in ["", "\n", "\r\n \t\n\n"] {
        let text = format!("{between}{ONE}{between}{two}{between}{ONE}{between}");
        assert_eq!(read(&text), ["One", "Two", "One"].map(|name| ok(name, 1)), "{between:?}");
    }
    let crlf = format!("{ONE}{two}").replace('\n', "\r\n");
    assert_eq!(read(&crlf), [ok("One", 1), ok("Two", 1)]);
    // In any case, with blanks around, and without an envelope but for `EOF`.
    let bare = " [Command]\t\ncommand = One\n eof \nCOMMAND=Two\nEOF";
    assert_eq!(read(bare), [ok("One", 0), ok("Two", 0)]);
}

#[test]
fn commands_are_borrowed() {
    let text = format!("\n{ONE}\n\n{ONE}");
    for command in Commands::new(&text) {
        let command = command.expect("a command");
        let value = command.get("domain").expect("it is there");
        assert!(text.as_bytes().as_ptr_range().contains(&value.as_ptr()), "borrowed");
    }
}

#[test]
fn the_words_of_the_envelope_inside_values_end_nothing() {
    let text = "[COMMAND]\nCOMMAND=One\nA=EOF\nB = [COMMAND]\nEOF=EOF\nCOMMANDS=x\nEOF\n";
    assert_eq!(read(&text.repeat(2)), [ok("One", 4), ok("One", 4)]);
}

#[test]
fn an_error_in_the_middle_is_not_the_end() {
    for (bad, kind, line) in [
        ("[COMMAND]\nCOMMAND=One\n...\nEOF\n", ErrorKind::MissingEquals, 3),
        ("[COMMAND]\n\nDOMAIN=x\nEOF\n", ErrorKind::MissingCommand, 4),
        ("EOF\n", ErrorKind::MissingCommand, 1),
        ("[COMMAND]\nA=1\na=2\nEOF\n", ErrorKind::DuplicateKey { first_line: 7 }, 3),
        ("COMMAND=A\nCOMMAND=B\nEOF\n", ErrorKind::RepeatedCommand { first_line: 6 }, 2),
        // Only one CR belongs to the end of a line, so this `EOF` is none.
        ("COMMAND=A\nEOF\r\r\nEOF\n", ErrorKind::MissingEquals, 2),
        ("\u{feff}\u{feff}[COMMAND]\nCOMMAND=A\nEOF\n", ErrorKind::MissingEquals, 1),
    ] {
        let text = format!("{ONE}\n{bad}\n{ONE}");
        let expected = [ok("One", 1), Err((kind, 5 + line)), ok("One", 1)];
        assert_eq!(read(&text), expected, "{bad}");
    }
}

#[test]
fn a_command_that_is_cut_off_is_none_and_the_next_one_is_whole() {
    let cut = "[COMMAND]\nCOMMAND=DeleteDomain\nDOMAIN=exam\n";
    let expected = [Err((ErrorKind::Truncated, 3)), ok("One", 1), Err((ErrorKind::Truncated, 10))];
    assert_eq!(read(&format!("{cut}{ONE}{cut}")), expected);
    assert_eq!(read(&format!("[COMMAND]\n{ONE}")), [Err((ErrorKind::Truncated, 1)), ok("One", 1)]);
}

#[test]
fn what_has_no_envelope_ends_with_eof_or_the_text() {
    let bare = "COMMAND=DeleteDomain\nDOMAIN=exam\n\n";
    assert_eq!(read(bare), [ok("DeleteDomain", 1)]);
    assert_eq!(read(&format!("{ONE}{bare}")), [ok("One", 1), ok("DeleteDomain", 1)]);
    assert_eq!(read(&format!("{bare}EOF\n{ONE}")), [ok("DeleteDomain", 1), ok("One", 1)]);
    // Before a `[COMMAND]` it may be whole or not.
    let expected = [Err((ErrorKind::MisplacedCommand, 4)), ok("One", 1)];
    assert_eq!(read(&format!("{bare}{ONE}")), expected);
    // What is wrong with it by itself comes first.
    let expected = [Err((ErrorKind::MissingEquals, 1)), ok("One", 1)];
    assert_eq!(read(&format!("POST /api HTTP/1.1\n{ONE}")), expected);
}

#[test]
fn positions_count_from_the_start_of_the_whole_text() {
    let text = format!("\n{ONE}\r\n[COMMAND]\nCOMMAND=Two\nK\u{fc}=1\nEOF\n{ONE}");
    let read: Vec<_> = Commands::new(&text).collect();
    let at = |command: &Command<'_>| {
        let at = command.position("domain").expect("it was read");
        (at.line(), at.byte())
    };
    let places: Vec<_> = text.match_indices("DOMAIN").map(|(byte, _)| byte).collect();
    assert_eq!(at(read[0].as_ref().expect("a command")), (4, places[0]));
    assert_eq!(at(read[2].as_ref().expect("a command")), (13, places[1]));
    let error = read[1].as_ref().expect_err("a key with an umlaut");
    let wrong = text.find("K\u{fc}").expect("it is there");
    assert_eq!((error.position().line(), error.position().byte()), (9, wrong));

    let bytes = [ONE.as_bytes(), b"\xff"].concat();
    let error = Commands::from_utf8(&bytes).expect_err("not UTF-8");
    let offset = u32::try_from(ONE.len()).expect("short");
    assert_eq!(error.kind(), ErrorKind::InvalidUtf8 { offset: Some(offset) });
    assert_eq!(error.position().line(), 5);
}

#[test]
fn the_limits_are_those_of_a_command() {
    let mut limits = Limits::DEFAULT;
    limits.bytes = u32::try_from(ONE.len()).expect("short");
    let text = format!("{ONE}\n{}{ONE}", ONE.replace("a.test", "aa.test"));
    let expected = [ok("One", 1), Err((ErrorKind::ByteLimit, 6)), ok("One", 1)];
    assert_eq!(all(Commands::new(&text).parser(Parser::new().limits(limits))), expected);
    limits.parameters = 0;
    let expected = [Err((ErrorKind::ParameterLimit, 3)), Err((ErrorKind::ByteLimit, 6))];
    assert_eq!(all(Commands::new(&text).parser(Parser::new().limits(limits)))[..2], expected);
}

/// A step for each pair of commands would be 10 billion.
#[test]
fn a_long_text_takes_as_many_steps_as_lines() {
    for unit in [ONE, "[COMMAND]\n", "COMMAND=a\n[COMMAND]\n", "EOF\n"] {
        let count = Commands::new(&unit.repeat(100_000)).count();
        assert!(count >= 100_000, "{unit:?}");
    }
}
