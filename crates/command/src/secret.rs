//! Which parameters are secrets, and a view of a command that does not show them.

use core::fmt;

use crate::command::Command;

/// What stands in the place of a secret.
pub(crate) const MASK: &str = "***";

/// The keys whose values are secrets (protocol.md §1.10), in capital letters.
const SECRETS: [&str; 12] = [
    "S_PW",
    "S_OTP",
    "S_SESSIONID",
    "S_SESSION",
    "PASSWORD",
    "OLDPASSWORD",
    "NEWPASSWORD",
    "FTPPASSWORD",
    "AUTH",
    "AUTHCODE",
    "TOKEN",
    "PIN",
];

/// Returns whether the values of a key are secrets: one of the list, in any case, alone or with an index.
pub(crate) fn is_secret(key: &str) -> bool {
    let family = key.trim_end_matches(|c: char| c.is_ascii_digit());
    SECRETS.iter().any(|secret| secret.eq_ignore_ascii_case(family))
}

/// The text of a command for people and logs: what [`Command::redacted`] returns.
///
/// The values of secrets are `***`. It can't be turned into a [form](crate::form) or a [`Command`] by accident: all it does is
/// `Display`.
#[derive(Clone, Copy, Debug)]
pub struct Redacted<'c> {
    command: &'c Command<'c>,
}

impl<'c> Redacted<'c> {
    pub(crate) const fn new(command: &'c Command<'c>) -> Self {
        Self { command }
    }
}

impl fmt::Display for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "COMMAND={}", self.command.name())?;
        for (key, value) in self.command.parameters() {
            write!(f, "\n{key}={}", if is_secret(key) { MASK } else { value })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::is_secret;

    #[test]
    fn a_secret_is_told_by_its_whole_key() {
        for key in [
            "AUTH",
            "auth0",
            "Password12",
            "OLDPASSWORD",
            "ftppassword",
            "s_pw",
            "S_SESSION",
            "pin",
        ] {
            assert!(is_secret(key), "{key}");
        }
        for key in
            ["AUTHORITY", "XAUTH", "PASSWORDX", "PASSWORD-0", "SHIPPING", "TOKENTYPE", "0", ""]
        {
            assert!(!is_secret(key), "{key}");
        }
    }
}
