//! Where an envelope begins, and where the `[RESPONSE]` of another response ends it.

/// What the lines of a response said so far about its envelope.
#[derive(Clone, Copy, Default)]
pub(crate) struct Envelope {
    is_open: bool,
    /// Whether a field or a cell was read since the latest `[RESPONSE]`.
    has_content: bool,
}

/// What a `[RESPONSE]` is to the response in which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Header {
    /// The start of its envelope.
    Start,
    /// The same, after a field or a cell.
    Late,
    /// The start given again before anything else.
    Repeated,
    /// The start of another response: this one has no `EOF`.
    Next,
}

impl Envelope {
    pub(crate) const fn new() -> Self {
        Self { is_open: false, has_content: false }
    }

    /// Returns whether there was a `[RESPONSE]`.
    #[inline]
    pub(crate) const fn is_open(self) -> bool {
        self.is_open
    }

    #[inline]
    pub(crate) const fn has_content(self) -> bool {
        self.has_content
    }

    /// Takes a field or a cell.
    #[inline]
    pub(crate) const fn content(&mut self) {
        self.has_content = true;
    }

    /// Takes a `[RESPONSE]`.
    pub(crate) const fn header(&mut self) -> Header {
        let header = match (self.is_open, self.has_content) {
            (false, false) => Header::Start,
            (false, true) => Header::Late,
            (true, false) => Header::Repeated,
            (true, true) => Header::Next,
        };
        // Content before a late `[RESPONSE]` belongs to this response. It must not make one more
        // `[RESPONSE]` after it look like the start of the next.
        *self = Self { is_open: true, has_content: false };
        header
    }
}
