//! Bytes as text.

use crate::error::{ErrorKind, ParseError, Position, narrow};

/// Takes bytes for UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, ParseError> {
    core::str::from_utf8(bytes).map_err(|error| {
        let (valid, wrong) = bytes.split_at(error.valid_up_to());
        let line_start = memchr::memrchr(b'\n', valid).map_or(0, |lf| lf + 1);
        let lines = memchr::memchr_iter(b'\n', valid).count();
        let kind = ErrorKind::InvalidUtf8 { offset: Some(narrow(valid.len())) };
        let span = valid.len()..valid.len() + error.error_len().unwrap_or(wrong.len());
        ParseError::new(kind, Position::at_line(line_start, lines), span)
    })
}
