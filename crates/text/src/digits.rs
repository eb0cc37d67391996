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

/// Reads the digits with which eight bytes of a text begin, the first byte in the lowest place:
/// their number, and how many they are.
///
/// Steps of a loop would be more expensive than the few multiplications: how often it runs is
/// guessed wrongly whenever an index gets a digit more.
#[inline]
#[must_use]
pub const fn leading_digits(word: u64) -> (u32, usize) {
    const EACH: u64 = u64::MAX / 0xff;
    let digits = word ^ (EACH * b'0' as u64); // a digit becomes its number, anything else is above 9
    // The top bit of a byte tells that it is no digit. A carry out of one reaches later bytes only.
    let others = (digits.wrapping_add(EACH * (0x7f - 9)) | digits) & (EACH << 7);
    let len = others.trailing_zeros() / 8;
    if len == 0 {
        return (0, 0);
    }
    // Leading zeros in front, then neighbours are joined: digits to pairs, pairs to fours, to eight.
    let digits = digits << (u64::BITS - 8 * len);
    let pairs = (digits * 10 + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    let eight = fours * 10_000 + (fours >> 32);
    (eight as u32, len as usize) // below 100,000,000; at most 8
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
    fn the_digits_of_a_word_end_with_the_first_other_byte() {
        for number in (0..3000).chain((0..8).map(|n| 10_u32.pow(n))).chain([99_999_999]) {
            for zeros in ["", "0", "0000"] {
                let digits = alloc::format!("{zeros}{number}");
                for other in (0..=u8::MAX).filter(|byte| !byte.is_ascii_digit()) {
                    let mut word = [other; 8];
                    let Some(start) = word.get_mut(..digits.len()) else { continue };
                    start.copy_from_slice(digits.as_bytes());
                    let read = leading_digits(u64::from_le_bytes(word));
                    assert_eq!(read, (number, digits.len()), "{word:?}");
                }
            }
        }
        assert_eq!(leading_digits(u64::from_le_bytes(*b"]1234567")), (0, 0));
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
