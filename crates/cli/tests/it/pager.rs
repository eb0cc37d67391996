//! A table that is longer than the terminal.

use std::process::Command;

use crate::terminal::{HEIGHT, Shown, Streams, list, run_with};

/// Shows a list of so many rows with a pager.
fn shown(pager: Option<&str>, rows: usize, options: &[&str], streams: Streams) -> Shown {
    let arguments = [&["response"], options].concat();
    run_with(&arguments, &list(2, rows, "v"), 80, streams, |command: &mut Command| {
        if let Some(pager) = pager {
            command.env("PAGER", pager);
        }
    })
}

/// The lines that a terminal gets, without styles.
fn lines(shown: &Shown) -> Vec<String> {
    let text = String::from_utf8(shown.bytes.clone()).expect("UTF-8");
    let text = anstream::adapter::strip_str(&text).to_string();
    text.lines().map(str::to_owned).collect()
}

/// How many rows a table has that is as long as the terminal but for the line of the prompt.
const FITTING: usize = HEIGHT as usize - 4;

#[test]
fn a_table_that_is_longer_than_the_terminal_is_shown_by_the_pager() {
    let pager = "sed s/^/paged:/";
    let plain = lines(&shown(None, FITTING, &[], Streams::Out));
    assert_eq!(plain.len(), HEIGHT as usize - 1);
    assert_eq!(lines(&shown(Some(pager), FITTING, &[], Streams::Out)), plain);
    let plain = lines(&shown(None, FITTING + 1, &[], Streams::Out));
    let paged: Vec<_> = plain.iter().map(|line| format!("paged:{line}")).collect();
    assert_eq!(lines(&shown(Some(pager), FITTING + 1, &[], Streams::Out)), paged);
    assert_eq!(lines(&shown(Some(pager), FITTING + 1, &["--no-pager"], Streams::Out)), plain);
    // Not where standard output is no terminal, not in another format, and not with a pager that does nothing.
    let other = shown(Some(pager), 1000, &[], Streams::Err).other;
    assert!(other.contains("v0.999") && !other.contains("paged"), "{other}");
    let csv = lines(&shown(Some(pager), 1000, &["--format", "csv"], Streams::Out));
    assert!(csv.len() == 1001 && !csv.concat().contains("paged"));
    for nothing in ["", " ", "cat"] {
        assert_eq!(lines(&shown(Some(nothing), FITTING + 1, &[], Streams::Out)), plain);
    }
    // A long table comes whole.
    let plain = lines(&shown(None, 20_000, &[], Streams::Out));
    assert_eq!(plain.len(), 20_003);
    let paged: Vec<_> = plain.iter().map(|line| format!("paged:{line}")).collect();
    assert_eq!(lines(&shown(Some(pager), 20_000, &[], Streams::Out)), paged);
}

#[test]
fn a_pager_gets_colours_and_what_git_gives_to_less() {
    let pager = "sh -c 'echo \"$LESS $LV\"; cat'";
    let text = shown(Some(pager), 100, &[], Streams::Out);
    assert_eq!(lines(&text)[..2], ["FRX -c", "200 Done (Command completed successfully)"]);
    let bytes = String::from_utf8(text.bytes).expect("UTF-8");
    assert!(bytes.contains("\u{1b}[1m\u{1b}[32m200 Done"), "{bytes:?}");
    let own = run_with(&["response"], &list(2, 100, "v"), 80, Streams::Out, |command| {
        command.env("PAGER", pager).env("LESS", "S").env("NO_COLOR", "1");
    });
    assert_eq!(lines(&own)[0], "S -c");
    assert!(!own.bytes.contains(&0x1b));
}

#[test]
fn a_pager_that_can_not_be_started_is_no_error() {
    let plain = lines(&shown(None, 2000, &[], Streams::Both));
    for pager in ["no/such/pager", "no-such-pager -x"] {
        let shown = shown(Some(pager), 2000, &[], Streams::Both);
        assert_eq!((lines(&shown), shown.status), (plain.clone(), Some(0)), "{pager}");
    }
    // The shell says what it could not do, and so do programs. What was to be shown is shown.
    for pager in ["no-such-pager | cat && false", "false", "sh -c 'head -n 1; exit 3'"] {
        for rows in [100, 20_000] {
            let shown = shown(Some(pager), rows, &[], Streams::Out);
            let lines = lines(&shown);
            assert!(lines.len() >= rows + 3 && shown.status == Some(0), "{pager}: {}", lines.len());
            assert!(lines[lines.len() - 1].starts_with(&format!("v0.{} ", rows - 1)));
        }
    }
}

#[test]
fn a_pager_that_ends_early_has_shown_enough() {
    for rows in [100, 20_000] {
        let pager = shown(Some("head -n 2"), rows, &[], Streams::Both);
        assert_eq!(lines(&pager), ["200 Done (Command completed successfully)", ""]);
        assert_eq!(pager.status, Some(0));
    }
    // The status is what it is without a pager.
    let reply = String::from_utf8(list(2, 100, "v")).expect("UTF-8").replace("200", "545");
    for pager in ["cat -", "head -n 1", "no/such/pager"] {
        let shown =
            run_with(&["response", "--fail"], reply.as_bytes(), 80, Streams::Both, |command| {
                command.env("PAGER", pager);
            });
        assert_eq!(shown.status, Some(3), "{pager}");
    }
}

#[test]
fn ctrl_c_is_for_the_pager() {
    let plain = lines(&shown(None, 100, &[], Streams::Both));
    let shown = shown(Some("kill -INT $PPID; sleep 0.2; cat"), 100, &[], Streams::Both);
    assert_eq!((lines(&shown), shown.status), (plain, Some(0)));
}
