//! Where a part of a text is.

use core::ops::Range;

/// Returns the bytes of a part that was taken out of the whole.
pub(crate) fn span_of(part: &[u8], whole: &[u8]) -> Range<usize> {
    let start = part.as_ptr().addr() - whole.as_ptr().addr();
    start..start + part.len()
}
