//! `cnic response`: a reply as a table, JSON, CSV or canonical text.

mod csv;
mod table;

use std::io::{self, Write};

use clap::ValueEnum;
use cnic_response::{Parser, Response, Responses};

use crate::failure::Failure;
use crate::input::Input;
use crate::output;

/// Read a reply: its code, its table, its page
///
/// The reply is text such as `code = 200`, `property[domain][0] = example.com`, with or without the lines `[RESPONSE]` and
/// `EOF` around it.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cnic response reply.txt
  cnic response --format csv reply.txt > domains.csv
  cnic response --all < log.txt | jq .code")]
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
    let bytes = args.input.read()?;
    let parser = if args.strict { Parser::strict() } else { Parser::new() };
    if args.all {
        return all(&bytes, parser);
    }
    let response = parser.parse_bytes(&bytes).map_err(Failure::malformed)?;
    match args.format.unwrap_or(Format::Table) {
        Format::Table => table::write(&mut output::styled(), &response)?,
        Format::Json => json(&mut output::plain(), &response)?,
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
    out.write_all(b"\n")?;
    out.flush()
}

/// Nothing is written before the last reply is known to be good.
fn all(bytes: &[u8], parser: Parser) -> Result<(), Failure> {
    let mut responses: Vec<Response<'_>> = Vec::new();
    let mut problems = Vec::new();
    for result in Responses::from_utf8(bytes).map_err(Failure::malformed)?.parser(parser) {
        match result {
            Ok(response) => responses.push(response),
            Err(error) => problems.push(error.to_string()),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::Malformed(problems));
    }
    let mut out = output::plain();
    for response in &responses {
        json(&mut out, response)?;
    }
    Ok(())
}
