//! Decimal numbers as the protocols write them: ASCII digits, no sign.

/// Returns whether a text is one ASCII digit or more, and nothing else.
#[inline]
#[must_use]
pub fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads an unsigned number, leading zeros allowed. `None`: something else than digits, or too
/// large.
#[inline]
#[must_use]
pub fn parse_number(text: &str) -> Option<u64> {
    if is_digits(text) { text.parse().ok() } else { None }
}

/// Reads an index: a number without leading zeros. `007` is not an index.
#[inline]
#[must_use]
pub fn parse_index(text: &str) -> Option<u32> {
    let is_canonical = text == "0" || !text.starts_with('0');
    if is_canonical && is_digits(text) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_digits_alone() {
        assert_eq!(parse_number("007"), Some(7));
        assert_eq!(parse_number("18446744073709551615"), Some(u64::MAX));
        for text in ["", "18446744073709551616", "+1", "-1", " 1", "1 ", "1a", "1.0", "٣"] {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }

    #[test]
    fn an_index_has_no_leading_zero() {
        assert_eq!(parse_index("0"), Some(0));
        assert_eq!(parse_index("4294967295"), Some(u32::MAX));
        for text in ["", "00", "007", "4294967296", "+1", "1a", "٣"] {
            assert_eq!(parse_index(text), None, "{text}");
        }
    }
}
