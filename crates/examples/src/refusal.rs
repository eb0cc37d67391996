//! Responses that say no.

use cnic_command::{Command, ParseError};
use cnic_response::{BuildError, Code, ResponseBuilder};

/// Why a command is not carried out: a code, and what is added to its meaning.
///
/// Details are made of names of parameters and of errors, which never hold a value: it may be a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    code: Code,
    detail: String,
}

impl Refusal {
    /// Refuses with the meaning of the code alone: `530 Authentication failed`.
    pub(crate) const fn new(code: Code) -> Self {
        Self { code, detail: String::new() }
    }

    /// Refuses with a detail behind the meaning of the code: `503 Invalid attribute name; LAST`.
    pub(crate) fn because(code: Code, detail: impl ToString) -> Self {
        Self { code, detail: detail.to_string() }
    }

    /// Returns the text of the response.
    pub(crate) fn into_text(self) -> String {
        let mut response = ResponseBuilder::new(self.code);
        if !self.detail.is_empty() {
            let meaning = self.code.meaning().unwrap_or_default();
            response = response.description(&format!("{meaning}; {}", self.detail));
        }
        response.to_text().expect("details have no line breaks and no outer blanks")
    }
}

/// A form or a command that is none.
impl From<ParseError> for Refusal {
    fn from(error: ParseError) -> Self {
        Self::because(Code::INVALID_COMMAND_FORMAT, error)
    }
}

/// A value that no response can hold.
impl From<BuildError> for Refusal {
    fn from(error: BuildError) -> Self {
        Self::because(Code::COMMAND_FAILED, error)
    }
}

/// Refuses a command with a parameter that is not allowed. Only the first one is named, as the vendor does.
pub(crate) fn allow_only(
    command: &Command<'_>,
    is_allowed: impl Fn(&str) -> bool,
) -> Result<(), Refusal> {
    match command.parameters().find(|&(key, _)| !is_allowed(key)) {
        Some((key, _)) => Err(Refusal::because(Code::INVALID_ATTRIBUTE_NAME, key)),
        None => Ok(()),
    }
}
