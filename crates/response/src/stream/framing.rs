//! Where one response of a stream ends and the next begins.

use alloc::string::String;

use cnic_text::blanks::is_blank;
use cnic_text::frame::{Framing, LineRole};

use crate::index::folding::eq_name;
use crate::line::blanks::strip_line_end;
use crate::line::{LineKind, SkipReason};
use crate::parse::envelope::{Envelope, Header};

/// What the lines of a response said so far about where it ends.
#[derive(Clone, Copy, Default)]
pub(crate) struct ResponseLines {
    /// Whether there was a byte order mark, which is part of the response that follows, if one
    /// does.
    marked: bool,
    /// Whether there was a line that is not blank.
    started: bool,
    envelope: Envelope,
    code: CodeLine,
}

/// Where the first `code` line of a response stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum CodeLine {
    #[default]
    Nowhere,
    /// Before any `[RESPONSE]`, other field and cell: the next one begins another response.
    First,
    /// After one of them. Where another response begins could only be guessed, since what precedes
    /// its `code` is its own.
    Later,
}

impl ResponseLines {
    pub(crate) const fn new() -> Self {
        Self { marked: false, started: false, envelope: Envelope::new(), code: CodeLine::Nowhere }
    }

    /// Returns whether there is no field, no cell and no `[RESPONSE]`.
    pub(crate) const fn is_text(self) -> bool {
        !self.envelope.is_open() && !self.envelope.has_content()
    }

    /// Returns whether a line after a byte order mark begins another response.
    fn is_start(self, kind: Result<LineKind<'_>, &str>) -> bool {
        match kind {
            Ok(LineKind::Header) => true,
            Ok(LineKind::Blank | LineKind::Skipped(_) | LineKind::Trailer) => false,
            Ok(LineKind::Field { name, .. }) if self.code == CodeLine::First => {
                eq_name(name, "code")
            }
            Ok(LineKind::Cell { .. } | LineKind::Field { .. }) | Err(_) => self.is_text(),
        }
    }

    fn header(&mut self) -> LineRole<()> {
        // What precedes a late `[RESPONSE]` is a field or two, and no response with a `code`.
        if self.code != CodeLine::Nowhere || self.envelope.header() == Header::Next {
            return LineRole::Next(());
        }
        LineRole::Inside
    }

    fn code(&mut self) -> LineRole<()> {
        self.code = match self.code {
            CodeLine::First => return LineRole::Next(()),
            CodeLine::Nowhere if self.is_text() => CodeLine::First,
            CodeLine::Nowhere | CodeLine::Later => CodeLine::Later,
        };
        self.envelope.content();
        LineRole::Inside
    }
}

impl Framing for ResponseLines {
    type Next = ();

    fn line(&mut self, line: &[u8]) -> LineRole<()> {
        #[cfg(test)]
        crate::test_steps::count();
        let first = line.iter().find(|&&byte| !is_blank(byte));
        if first.is_some_and(|&first| self.is_inside(first)) {
            return LineRole::Inside;
        }
        let text = String::from_utf8_lossy(line);
        // The parser ignores one at the start of each response. Later on it shows where another
        // file was appended.
        let (unmarked, marked) = strip_line_end(&text, true);
        if marked && self.started && self.is_start(LineKind::parse(unmarked)) {
            return LineRole::Next(());
        }
        let (content, marked) = strip_line_end(&text, !self.started && !self.marked);
        self.marked |= marked;
        let kind = LineKind::parse(content);
        if kind == Ok(LineKind::Blank) && !self.started {
            return if self.marked { LineRole::Inside } else { LineRole::Before };
        }
        self.started = true;
        match kind {
            Ok(LineKind::Trailer) => return LineRole::Last,
            Ok(LineKind::Header) => return self.header(),
            Ok(LineKind::Field { name, .. }) if eq_name(name, "code") => return self.code(),
            // A line that is an error is so again when its response is read.
            Ok(LineKind::Cell { .. } | LineKind::Field { .. }) | Err(_) => self.envelope.content(),
            Ok(LineKind::Blank | LineKind::Skipped(_)) => {}
        }
        LineRole::Inside
    }

    /// Once there was a field or a cell, another one makes no difference.
    fn is_inside(&self, first: u8) -> bool {
        self.envelope.has_content() && !may_begin_structure(first)
    }

    fn beginning(&mut self, line: &[u8]) {
        let text = String::from_utf8_lossy(line);
        let (content, _) = strip_line_end(&text, !self.started && !self.marked);
        self.started = true;
        match LineKind::parse(content) {
            Ok(LineKind::Field { name, .. }) if self.is_text() && eq_name(name, "code") => {
                self.code();
            }
            Ok(
                LineKind::Cell { .. }
                | LineKind::Field { .. }
                | LineKind::Skipped(SkipReason::MalformedProperty(_)),
            )
            | Err(_) => self.envelope.content(),
            // What it is may come later, but then it is a very strange one.
            Ok(_) => {}
        }
    }

    /// Returns whether there is anything but blank lines.
    fn has_started(&self) -> bool {
        self.started
    }
}

/// Returns whether a line that begins with this byte may be `[RESPONSE]`, `EOF` or `code`. They may
/// follow blanks, and the first and the last a byte order mark, which begins with 0xEF.
const fn may_begin_structure(first: u8) -> bool {
    matches!(first, b' ' | b'\t' | b'[' | b'c' | b'C' | b'e' | b'E' | 0xEF)
}
