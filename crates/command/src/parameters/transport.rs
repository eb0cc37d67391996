//! Which names say who sends a command, and are no parameters of it.

use crate::parameters::key::strip_family;

/// Returns whether a flat form has another use for a field of that name: one that begins with `s_`, or `persistent`.
///
/// ```
/// use cnic_command::form::is_transport;
///
/// assert!(is_transport("s_login") && is_transport("S_ENTITY") && is_transport("persistent"));
/// assert!(!is_transport("domain") && !is_transport("status"));
/// ```
#[must_use]
pub fn is_transport(name: &str) -> bool {
    strip_family(name, "s_").is_some() || name.eq_ignore_ascii_case("persistent")
}
