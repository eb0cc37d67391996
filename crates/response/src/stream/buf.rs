//! Bytes out of the buffers of the crate bytes.

use bytes::Buf;

use crate::error::ParseError;
use crate::response::Response;
use crate::stream::decoder::FrameDecoder;

impl FrameDecoder {
    /// Takes bytes off the front of a buffer until a response is complete or the buffer is empty,
    /// as [`decode`](Self::decode) does for a slice.
    ///
    /// A buffer of several parts is read part by part; nothing is made contiguous.
    ///
    /// ```
    /// use bytes::{Buf, Bytes};
    /// use cnic_response::FrameDecoder;
    ///
    /// let mut decoder = FrameDecoder::new();
    /// let mut body = Bytes::from_static(b"[RESPONSE]\ncode = 2").chain(&b"00\nEOF\n[RESP"[..]);
    /// let response = decoder.decode_buf(&mut body).expect("it is complete")?;
    /// assert_eq!(response.code().as_u16(), 200);
    /// assert!(decoder.decode_buf(&mut body).is_none() && !body.has_remaining());
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`decode`](Self::decode).
    pub fn decode_buf(
        &mut self,
        source: &mut impl Buf,
    ) -> Option<Result<Response<'static>, ParseError>> {
        while source.has_remaining() {
            let mut chunk = source.chunk();
            let len = chunk.len();
            let item = self.decode(&mut chunk);
            let taken = len - chunk.len();
            source.advance(taken);
            if item.is_some() {
                return item;
            }
        }
        None
    }
}
