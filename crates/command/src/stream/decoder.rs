//! Commands out of a stream of bytes.

use core::fmt;

use cnic_text::frame::{Frame, FrameBuffer};
use cnic_text::to_usize;

use crate::command::Command;
use crate::error::ParseError;
use crate::limits::too_long;
use crate::parse::Parser;
use crate::parse::envelope::Envelope;
use crate::parse::utf8::decode_utf8;
use crate::stream::parse_frame;

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
#[derive(Clone, Default)]
#[must_use]
pub struct FrameDecoder {
    parser: Parser,
    frames: FrameBuffer<Envelope>,
}

impl FrameDecoder {
    /// Creates a decoder with the default [`Parser`].
    pub const fn new() -> Self {
        Self { parser: Parser::new(), frames: FrameBuffer::new(Envelope::Before) }
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
        let frame = self.frame(chunk)?;
        Some(frame.and_then(|frame| self.parse(frame)))
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
        let frame = self.frames.finish()?;
        Some(self.parse(frame))
    }

    /// Takes bytes from the front of `chunk` until the text of a command is complete.
    pub(super) fn frame(
        &mut self,
        chunk: &mut &[u8],
    ) -> Option<Result<Frame<Envelope>, ParseError>> {
        let limits = self.parser.limits;
        let frame = self.frames.decode(chunk, to_usize(limits.bytes))?;
        Some(frame.map_err(|base| too_long(limits).offset_by(base)))
    }

    /// Parses the text of the frame that was returned last.
    pub(super) fn parse(&self, frame: Frame<Envelope>) -> Result<Command<'_>, ParseError> {
        let text = decode_utf8(self.frames.frame()).map_err(|error| error.offset_by(frame.base))?;
        parse_frame(text, self.parser, frame)
    }
}

impl fmt::Debug for FrameDecoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.frames.fmt_as("FrameDecoder", f)
    }
}
