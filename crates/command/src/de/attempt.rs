//! The state of an attempt to deserialize a command.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use cnic_text::digits::parse_index;

use crate::parameters::key::strip_family;

/// What one attempt has shown.
#[derive(Default)]
pub(super) struct Attempt<'c> {
    /// The key that is wrong.
    pub(super) culprit: Option<Cow<'c, str>>,
    /// The field that should be a scalar, and has no parameter.
    pub(super) missing: Option<&'c str>,
    /// The families that were read as series.
    pub(super) series: Vec<&'c str>,
}

/// Returns whether a parameter is of that name, or of the series of that name.
pub(super) fn belongs(key: &str, name: &str) -> bool {
    strip_family(key, name).is_some_and(|rest| rest.is_empty() || parse_index(rest).is_some())
}
