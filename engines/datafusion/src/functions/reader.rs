//! Reads one text after the other.

use cnic_command::Command;
use cnic_response::{Buffers, Limits, Parser, Response};

/// A batch of 8,192 texts of a line each buys 512 MiB of offsets at most, not 8 GiB.
const PARSER: Parser = Parser::new().limits(Limits::DEFAULT.holes(1 << 14));

pub(super) struct Reader {
    buffers: Buffers,
}

impl Reader {
    pub(super) fn new() -> Self {
        Self { buffers: Buffers::new() }
    }

    /// Returns what `take` makes of the response; `None` if there is none.
    pub(super) fn read<T>(
        &mut self,
        body: Option<&str>,
        take: impl FnOnce(&Response<'_>) -> T,
    ) -> Option<T> {
        let response = PARSER.parse_with(body?, &mut self.buffers).ok()?;
        let taken = take(&response);
        self.buffers.reclaim(response);
        Some(taken)
    }

    /// Returns the text of a response or a command with secrets masked.
    pub(super) fn redact(&mut self, text: &str) -> Option<String> {
        self.read(Some(text), |response| response.redacted().to_string()).or_else(|| {
            // No response that is broken passes for a command: keys have no brackets.
            Command::parse(text).ok().map(|command| command.redacted().to_string())
        })
    }

    /// Returns why a text is not a response.
    pub(super) fn error(&mut self, body: &str) -> Option<String> {
        match PARSER.parse_with(body, &mut self.buffers) {
            Ok(response) => {
                self.buffers.reclaim(response);
                None
            }
            Err(error) => Some(error.to_string()),
        }
    }
}
