//! SP and TAB, the only blanks of the protocols.

/// Returns whether a byte is SP or TAB.
#[inline]
#[must_use]
pub const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
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
        Some(&first) if is_blank(first) => {
            let data = text.bytes().position(|byte| !is_blank(byte));
            &text[data.unwrap_or(text.len())..]
        }
        _ => text,
    }
}

/// Trims SP and TAB from the end.
#[inline]
#[must_use]
pub fn trim_end(text: &str) -> &str {
    match text.as_bytes().last() {
        Some(&last) if is_blank(last) => {
            let data = text.bytes().rposition(|byte| !is_blank(byte));
            &text[..data.map_or(0, |last| last + 1)]
        }
        _ => text,
    }
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
    fn what_is_left_of_blanks_is_their_end() {
        let blanks = "  ";
        assert_eq!(trim(blanks).as_ptr(), blanks[2..].as_ptr());
    }
}
