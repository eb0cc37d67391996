//! The frames of a stream that arrives in chunks.

use alloc::vec::Vec;
use core::fmt;

use crate::frame::{Frame, Framing, LineRole, lines_inside};
use crate::position::Position;

/// Collects the frames of a stream that arrives in chunks of any size.
///
/// It finds the same frames as [`TextFrames`](crate::frame::TextFrames) does in the whole text. It
/// buffers at most one frame; one that is longer than the limit is rejected as soon as the limit is
/// reached, and the rest of it is skipped.
#[derive(Clone, Default)]
pub struct FrameBuffer<F> {
    framing: F,
    /// The frame as far as it came; while one is skipped, its line as far as it came.
    buffer: Vec<u8>,
    /// How much of the front of `buffer` is the frame that was returned last.
    given: usize,
    /// The length of the frame that was taken last: in most streams the next one is as long.
    taken_len: usize,
    /// Where the line that has not ended begins in `buffer`.
    line_start: usize,
    /// Where the frame begins in the stream.
    base: Position,
    /// Where the line that has not ended begins in the stream.
    line: Position,
    /// How much of that line came. Only its beginning is in `buffer` if it is longer than a frame
    /// may be.
    line_len: usize,
    /// Whether the frame was rejected, and its end is still to come.
    skipping: bool,
}

impl<F> FrameBuffer<F> {
    /// Starts at the beginning of a stream, before the first line of a frame.
    #[must_use]
    pub const fn new(framing: F) -> Self {
        Self {
            framing,
            buffer: Vec::new(),
            given: 0,
            taken_len: 0,
            line_start: 0,
            base: Position::START,
            line: Position::START,
            line_len: 0,
            skipping: false,
        }
    }

    /// Returns the bytes of the frame that was returned last, unless they were taken.
    #[must_use]
    pub fn frame(&self) -> &[u8] {
        &self.buffer[..self.given]
    }

    /// Takes the bytes of the frame that was returned last.
    pub fn take_frame(&mut self) -> Vec<u8> {
        let rest = self.buffer.split_off(self.given);
        self.taken_len = self.given;
        self.line_start -= core::mem::take(&mut self.given);
        let mut frame = core::mem::replace(&mut self.buffer, rest);
        // A short frame after a long one does not keep the room that was made for it.
        frame.shrink_to(2 * frame.len());
        frame
    }

    /// Makes room for a frame as long as the last one, as far as a chunk of `len` bytes can fill
    /// it. So a frame that comes at once is allocated once, and not again as it grows.
    fn reserve(&mut self, len: usize, limit: usize) {
        let room = self.taken_len.min(limit).min(self.buffer.len().saturating_add(len));
        self.buffer.reserve(room.saturating_sub(self.buffer.len()));
    }

    /// Writes where the buffer is in the stream and how much it holds, and none of what it holds.
    ///
    /// # Errors
    ///
    /// Those of the formatter.
    pub fn fmt_as(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("position", &self.line)
            .field("buffered", &(self.buffer.len() - self.given))
            .finish_non_exhaustive()
    }

    /// Drops the frame that was returned last.
    fn forget_frame(&mut self) {
        if self.given > 0 {
            self.buffer.drain(..self.given);
            self.line_start -= core::mem::take(&mut self.given);
        }
    }

    fn has_whole_line(&self) -> bool {
        self.buffer.len() - self.line_start == self.line_len
    }
}

impl<F: Framing> FrameBuffer<F> {
    /// Takes bytes from the front of `chunk` until a frame is complete or the chunk is empty.
    ///
    /// # Errors
    ///
    /// Where a frame begins that is longer than `limit`.
    #[inline]
    pub fn decode(
        &mut self,
        chunk: &mut &[u8],
        limit: usize,
    ) -> Option<Result<Frame<F>, Position>> {
        self.forget_frame();
        self.reserve(chunk.len(), limit);
        while !chunk.is_empty() {
            if self.take_lines(chunk, limit) {
                continue;
            }
            let lf = memchr::memchr(b'\n', chunk);
            let (piece, rest) = chunk.split_at(lf.map_or(chunk.len(), |lf| lf + 1));
            *chunk = rest;
            let rejected = self.take(piece, limit);
            let ended = if lf.is_some() { self.end_line() } else { None };
            if let Some(base) = rejected {
                return Some(Err(base));
            }
            if ended.is_some() {
                return ended.map(Ok);
            }
        }
        None
    }

    /// Ends the stream and returns what it completes, until it returns `None`. After that another
    /// stream may begin.
    pub fn finish(&mut self) -> Option<Frame<F>> {
        self.forget_frame();
        // After an LF this line is empty, and a blank line ends nothing.
        let ended = self.end_line();
        if ended.is_some() {
            return ended;
        }
        let buffer = core::mem::take(&mut self.buffer);
        let (given, line_start) = (buffer.len(), buffer.len());
        let last = core::mem::replace(self, Self { buffer, given, line_start, ..Self::default() });
        let is_frame = !last.skipping && last.framing.has_started();
        let Self { framing, base, line: end, .. } = last;
        is_frame.then_some(Frame { base, end, framing, next: None })
    }

    /// Adds the lines at the front of `chunk` that are inside of the frame and fit in it. Returns
    /// whether there were any.
    fn take_lines(&mut self, chunk: &mut &[u8], limit: usize) -> bool {
        if self.line_len > 0 || self.skipping {
            return false;
        }
        // What has no room is not looked at: it would be so again with each of its lines.
        let room = limit.saturating_sub(self.buffer.len()).min(chunk.len());
        let run = lines_inside(&self.framing, &chunk[..room]);
        let (lines, rest) = chunk.split_at(run.len);
        self.buffer.extend_from_slice(lines);
        self.line_start = self.buffer.len();
        self.line = self.line.after_lines(run.len, run.lines);
        *chunk = rest;
        run.lines > 0
    }

    /// Adds a piece of a line. Returns where the frame begins if it becomes too long by it.
    fn take(&mut self, piece: &[u8], limit: usize) -> Option<Position> {
        let rejected = !self.skipping && self.buffer.len() + piece.len() > limit;
        if rejected {
            self.skipping = true;
            self.buffer.drain(..self.line_start);
            self.line_start = 0;
        }
        // A line that is too long by itself is skipped; its beginning is enough to classify it.
        if self.has_whole_line() {
            let fitting = piece.len().min(limit.saturating_sub(self.buffer.len()));
            self.buffer.extend_from_slice(&piece[..fitting]);
        }
        self.line_len = self.line_len.saturating_add(piece.len());
        rejected.then_some(self.base)
    }

    /// Looks at the line that has ended, and returns the frame that ends with it or before it.
    fn end_line(&mut self) -> Option<Frame<F>> {
        let line = &self.buffer[self.line_start..];
        let role = if self.has_whole_line() {
            self.framing.line(line)
        } else {
            self.framing.beginning(line);
            LineRole::Inside
        };
        let start = self.line;
        self.line = start.after_line(core::mem::take(&mut self.line_len));
        // How much of the buffer is the frame, and where it ends in the stream.
        let (len, end, next) = match role {
            LineRole::Inside if !self.skipping => {
                self.line_start = self.buffer.len();
                return None;
            }
            LineRole::Inside => {
                self.buffer.clear();
                return None;
            }
            LineRole::Before => {
                self.buffer.clear();
                self.base = self.line;
                return None;
            }
            LineRole::Last => (self.buffer.len(), self.line, None),
            LineRole::Next(known) => (self.line_start, start, Some(known)),
        };
        let framing = core::mem::take(&mut self.framing);
        if len < self.buffer.len() {
            self.framing.line(&self.buffer[len..]);
        }
        self.given = len;
        self.line_start = self.buffer.len();
        let base = core::mem::replace(&mut self.base, end);
        if core::mem::take(&mut self.skipping) {
            self.forget_frame();
            return None;
        }
        Some(Frame { base, end, framing, next })
    }
}

impl<F> fmt::Debug for FrameBuffer<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_as("FrameBuffer", f)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::vec;

    use super::*;
    use crate::frame::TextFrames;

    /// Frames that end with `.`, or before a line that begins with `>`.
    #[derive(Clone, Debug, Default)]
    struct Lines {
        count: usize,
        beginnings: usize,
    }

    impl Framing for Lines {
        type Next = usize;

        fn line(&mut self, line: &[u8]) -> LineRole<usize> {
            match line {
                [b'>', ..] if self.count > 0 => return LineRole::Next(self.count),
                [b'\n'] | [] if self.count == 0 => return LineRole::Before,
                _ => self.count += 1,
            }
            if line.starts_with(b".") { LineRole::Last } else { LineRole::Inside }
        }

        fn beginning(&mut self, line: &[u8]) {
            assert!(!line.is_empty(), "the beginning is known");
            self.count += 1;
            self.beginnings += 1;
        }

        fn has_started(&self) -> bool {
            self.count > 0
        }
    }

    /// The base, the end, the count of lines, and what is known at the next frame's first line.
    type Seen = (usize, usize, usize, Option<usize>);

    fn seen(frame: &Frame<Lines>) -> Seen {
        (frame.base.byte(), frame.end.byte(), frame.framing.count, frame.next)
    }

    fn decode(text: &str, chunk: usize, limit: usize) -> Vec<Result<(Seen, String), usize>> {
        let mut frames = FrameBuffer::new(Lines::default());
        let mut found = vec![];
        let text_of = |frames: &FrameBuffer<Lines>| {
            String::from_utf8(frames.frame().to_vec()).expect("a whole frame")
        };
        for mut chunk in text.as_bytes().chunks(chunk) {
            while let Some(frame) = frames.decode(&mut chunk, limit) {
                let frame = frame.map_err(|base| base.byte());
                found.push(frame.map(|frame| (seen(&frame), text_of(&frames))));
            }
        }
        while let Some(frame) = frames.finish() {
            found.push(Ok((seen(&frame), text_of(&frames))));
        }
        assert!(frames.finish().is_none());
        found
    }

    const TEXT: &str = "\n\n>a\nb\n.\n\nc\n>d\n>eee\nf\n.\n>g";

    #[test]
    fn the_chunks_make_no_difference() {
        let mut frames = TextFrames::new(TEXT);
        let mut whole = vec![];
        while let Some((frame, text)) = frames.next_frame::<Lines>() {
            whole.push(Ok((seen(&frame), String::from(text))));
        }
        let expected = [
            ((2, 9, 3, None), ">a\nb\n.\n"),
            ((10, 12, 1, Some(1)), "c\n"),
            ((12, 15, 1, Some(1)), ">d\n"),
            ((15, 24, 3, None), ">eee\nf\n.\n"),
            ((24, 26, 1, None), ">g"),
        ];
        assert_eq!(whole, expected.map(|(seen, text)| Ok((seen, String::from(text)))));
        for chunk in 1..=TEXT.len() {
            // At the end of a stream the line that has not ended is still to be counted.
            assert_eq!(decode(TEXT, chunk, 100), whole, "chunks of {chunk}");
        }
    }

    #[test]
    fn a_frame_above_the_limit_is_skipped_to_its_end() {
        for chunk in 1..=TEXT.len() {
            let starts: Vec<_> = decode(TEXT, chunk, 8)
                .into_iter()
                .map(|found| found.map(|((base, ..), _)| base))
                .collect();
            assert_eq!(starts, [Ok(2), Ok(10), Ok(12), Err(15), Ok(24)], "chunks of {chunk}");
        }
    }

    #[test]
    fn a_limit_may_become_smaller() {
        let mut frames = FrameBuffer::new(Lines::default());
        assert!(frames.decode(&mut &b"a line"[..], 100).is_none());
        let found = frames.decode(&mut &b" that goes on\n"[..], 3);
        assert_eq!(found.map(|frame| frame.map(|frame| seen(&frame))), Some(Err(Position::START)));
        assert!(frames.decode(&mut &b".\n"[..], 3).is_none(), "its end is skipped as well");
        assert!(frames.finish().is_none());
    }

    #[test]
    fn what_is_buffered_is_counted_and_not_shown() {
        let mut frames = FrameBuffer::new(Lines::default());
        assert!(frames.decode(&mut &b"hunter2\n.\nab"[..], 100).is_some());
        let shown = alloc::format!("{frames:?}");
        assert!(shown.starts_with("FrameBuffer {") && shown.contains("buffered: 0"), "{shown}");
        assert_eq!(frames.take_frame(), b"hunter2\n.\n");
        assert_eq!(frames.frame(), b"");
    }
}
