//! Why a response can't be built.

use core::fmt;

use cnic_text::kinds;

/// Why a response can't be built. It never holds a name or a value.
///
/// ```
/// # use cnic_response::{BuildError, BuildErrorKind, Code, ResponseBuilder};
/// let twice = ResponseBuilder::new(Code::COMPLETED).cell("domain", 0, "a.example").cell("DOMAIN", 0, "b.example");
/// let error: BuildError = twice.build().unwrap_err();
/// assert_eq!((error.kind(), error.to_string()), (BuildErrorKind::Duplicate, "field or cell given twice".into()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BuildError {
    kind: BuildErrorKind,
}

impl BuildError {
    pub(crate) const fn new(kind: BuildErrorKind) -> Self {
        Self { kind }
    }

    /// Returns what was wrong.
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
    /// The kinds of [`BuildError`].
    ///
    /// ```
    /// use cnic_response::BuildErrorKind;
    ///
    /// assert_eq!(BuildErrorKind::OuterBlank.name(), "OuterBlank");
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum BuildErrorKind {
        /// A column name holds `]`, which would end it.
        ColumnName = "column name with `]`",
        /// A field or a cell is given twice, compared case-insensitively.
        Duplicate = "field or cell given twice",
        /// A field name is empty, holds `=`, begins with `property[`, or is `code` or
        /// `description`.
        FieldName = "not the name of a field",
        /// A name or a value holds CR or LF.
        LineBreak = "line break in a name or value",
        /// A value or a field name begins or ends with SP or TAB.
        OuterBlank = "leading or trailing whitespace in a name or value",
        /// The row index is `u32::MAX` and `usize` has 32 bits, too few for the number of rows.
        RowLimit = "row index above the limit",
        /// The text would be 4 GiB long or longer.
        TooLong = "response of 4 GiB or more",
    }
}
