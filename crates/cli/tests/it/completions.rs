//! What the shells complete, each of them asked as it is used.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::help::{SUBCOMMANDS, cnic};
use crate::terminal::terminal;

/// The shells that are asked. `CNIC_TEST_SHELLS` is set where each of them has to be there.
const SHELLS: [&str; 3] = ["bash", "zsh", "fish"];

/// The names and texts of files in the folder of the shells.
const FILES: [&str; 2] = ["list.txt", "my file.txt"];

/// Prints each argument, so that it is seen where one ends.
const SHOW: &str = r#"cnic() { printf '<%s>' "$@"; printf '\n%s\n' DO''NE; }"#;

/// A folder with a completion script, and the settings that load it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(shell: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        let write = |name: &str, text: &str| {
            std::fs::write(path.join(name), text).expect("a file");
        };
        std::fs::create_dir(path.join("files")).expect("a folder");
        FILES.iter().for_each(|name| write(&format!("files/{name}"), ""));
        write("_cnic", &cnic(&["completions", shell]));
        let here = path.display();
        write(".bashrc", &format!("source {here}/_cnic\n{SHOW}\n"));
        // All candidates are put in, not only what they have in common.
        let all = "zstyle ':completion:*' completer _all_matches _complete
            zstyle ':completion:*:all-matches*' insert true";
        let load = format!("fpath=({here} $fpath); autoload -U compinit; compinit -u -D");
        write(".zshrc", &format!("{load}\n{all}\n{SHOW}\n"));
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn command(&self, shell: &str) -> Command {
        let mut command = Command::new(shell);
        command.current_dir(self.path().join("files")).env("HOME", self.path());
        command.env("ZDOTDIR", self.path()).env("TERM", "dumb");
        command
    }

    /// Types a line and the key that completes it into a shell, and returns what it runs then.
    fn typed(&self, shell: &str, line: &str) -> String {
        let (person, program) = terminal(200);
        let stream = || Stdio::from(program.try_clone().expect("a file"));
        let (arguments, key): (&[&str], _) = match shell {
            // Bash puts in all candidates at Alt and the asterisk.
            "bash" => (&["--noprofile", "--rcfile", "../.bashrc", "-i"], "\x1b*"),
            _ => (&["-d", "-i"], "\t"),
        };
        let mut command = self.command(shell);
        command.args(arguments).stdin(stream()).stdout(stream()).stderr(stream());
        let mut child = command.spawn().expect("the shell starts");
        let mut person = File::from(person);
        person.write_all(format!("{line}{key}\nexit\n").as_bytes()).expect("the shell reads");
        let (mut text, mut buffer) = (String::new(), [0; 1 << 12]);
        while !text.contains("DONE") {
            let length = person.read(&mut buffer).expect("the shell writes");
            text.push_str(&String::from_utf8_lossy(&buffer[..length]));
        }
        child.kill().expect("the shell ends");
        child.wait().expect("the shell ends");
        let lines = text.lines().take_while(|line| !line.contains("DONE"));
        lines.last().unwrap_or_default().to_owned()
    }

    /// Returns the line with everything that a shell offers at its end, each word in `<>`.
    fn completed(&self, shell: &str, line: &str) -> String {
        if shell != "fish" {
            return self.typed(shell, line);
        }
        // It has a command that tells.
        let script = format!("source ../_cnic; complete -C '{line}'");
        let output = self.command(shell).args(["--no-config", "-c", &script]).output();
        let text = String::from_utf8(output.expect("fish runs").stdout).expect("UTF-8");
        text.lines()
            .map(|line| {
                let word = line.split('\t').next().unwrap_or_default();
                format!("<{}>", word.replace('\\', ""))
            })
            .collect()
    }
}

/// The shells that are here.
fn shells() -> impl Iterator<Item = &'static str> {
    SHELLS.into_iter().filter(|shell| {
        let is_here = Command::new(shell).arg("--version").output().is_ok();
        assert!(is_here || std::env::var_os("CNIC_TEST_SHELLS").is_none(), "no {shell}");
        is_here
    })
}

/// What is completed at the end of a line: the words of the shells, the last of which may differ in how much they repeat.
#[track_caller]
fn check(line: &str, expected: &[&str]) {
    let words: Vec<_> = line.split(' ').skip(1).filter(|word| !word.is_empty()).collect();
    for shell in shells() {
        let folder = Folder::new(shell);
        let text = folder.completed(shell, line);
        let offered: Vec<_> = text.trim_matches(['<', '>']).split("><").collect();
        // Fish says what it offers, the others say the line.
        let before =
            if shell == "fish" { 0 } else { words.len() - usize::from(!line.ends_with(' ')) };
        let offered: Vec<_> = offered[before.min(offered.len())..]
            .iter()
            .map(|word| word.rsplit('=').next().unwrap_or_default())
            .filter(|word| !word.is_empty())
            .collect();
        assert_eq!(offered, expected, "{shell}: {line} gave {text}");
    }
}

#[test]
fn files_are_offered_in_every_position() {
    check("cnic response ", &FILES);
    check("cnic response l", &["list.txt"]);
    check("cnic response list.txt m", &["my file.txt"]);
    check("cnic response --strict ", &FILES);
    check("cnic response --format csv l", &["list.txt"]);
    check("cnic command --from form ", &FILES);
    check("cnic register ", &FILES);
    check("cnic receipt m", &["my file.txt"]);
}

#[test]
fn values_of_options_are_offered_in_both_spellings() {
    let encodings = ["latin1", "lossy", "utf-8"];
    check("cnic response --encoding ", &encodings);
    check("cnic response --encoding=", &encodings);
    check("cnic response --encoding=u", &["utf-8"]);
    check("cnic response --encoding l", &["latin1", "lossy"]);
    check("cnic register --format=", &["form", "json"]);
}

#[test]
fn subcommands_shells_and_pages_are_offered() {
    check("cnic resp", &["response"]);
    check("cnic completions z", &["zsh"]);
    check("cnic man re", &["receipt", "register", "response"]);
    check("cnic help re", &["receipt", "register", "response"]);
    check("cnic response --str", &["--strict"]);
}

#[test]
fn nothing_is_offered_for_what_only_the_user_knows() {
    for line in [
        "cnic register --suffix ",
        "cnic register --suffix=",
        "cnic response --columns ",
        "cnic code ",
    ] {
        check(line, &[]);
    }
}

#[test]
fn completions_know_subcommands_options_and_values() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = cnic(&["completions", shell]);
        for &(subcommand, names) in SUBCOMMANDS {
            assert!(script.contains(subcommand), "{shell}: {subcommand}");
            for option in names.iter().filter_map(|name| name.strip_prefix("--")) {
                assert!(script.contains(option), "{shell}: {option}");
            }
        }
    }
}

#[test]
fn completions_are_scripts_of_their_shells() {
    for shell in shells() {
        let folder = Folder::new(shell);
        let check = if shell == "fish" { "--no-execute" } else { "-n" };
        let output = folder.command(shell).args([check, "../_cnic"]).output().expect("it runs");
        let problems = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && problems.is_empty(), "{shell}: {problems}");
    }
}
