//! The frames of a whole text.

use crate::frame::{Frame, Framing, LineRole, lines_inside};
use crate::position::Position;

/// The frames of a text.
#[derive(Clone, Debug)]
pub struct TextFrames<'t> {
    rest: &'t str,
    /// Where the rest begins in the whole text.
    position: Position,
}

impl<'t> TextFrames<'t> {
    /// Starts at the beginning of a text.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self { rest: text, position: Position::START }
    }

    /// Returns where the next frame begins, or the blank lines before it.
    #[must_use]
    pub const fn position(&self) -> Position {
        self.position
    }

    /// Takes the next frame and its text, without the blank lines before it.
    #[inline]
    pub fn next_frame<F: Framing>(&mut self) -> Option<(Frame<F>, &'t str)> {
        let mut framing = F::default();
        // Where the frame begins, and the text from there on.
        let (mut base, mut text) = (self.position, self.rest);
        let mut next = None;
        let mut has_ended = false;
        while !self.rest.is_empty() && !has_ended {
            let run = lines_inside(&framing, self.rest.as_bytes());
            if run.lines > 0 {
                self.position = self.position.after_lines(run.len, run.lines);
                self.rest = &self.rest[run.len..];
                continue;
            }
            let lf = memchr::memchr(b'\n', self.rest.as_bytes());
            let (line, rest) = self.rest.split_at(lf.map_or(self.rest.len(), |lf| lf + 1));
            let role = framing.line(line.as_bytes());
            if let LineRole::Next(known) = role {
                (next, has_ended) = (Some(known), true);
                break;
            }
            self.position = self.position.after_line(line.len());
            self.rest = rest;
            if let LineRole::Before = role {
                (base, text) = (self.position, rest);
            }
            has_ended = matches!(role, LineRole::Last);
        }
        let is_frame = has_ended || framing.has_started();
        let frame = Frame { base, end: self.position, framing, next };
        is_frame.then(|| (frame, &text[..text.len() - self.rest.len()]))
    }
}
