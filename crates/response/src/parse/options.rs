//! The settings of a reader.

use crate::limits::Limits;

/// What a reader accepts, and which paths it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) limits: Limits,
    /// Whether anything that would be noted, and text without an envelope, is an error.
    pub(crate) strict: bool,
    pub(crate) allow_truncated: bool,
    /// Whether the fast path for predictable cells is used.
    pub(crate) predict: bool,
}
