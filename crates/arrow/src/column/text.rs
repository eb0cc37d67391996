//! Texts one after another, as Arrow stores them.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray, StringViewArray};
use arrow_buffer::NullBuffer;
use cnic_response::CellSpans;

use crate::column::bytes::Bytes;

/// The texts of a column under construction.
pub(crate) struct Texts {
    bytes: Bytes,
    /// Where each text begins, and where the last one ends.
    offsets: Vec<i32>,
}

/// The text of one column is too long for offsets of 32 bits with a sign.
pub(crate) struct TooLarge;

/// How long the texts of a column may be together: `i32::MAX` bytes. In unit tests that is less.
pub(crate) const MAX_LEN: usize = if cfg!(test) { 1000 } else { 0x7fff_ffff };

/// How many bytes are copied at once: nearly every cell is shorter.
const WIDTH: usize = 32;

/// How many texts are appended at once. Where a response has its cells row by row, the lines of
/// this many rows fit in the cache nearest to the processor.
pub(crate) const BLOCK: usize = 64;

impl Texts {
    pub(crate) fn new() -> Self {
        Self { bytes: Bytes::new(), offsets: vec![0] }
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

    /// Makes room for so many more texts, but not for their bytes.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.offsets.reserve(count);
    }

    pub(crate) fn push(&mut self, text: &str) -> Result<(), TooLarge> {
        if self.bytes.len() + text.len() > MAX_LEN {
            return Err(TooLarge);
        }
        self.bytes.push(text);
        self.offsets.push(narrow(self.bytes.len()));
        Ok(())
    }

    /// Appends the next [`BLOCK`] of these parts of a text, each as the row of its number, and an
    /// empty text for each row between them. The row `from` becomes the one at `first` here. On an
    /// error the caller [goes back](Self::truncate).
    ///
    /// # Why it is fast
    ///
    /// A copy of a length that is known to the compiler is two instructions, and one of any other
    /// length is a call. So 32 bytes are copied, and the next text begins where this one ends.
    /// Characters are not looked at: all parts begin and end where a character does.
    pub(crate) fn append_block(
        &mut self,
        spans: &mut CellSpans<'_>,
        first: usize,
        from: usize,
        text: &[u8],
    ) -> Result<(), TooLarge> {
        let block = spans.split_to(BLOCK);
        let Some((last, _)) = block.clone().next_back() else { return Ok(()) };

        // Two small loops, each of which keeps what it needs in registers.
        let Self { bytes, offsets } = self;
        let start = bytes.len();
        let mut end = start;
        let (known, len) = (offsets.len(), first + last - from + 2);
        if known + block.len() < len {
            block.clone().for_each(|(row, span)| {
                offsets.resize(first + row - from + 1, narrow(end));
                end += span.end - span.start;
                offsets.push(narrow(end));
            });
        } else if let Some(size) =
            equal_length(&block).filter(|&size| size <= (MAX_LEN - end) / BLOCK)
        {
            end += size * block.len();
            let (start, size) = (narrow(start), narrow(size));
            offsets.extend((1..).take(block.len()).map(|count| start + count * size));
        } else {
            offsets.resize(len, 0);
            let mut places = offsets[known..].iter_mut();
            block.clone().for_each(|(_, span)| {
                end += span.end - span.start;
                if let Some(place) = places.next() {
                    *place = narrow(end);
                }
            });
        }
        if end > MAX_LEN {
            return Err(TooLarge);
        }
        if bytes.capacity() < end + WIDTH {
            // What the other cells need if they are like these. To add up their lengths would be a
            // pass over all of them. The line of a cell has half of these bytes in any case, so the
            // room is bounded by the text.
            let mean = (end - start) / block.len();
            let others = spans.len() * (mean + mean / 8 + 1).min(WIDTH);
            bytes.reserve(end - start + others + WIDTH);
        }

        bytes.write(end - start, WIDTH, |mut out| {
            block.for_each(|(_, span)| {
                let len = span.end - span.start;
                let look = text.get(span.start..span.start + WIDTH);
                let look = look.and_then(<[u8]>::first_chunk::<WIDTH>);
                let rest = std::mem::take(&mut out);
                out = match (look, rest.first_chunk_mut::<WIDTH>()) {
                    (Some(look), Some(chunk)) if len <= WIDTH => {
                        *chunk = *look;
                        &mut rest[len..]
                    }
                    _ => copy_long(rest, &text[span]),
                };
            });
        });
        Ok(())
    }

    /// Returns the column, and begins the next one.
    pub(crate) fn finish(&mut self, nulls: Option<NullBuffer>, views: bool) -> ArrayRef {
        let texts = self.finish_texts(nulls);
        // The views are into the texts of this column, which hold nothing else.
        if views { Arc::new(StringViewArray::from(&texts)) } else { Arc::new(texts) }
    }

    pub(crate) fn finish_texts(&mut self, nulls: Option<NullBuffer>) -> StringArray {
        let Self { bytes, offsets } = std::mem::replace(self, Self::new());
        bytes.into_array(offsets, nulls)
    }
}

/// Returns the length of these parts of a text, if it is the same of all.
fn equal_length(block: &CellSpans<'_>) -> Option<usize> {
    let len = |span: Range<usize>| span.end - span.start;
    let (_, first) = block.clone().next()?;
    let first = len(first);
    // Without an early end, so that several are compared at once.
    let differences = block.clone().fold(0, |seen, (_, span)| seen | (len(span) ^ first));
    (differences == 0).then_some(first)
}

/// Copies a text of any length, and returns what is after it. Not inlined: a call of this kind for
/// all texts is what the compiler would make of both copies.
#[cold]
#[inline(never)]
fn copy_long<'b>(out: &'b mut [u8], text: &[u8]) -> &'b mut [u8] {
    let (copy, rest) = out.split_at_mut(text.len());
    copy.copy_from_slice(text);
    rest
}

/// Narrows an offset. What is above [`MAX_LEN`] is an error later.
fn narrow(offset: usize) -> i32 {
    i32::try_from(offset).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use arrow_array::Array;
    use arrow_array::cast::AsArray;
    use arrow_array::types::Int64Type;
    use cnic_response::Response;

    use super::*;
    use crate::{BatchOptions, ErrorKind, Layout, TextBuilder};

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

    #[test]
    fn an_array_that_is_full_is_as_it_was() {
        let cell = "x".repeat(MAX_LEN / 2);
        let short: String = (0..BLOCK).map(|row| format!("property[a][{row}] = y\n")).collect();
        let text = format!("code = 200\n{short}property[a][{BLOCK}] = {cell}\n");
        let response = Response::parse(&*text).expect("a response");
        let column = response.column("a").expect("a column");
        let mut builder = TextBuilder::new();
        builder.append_column(column).expect("room for the first");
        let error = builder.append_column(column).expect_err("no room for the second");
        assert_eq!((error.kind(), error.column()), (ErrorKind::TextLimit, Some("a")));
        builder.append_nulls(1);
        let array = builder.finish();
        assert_eq!((array.len(), array.null_count()), (BLOCK + 2, 1));
        // Neither its first block nor a part of it.
        assert_eq!(array.values().len(), BLOCK + cell.len());
    }
}
