//! Responses from a stream of bytes.

use core::fmt;

use cnic_text::frame::{Frame, FrameBuffer};
use cnic_text::{Position, to_usize};

use crate::error::{ErrorKind, ParseError};
use crate::note::Note;
use crate::parse::Parser;
use crate::response::Response;
use crate::stream::framing::ResponseLines;
use crate::stream::sequence::{Sequence, first_line};

/// Decodes responses from bytes that arrive in chunks of any size.
///
/// It finds the same responses and notes as [`Responses`](crate::Responses) does in the whole text,
/// wherever the chunks begin and end. A response is returned as soon as its end is known: with its
/// `EOF` line, or with the first line of the next response if it has none. Text after the last one
/// is found by [`finish`](Self::finish), and is [not a note of a response](Self::trailing).
///
/// The decoder buffers at most one response. A response longer than
/// [`Limits::bytes`](crate::Limits::bytes) is rejected as soon as the limit is reached, and the
/// rest of it is skipped. The first line of the next response counts towards the limit of a
/// response without `EOF`.
///
/// The positions of errors and notes count from the start of the stream; bytes and lines stop
/// counting at `u32::MAX`.
///
/// ```
/// use cnic_response::FrameDecoder;
///
/// let mut decoder = FrameDecoder::new();
/// let mut codes = Vec::new();
/// for mut chunk in [&b"[RESPONSE]\ncode = 2"[..], b"00\nEO", b"F\n[RESPONSE]\r\ncode = 545\r\nEOF\r\n"] {
///     while let Some(response) = decoder.decode(&mut chunk) {
///         codes.push(response?.code().as_u16());
///     }
/// }
/// assert!(decoder.finish().is_none(), "nothing is left");
/// assert_eq!(codes, [200, 545]);
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct FrameDecoder {
    parser: Parser,
    frames: FrameBuffer<ResponseLines>,
    sequence: Sequence,
    /// Where the last frame begins.
    position: Position,
    /// The note about text at the end of the stream that was finished.
    trailing: Option<Note>,
}

impl FrameDecoder {
    /// Creates a decoder with the default [`Parser`].
    pub const fn new() -> Self {
        Self {
            parser: Parser::new(),
            frames: FrameBuffer::new(ResponseLines::new()),
            sequence: Sequence::new(),
            position: Position::START,
            trailing: None,
        }
    }

    /// Sets the parser of each response: its [limits](Parser::limits), its
    /// [encoding](Parser::encoding), its leniency.
    pub fn parser(self, parser: Parser) -> Self {
        Self { parser, ..self }
    }

    /// Takes bytes off the front of `chunk` until a response is complete or the chunk is empty.
    ///
    /// Call it until it returns `None`, then with the next chunk. A response whose `EOF` line has
    /// no LF yet is not complete.
    ///
    /// ```
    /// use cnic_response::FrameDecoder;
    ///
    /// let mut decoder = FrameDecoder::new();
    /// let mut codes = Vec::new();
    /// for mut chunk in [&b"[RESPONSE]\ncode = 200\nEO"[..], b"F\n[RESPONSE]\ncode = 545\nEOF\n"] {
    ///     while let Some(response) = decoder.decode(&mut chunk) {
    ///         codes.push(response?.code().as_u16());
    ///     }
    /// }
    /// assert_eq!(codes, [200, 545]);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// An item is an error where
    /// * the [parser](Parser::parse_bytes) rejects a response;
    /// * a response is longer than the limit ([`ErrorKind::ByteLimit`]).
    pub fn decode(&mut self, chunk: &mut &[u8]) -> Option<Result<Response<'static>, ParseError>> {
        if !chunk.is_empty() {
            self.trailing = None;
        }
        let limit = to_usize(self.parser.options.limits.bytes);
        while let Some(found) = self.frames.decode(chunk, limit) {
            let item = match found {
                Ok(frame) => self.item(frame),
                Err(base) => {
                    self.sequence.rejected();
                    Some(Err(ParseError::at(ErrorKind::ByteLimit, base)))
                }
            };
            if item.is_some() {
                return item;
            }
        }
        None
    }

    /// Returns what the end of the stream completes: call it until it returns `None`.
    ///
    /// After that the decoder can be used for another stream.
    ///
    /// ```
    /// use cnic_response::{ErrorKind, FrameDecoder};
    ///
    /// let mut decoder = FrameDecoder::new();
    /// assert!(decoder.decode(&mut &b"[RESPONSE]\ncode = 200\nproperty[domain][0] = exam"[..]).is_none());
    /// let error = decoder.finish().expect("the beginning of a response").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Truncated);
    /// assert!(decoder.finish().is_none());
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`decode`](Self::decode).
    pub fn finish(&mut self) -> Option<Result<Response<'static>, ParseError>> {
        while let Some(frame) = self.frames.finish() {
            let item = self.item(frame);
            if item.is_some() {
                return item;
            }
        }
        let sequence = core::mem::take(&mut self.sequence);
        self.trailing = sequence.trailing().or(self.trailing);
        None
    }

    /// Returns the note about text after the last response, once [`finish`](Self::finish) has
    /// returned `None`, and until more bytes come.
    ///
    /// A [strict](Parser::strict) parser makes the text an error instead.
    ///
    /// ```
    /// use cnic_response::{FrameDecoder, NoteKind};
    ///
    /// let mut decoder = FrameDecoder::new();
    /// let mut chunk = &b"[RESPONSE]\ncode = 200\nEOF\n-- end of log --\n"[..];
    /// assert!(decoder.decode(&mut chunk).expect("a response").is_ok());
    /// assert!(decoder.decode(&mut chunk).is_none() && decoder.finish().is_none());
    /// let note = decoder.trailing().expect("text");
    /// assert_eq!((note.kind(), note.position().line()), (NoteKind::TrailingData, 4));
    /// ```
    #[must_use]
    pub const fn trailing(&self) -> Option<Note> {
        self.trailing
    }

    /// Returns where the text of the last response begins in the stream.
    ///
    /// Other errors than those of the decoder know where something is in a response: this is the
    /// base to which that is added.
    ///
    /// ```
    /// use cnic_response::FrameDecoder;
    ///
    /// let mut decoder = FrameDecoder::new();
    /// let mut chunk = &b"[RESPONSE]\ncode = 200\nEOF\n[RESPONSE]\ncode = 545\nEOF\n"[..];
    /// decoder.decode(&mut chunk).expect("a response")?;
    /// assert_eq!(decoder.position().line(), 1);
    /// decoder.decode(&mut chunk).expect("another")?;
    /// assert_eq!((decoder.position().line(), decoder.position().byte()), (4, 26));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub const fn position(&self) -> Position {
        self.position
    }

    fn item(
        &mut self,
        frame: Frame<ResponseLines>,
    ) -> Option<Result<Response<'static>, ParseError>> {
        self.position = frame.base;
        let bytes = self.frames.take_frame();
        let mere_text = frame.framing.is_text().then(|| first_line(&bytes));
        let read = self.parser.parse_bytes(bytes);
        self.sequence.item(&self.parser, frame.base, mere_text, read)
    }
}

impl fmt::Debug for FrameDecoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.frames.fmt_as("FrameDecoder", f)
    }
}
