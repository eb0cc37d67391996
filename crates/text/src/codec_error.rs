//! Why a stream of texts ended early.

use core::error::Error;
use core::fmt;
use std::io;

use crate::located::{Kind, Located};

/// Why a stream of texts ended early. It never holds a value.
///
/// The crates of the protocols have examples at their aliases.
#[derive(Debug)]
#[non_exhaustive]
pub enum CodecError<K> {
    /// The reader or the writer failed.
    Io(io::Error),
    /// The bytes are not what the codec reads.
    Parse(Located<K>),
}

impl<K: Kind> fmt::Display for CodecError<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Parse(error) => error.fmt(f),
        }
    }
}

/// The error within is shown, so it is not a source as well.
impl<K: Kind + fmt::Debug> Error for CodecError<K> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(error) => error.source(),
            Self::Parse(error) => error.source(),
        }
    }
}

impl<K> From<io::Error> for CodecError<K> {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl<K> From<Located<K>> for CodecError<K> {
    fn from(error: Located<K>) -> Self {
        Self::Parse(error)
    }
}
