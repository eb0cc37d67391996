//! Texts one behind the other, as Arrow has them.

use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray, StringViewArray};
use arrow_buffer::{Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use cnic_response::CellSpans;

/// The texts of a column under construction.
pub(crate) struct Texts {
    /// The texts, one behind the other.
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

/// How many texts are appended at once. Where a response has its cells row by row, the lines of
/// this many rows fit in the cache nearest to the processor.
const BLOCK: usize = 64;

impl Texts {
    pub(crate) fn new() -> Self {
        Self { bytes: Vec::new(), offsets: vec![0] }
    }

    /// Returns the bytes of all texts.
    pub(crate) fn text_len(&self) -> usize {
        self.bytes.len()
    }

    /// Appends empty texts until there are `len`.
    pub(crate) fn pad(&mut self, len: usize) {
        self.offsets.resize(len + 1, narrow(self.bytes.len()));
    }

    /// Goes back to `len` texts, or less if there are less.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.offsets.truncate(len + 1);
        let end = self.offsets.last().and_then(|&end| usize::try_from(end).ok());
        self.bytes.truncate(end.unwrap_or(0));
    }

    pub(crate) fn push(&mut self, text: &str) -> Result<(), TooLarge> {
        self.make_room(1, text.len())?;
        self.bytes.extend_from_slice(text.as_bytes());
        self.offsets.push(narrow(self.bytes.len()));
        Ok(())
    }

    /// Makes room for so many more texts, and their bytes together.
    pub(crate) fn make_room(&mut self, count: usize, len: usize) -> Result<(), TooLarge> {
        if self.bytes.len() + len > MAX_LEN {
            return Err(TooLarge);
        }
        self.offsets.reserve(count);
        self.bytes.reserve(len + WIDTH);
        Ok(())
    }

    /// Appends the next [`BLOCK`] of these parts of a text, each as the row of its number from
    /// `first` on, and an empty text for each row between them. [`make_room`](Self::make_room) comes
    /// before.
    ///
    /// # Why it is fast
    ///
    /// A copy of a length that is known to the compiler is two instructions, and one of any other
    /// length is a call. So 32 bytes are copied, and the next text begins where this one ends.
    /// Characters are not looked at: all parts begin and end where a character does.
    pub(crate) fn append_block(&mut self, spans: &mut CellSpans<'_>, first: usize, text: &[u8]) {
        // Three small loops, each of which keeps what it needs in registers.
        let mut block = [const { (0, 0..0) }; BLOCK];
        let mut count = 0;
        let mut cells = spans.clone();
        for (place, cell) in block.iter_mut().zip(&mut cells) {
            *place = cell;
            count += 1;
        }
        *spans = cells;
        let block = &block[..count];
        let Some((last, _)) = block.last() else { return };

        let Self { bytes, offsets } = self;
        let start = bytes.len();
        let mut end = start;
        if offsets.len() + count == first + last + 2 {
            offsets.extend(block.iter().map(|(_, span)| {
                end += span.end - span.start;
                narrow(end)
            }));
        } else {
            for (row, span) in block {
                offsets.resize(first + row + 1, narrow(end));
                end += span.end - span.start;
                offsets.push(narrow(end));
            }
        }

        bytes.resize(end + WIDTH, 0);
        let mut out = &mut bytes[start..];
        for (_, span) in block {
            let len = span.end - span.start;
            let look = text.get(span.start..).and_then(<[u8]>::first_chunk::<WIDTH>);
            match (look, out.first_chunk_mut::<WIDTH>()) {
                (Some(look), Some(chunk)) if len <= WIDTH => *chunk = *look,
                _ => copy_long(out, &text[span.start..span.end]),
            }
            out = &mut out[len..];
        }
        bytes.truncate(end);
    }

    /// Returns the column, and begins the next one.
    pub(crate) fn finish(&mut self, nulls: Option<NullBuffer>, views: bool) -> ArrayRef {
        let Self { bytes, offsets } = std::mem::replace(self, Self::new());
        let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
        // Checks that the bytes are UTF-8 and no text begins inside a character.
        let texts = StringArray::new(offsets, Buffer::from_vec(bytes), nulls);
        // The views are into the texts of this column, which hold nothing else.
        if views { Arc::new(StringViewArray::from(&texts)) } else { Arc::new(texts) }
    }
}

/// Copies a text of any length. Not inlined: a call of this kind for all texts is what the compiler
/// would make of both copies.
#[cold]
#[inline(never)]
fn copy_long(out: &mut [u8], text: &[u8]) {
    out[..text.len()].copy_from_slice(text);
}

/// Narrows an offset that [`Texts::make_room`] has seen.
fn narrow(offset: usize) -> i32 {
    i32::try_from(offset).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use arrow_array::cast::AsArray;
    use arrow_array::types::Int64Type;
    use cnic_response::Response;

    use super::*;
    use crate::{BatchOptions, ErrorKind, Layout};

    #[test]
    fn a_column_that_is_full_has_room_after_the_batch() {
        let cell = "x".repeat(MAX_LEN / 2);
        let text = format!("code = 200\nproperty[a][0] = 1\nproperty[b][0] = {cell}\n");
        let response = Response::parse(&*text).expect("a response");
        for layout in [Layout::Wide, Layout::Long] {
            let options = BatchOptions::new().layout(layout);
            let wide = layout == Layout::Wide;
            let options = if wide { options.response_column("response") } else { options };
            let mut builder = options.build().expect("options");
            builder.push(&response).expect("room for the first");
            let before = (builder.row_count(), builder.text_len());
            let second = builder.push(&response);
            if wide {
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
            // Under the number that it had.
            let numbers = builder.finish()["response"].as_primitive::<Int64Type>().clone();
            let number = if wide { 2 } else { 1 };
            assert!(numbers.values().iter().all(|&other| other == number), "{numbers:?}");
        }
    }
}
