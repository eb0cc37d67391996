//! The responses of a stream.

use std::io::{self, Write};

use cnic_response::{Buffers, FrameDecoder, Parser, Response};
use cnic_text::Position;

use super::Writer;
use super::whole;
use crate::convert::{Convert, Outcome};
use crate::encoding::Encoding;

/// Reads one response after another.
///
/// The decoder decides where one ends. Only a response that is [obvious](whole::response) passes it by, which saves most of the
/// time for the usual stream.
pub(super) struct ResponseStream {
    parser: Parser,
    encoding: Encoding,
    decoder: FrameDecoder,
    buffers: Buffers,
    writer: Writer,
    keep_going: bool,
    /// How much of the stream the decoder did not see: bytes and lines before its own.
    skipped: (u64, u64),
    /// Whether the decoder is between two responses, and holds nothing.
    is_between: bool,
    /// Whether a chunk ends where the stream is cut.
    is_cut: bool,
    /// The last response, until it is known what follows it. To keep going is to hold nothing back.
    last: Option<Response<'static>>,
}

impl ResponseStream {
    pub(super) fn new(
        parser: Parser,
        encoding: Encoding,
        writer: Writer,
        keep_going: bool,
    ) -> Self {
        Self {
            parser,
            encoding,
            decoder: FrameDecoder::new().parser(parser),
            buffers: Buffers::new(),
            writer,
            keep_going,
            skipped: (0, 0),
            is_between: true,
            is_cut: false,
            last: None,
        }
    }

    /// Returns where the bytes begin in the stream that the decoder has got.
    fn base(&self) -> Position {
        let number = |n| u32::try_from(n).unwrap_or(u32::MAX);
        Position::new(number(self.skipped.0), number(self.skipped.1))
    }

    fn write(&mut self, response: Response<'_>, out: &mut impl Write) -> io::Result<()> {
        self.writer.write(out, &response.offset_by(self.base()))
    }

    /// Takes a response off the front of the chunk if it is obvious.
    ///
    /// A `[RESPONSE]` follows it. So the decoder never begins with text between responses, which it would take for an error.
    fn obvious(
        &mut self,
        chunk: &mut &[u8],
        out: Option<&mut impl Write>,
    ) -> io::Result<Option<Outcome>> {
        let Some(text) = whole::text(chunk, self.is_cut, self.encoding) else { return Ok(None) };
        let Some(response) = whole::response(text, &self.parser, &mut self.buffers) else {
            return Ok(None);
        };
        if let Some(out) = out {
            if let Some(last) = self.last.take() {
                self.write(last, out)?;
            }
            self.writer.write(out, &response)?;
        }
        let is_success = response.is_success();
        self.buffers.reclaim(response);
        *chunk = &chunk[text.len()..];
        self.skipped.0 += text.len() as u64;
        self.skipped.1 += memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64;
        Ok(Some(if is_success { Outcome::Good } else { Outcome::Unsuccessful }))
    }

    /// Writes the last response, with a note of what follows it.
    fn end(&mut self, out: Option<&mut impl Write>) -> io::Result<Option<Outcome>> {
        let note = self.decoder.trailing();
        match (self.last.take(), note) {
            (Some(last), note) => {
                let last = note.into_iter().fold(last, Response::with_note);
                out.map_or(Ok(()), |out| self.write(last, out))?;
                Ok(None)
            }
            (None, Some(note)) if self.keep_going => {
                let position = note.position().offset_by(self.base());
                Ok(Some(Outcome::Noted(format!("{} ({position})", note.kind()))))
            }
            _ => Ok(None),
        }
    }
}

impl Convert for ResponseStream {
    fn next(
        &mut self,
        chunk: Option<&mut &[u8]>,
        mut out: Option<&mut impl Write>,
    ) -> io::Result<Option<Outcome>> {
        let is_end = chunk.is_none();
        let response = match chunk {
            Some(chunk) => {
                if self.is_between {
                    let outcome = self.obvious(chunk, out.as_deref_mut())?;
                    if outcome.is_some() {
                        return Ok(outcome);
                    }
                }
                let before = *chunk;
                let response = self.decoder.decode(chunk);
                self.is_between =
                    response.is_some() && whole::is_end(&before[..before.len() - chunk.len()]);
                response
            }
            None => self.decoder.finish(),
        };
        match response {
            None if is_end => self.end(out),
            None => Ok(None),
            Some(Err(problem)) => {
                Ok(Some(Outcome::Bad(vec![problem.offset_by(self.base()).to_string()])))
            }
            Some(Ok(response)) => {
                let is_success = response.is_success();
                if let Some(out) = out {
                    let ready =
                        if self.keep_going { Some(response) } else { self.last.replace(response) };
                    ready.map_or(Ok(()), |response| self.write(response, out))?;
                }
                Ok(Some(if is_success { Outcome::Good } else { Outcome::Unsuccessful }))
            }
        }
    }

    fn empty(&self) -> String {
        self.parser.parse("").map_or_else(|problem| problem.to_string(), |_| String::new())
    }

    fn begin(&mut self, base: Position, is_cut: bool) {
        self.decoder = FrameDecoder::new().parser(self.parser);
        self.skipped = (base.byte() as u64, base.lines_before().into());
        (self.is_between, self.is_cut) = (true, is_cut);
        self.last = None;
    }

    fn last_cut(bytes: &[u8]) -> Option<usize> {
        Some(whole::last_cut(bytes))
    }

    /// Text after the last response of a part can belong to the first one of the next.
    fn is_open(&self) -> bool {
        self.decoder.trailing().is_some()
    }
}

#[cfg(test)]
mod tests;
