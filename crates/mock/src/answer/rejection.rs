//! Responses to commands that are not carried out.

use cnic_command::{Command, ParseError};
use cnic_response::{BuildError, Code, ResponseBuilder};

use crate::answer::keys::is_one_of;

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

/// Rejects a command with a parameter that is not allowed. Only the first one is named, as the
/// vendor does. `SUBUSER` and `CLTRID` are allowed everywhere.
pub(crate) fn allow_only(
    command: &Command<'_>,
    is_allowed: impl Fn(&str) -> bool,
) -> Result<(), Rejection> {
    let is_allowed = |key: &str| is_allowed(key) || is_one_of(key, &["SUBUSER", "CLTRID"]);
    match command.parameters().find(|&(key, _)| !is_allowed(key)) {
        Some((key, _)) => Err(Rejection::because(Code::INVALID_ATTRIBUTE_NAME, key)),
        None => Ok(()),
    }
}
