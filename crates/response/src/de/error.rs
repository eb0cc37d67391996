//! Deserialization errors.

use alloc::boxed::Box;
use core::fmt;

use serde::de;

use cnic_text::Position;

/// An error from deserializing cells: its kind, and the column, row and line.
///
/// The error never holds a value, which may be a password, even if the message of a custom
/// `Deserialize` has one.
///
/// ```
/// # use cnic_response::{DeserializeErrorKind, Response};
/// # use std::collections::BTreeMap;
/// let response = Response::parse("code = 200\nproperty[period][0] = 7\nproperty[period][1] = many\n")?;
/// let periods: Result<Vec<BTreeMap<&str, u32>>, _> = response.rows().deserialize().collect();
/// let error = periods.unwrap_err();
/// assert_eq!(error.kind(), DeserializeErrorKind::InvalidInteger);
/// assert_eq!((error.column(), error.row()), (Some("period"), Some(1)));
/// assert_eq!(error.to_string(), "`period`, row 1: invalid integer or out of range (line 3, byte 35)");
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DeserializeError {
    details: Box<Details>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Details {
    kind: DeserializeErrorKind,
    column: Option<Box<str>>,
    row: Option<usize>,
    position: Position,
}

impl DeserializeError {
    pub(crate) fn new(
        kind: DeserializeErrorKind,
        column: Option<&str>,
        row: Option<usize>,
        position: Position,
    ) -> Self {
        let column = column.map(Box::from);
        Self { details: Box::new(Details { kind, column, row, position }) }
    }

    /// Returns what was wrong.
    #[must_use]
    pub fn kind(&self) -> DeserializeErrorKind {
        self.details.kind
    }

    /// Returns the name of the column, as it is spelled in the reply; the field's where there is no
    /// such column.
    ///
    /// `None` where it is not known: for what a type finds wrong once it has taken the cells, as
    /// one with `#[serde(flatten)]` does.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        self.details.column.as_deref()
    }

    /// Returns the index of the row; `None` for an object that is wrong as a whole or lacks a
    /// column.
    #[must_use]
    pub fn row(&self) -> Option<usize> {
        self.details.row
    }

    /// Returns the start of the line of the cell that was wrong.
    ///
    /// If the error is not about a cell, such as a missing one, it is the line of the row's first
    /// cell, or the last line of the text if the row has no cell.
    #[must_use]
    pub fn position(&self) -> Position {
        self.details.position
    }
}

impl fmt::Display for DeserializeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { kind, column, row, position } = &*self.details;
        // The name came over the wire: it must not move the cursor of a terminal.
        let column = column.as_deref().map(str::escape_debug);
        match (column, row) {
            (Some(column), Some(row)) => write!(f, "`{column}`, row {row}: ")?,
            (Some(column), None) => write!(f, "`{column}`: ")?,
            (None, Some(row)) => write!(f, "row {row}: ")?,
            (None, None) => {}
        }
        write!(f, "{kind} ({position})")
    }
}

impl core::error::Error for DeserializeError {}

/// The kinds of [`DeserializeError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeserializeErrorKind {
    /// Two columns match one field, such as its name and an alias.
    DuplicateField,
    /// A cell is not one of `0`, `1`, `true`, `false`, `Y` and `N` (case-insensitive).
    InvalidBool,
    /// A cell is not one character.
    InvalidChar,
    /// A cell is not a finite decimal number: `1,5`, `+1`, `inf`, ` 1`, or empty.
    InvalidFloat,
    /// A cell is not a decimal integer that the type can hold: `-1` or `256` for a `u8`, `1.0`,
    /// `+1`, or empty.
    InvalidInteger,
    /// The length of a tuple or an array is not the number of columns of the row, or of rows of the
    /// column.
    InvalidLength,
    /// A custom `Deserialize` rejected the value. Its message is dropped, since it may quote the
    /// value.
    InvalidValue,
    /// A cell or a column is missing, and the field is required.
    MissingCell,
    /// A column has no field, and the type has `#[serde(deny_unknown_fields)]`.
    UnknownColumn,
    /// A cell is not the name of a variant of the enum.
    UnknownVariant,
    /// The type is a list, a map or a structure where there is one cell, or a structure where there
    /// is one column.
    Unstructured,
}

impl fmt::Display for DeserializeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DuplicateField => "duplicate field",
            Self::InvalidBool => "not a boolean",
            Self::InvalidChar => "not one character",
            Self::InvalidFloat => "not a decimal number of the type",
            Self::InvalidInteger => "invalid integer or out of range",
            Self::InvalidLength => "wrong number of values for this tuple or array",
            Self::InvalidValue => "not a value of the type",
            Self::MissingCell => "no cell",
            Self::UnknownColumn => "no field for the column",
            Self::UnknownVariant => "not a variant of the type",
            Self::Unstructured => "expected a single value, found a struct, map or list type",
        })
    }
}

/// What was wrong, before it is known where. As small as can be, since every cell is returned
/// beside it.
#[derive(Debug)]
pub(crate) struct Mismatch(Box<(DeserializeErrorKind, Option<&'static str>)>);

impl Mismatch {
    #[cold]
    fn new(kind: DeserializeErrorKind, field: Option<&'static str>) -> Self {
        Self(Box::new((kind, field)))
    }

    pub(crate) fn kind(&self) -> DeserializeErrorKind {
        self.0.0
    }

    /// Returns the field that is wrong, where it is the type that says so.
    pub(crate) fn field(&self) -> Option<&'static str> {
        self.0.1
    }
}

impl From<DeserializeErrorKind> for Mismatch {
    fn from(kind: DeserializeErrorKind) -> Self {
        Self::new(kind, None)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind().fmt(f)
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
        DeserializeErrorKind::UnknownColumn.into()
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(DeserializeErrorKind::MissingCell, Some(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(DeserializeErrorKind::DuplicateField, Some(field))
    }
}
