//! The binary `cnic`: the crates of the workspace on the command line.
//!
//! Exit status 0: done. 1: the input is malformed, one `error:` line for each problem. 2: wrong usage, or input and output
//! failed. Nothing is written to standard output unless the status is 0.

mod blocks;
mod code;
mod command;
mod completions;
mod compression;
mod convert;
mod diff;
mod encoding;
mod excerpt;
mod failure;
mod figure;
mod form_span;
mod input;
mod json;
mod kept;
mod line_end;
mod looks;
mod man;
#[cfg(feature = "mock")]
mod mock;
mod output;
mod pager;
mod progress;
mod receipt;
mod register;
mod response;
mod sheet;
mod stream;
mod style;
mod target;
mod unsuccessful;
mod visible;
mod waiting;
mod words;

use std::io::{self, Read, Write};
use std::path::{Path, is_separator};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, Parser, Subcommand};

use crate::failure::Failure;
use crate::input::Place;
use crate::looks::HEAD;

/// Reads and writes the protocols of CentralNic Reseller (RRPproxy) and of the CentralNic Toolkit
///
/// Reads FILE, or standard input. `cnic SUBCOMMAND --help` shows examples.
#[derive(Parser)]
#[command(
    name = "cnic",
    version,
    color = style::usage_colors(),
    max_term_width = 100,
    after_help = "\
Exit status:
  0  done
  1  the input is malformed or breaks a rule: a line for each problem on standard
     error, `error: <text> (line L, byte B)`
  2  wrong usage, or something could not be read or written
  3  with --fail: the code of a response is not a success code

`cnic diff` has the statuses of diff: 0 if nothing differs, 1 if something does, 2 for all
else.

Nothing is written to standard output if the status is 1 or 2, except for the object
of `cnic register --format json` and the good part of the input with --keep-going."
)]
struct Cli {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    Response(response::Args),
    Command(command::Args),
    Register(register::Args),
    Receipt(receipt::Args),
    Diff(diff::Args),
    Code(code::Args),
    #[cfg(feature = "mock")]
    Mock(mock::Args),
    Completions(completions::Args),
    Man(man::Args),
}

fn main() -> ExitCode {
    let result = match Cli::try_parse() {
        Ok(cli) => run(cli.action),
        Err(error) if error.use_stderr() && is_about(&error, |text| text.contains("://")) => {
            let problem = error.kind().as_str().unwrap_or("wrong usage");
            Err(Failure::Refused(format!("{problem}; a URL is for `cnic command --from form URL`")))
        }
        Err(error) if error.use_stderr() && is_about(&error, input::is_form) => {
            let problem = error.kind().as_str().unwrap_or("wrong usage");
            let place = "a form is for `cnic command --from form`, in a FILE or on standard input";
            Err(Failure::Refused(format!("{problem}; {place}")))
        }
        Err(error) if error.use_stderr() => {
            let _ = error.print();
            if let Some(help) = forgotten_subcommand(&error) {
                failure::tell("help", help);
            }
            return ExitCode::from(2);
        }
        // Help, or the version.
        Err(text) => text.print().and_then(|()| io::stdout().flush()).map_err(Failure::from),
    };
    result.map_or_else(Failure::report, |()| ExitCode::SUCCESS)
}

/// Returns whether the text of an error holds a URL or a form, which can have a password and are
/// not shown.
fn is_about(error: &clap::Error, is_secret: impl Fn(&str) -> bool) -> bool {
    error.context().any(|(_, value)| is_secret(&value.to_string()))
}

/// Says where a FILE belongs that stands in the place of a subcommand.
fn forgotten_subcommand(error: &clap::Error) -> Option<String> {
    let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    let file = Path::new(name);
    let mut head = Vec::new();
    if file.is_file() {
        let source = Place::new(file).open(false).ok()?;
        // What cannot be read is known by its beginning, or not at all.
        let _ = source.take(HEAD as u64).read_to_end(&mut head);
    } else if name != "-" {
        return None;
    }
    let subcommand = looks::subcommand(&head).unwrap_or("response");
    let is_plain = |c: char| c.is_alphanumeric() || "-_.:".contains(c) || is_separator(c);
    let name = if name.chars().all(is_plain) { name } else { "FILE" };
    Some(format!("FILE comes after a subcommand, as in `cnic {subcommand} {name}`"))
}

fn run(action: Action) -> Result<(), Failure> {
    match action {
        Action::Response(args) => response::run(args),
        Action::Command(args) => command::run(args),
        Action::Register(args) => register::run(args),
        Action::Receipt(args) => receipt::run(args),
        Action::Diff(args) => diff::run(args),
        Action::Code(args) => code::run(args),
        #[cfg(feature = "mock")]
        Action::Mock(args) => mock::run(args),
        Action::Completions(args) => completions::run(args, Cli::command()),
        Action::Man(args) => man::run(args, Cli::command()),
    }
}

/// Counts what the tests of this binary allocate.
#[cfg(test)]
#[global_allocator]
static ALLOCATOR: cnic_testkit::counting::Counting = cnic_testkit::counting::Counting::new();
