//! Why a command is not a value of a type.

use alloc::boxed::Box;
use core::fmt;

use cnic_text::scalar::{self, Fault, FaultKind};
use cnic_text::{Position, kinds};
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

kinds! {
    /// What can be wrong in deserializing a command.
    ///
    /// ```
    /// use cnic_command::{Command, DeserializeErrorKind, from_command};
    ///
    /// #[derive(Debug, serde::Deserialize)]
    /// struct Renewal {
    ///     #[serde(rename = "PERIOD")]
    ///     period: u8,
    /// }
    /// let error = from_command::<Renewal>(&Command::from_static("RenewDomain")).unwrap_err();
    /// assert_eq!(error.kind(), DeserializeErrorKind::MissingParameter);
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum DeserializeErrorKind {
        /// Two parameters are for one field, such as its name and an alias.
        DuplicateField = "duplicate field",
        /// A series has gaps, and an index above 262,143.
        IndexLimit = "index above the limit in a series with gaps",
        /// A value is not one of `0`, `1`, `true`, `false`, `Y` and `N`, ASCII case-insensitively.
        InvalidBool = "not a boolean",
        /// A value is not one character.
        InvalidChar = "not one character",
        /// A value is not a finite decimal number: `1,5`, `+1`, `inf`, or empty.
        InvalidFloat = "not a decimal number of the type",
        /// A value is not a decimal integer that the type can hold: `-1` or `256` for a `u8`,
        /// `1.0`, `+1`, or empty.
        InvalidInteger = "invalid integer or out of range",
        /// The length of a tuple or an array differs from that of the series.
        InvalidLength = "wrong number of values for this tuple or array",
        /// The type itself rejects the value. Its message may quote the value and is not kept.
        InvalidValue = "not a value of the type",
        /// A required parameter is absent, or a series has a gap that the type does not allow.
        MissingParameter = "no parameter",
        /// The type has a list, and the parameter has no index: `NAMESERVER=..` instead of
        /// `NAMESERVER0=..`.
        Unindexed = "no index where the type has a list",
        /// A parameter has no field, and the type has `#[serde(deny_unknown_fields)]`.
        UnknownParameter = "no field for the parameter",
        /// A value is not the name of a variant of the enum.
        UnknownVariant = "not a variant of the type",
        /// A structure, or a list or map in a list, is asked for where there is one parameter.
        Unstructured = "expected a single value, found a struct, map or list type",
    }
}

impl FaultKind for DeserializeErrorKind {
    fn of(fault: Fault) -> Self {
        match fault {
            Fault::DuplicateField => Self::DuplicateField,
            Fault::InvalidBool => Self::InvalidBool,
            Fault::InvalidChar => Self::InvalidChar,
            Fault::InvalidFloat => Self::InvalidFloat,
            Fault::InvalidInteger => Self::InvalidInteger,
            Fault::InvalidLength => Self::InvalidLength,
            Fault::InvalidValue => Self::InvalidValue,
            Fault::Missing => Self::MissingParameter,
            Fault::UnknownField => Self::UnknownParameter,
            Fault::UnknownVariant => Self::UnknownVariant,
            Fault::Unstructured => Self::Unstructured,
        }
    }
}

/// What was wrong, before it is known where.
pub(super) type Mismatch = scalar::Mismatch<DeserializeErrorKind>;

/// The text of a parameter; `None` if it is absent.
pub(super) type Scalar<'de> = scalar::Scalar<'de, DeserializeErrorKind>;
