//! Why a command cannot be built.

use core::fmt;

/// An error in building a command. It never holds a key or a value.
///
/// ```
/// use cnic_command::{BuildErrorKind, Command};
///
/// let error = Command::new("StatusDomain")?.with("domain", "example.com\nSUBUSER=other").unwrap_err();
/// assert_eq!(error.kind(), BuildErrorKind::ControlCharacter);
/// # Ok::<(), cnic_command::BuildError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BuildError {
    kind: BuildErrorKind,
}

impl BuildError {
    pub(crate) const fn new(kind: BuildErrorKind) -> Self {
        Self { kind }
    }

    /// Returns what is wrong.
    #[must_use]
    pub const fn kind(&self) -> BuildErrorKind {
        self.kind
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            BuildErrorKind::CommandKey => "`COMMAND` is the command's name, not a parameter",
            BuildErrorKind::ControlCharacter => "value holds CR, LF or NUL",
            BuildErrorKind::DuplicateIndex => "index given twice",
            BuildErrorKind::InvalidKey => "key is not made of letters, digits, `-` and `_`",
            BuildErrorKind::InvalidName => {
                "command name is not made of letters, digits, `-` and `_`"
            }
            BuildErrorKind::OuterBlank => "leading or trailing whitespace in a name or value",
            BuildErrorKind::TagIndex => "tag index above 4095",
            BuildErrorKind::TooManyTags => "more than 4096 tags",
            BuildErrorKind::TransportKey => "key is reserved in a flat form",
        })
    }
}

impl core::error::Error for BuildError {}

/// What can be wrong in building a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BuildErrorKind {
    /// The key is `COMMAND`, ASCII case-insensitively: the name is given to
    /// [`Command::new`](crate::Command::new).
    CommandKey,
    /// A value holds CR, LF or NUL.
    ControlCharacter,
    /// A series has two values for one index.
    DuplicateIndex,
    /// A key is empty or has other characters than ASCII letters, digits, `-` and `_`.
    InvalidKey,
    /// The name of the command is empty or has other characters than ASCII letters, digits, `-` and
    /// `_`.
    InvalidName,
    /// A value begins or ends with SP or TAB, which servers trim.
    OuterBlank,
    /// A tag has an index above 4095.
    TagIndex,
    /// There are more than 4,096 tags of one family.
    TooManyTags,
    /// The key begins with `s_` or is `persistent`, and the form is flat.
    TransportKey,
}
