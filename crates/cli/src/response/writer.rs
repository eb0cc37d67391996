//! A response as it is to be shown.

use std::io::{self, Write};

use cnic_response::{Limits, Parser, Response};

use super::Format;
use super::overview::Overview;
use super::selection::Selected;
use crate::json;

/// Writes responses in another shape.
#[derive(Clone, Copy)]
pub(super) struct Writer {
    pub(super) format: Format,
    pub(super) redact: bool,
}

impl Writer {
    /// Writes a response as JSON, in a line, or as text.
    pub(super) fn write(self, out: &mut impl Write, response: &Response<'_>) -> io::Result<()> {
        match self.format {
            Format::Text if self.redact => write!(out, "{}", response.redacted()),
            Format::Text => write!(out, "{}", response.encode()),
            _ if self.redact => json::write_line(out, &response.redacted()),
            _ => json::write_line(out, response),
        }
    }

    /// Returns the response as it is to be shown: without its secrets, if there are to be none.
    pub(super) fn shown<'r>(self, response: &'r Response<'r>) -> io::Result<Shown<'r>> {
        if !self.redact {
            return Ok(Shown::Whole(response));
        }
        // The text can be somewhat longer than the one that was read.
        let limits = Limits::DEFAULT.bytes(u32::MAX).lines(u32::MAX);
        let parser = Parser::new().limits(limits).allow_truncated(true);
        let redacted = parser.parse(response.redacted().to_string()).map_err(io::Error::other)?;
        Ok(Shown::Redacted(Box::new(redacted)))
    }
}

/// A response as it is to be shown.
pub(super) enum Shown<'r> {
    Whole(&'r Response<'r>),
    Redacted(Box<Response<'static>>),
}

impl<'r> Shown<'r> {
    /// Returns what is written of a response as JSON, with some of its columns.
    pub(super) fn overview(
        &'r self,
        response: &'r Response<'_>,
        columns: Option<&'r [Selected<'r>]>,
    ) -> Overview<'r> {
        let (is_framed, notes) = (response.is_framed(), response.notes());
        Overview { response: self, is_framed, notes, columns }
    }
}

impl<'r> std::ops::Deref for Shown<'r> {
    type Target = Response<'r>;

    fn deref(&self) -> &Response<'r> {
        match self {
            Self::Whole(response) => response,
            Self::Redacted(response) => response,
        }
    }
}
