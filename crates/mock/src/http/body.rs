//! The body of an HTTP response, which may break off.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};

use crate::http::outgoing::Outgoing;

/// The bytes of a response, in one piece. A body that is shorter than it tells ends in an error, at
/// which the connection closes.
#[derive(Debug)]
pub(crate) struct SentBody {
    /// `None` once it is sent.
    piece: Option<Bytes>,
    /// Whether less is sent than was told.
    breaks_off: bool,
    /// Whether the piece had the time to leave.
    flushed: bool,
    told: u64,
}

impl SentBody {
    pub(crate) fn new(outgoing: Outgoing) -> Self {
        let (told, sent) = outgoing.lengths();
        let piece = Bytes::from(outgoing.bytes).slice(..sent);
        Self {
            piece: Some(piece).filter(|piece| !piece.is_empty()),
            breaks_off: sent < told,
            flushed: false,
            told: told as u64,
        }
    }
}

impl Body for SentBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(piece) = self.piece.take() {
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        if !self.breaks_off {
            return Poll::Ready(None);
        }
        // What is written leaves the buffer of the connection only while its body has to be waited for.
        if !self.flushed {
            self.flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::Error::other("the connection breaks off as it was told to"))))
    }

    fn is_end_stream(&self) -> bool {
        self.piece.is_none() && !self.breaks_off
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.told)
    }
}
