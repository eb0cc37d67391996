//! `cnic completions`: completion scripts for shells.

use std::io::Write;

use clap::ValueHint;
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

pub(crate) fn run(args: Args, cnic: clap::Command) -> Result<(), Failure> {
    let mut cnic = without_guesses(cnic);
    // The generator panics where it can't write, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut cnic, "cnic", &mut script);
    let addition = match args.shell {
        Shell::Bash => bash(&cnic),
        Shell::Fish => fish(&cnic),
        _ => String::new(),
    };
    output::plain(|out| {
        out.write_all(&script)?;
        Ok(out.write_all(addition.as_bytes())?)
    })
}

/// Says of each value of which nothing is known that only the user can know it.
///
/// Shells would offer the files of the folder for it, such as for a suffix.
fn without_guesses(cnic: clap::Command) -> clap::Command {
    let without_guesses = |arg: clap::Arg| match arg.get_value_hint() {
        ValueHint::Unknown if arg.get_possible_values().is_empty() => {
            arg.value_hint(ValueHint::Other)
        }
        _ => arg,
    };
    cnic.mut_subcommands(|subcommand| subcommand.mut_args(without_guesses))
}

/// Returns the subcommands that read no FILE.
fn without_file(cnic: &clap::Command) -> impl Iterator<Item = &clap::Command> {
    cnic.get_subcommands().filter(|subcommand| {
        !subcommand.get_positionals().any(|arg| arg.get_value_hint() == ValueHint::FilePath)
    })
}

/// Returns what fish needs beside the generated lines, which offer files for arguments that have other values, and nothing behind
/// `help`, since they take that for the subcommand that is asked for.
fn fish(cnic: &clap::Command) -> String {
    let line = |subcommand: &clap::Command| {
        let values: Vec<_> = subcommand
            .get_positionals()
            .flat_map(clap::Arg::get_possible_values)
            .map(|value| value.get_name().to_owned())
            .chain(subcommand.get_subcommands().map(|it| it.get_name().to_owned()))
            .filter(|name| name != "help")
            .collect();
        let (name, values) = (subcommand.get_name(), values.join(" "));
        format!("complete -c cnic -n \"__fish_cnic_using_subcommand {name}\" -f -a \"{values}\"\n")
    };
    without_file(cnic).map(line).collect()
}

/// Returns what bash needs beside the generated function, which offers the options, and not the files, where a word begins, and
/// which does not know that bash takes `--format=json` for three words.
fn bash(cnic: &clap::Command) -> String {
    let no_file = without_file(cnic).map(|other| format!("|*,{}", other.get_name()));
    BASH.replace("{no_file}", &no_file.collect::<String>())
}

const BASH: &str = r#"
_cnic_completions() {
    local previous="$3" word words=()
    [[ "$3" == "=" ]] && previous="${COMP_WORDS[COMP_CWORD-2]}"
    [[ "$2" == "=" ]] && set -- "$1" "" "$previous"
    _cnic "$1" "$2" "$previous"
    # Options are for those who type a dash. Where no word is left, bash offers files.
    if [[ "$2" != -* ]]; then
        for word in "${COMPREPLY[@]}"; do
            [[ "$word" == -* ]] || words+=("$word")
        done
        COMPREPLY=("${words[@]}")
    fi
    # There are no files to offer before a subcommand, and behind one that reads none.
    case "$COMP_CWORD,${COMP_WORDS[1]}" in
        1,*{no_file}) compopt +o bashdefault +o default ;;
    esac
}
complete -F _cnic_completions -o bashdefault -o default cnic
"#;
