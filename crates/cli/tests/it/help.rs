//! Help and manual pages: complete, and true.

use std::path::Path;
use std::process::Command;

pub(super) const SUBCOMMANDS: &[(&str, &[&str])] = &[
    (
        "response",
        &[
            "[FILE]",
            "--format",
            "table",
            "json",
            "jsonl",
            "csv",
            "markdown",
            "text",
            "--columns",
            "--rows",
            "--object",
            "--with",
            "--with-meta",
            "--no-pager",
            "--strict",
            "--all",
        ],
    ),
    ("command", &["[FILE]", "--from", "--to", "framed", "flat", "redacted", "--check"]),
    ("register", &["[FILE]", "--format", "form", "--suffix", "--any-suffix", "--idn"]),
    ("receipt", &["[FILE]", "--format", "text", "json"]),
    ("diff", &["<OLD>", "<NEW>", "--key", "--columns", "--format", "--as-command", "--partial"]),
    ("code", &["[N]..."]),
    #[cfg(feature = "mock")]
    ("mock", &["--port", "--host", "--fixtures", "--log"]),
    ("completions", &["<SHELL>", "bash", "elvish", "fish", "powershell", "zsh"]),
    ("man", &["[SUBCOMMAND]"]),
];

#[track_caller]
pub(super) fn cnic(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    let output = command.args(arguments).env("COLUMNS", "100").output().expect("the binary runs");
    assert!(output.status.success() && output.stderr.is_empty(), "{arguments:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Runs a line of shell as the reader of an example would, in a folder of its own.
fn shell(line: &str, folder: &Path) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_cnic")).parent().expect("a folder");
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").expect("a PATH"));
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1; {line}")])
        .current_dir(folder)
        .env("PATH", path)
        .env("HOME", folder)
        .output()
        .expect("a shell");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The examples of a help text: what is typed, and what comes out.
fn examples(help: &str) -> Vec<(String, String)> {
    let (_, text) = help.split_once("\nExamples:\n").expect("examples");
    let mut examples: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let line = line.strip_prefix("  ").unwrap_or(line);
        if let Some(typed) = line.strip_prefix("$ ") {
            examples.push((typed.to_owned(), String::new()));
            continue;
        }
        let (typed, output) = examples.last_mut().expect("a command comes first");
        if let Some(typed_on) = line.strip_prefix("> ") {
            typed.push('\n');
            typed.push_str(typed_on);
        } else {
            output.push_str(line);
            output.push('\n');
        }
    }
    examples
}

#[test]
fn examples_do_what_they_show() {
    let mut count = 0;
    for &(subcommand, _) in SUBCOMMANDS {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/examples");
        for file in std::fs::read_dir(files).expect("the files of the examples") {
            let file = file.expect("a file");
            std::fs::copy(file.path(), folder.path().join(file.file_name())).expect("a copy");
        }
        for (typed, output) in examples(&cnic(&[subcommand, "--help"])) {
            assert_eq!(shell(&typed, folder.path()).trim_end(), output.trim_end(), "{typed}");
            count += 1;
        }
    }
    assert!(count >= 25, "only {count} examples");
}

#[test]
fn help_names_every_option_and_fits_a_terminal() {
    for &(subcommand, names) in SUBCOMMANDS {
        let help = cnic(&[subcommand, "--help"]);
        for name in names {
            assert!(help.contains(name), "{subcommand} --help is silent about {name}");
        }
        let (_, examples) = help.split_once("\nExamples:\n").expect("examples");
        for line in examples.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
        assert!(cnic(&["--help"]).contains(&format!("\n  {subcommand} ")));
        // The summary is for those who know their way about.
        assert!(!cnic(&[subcommand, "-h"]).contains("Examples:"));
    }
    let help = cnic(&["--help"]);
    for status in ["\n  0  done\n", "\n  1  the input is malformed", "\n  2  wrong usage"] {
        assert!(help.contains(status), "{status}");
    }
}

#[test]
fn manual_pages_hold_the_options_and_the_examples_as_they_are() {
    let page = cnic(&["man"]);
    assert!(page.contains("\n.TH cnic 1 "), "{page}");
    assert!(page.contains("\n.SH \"EXIT STATUS\"\n") && page.contains("\n  0  done\n"));
    for &(subcommand, names) in SUBCOMMANDS {
        assert!(page.contains(&format!("cnic\\-{subcommand}(1)")), "{subcommand}");
        let page = cnic(&["man", subcommand]);
        let title = format!(".TH cnic-{subcommand} 1 \" \" \"cnic ");
        assert!(page.contains(&title), "{page}");
        for option in names.iter().filter(|name| name.starts_with("--")) {
            assert!(page.contains(&option.replace('-', "\\-")), "{subcommand}: {option}");
        }
        let (_, examples) = page.split_once("\n.SH EXAMPLES\n.nf\n").expect("examples");
        assert!(examples.contains("\n.fi\n.SH \"SEE ALSO\"\n"), "{examples}");
        assert!(examples.starts_with("  $ "), "{examples}");
    }
}

#[test]
fn unknown_shells_and_pages_are_wrong_usage() {
    for arguments in [&["completions", "tcsh"][..], &["completions"], &["man", "help"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_cnic")).args(arguments).output();
        let output = output.expect("the binary runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}
