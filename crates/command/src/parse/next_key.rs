//! How the next line begins where keys count up.

use cnic_text::simd::{WIDTH, eq_mask};

/// The key after one that ends with an index, and an equals sign: `DomainTag12=`.
///
/// Its last eight bytes are kept as a number, so that the next key is a sum away: to store a byte
/// and load more than it at once would wait for the processor's store buffer.
pub(super) struct NextKey {
    /// The start of the line. What the tail holds may be that of keys before.
    text: [u8; WIDTH],
    /// The length with the equals sign.
    len: usize,
    /// The last bytes.
    tail: u64,
    /// A one for each byte that belongs to the tail or comes after it.
    ignore_mask: u32,
}

/// The bytes of a tail.
const TAIL: usize = 8;

/// What makes the last digit one larger: it is in front of the equals sign.
const DIGIT_STEP: u64 = 1 << (8 * (TAIL - 2));

impl NextKey {
    /// Expects the key after one. `None`: it is too short or too long to be expected.
    pub(super) fn after(key: &str) -> Option<Self> {
        let len = key.len() + 1;
        let mut text = [0; WIDTH];
        text.get_mut(..key.len())?.copy_from_slice(key.as_bytes());
        *text.get_mut(key.len())? = b'=';
        let mut next = Self { text, len, tail: 0, ignore_mask: 0 };
        next.set_tail()?;
        next.advance()?;
        Some(next)
    }

    /// Returns the length of the key with its equals sign, if a line begins with them.
    #[inline]
    pub(super) fn recognise(&self, line: &[u8; WIDTH]) -> Option<usize> {
        let tail = line.get(..self.len)?.last_chunk::<TAIL>()?;
        let is_next = u64::from_le_bytes(*tail) == self.tail
            && eq_mask(line, &self.text) | self.ignore_mask == u32::MAX;
        is_next.then_some(self.len)
    }

    /// Expects the key after this one. `None`: it is too long to be expected.
    #[inline]
    pub(super) fn advance(&mut self) -> Option<()> {
        let [.., digit, _equals] = self.tail.to_le_bytes();
        if digit == b'9' {
            return self.carry();
        }
        self.tail += DIGIT_STEP;
        Some(())
    }

    /// Takes the index from one that ends with 9 to the next.
    #[cold]
    fn carry(&mut self) -> Option<()> {
        let last = self.len - 2;
        self.text[last] = b'9';
        let nines = self.text[..=last].iter().rev().take_while(|&&byte| byte == b'9').count();
        let first_nine = last + 1 - nines;
        self.text[first_nine..=last].fill(b'0');
        match first_nine.checked_sub(1).map(|before| &mut self.text[before]) {
            Some(digit) if digit.is_ascii_digit() => *digit += 1,
            // A longer index belongs to no run.
            _ if nines == 9 => return None,
            _ => {
                // Another digit in front.
                self.text[first_nine] = b'1';
                *self.text.get_mut(self.len)? = b'=';
                self.text[self.len - 1] = b'0';
                self.len += 1;
            }
        }
        self.set_tail()
    }

    fn set_tail(&mut self) -> Option<()> {
        self.tail = u64::from_le_bytes(*self.text[..self.len].last_chunk()?);
        self.ignore_mask = u32::MAX << (self.len - TAIL);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn an_index_grows_until_the_key_is_too_long() {
        for family in ["NAMESERVER", "DomainTag", "X-Contact-Tag-Of-25-Bytes", "abcdefg"] {
            let mut next = NextKey::after(&format!("{family}0"));
            for index in 1..=12_345 {
                let key = format!("{family}{index}=");
                let line = format!("{key:~<40}");
                let line = line.as_bytes().first_chunk().expect("a line");
                let found = next.as_ref().and_then(|next| next.recognise(line));
                assert_eq!(found, Some(key.len()).filter(|&len| len <= WIDTH), "{key}");
                next = next.and_then(|mut next| next.advance().map(|()| next));
            }
        }
        assert!(NextKey::after("NS1").is_none(), "no tail");
        assert!(NextKey::after("DomainTag999999999").is_none(), "ten digits");
    }

    #[test]
    fn a_line_that_differs_in_a_byte_is_another_one() {
        let next = NextKey::after("AddDomainTag1009").expect("a key");
        let line = b"AddDomainTag1010=a value as long";
        assert_eq!(next.recognise(line), Some(17));
        for place in 0..17 {
            let mut other = *line;
            other[place] ^= 0x20;
            assert_eq!(next.recognise(&other), None, "byte {place}");
        }
    }
}
