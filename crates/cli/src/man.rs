//! `cnic man`: the manual pages.

use std::io::{self, Write};

use clap::builder::PossibleValuesParser;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::failure::Failure;
use crate::output;

/// Generate a manual page
///
/// It has the text of --help. To read one without installing it: cnic man response | man -l -
#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  $ mkdir -p ~/.local/share/man/man1
  $ cnic man > ~/.local/share/man/man1/cnic.1
  $ cnic man response > ~/.local/share/man/man1/cnic-response.1")]
pub(crate) struct Args {
    /// The subcommand to describe [default: cnic as a whole]
    #[arg(value_parser = PossibleValuesParser::new(SUBCOMMANDS))]
    subcommand: Option<String>,
}

const SUBCOMMANDS: &[&str] = &[
    "response",
    "command",
    "register",
    "receipt",
    "diff",
    "code",
    #[cfg(feature = "mock")]
    "mock",
    "completions",
    "man",
];

pub(crate) fn run(args: Args, cnic: clap::Command) -> Result<(), Failure> {
    let mut cnic = cnic.disable_help_subcommand(true);
    cnic.build();
    let subcommand = args.subcommand.and_then(|name| cnic.find_subcommand(name));
    let mut page = Vec::new();
    render(subcommand.unwrap_or(&cnic), &mut page)?;
    output::plain(|out| Ok(out.write_all(&page)?))
}

fn render(command: &clap::Command, page: &mut Vec<u8>) -> io::Result<()> {
    let man = Man::new(command.clone())
        // Left empty it would be left out, and the version stand in its place.
        .date(" ")
        .source(concat!("cnic ", env!("CARGO_PKG_VERSION")))
        .manual("cnic manual");
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(page)?;
    }
    let mut rest = Roff::new();
    let after = command.get_after_long_help().or_else(|| command.get_after_help());
    if let Some(text) = after {
        sections(&text.to_string(), &mut rest);
    }
    if !command.has_subcommands() {
        rest.control("SH", ["SEE ALSO"]);
        rest.text([roman("cnic(1), also for the exit statuses")]);
    }
    rest.to_writer(page)
}

/// Renders what stands below the options: `Heading:`, indented lines as they are, and paragraphs.
fn sections(text: &str, page: &mut Roff) {
    let mut is_literal = false;
    for line in text.lines() {
        let is_indented = line.starts_with(' ');
        if is_literal && !is_indented && !line.is_empty() {
            page.control("fi", []);
            is_literal = false;
        }
        match line.strip_suffix(':') {
            Some(heading) if !is_indented => {
                page.control("SH", [&*heading.to_uppercase()]);
            }
            _ if line.is_empty() => {
                page.control(if is_literal { "sp" } else { "PP" }, []);
            }
            _ => {
                if is_indented && !is_literal {
                    page.control("nf", []);
                    is_literal = true;
                }
                page.text([roman(line)]);
            }
        }
    }
    if is_literal {
        page.control("fi", []);
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::SUBCOMMANDS;

    #[test]
    fn every_subcommand_has_a_page() {
        let cnic = crate::Cli::command();
        let names: Vec<_> = cnic.get_subcommands().map(clap::Command::get_name).collect();
        assert_eq!(names, SUBCOMMANDS);
    }
}
