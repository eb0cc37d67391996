//! Commands out of a stream of bytes.

use alloc::vec::Vec;
use core::fmt;

use cnic_text::{Position, to_usize};

use crate::command::Command;
use crate::error::ParseError;
use crate::limits::too_long;
use crate::parse::Parser;
use crate::parse::envelope::{Envelope, LineRole, is_transport_line};
use crate::parse::utf8::decode_utf8;
use crate::stream::{cut_by, parse_frame};

/// Decodes commands from bytes that arrive in chunks of any size.
///
/// It finds the same commands as [`Commands`](crate::Commands) in the whole text, wherever the
/// chunks start and end. It buffers at most one command. A command longer than
/// [`Limits::bytes`](crate::Limits::bytes) is rejected as soon as the limit is reached, and the
/// rest of it is skipped. A `[HEADER]` or `[COMMAND]` line that ends a command without `EOF` counts
/// towards the limit.
///
/// A command borrows from the decoder; [`Command::into_owned`] keeps one. The positions of errors
/// and parameters count from the start of the stream; bytes and lines stop counting at `u32::MAX`.
///
/// ```
/// use cnic_command::FrameDecoder;
///
/// let mut decoder = FrameDecoder::new();
/// let mut domains = Vec::new();
/// for mut chunk in [&b"[COMMAND]\nCOMMAND=Stat"[..], b"usDomain\nDOMAIN=a.test\nEO", b"F\nCOMMAND=StatusDomain\r\n"] {
///     while let Some(command) = decoder.decode(&mut chunk) {
///         domains.push(command?.get("DOMAIN").map(str::to_owned));
///     }
/// }
/// if let Some(command) = decoder.finish() {
///     domains.push(command?.get("DOMAIN").map(str::to_owned));
/// }
/// assert_eq!(domains, [Some("a.test".to_owned()), None]);
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct FrameDecoder {
    parser: Parser,
    envelope: Envelope,
    /// The command as far as it came; while one is skipped, its line as far as it came.
    buffer: Vec<u8>,
    /// How much of the front of `buffer` is the command that was given out last.
    given: usize,
    /// Where the line that has not ended begins in `buffer`.
    line_start: usize,
    /// Where the command begins in the stream.
    base: Position,
    /// Where the line that has not ended begins in the stream.
    line: Position,
    /// How much of that line came. Its end at most is in `buffer` if it is longer than a command
    /// may be.
    line_len: usize,
    /// Whether the command was rejected, and its end is still to come.
    skipping: bool,
    /// Whether the line that is too long to be kept would be a line of a header.
    long_line_is_transport: bool,
}

/// A command at the front of the buffer.
struct Frame {
    len: usize,
    base: Position,
    /// What the line with which the next one begins is to it, if that ended it.
    cut: Option<ParseError>,
}

impl FrameDecoder {
    /// Creates a decoder with the default [`Parser`].
    pub const fn new() -> Self {
        Self {
            parser: Parser::new(),
            envelope: Envelope::Before,
            buffer: Vec::new(),
            given: 0,
            line_start: 0,
            base: Position::START,
            line: Position::START,
            line_len: 0,
            skipping: false,
            long_line_is_transport: false,
        }
    }

    /// Sets the parser of each command, with its [limits](Parser::limits).
    pub fn parser(self, parser: Parser) -> Self {
        Self { parser, ..self }
    }

    /// Takes bytes from the front of `chunk` until a command is complete or the chunk is empty.
    ///
    /// Call it until it returns `None`, then with the next chunk. A command whose `EOF` line has no
    /// LF yet is not complete.
    ///
    /// # Errors
    ///
    /// An item is an error where
    /// * [`Commands`](crate::Commands) would have one;
    /// * a command is not UTF-8;
    /// * a command is longer than the limit
    ///   ([`ErrorKind::ByteLimit`](crate::ErrorKind::ByteLimit)).
    pub fn decode(&mut self, chunk: &mut &[u8]) -> Option<Result<Command<'_>, ParseError>> {
        self.forget_given();
        while !chunk.is_empty() {
            let lf = memchr::memchr(b'\n', chunk);
            let (piece, rest) = chunk.split_at(lf.map_or(chunk.len(), |lf| lf + 1));
            *chunk = rest;
            let rejected = self.take(piece);
            let ended = if lf.is_some() { self.end_line() } else { None };
            if let Some(error) = rejected {
                return Some(Err(error));
            }
            if let Some(frame) = ended {
                return Some(self.read(&frame));
            }
        }
        None
    }

    /// Ends the stream and returns what it completes. Call it until it returns `None`.
    ///
    /// After that the decoder can be used for another stream.
    ///
    /// ```
    /// use cnic_command::{ErrorKind, FrameDecoder};
    ///
    /// let mut decoder = FrameDecoder::new();
    /// assert!(decoder.decode(&mut &b"[COMMAND]\nCOMMAND=DeleteDomain\nDOMAIN=exam"[..]).is_none());
    /// let error = decoder.finish().expect("the beginning of a command").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Truncated);
    /// assert!(decoder.finish().is_none());
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`decode`](Self::decode).
    pub fn finish(&mut self) -> Option<Result<Command<'_>, ParseError>> {
        self.forget_given();
        if let Some(frame) = self.end_line() {
            return Some(self.read(&frame));
        }
        let frame = Frame { len: self.buffer.len(), base: self.base, cut: None };
        let is_command = self.envelope != Envelope::Before && !self.skipping;
        let buffer = core::mem::take(&mut self.buffer);
        let (given, line_start) = (frame.len, frame.len);
        *self = Self { buffer, given, line_start, ..Self::new().parser(self.parser) };
        is_command.then(|| self.read(&frame))
    }

    /// Drops the command that was given out.
    fn forget_given(&mut self) {
        self.buffer.drain(..self.given);
        self.line_start -= core::mem::take(&mut self.given);
    }

    /// Adds a piece of a line, unless the command becomes too long by it.
    fn take(&mut self, piece: &[u8]) -> Option<ParseError> {
        let limit = to_usize(self.parser.limits.bytes);
        let rejected = !self.skipping && self.buffer.len() + piece.len() > limit;
        if rejected {
            self.skipping = true;
            self.buffer.drain(..self.line_start);
            self.line_start = 0;
        }
        let fits = self.buffer.len() + piece.len() <= limit;
        if !fits && self.has_whole_line() {
            self.long_line_is_transport = starts_as_transport(&self.buffer, piece, limit);
        }
        self.line_len = self.line_len.saturating_add(piece.len());
        if fits {
            self.buffer.extend_from_slice(piece);
        } else {
            // The line is too long by itself: it is skipped, and it is not the end of a command.
            self.buffer.clear();
        }
        rejected.then(|| too_long(self.parser.limits).offset_by(self.base))
    }

    fn has_whole_line(&self) -> bool {
        self.buffer.len() - self.line_start == self.line_len
    }

    /// Looks at the line that has ended, and returns the command that ends with it or before it.
    fn end_line(&mut self) -> Option<Frame> {
        let role = if self.has_whole_line() {
            self.envelope.line(&self.buffer[self.line_start..])
        } else {
            self.envelope.parameter(self.long_line_is_transport);
            LineRole::Inside
        };
        let line = self.line;
        self.line = line.after_line(core::mem::take(&mut self.line_len));
        let (end, base) = match role {
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
            LineRole::Last => (self.buffer.len(), self.line),
            LineRole::Next(_) => (self.line_start, line),
        };
        let next = &self.buffer[end..];
        let cut = match role {
            LineRole::Next(kind) => Some(cut_by(kind, next, line)),
            _ => None,
        };
        self.envelope = Envelope::default();
        if !next.is_empty() {
            self.envelope.line(next);
        }
        self.given = end;
        self.line_start = self.buffer.len();
        let base = core::mem::replace(&mut self.base, base);
        if core::mem::take(&mut self.skipping) {
            self.forget_given();
            return None;
        }
        Some(Frame { len: end, base, cut })
    }

    fn read(&self, frame: &Frame) -> Result<Command<'_>, ParseError> {
        let text =
            decode_utf8(&self.buffer[..frame.len]).map_err(|error| error.offset_by(frame.base))?;
        parse_frame(text, self.parser, frame.base, frame.cut)
    }
}

/// Returns whether a line longer than the limit starts with a key of a header. Looks only at the
/// bytes that are known however the stream is cut into chunks.
fn starts_as_transport(start: &[u8], piece: &[u8], limit: usize) -> bool {
    let mut line = [0; 64];
    let known = limit.saturating_add(1).min(line.len());
    let bytes = start.iter().chain(piece).take(known);
    let len = line.iter_mut().zip(bytes).map(|(place, &byte)| *place = byte).count();
    is_transport_line(&line[..len])
}

impl Default for FrameDecoder {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for FrameDecoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrameDecoder")
            .field("position", &self.line)
            .field("buffered", &(self.buffer.len() - self.given))
            .finish_non_exhaustive()
    }
}
