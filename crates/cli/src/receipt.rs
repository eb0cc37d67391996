//! `cnic receipt`: the receipt of a Toolkit registration.

use std::io::{self, Write};

use clap::ValueEnum;
use cnic_registration::{Limits, Receipt};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::excerpt::Whole;
use crate::failure::Failure;
use crate::input::Input;
use crate::output;

/// Read the receipt of a Toolkit registration
///
/// The receipt is text such as `Status: 0` and `amount: 65.00`. It is an error unless it says that the domain is registered
/// and for how much, or that it is not registered.
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
        .map_err(|error| Failure::malformed(error, Whole::text(&bytes), error.span()))?;
    output::plain(|out| {
        match args.format {
            Format::Text => write!(out, "{receipt}")?,
            Format::Json => {
                serde_json::to_writer(&mut *out, &Json(&receipt)).map_err(io::Error::from)?;
                writeln!(out)?;
            }
        }
        Ok(())
    })
}

struct Json<'r>(&'r Receipt<'r>);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let receipt = self.0;
        let fields: Vec<_> = receipt.fields().collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", &receipt.status())?;
        map.serialize_entry("ok", &receipt.is_success())?;
        map.serialize_entry("transaction_id", &receipt.transaction_id())?;
        map.serialize_entry("message", &receipt.message())?;
        map.serialize_entry("amount_minor", &receipt.amount().map(|amount| amount.minor_units()))?;
        map.serialize_entry("fields", &fields)?;
        map.end()
    }
}
