//! `cnic response`: a response as a table, JSON, CSV, Markdown or canonical text.

mod added;
#[cfg(feature = "parquet")]
mod archive;
mod csv;
mod jsonl;
mod many;
mod markdown;
mod overview;
mod reader;
mod selection;
mod stream;
mod streams;
mod table;
mod union;
mod whole;
mod writer;

use clap::ValueEnum;
use cnic_response::{ErrorKind, Limits, LineKind, Lines, NoteKind, Parser, Position, Response};

use self::added::{Added, Lead};
pub(crate) use self::selection::column_name;
use self::selection::{Selected, select};
use self::stream::ResponseStream;
use self::table::Shape;
use self::writer::Writer;
use crate::encoding::Encoding;
use crate::excerpt::Whole;
use crate::failure::{self, Failure};
use crate::input::Inputs;
use crate::json;
use crate::looks::Expected;
use crate::output::{self, Styled};
use crate::pager;
use crate::stream::convert;
use crate::unsuccessful::Unsuccessful;

/// Read responses, and write them as a table, JSON, CSV, Markdown, text, Parquet or Arrow
///
/// A response is text such as `code = 200`, `property[domain][0] = example.com`, with or without the lines `[RESPONSE]` and
/// `EOF` around it. In a table `·` stands for a missing cell; an empty one is blank.
///
/// With --all the input may hold any number of responses. Nothing is written before the last response is known to be good,
/// unless --keep-going is given: the output is held back until then, in a temporary file if it is longer than 1 MiB.
///
/// In CSV an empty cell is `""` and a missing one is nothing, unless there is only one column. In JSON a missing cell is null.
///
/// On a terminal the lines of a table are cut. The column that is cut last is the first one of --columns, or else the first one
/// that the list declares. Numbers and dates are whole: where there is too little room for that, or for the columns, each cell
/// is written in a line. A table that is longer than the terminal is shown by $PAGER, if it is set.
#[derive(clap::Args)]
#[cfg_attr(not(feature = "parquet"), command(after_long_help = EXAMPLES))]
#[cfg_attr(feature = "parquet", command(after_long_help = format!("{EXAMPLES}{ARCHIVES}")))]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: Inputs,

    /// Output format [default: table, or json with --all]
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Columns to write, in this order, separated by commas
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = column_name)]
    columns: Vec<String>,

    /// Columns to add to CSV, JSON lines, Parquet and Arrow, before the others, separated by commas
    #[arg(long, value_enum, value_delimiter = ',')]
    with: Vec<Added>,

    /// Write a line before the JSON lines of a response: `{"meta":{..}}`, with what JSON has besides the columns
    #[arg(long)]
    with_meta: bool,

    /// Write a table with a line for each row, as that of a list
    #[arg(long, conflicts_with = "object")]
    rows: bool,

    /// Write a table with a line for each cell, as that of a single object
    #[arg(long)]
    object: bool,

    #[arg(long, help = "Do not show a table that is longer than the terminal with $PAGER")]
    no_pager: bool,

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

    /// Read any number of responses from each FILE; the format is json, jsonl, csv, text, parquet or arrow
    #[arg(long)]
    all: bool,

    /// Write each response as it is read, and report each malformed one
    #[arg(long, requires = "all")]
    keep_going: bool,

    /// Exit with status 3, and name the code, if the code of a response is not a success code
    #[arg(long)]
    fail: bool,

    #[cfg(feature = "parquet")]
    #[command(flatten)]
    archive: archive::Options,
}

impl Args {
    /// Returns which layout of a table is asked for.
    const fn is_list(&self) -> Option<bool> {
        if self.rows || self.object { Some(self.rows) } else { None }
    }
}

/// The examples of the help text.
const EXAMPLES: &str = "\
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

  $ cnic response --columns renewalmode,domain --format csv list.txt
  renewalmode,domain
  ,example.com
  AUTOEXPIRE,example.net

  $ cnic response --format jsonl list.txt
  {\"domain\":\"example.com\",\"renewalmode\":null}
  {\"domain\":\"example.net\",\"renewalmode\":\"AUTOEXPIRE\"}

  $ cnic response --format markdown list.txt  # for a ticket
  | domain | renewalmode |
  | --- | --- |
  | example.com | · |
  | example.net | AUTOEXPIRE |

  $ cat list.txt list.txt |
  > cnic response --all --format csv --with response,code --columns domain
  response,code,domain
  0,200,example.com
  0,200,example.net
  1,200,example.com
  1,200,example.net

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
  error: `[RESPONSE]` without `EOF` (line 4, byte 67)";

/// Other programs show what is in the files: these show that they are there.
#[cfg(feature = "parquet")]
const ARCHIVES: &str = "

  $ cnic response --all --format parquet -o lists.parquet list.txt list.txt
  $ head -c 4 lists.parquet
  PAR1

  $ cat list.txt | cnic response --format arrow | head -c 6
  ARROW1

  $ cnic response --format parquet -o list.parquet --type domain=date list.txt
  error: `domain`, row 0: not a date (line 5, byte 90)";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A human-readable table
    Table,
    /// One JSON object, with --all one per line
    Json,
    /// One JSON object per row, with a member for each column
    Jsonl,
    /// The rows, under the names of their columns
    Csv,
    /// The same as a table of Markdown
    Markdown,
    /// The response itself, in canonical form
    Text,
    /// A Parquet file of the rows, with --all those of all responses
    #[cfg(feature = "parquet")]
    Parquet,
    /// The same as an Arrow file
    #[cfg(feature = "parquet")]
    Arrow,
}

#[cfg(feature = "parquet")]
impl Format {
    const fn archive(self) -> Option<archive::Kind> {
        match self {
            Self::Parquet => Some(archive::Kind::Parquet),
            Self::Arrow => Some(archive::Kind::Arrow),
            _ => None,
        }
    }
}

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    let parser = if args.strict { Parser::strict() } else { Parser::new() };
    let parser = parser.allow_truncated(args.allow_truncated).encoding(args.encoding.into());
    let default = if args.all { Format::Json } else { Format::Table };
    let writer = Writer { format: args.format.unwrap_or(default), redact: args.redact };
    check_fitting(&args, writer.format)?;
    #[cfg(feature = "parquet")]
    match writer.format.archive() {
        Some(kind) if args.all => return archive::write_all(&args, writer, kind, parser),
        Some(_) => {}
        None => args.archive.check_unused()?,
    }
    if args.all {
        return match writer.format {
            Format::Csv | Format::Jsonl => many::write_all(&args, writer, parser),
            Format::Json if !args.columns.is_empty() => many::write_all(&args, writer, parser),
            Format::Json | Format::Text => {
                convert(&args.inputs.all(), args.keep_going, args.fail, || {
                    ResponseStream::new(parser, args.encoding, writer, args.keep_going)
                })
            }
            _ => Err(Failure::Refused(ALL.to_owned())),
        };
    }
    let bytes = args.inputs.one()?.read(Limits::DEFAULT.bytes)?;
    let expected = Expected::Response(args.encoding);
    let response = parser.parse_bytes(&bytes).map_err(|error| {
        let text = args.encoding.text(&bytes);
        let is_trailing = error.kind() == ErrorKind::Noted(NoteKind::TrailingData);
        let has_more = is_trailing && next_response(&text, error.position()).is_some();
        Failure::malformed(error, Whole::text(&text), error.span())
            .explained(expected, &bytes)
            .with_help(has_more.then_some(MORE))
    })?;
    let trailing = response.notes().iter().find(|note| note.kind() == NoteKind::TrailingData);
    if let Some(note) = trailing {
        let text = args.encoding.text(&bytes);
        if next_response(&text, note.position()).is_some() {
            let span = note.position().byte()..usize::MAX;
            let failure = Failure::malformed(note, Whole::text(&text), span);
            return Err(failure.with_help(Some(MORE)));
        }
    }
    write_one(&args, writer, &response)?;
    // A table and JSON show their notes; these formats have no place for them.
    let is_silent = !matches!(writer.format, Format::Table | Format::Json);
    if let Some(note) = trailing.filter(|_| is_silent) {
        failure::tell("note", note);
    }
    let unsuccessful = Unsuccessful::of(&response);
    if args.fail && !unsuccessful.is_empty() {
        return Err(Failure::Unsuccessful(unsuccessful));
    }
    Ok(())
}

/// What to do about a second response.
const MORE: &str = "--all reads all responses";

/// Returns where another response begins in what follows one from a place on.
pub(crate) fn next_response(text: &[u8], place: Position) -> Option<Position> {
    let trailing = String::from_utf8_lossy(text.get(place.byte()..).unwrap_or_default());
    let next = Lines::new(&trailing).map_while(Result::ok).find(|line| match line.kind() {
        LineKind::Header => true,
        LineKind::Field { name, .. } => name.eq_ignore_ascii_case("code"),
        _ => false,
    });
    next.map(|line| line.position().offset_by(place))
}

/// What can be written with `--all`.
#[cfg(feature = "parquet")]
const ALL: &str = "--all writes json, jsonl, csv, text, parquet or arrow";
#[cfg(not(feature = "parquet"))]
const ALL: &str = "--all writes json, jsonl, csv or text";

/// Fails if there is an option that has no meaning for the format.
fn check_fitting(args: &Args, format: Format) -> Result<(), Failure> {
    use Format::{Json, Jsonl, Markdown, Table, Text};

    let layout = if args.rows { "--rows" } else { "--object" };
    let takes_more = !matches!(format, Table | Json | Markdown | Text);
    let options = [
        ("--columns", !args.columns.is_empty(), format != Text, "another format than text"),
        ("--with", !args.with.is_empty(), takes_more, WITH),
        ("--with-meta", args.with_meta, format == Jsonl, "--format jsonl"),
        (layout, args.is_list().is_some(), format == Table, "--format table"),
    ];
    let unfit = options.into_iter().find(|(_, is_given, is_fit, _)| *is_given && !is_fit);
    unfit.map_or(Ok(()), |(option, _, _, needed)| {
        Err(Failure::Refused(format!("{option} needs {needed}")))
    })
}

/// What `--with` can be added to.
#[cfg(feature = "parquet")]
const WITH: &str = "--format csv, jsonl, parquet or arrow";
#[cfg(not(feature = "parquet"))]
const WITH: &str = "--format csv or jsonl";

/// Writes the only response.
fn write_one(args: &Args, writer: Writer, response: &Response<'_>) -> Result<(), Failure> {
    match writer.format {
        #[cfg(feature = "parquet")]
        Format::Parquet => {
            return archive::write_one(args, writer, archive::Kind::Parquet, response);
        }
        #[cfg(feature = "parquet")]
        Format::Arrow => return archive::write_one(args, writer, archive::Kind::Arrow, response),
        Format::Json if !args.columns.is_empty() => {}
        Format::Json | Format::Text => {
            return output::plain(|out| Ok(writer.write(out, response)?));
        }
        _ => {}
    }
    let shown = writer.shown(response)?;
    let columns = select(&shown, &args.columns)?;
    let lead = Lead { with: &args.with, number: 0 };
    match writer.format {
        Format::Table => {
            let styled = |out: &mut Styled| {
                let terminal = output::terminal_width();
                let key = selection::key(&shown, &args.columns, &columns);
                let shape = Shape { terminal, key, is_list: args.is_list() };
                // What was noted is in no canonical text.
                Ok(table::write(out, &shown, &columns, response.notes(), shape)?)
            };
            if args.no_pager { output::styled(styled) } else { pager::styled(styled) }
        }
        Format::Csv => {
            if !args.with.is_empty() {
                lead.check(added::names(&shown, &columns)).map_err(Failure::Refused)?;
            }
            output::plain(|out| Ok(csv::write(out, &shown, &columns, lead)?))
        }
        Format::Jsonl => {
            jsonl::check(&shown, &columns, lead, args.with_meta).map_err(Failure::Refused)?;
            output::plain(|out| {
                if args.with_meta {
                    jsonl::write_meta(out, &shown.overview(response, None), lead)?;
                }
                Ok(jsonl::write(out, &shown, &columns, lead)?)
            })
        }
        Format::Markdown => output::plain(|out| Ok(markdown::write(out, &shown, &columns)?)),
        _ => {
            lead.check(columns.iter().map(Selected::name)).map_err(Failure::Refused)?;
            let overview = shown.overview(response, Some(&columns));
            output::plain(|out| Ok(json::write_line(out, &overview)?))
        }
    }
}
