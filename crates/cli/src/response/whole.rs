//! Responses that obviously begin and end where they seem to: between `EOF` and `[RESPONSE]` as the servers spell them.

use cnic_response::{Buffers, Parser, Response};
use memchr::memmem;

use crate::encoding::Encoding;

/// The line that ends a response, what precedes it, and the line that begins the next one.
///
/// Whatever came before it, `EOF` in a line of its own ends a response; whatever came before that, `[RESPONSE]` then begins
/// the next one. So this is where a stream can be cut.
const CUTS: [&[u8]; 2] = [b"\nEOF\n[RESPONSE]\n", b"\nEOF\r\n[RESPONSE]\r\n"];

/// Returns how long the end of a response is in a cut.
fn end_len(cut: &[u8]) -> usize {
    cut.len() - begin(cut).len()
}

/// Returns the line of a cut that begins a response.
fn begin(cut: &[u8]) -> &[u8] {
    let place = cut.iter().position(|&byte| byte == b'[');
    &cut[place.unwrap_or(cut.len())..]
}

/// Returns the last place at which a stream can be cut, or 0 if there is none.
pub(super) fn last_cut(bytes: &[u8]) -> usize {
    let cut_at = |end: usize| CUTS.iter().find(|cut| bytes[end..].starts_with(cut));
    // Forwards, since a search backwards does not use vectors.
    let cuts =
        memmem::find_iter(bytes, b"\nEOF").filter_map(|end| Some(end + end_len(cut_at(end)?)));
    cuts.last().unwrap_or(0)
}

/// Returns whether bytes end with the line that ends a response.
pub(super) fn is_end(bytes: &[u8]) -> bool {
    CUTS.iter().any(|cut| bytes.ends_with(&cut[..end_len(cut)]))
}

/// Returns the text at the front of a chunk up to the first cut, if it begins and ends with one. `is_cut`: whether the end of
/// the chunk is that of the last one.
///
/// It looks no further than the first line that begins with `EOF`, to which the decoder would have to read as well.
pub(super) fn text(chunk: &[u8], is_cut: bool, encoding: Encoding) -> Option<&str> {
    let cut = CUTS.into_iter().find(|cut| chunk.starts_with(begin(cut)))?;
    let end = memmem::find(chunk, b"\nEOF")?;
    let is_last = is_cut && chunk[end..] == cut[..end_len(cut)];
    if !is_last && !chunk[end..].starts_with(cut) {
        return None;
    }
    let bytes = &chunk[..end + end_len(cut)];
    if encoding == Encoding::Latin1 && !bytes.is_ascii() {
        return None;
    }
    std::str::from_utf8(bytes).ok()
}

/// Reads a text of this kind, if it is one response and nothing else.
///
/// Whatever else there was would be an error or noted.
pub(super) fn response<'t>(
    text: &'t str,
    parser: &Parser,
    buffers: &mut Buffers,
) -> Option<Response<'t>> {
    let response = parser.parse_with(text, buffers).ok()?;
    if response.notes().is_empty() {
        return Some(response);
    }
    buffers.reclaim(response);
    None
}
