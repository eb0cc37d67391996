//! Replies out of anything that tokio can read.

use std::io;

use cnic_response::{FrameDecoder, Response};
use tokio_util::bytes::{Buf, BytesMut};
use tokio_util::codec::Decoder;

use crate::error::ClientError;

/// The [codec](tokio_util::codec) of a stream of replies: a [`FrameDecoder`] that takes its bytes from tokio.
///
/// `FramedRead::new(reader, ReplyDecoder::new())` is a stream of replies. Each comes as soon as its `EOF` line does, and what is
/// left when the reader ends is a reply too, or the error that it is cut off. The stream ends with the first error.
///
/// ```
/// use cnic_examples::ReplyDecoder;
/// use futures_util::TryStreamExt;
/// use tokio_util::codec::FramedRead;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), cnic_examples::ClientError<std::io::Error>> {
/// let connection = &b"[RESPONSE]\ncode = 200\nEOF\n[RESPONSE]\ncode = 545\nEOF\n"[..];
/// let mut replies = FramedRead::new(connection, ReplyDecoder::new());
/// while let Some(reply) = replies.try_next().await? {
///     println!("{}", reply.code());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Default)]
pub struct ReplyDecoder(FrameDecoder);

impl ReplyDecoder {
    /// Makes a codec with the default parser.
    #[must_use]
    pub const fn new() -> Self {
        Self(FrameDecoder::new())
    }
}

impl Decoder for ReplyDecoder {
    type Item = Response<'static>;
    type Error = ClientError<io::Error>;

    fn decode(&mut self, source: &mut BytesMut) -> Result<Option<Self::Item>, Self::Error> {
        let mut rest = &source[..];
        let reply = self.0.decode(&mut rest);
        // The decoder keeps what it took, so that the buffer never grows beyond one read.
        let taken = source.len() - rest.len();
        source.advance(taken);
        Ok(reply.transpose()?)
    }

    fn decode_eof(&mut self, source: &mut BytesMut) -> Result<Option<Self::Item>, Self::Error> {
        match self.decode(source)? {
            Some(reply) => Ok(Some(reply)),
            None => Ok(self.0.finish().transpose()?),
        }
    }
}
