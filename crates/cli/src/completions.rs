//! `cnic completions`: completion scripts for shells.

use std::io::Write;

use clap_complete::Shell;

use crate::failure::Failure;
use crate::output;

/// Generate a shell completion script
#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  $ mkdir -p ~/.local/share/bash-completion/completions
  $ cnic completions bash > ~/.local/share/bash-completion/completions/cnic

  $ mkdir -p ~/.zfunc     # with fpath+=~/.zfunc before compinit in ~/.zshrc
  $ cnic completions zsh > ~/.zfunc/_cnic

  $ mkdir -p ~/.config/fish/completions
  $ cnic completions fish > ~/.config/fish/completions/cnic.fish")]
pub(crate) struct Args {
    /// The shell that will read the script
    shell: Shell,
}

pub(crate) fn run(args: Args, mut cnic: clap::Command) -> Result<(), Failure> {
    // The generator panics where it can't write, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut cnic, "cnic", &mut script);
    output::plain(|out| Ok(out.write_all(&script)?))
}
