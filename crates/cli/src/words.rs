//! Text looked at by words of eight bytes, to find what most texts do not hold.

/// The highest bit of each byte.
const HIGH: u64 = each(0x80);

/// Returns a word of eight times the same byte.
pub(crate) const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Returns the [highest bits](HIGH) of a word in which some byte is below `least`, and 0 if none is.
///
/// `least` is at most 128. A borrow can mark a byte too many, but only above one that is marked.
pub(crate) const fn below(least: u8, word: u64) -> u64 {
    word.wrapping_sub(each(least)) & !word & HIGH
}

/// Returns the [highest bits](HIGH) of a word in which some byte is `wanted`, and 0 if none is.
pub(crate) const fn equal(wanted: u8, word: u64) -> u64 {
    below(1, word ^ each(wanted))
}

/// Returns the [highest bits](HIGH) of a word in which some byte is not ASCII, and 0 if all are.
pub(crate) const fn foreign(word: u64) -> u64 {
    word & HIGH
}

/// Returns whether a word of the text has a mark.
///
/// The last word overlaps the one before: to predict where a loop over a dozen bytes ends takes a processor longer than all
/// the rest. A text of less than a word is filled up with a letter.
#[inline]
pub(crate) fn any(text: &[u8], mark: impl Fn(u64) -> u64) -> bool {
    let word = |word: &[u8; 8]| mark(u64::from_ne_bytes(*word));
    let marks = match text.last_chunk() {
        Some(last) => {
            let words = text.chunks_exact(8).filter_map(|word| word.first_chunk());
            words.fold(word(last), |marks, next| marks | word(next))
        }
        None => mark(text.iter().fold(each(b'a'), |word, &byte| word << 8 | u64::from(byte))),
    };
    marks != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_seen_in_every_place() {
        type Mark = fn(u64) -> u64;
        type IsMarked = fn(u8) -> bool;
        let marks: [(Mark, IsMarked); 3] = [
            (|word| below(b' ', word), |byte| byte < b' '),
            (|word| equal(b'"', word), |byte| byte == b'"'),
            (foreign, |byte| !byte.is_ascii()),
        ];
        for (mark, expected) in marks {
            for length in 0..20 {
                let mut text = vec![b'x'; length];
                assert!(!any(&text, mark), "{length}");
                for place in 0..length {
                    for byte in 0..=u8::MAX {
                        text[place] = byte;
                        assert_eq!(any(&text, mark), expected(byte), "{byte}: {place} of {length}");
                    }
                    text[place] = b'x';
                }
            }
        }
    }
}
