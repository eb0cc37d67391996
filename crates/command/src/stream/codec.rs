//! The codec of tokio-util.

use core::fmt;
use std::io;

use tokio_util::bytes::{Buf, BytesMut};
use tokio_util::codec::{Decoder, Encoder};

use crate::command::Command;
use crate::error::{ErrorKind, ParseError};
use crate::parse::Parser;
use crate::stream::decoder::FrameDecoder;

/// A [codec](tokio_util::codec) of commands: `FramedRead::new(reader, CommandCodec::new())` is a
/// stream of commands, which own their keys and values.
///
/// A command comes as soon as its `EOF` line does. What is left when the reader ends is a command
/// too, or the error that it is truncated. The stream ends with the first error, as all streams of
/// `FramedRead` do; use a [`FrameDecoder`] to go on after one. As an encoder it writes the
/// [framed](crate::Encoded::framed) text, which has the secrets of the command.
///
/// ```
/// use cnic_command::CommandCodec;
/// use tokio_util::bytes::BytesMut;
/// use tokio_util::codec::{Decoder, Encoder};
///
/// let mut codec = CommandCodec::new();
/// let mut received = BytesMut::from("COMMAND = StatusAccount\r\nEOF\r\n[COMMAND]\r\n");
/// let command = codec.decode(&mut received)?.expect("it is complete");
/// assert!(codec.decode(&mut received)?.is_none());
///
/// let mut sent = BytesMut::new();
/// codec.encode(&command, &mut sent)?;
/// assert_eq!(sent, "[COMMAND]\nCOMMAND=StatusAccount\nEOF\n");
/// # Ok::<(), cnic_command::CodecError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct CommandCodec {
    decoder: FrameDecoder,
}

impl CommandCodec {
    /// Creates a codec with the default [`Parser`].
    #[must_use]
    pub const fn new() -> Self {
        Self { decoder: FrameDecoder::new() }
    }

    /// Sets the parser of each command, with its [limits](Parser::limits).
    ///
    /// ```
    /// use cnic_command::{CommandCodec, Limits, Parser};
    /// use tokio_util::bytes::BytesMut;
    /// use tokio_util::codec::Decoder;
    ///
    /// let parser = Parser::new().limits(Limits::DEFAULT.bytes(64));
    /// let mut codec = CommandCodec::new().parser(parser);
    /// let long = format!("COMMAND=CheckDomain\nDOMAIN={}", "x".repeat(100));
    /// assert!(codec.decode(&mut BytesMut::from(&*long)).is_err());
    /// ```
    #[must_use]
    pub fn parser(self, parser: Parser) -> Self {
        Self { decoder: self.decoder.parser(parser) }
    }
}

impl Decoder for CommandCodec {
    type Item = Command<'static>;
    type Error = CodecError;

    fn decode(&mut self, source: &mut BytesMut) -> Result<Option<Self::Item>, CodecError> {
        let mut rest = &source[..];
        let item = self.decoder.decode(&mut rest).map(own);
        // The decoder keeps what it took, so `source` never grows beyond one read.
        let taken = source.len() - rest.len();
        source.advance(taken);
        item.transpose()
    }

    fn decode_eof(&mut self, source: &mut BytesMut) -> Result<Option<Self::Item>, CodecError> {
        match self.decode(source)? {
            Some(command) => Ok(Some(command)),
            None => self.decoder.finish().map(own).transpose(),
        }
    }
}

fn own(item: Result<Command<'_>, ParseError>) -> Result<Command<'static>, CodecError> {
    Ok(item?.into_owned())
}

impl Encoder<&Command<'_>> for CommandCodec {
    type Error = CodecError;

    fn encode(&mut self, command: &Command<'_>, to: &mut BytesMut) -> Result<(), CodecError> {
        let text = command.encode().framed();
        to.reserve(text.len());
        fmt::write(to, format_args!("{text}")).map_err(io::Error::other)?;
        Ok(())
    }
}

/// Why a stream of commands ended early. It never holds a value.
///
/// ```
/// use cnic_command::{CodecError, CommandCodec, ErrorKind};
/// use tokio_util::bytes::BytesMut;
/// use tokio_util::codec::Decoder;
///
/// let mut cut = BytesMut::from("[COMMAND]\nCOMMAND=DeleteDomain\nDOMAIN=exam");
/// let error = CommandCodec::new().decode_eof(&mut cut).unwrap_err();
/// assert!(matches!(error, CodecError::Parse(error) if error.kind() == ErrorKind::Truncated));
/// ```
pub type CodecError = cnic_text::CodecError<ErrorKind>;
