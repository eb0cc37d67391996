//! The responses of a stream, one after another.

use cnic_response::{Buffers, FrameDecoder, Note, Parser, Response};
use cnic_text::Position;

use super::whole;
use crate::convert::Outcome;
use crate::encoding::Encoding;

/// Reads one response after another.
///
/// The decoder decides where one ends. Only a response that is [obvious](whole::response) passes it by, which saves most of the
/// time for the usual stream.
pub(super) struct ResponseReader {
    parser: Parser,
    encoding: Encoding,
    decoder: FrameDecoder,
    buffers: Buffers,
    /// How much of the stream the decoder did not see: bytes and lines before its own.
    skipped: (u64, u64),
    /// Whether the decoder is between two responses, and holds nothing.
    is_between: bool,
    /// Whether a chunk ends where the stream is cut.
    is_cut: bool,
}

/// A response that was read.
#[expect(clippy::large_enum_variant, reason = "it is passed on, and never stored")]
pub(super) enum Found<'r> {
    /// Another one follows it.
    Obvious(&'r Response<'r>),
    /// It isn't known what follows it. Its notes count from this place of the stream.
    Decoded(Response<'static>, Position),
}

impl ResponseReader {
    pub(super) fn new(parser: Parser, encoding: Encoding) -> Self {
        Self {
            parser,
            encoding,
            decoder: FrameDecoder::new().parser(parser),
            buffers: Buffers::new(),
            skipped: (0, 0),
            is_between: true,
            is_cut: false,
        }
    }

    pub(super) const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Begins with another part of the stream, as [`Convert::begin`](crate::convert::Convert::begin) does.
    pub(super) fn begin(&mut self, base: Position, is_cut: bool) {
        self.decoder = FrameDecoder::new().parser(self.parser);
        self.skipped = (base.byte() as u64, base.lines_before().into());
        (self.is_between, self.is_cut) = (true, is_cut);
    }

    /// Takes bytes off the front of the chunk until a response is complete, and passes it on with the place where it begins in the
    /// stream; `None` when the chunk is used up. The stream ends where there is no chunk.
    pub(super) fn next<E>(
        &mut self,
        chunk: Option<&mut &[u8]>,
        take: impl FnOnce(Found<'_>, Position) -> Result<(), E>,
    ) -> Result<Option<Outcome>, E> {
        let item = match chunk {
            Some(chunk) => {
                if self.is_between {
                    if let Some(text) = whole::text(chunk, self.is_cut, self.encoding) {
                        if let Some(response) =
                            whole::response(text, &self.parser, &mut self.buffers)
                        {
                            *chunk = &chunk[text.len()..];
                            return self.obvious(text, response, take).map(Some);
                        }
                    }
                }
                let before = *chunk;
                let item = self.decoder.decode(chunk);
                self.is_between =
                    item.is_some() && whole::is_end(&before[..before.len() - chunk.len()]);
                item
            }
            None => self.decoder.finish(),
        };
        let base = self.base();
        match item {
            None => Ok(None),
            Some(Err(problem)) => Ok(Some(Outcome::Bad(vec![problem.offset_by(base).to_string()]))),
            Some(Ok(response)) => {
                let outcome = Outcome::of(&response);
                let position = self.decoder.position().offset_by(base);
                take(Found::Decoded(response, base), position)?;
                Ok(Some(outcome))
            }
        }
    }

    /// Passes on a response that was taken off the front of a chunk.
    ///
    /// A `[RESPONSE]` follows it. So the decoder never begins with text between responses, which it would take for an error.
    fn obvious<E>(
        &mut self,
        text: &str,
        response: Response<'_>,
        take: impl FnOnce(Found<'_>, Position) -> Result<(), E>,
    ) -> Result<Outcome, E> {
        take(Found::Obvious(&response), self.base())?;
        let outcome = Outcome::of(&response);
        self.buffers.reclaim(response);
        self.skipped.0 += text.len() as u64;
        self.skipped.1 += memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64;
        Ok(outcome)
    }

    /// Returns the note about text after the last response, once the stream has ended.
    pub(super) fn trailing(&self) -> Option<Note> {
        self.decoder.trailing()
    }

    /// Says what follows the last response.
    pub(super) fn noted(&self, note: Note) -> String {
        format!("{} ({})", note.kind(), note.position().offset_by(self.base()))
    }

    /// Returns where the bytes begin in the stream that the decoder has got.
    fn base(&self) -> Position {
        let number = |n| u32::try_from(n).unwrap_or(u32::MAX);
        Position::new(number(self.skipped.0), number(self.skipped.1))
    }

    /// Returns how many bytes the decoder did not see.
    #[cfg(test)]
    pub(super) const fn passed_by(&self) -> u64 {
        self.skipped.0
    }

    /// Says what is wrong with a stream without a response.
    pub(super) fn empty(&self) -> String {
        self.parser.parse("").map_or_else(|problem| problem.to_string(), |_| String::new())
    }
}

impl Outcome {
    fn of(response: &Response<'_>) -> Self {
        if response.is_success() { Self::Good } else { Self::Unsuccessful(response.code()) }
    }
}
