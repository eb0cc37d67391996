//! The responses of a stream.

use std::io::{self, Write};

use cnic_response::{FrameDecoder, Parser, Response};

use super::Writer;
use crate::stream::{Convert, Outcome};

/// Reads one response after another.
pub(super) struct ResponseStream {
    parser: Parser,
    decoder: FrameDecoder,
    writer: Writer,
    keep_going: bool,
    /// The last response, until it is known what follows it. To keep going is to hold nothing back.
    last: Option<Response<'static>>,
}

impl ResponseStream {
    pub(super) fn new(parser: Parser, writer: Writer, keep_going: bool) -> Self {
        let decoder = FrameDecoder::new().parser(parser);
        Self { parser, decoder, writer, keep_going, last: None }
    }

    /// Writes the last response, with a note of what follows it.
    fn end(&mut self, out: Option<&mut impl Write>) -> io::Result<Option<Outcome>> {
        let note = self.decoder.trailing();
        match (self.last.take(), note) {
            (Some(last), note) => {
                let last = note.into_iter().fold(last, Response::with_note);
                out.map_or(Ok(()), |out| self.writer.write(out, &last))?;
                Ok(None)
            }
            (None, Some(note)) if self.keep_going => Ok(Some(Outcome::Noted(note.to_string()))),
            _ => Ok(None),
        }
    }
}

impl Convert for ResponseStream {
    fn next(
        &mut self,
        chunk: Option<&mut &[u8]>,
        out: Option<&mut impl Write>,
    ) -> io::Result<Option<Outcome>> {
        let is_end = chunk.is_none();
        let response = match chunk {
            Some(chunk) => self.decoder.decode(chunk),
            None => self.decoder.finish(),
        };
        match response {
            None if is_end => self.end(out),
            None => Ok(None),
            Some(Err(problem)) => Ok(Some(Outcome::Bad(vec![problem.to_string()]))),
            Some(Ok(response)) => {
                let is_success = response.is_success();
                if let Some(out) = out {
                    let ready =
                        if self.keep_going { Some(response) } else { self.last.replace(response) };
                    ready.map_or(Ok(()), |response| self.writer.write(out, &response))?;
                }
                Ok(Some(if is_success { Outcome::Good } else { Outcome::Unsuccessful }))
            }
        }
    }

    fn empty(&self) -> String {
        self.parser.parse("").map_or_else(|problem| problem.to_string(), |_| String::new())
    }
}
