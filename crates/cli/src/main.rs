//! The binary `cnic`: the crates of the workspace on the command line.
//!
//! Exit status 0: done. 1: the input is malformed, one `error:` line for each problem. 2: wrong usage, or input and output
//! failed. Nothing is written to standard output unless the status is 0.

mod code;
mod command;
mod completions;
mod failure;
mod input;
mod man;
mod output;
mod progress;
mod receipt;
mod register;
mod response;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::failure::Failure;

/// Reads and writes the protocols of CentralNic Reseller (RRPproxy) and of the CentralNic Toolkit
///
/// Whatever it reads is a FILE, or standard input if there is none. `cnic SUBCOMMAND --help` shows examples.
#[derive(Parser)]
#[command(
    name = "cnic",
    version,
    max_term_width = 100,
    after_help = "\
Exit status:
  0  done
  1  the input is malformed or breaks a rule: a line for each problem on standard
     error, `error: <text> (line L, byte B)`
  2  wrong usage, or something could not be read or written

Nothing is written to standard output unless the status is 0, but for the object of
`cnic register --format json`."
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
    Code(code::Args),
    Completions(completions::Args),
    Man(man::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().action {
        Action::Response(args) => response::run(args),
        Action::Command(args) => command::run(args),
        Action::Register(args) => register::run(args),
        Action::Receipt(args) => receipt::run(args),
        Action::Code(args) => code::run(args),
        Action::Completions(args) => completions::run(args, Cli::command()),
        Action::Man(args) => man::run(args, Cli::command()),
    };
    result.map_or_else(Failure::report, |()| ExitCode::SUCCESS)
}
