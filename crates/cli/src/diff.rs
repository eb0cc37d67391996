//! `cnic diff`: what is not the same in two responses.

mod command;
mod difference;
mod list;
mod object;
mod report;

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use cnic_response::{Column, Limits, NoteKind, Parser, Response};

use self::difference::Difference;
use crate::encoding::Encoding;
use crate::failure::{self, Failure};
use crate::input::Place;
use crate::looks::{self, Expected};
use crate::response::column_name;
use crate::visible::visible;

/// Compare two responses: the rows of a list by a key column, or the values of one object
///
/// A list is compared row by row. Rows belong together if they have the same key: the cell of the column that --key names, or
/// of the first column. Rows that only OLD has are gone, rows that only NEW has are added, and of the others each cell that
/// differs is shown. The order of rows does not matter.
///
/// A response about one object, such as that of StatusDomain, is compared column by column. Name servers and tags are compared
/// as sets, other values by their rows. A list that has nothing that describes it is taken for an object, unless --key is given.
///
/// Code, description, and what describes a list, such as `total`, are not compared. Values are compared byte by byte.
///
/// The exit status is 0 if the responses are the same, 1 if they differ, and 2 if they cannot be compared.
#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  $ sed 's/example.net/example.org/' list.txt > new.txt
  $ cnic diff --partial list.txt new.txt
     domain       column  old  new
  -  example.net
  +  example.org

  1 row gone, 1 row added

  $ cnic diff --partial --format json list.txt list.txt
  {\"key\":\"domain\",\"gone\":[],\"added\":[],\"changed\":[]}

  $ cnic diff old-status.txt new-status.txt
     column      row  old              new
  ~  status      0    ACTIVE           HOLD
  -  nameserver       ns2.example.net
  +  nameserver                        ns3.example.net

  3 values differ

  $ cnic diff --as-command ModifyDomain old-status.txt new-status.txt
  COMMAND=ModifyDomain
  DOMAIN=example.com
  ADDNAMESERVER0=ns3.example.net
  DELNAMESERVER0=ns2.example.net
  note: 1 difference in `status` is not in the command

  $ cnic diff list.txt new.txt
  error: list.txt: rows 0 to 1 of 5: a part of a list; --partial compares parts")]
pub(crate) struct Args {
    /// The response from before, `-` for standard input
    #[arg(value_hint = clap::ValueHint::FilePath)]
    old: PathBuf,

    /// The response from after, `-` for standard input
    #[arg(value_hint = clap::ValueHint::FilePath)]
    new: PathBuf,

    /// Column whose cells say which rows belong together [default: the first column]
    #[arg(long, value_name = "NAME")]
    key: Option<String>,

    /// Columns to compare, separated by commas [default: all]
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = column_name)]
    columns: Vec<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,

    /// Write the command that changes name servers and tags from those of OLD to those of NEW
    #[arg(long, value_name = "NAME", conflicts_with_all = ["format", "columns"])]
    as_command: Option<String>,

    /// Compare lists of which one holds only a part
    #[arg(long)]
    partial: bool,

    /// Write *** in place of passwords, auth codes, session IDs and tokens
    #[arg(long)]
    redact: bool,

    /// Encoding of the input
    #[arg(long, value_enum, default_value_t)]
    encoding: Encoding,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A line for each difference
    Table,
    /// One JSON object
    Json,
}

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    if [&args.old, &args.new].iter().all(|path| *path == Path::new("-")) {
        return Err(Failure::Refused("standard input cannot be both OLD and NEW".to_owned()));
    }
    let (old, new) = (read(&args.old)?, read(&args.new)?);
    let old = Side::parse(&args, &args.old, &old)?;
    let new = Side::parse(&args, &args.new, &new)?;
    let is_list = args.key.is_some() || old.is_list() || new.is_list();
    if let Some(name) = &args.as_command {
        return command::write(name, &args, &old, &new);
    }
    let columns = columns(&args, &old, &new)?;
    let difference = if is_list {
        Difference::List(list::compare(&args, &old, &new, &columns)?)
    } else {
        Difference::Object(object::compare(&columns))
    };
    report::write(&args, &difference)?;
    if difference.is_by_rows() {
        failure::tell("note", BY_ROWS);
    }
    if difference.is_none() { Ok(()) } else { Err(Failure::Different) }
}

/// What to do where the values of one object are the rows of a list.
const BY_ROWS: &str = "rows are compared by their numbers; --key NAME compares those of a list";

/// Reads one of the two.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let place = Place::new(path);
    // Status 1 says that the responses differ.
    place.read(Limits::DEFAULT.bytes).map_err(|failure| match failure {
        Failure::TooLong => trouble(path, failure::TOO_LONG),
        failure => failure,
    })
}

/// Says why a file cannot be compared.
fn trouble(path: &Path, problem: impl std::fmt::Display) -> Failure {
    Failure::Refused(format!("{}: {problem}", Place::new(path).name()))
}

/// One of the two responses.
struct Side<'t> {
    path: &'t Path,
    response: Response<'t>,
}

impl<'t> Side<'t> {
    /// Parses a response that can be compared: one that says that it is a success, and all of it.
    fn parse(args: &Args, path: &'t Path, bytes: &'t [u8]) -> Result<Self, Failure> {
        let parser = Parser::new().encoding(args.encoding.into());
        let response = parser.parse_bytes(bytes).map_err(|error| {
            match looks::help(Expected::Response(args.encoding), bytes) {
                Some(help) => trouble(path, format_args!("{error}; {help}")),
                None => trouble(path, error),
            }
        })?;
        let notes = response.notes();
        if notes.iter().any(|note| note.kind() == NoteKind::TrailingData) {
            return Err(trouble(path, "more than one response"));
        }
        let code = response.code();
        if !response.is_success() {
            let meaning = code.meaning().unwrap_or("unknown code");
            return Err(trouble(path, format_args!("{code} {meaning}: not a success")));
        }
        let side = Self { path, response };
        if args.partial { Ok(side) } else { side.whole() }
    }

    /// Fails if the response says that it is a part of a list: the rest of the rows would seem to be gone.
    fn whole(self) -> Result<Self, Failure> {
        let Some(page) = self.response.page() else { return Ok(self) };
        if page.first.unwrap_or(0) == 0 && !page.has_next() {
            return Ok(self);
        }
        let (first, last) = (page.first.unwrap_or(0), page.last.unwrap_or(0));
        let total = page.total.map(|total| format!(" of {total}")).unwrap_or_default();
        let rows = format!("rows {first} to {last}{total}");
        let text = format!("{rows}: a part of a list; --partial compares parts");
        Err(trouble(self.path, text))
    }

    fn is_list(&self) -> bool {
        self.response.page().is_some() || self.response.declared_columns().next().is_some()
    }

    /// Returns the names of the columns.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.response.columns().map(|column| column.name())
    }
}

/// A column of the two responses.
#[derive(Clone, Copy)]
struct Pair<'r> {
    name: &'r str,
    /// `None` in a response that has no such column.
    old: Option<Column<'r>>,
    new: Option<Column<'r>>,
}

impl<'r> Pair<'r> {
    fn of(name: &'r str, old: &'r Side<'_>, new: &'r Side<'_>) -> Self {
        Self { name, old: old.response.column(name), new: new.response.column(name) }
    }

    /// Returns whether both are the same column, however they are spelled.
    fn is(&self, other: Self) -> bool {
        let name = |column: Option<Column<'r>>| column.map(Column::name);
        let same = |own: Option<_>, other| own.is_some() && own == other;
        same(name(self.old), name(other.old)) || same(name(self.new), name(other.new))
    }

    fn old_cell(&self, row: usize) -> Option<&'r str> {
        self.old.and_then(|column| column.get(row))
    }

    fn new_cell(&self, row: usize) -> Option<&'r str> {
        self.new.and_then(|column| column.get(row))
    }
}

/// Returns the columns that are compared, those of OLD first.
fn columns<'r>(
    args: &'r Args,
    old: &'r Side<'_>,
    new: &'r Side<'_>,
) -> Result<Vec<Pair<'r>>, Failure> {
    let all = old.names().chain(new.names().filter(|name| old.response.column(name).is_none()));
    let all = all.map(|name| Pair::of(name, old, new)).collect::<Vec<_>>();
    if args.columns.is_empty() || all.is_empty() {
        return Ok(all);
    }
    let chosen = args.columns.iter().map(|name| Pair::of(name, old, new));
    chosen
        .map(|pair| match pair {
            Pair { name, old: None, new: None } => {
                Err(unknown(None, name, all.iter().map(|pair| pair.name)))
            }
            pair => Ok(pair),
        })
        .collect()
}

/// Says which columns there are, in one of the two or in both.
fn unknown<'n>(path: Option<&Path>, name: &str, names: impl Iterator<Item = &'n str>) -> Failure {
    let names: Vec<_> = names.map(|name| format!("`{}`", visible(name))).collect();
    let text = format!("no column `{}`: there are {}", visible(name), names.join(", "));
    match path {
        Some(path) => trouble(path, text),
        None => Failure::Refused(text),
    }
}
