//! Why a value is not a command.

use alloc::boxed::Box;
use core::fmt;

use cnic_text::kinds;
use serde::ser;

use crate::build_error::{BuildError, BuildErrorKind};

/// An error in serializing a command: its kind, and the field that is wrong. It never holds a
/// value.
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

    /// Sets the field that is wrong, unless one within it is set already.
    pub(super) fn within(self, field: &str) -> Self {
        Self { field: self.field.or_else(|| Some(field.into())), ..self }
    }

    /// Returns what is wrong.
    #[must_use]
    pub const fn kind(&self) -> SerializeErrorKind {
        self.kind
    }

    /// Returns the key of the field that is wrong: `NAMESERVER1` for the second of a list.
    ///
    /// `None` if the whole value is wrong, or the key of a map, which may hold anything.
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
        write!(f, "{}", self.kind)
    }
}

impl core::error::Error for SerializeError {}

/// The message may hold a value, so it is not kept.
impl ser::Error for SerializeError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        SerializeErrorKind::Rejected.into()
    }
}

kinds! {
    /// What can be wrong in serializing a command.
    ///
    /// ```
    /// use cnic_command::{SerializeErrorKind, to_command};
    ///
    /// let prices = std::collections::BTreeMap::from([("PRICE", f64::NAN)]);
    /// let error = to_command("AddDomain", &prices).unwrap_err();
    /// assert_eq!(error.kind(), SerializeErrorKind::NotFinite);
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum SerializeErrorKind {
        /// The name, a key or a value is not one of a command.
        Build(kind: BuildErrorKind) = "{kind}",
        /// Two fields have the same key, ASCII case-insensitively.
        DuplicateKey = "duplicate key",
        /// A number is infinite or NaN.
        NotFinite = "not a finite number",
        /// The value is neither a struct nor a map.
        NotParameters = "neither a struct nor a map",
        /// A value or the key of a map has no text: bytes that are not UTF-8, `()`.
        NotText = "not representable as text",
        /// The type's own code rejects the value. Its message may quote the value and is not kept.
        Rejected = "rejected by its type",
        /// A struct, a list in a list, a map in a map or an enum with data in place of a single
        /// value.
        Structured = "expected a single value, found a struct, map or list type",
    }
}
