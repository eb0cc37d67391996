//! The responses of several inputs, one after another.

use std::io::{self, BufRead, BufReader};

use cnic_response::{Parser, Response};
use cnic_text::Position;

use crate::convert::Outcome;
use crate::encoding::Encoding;
use crate::failure::{self, Failure};
use crate::input::{Place, Source};
use crate::response::reader::{Found, ResponseReader};

/// How much is read at once.
const CHUNK: usize = 1 << 16;

/// Where responses come from.
pub(super) struct Streams<'a> {
    pub(super) places: Vec<Place<'a>>,
    pub(super) parser: Parser,
    pub(super) encoding: Encoding,
    pub(super) keep_going: bool,
}

/// What there was in the streams.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) has_problems: bool,
    pub(super) has_failures: bool,
    /// Whether a FILE could not be opened.
    pub(super) has_unread: bool,
    /// How many responses, rows and columns of responses there were.
    pub(super) counts: [u64; 3],
}

/// Why reading does not go on.
pub(super) enum Stop {
    /// This is wrong with a response.
    Problem(String),
    Failure(Failure),
}

/// What is done with each response, which begins at a place of its stream.
pub(super) trait Take: FnMut(&Response<'_>, Position) -> Result<(), Stop> {}

impl<F: FnMut(&Response<'_>, Position) -> Result<(), Stop>> Take for F {}

impl Streams<'_> {
    /// Reads all responses, and tells what is wrong with those that are malformed.
    ///
    /// Once there is a problem, and unless it is to keep going, the other responses are read and not taken.
    pub(super) fn read(&self, take: &mut impl Take) -> Result<Seen, Failure> {
        let mut seen = Seen::default();
        for place in &self.places {
            match place.open(true) {
                Ok(source) => self.read_one(source, &mut seen, false, take)?,
                Err(Failure::Refused(problem)) if self.keep_going => {
                    seen.has_unread = true;
                    failure::tell("error", problem);
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(seen)
    }

    /// Reads all responses for the first time. With `keep_going` nothing is told: it will be the second time.
    pub(super) fn read_ahead(&self, take: &mut impl Take) -> Result<Seen, Failure> {
        let mut seen = Seen::default();
        for place in &self.places {
            let source = match place.open(true) {
                Ok(source) => source,
                Err(Failure::Refused(_)) if self.keep_going => continue,
                Err(failure) => return Err(failure),
            };
            if source.length().is_none() {
                let problem = format!(
                    "{}: the columns are known at its end, and it can be read only once: name them with --columns, or use \
                     --layout long",
                    place.name()
                );
                return Err(Failure::Refused(problem));
            }
            self.read_one(source, &mut seen, self.keep_going, take)?;
        }
        Ok(seen)
    }

    fn read_one(
        &self,
        source: Source,
        seen: &mut Seen,
        is_quiet: bool,
        take: &mut impl Take,
    ) -> Result<(), Failure> {
        let mut reader = ResponseReader::new(self.parser, self.encoding);
        let mut source = BufReader::with_capacity(CHUNK, source);
        let mut is_empty = true;
        loop {
            let chunk = match source.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(source.get_ref().failure(&error)),
            };
            let length = chunk.len();
            let mut rest = chunk;
            let mut rest = (length > 0).then_some(&mut rest);
            let mut problems = Vec::new();
            loop {
                let is_taken = self.keep_going || (!seen.has_problems && problems.is_empty());
                let counts = &mut seen.counts;
                let outcome = reader.next(rest.as_deref_mut(), |found, start| {
                    let response = match &found {
                        Found::Obvious(response) => *response,
                        Found::Decoded(response, _) => response,
                    };
                    let more = [1, response.row_count(), response.columns().count()];
                    counts.iter_mut().zip(more).for_each(|(count, more)| *count += more as u64);
                    if is_taken { take(response, start) } else { Ok(()) }
                });
                match outcome {
                    Ok(None) => break,
                    Ok(Some(Outcome::Bad(more))) => problems.extend(more),
                    Ok(Some(Outcome::Unsuccessful)) => seen.has_failures = true,
                    Ok(Some(_)) => {}
                    Err(Stop::Problem(problem)) if self.keep_going => problems.push(problem),
                    Err(Stop::Problem(problem)) => {
                        source.get_ref().tell("error", &problem);
                        return Err(Failure::Told);
                    }
                    Err(Stop::Failure(failure)) => return Err(failure),
                }
                is_empty = false;
            }
            if length == 0 && is_empty {
                problems.push(reader.empty());
            }
            seen.has_problems |= !problems.is_empty();
            source.consume(length);
            if !is_quiet {
                problems.iter().for_each(|problem| source.get_ref().tell("error", problem));
                if let Some(note) = reader.trailing().filter(|_| length == 0) {
                    source.get_ref().tell("note", &reader.noted(note));
                }
            }
            if length == 0 {
                return Ok(());
            }
        }
    }
}
