//! Bytes as text.

use cnic_text::{LineFinder, to_u32};

use crate::error::{ErrorKind, ParseError};

/// Takes bytes for UTF-8.
pub(crate) fn decode_utf8(bytes: &[u8]) -> Result<&str, ParseError> {
    core::str::from_utf8(bytes).map_err(|error| {
        let (valid, wrong) = bytes.split_at(error.valid_up_to());
        let kind = ErrorKind::InvalidUtf8 { offset: Some(to_u32(valid.len())) };
        let span = valid.len()..valid.len() + error.error_len().unwrap_or(wrong.len());
        ParseError::new(kind, LineFinder::new(bytes).position(valid.len()), span)
    })
}
