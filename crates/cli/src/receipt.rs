//! `cnic receipt`: the receipt of a Toolkit registration.

use std::io::Write;

use clap::ValueEnum;
use cnic_registration::{Limits, Receipt};

use crate::excerpt::Whole;
use crate::failure::Failure;
use crate::input::Input;
use crate::json;
use crate::looks::Expected;
use crate::output;

/// Read the receipt of a Toolkit registration
///
/// The receipt is text such as `Status: 0` and `amount: 65.00`. It says either that the domain is registered and for how much,
/// or that it is not registered; anything else is an error.
#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  $ cat receipt.txt
  Transaction-ID: 1f0a
  Status: 0
  amount: 65.00

  $ cnic receipt receipt.txt
  Transaction-ID: 1f0a
  Status: 0
  amount: 65.00

  $ cnic receipt --format json receipt.txt | grep -o '\"amount_minor\":[0-9]*'
  \"amount_minor\":6500

  $ head -n 2 receipt.txt | cnic receipt
  error: success without an `amount` (line 2, byte 21)")]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,

    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// The receipt itself, one `Key: value` per line
    Text,
    /// One JSON object
    Json,
}

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    let bytes = args.input.read(Limits::DEFAULT.bytes)?;
    let receipt = Receipt::from_utf8(&bytes)
        .map_err(|error| Failure::malformed(error, Whole::text(&bytes), error.span()))
        .map_err(|failure| failure.explained(Expected::Receipt, &bytes))?;
    output::plain(|out| {
        match args.format {
            Format::Text => write!(out, "{receipt}")?,
            Format::Json => json::write_line(out, &receipt)?,
        }
        Ok(())
    })
}
