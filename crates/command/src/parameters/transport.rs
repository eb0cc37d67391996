//! The names that are reserved by the transport, and are not parameters.

use crate::parameters::key::strip_family;

/// Returns `true` for field names reserved by the transport: `persistent`, and all that begin with
/// `s_`.
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
