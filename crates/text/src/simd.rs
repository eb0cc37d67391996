//! Thirty-two bytes (sixteen where texts are short) looked at in one go, in safe code: the [`wide`]
//! crate turns it into one vector instruction, or two.

use wide::{CmpEq, CmpGt, CmpLt, i8x16, i8x32};

use crate::position::to_usize;

/// The bytes that are looked at in one go.
pub const WIDTH: usize = 32;

/// Returns a one for each byte that is the same in both, the first byte's in the lowest place.
#[inline]
#[must_use]
pub fn eq_mask(a: &[u8; WIDTH], b: &[u8; WIDTH]) -> u32 {
    lanes(a).cmp_eq(lanes(b)).move_mask() as u32 // the same bits: there is no unsigned mask
}

/// Returns a one for each byte that is `+`, `%` or a control character, the first byte's in the
/// lowest place.
#[inline]
#[must_use]
pub fn special_mask(bytes: &[u8; WIDTH]) -> u32 {
    let bytes = lanes(bytes);
    let is = |byte: u8| bytes.cmp_eq(i8x32::splat(byte as i8)); // ASCII
    // Bytes above ASCII are negative, and no control characters.
    let control = bytes.cmp_lt(i8x32::splat(b' ' as i8)) & !bytes.cmp_lt(i8x32::splat(0));
    (control | is(b'+') | is(b'%') | is(0x7f)).move_mask() as u32 // the same bits
}

#[inline]
fn lanes(bytes: &[u8; WIDTH]) -> i8x32 {
    // A loop becomes a copy in any profile; `map` is a call where functions are not put in line
    // across crates.
    let mut lanes = [0; WIDTH];
    for (lane, &byte) in lanes.iter_mut().zip(bytes) {
        *lane = byte as i8; // the same bits: lanes are signed
    }
    i8x32::new(lanes)
}

/// Returns whether each byte stands for itself in a form: a letter or digit of ASCII, or one of
/// `*-._`.
#[inline]
#[must_use]
pub fn is_plain(text: &[u8]) -> bool {
    are_all(text, are_plain)
}

/// Returns whether a byte is LF, CR or NUL.
#[inline]
#[must_use]
pub fn has_line_end(text: &[u8]) -> bool {
    !are_all(text, |bytes| {
        let is = |byte: u8| bytes.cmp_eq(i8x16::splat(byte as i8)); // ASCII
        !(is(b'\n') | is(b'\r') | is(0))
    })
}

/// Returns whether something is true of all bytes of a text; it must be true of `a`.
///
/// Blocks may overlap, so that a byte is looked at once or more often.
#[inline]
fn are_all(text: &[u8], are: impl Fn(i8x16) -> i8x16) -> bool {
    const LANES: usize = 16;
    // Not by `all` of `wide`, which without vector instructions does not look at the last of each
    // eight bytes (0.7.33).
    let are = |block: &[u8; LANES]| {
        are(i8x16::new(block.map(|byte| byte as i8))).move_mask() == 0xffff // the same bits
    };
    match text.last_chunk() {
        Some(last) => {
            text.chunks_exact(LANES).filter_map(|block| block.first_chunk()).all(are) && are(last)
        }
        None => are(&short_block(text)),
    }
}

/// Returns the bytes of a text of fewer than 16, some of them twice, and `a` in places that are left.
///
/// The words stay in registers: to store them and then load all of the block would wait for the
/// stores.
#[inline]
fn short_block(text: &[u8]) -> [u8; 16] {
    let (low, high) = match (text.first_chunk(), text.last_chunk()) {
        (Some(&first), Some(&last)) => (u64::from_le_bytes(first), u64::from_le_bytes(last)),
        _ => (short_word(text), FILLED),
    };
    (u128::from(low) | u128::from(high) << 64).to_le_bytes()
}

const FILLED: u64 = u64::from_le_bytes([b'a'; 8]);

/// Does the same with fewer than eight bytes.
#[inline]
fn short_word(text: &[u8]) -> u64 {
    match (text.first_chunk(), text.last_chunk()) {
        (Some(&first), Some(&last)) => {
            u64::from(u32::from_le_bytes(first)) | u64::from(u32::from_le_bytes(last)) << 32
        }
        _ => text.iter().fold(FILLED, |word, &byte| word << 8 | u64::from(byte)),
    }
}

#[inline]
fn are_plain(bytes: i8x16) -> i8x16 {
    let is = |byte: u8| bytes.cmp_eq(i8x16::splat(byte as i8)); // ASCII
    // Bytes above ASCII are negative. Only capitals become small letters by the bit.
    let within = |bytes: i8x16, first: u8, last: u8| {
        bytes.cmp_gt(i8x16::splat(first as i8 - 1)) & bytes.cmp_lt(i8x16::splat(last as i8 + 1))
    };
    let small = bytes | i8x16::splat(0x20);
    let word = within(small, b'a', b'z') | within(bytes, b'0', b'9');
    word | within(bytes, b'-', b'.') | is(b'*') | is(b'_')
}

/// Finds the first of the bytes that are `wanted`. Most names and values are shorter than what a
/// call of a general search takes.
#[inline]
#[must_use]
pub fn find_byte(wanted: u8, bytes: &[u8]) -> Option<usize> {
    match bytes.first_chunk().map(|near| eq_mask(near, &[wanted; WIDTH])) {
        None => find_near(wanted, bytes),
        Some(0) => memchr::memchr(wanted, &bytes[WIDTH..]).map(|at| WIDTH + at),
        Some(places) => Some(to_usize(places.trailing_zeros())),
    }
}

/// Finds the first of fewer bytes than are looked at in one go, eight by eight.
#[inline]
fn find_near(wanted: u8, bytes: &[u8]) -> Option<usize> {
    const EACH: u64 = u64::MAX / 0xff;
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk() {
        // The lowest byte that is 0 is the first to borrow.
        let difference = u64::from_le_bytes(*word) ^ (EACH * u64::from(wanted));
        let places = difference.wrapping_sub(EACH) & !difference & (EACH << 7);
        if places != 0 {
            return Some(bytes.len() - rest.len() + to_usize(places.trailing_zeros() / 8));
        }
        rest = after;
    }
    let place = rest.iter().position(|&byte| byte == wanted)?;
    Some(bytes.len() - rest.len() + place)
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    #[test]
    fn bytes_are_compared_by_place() {
        let mut other = [b'a'; WIDTH];
        assert_eq!(eq_mask(&other, &[b'a'; WIDTH]), u32::MAX);
        (other[0], other[5], other[31]) = (b'b', 0xff, b'A');
        assert_eq!(eq_mask(&other, &[b'a'; WIDTH]), !(1 | 1 << 5 | 1 << 31));
    }

    #[test]
    fn the_first_of_the_wanted_bytes_is_found_wherever_it_is() {
        for other in (0..=u8::MAX).filter(|&byte| byte != b'\n') {
            for len in 0..3 * WIDTH {
                let mut text = vec![other; len];
                assert_eq!(find_byte(b'\n', &text), None, "{len} bytes {other}");
                for at in (0..len).rev() {
                    text[at] = b'\n';
                    assert_eq!(find_byte(b'\n', &text), Some(at), "{len} bytes {other}");
                }
            }
        }
    }

    #[test]
    fn each_byte_is_seen_in_each_place() {
        for len in 0..3 * WIDTH {
            let mut text = vec![b'x'; len];
            assert!(is_plain(&text) && !has_line_end(&text), "{len} bytes");
            for at in 0..len {
                for byte in 0..=u8::MAX {
                    text[at] = byte;
                    let expected = byte.is_ascii_alphanumeric() || b"*-._".contains(&byte);
                    assert_eq!(is_plain(&text), expected, "{byte} at {at} of {len}");
                    let is_end = matches!(byte, b'\n' | b'\r' | 0);
                    assert_eq!(has_line_end(&text), is_end, "{byte} at {at} of {len}");
                }
                text[at] = b'x';
            }
        }
    }
}
