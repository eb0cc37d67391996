//! Values: what they may hold.

use cnic_text::blanks::is_trimmed;
use cnic_text::simd::has_line_end;

use crate::build_error::BuildErrorKind;

/// Checks that a value can be one line of a command, and reads back as it is.
pub(crate) fn check_value(value: &str) -> Result<(), BuildErrorKind> {
    if has_line_end(value.as_bytes()) {
        Err(BuildErrorKind::ControlCharacter)
    } else if !is_trimmed(value) {
        Err(BuildErrorKind::OuterBlank)
    } else {
        Ok(())
    }
}
