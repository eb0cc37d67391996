//! Texts one behind the other, as Arrow has them.

use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray, StringViewArray};
use arrow_buffer::{Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use cnic_response::Column;
use cnic_text::{Span, to_usize};

/// The texts of a column under construction.
pub(crate) struct Texts {
    /// The texts, and room for more of them.
    bytes: Vec<u8>,
    /// Where each text begins, and where the last one ends.
    offsets: Vec<i32>,
}

/// The text of one column is too long for offsets of 32 bits with a sign.
pub(crate) struct TooLarge;

/// How long the texts of a column may be together: `i32::MAX` bytes. In unit tests that is less.
const MAX_LEN: usize = if cfg!(test) { 1000 } else { 0x7fff_ffff };

/// How many bytes are copied at once: nearly every cell is shorter.
const WIDTH: usize = 32;

impl Texts {
    pub(crate) fn new() -> Self {
        Self { bytes: Vec::new(), offsets: vec![0] }
    }

    pub(crate) fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Returns the bytes of all texts.
    pub(crate) fn text_len(&self) -> usize {
        usize::try_from(self.offsets[self.len()]).unwrap_or(0)
    }

    /// Appends empty texts until there are `len`.
    pub(crate) fn pad(&mut self, len: usize) {
        self.offsets.resize(len + 1, self.offsets[self.len()]);
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        self.offsets.truncate(len + 1);
    }

    pub(crate) fn push(&mut self, text: &str) -> Result<(), TooLarge> {
        let at = self.text_len();
        self.make_room(text.len())?;
        self.bytes[at..at + text.len()].copy_from_slice(text.as_bytes());
        self.offsets.push(narrow(at + text.len()));
        Ok(())
    }

    /// Makes room for so many bytes, and one look.
    fn make_room(&mut self, len: usize) -> Result<(), TooLarge> {
        let end = self.text_len() + len;
        if end > MAX_LEN {
            return Err(TooLarge);
        }
        if self.bytes.is_empty() {
            // Zeros of the system, which no pass has to write.
            self.bytes = vec![0; end + WIDTH];
        } else if self.bytes.len() < end + WIDTH {
            self.bytes.resize((end + WIDTH).max(self.bytes.len() * 2), 0);
        }
        Ok(())
    }

    /// Appends the cells of a column of a response with this `text`, and an empty text for each
    /// hole.
    ///
    /// # Why it is fast
    ///
    /// A copy of a length that is known to the compiler is two instructions, and one of any other
    /// length is a call. So whole looks of 32 bytes are copied, of which each overwrites what the
    /// one before copied too much.
    pub(crate) fn append(&mut self, column: Column<'_>, text: &str) -> Result<(), TooLarge> {
        self.make_room(column.values().map(str::len).sum())?;
        let (first, mut at) = (self.len(), self.text_len());
        let Self { bytes, offsets } = self;
        offsets.reserve(column.height());
        column.cells().for_each(|(row, value)| {
            if offsets.len() <= first + row {
                offsets.resize(first + row + 1, narrow(at));
            }
            let start = to_usize(Span::locate(value, text).start);
            let look = text.as_bytes().get(start..).and_then(<[u8]>::first_chunk::<WIDTH>);
            let room = bytes.get_mut(at..).and_then(<[u8]>::first_chunk_mut::<WIDTH>);
            match (look, room) {
                (Some(look), Some(room)) if value.len() <= WIDTH => *room = *look,
                _ => bytes[at..at + value.len()].copy_from_slice(value.as_bytes()),
            }
            at += value.len();
            offsets.push(narrow(at));
        });
        Ok(())
    }

    /// Returns the column, and begins the next one.
    pub(crate) fn finish(&mut self, nulls: Option<NullBuffer>, views: bool) -> ArrayRef {
        let len = self.text_len();
        let Self { mut bytes, offsets } = std::mem::replace(self, Self::new());
        bytes.truncate(len);
        let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
        // Checks that the bytes are UTF-8 and no text begins inside a character.
        let texts = StringArray::new(offsets, Buffer::from_vec(bytes), nulls);
        // The views are into the texts of this column, which hold nothing else.
        if views { Arc::new(StringViewArray::from(&texts)) } else { Arc::new(texts) }
    }
}

/// Narrows an offset that [`Texts::make_room`] has seen.
fn narrow(offset: usize) -> i32 {
    i32::try_from(offset).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use cnic_response::Response;

    use super::*;
    use crate::{BatchOptions, ErrorKind, Layout};

    #[test]
    fn a_column_that_is_full_has_room_after_the_batch() {
        let cell = "x".repeat(MAX_LEN / 2);
        let text = format!("code = 200\nproperty[a][0] = 1\nproperty[b][0] = {cell}\n");
        let response = Response::parse(&*text).expect("a response");
        for layout in [Layout::Wide, Layout::Long] {
            let mut builder = BatchOptions::new().layout(layout).build().expect("options");
            builder.push(&response).expect("room for the first");
            let before = (builder.row_count(), builder.text_len());
            let second = builder.push(&response);
            if layout == Layout::Wide {
                second.expect("room for the second");
                let error = builder.push(&response).expect_err("no room for the third");
                assert_eq!((error.kind(), error.column()), (ErrorKind::TextLimit, Some("b")));
                assert_eq!((error.is_full(), error.response()), (true, Some(2)));
                assert_eq!(builder.row_count(), 2);
                assert_eq!(builder.finish()["b"].len(), 2);
            } else {
                // The values of both columns are one column.
                let error = second.expect_err("no room for the second");
                assert_eq!((error.kind(), error.response()), (ErrorKind::TextLimit, Some(1)));
                assert_eq!((builder.row_count(), builder.text_len()), before);
                assert_eq!(builder.finish()["value"].len(), 2);
            }
            builder.push(&response).expect("room in the next batch");
        }
    }
}
