//! SP and TAB, the only blanks of the protocols.

use crate::simd::WIDTH;

/// Returns whether a byte is SP or TAB.
#[inline]
#[must_use]
pub const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Returns whether all bytes that are looked at in one go are blanks: a loop of comparisons without
/// a branch, which becomes vector instructions.
#[inline]
fn are_blank(look: &[u8]) -> bool {
    look.iter().fold(true, |all, &byte| all & is_blank(byte))
}

/// Trims SP and TAB from both ends. Of blanks alone the empty end is left.
#[inline]
#[must_use]
pub fn trim(text: &str) -> &str {
    trim_end(trim_start(text))
}

/// Trims SP and TAB from the start.
#[inline]
#[must_use]
pub fn trim_start(text: &str) -> &str {
    match text.as_bytes().first() {
        Some(&first) if is_blank(first) => trim_blank_start(text),
        _ => text,
    }
}

// Out of line, so that where there are no blanks nothing is called.
#[inline(never)]
fn trim_blank_start(text: &str) -> &str {
    let looks = text.as_bytes().chunks_exact(WIDTH);
    let blank = WIDTH * looks.take_while(|look| are_blank(look)).count();
    let data = text.bytes().skip(blank).position(|byte| !is_blank(byte));
    &text[data.map_or(text.len(), |at| blank + at)..]
}

/// Trims SP and TAB from the end.
#[inline]
#[must_use]
pub fn trim_end(text: &str) -> &str {
    match text.as_bytes().last() {
        Some(&last) if is_blank(last) => trim_blank_end(text),
        _ => text,
    }
}

#[inline(never)]
fn trim_blank_end(text: &str) -> &str {
    let looks = text.as_bytes().rchunks_exact(WIDTH);
    let blank = WIDTH * looks.take_while(|look| are_blank(look)).count();
    let rest = &text.as_bytes()[..text.len() - blank];
    let data = rest.iter().rposition(|&byte| !is_blank(byte));
    &text[..data.map_or(0, |last| last + 1)]
}

/// Returns whether [`trim`] leaves a text as it is.
#[inline]
#[must_use]
pub fn is_trimmed(text: &str) -> bool {
    let is_data = |byte: Option<&u8>| byte.is_none_or(|&byte| !is_blank(byte));
    is_data(text.as_bytes().first()) && is_data(text.as_bytes().last())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sp_and_tab_are_trimmed() {
        for (text, trimmed) in [
            ("", ""),
            (" \t ", ""),
            (" a b\t", "a b"),
            ("\u{a0}a\u{2003}", "\u{a0}a\u{2003}"),
            ("\ra\r", "\ra\r"),
            ("a", "a"),
        ] {
            assert_eq!(trim(text), trimmed, "{text:?}");
            assert_eq!(is_trimmed(text), text == trimmed, "{text:?}");
        }
        assert_eq!((trim_start(" a "), trim_end(" a ")), ("a ", " a"));
    }

    #[test]
    fn the_end_of_many_blanks_is_found_wherever_it_is() {
        for len in 0..3 * WIDTH {
            for blank in [" ", "\t"] {
                let blanks = blank.repeat(len);
                for data in ["", "a", "\u{a0}", "\n", "\u{8}", "a\t  \tb"] {
                    let text = alloc::format!("{blanks}{data}{blanks}");
                    assert_eq!(trim(&text), data, "{len}");
                    let (start, end) = (trim_start(&text).len(), trim_end(&text).len());
                    let one_end = if data.is_empty() { 0 } else { data.len() + len };
                    assert_eq!((start, end), (one_end, one_end), "{len}");
                }
            }
        }
    }

    #[test]
    fn what_is_left_of_blanks_is_their_end() {
        let blanks = "  ";
        assert_eq!(trim(blanks).as_ptr(), blanks[2..].as_ptr());
    }
}
