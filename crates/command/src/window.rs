//! The start of a line looked at in one go, in safe code: the [`wide`] crate turns 32 bytes into one vector instruction, or two.

use wide::{CmpEq, CmpLt, i8x32};

/// The bytes that are looked at in one go.
pub(crate) const WINDOW: usize = 32;

/// Which of the first bytes of a text are what, a bit for each, the first byte's in the lowest place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// Bytes that a key is made of.
    pub(crate) key: u32,
    pub(crate) equals: u32,
    /// LF, CR and NUL, where a value ends, and what lies between them.
    pub(crate) control: u32,
}

impl Window {
    #[inline]
    pub(crate) fn of(bytes: &[u8; WINDOW]) -> Self {
        // The same bits: lanes are signed. So is a mask.
        let lane = |byte: u8| i8x32::splat(byte as i8);
        let mask = |lanes: i8x32| lanes.move_mask() as u32;
        let bytes = i8x32::new(bytes.map(|byte| byte as i8));
        let is = |byte| bytes.cmp_eq(lane(byte));
        // The distance from the first is below the number of them; with the highest bit turned round, signs compare like none.
        let within = |bytes: i8x32, first: u8, last: u8| {
            (bytes - lane(first ^ 0x80)).cmp_lt(lane((last - first + 1) ^ 0x80))
        };
        // Only capitals become small letters by this.
        let small = bytes | lane(0x20);
        Self {
            key: mask(within(small, b'a', b'z') | within(bytes, b'0', b'9') | is(b'-') | is(b'_')),
            equals: mask(is(b'=')),
            control: mask(within(bytes, 0, b'\r')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::is_key;

    #[test]
    fn each_byte_is_told_in_each_place() {
        for place in 0..WINDOW {
            for byte in 0..=u8::MAX {
                let mut bytes = [b' '; WINDOW];
                bytes[place] = byte;
                let told = |is: bool| u32::from(is) << place;
                let is_of_key = core::str::from_utf8(&[byte]).is_ok_and(is_key);
                let expected = Window {
                    key: told(is_of_key),
                    equals: told(byte == b'='),
                    control: told(byte <= b'\r'),
                };
                assert_eq!(Window::of(&bytes), expected, "{byte} at {place}");
            }
        }
    }
}
