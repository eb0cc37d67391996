//! What a command comes to: completed, or rejected.

use cnic_command::ParseError;
use cnic_response::{BuildError, Code, ResponseBuilder};

/// Why a command is not carried out: a code, and what follows its meaning.
///
/// Details are made of names of parameters and of errors, which never hold a value: it may be a
/// password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rejection {
    code: Code,
    detail: String,
}

impl Rejection {
    /// Rejects with the meaning of the code alone: `530 Authentication failed`.
    pub(crate) const fn new(code: Code) -> Self {
        Self { code, detail: String::new() }
    }

    /// Rejects with a detail behind the meaning of the code: `503 Invalid attribute name; LAST`.
    pub(crate) fn because(code: Code, detail: impl ToString) -> Self {
        Self { code, detail: detail.to_string() }
    }

    pub(crate) fn into_builder(self) -> ResponseBuilder {
        let mut response = ResponseBuilder::new(self.code);
        if !self.detail.is_empty() {
            let meaning = self.code.meaning().unwrap_or_default();
            response = response.description(&format!("{meaning}; {}", self.detail));
        }
        // What the vendor rejects before it runs a command has no times.
        let is_early = (500..510).contains(&self.code.as_u16());
        if is_early { response } else { executed(response) }
    }
}

/// Starts the response of a command that was carried out.
pub(crate) fn completed() -> ResponseBuilder {
    executed(ResponseBuilder::new(Code::COMPLETED))
}

/// Adds the times that a command took.
pub(crate) fn executed(response: ResponseBuilder) -> ResponseBuilder {
    response.field("runtime", "0.011").field("queuetime", "0")
}

/// A form or a command that is none.
impl From<ParseError> for Rejection {
    fn from(error: ParseError) -> Self {
        Self::because(Code::INVALID_COMMAND_FORMAT, error)
    }
}

/// A value that no response can hold.
impl From<BuildError> for Rejection {
    fn from(error: BuildError) -> Self {
        Self::because(Code::COMMAND_FAILED, error)
    }
}
