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
#[inline]
pub(crate) fn strip_line_end(line: &str, first: bool) -> (&str, bool) {
    let content = match line.as_bytes() {
        [.., b'\r', b'\n'] => strip_carriage_returns(line),
        [.., b'\n'] => &line[..line.len() - 1],
        _ => line,
    };
    // The mark is looked for in the first line only, since to look is a call.
    match if first { content.strip_prefix('\u{feff}') } else { None } {
        Some(unmarked) => (unmarked, true),
        None => (content, false),
    }
}

/// Takes away what ends with `\r\n`, with as many `\r` as there are.
#[inline(never)]
fn strip_carriage_returns(line: &str) -> &str {
    line[..line.len() - 1].trim_end_matches('\r')
}
