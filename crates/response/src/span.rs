//! Where a piece of the text lies.

// Every index into the text is kept as `u32`, so widening one must lose nothing.
const _: () = assert!(usize::BITS >= u32::BITS);

/// Widens a stored index.
pub(crate) const fn index(n: u32) -> usize {
    n as usize // lossless by the assertion above
}

/// Narrows an index into a text, or a number of its parts.
///
/// Lossless: a text is at most 4 GiB long, the reader checks that before it keeps an index.
pub(crate) const fn narrow(n: usize) -> u32 {
    debug_assert!(n <= index(u32::MAX), "more than 4 GiB");
    n as u32 // lossless, as said above
}

/// A half-open byte range of a text of at most 4 GiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    /// Returns the span of `part`, which must be a slice of `text`.
    pub(crate) fn of(part: &str, text: &str) -> Self {
        let start = part.as_ptr().addr() - text.as_ptr().addr();
        debug_assert!(start + part.len() <= text.len(), "a slice of another text");
        Self { start: narrow(start), end: narrow(start + part.len()) }
    }

    /// Returns this span as seen from a text in which its own text starts at `base`; the sums saturate.
    pub(crate) const fn seen_from(self, base: u32) -> Self {
        Self { start: self.start.saturating_add(base), end: self.end.saturating_add(base) }
    }

    /// Returns the piece of `text` that this span was taken from.
    pub(crate) fn of_text(self, text: &str) -> &str {
        &text[index(self.start)..index(self.end)]
    }
}
