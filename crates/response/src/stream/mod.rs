//! Several responses in one text.

#[cfg(feature = "bytes")]
mod buf;
#[cfg(feature = "tokio-util")]
pub(crate) mod codec;
pub(crate) mod decoder;
mod framing;
mod sequence;

use core::fmt;

use cnic_text::frame::TextFrames;

use crate::error::ParseError;
use crate::note::Note;
use crate::parse::{Parser, decode};
use crate::response::Response;
use crate::stream::framing::ResponseLines;
use crate::stream::sequence::{Sequence, first_line};

/// An iterator over the responses of a text in which one follows another.
///
/// A response ends
/// * with its `EOF`;
/// * before the next `[RESPONSE]`, if it has an envelope or a `code`; one in an envelope is then
///   [truncated](crate::ErrorKind::Truncated);
/// * before the next `code`, if it has no envelope and its own `code` came before all other fields
///   and cells. If its `code` came later, the lines after it could belong to either response, and
///   all of them are read as one;
/// * with the text, if it has no envelope.
///
/// Text that holds no field, cell or `[RESPONSE]` belongs to the response that follows it, where
/// each line is [noted](Response::notes). If `EOF` or a byte order mark comes between the text and
/// the response, the text as a whole is noted there, as
/// [`TrailingData`](crate::NoteKind::TrailingData). After the last response, that note is
/// [`trailing`](Self::trailing). Without any response, such text is an error.
///
/// A malformed response is an error, and the next one is read. Each may begin with a byte order
/// mark. The positions of errors and notes count from the start of the whole text.
///
/// ```
/// use cnic_response::Responses;
///
/// let log = "[RESPONSE]\ncode = 200\nEOF\n\n[RESPONSE]\ncode = abc\nEOF\n[RESPONSE]\ncode = 545\nEOF\n";
/// let responses: Vec<_> = Responses::new(log).collect();
/// assert_eq!(responses[0].as_ref().unwrap().code(), 200);
/// assert_eq!(responses[1].as_ref().unwrap_err().position().line(), 6);
/// assert_eq!(responses[2].as_ref().unwrap().code(), 545);
/// assert_eq!(responses.len(), 3);
///
/// let pasted = "code = 200\ndescription = Done\n\ncode = 200\ndescription = Done\n";
/// assert_eq!(Responses::new(pasted).count(), 2);
/// ```
#[derive(Clone)]
pub struct Responses<'t> {
    frames: TextFrames<'t>,
    sequence: Sequence,
    parser: Parser,
}

impl<'t> Responses<'t> {
    /// Reads `text` with the default [`Parser`].
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self { frames: TextFrames::new(text), sequence: Sequence::new(), parser: Parser::new() }
    }

    /// Reads UTF-8 bytes with the default [`Parser`].
    ///
    /// ```
    /// # use cnic_response::Responses;
    /// let log = b"[RESPONSE]\ncode = 200\nEOF\n[RESPONSE]\ncode = 545\nEOF\n";
    /// assert_eq!(Responses::from_utf8(log)?.count(), 2);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Bytes that are not UTF-8, anywhere in the text.
    pub fn from_utf8(bytes: &'t [u8]) -> Result<Self, ParseError> {
        decode(bytes).map(Self::new)
    }

    /// Sets the parser of each response. Its [encoding](Parser::encoding) has no effect.
    ///
    /// ```
    /// # use cnic_response::{Parser, Responses};
    /// let log = "code = 200\ndescription = Done\n...\n";
    /// assert!(Responses::new(log).all(|response| response.is_ok()));
    /// assert!(Responses::new(log).parser(Parser::strict()).all(|response| response.is_err()));
    /// ```
    #[must_use]
    pub const fn parser(self, parser: Parser) -> Self {
        Self { parser, ..self }
    }

    /// Returns the note about text after the last response, once the iterator has returned `None`.
    ///
    /// It is not among the notes of the last response, so that these are the same as with a
    /// [`FrameDecoder`](crate::FrameDecoder), which returns a response before it sees what follows.
    /// A [strict](Parser::strict) parser makes the text an error instead.
    ///
    /// ```
    /// use cnic_response::{NoteKind, Responses};
    ///
    /// let mut responses = Responses::new("[RESPONSE]\ncode = 200\nEOF\n-- end of log --\n");
    /// assert!(responses.by_ref().all(|response| response.is_ok()));
    /// let note = responses.trailing().expect("text");
    /// assert_eq!((note.kind(), note.position().line()), (NoteKind::TrailingData, 4));
    /// ```
    #[must_use]
    pub const fn trailing(&self) -> Option<Note> {
        self.sequence.trailing()
    }
}

impl<'t> Iterator for Responses<'t> {
    type Item = Result<Response<'t>, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (frame, text) = self.frames.next_frame::<ResponseLines>()?;
            let read = self.parser.parse(text);
            let mere_text = frame.framing.is_text().then(|| first_line(text.as_bytes()));
            let item = self.sequence.item(&self.parser, frame.base, mere_text, read);
            if item.is_some() {
                return item;
            }
        }
    }
}

impl core::iter::FusedIterator for Responses<'_> {}

impl fmt::Debug for Responses<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Responses")
            .field("position", &self.frames.position())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;

    use super::*;
    use crate::stream::decoder::FrameDecoder;
    use crate::test_steps as steps;

    /// Each line that is looked at by itself is a step at least, whether for its frame or its cell.
    #[test]
    fn a_stream_of_lists_is_not_read_line_by_line() {
        const ROWS: u64 = 2000;
        const COUNT: u64 = 3;
        let cells: String = ["domain", "status"]
            .iter()
            .flat_map(|column| {
                (0..ROWS).map(move |row| format!("property[{column}][{row}] = {row}\n"))
            })
            .collect();
        let stream = format!("[RESPONSE]\ncode = 200\ndescription = x\n{cells}EOF\n")
            .repeat(usize::try_from(COUNT).expect("a few"));
        let is_list = |item: Result<Response<'_>, ParseError>| {
            assert_eq!(item.expect("a response").table().row_count() as u64, ROWS);
        };
        let of_text = steps::of(|| Responses::new(&stream).for_each(is_list));
        let of_chunks = steps::of(|| {
            let mut decoder = FrameDecoder::new();
            for mut chunk in stream.as_bytes().chunks(8192) {
                while let Some(item) = decoder.decode(&mut chunk) {
                    is_list(item);
                }
            }
        });
        for steps in [of_text, of_chunks] {
            assert!(steps < COUNT * ROWS / 20, "{steps} steps");
        }
    }
}
