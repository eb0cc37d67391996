//! Why a client fails.

use std::error::Error;
use std::fmt;
use std::io;

use cnic_command::BuildError;
use cnic_response::{CodecError, DeserializeError, IncompleteReason, ParseError};

/// Why a client has no answer, or not all of it.
///
/// The transport has its own variant, of its own type `T`: that a connection broke says nothing of
/// the command, which may have been carried out. It must never look like a response.
#[derive(Debug)]
#[non_exhaustive]
pub enum ClientError<T> {
    /// The command can't be written as it was meant.
    Command(BuildError),
    /// What came is a list, and not the whole of it.
    List(IncompleteReason),
    /// What came is no response, or one that [is cut off](ParseError::is_truncated).
    Response(ParseError),
    /// A row does not fit its type.
    Row(DeserializeError),
    /// There is no response: no connection, a connection that broke, or another HTTP status than
    /// 200.
    Transport(T),
}

impl<T: fmt::Display> fmt::Display for ClientError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Command(error) => write!(f, "bad command: {error}"),
            Self::List(reason) => write!(f, "incomplete list: {reason}"),
            Self::Response(error) => write!(f, "bad response: {error}"),
            Self::Row(error) => write!(f, "bad row: {error}"),
            Self::Transport(error) => write!(f, "no response: {error}"),
        }
    }
}

impl<T: Error + 'static> Error for ClientError<T> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Command(error) => Some(error),
            Self::List(reason) => Some(reason),
            Self::Response(error) => Some(error),
            Self::Row(error) => Some(error),
            Self::Transport(error) => Some(error),
        }
    }
}

impl<T> From<BuildError> for ClientError<T> {
    fn from(error: BuildError) -> Self {
        Self::Command(error)
    }
}

impl<T> From<IncompleteReason> for ClientError<T> {
    fn from(reason: IncompleteReason) -> Self {
        Self::List(reason)
    }
}

impl<T> From<ParseError> for ClientError<T> {
    fn from(error: ParseError) -> Self {
        Self::Response(error)
    }
}

impl<T> From<DeserializeError> for ClientError<T> {
    fn from(error: DeserializeError) -> Self {
        Self::Row(error)
    }
}

impl From<CodecError> for ClientError<io::Error> {
    fn from(error: CodecError) -> Self {
        match error {
            CodecError::Io(error) => Self::Transport(error),
            CodecError::Parse(error) => Self::Response(error),
            // The enum may grow.
            other => Self::Transport(io::Error::other(other)),
        }
    }
}
