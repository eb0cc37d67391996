//! Spans of a text whose length was checked to fit.

use cnic_text::{Span, to_usize};

/// Narrows an index into a text whose length was checked to fit.
///
/// [`cnic_text::to_u32`] compares again, for each cell two or three times: 5 % of the instructions
/// that reading a list takes.
#[inline]
pub(crate) const fn narrow(n: usize) -> u32 {
    debug_assert!(n <= to_usize(u32::MAX), "more than 4 GiB");
    n as u32 // lossless: `read_text` rejects a text above `u32::MAX` bytes
}

/// Returns the span of `part`, which must be a slice of `text`, whose length was checked to fit.
#[inline]
pub(crate) fn locate(part: &str, text: &str) -> Span {
    let start = part.as_ptr().addr() - text.as_ptr().addr();
    debug_assert!(start + part.len() <= text.len(), "a slice of another text");
    Span { start: narrow(start), end: narrow(start + part.len()) }
}
