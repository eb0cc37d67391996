//! The parts of a stream: responses, or text between them.

use cnic_text::{Position, Span, to_u32};

use crate::error::{ErrorKind, ParseError};
use crate::note::{Note, NoteKind};
use crate::parse::Parser;
use crate::response::Response;

/// The parts of a stream so far.
///
/// Text without a field, a cell and a `[RESPONSE]` belongs to the response that follows it, and is
/// noted there line by line. If none follows before `EOF`, a byte order mark or the end of the
/// stream, it is text after the `EOF` of the response before. It is an error only if there was no
/// response before.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sequence {
    /// Whether there was a response or an error.
    has_items: bool,
    /// The first text after the latest of them.
    trailing: Option<Note>,
}

impl Sequence {
    pub(crate) const fn new() -> Self {
        Self { has_items: false, trailing: None }
    }

    /// Returns the note for the text after the latest response.
    pub(crate) const fn trailing(self) -> Option<Note> {
        self.trailing
    }

    /// Takes an error that is known before the end of its response.
    pub(crate) const fn rejected(&mut self) {
        *self = Self { has_items: true, trailing: None };
    }

    /// Takes what was read of the part that begins at `base`; returns what is to be given out, if
    /// anything. Of mere text it wants the [first line](first_line).
    pub(crate) fn item<'t>(
        &mut self,
        parser: &Parser,
        base: Position,
        text: Option<Span>,
        read: Result<Response<'t>, ParseError>,
    ) -> Option<Result<Response<'t>, ParseError>> {
        let mut read = read.map(|it| it.offset_by(base)).map_err(|error| error.offset_by(base));
        let is_no_response =
            |error: &ParseError| matches!(error.kind(), ErrorKind::Markup | ErrorKind::MissingCode);
        let text = text.filter(|_| self.has_items && read.as_ref().is_err_and(is_no_response));
        if let Some(line) = text {
            if !parser.options.strict {
                self.trailing.get_or_insert_with(|| Note::new(NoteKind::TrailingData, base));
                return None;
            }
            let kind = ErrorKind::Noted(NoteKind::TrailingData);
            read = Err(ParseError::new(kind, Position::START, line).offset_by(base));
        }
        let before = core::mem::replace(self, Self { has_items: true, trailing: None }).trailing;
        Some(match (read, before) {
            (Ok(response), Some(note)) => Ok(response.with_note(note)),
            (read, _) => read,
        })
    }
}

/// Returns the first line without its end.
pub(crate) fn first_line(text: &[u8]) -> Span {
    let mut end = text.len();
    if let Some(lf) = memchr::memchr(b'\n', text) {
        end = text[..lf].iter().rposition(|&byte| byte != b'\r').map_or(0, |last| last + 1);
    }
    Span { start: 0, end: to_u32(end) }
}
