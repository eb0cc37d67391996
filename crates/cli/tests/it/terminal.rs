//! What is written to a terminal, driven through a pseudo-terminal.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::os::fd::OwnedFd;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// How many lines the terminal shows.
pub(crate) const HEIGHT: u16 = 50;

/// Which streams of the program are the terminal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Streams {
    Out,
    Err,
    Both,
}

pub(crate) struct Shown {
    pub(crate) status: Option<i32>,
    /// What was written to the terminal.
    pub(crate) bytes: Vec<u8>,
    /// What the terminal shows, a line each without the blanks at its end.
    pub(crate) lines: Vec<String>,
    /// What was written to the stream that is no terminal.
    pub(crate) other: String,
}

impl Shown {
    fn text(&self) -> String {
        self.lines.join("\n")
    }
}

/// Makes a terminal: the side that a person is at, and the side of the program.
pub(super) fn terminal(columns: u16) -> (OwnedFd, OwnedFd) {
    let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&person).expect("a terminal");
    unlockpt(&person).expect("a terminal");
    let name = ptsname(&person, Vec::new()).expect("its name");
    let program = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty());
    let program = program.expect("its other side");
    let size = Winsize { ws_row: HEIGHT, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(&program, size).expect("a size");
    (person, program)
}

/// Runs the program at a terminal of so many columns.
fn run(arguments: &[&str], input: &[u8], columns: u16, streams: Streams) -> Shown {
    run_with(arguments, input, columns, streams, |_| ())
}

/// Runs the program at a terminal of so many columns, in another environment.
pub(crate) fn run_with(
    arguments: &[&str],
    input: &[u8],
    columns: u16,
    streams: Streams,
    set: impl FnOnce(&mut Command),
) -> Shown {
    let (person, program) = terminal(columns);
    let stream = |is_terminal: bool| {
        if is_terminal { Stdio::from(program.try_clone().expect("a file")) } else { Stdio::piped() }
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    command
        .args(arguments)
        .env("TERM", "xterm")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("PAGER")
        .env_remove("LESS")
        .env_remove("LV")
        .stdin(Stdio::piped())
        .stdout(stream(streams != Streams::Err))
        .stderr(stream(streams != Streams::Out));
    set(&mut command);
    let mut child = command.spawn().expect("the binary starts");
    // The terminal ends when the last of these is closed.
    drop((command, program));
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let reader = std::thread::spawn(move || {
        let (mut person, mut bytes) = (File::from(person), Vec::new());
        let mut buffer = [0; 1 << 12];
        loop {
            match person.read(&mut buffer) {
                Ok(0) => break,
                Ok(length) => bytes.extend_from_slice(&buffer[..length]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                // Linux says that there is no other side any more.
                Err(_) => break,
            }
        }
        bytes
    });
    let output = child.wait_with_output().expect("the binary ends");
    writer.join().expect("the input is written");
    let bytes = reader.join().expect("the terminal is read");
    let mut screen = vt100::Parser::new(HEIGHT, columns, 0);
    screen.process(&bytes);
    let rows = screen.screen().rows(0, columns);
    let mut lines: Vec<String> = rows.map(|row| row.trim_end().to_owned()).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let other = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    Shown { status: output.status.code(), bytes, lines, other }
}

pub(crate) fn list(columns: usize, rows: usize, value: &str) -> Vec<u8> {
    let mut reply = "[RESPONSE]\ncode = 200\ndescription = Done\n".to_owned();
    for column in 0..columns {
        reply.push_str(&format!("property[column][{column}] = c{column}\n"));
        for row in 0..rows {
            reply.push_str(&format!("property[c{column}][{row}] = {value}{column}.{row}\n"));
        }
    }
    (reply + "EOF\n").into_bytes()
}

#[test]
fn a_list_is_cut_to_the_terminal() {
    let shown = run(&["response"], &list(3, 2, "a-long-value-"), 38, Streams::Out);
    assert_eq!(shown.status, Some(0), "{}", shown.other);
    assert_eq!(
        shown.text(),
        "\
200 Done (Command completed successful
ly)

c0                c1         c2
a-long-value-0.0  a-long-v…  a-long-v…
a-long-value-0.1  a-long-v…  a-long-v…"
    );
    // It is not where it fits, and not where there is no terminal.
    let shown = run(&["response"], &list(3, 2, "a-long-value-"), 80, Streams::Out);
    assert!(shown.text().contains("a-long-value-0.1  a-long-value-1.1  a-long-value-2.1"));
    let shown = run(&["response"], &list(3, 2, "a-long-value-"), 38, Streams::Err);
    assert!(shown.other.contains("a-long-value-0.1  a-long-value-1.1  a-long-value-2.1"));
}

/// A list as servers send it: long texts, dates, numbers, and a key that is not the first column.
const REGISTRATIONS: &str = "[RESPONSE]
code = 200
description = Command completed successfully
property[column][0] = domain
property[contact][0] = Example Registrations and Hosting of the Western Hemisphere Ltd
property[contact][1] = Example
property[domain][0] = a-domain-name-that-is-long.example
property[domain][1] = example.test
property[expirationdate][0] = 2027-03-01 12:00:00.0
property[expirationdate][1] = 2028-03-01 12:00:00.0
property[phone][0] = +49.301234567
property[phone][1] =
property[note][1] = says that he would rather have it transferred than pay for it once again
EOF
";

#[test]
fn the_key_is_whole_and_so_are_dates_and_numbers() {
    let shown = run(&["response"], REGISTRATIONS.as_bytes(), 80, Streams::Out);
    assert_eq!(
        shown.lines[2..],
        [
            "contact   domain                  expirationdate         phone          note",
            "Example…  a-domain-name-that-is…  2027-03-01 12:00:00.0  +49.301234567  ·",
            "Example   example.test            2028-03-01 12:00:00.0                 says th…",
        ],
    );
    let shown = run(&["response"], REGISTRATIONS.as_bytes(), 160, Streams::Out);
    assert_eq!(
        shown.lines[2..],
        [
            "contact                                     domain                              \
             expirationdate         phone          note",
            "Example Registrations and Hosting of the …  a-domain-name-that-is-long.example  \
             2027-03-01 12:00:00.0  +49.301234567  ·",
            "Example                                     example.test                        \
             2028-03-01 12:00:00.0                 says that he would rather have it transfe…",
        ],
    );
    let columns = ["response", "--columns", "note,domain,expirationdate"];
    let shown = run(&columns, REGISTRATIONS.as_bytes(), 80, Streams::Out);
    assert_eq!(
        shown.lines[2..],
        [
            "note                                             domain    expirationdate",
            "·                                                a-domai…  2027-03-01 12:00:00.0",
            "says that he would rather have it transferred …  example…  2028-03-01 12:00:00.0",
        ],
    );
}

#[test]
fn a_list_without_room_for_its_dates_is_written_as_records() {
    let dates = "property[renewaldate][0] = 2027-02-01 12:00:00.0\nproperty[created][1] = 2020-03-01\nEOF\n";
    let list = REGISTRATIONS.replace("EOF\n", dates);
    let shown = run(&["response"], list.as_bytes(), 80, Streams::Out);
    let contact = "Example Registrations and Hosting of the Western Hemisphere …";
    assert_eq!(shown.lines[2], format!("0  contact         {contact}"));
    assert_eq!(shown.lines[4], "   expirationdate  2027-03-01 12:00:00.0");
    let shown = run(&["response"], list.as_bytes(), 160, Streams::Out);
    let header: Vec<_> = shown.lines[2].split_whitespace().collect();
    let names = ["contact", "domain", "expirationdate", "phone", "note", "renewaldate", "created"];
    assert_eq!(header, names);
    assert!(shown.lines[3].contains("  2027-02-01 12:00:00.0"), "{}", shown.text());
}

#[test]
fn a_wide_list_is_written_as_records() {
    let shown = run(&["response"], &list(4, 2, "v"), 39, Streams::Out);
    let records = "0  c0  v0.0\n   c1  v1.0\n   c2  v2.0\n   c3  v3.0\n1  c0  v0.1\n   c1  v1.1";
    assert!(shown.text().contains(records), "{}", shown.text());
    let shown = run(&["response"], &list(4, 2, "v"), 40, Streams::Out);
    assert!(shown.text().contains("\nv0.1  v1.1  v2.1  v3.1"), "{}", shown.text());
}

#[test]
fn a_long_cell_of_an_object_does_not_wrap() {
    let long = "x".repeat(500);
    let reply =
        format!("code = 200\ndescription = Done\nproperty[a][0] = {long}\nproperty[b][0] = y\n");
    let shown = run(&["response"], reply.as_bytes(), 50, Streams::Out);
    let cut = "x".repeat(46);
    let expected = format!("\na  {cut}…\nb  y");
    assert!(shown.text().ends_with(&expected), "{}", shown.text());
}

#[test]
fn colours_are_for_terminals() {
    let reply = b"code = 200\ndescription = Done\nproperty[\x1b[31m][0] = \x1b[2J\n";
    let shown = run(&["response"], reply, 80, Streams::Out);
    let text = String::from_utf8(shown.bytes).expect("UTF-8");
    assert!(text.starts_with("\u{1b}[1m\u{1b}[32m200 Done"), "{text:?}");
    assert!(!text.contains("\u{1b}[2J") && !text.contains("\u{1b}[31m"), "{text:?}");
    // 0 does not force them, and does not forbid them either.
    for (force, other, is_coloured) in [
        (("CLICOLOR_FORCE", "0"), ("TERM", "xterm"), true),
        (("CLICOLOR_FORCE", "0"), ("NO_COLOR", "1"), false),
        (("CLICOLOR_FORCE", "0"), ("CLICOLOR", "0"), false),
    ] {
        let shown = run_with(&["response"], reply, 80, Streams::Out, |command| {
            command.envs([force, other]);
        });
        assert_eq!(shown.bytes.contains(&0x1b), is_coloured, "{other:?}");
    }
    let shown = run(&["response"], reply, 80, Streams::Err);
    assert!(!shown.other.contains('\u{1b}'), "{:?}", shown.other);
}

#[test]
fn the_codes_are_a_table() {
    let shown = run(&["code", "200", "545"], b"", 80, Streams::Both);
    let header = "code  class      retry  closes  available  meaning";
    assert_eq!(shown.lines[0], header);
    assert!(String::from_utf8_lossy(&shown.bytes).starts_with(&format!("\u{1b}[1m{header}")));
}

#[cfg(feature = "parquet")]
#[test]
fn a_terminal_gets_no_archive() {
    for more in [&[][..], &["--all", "--columns", "c0"]] {
        let options = [&["response", "--format", "parquet"], more].concat();
        let shown = run(&options, &list(1, 1, "x"), 100, Streams::Out);
        assert_eq!((shown.status, shown.text()), (Some(2), String::new()));
        let problem = "error: a terminal cannot show this format: give a file with -o FILE\n";
        assert_eq!(shown.other, problem);
    }
}

mod problem;
mod waiting;
