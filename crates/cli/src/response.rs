//! `cnic response`: a response as a table, JSON, CSV or canonical text.

mod csv;
mod stream;
mod table;
mod whole;

use std::io::{self, Write};

use clap::ValueEnum;
use cnic_response::{Limits, Note, NoteKind, Parser, Response};

use self::stream::ResponseStream;
use crate::encoding::Encoding;
use crate::excerpt::Whole;
use crate::failure::{self, Failure};
use crate::input::Inputs;
use crate::json;
use crate::output;
use crate::stream::convert;

/// Read responses, and write them as a table, JSON, CSV or text
///
/// A response is text such as `code = 200`, `property[domain][0] = example.com`, with or without the lines `[RESPONSE]` and
/// `EOF` around it. In a table `·` stands for a missing cell; an empty one is blank.
///
/// With --all the input may hold any number of responses. Nothing is written before the last response is known to be good,
/// unless --keep-going is given: the output is held back until then, in a temporary file if it is longer than 1 MiB.
#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  $ cat list.txt
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

  $ cnic response list.txt
  200 Command completed successfully

  domain       renewalmode
  example.com  ·
  example.net  AUTOEXPIRE

  rows 0 to 1 of 5, limit 2, next FIRST=2

  $ cnic response --format csv list.txt
  domain,renewalmode
  example.com,
  example.net,AUTOEXPIRE

  $ cat list.txt list.txt | cnic response --all | grep -o '\"total\":[0-9]*'
  \"total\":5
  \"total\":5

  $ cnic response --all --keep-going --redact --format text log.txt  # to share
  [RESPONSE]
  code = 200
  description = Command completed successfully
  property[auth][0] = ***
  EOF
  error: `[RESPONSE]` without `EOF` (line 7, byte 110)

  $ head -n 4 list.txt | cnic response
  error: `[RESPONSE]` without `EOF` (line 4, byte 67)")]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: Inputs,

    /// Output format [default: table, or json with --all]
    #[arg(long, value_enum)]
    format: Option<Format>,

    #[arg(
        long,
        help = "Reject input that is normally accepted with a note; require [RESPONSE] and EOF"
    )]
    strict: bool,

    /// Write *** in place of passwords, auth codes, session IDs and tokens
    #[arg(long)]
    redact: bool,

    #[arg(long, help = "Accept a response that has [RESPONSE] but no EOF, and may be cut off")]
    allow_truncated: bool,

    /// Encoding of the input
    #[arg(long, value_enum, default_value_t)]
    encoding: Encoding,

    /// Read any number of responses from each FILE; the format is json or text
    #[arg(long)]
    all: bool,

    /// Write each response as it is read, and report each malformed one
    #[arg(long, requires = "all")]
    keep_going: bool,

    /// Exit with status 3 if the code of a response is not a success code
    #[arg(long)]
    fail: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A human-readable table
    Table,
    /// One JSON object, with --all one per line
    Json,
    /// The rows, under the names of their columns
    Csv,
    /// The response itself, in canonical form
    Text,
}

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    let parser = if args.strict { Parser::strict() } else { Parser::new() };
    let parser = parser.allow_truncated(args.allow_truncated).encoding(args.encoding.into());
    let default = if args.all { Format::Json } else { Format::Table };
    let writer = Writer { format: args.format.unwrap_or(default), redact: args.redact };
    if args.all {
        if !matches!(writer.format, Format::Json | Format::Text) {
            return Err(Failure::Refused("--all writes json or text".to_owned()));
        }
        return convert(&args.inputs.all(), args.keep_going, args.fail, || {
            ResponseStream::new(parser, args.encoding, writer, args.keep_going)
        });
    }
    let bytes = args.inputs.one()?.read(Limits::DEFAULT.bytes)?;
    let response = parser.parse_bytes(&bytes).map_err(|error| {
        let text = args.encoding.text(&bytes);
        Failure::malformed(error, Whole::text(&text), error.span())
    })?;
    if writer.format == Format::Table {
        output::styled(|out| Ok(writer.table(out, &response, output::terminal_width())?))?;
    } else {
        output::plain(|out| Ok(writer.write(out, &response)?))?;
    }
    // A table and JSON show their notes; these formats have no place for them.
    let is_silent = matches!(writer.format, Format::Csv | Format::Text);
    let trailing = |note: &&Note| is_silent && note.kind() == NoteKind::TrailingData;
    if let Some(note) = response.notes().iter().find(trailing) {
        failure::tell("note", format_args!("{note}; use --all for more responses"));
    }
    if args.fail && !response.is_success() { Err(Failure::Unsuccessful) } else { Ok(()) }
}

/// Writes responses in another shape.
#[derive(Clone, Copy)]
struct Writer {
    format: Format,
    redact: bool,
}

impl Writer {
    fn write(self, out: &mut impl Write, response: &Response<'_>) -> io::Result<()> {
        match self.format {
            Format::Table => self.table(out, response, None),
            Format::Csv => csv::write(out, &*self.shown(response)?),
            Format::Json if self.redact => json::write_line(out, &response.redacted()),
            Format::Json => json::write_line(out, response),
            Format::Text if self.redact => write!(out, "{}", response.redacted()),
            Format::Text => write!(out, "{}", response.encode()),
        }
    }

    fn table(
        self,
        out: &mut impl Write,
        response: &Response<'_>,
        terminal: Option<usize>,
    ) -> io::Result<()> {
        // What was noted is in no canonical text.
        table::write(out, &*self.shown(response)?, response.notes(), terminal)
    }

    /// Returns the response as it is to be shown: without its secrets, if there are to be none.
    fn shown<'r>(self, response: &'r Response<'r>) -> io::Result<Shown<'r>> {
        if !self.redact {
            return Ok(Shown::Whole(response));
        }
        // The text can be somewhat longer than the one that was read.
        let limits = Limits::DEFAULT.bytes(u32::MAX).lines(u32::MAX);
        let parser = Parser::new().limits(limits).allow_truncated(true);
        let redacted = parser.parse(response.redacted().to_string()).map_err(io::Error::other)?;
        Ok(Shown::Redacted(Box::new(redacted)))
    }
}

/// A response as it is to be shown.
enum Shown<'r> {
    Whole(&'r Response<'r>),
    Redacted(Box<Response<'static>>),
}

impl<'r> std::ops::Deref for Shown<'r> {
    type Target = Response<'r>;

    fn deref(&self) -> &Response<'r> {
        match self {
            Self::Whole(response) => response,
            Self::Redacted(response) => response,
        }
    }
}
