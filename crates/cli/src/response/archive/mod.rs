//! Responses as Parquet, or as a file of Arrow.

mod destination;
mod interrupt;
mod options;
mod sheets;
mod writer;

use cnic_arrow::BatchBuilder;
use cnic_response::{Parser, Response};
use cnic_text::Position;

pub(crate) use self::options::Options;
pub(crate) use self::sheets::Kind;

use self::destination::Destination;
use self::writer::Archive;
use super::selection::{has_column, no_such, select};
use super::streams::{At, Stop, Streams};
use super::union::Union;
use super::{Args, Writer};
use crate::failure::{Failure, Problem};
use crate::unsuccessful::Unsuccessful;

/// Writes a response.
pub(super) fn write_one(
    args: &Args,
    writer: Writer,
    kind: Kind,
    response: &Response<'_>,
) -> Result<(), Failure> {
    args.archive.check_layout(&args.columns, &args.with)?;
    let shown = writer.shown(response)?;
    let names = match &*args.columns {
        [] if args.archive.is_long() => vec![],
        [] => {
            let mut union = Union::default();
            union.add(&shown);
            let unsuccessful = Unsuccessful::of(response);
            if args.fail && union.names().is_empty() && !unsuccessful.is_empty() {
                return Err(Failure::Unsuccessful(unsuccessful));
            }
            union.into_some_names()?
        }
        columns => {
            select(&shown, columns)?;
            columns.to_vec()
        }
    };
    let mut archive = begin(args, kind, &names)?;
    archive.describe(cnic_arrow::metadata(&shown));
    archive.push(&shown, 0).map_err(|problem| {
        let position = problem.position(response, Position::START);
        Failure::Malformed(vec![Problem::new(format_args!("{} ({position})", problem.text()))])
    })?;
    archive.finish()
}

/// Writes the responses of all inputs.
///
/// In memory there is one response, and what is written of a row group.
pub(super) fn write_all(
    args: &Args,
    writer: Writer,
    kind: Kind,
    parser: Parser,
) -> Result<(), Failure> {
    args.archive.check_layout(&args.columns, &args.with)?;
    let streams = Streams {
        places: args.inputs.all(),
        parser,
        encoding: args.encoding,
        keep_going: args.keep_going,
        has_progress: true,
    };
    let mut names = args.columns.clone();
    let mut ahead = None;
    if names.is_empty() && !args.archive.is_long() {
        let mut union = Union::default();
        let seen = streams.read_ahead(&mut |response: &Response<'_>, _| {
            union.add(response);
            Ok(())
        })?;
        if seen.has_problems && !args.keep_going {
            return Err(Failure::Told);
        }
        ahead = Some(seen.counts);
        if union.names().is_empty() && !seen.has_problems && !seen.has_unread {
            seen.result(args.fail)?;
        }
        names = union.into_some_names()?;
    }
    let mut archive = begin(args, kind, &names)?;
    let mut unknown: Vec<_> = args.columns.iter().collect();
    let mut union = Union::default();
    let seen = streams.read(&mut |response: &Response<'_>, At { number, start }| {
        if !unknown.is_empty() {
            union.add(response);
            unknown.retain(|name| !has_column(response, name));
        }
        let shown = writer.shown(response).map_err(|error| Stop::Failure(error.into()))?;
        archive.push(&shown, number).map_err(|problem| {
            let position = problem.position(response, start);
            Stop::Problem(format!("response {number}, {} ({position})", problem.text()))
        })?;
        archive.write_full().map_err(Stop::Failure)
    })?;
    if ahead.is_some_and(|counts| counts != seen.counts) {
        let problem = "the input has changed while it was read";
        return Err(Failure::Refused(problem.to_owned()));
    }
    if seen.has_problems && !args.keep_going {
        return Err(Failure::Told);
    }
    // Responses that say that something failed have no columns.
    if let (Some(name), false) = (unknown.first(), union.names().is_empty()) {
        let names: Vec<_> = union.names().iter().map(String::as_str).collect();
        return Err(no_such(name, &names));
    }
    archive.finish()?;
    seen.result(args.fail)
}

/// Begins an archive with these columns, or with a row for each cell.
fn begin(args: &Args, kind: Kind, names: &[String]) -> Result<Archive, Failure> {
    let batches = args.archive.batches(names, &args.with);
    let builder: BatchBuilder =
        batches.build().map_err(|error| Failure::Refused(error.to_string()))?;
    let destination = Destination::new(args.archive.output())?;
    let most_rows = args.archive.row_group();
    Ok(Archive::new(builder, names.len(), most_rows, kind, destination))
}

#[cfg(test)]
mod tests;
