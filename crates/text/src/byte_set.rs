//! Sets of bytes.

/// A set of bytes: ASCII letters, digits, and a few more.
#[derive(Debug)]
pub struct ByteSet([bool; 256]);

impl ByteSet {
    /// Creates the set of ASCII letters, digits and `others`.
    #[must_use]
    pub const fn alphanumeric_and(others: &[u8]) -> Self {
        let mut set = [false; 256];
        let mut byte = 0_u8;
        while byte.is_ascii() {
            set[byte as usize] = byte.is_ascii_alphanumeric(); // lossless; `usize::from` is not const
            byte += 1;
        }
        let mut place = 0;
        while place < others.len() {
            set[others[place] as usize] = true; // lossless, as above
            place += 1;
        }
        Self(set)
    }

    /// Returns whether a byte is in the set.
    #[inline]
    #[must_use]
    pub const fn contains(&self, byte: u8) -> bool {
        self.0[byte as usize] // lossless; `usize::from` is not const
    }

    /// Returns whether every byte of a text is in the set.
    ///
    /// It goes by words, the last of which may overlap the one before: for the dozen bytes of a key
    /// or a value, predicting where a loop over bytes ends takes a processor longer than all the
    /// rest.
    #[inline]
    #[must_use]
    pub fn contains_all(&self, text: &[u8]) -> bool {
        const WORD: usize = 8;
        let word = |word: &[u8]| word.iter().fold(true, |all, &byte| all & self.contains(byte));
        match text.last_chunk::<WORD>() {
            Some(last) => text.chunks_exact(WORD).all(word) && word(last),
            None => text.iter().all(|&byte| self.contains(byte)),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::ByteSet;

    static SET: ByteSet = ByteSet::alphanumeric_and(b"-_");

    #[test]
    fn a_byte_is_in_it_or_not() {
        for byte in 0..=u8::MAX {
            let is_in = byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
            assert_eq!(SET.contains_all(&[byte]), is_in, "{byte}");
        }
    }

    #[test]
    fn one_other_byte_is_seen_in_every_place() {
        for length in 0..40 {
            let mut text = vec![b'k'; length];
            assert!(SET.contains_all(&text), "{length}");
            for place in 0..length {
                text[place] = b'=';
                assert!(!SET.contains_all(&text), "{place} of {length}");
                text[place] = b'k';
            }
        }
    }
}
