//! The responses of a stream, in another shape.

use std::io::{self, Write};

use cnic_response::{Parser, Response};
use cnic_text::Position;

use super::Writer;
use super::reader::{Found, ResponseReader};
use super::whole;
use crate::convert::{Convert, Outcome};
use crate::encoding::Encoding;
use crate::looks::Expected;

/// Reads one response after another, and writes each.
pub(super) struct ResponseStream {
    reader: ResponseReader,
    writer: Writer,
    keep_going: bool,
    /// The last response, until it is known what follows it, and where the notes count from. To keep going is to hold nothing
    /// back.
    last: Option<(Response<'static>, Position)>,
}

impl ResponseStream {
    pub(super) fn new(
        parser: Parser,
        encoding: Encoding,
        writer: Writer,
        keep_going: bool,
    ) -> Self {
        Self { reader: ResponseReader::new(parser, encoding), writer, keep_going, last: None }
    }

    /// Writes the last response, with a note of what follows it.
    fn end(&mut self, out: Option<&mut impl Write>) -> io::Result<Option<Outcome>> {
        match (self.last.take(), self.reader.trailing()) {
            (Some((last, base)), note) => {
                let last = note.into_iter().fold(last, Response::with_note).offset_by(base);
                out.map_or(Ok(()), |out| self.writer.write(out, &last))?;
                Ok(None)
            }
            (None, Some(note)) if self.keep_going => {
                Ok(Some(Outcome::Noted(self.reader.noted(note))))
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
        let Self { reader, writer, keep_going, last } = self;
        let outcome = reader.next(chunk, |found, _| {
            let Some(out) = out.as_deref_mut() else { return Ok(()) };
            match found {
                Found::Obvious(response) => {
                    if let Some((last, base)) = last.take() {
                        writer.write(out, &last.offset_by(base))?;
                    }
                    writer.write(out, response)
                }
                Found::Decoded(response, base) => {
                    let next = (response, base);
                    let ready = if *keep_going { Some(next) } else { last.replace(next) };
                    ready.map_or(Ok(()), |(response, base)| {
                        writer.write(out, &response.offset_by(base))
                    })
                }
            }
        })?;
        if outcome.is_none() && is_end { self.end(out) } else { Ok(outcome) }
    }

    fn expected(&self) -> Expected {
        Expected::Response(self.reader.encoding())
    }

    fn empty(&self) -> String {
        self.reader.empty()
    }

    fn begin(&mut self, base: Position, is_cut: bool) {
        self.reader.begin(base, is_cut);
        self.last = None;
    }

    fn last_cut(bytes: &[u8]) -> Option<usize> {
        Some(whole::last_cut(bytes))
    }

    /// Text after the last response of a part can belong to the first one of the next.
    fn is_open(&self) -> bool {
        self.reader.trailing().is_some()
    }
}

#[cfg(test)]
mod tests;
