//! The codec of tokio-util.

use core::fmt;
use std::io;

use tokio_util::bytes::{Buf, BytesMut};
use tokio_util::codec::{Decoder, Encoder};

use crate::error::ErrorKind;
use crate::parse::Parser;
use crate::response::Response;
use crate::stream::decoder::FrameDecoder;

/// A [codec](tokio_util::codec) of responses: `FramedRead::new(reader, ResponseCodec::new())` is a
/// stream of responses.
///
/// A response comes as soon as its `EOF` line does. What is left when the reader ends is a response
/// too, or the error that it is truncated. The stream ends with the first error, as all streams of
/// `FramedRead` do; use a [`FrameDecoder`] to go on after one. As an encoder it writes the
/// canonical text, for servers and tests.
///
/// ```
/// use cnic_response::ResponseCodec;
/// use tokio_util::bytes::BytesMut;
/// use tokio_util::codec::{Decoder, Encoder};
///
/// let mut codec = ResponseCodec::new();
/// let mut received = BytesMut::from("[RESPONSE]\r\nCODE=200\r\nEOF\r\n[RESPONSE]\r\n");
/// let response = codec.decode(&mut received)?.expect("it is complete");
/// assert!(codec.decode(&mut received)?.is_none());
///
/// let mut sent = BytesMut::new();
/// codec.encode(&response, &mut sent)?;
/// assert_eq!(sent, "[RESPONSE]\ncode = 200\ndescription = \nEOF\n");
/// # Ok::<(), cnic_response::CodecError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct ResponseCodec {
    decoder: FrameDecoder,
}

impl ResponseCodec {
    /// Creates a codec with the default [`Parser`].
    #[must_use]
    pub const fn new() -> Self {
        Self { decoder: FrameDecoder::new() }
    }

    /// Sets the parser of each response: its limits, its encoding, its leniency.
    ///
    /// ```
    /// use cnic_response::{Parser, ResponseCodec};
    /// use tokio_util::bytes::BytesMut;
    /// use tokio_util::codec::Decoder;
    ///
    /// let mut codec = ResponseCodec::new().parser(Parser::strict());
    /// let repeated = "[RESPONSE]\ncode = 200\ncode = 200\nEOF\n";
    /// assert!(codec.decode(&mut BytesMut::from(repeated)).is_err());
    /// ```
    #[must_use]
    pub fn parser(self, parser: Parser) -> Self {
        Self { decoder: self.decoder.parser(parser) }
    }
}

impl Decoder for ResponseCodec {
    type Item = Response<'static>;
    type Error = CodecError;

    fn decode(&mut self, source: &mut BytesMut) -> Result<Option<Self::Item>, CodecError> {
        let mut rest = &source[..];
        let item = self.decoder.decode(&mut rest);
        // The decoder keeps what it took, so `source` never grows beyond one read.
        let taken = source.len() - rest.len();
        source.advance(taken);
        Ok(item.transpose()?)
    }

    fn decode_eof(&mut self, source: &mut BytesMut) -> Result<Option<Self::Item>, CodecError> {
        match self.decode(source)? {
            Some(response) => Ok(Some(response)),
            None => Ok(self.decoder.finish().transpose()?),
        }
    }
}

impl Encoder<&Response<'_>> for ResponseCodec {
    type Error = CodecError;

    fn encode(&mut self, response: &Response<'_>, to: &mut BytesMut) -> Result<(), CodecError> {
        fmt::write(to, format_args!("{}", response.encode())).map_err(io::Error::other)?;
        Ok(())
    }
}

/// Why a stream of responses ended early.
///
/// ```
/// use cnic_response::{CodecError, ErrorKind, ResponseCodec};
/// use tokio_util::bytes::BytesMut;
/// use tokio_util::codec::Decoder;
///
/// let mut cut = BytesMut::from("[RESPONSE]\ncode = 200\nproperty[domain][0] = exam");
/// let error = ResponseCodec::new().decode_eof(&mut cut).unwrap_err();
/// assert!(matches!(error, CodecError::Parse(error) if error.kind() == ErrorKind::Truncated));
/// ```
pub type CodecError = cnic_text::CodecError<ErrorKind>;
