//! The bytes of texts, and the array that is made of them.

use arrow_array::{Array, StringArray};
use arrow_buffer::{Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};

/// The bytes of texts, one text behind the other.
pub(super) struct Bytes {
    bytes: Vec<u8>,
    /// Whether every byte is known to be ASCII.
    is_ascii: bool,
}

impl Bytes {
    pub(super) const fn new() -> Self {
        Self { bytes: Vec::new(), is_ascii: true }
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn capacity(&self) -> usize {
        self.bytes.capacity()
    }

    pub(super) fn reserve(&mut self, additional: usize) {
        self.bytes.reserve(additional);
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.bytes.truncate(len);
    }

    pub(super) fn push(&mut self, text: &str) {
        self.is_ascii &= text.is_ascii();
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Appends `len` bytes that `write` writes into zeros. It gets `spare` more, which are dropped.
    pub(super) fn write(&mut self, len: usize, spare: usize, write: impl FnOnce(&mut [u8])) {
        // Should `write` panic, nothing is known of the bytes.
        let was_ascii = std::mem::replace(&mut self.is_ascii, false);
        let start = self.bytes.len();
        self.bytes.resize(start + len + spare, 0);
        write(&mut self.bytes[start..]);
        self.bytes.truncate(start + len);
        // Now they are in the nearest cache. To look at all of them at the end would take longer.
        self.is_ascii = was_ascii && self.bytes[start..].is_ascii();
    }

    /// Returns the array of the texts that begin and end at these offsets.
    ///
    /// # Why it is fast
    ///
    /// Arrow checks that each text begins and ends at a character boundary. That is a branch for
    /// each text, which takes as long as copying a short text. ASCII does not need this check, and
    /// the ascending offsets are checked several at a time.
    #[expect(unsafe_code, reason = "Arrow has no other way to leave its check out")]
    pub(super) fn into_array(self, offsets: Vec<i32>, nulls: Option<NullBuffer>) -> StringArray {
        let is_valid = self.is_ascii
            && are_offsets(&offsets, self.len())
            && nulls.as_ref().is_none_or(|nulls| nulls.len() + 1 == offsets.len());
        let (offsets, bytes) = (ScalarBuffer::from(offsets), Buffer::from_vec(self.bytes));
        if !is_valid {
            return StringArray::new(OffsetBuffer::new(offsets), bytes, nulls);
        }
        // SAFETY: There is an offset, the first is 0, they ascend, and the last one is not after the
        // end of the bytes. All bytes are ASCII, so that those between any two offsets are UTF-8.
        // Where there are nulls, they are as many as the texts.
        let array = unsafe {
            StringArray::new_unchecked(OffsetBuffer::new_unchecked(offsets), bytes, nulls)
        };
        debug_assert!(array.to_data().validate_full().is_ok(), "an array that Arrow would reject");
        array
    }
}

/// Returns whether offsets begin at 0, ascend, and end within `len` bytes.
fn are_offsets(offsets: &[i32], len: usize) -> bool {
    let next = offsets.iter().skip(1);
    // Without an early end, so that several are compared at once.
    let ascend = offsets.iter().zip(next).fold(true, |ascend, (a, b)| ascend & (a <= b));
    let end = offsets.last().and_then(|&end| usize::try_from(end).ok());
    ascend && offsets.first() == Some(&0) && end.is_some_and(|end| end <= len)
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;

    fn bytes(texts: &[&str]) -> Bytes {
        let mut bytes = Bytes::new();
        texts.iter().for_each(|text| bytes.push(text));
        bytes
    }

    #[test]
    fn it_is_known_whether_all_bytes_are_ascii() {
        assert!(bytes(&[]).is_ascii && bytes(&["a", "b"]).is_ascii);
        assert!(!bytes(&["a", "\u{fc}"]).is_ascii && !bytes(&["\u{fc}", "a"]).is_ascii);
        for (first, second, is_ascii) in [("a", "b", true), ("\u{fc}", "bc", false)] {
            for (first, second) in [(first, second), (second, first)] {
                let mut written = Bytes::new();
                for text in [first, second] {
                    written.write(text.len(), 1, |out| {
                        assert_eq!(out.len(), text.len() + 1);
                        out[..text.len()].copy_from_slice(text.as_bytes());
                        out[text.len()] = 0xff;
                    });
                }
                assert_eq!(written.is_ascii, is_ascii);
                assert_eq!(written.bytes, [first, second].concat().as_bytes());
            }
        }
    }

    #[test]
    fn bytes_that_are_not_written_to_the_end_are_not_ascii() {
        let mut bytes = bytes(&["a"]);
        let result = catch_unwind(AssertUnwindSafe(|| {
            bytes.write(1, 0, |out| {
                out[0] = 0xff;
                panic!("half-way");
            });
        }));
        assert!(result.is_err() && !bytes.is_ascii);
    }

    #[test]
    fn what_is_no_array_of_texts_is_rejected() {
        let array = |text: &str, offsets: &[i32], nulls: usize| {
            let nulls = NullBuffer::new_valid(nulls);
            catch_unwind(|| bytes(&[text]).into_array(offsets.into(), Some(nulls))).ok()
        };
        let texts = array("abc", &[0, 1, 1, 3], 3).expect("an array");
        assert!(texts.iter().eq(["a", "", "bc"].map(Some)));
        let texts = array("\u{fc}b", &[0, 2, 3], 2).expect("an array");
        assert!(texts.iter().eq(["\u{fc}", "b"].map(Some)));
        for (offsets, nulls) in [
            (&[0, 1, 3][..], 3),
            (&[0, 1, 3], 1),
            (&[0, 2, 1], 2),
            (&[0, 1, 4], 2),
            (&[-1, 3], 1),
            (&[], 0),
        ] {
            assert!(array("abc", offsets, nulls).is_none(), "{offsets:?}, {nulls}");
        }
        assert!(array("\u{fc}b", &[0, 1, 3], 2).is_none(), "inside a character");
    }

    #[test]
    fn offsets_begin_at_0_and_ascend_and_end_within_the_bytes() {
        for offsets in [&[0][..], &[0, 0], &[0, 3], &[0, 1, 1, 3], &[0, 1, 2]] {
            assert!(are_offsets(offsets, 3), "{offsets:?}");
        }
        for offsets in [&[][..], &[1], &[-1, 0], &[1, 3], &[0, 2, 1], &[0, 4], &[0, 4, 3]] {
            assert!(!are_offsets(offsets, 3), "{offsets:?}");
        }
        let long: Vec<i32> = (0..1000).collect();
        assert!(are_offsets(&long, 999));
        for place in 1..1000 {
            let mut long = long.clone();
            long[place] = -1;
            assert!(!are_offsets(&long, 999), "{place}");
        }
    }
}
