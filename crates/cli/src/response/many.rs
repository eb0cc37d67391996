//! The responses of all inputs, as CSV, as JSON lines, or as JSON with some of their columns.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};

use cnic_response::{Parser, Response};

use super::added::Lead;
use super::selection::{no_such, select_or_holes};
use super::streams::{At, Copies, Seen, Stop, Streams};
use super::union::Union;
use super::{Args, Format, Writer, csv, jsonl};
use crate::failure::Failure;
use crate::output;

/// How many holes there may be because responses have different columns, whatever there is, and for each cell.
const HOLES: (u64, u64) = (1 << 18, 1 << 6);

/// Writes the rows of all responses.
///
/// Unless it is to keep going, the input is read twice, so that nothing is written before the last response is known to be good.
/// What can be read only once is copied meanwhile. The output is not held back: with the holes in it, it can be far longer than
/// the input.
pub(super) fn write_all(args: &Args, writer: Writer, parser: Parser) -> Result<(), Failure> {
    let many = Many { args, writer, is_csv: writer.format == Format::Csv };
    let streams = Streams {
        places: args.inputs.all(),
        parser,
        encoding: args.encoding,
        keep_going: args.keep_going,
        // A progress bar would get between the lines.
        has_progress: !io::stdout().is_terminal(),
    };
    many.lead(0).check(args.columns.iter().map(String::as_str)).map_err(Failure::Refused)?;
    let needs_names = many.is_csv && args.columns.is_empty();
    if args.keep_going && !needs_names {
        let mut union = Union::default();
        let seen = many.write(&streams, Copies::new(), &args.columns, &mut union)?;
        return seen.result(args.fail).and_then(|()| check_known(&args.columns, &union));
    }
    let (ahead, names, copies) = many.look(&streams)?;
    let seen = many.write(&streams, copies, &names, &mut Union::default())?;
    if ahead.counts != seen.counts {
        let problem = "the input has changed while it was read";
        return Err(Failure::Refused(problem.to_owned()));
    }
    seen.result(args.fail)
}

/// What is written.
struct Many<'a> {
    args: &'a Args,
    writer: Writer,
    is_csv: bool,
}

impl Many<'_> {
    fn lead(&self, number: u64) -> Lead<'_> {
        Lead { with: &self.args.with, number }
    }

    /// Reads everything for the first time, and returns the columns to write.
    fn look(&self, streams: &Streams<'_>) -> Result<(Seen, Vec<String>, Copies), Failure> {
        let mut union = Union::default();
        let mut cells = 0;
        let (seen, copies) = streams.read_and_copy(&mut |response: &Response<'_>, at| {
            union.add(response);
            cells += response.columns().map(|column| column.len() as u64).sum::<u64>();
            self.check(response, at)
        })?;
        if seen.has_problems && !self.args.keep_going {
            return Err(Failure::Told);
        }
        let names = &self.args.columns;
        if !self.is_csv || !names.is_empty() {
            check_known(names, &union)?;
            return Ok((seen, names.clone(), copies));
        }
        let names = union.into_names()?;
        self.lead(0).check(names.iter().map(String::as_str)).map_err(Failure::Refused)?;
        let [_, rows, _] = seen.counts;
        let holes = rows.saturating_mul(names.len() as u64).saturating_sub(cells);
        if holes > HOLES.0 + HOLES.1.saturating_mul(cells) {
            let problem = "too many holes: choose fewer columns with --columns";
            return Err(Failure::Refused(problem.to_owned()));
        }
        Ok((seen, names, copies))
    }

    /// Writes everything with these columns; JSON lines have those of each response if there are none.
    fn write(
        &self,
        streams: &Streams<'_>,
        copies: Copies,
        names: &[String],
        union: &mut Union,
    ) -> Result<Seen, Failure> {
        let keep_going = self.args.keep_going;
        output::plain(|out| {
            if self.is_csv {
                csv::header(out, self.lead(0), names)?;
            }
            let out = RefCell::new(out);
            let mut pause = || if keep_going { Ok(out.borrow_mut().flush()?) } else { Ok(()) };
            streams.read_with(
                copies,
                !keep_going,
                &mut pause,
                &mut |response: &Response<'_>, at| {
                    union.add(response);
                    let number = at.number;
                    if keep_going {
                        self.check(response, at)?;
                    }
                    let written = self.write_one(*out.borrow_mut(), response, names, number);
                    written.map_err(|error| Stop::Failure(error.into()))
                },
            )
        })
    }

    fn write_one(
        &self,
        out: &mut impl Write,
        response: &Response<'_>,
        names: &[String],
        number: u64,
    ) -> io::Result<()> {
        let shown = self.writer.shown(response)?;
        let columns = select_or_holes(&shown, names);
        let lead = self.lead(number);
        match self.writer.format {
            Format::Csv => csv::rows(out, &shown, &columns, names.len(), lead),
            Format::Jsonl => {
                if self.args.with_meta {
                    jsonl::write_meta(out, &shown.overview(response, None), lead)?;
                }
                jsonl::write(out, &shown, &columns, lead)
            }
            _ => crate::json::write_line(out, &shown.overview(response, Some(&columns))),
        }
    }

    /// Fails if a response can't be written.
    fn check(&self, response: &Response<'_>, at: At) -> Result<(), Stop> {
        let At { number, start } = at;
        if self.writer.format != Format::Jsonl {
            return Ok(());
        }
        let columns = select_or_holes(response, &self.args.columns);
        jsonl::check(response, &columns, self.lead(number), self.args.with_meta)
            .map_err(|problem| Stop::Problem(format!("response {number}, {problem} ({start})")))
    }
}

/// Fails if no response has a column that was asked for.
fn check_known(names: &[String], union: &Union) -> Result<(), Failure> {
    let unknown = names.iter().find(|name| !union.has(name));
    let known: Vec<_> = union.names().iter().map(String::as_str).collect();
    // Responses that say that something failed have no columns.
    unknown.filter(|_| !known.is_empty()).map_or(Ok(()), |name| Err(no_such(name, &known)))
}
