//! Blanks around a value, and the ends of lines.

/// Returns whether [`trim`](cnic_text::blanks::trim) leaves a value as it is for sure: what may
/// have to be trimmed is below every letter, digit and mark.
#[inline]
pub(crate) fn is_plain(value: &[u8]) -> bool {
    let is_mark = |byte: Option<&u8>| byte.is_some_and(|&byte| byte > b' ');
    is_mark(value.first()) && is_mark(value.last())
}

/// Takes away the end of a line, and of the first line of a text a byte order mark; returns whether
/// there was a mark.
pub(crate) fn strip_line_end(line: &str, first: bool) -> (&str, bool) {
    let content = match line.as_bytes() {
        [.., b'\r', b'\n'] => line[..line.len() - 1].trim_end_matches('\r'),
        [.., b'\n'] => &line[..line.len() - 1],
        _ => line,
    };
    match content.strip_prefix('\u{feff}') {
        Some(content) if first => (content, true),
        _ => (content, false),
    }
}
