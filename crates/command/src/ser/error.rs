//! Why a value is not a command.

use alloc::boxed::Box;
use core::fmt;

use serde::ser;

use crate::build_error::{BuildError, BuildErrorKind};

/// Why a value is not the parameters of a command, and the field that is to blame. It never holds a value.
///
/// ```
/// use std::collections::BTreeMap;
/// use cnic_command::{BuildErrorKind, SerializeErrorKind, to_command};
///
/// let error = to_command("StatusDomain", &BTreeMap::from([("domain", "example.com\nSUBUSER=other")])).unwrap_err();
/// assert_eq!(error.kind(), SerializeErrorKind::Build(BuildErrorKind::ControlCharacter));
/// assert_eq!(error.to_string(), "`domain`: value holds CR, LF or NUL");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SerializeError {
    kind: SerializeErrorKind,
    field: Option<Box<str>>,
}

impl SerializeError {
    pub(super) fn new(kind: SerializeErrorKind, field: &str) -> Self {
        Self { kind, field: Some(field.into()) }
    }

    /// Names the field that is to blame, unless one within it is named already.
    pub(super) fn within(self, field: &str) -> Self {
        Self { field: self.field.or_else(|| Some(field.into())), ..self }
    }

    /// Returns what was wrong.
    #[must_use]
    pub const fn kind(&self) -> SerializeErrorKind {
        self.kind
    }

    /// Returns the field that was wrong, by its key: `NAMESERVER1` for the second of a list.
    ///
    /// `None` for what is wrong as a whole, and for a map whose key is none: that may be anything.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }
}

impl From<SerializeErrorKind> for SerializeError {
    fn from(kind: SerializeErrorKind) -> Self {
        Self { kind, field: None }
    }
}

impl From<BuildError> for SerializeError {
    fn from(error: BuildError) -> Self {
        SerializeErrorKind::Build(error.kind()).into()
    }
}

impl fmt::Display for SerializeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = &self.field {
            write!(f, "`{}`: ", field.escape_debug())?;
        }
        self.kind.fmt(f)
    }
}

impl core::error::Error for SerializeError {}

/// The message may hold a value, so it is not kept.
impl ser::Error for SerializeError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        SerializeErrorKind::Refused.into()
    }
}

/// The ways in which a value is not the parameters of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SerializeErrorKind {
    /// The name, a key or a value is not one of a command.
    Build(BuildErrorKind),
    /// Two fields have the same key, in whatever case.
    DuplicateKey,
    /// A number is infinite or none.
    NotFinite,
    /// The value is neither a structure nor a map.
    NotParameters,
    /// A value, or the key of a map, is nothing that has a text: bytes that are not UTF-8, `()`.
    NotText,
    /// The type's own code refuses, for a reason that may quote a value and is not kept.
    Refused,
    /// A structure, a list in a list, a map in a map or an enum with data stands where there is one parameter.
    Structured,
}

impl fmt::Display for SerializeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Build(kind) => return BuildError::new(*kind).fmt(f),
            Self::DuplicateKey => "second field of that key",
            Self::NotFinite => "not a finite number",
            Self::NotParameters => "neither a structure nor a map",
            Self::NotText => "nothing that has a text",
            Self::Refused => "refused by its type",
            Self::Structured => "structure where there is one parameter",
        })
    }
}
