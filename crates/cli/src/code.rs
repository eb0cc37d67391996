//! `cnic code`: the return codes.

use std::borrow::Cow;

use cnic_response::{Availability, Code};

use crate::failure::Failure;
use crate::output::{new_row, new_table, styled, write_table};

/// List return codes: class, what to do, meaning
#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  $ cnic code 210 423 599
  code  class      retry  closes  available  meaning
  210   success                   yes        Domain name available
  423   temporary  yes                       error (socket error)
  599   permanent                            (unknown code)

  $ cnic code | wc -l
  61")]
pub(crate) struct Args {
    /// The codes to tell about, from 100 to 999; all known ones if there is none
    #[arg(value_name = "N")]
    codes: Vec<Code>,
}

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    let mut codes = args.codes;
    if codes.is_empty() {
        codes = Code::KNOWN.to_vec();
        codes.sort_unstable();
    }
    let mut table = new_table();
    table.set_header(new_row(
        ["code", "class", "retry", "closes", "available", "meaning"].map(Cow::Borrowed),
    ));
    for code in codes {
        let yes = |yes: bool| if yes { "yes" } else { "" };
        let available = match code.availability() {
            Some(Availability::Available) => "yes",
            Some(Availability::NotAvailable) => "no",
            None => "",
        };
        let meaning = code.meaning().unwrap_or("(unknown code)");
        let extra = if code.is_extra() { " (not in the published list)" } else { "" };
        // Not cut to one line: the meaning is what this is about.
        table.add_row([
            Cow::Owned(code.to_string()),
            code.class().name().into(),
            yes(code.is_retryable()).into(),
            yes(code.closes_connection()).into(),
            available.into(),
            format!("{meaning}{extra}").into(),
        ]);
    }
    Ok(write_table(&mut styled(), &mut table)?)
}
