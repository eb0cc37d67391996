//! The responses of several inputs, one after another.

use std::io::{self, BufRead, BufReader, Seek, Write};

use cnic_response::{Parser, Response};
use cnic_text::Position;
use tempfile::SpooledTempFile;

use crate::convert::Outcome;
use crate::encoding::Encoding;
use crate::failure::{self, Failure};
use crate::input::{Place, Source};
use crate::kept::no_room;
use crate::looks::{self, Expected};
use crate::response::reader::{Found, ResponseReader};
use crate::unsuccessful::Unsuccessful;

/// How much is read at once.
const CHUNK: usize = 1 << 16;

/// How much of a copy of an input is held in memory; the rest lies in a temporary file.
const IN_MEMORY: usize = 1 << 20;

/// Where responses come from.
pub(super) struct Streams<'a> {
    pub(super) places: Vec<Place<'a>>,
    pub(super) parser: Parser,
    pub(super) encoding: Encoding,
    pub(super) keep_going: bool,
    /// Whether there may be a progress bar.
    pub(super) has_progress: bool,
}

/// Copies of the inputs that can be read only once, in the order of the inputs.
pub(super) type Copies = Vec<Option<SpooledTempFile>>;

/// What is to be done with an input while it is read.
struct Reading<'r> {
    /// Whether nobody is told what is wrong with it.
    is_quiet: bool,
    copy: Option<&'r mut SpooledTempFile>,
    /// What is done before there may be long to wait for more.
    pause: &'r mut dyn FnMut() -> Result<(), Failure>,
}

/// What there was in the streams.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) has_problems: bool,
    /// The codes that are no success codes.
    pub(super) unsuccessful: Unsuccessful,
    /// Whether a FILE could not be opened.
    pub(super) has_unread: bool,
    /// How many responses, rows and columns of responses there were.
    pub(super) counts: [u64; 3],
    /// How many responses there were in all inputs, malformed ones too.
    number: u64,
}

impl Seen {
    /// Returns the result of a run in which everything was written that could be.
    pub(super) fn result(self, fail: bool) -> Result<(), Failure> {
        if self.has_unread {
            return Err(Failure::Unread);
        }
        if self.has_problems {
            return Err(Failure::Told);
        }
        if fail && !self.unsuccessful.is_empty() {
            return Err(Failure::Unsuccessful(self.unsuccessful));
        }
        Ok(())
    }
}

/// Why reading does not go on.
pub(super) enum Stop {
    /// This is wrong with a response.
    Problem(String),
    Failure(Failure),
}

/// Where a response is.
pub(super) struct At {
    /// Its number among those of all inputs, malformed ones too.
    pub(super) number: u64,
    /// Where it begins in its input.
    pub(super) start: Position,
}

/// What is done with each response.
pub(super) trait Take: FnMut(&Response<'_>, At) -> Result<(), Stop> {}

impl<F: FnMut(&Response<'_>, At) -> Result<(), Stop>> Take for F {}

impl Streams<'_> {
    /// Reads all responses, and tells what is wrong with those that are malformed.
    ///
    /// Once there is a problem, and unless it is to keep going, the other responses are read and not taken.
    #[cfg(feature = "parquet")]
    pub(super) fn read(&self, take: &mut impl Take) -> Result<Seen, Failure> {
        self.read_with(Copies::new(), false, &mut || Ok(()), take)
    }

    /// Reads all responses for the second time if there are copies of what could be read only once, and does something before
    /// there may be long to wait for more.
    pub(super) fn read_with(
        &self,
        copies: Copies,
        is_quiet: bool,
        pause: &mut dyn FnMut() -> Result<(), Failure>,
        take: &mut impl Take,
    ) -> Result<Seen, Failure> {
        let mut seen = Seen::default();
        let mut copies = copies.into_iter();
        for place in &self.places {
            let opened = match copies.next().flatten() {
                Some(mut copy) => {
                    copy.rewind().map_err(|error| no_room(&error))?;
                    Ok(place.copied(copy))
                }
                None => place.open(self.has_progress),
            };
            match opened {
                Ok(source) => {
                    let reading = Reading { is_quiet, copy: None, pause: &mut *pause };
                    self.read_one(source, &mut seen, reading, take)?;
                }
                Err(Failure::Refused(problem)) if self.keep_going => {
                    seen.has_unread = true;
                    if !is_quiet {
                        failure::tell("error", problem);
                    }
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(seen)
    }

    /// Reads all responses for the first time. With `keep_going` nothing is told: it will be the second time.
    #[cfg(feature = "parquet")]
    pub(super) fn read_ahead(&self, take: &mut impl Take) -> Result<Seen, Failure> {
        self.read_first(None, take)
    }

    /// Reads all responses for the first time, and copies the inputs that can't be read again.
    pub(super) fn read_and_copy(&self, take: &mut impl Take) -> Result<(Seen, Copies), Failure> {
        let mut copies = Copies::new();
        let seen = self.read_first(Some(&mut copies), take)?;
        Ok((seen, copies))
    }

    fn read_first(
        &self,
        mut copies: Option<&mut Copies>,
        take: &mut impl Take,
    ) -> Result<Seen, Failure> {
        let mut seen = Seen::default();
        for place in &self.places {
            let source = match place.open(true) {
                Ok(source) => source,
                Err(Failure::Refused(_)) if self.keep_going => {
                    copies.iter_mut().for_each(|copies| copies.push(None));
                    continue;
                }
                Err(failure) => return Err(failure),
            };
            let mut copy = None;
            if source.length().is_none() {
                if copies.is_none() {
                    let problem = format!(
                        "{}: the columns are known at its end, and it can be read only once: name them with --columns, or use \
                         --layout long",
                        place.name()
                    );
                    return Err(Failure::Refused(problem));
                }
                copy = Some(SpooledTempFile::new(IN_MEMORY));
            }
            let is_quiet = self.keep_going;
            let reading = Reading { is_quiet, copy: copy.as_mut(), pause: &mut || Ok(()) };
            self.read_one(source, &mut seen, reading, take)?;
            copies.iter_mut().for_each(|copies| copies.push(copy.take()));
        }
        Ok(seen)
    }

    fn read_one(
        &self,
        source: Source,
        seen: &mut Seen,
        mut reading: Reading<'_>,
        take: &mut impl Take,
    ) -> Result<(), Failure> {
        let mut reader = ResponseReader::new(self.parser, self.encoding);
        let mut source = BufReader::with_capacity(CHUNK, source);
        let mut is_empty = true;
        let mut has_problems = false;
        loop {
            (reading.pause)()?;
            let chunk = match source.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(source.get_ref().failure(&error)),
            };
            let length = chunk.len();
            if let Some(copy) = &mut reading.copy {
                copy.write_all(chunk).map_err(|error| no_room(&error))?;
            }
            let mut rest = chunk;
            let mut rest = (length > 0).then_some(&mut rest);
            let mut problems = Vec::new();
            loop {
                let is_taken = self.keep_going || (!seen.has_problems && problems.is_empty());
                let (counts, number) = (&mut seen.counts, seen.number);
                let outcome = reader.next(rest.as_deref_mut(), |found, start| {
                    let decoded;
                    let response = match found {
                        Found::Obvious(response) => response,
                        Found::Decoded(response, base) => {
                            decoded = response.offset_by(base);
                            &decoded
                        }
                    };
                    let more = [1, response.row_count(), response.columns().count()];
                    counts.iter_mut().zip(more).for_each(|(count, more)| *count += more as u64);
                    if is_taken { take(response, At { number, start }) } else { Ok(()) }
                });
                match outcome {
                    Ok(None) => break,
                    Ok(Some(Outcome::Bad(more))) => problems.extend(more),
                    Ok(Some(Outcome::Unsuccessful(code))) => seen.unsuccessful.add(code),
                    Ok(Some(_)) => {}
                    Err(Stop::Problem(problem)) if self.keep_going => problems.push(problem),
                    Err(Stop::Problem(problem)) => {
                        source.get_ref().tell("error", &problem);
                        return Err(Failure::Told);
                    }
                    Err(Stop::Failure(failure)) => return Err(failure),
                }
                is_empty = false;
                seen.number += 1;
            }
            if length == 0 && is_empty {
                problems.push(reader.empty());
            }
            has_problems |= !problems.is_empty();
            seen.has_problems |= has_problems;
            source.consume(length);
            if !reading.is_quiet {
                problems.iter().for_each(|problem| source.get_ref().tell("error", problem));
                if let Some(note) = reader.trailing().filter(|_| length == 0) {
                    source.get_ref().tell("note", &reader.noted(note));
                }
                if has_problems && length == 0 {
                    let expected = Expected::Response(self.encoding);
                    let help = looks::help(expected, source.get_ref().head());
                    help.iter().for_each(|help| source.get_ref().tell("help", help));
                }
            }
            if length == 0 {
                return Ok(());
            }
        }
    }
}
