//! The command line `cnic-sql`.

#![forbid(unsafe_code)]

mod failure;
mod format;
mod output;
mod query;

use std::io::{self, Read};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::failure::Failure;
use crate::format::Format;

/// Runs an SQL query on responses, and on archives of responses.
///
/// The query can read files of responses with cnic_responses('PATH'), a row for each row of a list,
/// or with cnic_bodies('PATH'), a row for each response, and Parquet, CSV and JSON files by their
/// names: FROM 'x.parquet'. It can take a text column apart with the functions cnic_code,
/// cnic_description, cnic_field, cnic_column, cnic_redact and cnic_error.
#[derive(Debug, Parser)]
#[command(name = "cnic-sql", version, after_help = EXAMPLES)]
struct Arguments {
    /// The query, or `-` for standard input [default: standard input]
    #[arg(conflicts_with = "file")]
    query: Option<String>,

    /// Read the query from a file
    #[arg(short, long, value_name = "FILE")]
    file: Option<PathBuf>,

    /// How the rows are written [default: parquet if the output's name ends in .parquet, else table]
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Write to a file. If the query fails, the file is as it was
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  $ cnic-sql \"SELECT code, count(*) FROM cnic_responses('logs/*.gz') GROUP BY code\"
  $ cnic-sql -o raw.parquet \"SELECT body FROM cnic_bodies('logs')\"   # an archive of whole responses
  $ cnic-sql -o domains.parquet \"SELECT domain, status FROM cnic_responses('lists', 'domain, status')\"
  $ cnic-sql --format csv \"SELECT * FROM 'domains.parquet' WHERE status = 'ACTIVE'\"
  $ cnic-sql \"EXPLAIN SELECT domain FROM cnic_responses('list.txt')\"   # shows the columns that are read

cnic_responses('PATH', 'COLUMNS', true) takes columns, each with a type after `=` unless it is text.
With `true`, a column that a response lacks is null; otherwise that is an error. A column whose name
is not in lower case needs quotes in SQL, which the shell must keep: 'SELECT \"DOMAIN\" FROM ..'.

Cells of CSV are read as text. In CSV that is written, null and the empty text look the same; JSON
keeps them apart.

Exit status:
  0  done
  1  a response or another file is malformed, or a value does not fit
  2  wrong usage, a query that is not valid, or something could not be read or written";

impl Arguments {
    fn query(&self) -> Result<String, Failure> {
        if let Some(path) = &self.file {
            return std::fs::read_to_string(path)
                .map_err(|error| Failure::usage(format!("{}: {error}", path.display())));
        }
        match self.query.as_deref() {
            Some(query) if query != "-" => Ok(query.to_owned()),
            _ => {
                let mut query = String::new();
                let read = io::stdin().read_to_string(&mut query);
                read.map_err(|error| Failure::usage(format!("standard input: {error}")))?;
                Ok(query)
            }
        }
    }

    fn format(&self) -> Format {
        let is_parquet = |path: &PathBuf| path.extension().is_some_and(|end| end == "parquet");
        let default = match &self.output {
            Some(path) if is_parquet(path) => Format::Parquet,
            _ => Format::Table,
        };
        self.format.unwrap_or(default)
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(failure.status())
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let format = arguments.format();
    if format == Format::Parquet && arguments.output.is_none() {
        return Err(Failure::usage("Parquet needs a file: add -o FILE".to_owned()));
    }
    let query = arguments.query()?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let rows = query::run(&query).await?;
        match &arguments.output {
            Some(path) => output::to_file(path, rows, format).await,
            None => output::to_stdout(rows, format).await,
        }
    })
}
