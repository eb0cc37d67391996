//! Where one reply of a stream ends and the next begins.

use alloc::string::String;

use crate::lines::{LineKind, content};

/// What a line is to the reply that is being collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A blank line before the first line of the reply.
    Before,
    /// A line of the reply.
    Inside,
    /// `EOF`, the last line of the reply.
    Last,
    /// The `[RESPONSE]` of another reply: this one has no `EOF`.
    Next,
}

/// What the lines of a reply said so far about where it ends.
#[derive(Clone, Copy, Default)]
pub(crate) struct Framing {
    /// Whether there was a byte order mark, which is part of the reply that follows, if one does.
    marked: bool,
    /// Whether there was a line that is not blank.
    started: bool,
    /// Whether there was a `[RESPONSE]`.
    framed: bool,
    /// Whether a field or a cell was read since the latest `[RESPONSE]`.
    has_content: bool,
}

impl Framing {
    pub(crate) const fn new() -> Self {
        Self { marked: false, started: false, framed: false, has_content: false }
    }

    /// Returns whether a reply has begun.
    pub(crate) const fn has_started(self) -> bool {
        self.started
    }

    /// Takes a line that is a field or a cell, or as good as one.
    pub(crate) const fn content(&mut self) -> Place {
        (self.started, self.has_content) = (true, true);
        Place::Inside
    }

    /// Takes the next line, its end included.
    ///
    /// After [`Place::Last`] another reply begins, after [`Place::Next`] it begins with this very line.
    pub(crate) fn line(&mut self, line: &[u8]) -> Place {
        if self.has_content && !may_be_structure(line) {
            return Place::Inside;
        }
        let text = String::from_utf8_lossy(line);
        // The parser ignores one at the start of each reply. Later on it shows where another file was appended.
        let (unmarked, marked) = content(&text, true);
        if marked && self.started && LineKind::of(unmarked) == Ok(LineKind::Header) {
            return Place::Next;
        }
        let (content, marked) = content(&text, !self.started && !self.marked);
        self.marked |= marked;
        // A line that is an error is so again when its reply is read.
        let kind = LineKind::of(content).ok();
        if kind == Some(LineKind::Blank) && !self.started {
            return if self.marked { Place::Inside } else { Place::Before };
        }
        self.started = true;
        match kind {
            Some(LineKind::Trailer) => return Place::Last,
            Some(LineKind::Header) if self.framed && self.has_content => return Place::Next,
            Some(LineKind::Header) => (self.framed, self.has_content) = (true, false),
            None | Some(LineKind::Cell { .. } | LineKind::Field { .. }) => return self.content(),
            Some(LineKind::Blank | LineKind::Skipped(_)) => {}
        }
        Place::Inside
    }
}

/// Returns whether a line may be `[RESPONSE]` or `EOF`. The former may follow a byte order mark, which begins with 0xEF.
fn may_be_structure(line: &[u8]) -> bool {
    let first = line.iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    matches!(first, Some(b'[' | b'e' | b'E' | 0xEF))
}
