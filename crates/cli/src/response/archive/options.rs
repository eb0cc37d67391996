//! What an archive is made of, as options.

use std::path::PathBuf;

use clap::ValueEnum;
use cnic_arrow::{BatchOptions, CellType};

use crate::failure::Failure;
use crate::response::added::Added;

/// How many rows a row group has, unless something else is asked for.
const ROW_GROUP: u32 = 100_000;

#[derive(clap::Args)]
#[command(next_help_heading = "Parquet and Arrow")]
pub(crate) struct Options {
    /// File to write; it is replaced at the end, and stays as it is on an error [default: -]
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    output: Option<PathBuf>,

    #[arg(long, value_enum, help = "What a row of the file is [default: wide]")]
    layout: Option<Layout>,

    /// Type of a column: text, integer, decimal(PRECISION,SCALE), timestamp, date or boolean; all are text unless they are given
    /// one
    #[arg(long = "type", value_name = "NAME=TYPE", value_parser = typed)]
    types: Vec<(String, CellType)>,

    /// Rows in a row group of Parquet, or a batch of Arrow, at most [default: 100000]
    #[arg(long, value_name = "ROWS", value_parser = clap::value_parser!(u32).range(1..))]
    row_group: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Layout {
    /// A row of a response, with its columns
    Wide,
    /// A cell of a response: `response`, `column`, `row` and `value`
    Long,
}

/// Reads `NAME=TYPE`.
fn typed(text: &str) -> Result<(String, CellType), String> {
    let (name, cell_type) = text.rsplit_once('=').ok_or("not NAME=TYPE")?;
    let cell_type: CellType = cell_type.parse().map_err(|error| format!("{error}"))?;
    Ok((name.to_owned(), cell_type))
}

impl Options {
    /// Fails if there is an option that has no meaning for other formats.
    pub(crate) fn check_unused(&self) -> Result<(), Failure> {
        let given = [
            ("--output", self.output.is_some()),
            ("--layout", self.layout.is_some()),
            ("--type", !self.types.is_empty()),
            ("--row-group", self.row_group.is_some()),
        ];
        given.into_iter().find(|(_, is_given)| *is_given).map_or(Ok(()), |(option, _)| {
            Err(Failure::Refused(format!("{option} needs --format parquet or arrow")))
        })
    }

    /// Returns the file to write, unless that is standard output.
    pub(super) fn output(&self) -> Option<&PathBuf> {
        self.output.as_ref().filter(|path| path.as_os_str() != "-")
    }

    pub(super) fn is_long(&self) -> bool {
        self.layout == Some(Layout::Long)
    }

    pub(super) fn row_group(&self) -> usize {
        usize::try_from(self.row_group.unwrap_or(ROW_GROUP)).unwrap_or(usize::MAX)
    }

    /// Fails if columns are to be chosen for a file that has the same ones always.
    pub(super) fn check_layout(&self, columns: &[String], with: &[Added]) -> Result<(), Failure> {
        let is_chosen = !columns.is_empty() || !self.types.is_empty() || !with.is_empty();
        if self.is_long() && is_chosen {
            let problem = "--layout long cannot be combined with --columns, --type or --with";
            return Err(Failure::Refused(problem.to_owned()));
        }
        Ok(())
    }

    /// Returns how batches are built, with these columns in this order if a row is one of a response.
    pub(super) fn batches(&self, columns: &[String], with: &[Added]) -> BatchOptions {
        let mut batches = BatchOptions::new();
        if self.is_long() {
            return batches.layout(cnic_arrow::Layout::Long);
        }
        batches = batches.columns(columns).missing_as_null(true);
        for (name, cell_type) in &self.types {
            batches = batches.cell_type(name, *cell_type);
        }
        for added in with {
            batches = match added {
                Added::Response => batches.response_column(added.name()),
                Added::Row => batches.row_column(added.name()),
                Added::Code => batches.code_column(added.name()).empty_as_row(true),
            };
        }
        batches
    }
}
