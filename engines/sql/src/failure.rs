//! Why the program ends without an answer.

use std::error::Error;
use std::{fmt, io};

use datafusion::arrow::error::ArrowError;
use datafusion::error::DataFusionError;

/// A message, and the status with which the program ends.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    status: u8,
}

/// The input is malformed.
const MALFORMED: u8 = 1;
/// Wrong usage, or something could not be read or written.
const USAGE: u8 = 2;

impl Failure {
    pub(crate) const fn usage(message: String) -> Self {
        Self { message, status: USAGE }
    }

    /// Says what could not be written.
    pub(crate) fn of_output(self, name: &str) -> Self {
        Self { message: format!("cannot write {name}: {}", self.message), ..self }
    }

    pub(crate) const fn status(&self) -> u8 {
        self.status
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&escape(&self.message))
    }
}

/// Writes what moves the cursor, or turns the direction of text, as an escape.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if (c.is_control() && c != '\n') || turns {
            escaped.extend(c.escape_unicode());
        } else {
            escaped.push(c);
        }
    }
    escaped
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let malformed = matches!(
            error.kind(),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof
        );
        let status = if malformed { MALFORMED } else { USAGE };
        Self { message: error.to_string(), status }
    }
}

impl From<ArrowError> for Failure {
    fn from(error: ArrowError) -> Self {
        DataFusionError::from(error).into()
    }
}

impl From<DataFusionError> for Failure {
    fn from(error: DataFusionError) -> Self {
        let message = error.strip_backtrace();
        let mut cause: Option<&dyn Error> = Some(&error);
        while let Some(error) = cause {
            if let Some(error) = error.downcast_ref::<io::Error>() {
                return Self { message, ..Self::from(io::Error::from(error.kind())) };
            }
            cause = error.source();
        }
        match error.find_root() {
            DataFusionError::SQL(..)
            | DataFusionError::Plan(_)
            | DataFusionError::SchemaError(..)
            | DataFusionError::Configuration(_)
            | DataFusionError::NotImplemented(_)
            | DataFusionError::ObjectStore(_)
            | DataFusionError::Diagnostic(..) => Self::usage(message),
            _ => Self { message, status: MALFORMED },
        }
    }
}
