//! How a reader reads.

use crate::limits::Limits;

/// What a reader accepts, and how it goes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) limits: Limits,
    /// Whether anything that would be noted, and text without an envelope, is an error.
    pub(crate) strict: bool,
    pub(crate) allow_truncated: bool,
    /// Whether cells are first compared with what the cells before lead one to expect.
    pub(crate) predict: bool,
}
