//! What the integration tests share.

use std::borrow::Cow;

use cnic_response::{ErrorKind, NoteKind, Parser, Response};

/// Puts lines between a header, a code, a description and a trailer; the first of them is line 4 of the text.
pub(crate) fn framed(lines: &str) -> String {
    format!("[RESPONSE]\ncode = 200\ndescription = Done\n{lines}EOF\n")
}

/// Reads a text that must be a reply.
#[track_caller]
pub(crate) fn reply<'t>(text: impl Into<Cow<'t, str>>) -> Response<'t> {
    reply_by(Parser::new(), text)
}

/// Reads a text that must be a reply to this parser.
#[track_caller]
pub(crate) fn reply_by<'t>(parser: Parser, text: impl Into<Cow<'t, str>>) -> Response<'t> {
    match parser.parse(text) {
        Ok(response) => response,
        Err(error) => panic!("not a reply: {error}"),
    }
}

/// Reads lines as [`framed`] puts them, which must be a reply.
#[track_caller]
pub(crate) fn table(lines: &str) -> Response<'static> {
    reply(framed(lines))
}

/// Reads a text that must not be a reply; returns what was wrong and on which line.
#[track_caller]
pub(crate) fn refusal(text: &str) -> (ErrorKind, usize) {
    refusal_by(Parser::new(), text)
}

/// Reads a text that must not be a reply to this parser; returns what was wrong and on which line.
#[track_caller]
pub(crate) fn refusal_by(parser: Parser, text: &str) -> (ErrorKind, usize) {
    let error = parser.parse(text).expect_err("must be refused");
    (error.kind(), error.position().line())
}

/// Returns the notes with their lines.
pub(crate) fn notes(response: &Response<'_>) -> Vec<(NoteKind, usize)> {
    response.notes().iter().map(|note| (note.kind(), note.position().line())).collect()
}

/// Returns the names of the data columns.
pub(crate) fn names<'r>(response: &'r Response<'_>) -> Vec<&'r str> {
    response.columns().map(|column| column.name()).collect()
}

/// Returns the cells of a column from row 0 to its last, holes included.
#[track_caller]
pub(crate) fn column<'r>(response: &'r Response<'_>, name: &str) -> Vec<Option<&'r str>> {
    match response.column(name) {
        Some(column) => column.iter().collect(),
        None => panic!("no column {name:?}"),
    }
}
