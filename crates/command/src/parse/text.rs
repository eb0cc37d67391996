//! The grammar of a command, and the parser of one.
//!
//! ```text
//! text      = *( blank-line / mark-line ) [ mark ] ( framed / command ) *( blank-line / mark-line )
//! framed    = [ header ] "[COMMAND]" LF command
//! header    = [ "[HEADER]" LF ] *( parameter / blank-line )
//! command   = *( parameter / blank-line ) [ "EOF" LF ]
//! parameter = *blank key *blank "=" *blank value *blank ( LF / CRLF / end )
//! key       = 1*( ALPHA / DIGIT / "-" / "_" )
//! value     = *( any but CR, LF, NUL )
//! mark      = U+FEFF
//! ```
//!
//! A header without `[HEADER]` has only keys that name the sender (`s_login`, ..), so that
//! parameters are never taken for a header. Whether `EOF` may be missing after `[COMMAND]` is an
//! option of the [`Parser`](crate::Parser).

use alloc::borrow::Cow;

use cnic_text::blanks::trim;
use cnic_text::{Position, Span, to_usize};

use crate::command::Command;
use crate::error::{ErrorKind, ParseError};
use crate::limits::{Limits, check_length};
use crate::parameters::transport::is_transport;
use crate::parse::envelope::{Envelope, MARK, Structure};
use crate::parse::lines::Lines;
use crate::parse::reader::{Part, Reader};

pub(crate) fn parse(
    text: &str,
    limits: Limits,
    allow_truncated: bool,
) -> Result<Command<'_>, ParseError> {
    check_length(text.len(), limits)?;
    let mut reader = Reader::new(text.len(), limits);
    let mut envelope = Envelope::default();
    // Whether `EOF` came.
    let mut has_ended = false;
    let mut last = Position::START;
    let mut lines = Lines::new(text);
    loop {
        // Two loops in one: this one takes plain parameters as long as there are any, and the rest
        // of the body takes one line of another kind. After `EOF` no line is a parameter, so the
        // fast path must not see it.
        if !has_ended {
            while let Some((key, value, position)) = lines.next_plain() {
                last = position;
                // Before `[COMMAND]` a key such as `s_login` may still turn out to belong to a
                // header, and any other key rules a header out.
                if envelope.may_be_header() {
                    envelope.parameter(is_transport(key));
                }
                let inserted = if position.line() > to_usize(limits.lines) {
                    Err(ErrorKind::LineLimit)
                } else {
                    reader.insert(Cow::Borrowed(key), Cow::Borrowed(value), position)
                };
                let may_be_in_run =
                    inserted.map_err(|kind| located(kind, text, (key, value), position))?;
                if may_be_in_run && !envelope.may_be_header() {
                    if let Some((run, room)) = reader.open_run() {
                        let lines_left = to_usize(limits.lines) - position.line();
                        // A copy, so that the lines themselves stay in registers.
                        let mut rest = lines;
                        last = rest.take_run(run, room.min(lines_left)).unwrap_or(last);
                        lines = rest;
                    }
                }
            }
        }
        let Some((line, position)) = lines.next() else { break };
        // A mark stands where a text begins, or where texts were joined: in front and after `EOF`.
        // Within a command it is a character like any other, which a key cannot have.
        let line = if has_ended || envelope == Envelope::Before { unmarked(line) } else { line };
        let error = |kind| ParseError::new(kind, position, Span::locate(line, text));
        let missing = |kind| {
            let start = Span::locate(line, text).start;
            ParseError::new(kind, position, Span { start, end: start })
        };
        if position.line() > to_usize(limits.lines) {
            return Err(error(ErrorKind::LineLimit));
        }
        // What is missing is reported at the last line of the command, not at what follows it.
        if !has_ended {
            last = position;
        }
        if line.is_empty() {
            continue;
        }
        if has_ended {
            return Err(error(ErrorKind::TrailingData));
        }
        match Structure::parse(line.as_bytes()) {
            Some(Structure::Header) => envelope.header().map_err(error)?,
            Some(Structure::Command) => {
                envelope.command().map_err(error)?;
                reader.begin_command();
            }
            Some(Structure::End) if envelope == Envelope::Header => {
                return Err(missing(ErrorKind::UnfinishedHeader));
            }
            Some(Structure::End) if !reader.has_name() => {
                return Err(missing(ErrorKind::MissingCommand));
            }
            Some(Structure::End) => has_ended = true,
            None => {
                let Some(equals) = memchr::memchr(b'=', line.as_bytes()) else {
                    return Err(error(ErrorKind::MissingEquals));
                };
                #[cfg(test)]
                crate::test_steps::GENERAL_LINES.count();
                let (key, value) = (trim(&line[..equals]), trim(&line[equals + 1..]));
                reader
                    .parameter(Cow::Borrowed(key), Cow::Borrowed(value), position)
                    .map_err(|kind| located(kind, text, (key, value), position))?;
                // The name of a command belongs after `[COMMAND]`, which should have come by now.
                if envelope == Envelope::Header && reader.has_name() {
                    return Err(missing(ErrorKind::UnfinishedHeader));
                }
                if envelope.may_be_header() {
                    envelope.parameter(is_transport(key));
                }
            }
        }
    }
    let missing = |kind| Err(ParseError::new(kind, last, text.len()..text.len()));
    match envelope {
        Envelope::Header => missing(ErrorKind::UnfinishedHeader),
        Envelope::Command if !has_ended && !allow_truncated => missing(ErrorKind::Truncated),
        _ => reader.finish(last, text.len()),
    }
}

/// Takes one byte order mark off the front of a line.
fn unmarked(line: &str) -> &str {
    line.strip_prefix(MARK).map_or(line, trim)
}

/// Returns the error of a line with that key and value, which are parts of the text.
#[cold]
fn located(
    kind: ErrorKind,
    text: &str,
    (key, value): (&str, &str),
    position: Position,
) -> ParseError {
    let [key_span, value_span] = [key, value].map(|part| Span::locate(part, text));
    let span = match Part::of(kind, key) {
        Part::Key => key_span,
        Part::Character(at) => Span::locate(&key[at], text),
        Part::Value => value_span,
        Part::All => Span { start: key_span.start, end: value_span.end },
    };
    ParseError::new(kind, position, span)
}
