//! Deserialization errors.

use alloc::boxed::Box;
use core::fmt;

use cnic_text::scalar::{self, Fault, FaultKind};
use cnic_text::{Position, kinds};

use crate::cell::date::InvalidDate;
use crate::cell::date_time::InvalidDateTime;
use crate::cell::seconds::InvalidSeconds;
use crate::de::message::Message;

/// An error from deserializing cells: its kind, and the column, row and line. `Debug` writes what
/// `Display` does.
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
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DeserializeError {
    details: Box<Details>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
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

    /// Returns the name of the column as the response spells it, or the name of the field if there
    /// is no such column.
    ///
    /// `None` if it is not known, as for errors that a type with `#[serde(flatten)]` finds after it
    /// has buffered the cells.
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
    /// If the error is not about one cell, or the cell is missing, it is the line of the row's
    /// first cell, or the last line of the text if the row has no cell.
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

/// `DeserializeError("..")`, with the text of `Display`.
impl fmt::Debug for DeserializeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DeserializeError").field(&format_args!("\"{self}\"")).finish()
    }
}

impl core::error::Error for DeserializeError {}

kinds! {
    /// The kinds of [`DeserializeError`].
    ///
    /// ```
    /// use cnic_response::{DateTime, DeserializeErrorKind, InvalidDate, Response};
    ///
    /// let response = Response::parse("code = 200\nproperty[until][0] = 2027-02-29 12:00:00\n")?;
    /// let error = response.deserialize_object::<std::collections::BTreeMap<&str, DateTime>>().unwrap_err();
    /// assert_eq!(error.kind(), DeserializeErrorKind::InvalidDate(InvalidDate::NoSuchDay));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum DeserializeErrorKind {
        /// Two columns match one field, such as its name and an alias.
        DuplicateField = "duplicate field",
        /// A cell is not one of `0`, `1`, `true`, `false`, `Y` and `N` (case-insensitive).
        InvalidBool = "not a boolean",
        /// A cell is not one character.
        InvalidChar = "not one character",
        /// A cell is not the number of a [`Code`](crate::Code).
        InvalidCode = "return code is not a number from 100 to 999",
        /// A cell is not a [`Date`](crate::Date). `NoSuchDay` is also for the date of a
        /// [`DateTime`](crate::DateTime).
        InvalidDate(reason: InvalidDate) = "{reason}",
        /// A cell is not a [`DateTime`](crate::DateTime), and its date is not the reason.
        InvalidDateTime(reason: InvalidDateTime) = "{reason}",
        /// A cell is not a finite decimal number: `1,5`, `+1`, `inf`, ` 1`, or empty.
        InvalidFloat = "not a decimal number of the type",
        /// A cell is not a decimal integer that the type can hold: `-1` or `256` for a `u8`, `1.0`,
        /// `+1`, or empty.
        InvalidInteger = "invalid integer or out of range",
        /// The length of a tuple or an array differs from the number of columns of a row, or of
        /// rows of a column.
        InvalidLength = "wrong number of values for this tuple or array",
        /// A cell is not a number of [`Seconds`](crate::Seconds).
        InvalidSeconds(reason: InvalidSeconds) = "{reason}",
        /// A custom `Deserialize` rejected the value. Its message is dropped, since it may quote
        /// the value.
        InvalidValue = "not a value of the type",
        /// A cell or a column is missing, and the field is required.
        MissingCell = "no cell",
        /// A column has no field, and the type has `#[serde(deny_unknown_fields)]`.
        UnknownColumn = "no field for the column",
        /// A cell is not the name of a variant of the enum.
        UnknownVariant = "not a variant of the type",
        /// The type is a list, a map or a structure where there is one cell, or a structure where
        /// there is one column.
        Unstructured = "expected a single value, found a struct, map or list type",
    }
}

impl DeserializeErrorKind {
    /// The kinds whose messages come by way of serde: from the types of this crate, and from the
    /// functions of [`de`](crate::de), which read a cell within a cell.
    const TOLD: &'static [Self] = &[
        Self::InvalidDate(InvalidDate::NoSuchDay),
        Self::InvalidDate(InvalidDate::Syntax),
        Self::InvalidDateTime(InvalidDateTime::NoSuchTime),
        Self::InvalidDateTime(InvalidDateTime::Syntax),
        Self::InvalidDateTime(InvalidDateTime::TooPrecise),
        Self::InvalidSeconds(InvalidSeconds::Negative),
        Self::InvalidSeconds(InvalidSeconds::Overflow),
        Self::InvalidSeconds(InvalidSeconds::Syntax),
        Self::InvalidSeconds(InvalidSeconds::TooPrecise),
        Self::InvalidBool,
        Self::InvalidChar,
        Self::InvalidCode,
        Self::InvalidFloat,
        Self::InvalidInteger,
        Self::MissingCell,
        Self::UnknownVariant,
        Self::Unstructured,
    ];
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
            Fault::Missing => Self::MissingCell,
            Fault::UnknownField => Self::UnknownColumn,
            Fault::UnknownVariant => Self::UnknownVariant,
            Fault::Unstructured => Self::Unstructured,
        }
    }

    fn of_message(message: &dyn fmt::Display) -> Option<Self> {
        let message = Message::of(message)?;
        Self::TOLD.iter().copied().find(|kind| message.is(kind))
    }
}

/// What was wrong, before it is known where.
pub(crate) type Mismatch = scalar::Mismatch<DeserializeErrorKind>;

/// A cell, or a hole.
pub(crate) type Cell<'de> = scalar::Scalar<'de, DeserializeErrorKind>;
