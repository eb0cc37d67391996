//! Why a command is not a value of a type.

use alloc::boxed::Box;
use core::fmt;

use cnic_text::Position;
use serde::de;

/// An error in deserializing a command: its kind, and the parameter that is wrong.
///
/// It never holds a value, which may be a password; the message of a type's own `Deserialize` is
/// dropped for that reason.
///
/// ```
/// # use std::collections::BTreeMap;
/// use cnic_command::{Command, DeserializeErrorKind, from_command};
///
/// let command = Command::parse("COMMAND=RenewDomain\nPERIOD=1Y")?;
/// let error = from_command::<BTreeMap<&str, u8>>(&command).unwrap_err();
/// assert_eq!((error.kind(), error.field()), (DeserializeErrorKind::InvalidInteger, Some("PERIOD")));
/// assert_eq!(error.to_string(), "`PERIOD`: invalid integer or out of range (line 2, byte 20)");
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DeserializeError {
    kind: DeserializeErrorKind,
    field: Option<Box<str>>,
    position: Option<Position>,
}

impl DeserializeError {
    pub(super) fn new(
        kind: DeserializeErrorKind,
        field: Option<&str>,
        position: Option<Position>,
    ) -> Self {
        Self { kind, field: field.map(Box::from), position }
    }

    /// Returns what is wrong.
    #[must_use]
    pub const fn kind(&self) -> DeserializeErrorKind {
        self.kind
    }

    /// Returns the key of the field that is wrong: `nameserver1` for the second of a list.
    ///
    /// `None` if it is not known, as for errors that a type with `#[serde(flatten)]` finds after it
    /// has buffered the parameters.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// Returns the start of the line that the parameter was parsed from; `None` if it was set, or
    /// is absent.
    #[must_use]
    pub const fn position(&self) -> Option<Position> {
        self.position
    }
}

impl fmt::Display for DeserializeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = &self.field {
            write!(f, "`{}`: ", field.escape_debug())?;
        }
        self.kind.fmt(f)?;
        self.position.map_or(Ok(()), |position| write!(f, " ({position})"))
    }
}

impl core::error::Error for DeserializeError {}

/// What can be wrong in deserializing a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeserializeErrorKind {
    /// Two parameters are for one field, such as its name and an alias.
    DuplicateField,
    /// A series has gaps, and an index above 262,143.
    IndexLimit,
    /// A value is not one of `0`, `1`, `true`, `false`, `Y` and `N`, ASCII case-insensitively.
    InvalidBool,
    /// A value is not one character.
    InvalidChar,
    /// A value is not a finite decimal number: `1,5`, `+1`, `inf`, or empty.
    InvalidFloat,
    /// A value is not a decimal integer that the type can hold: `-1` or `256` for a `u8`, `1.0`,
    /// `+1`, or empty.
    InvalidInteger,
    /// The length of a tuple or an array differs from that of the series.
    InvalidLength,
    /// The type itself rejects the value. Its message may quote the value and is not kept.
    InvalidValue,
    /// A required parameter is absent, or a series has a gap that the type does not allow.
    MissingParameter,
    /// The type has a list, and the parameter has no index: `NAMESERVER=..` instead of
    /// `NAMESERVER0=..`.
    Unindexed,
    /// A parameter has no field, and the type has `#[serde(deny_unknown_fields)]`.
    UnknownParameter,
    /// A value is not the name of a variant of the enum.
    UnknownVariant,
    /// A structure, or a list or map in a list, is asked for where there is one parameter.
    Unstructured,
}

impl fmt::Display for DeserializeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DuplicateField => "duplicate field",
            Self::IndexLimit => "index above the limit in a series with gaps",
            Self::InvalidBool => "not a boolean",
            Self::InvalidChar => "not one character",
            Self::InvalidFloat => "not a decimal number of the type",
            Self::InvalidInteger => "invalid integer or out of range",
            Self::InvalidLength => "wrong number of values for this tuple or array",
            Self::InvalidValue => "not a value of the type",
            Self::MissingParameter => "no parameter",
            Self::Unindexed => "no index where the type has a list",
            Self::UnknownParameter => "no field for the parameter",
            Self::UnknownVariant => "not a variant of the type",
            Self::Unstructured => "expected a single value, found a struct, map or list type",
        })
    }
}

/// What was wrong, before it is known where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mismatch {
    pub(super) kind: DeserializeErrorKind,
    /// The field that is wrong, where it is the type that says so.
    pub(super) field: Option<&'static str>,
}

impl From<DeserializeErrorKind> for Mismatch {
    fn from(kind: DeserializeErrorKind) -> Self {
        Self { kind, field: None }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl core::error::Error for Mismatch {}

/// The messages and what was `unexpected` hold values, so nothing of them is kept.
impl de::Error for Mismatch {
    fn custom<T: fmt::Display>(_: T) -> Self {
        DeserializeErrorKind::InvalidValue.into()
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        DeserializeErrorKind::InvalidLength.into()
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        DeserializeErrorKind::UnknownVariant.into()
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        DeserializeErrorKind::UnknownParameter.into()
    }

    fn missing_field(field: &'static str) -> Self {
        Self { kind: DeserializeErrorKind::MissingParameter, field: Some(field) }
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self { kind: DeserializeErrorKind::DuplicateField, field: Some(field) }
    }
}
