//! Bytes out of the buffers of the crate bytes.

use bytes::Buf;

use crate::command::Command;
use crate::error::ParseError;
use crate::stream::decoder::FrameDecoder;

impl FrameDecoder {
    /// Takes bytes off the front of a buffer until a command is complete or the buffer is empty, as
    /// [`decode`](Self::decode) does for a slice.
    ///
    /// A buffer of several parts is read part by part; nothing is made contiguous.
    ///
    /// ```
    /// use bytes::{Buf, Bytes};
    /// use cnic_command::FrameDecoder;
    ///
    /// let mut decoder = FrameDecoder::new();
    /// let mut body = Bytes::from_static(b"[COMMAND]\nCOMMAND=Stat").chain(&b"usAccount\nEOF\n[COMM"[..]);
    /// let command = decoder.decode_buf(&mut body).expect("it is complete")?;
    /// assert_eq!(command.name(), "StatusAccount");
    /// assert!(decoder.decode_buf(&mut body).is_none() && !body.has_remaining());
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`decode`](Self::decode).
    pub fn decode_buf(&mut self, source: &mut impl Buf) -> Option<Result<Command<'_>, ParseError>> {
        while source.has_remaining() {
            let mut chunk = source.chunk();
            let len = chunk.len();
            let frame = self.frame(&mut chunk);
            let taken = len - chunk.len();
            source.advance(taken);
            if let Some(frame) = frame {
                return Some(frame.and_then(|frame| self.parse(frame)));
            }
        }
        None
    }
}
