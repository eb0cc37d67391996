//! The end of the last line of an input.

/// Takes away the LF or CRLF with which editors end a file; a form has no line ends.
pub(crate) fn without_line_end(bytes: &[u8]) -> &[u8] {
    let body = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    if body.len() < bytes.len() { body.strip_suffix(b"\r").unwrap_or(body) } else { body }
}
