//! The start of a line looked at in one go, in safe code: the [`wide`] crate turns 32 bytes into one vector instruction, or two.

use wide::{CmpEq, CmpLt, i8x32};

/// The bytes that are looked at in one go.
pub(crate) const WINDOW: usize = 32;

/// Where something else begins in the first bytes of a text; [`WINDOW`] for what is not among them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// The first byte that no key is made of.
    pub(crate) key_end: usize,
    pub(crate) equals: usize,
    /// The first LF, CR or NUL, where a value ends, or byte that lies between them.
    pub(crate) control: usize,
}

impl Window {
    #[inline]
    pub(crate) fn of(bytes: &[u8; WINDOW]) -> Self {
        let lane = |byte: u8| i8x32::splat(byte as i8); // the same bits: lanes are signed
        let bytes = i8x32::new(bytes.map(|byte| byte as i8)); // the same
        let is = |byte| bytes.cmp_eq(lane(byte));
        // The distance from the first is below the number of them; with the highest bit turned round, signs compare like none.
        let within = |bytes: i8x32, first: u8, last: u8| {
            (bytes - lane(first ^ 0x80)).cmp_lt(lane((last - first + 1) ^ 0x80))
        };
        // Only capitals become small letters by this.
        let small = bytes | lane(0x20);
        let key = within(small, b'a', b'z') | within(bytes, b'0', b'9') | is(b'-') | is(b'_');
        Self {
            key_end: first(!key),
            equals: first(is(b'=')),
            control: first(within(bytes, 0, b'\r')),
        }
    }
}

/// Returns the place of the first lane of which something is true.
fn first(lanes: i8x32) -> usize {
    lanes.move_mask().trailing_zeros() as usize // lossless: at most 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::is_key;

    #[test]
    fn each_byte_is_told_in_each_place() {
        for place in 0..WINDOW {
            for byte in 0..=u8::MAX {
                let mut bytes = [b'k'; WINDOW];
                bytes[place] = byte;
                let told = |is: bool| if is { place } else { WINDOW };
                let is_of_key = core::str::from_utf8(&[byte]).is_ok_and(is_key);
                let expected = Window {
                    key_end: told(!is_of_key),
                    equals: told(byte == b'='),
                    control: told(byte <= b'\r'),
                };
                assert_eq!(Window::of(&bytes), expected, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn the_first_of_several_is_told() {
        let window = Window::of(b"AddDomainTag7=red=blue\r\n\0-------");
        assert_eq!(window, Window { key_end: 13, equals: 13, control: 22 });
    }
}
