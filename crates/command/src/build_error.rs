//! Why a command cannot be built.

use core::fmt;

use cnic_text::kinds;

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
        write!(f, "{}", self.kind)
    }
}

impl core::error::Error for BuildError {}

kinds! {
    /// What can be wrong in building a command.
    ///
    /// ```
    /// use cnic_command::{BuildErrorKind, Command};
    ///
    /// let error = Command::from_static("AddDomain").set("AUTH", "two\nlines").unwrap_err();
    /// assert_eq!(error.kind(), BuildErrorKind::ControlCharacter);
    /// assert_eq!(error.kind().to_string(), "value holds CR, LF or NUL");
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum BuildErrorKind {
        /// The key is `COMMAND`, ASCII case-insensitively: the name is given to
        /// [`Command::new`](crate::Command::new).
        CommandKey = "`COMMAND` is the command's name, not a parameter",
        /// A value holds CR, LF or NUL.
        ControlCharacter = "value holds CR, LF or NUL",
        /// A series has two values for one index.
        DuplicateIndex = "index given twice",
        /// A key is empty or has other characters than ASCII letters, digits, `-` and `_`.
        InvalidKey = "key is not made of letters, digits, `-` and `_`",
        /// The name of the command is empty or has other characters than ASCII letters, digits, `-`
        /// and `_`.
        InvalidName = "command name is not made of letters, digits, `-` and `_`",
        /// A value begins or ends with SP or TAB, which servers trim.
        OuterBlank = "leading or trailing whitespace in a name or value",
        /// A tag has an index above 4095.
        TagIndex = "tag index above 4095",
        /// There are more than 4,096 tags of one family.
        TooManyTags = "more than 4096 tags",
        /// The key begins with `s_` or is `persistent`, and the form is flat.
        TransportKey = "key is reserved in a flat form",
    }
}
