//! The escapes of `application/x-www-form-urlencoded`.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::position::to_usize;
use crate::simd::{WIDTH, is_plain, special_mask};

/// What the WHATWG calls the application/x-www-form-urlencoded percent-encode set.
const ESCAPED: AsciiSet = NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// Writes text as a name or a value of a form: a space is `+`; letters, digits and `*-._` stand for
/// themselves; every other byte is `%XX`.
///
/// # Errors
///
/// Those of `out`.
#[inline]
pub fn escape(text: &str, out: &mut impl fmt::Write) -> fmt::Result {
    // Nearly all values are plain, and copying them is many times as fast.
    if is_plain(text.as_bytes()) {
        return out.write_str(text);
    }
    // A percent sign is escaped itself, so only a space gives this piece.
    utf8_percent_encode(text, &ESCAPED)
        .try_for_each(|piece| out.write_str(if piece == "%20" { "+" } else { piece }))
}

/// Returns how many bytes [`escape`] writes.
#[inline]
#[must_use]
pub fn escaped_len(text: &str) -> usize {
    utf8_percent_encode(text, &ESCAPED)
        .map(|piece| if piece == "%20" { 1 } else { piece.len() })
        .sum()
}

/// What is wrong with an escaped name or value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "matched by the crates that this one is for")]
pub enum EscapeFault {
    /// A raw control character.
    ControlByte,
    /// A `%` that two hexadecimal digits do not follow.
    InvalidEscape,
    /// The decoded bytes are not UTF-8.
    InvalidUtf8,
}

/// Decodes a name or a value of a form: `+`, then `%XX`, then UTF-8. The text is borrowed if
/// nothing is escaped.
///
/// # Errors
///
/// The first fault, and the range of `raw` that it is in.
pub fn unescape(raw: &[u8]) -> Result<Cow<'_, str>, (EscapeFault, Range<usize>)> {
    let Some(first) = find_special(raw) else {
        return match core::str::from_utf8(raw) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(error) => {
                let wrong = error.valid_up_to();
                let end = error.error_len().map_or(raw.len(), |len| wrong + len);
                Err((EscapeFault::InvalidUtf8, wrong..end))
            }
        };
    };
    let mut bytes = Vec::with_capacity(raw.len());
    let mut at = 0;
    let mut special = first;
    loop {
        bytes.extend_from_slice(&raw[at..special]);
        at = special;
        at += match raw.get(at) {
            None => break,
            Some(b'+') => {
                bytes.push(b' ');
                1
            }
            Some(b'%') => {
                let digits = raw.get(at + 1).zip(raw.get(at + 2));
                let value = digits.and_then(|(&high, &low)| Some(hex(high)? << 4 | hex(low)?));
                let Some(value) = value else {
                    let end = raw.len().min(at + "%XX".len());
                    return Err((EscapeFault::InvalidEscape, at..end));
                };
                bytes.push(value);
                "%XX".len()
            }
            Some(_) => return Err((EscapeFault::ControlByte, at..at + 1)),
        };
        special = at + find_special(&raw[at..]).unwrap_or(raw.len() - at);
    }
    String::from_utf8(bytes).map(Cow::Owned).map_err(|error| {
        let wrong = error.utf8_error().valid_up_to();
        let len = error.utf8_error().error_len();
        let end = len.map_or(error.as_bytes().len(), |len| wrong + len);
        (EscapeFault::InvalidUtf8, escaped_range(raw, wrong..end))
    })
}

/// Returns where decoded bytes stand in what they were decoded from, whose escapes are all
/// complete.
#[must_use]
pub fn escaped_range(raw: &[u8], decoded: Range<usize>) -> Range<usize> {
    let len = |at: usize| raw.get(at).map_or(0, |&byte| if byte == b'%' { "%XX".len() } else { 1 });
    let skip = |start: usize, count: usize| (0..count).fold(start, |at, _| at + len(at));
    let start = skip(0, decoded.start);
    start..skip(start, decoded.len())
}

/// Finds the first byte that does not stand for itself: an escape, or a control character.
#[inline]
fn find_special(raw: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(window) = raw[at..].first_chunk() {
        match special_mask(window) {
            0 => at += WIDTH,
            places => return Some(at + to_usize(places.trailing_zeros())),
        }
    }
    let is_special = |byte: &u8| matches!(byte, b'+' | b'%') || byte.is_ascii_control();
    raw[at..].iter().position(is_special).map(|place| at + place)
}

/// Returns the value of a hexadecimal digit.
#[inline]
fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use percent_encoding::percent_encode;

    use super::*;

    #[test]
    fn what_is_not_escaped_is_plain() {
        for byte in 0..=u8::MAX {
            let is_escaped = percent_encode(&[byte], &ESCAPED).any(|piece| piece.len() > 1);
            assert_eq!(is_plain(&[byte]), !is_escaped, "{byte}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for text in ["", "plain-*._", "a b", "50%", "+", "=&;", "ü\u{1f980}", "\n\0", "%2B"] {
            let mut escaped = String::new();
            escape(text, &mut escaped).expect("a string takes any text");
            assert_eq!(escaped.len(), escaped_len(text), "{escaped}");
            assert_eq!(unescape(escaped.as_bytes()).expect("no fault"), text, "{escaped}");
        }
    }

    #[test]
    fn what_does_not_stand_for_itself_is_found_in_each_place() {
        for byte in 0..=u8::MAX {
            let is_special = byte == b'+' || byte == b'%' || byte.is_ascii_control();
            for len in [2, WIDTH, 2 * WIDTH + 3] {
                for place in [0, 1, len / 2, len - 1] {
                    let mut raw = vec![b'a'; len];
                    raw[place] = byte;
                    let expected = is_special.then_some(place);
                    assert_eq!(find_special(&raw), expected, "{byte} at {place} of {len}");
                }
            }
        }
    }

    #[test]
    fn only_what_is_escaped_is_copied() {
        assert!(matches!(unescape("grün".as_bytes()), Ok(Cow::Borrowed("grün"))));
        assert!(matches!(unescape(b"a+b%2bc"), Ok(Cow::Owned(text)) if text == "a b+c"));
    }

    #[test]
    fn the_first_fault_is_found_with_its_bytes() {
        use EscapeFault::{ControlByte, InvalidEscape, InvalidUtf8};
        for (raw, fault, range) in [
            (&b"a%zz"[..], InvalidEscape, 1..4),
            (b"a%2", InvalidEscape, 1..3),
            (b"a%", InvalidEscape, 1..2),
            (b"%+1", InvalidEscape, 0..3),
            (b"%41\n%", ControlByte, 3..4),
            (b"a\x7f", ControlByte, 1..2),
            (b"a%ff", InvalidUtf8, 1..4),
            (b"+%c3", InvalidUtf8, 1..4),
            (b"%41\xc3(", InvalidUtf8, 3..4),
            (b"ab\xff", InvalidUtf8, 2..3),
            (b"%c3%a", InvalidEscape, 3..5),
        ] {
            assert_eq!(unescape(raw), Err((fault, range)), "{raw:?}");
        }
    }
}
