//! `cnic code`: the return codes.

use std::borrow::Cow;

use clap::ValueEnum;
use cnic_response::{Availability, Code};
use serde::Serialize;

use crate::failure::Failure;
use crate::json;
use crate::output;
use crate::sheet::Sheet;

/// List return codes: class, whether to retry, meaning
#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  $ cnic code 210 423 599
  code  class      retry  closes  available  meaning
  210   success                   yes        Domain name available
  423   temporary  yes                       error (socket error)
  599   permanent                            (unknown code)

  $ cnic code --format json 545 | tr , '\\n' | head -n 3
  {\"code\":545
  \"class\":\"permanent\"
  \"retry\":false

  $ cnic code | head -n 2
  code  class      retry  closes  available  meaning
  200   success                              Command completed successfully")]
pub(crate) struct Args {
    /// The codes to list, from 100 to 999 [default: all known ones]
    #[arg(value_name = "N")]
    codes: Vec<Code>,

    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A human-readable table
    Table,
    /// One JSON object per line
    Json,
}

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    let mut codes = args.codes;
    if codes.is_empty() {
        codes = Code::KNOWN.to_vec();
        codes.sort_unstable();
    }
    if let Format::Json = args.format {
        return output::plain(|out| {
            codes.into_iter().try_for_each(|code| Ok(json::write_line(out, &Entry::new(code))?))
        });
    }
    let rows = codes.into_iter().map(row);
    let mut sheet = Sheet::new(HEADER.len());
    let lines = std::iter::once(HEADER.map(Cow::Borrowed)).chain(rows.clone());
    for cells in lines {
        cells.iter().enumerate().for_each(|(column, cell)| sheet.measure(column, cell));
    }
    // Not cut to the terminal: the meaning, in the last column, is what this is about.
    output::styled(|out| {
        sheet.header(out, HEADER)?;
        rows.clone().try_for_each(|cells| Ok(sheet.line(out, cells)?))
    })
}

/// What is written of a code as JSON.
#[derive(Serialize)]
struct Entry {
    code: u16,
    class: &'static str,
    retry: bool,
    closes: bool,
    available: Option<bool>,
    meaning: Option<&'static str>,
    published: bool,
}

impl Entry {
    fn new(code: Code) -> Self {
        let availability = code.availability();
        Self {
            code: code.as_u16(),
            class: code.class().name(),
            retry: code.is_retryable(),
            closes: code.closes_connection(),
            available: availability.map(|it| it == Availability::Available),
            meaning: code.meaning(),
            published: code.meaning().is_some() && !code.is_extra(),
        }
    }
}

const HEADER: [&str; 6] = ["code", "class", "retry", "closes", "available", "meaning"];

fn row(code: Code) -> [Cow<'static, str>; 6] {
    let yes = |yes: bool| if yes { "yes" } else { "" };
    let available = match code.availability() {
        Some(Availability::Available) => "yes",
        Some(Availability::NotAvailable) => "no",
        None => "",
    };
    let meaning = code.meaning().unwrap_or("(unknown code)");
    let extra = if code.is_extra() { " (not in the published list)" } else { "" };
    [
        code.to_string().into(),
        code.class().name().into(),
        yes(code.is_retryable()).into(),
        yes(code.closes_connection()).into(),
        available.into(),
        format!("{meaning}{extra}").into(),
    ]
}
