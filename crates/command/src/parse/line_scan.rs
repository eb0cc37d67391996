//! The first bytes of a line, compared all at once in safe code: the [`wide`] crate compiles 32
//! bytes to one or two vector instructions.

use cnic_text::simd::WIDTH;
use cnic_text::to_usize;
use wide::{CmpEq, CmpLt, i8x32};

/// Where the key and the value end within the first [`WIDTH`] bytes of a text; [`WIDTH`] for what
/// is not found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LineScan {
    /// The first byte that is no ASCII letter or digit.
    pub(crate) word_end: usize,
    pub(crate) equals: usize,
    /// The first control character of ASCII but DEL. LF, CR and NUL, where a value ends, are some.
    pub(crate) control: usize,
}

impl LineScan {
    #[inline]
    pub(crate) fn new(bytes: &[u8; WIDTH]) -> Self {
        let control = first_control(bytes);
        let bytes = lanes(bytes);
        // Only capitals become small letters by this.
        let small = bytes | lane(0x20);
        let word = within(small, b'a', b'z') | within(bytes, b'0', b'9');
        Self { word_end: first(!word), equals: first(bytes.cmp_eq(lane(b'='))), control }
    }
}

/// Returns the place of the first control character of ASCII but DEL, or [`WIDTH`].
#[inline]
pub(crate) fn first_control(bytes: &[u8; WIDTH]) -> usize {
    first(within(lanes(bytes), 0, b' ' - 1))
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

#[inline]
fn lane(byte: u8) -> i8x32 {
    i8x32::splat(byte as i8) // the same
}

/// Returns where bytes are in a range.
#[inline]
fn within(bytes: i8x32, first: u8, last: u8) -> i8x32 {
    // The distance from the first is below the number of them; with the highest bit turned round,
    // signs compare like none.
    (bytes - lane(first ^ 0x80)).cmp_lt(lane((last - first + 1) ^ 0x80))
}

/// Returns the place of the first lane of which something is true.
fn first(lanes: i8x32) -> usize {
    to_usize(lanes.move_mask().trailing_zeros())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_found_in_each_place() {
        for place in 0..WIDTH {
            for byte in 0..=u8::MAX {
                let mut bytes = [b'k'; WIDTH];
                bytes[place] = byte;
                let found = |is: bool| if is { place } else { WIDTH };
                let expected = LineScan {
                    word_end: found(!byte.is_ascii_alphanumeric()),
                    equals: found(byte == b'='),
                    control: found(byte < b' '),
                };
                assert_eq!(LineScan::new(&bytes), expected, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn the_first_of_several_is_found() {
        let scan = LineScan::new(b"X-DomainTag7=red=blue\r\n\0---X----");
        assert_eq!(scan, LineScan { word_end: 1, equals: 12, control: 21 });
    }
}
