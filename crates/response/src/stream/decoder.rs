//! Responses from a stream of bytes.

use alloc::vec::Vec;
use core::fmt;

use cnic_text::{Position, to_usize};

use crate::error::{ErrorKind, ParseError};
use crate::note::Note;
use crate::parse::Parser;
use crate::response::Response;
use crate::stream::framing::{Framing, LineRole};
use crate::stream::sequence::{Sequence, first_line};

/// Decodes responses from bytes that arrive in chunks of any size.
///
/// It finds the same responses and notes as [`Responses`](crate::Responses) does in the whole text,
/// wherever the chunks begin and end. A response is returned as soon as its end is known: with its
/// `EOF` line, or with the first line of the next response if it has none. Text after the last one
/// is found by [`finish`](Self::finish), and is [not a note of a response](Self::trailing).
///
/// Buffers at most one response. A response longer than [`Limits::bytes`](crate::Limits::bytes) is
/// rejected as soon as the limit is reached, and the rest of it is skipped. For this limit, the
/// first line of the next response counts as part of one without `EOF`.
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
    framing: Framing,
    sequence: Sequence,
    /// The note about text at the end of the stream that was finished.
    trailing: Option<Note>,
    /// The reply as far as it came; while one is skipped, its line as far as it came.
    buffer: Vec<u8>,
    /// Where the line that has not ended begins in `buffer`.
    line_start: usize,
    /// Where the reply begins in the stream.
    base: Position,
    /// Where the line that has not ended begins in the stream.
    line: Position,
    /// How much of that line came. Only its beginning is in `buffer` if it is longer than a reply
    /// may be.
    line_len: usize,
    /// Whether the response was rejected, and its end is still to come.
    skipping: bool,
}

/// A part of the stream.
struct Frame {
    base: Position,
    is_text: bool,
    bytes: Vec<u8>,
}

impl FrameDecoder {
    /// Creates a decoder with the default [`Parser`].
    pub const fn new() -> Self {
        Self {
            parser: Parser::new(),
            framing: Framing::new(),
            sequence: Sequence::new(),
            trailing: None,
            buffer: Vec::new(),
            line_start: 0,
            base: Position::START,
            line: Position::START,
            line_len: 0,
            skipping: false,
        }
    }

    /// Sets the parser of each reply: its [limits](Parser::limits), its
    /// [encoding](Parser::encoding), its leniency.
    pub fn parser(self, parser: Parser) -> Self {
        Self { parser, ..self }
    }

    /// Takes bytes off the front of `chunk` until a reply is complete or the chunk is empty.
    ///
    /// Call it until it returns `None`, then with the next chunk. A reply whose `EOF` line has no
    /// LF yet is not complete.
    ///
    /// # Errors
    ///
    /// An item is an error where
    /// * a reply is an error to the [parser](Parser::parse_bytes);
    /// * a reply is longer than the limit ([`ErrorKind::ByteLimit`]).
    pub fn decode(&mut self, chunk: &mut &[u8]) -> Option<Result<Response<'static>, ParseError>> {
        if !chunk.is_empty() {
            self.trailing = None;
        }
        while !chunk.is_empty() {
            let lf = memchr::memchr(b'\n', chunk);
            let (piece, rest) = chunk.split_at(lf.map_or(chunk.len(), |lf| lf + 1));
            *chunk = rest;
            let rejected = self.take(piece);
            let ended = if lf.is_some() { self.end_line() } else { None };
            if let Some(error) = rejected {
                return Some(Err(error));
            }
            let item = ended.and_then(|frame| self.item(frame));
            if item.is_some() {
                return item;
            }
        }
        None
    }

    /// Returns what the end of the stream completes: call it until it returns `None`.
    ///
    /// After that the decoder is as new, for another stream.
    ///
    /// ```
    /// use cnic_response::{ErrorKind, FrameDecoder};
    ///
    /// let mut decoder = FrameDecoder::new();
    /// assert!(decoder.decode(&mut &b"[RESPONSE]\ncode = 200\nproperty[domain][0] = exam"[..]).is_none());
    /// let error = decoder.finish().expect("the beginning of a reply").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Truncated);
    /// assert!(decoder.finish().is_none());
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`decode`](Self::decode).
    pub fn finish(&mut self) -> Option<Result<Response<'static>, ParseError>> {
        // After an LF this line is empty, and a blank line ends nothing.
        let ended = self.end_line();
        if let Some(item) = ended.and_then(|frame| self.item(frame)) {
            return Some(item);
        }
        let mut last = core::mem::replace(self, Self::new().parser(self.parser));
        let is_left = !last.skipping && last.framing.has_started();
        let (base, is_text) = (last.base, last.framing.is_text());
        let bytes = core::mem::take(&mut last.buffer);
        let item = is_left.then_some(Frame { base, is_text, bytes });
        let item = item.and_then(|frame| last.item(frame));
        self.trailing = last.sequence.trailing().or(last.trailing);
        item
    }

    /// Returns the note about text after the last reply, once [`finish`](Self::finish) has returned
    /// `None`, and until more bytes come.
    ///
    /// A [strict](Parser::strict) parser makes the text an error instead.
    ///
    /// ```
    /// use cnic_response::{FrameDecoder, NoteKind};
    ///
    /// let mut decoder = FrameDecoder::new();
    /// let mut chunk = &b"[RESPONSE]\ncode = 200\nEOF\n-- end of log --\n"[..];
    /// assert!(decoder.decode(&mut chunk).expect("a reply").is_ok());
    /// assert!(decoder.decode(&mut chunk).is_none() && decoder.finish().is_none());
    /// let note = decoder.trailing().expect("text");
    /// assert_eq!((note.kind(), note.position().line()), (NoteKind::TrailingData, 4));
    /// ```
    #[must_use]
    pub const fn trailing(&self) -> Option<Note> {
        self.trailing
    }

    /// Adds a piece of a line, unless the reply becomes too long by it.
    fn take(&mut self, piece: &[u8]) -> Option<ParseError> {
        let limit = to_usize(self.parser.options.limits.bytes);
        let rejected = !self.skipping && self.buffer.len() + piece.len() > limit;
        if rejected {
            self.skipping = true;
            self.buffer.drain(..self.line_start);
            self.line_start = 0;
        }
        // A line that is too long by itself is skipped; its beginning is enough to classify it.
        if self.has_whole_line() {
            let fitting = piece.len().min(limit - self.buffer.len());
            self.buffer.extend_from_slice(&piece[..fitting]);
        }
        self.line_len = self.line_len.saturating_add(piece.len());
        if rejected {
            self.sequence.rejected();
        }
        rejected.then(|| ParseError::at(ErrorKind::ByteLimit, self.base))
    }

    fn has_whole_line(&self) -> bool {
        self.buffer.len() - self.line_start == self.line_len
    }

    /// Looks at the line that has ended, and returns the part of the stream that ends with it or
    /// before it.
    fn end_line(&mut self) -> Option<Frame> {
        let has_whole_line = self.has_whole_line();
        let text = &self.buffer[self.line_start..];
        let role = if has_whole_line {
            self.framing.line(text)
        } else {
            self.framing.beginning(text);
            LineRole::Inside
        };
        let line = self.line;
        self.line = line.after_line(core::mem::take(&mut self.line_len));
        let (base, next) = match role {
            LineRole::Inside if !self.skipping => {
                self.line_start = self.buffer.len();
                return None;
            }
            LineRole::Inside => {
                self.buffer.clear();
                return None;
            }
            LineRole::Before => {
                self.buffer.clear();
                self.base = self.line;
                return None;
            }
            LineRole::Last => (self.line, Vec::new()),
            LineRole::Next => (line, self.buffer.split_off(self.line_start)),
        };
        let is_text = core::mem::take(&mut self.framing).is_text();
        if !next.is_empty() {
            self.framing.line(&next);
        }
        self.line_start = next.len();
        let bytes = core::mem::replace(&mut self.buffer, next);
        let base = core::mem::replace(&mut self.base, base);
        (!core::mem::take(&mut self.skipping)).then_some(Frame { base, is_text, bytes })
    }

    fn item(&mut self, frame: Frame) -> Option<Result<Response<'static>, ParseError>> {
        let mere_text = frame.is_text.then(|| first_line(&frame.bytes));
        let read = self.parser.parse_bytes(frame.bytes);
        self.sequence.item(&self.parser, frame.base, mere_text, read)
    }
}

impl fmt::Debug for FrameDecoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrameDecoder")
            .field("position", &self.line)
            .field("buffered", &self.buffer.len())
            .finish_non_exhaustive()
    }
}
