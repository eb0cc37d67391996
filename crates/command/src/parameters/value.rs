//! Values: what they may hold.

use cnic_text::blanks::is_trimmed;

use crate::build_error::BuildErrorKind;

/// Checks that a value can be one line of a command, and reads back as it is.
pub(crate) fn check_value(value: &str) -> Result<(), BuildErrorKind> {
    if memchr::memchr3(b'\r', b'\n', 0, value.as_bytes()).is_some() {
        Err(BuildErrorKind::ControlCharacter)
    } else if !is_trimmed(value) {
        Err(BuildErrorKind::OuterBlank)
    } else {
        Ok(())
    }
}
