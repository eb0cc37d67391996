//! Conversions of text into a command: the traits of the standard library for
//! [`Command::parse`].

use alloc::string::String;
use core::str::FromStr;

use crate::command::Command;
use crate::error::ParseError;

/// Reads a command from text, as [`Command::parse`] does, and owns its keys and values.
///
/// ```
/// # use cnic_command::Command;
/// let command: Command = "COMMAND=StatusDomain\nDOMAIN=example.com".parse()?;
/// assert_eq!(command.get("domain"), Some("example.com"));
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
impl FromStr for Command<'_> {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Command::parse(text).map(Command::into_owned)
    }
}

/// Reads a command from text, as [`Command::parse`] does. Keys and values are borrowed.
impl<'t> TryFrom<&'t str> for Command<'t> {
    type Error = ParseError;

    fn try_from(text: &'t str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

/// Reads a command from UTF-8 bytes, as [`Command::from_utf8`] does. Keys and values are borrowed.
impl<'t> TryFrom<&'t [u8]> for Command<'t> {
    type Error = ParseError;

    fn try_from(bytes: &'t [u8]) -> Result<Self, ParseError> {
        Self::from_utf8(bytes)
    }
}

/// Reads a command from text, as [`Command::parse`] does, and owns its keys and values.
impl TryFrom<String> for Command<'_> {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Self, ParseError> {
        text.parse()
    }
}
