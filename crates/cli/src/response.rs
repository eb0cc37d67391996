//! `cnic response`: a reply as a table, JSON, CSV or canonical text.

mod all;
mod csv;
mod table;

use std::io::{self, Write};

use clap::ValueEnum;
use cnic_response::{Limits, Parser, Response};

use crate::failure::Failure;
use crate::input::Input;
use crate::output;

/// Read a reply: its code, its table, its page
///
/// The reply is text such as `code = 200`, `property[domain][0] = example.com`, with or without the lines `[RESPONSE]` and
/// `EOF` around it. In a table `·` stands for a cell that is not there; an empty one is blank.
///
/// With --all the input is read twice, from a temporary file if it is longer than 1 MiB: nothing is written before the last
/// reply is known to be good. No more than one reply is held in memory.
#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  $ cat reply.txt
  [RESPONSE]
  code = 200
  description = Command completed successfully
  property[count][0] = 2
  property[domain][0] = example.com
  property[domain][1] = example.net
  property[first][0] = 0
  property[last][0] = 1
  property[limit][0] = 2
  property[renewalmode][1] = AUTOEXPIRE
  property[total][0] = 5
  EOF

  $ cnic response reply.txt
  200 Command completed successfully

  domain       renewalmode
  example.com  ·
  example.net  AUTOEXPIRE

  rows 0 to 1 of 5, limit 2, next FIRST=2

  $ cnic response --format csv reply.txt
  domain,renewalmode
  example.com,
  example.net,AUTOEXPIRE

  $ cat reply.txt reply.txt | cnic response --all | grep -o '\"total\":[0-9]*'
  \"total\":5
  \"total\":5

  $ head -n 4 reply.txt | cnic response
  error: `[RESPONSE]` without `EOF` (line 4, byte 67)")]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,

    /// What to write; a table if nothing is said
    #[arg(long, value_enum)]
    format: Option<Format>,

    #[arg(
        long,
        help = "Refuse whatever is usually forgiven, and a reply without [RESPONSE] and EOF"
    )]
    strict: bool,

    /// Read several replies, one after another, and write one JSON object a line
    #[arg(long)]
    all: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A table for people
    Table,
    /// One JSON object
    Json,
    /// The rows, under the names of their columns
    Csv,
    /// The reply itself, in canonical form
    Text,
}

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    if args.all && !matches!(args.format, None | Some(Format::Json)) {
        return Err(Failure::Refused("--all writes JSON and no other format".to_owned()));
    }
    let parser = if args.strict { Parser::strict() } else { Parser::new() };
    if args.all {
        return all::write(&args.input, parser);
    }
    let bytes = args.input.read(Limits::DEFAULT.bytes)?;
    let response = parser.parse_bytes(&bytes).map_err(Failure::malformed)?;
    match args.format.unwrap_or(Format::Table) {
        Format::Table => table::write(&mut output::styled(), &response)?,
        Format::Json => {
            let mut out = output::plain();
            json(&mut out, &response)?;
            out.flush()?;
        }
        Format::Csv => csv::write(&mut output::plain(), response.table())?,
        Format::Text => {
            let mut out = output::plain();
            write!(out, "{}", response.encode())?;
            out.flush()?;
        }
    }
    Ok(())
}

/// Writes a reply as one line of JSON.
fn json(out: &mut impl Write, response: &Response<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, response).map_err(io::Error::from)?;
    out.write_all(b"\n")
}
