//! What is sent back to a client.

use std::time::Duration;

/// An HTTP response, and how it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub(crate) status: u16,
    pub(crate) bytes: Vec<u8>,
    pub(crate) delay: Duration,
    pub(crate) cut: Cut,
}

/// What of the bytes reaches the client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Cut {
    /// All of it.
    #[default]
    None,
    /// So many bytes, at most half, in a sound HTTP response: its length is that of the piece.
    Truncate(Option<usize>),
    /// The same piece, in an HTTP response with the length of the whole. Then the connection closes.
    Disconnect(Option<usize>),
}

impl Outgoing {
    pub(crate) fn new(status: u16, bytes: impl Into<Vec<u8>>) -> Self {
        Self { status, bytes: bytes.into(), delay: Duration::ZERO, cut: Cut::None }
    }

    /// Returns the length that the HTTP response tells, and the one that it has.
    pub(crate) fn lengths(&self) -> (usize, usize) {
        let all = self.bytes.len();
        let piece = |bytes: Option<usize>| bytes.unwrap_or(all / 2).min(all);
        match self.cut {
            Cut::None => (all, all),
            Cut::Truncate(bytes) => (piece(bytes), piece(bytes)),
            Cut::Disconnect(bytes) => (all.max(1), piece(bytes).min(all.saturating_sub(1))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_told_as_they_are_cut() {
        let outgoing = |cut| Outgoing { cut, ..Outgoing::new(200, "0123456789") }.lengths();
        assert_eq!(outgoing(Cut::None), (10, 10));
        assert_eq!(outgoing(Cut::Truncate(None)), (5, 5));
        assert_eq!(outgoing(Cut::Truncate(Some(99))), (10, 10));
        assert_eq!(outgoing(Cut::Disconnect(Some(3))), (10, 3));
        // A connection that closes after the last byte would be a whole response.
        assert_eq!(outgoing(Cut::Disconnect(Some(99))), (10, 9));
        let empty = Outgoing { cut: Cut::Disconnect(None), ..Outgoing::new(200, "") };
        assert_eq!(empty.lengths(), (1, 0));
    }
}
