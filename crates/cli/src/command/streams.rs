//! The commands of a stream.

use std::fmt;
use std::io::{self, Write};

use cnic_command::form::{Credentials, Form};
use cnic_command::{Command, FrameDecoder, Limits, ParseError, Parser, Position};

use super::Writer;
use crate::convert::{Convert, Outcome};
use crate::encoding::{Encoding, Transcoder};
use crate::failure::TOO_LONG;
use crate::form_span::form_span;
use crate::looks::Expected;

/// Reads one command after another, each a text with a parameter a line.
pub(super) struct Commands {
    parser: Parser,
    decoder: FrameDecoder,
    writer: Writer,
    transcoder: Transcoder,
    /// What was read in UTF-8 and is not decoded, from a place on.
    text: Vec<u8>,
    place: usize,
}

impl Commands {
    pub(super) fn new(parser: Parser, encoding: Encoding, writer: Writer) -> Self {
        Self {
            parser,
            decoder: FrameDecoder::new().parser(parser),
            writer,
            transcoder: Transcoder::new(encoding),
            text: Vec::new(),
            place: 0,
        }
    }
}

impl Convert for Commands {
    fn next(
        &mut self,
        chunk: Option<&mut &[u8]>,
        mut out: Option<&mut impl Write>,
    ) -> io::Result<Option<Outcome>> {
        let is_end = chunk.is_none();
        let mut none = &[][..];
        let chunk = chunk.unwrap_or(&mut none);
        if self.place == self.text.len() {
            self.text.clear();
            self.place = 0;
            self.text.extend_from_slice(&self.transcoder.push((!is_end).then_some(*chunk)));
            *chunk = &[];
        }
        let mut rest = &self.text[self.place..];
        let command = self.decoder.decode(&mut rest);
        self.place = self.text.len() - rest.len();
        let outcome = outcome(self.writer, command, out.as_deref_mut())?;
        if is_end && outcome.is_none() {
            return self::outcome(self.writer, self.decoder.finish(), out);
        }
        Ok(outcome)
    }

    fn expected(&self) -> Expected {
        Expected::Command(self.transcoder.encoding())
    }

    fn empty(&self) -> String {
        self.parser.parse("").map_or_else(|problem| problem.to_string(), |_| String::new())
    }
}

/// Writes what the decoder gives out.
fn outcome(
    writer: Writer,
    command: Option<Result<Command<'_>, ParseError>>,
    out: Option<&mut impl Write>,
) -> io::Result<Option<Outcome>> {
    Ok(match command {
        None => None,
        Some(Err(problem)) => Some(Outcome::Bad(vec![problem.to_string()])),
        Some(Ok(command)) => Some(writer.next(out, &Credentials::new(), &command)?),
    })
}

/// Reads one form after another, each in a line: the body of a request, a URL, or a line of an access log.
pub(super) struct Forms {
    encoding: Encoding,
    writer: Writer,
    /// The line as far as it came, or nothing of one that is too long.
    line: Vec<u8>,
    is_too_long: bool,
    /// Where the line is, counted from 1.
    number: usize,
    /// Where the line begins in the stream.
    byte: usize,
    /// How much of the line came.
    length: usize,
}

impl Forms {
    pub(super) fn new(encoding: Encoding, writer: Writer) -> Self {
        let line = Vec::new();
        Self { encoding, writer, line, is_too_long: false, number: 1, byte: 0, length: 0 }
    }

    /// Adds a piece of the line, unless it becomes too long by it.
    fn take(&mut self, piece: &[u8]) {
        self.length += piece.len();
        self.is_too_long |= self.length as u64 > u64::from(Limits::DEFAULT.bytes) + 2;
        if self.is_too_long {
            self.line.clear();
        } else {
            self.line.extend_from_slice(piece);
        }
    }

    /// Reads the line that has ended, if it is not blank.
    fn end_line(&mut self, out: Option<&mut impl Write>) -> io::Result<Option<Outcome>> {
        let outcome = if self.is_too_long {
            Some(Outcome::Bad(vec![self.here(TOO_LONG)]))
        } else if self.line.trim_ascii().is_empty() {
            None
        } else {
            Some(self.read(out)?)
        };
        self.line.clear();
        self.is_too_long = false;
        self.number += 1;
        self.byte += self.length;
        self.length = 0;
        Ok(outcome)
    }

    fn read(&self, out: Option<&mut impl Write>) -> io::Result<Outcome> {
        let bad = |problem: String| Ok(Outcome::Bad(vec![problem]));
        let line = self.encoding.form(self.line.trim_ascii_end());
        let span = match form_span(&line) {
            Ok(span) => span,
            Err(problem) => return bad(self.here(problem)),
        };
        let form = match Form::decode(&line[span.clone()]) {
            Ok(form) => form,
            Err(error) => {
                return bad(
                    self.problem(error.offset_by(Position::at_byte(self.byte + span.start)))
                );
            }
        };
        match form.command() {
            Ok(Some(command)) => self.writer.next(out, form.credentials(), &command),
            Ok(None) => bad(self.here("no command in the form")),
            // What is wrapped has lines and bytes of its own.
            Err(error) if form.is_wrapped() => {
                bad(self.here(format_args!("s_command: {}", error.kind())))
            }
            Err(error) => {
                bad(self.problem(error.offset_by(Position::at_byte(self.byte + span.start))))
            }
        }
    }

    /// Says that something is wrong with the line, with an error that counts bytes of the stream and is in line 1.
    fn problem(&self, error: ParseError) -> String {
        let text = error.to_string();
        let message = text.rsplit_once(" (line ").map_or(&*text, |(message, _)| message);
        format!("{message} (line {}, byte {})", self.number, error.position().byte())
    }

    /// Says that something is wrong with the line as a whole.
    fn here(&self, problem: impl fmt::Display) -> String {
        format!("{problem} (line {}, byte {})", self.number, self.byte)
    }
}

impl Convert for Forms {
    fn next(
        &mut self,
        chunk: Option<&mut &[u8]>,
        mut out: Option<&mut impl Write>,
    ) -> io::Result<Option<Outcome>> {
        let Some(chunk) = chunk else { return self.end_line(out) };
        while let Some(end) = chunk.iter().position(|&byte| byte == b'\n') {
            let (piece, rest) = chunk.split_at(end + 1);
            *chunk = rest;
            self.take(piece);
            let outcome = self.end_line(out.as_deref_mut())?;
            if outcome.is_some() {
                return Ok(outcome);
            }
        }
        self.take(chunk);
        *chunk = &[];
        Ok(None)
    }

    fn expected(&self) -> Expected {
        Expected::Form(self.encoding)
    }

    fn empty(&self) -> String {
        super::NO_COMMAND.to_owned()
    }
}
