//! Building responses: for servers, mocks and tests.

use alloc::string::{String, ToString};
use core::fmt::{self, Write};

use cnic_text::blanks::trim;

use crate::code::Code;
use crate::error::ErrorKind;
use crate::index::names::eq_name;
use crate::limits::Limits;
use crate::line::property;
use crate::note::NoteKind;
use crate::page::Page;
use crate::parse::Parser;
use crate::response::Response;

/// Builds a [`Response`] and its text: the inverse of [`Response::parse`].
///
/// Values that would not survive a round trip are rejected, never changed. The first error is kept
/// and returned by [`build`](Self::build).
///
/// ```
/// use cnic_response::{Code, Page, ResponseBuilder};
///
/// let response = ResponseBuilder::new(Code::COMPLETED)
///     .field("runtime", "0.012")
///     .column("column", ["domain"])
///     .row([("domain", "example.com")])
///     .row([("domain", "example.net")])
///     .page(Page::window(0, 2, 2, 5))
///     .build()?;
/// assert_eq!(response.row_count(), 2);
/// assert_eq!(response.page().unwrap().next_first(), Some(2));
/// let text = response.encode().to_string();
/// assert!(text.starts_with("[RESPONSE]\ncode = 200\ndescription = Command completed successfully\nruntime = 0.012\n"));
/// assert!(text.contains("\nproperty[domain][1] = example.net\n"));
/// # Ok::<(), cnic_response::BuildError>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct ResponseBuilder {
    code: Code,
    description: String,
    fields: String,
    cells: String,
    rows: u32,
    error: Option<BuildError>,
}

impl ResponseBuilder {
    /// Creates a builder with a code. The description is the code's [meaning](Code::meaning) until
    /// it is set.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            description: code.meaning().unwrap_or_default().to_string(),
            fields: String::new(),
            cells: String::new(),
            rows: 0,
            error: None,
        }
    }

    /// Sets the description: `description = Entity reference not found`.
    pub fn description(mut self, description: &str) -> Self {
        self.check(check_value(description));
        self.description = description.to_string();
        self
    }

    /// Adds a top-level field: `runtime = 0.012`, `PENDING = 1`.
    pub fn field(mut self, name: &str, value: &str) -> Self {
        self.check(check_field_name(name).and_then(|()| check_value(value)));
        self.fields.extend([name, " = ", value, "\n"]);
        self
    }

    /// Adds a cell: `property[column][row] = value`.
    pub fn cell(mut self, column: &str, row: u32, value: &str) -> Self {
        self.check(check_column_name(column).and_then(|()| check_value(value)));
        writeln!(self.cells, "property[{column}][{row}] = {value}")
            .expect("a string takes any text");
        self
    }

    /// Adds the cells of a column, from row 0.
    pub fn column<V: AsRef<str>>(self, name: &str, values: impl IntoIterator<Item = V>) -> Self {
        (0..)
            .zip(values)
            .fold(self, |builder, (row, value)| builder.cell(name, row, value.as_ref()))
    }

    /// Adds the next row, as pairs of column and value: the first call is row 0, the second row 1.
    pub fn row<C: AsRef<str>, V: AsRef<str>>(
        mut self,
        cells: impl IntoIterator<Item = (C, V)>,
    ) -> Self {
        let row = self.rows;
        self.rows += 1;
        cells.into_iter().fold(self, |builder, (column, value)| {
            builder.cell(column.as_ref(), row, value.as_ref())
        })
    }

    /// Adds the columns that say which part of a list this is: `property[total][0] = 5`. A member
    /// that is `None` is left out.
    pub fn page(self, page: Page) -> Self {
        Page::NAMES.into_iter().zip(page.members()).fold(self, |builder, (name, member)| {
            match member {
                Some(number) => builder.cell(name, 0, &number.to_string()),
                None => builder,
            }
        })
    }

    fn check(&mut self, result: Result<(), BuildErrorKind>) {
        if let (None, Err(kind)) = (self.error, result) {
            self.error = Some(BuildError { kind });
        }
    }

    /// Returns the reply.
    ///
    /// # Errors
    ///
    /// * a CR or LF in a name or a value;
    /// * a blank at either end of a value or a field name, which would be trimmed;
    /// * a field name that is empty, holds `=`, begins with `property[`, or is `code` or
    ///   `description`;
    /// * a column name that holds `]`;
    /// * a field or a cell that is given twice;
    /// * a text of 4 GiB or more.
    pub fn build(self) -> Result<Response<'static>, BuildError> {
        const ANY_SIZE: Limits = Limits {
            bytes: u32::MAX,
            lines: u32::MAX,
            columns: u32::MAX,
            fields: u32::MAX,
            cells: u32::MAX,
            row: u32::MAX,
            holes: u64::MAX,
        };
        if let Some(error) = self.error {
            return Err(error);
        }
        let Self { code, description, fields, cells, .. } = self;
        let text = alloc::format!(
            "[RESPONSE]\ncode = {code}\ndescription = {description}\n{fields}{cells}EOF\n"
        );
        let response = Parser::new().limits(ANY_SIZE).parse(text).map_err(|error| {
            debug_assert_eq!(error.kind(), ErrorKind::ByteLimit, "every line was checked");
            BuildError { kind: BuildErrorKind::TooLong }
        })?;
        let twice = |kind| matches!(kind, NoteKind::DuplicateCell | NoteKind::DuplicateField);
        if response.notes().iter().any(|note| twice(note.kind())) {
            return Err(BuildError { kind: BuildErrorKind::Duplicate });
        }
        Ok(response)
    }
}

impl fmt::Debug for ResponseBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBuilder").field("code", &self.code.as_u16()).finish_non_exhaustive()
    }
}

fn check_value(value: &str) -> Result<(), BuildErrorKind> {
    if value.contains(['\r', '\n']) {
        Err(BuildErrorKind::LineBreak)
    } else if trim(value) != value {
        Err(BuildErrorKind::OuterBlank)
    } else {
        Ok(())
    }
}

fn check_field_name(name: &str) -> Result<(), BuildErrorKind> {
    check_value(name)?;
    let reserved = eq_name(name, "code")
        || eq_name(name, "description")
        || property::strip_property_prefix(name).is_some();
    if name.is_empty() || name.contains('=') || reserved {
        return Err(BuildErrorKind::FieldName);
    }
    Ok(())
}

fn check_column_name(name: &str) -> Result<(), BuildErrorKind> {
    if name.contains(['\r', '\n']) {
        Err(BuildErrorKind::LineBreak)
    } else if name.contains(']') {
        Err(BuildErrorKind::ColumnName)
    } else {
        Ok(())
    }
}

/// Why a reply can't be built. It never holds a name or a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BuildError {
    kind: BuildErrorKind,
}

impl BuildError {
    /// Returns what was wrong.
    #[must_use]
    pub const fn kind(&self) -> BuildErrorKind {
        self.kind
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            BuildErrorKind::ColumnName => "column name with `]`",
            BuildErrorKind::Duplicate => "field or cell given twice",
            BuildErrorKind::FieldName => "not the name of a field",
            BuildErrorKind::LineBreak => "line break in a name or value",
            BuildErrorKind::OuterBlank => "leading or trailing whitespace in a name or value",
            BuildErrorKind::TooLong => "reply of 4 GiB or more",
        })
    }
}

impl core::error::Error for BuildError {}

/// The kinds of [`BuildError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BuildErrorKind {
    /// A column name holds `]`, which would end it.
    ColumnName,
    /// A field or a cell is given twice, compared case-insensitively.
    Duplicate,
    /// A field name is empty, holds `=`, begins with `property[`, or is `code` or `description`.
    FieldName,
    /// A name or a value holds CR or LF.
    LineBreak,
    /// A value or a field name begins or ends with SP or TAB.
    OuterBlank,
    /// The text would be 4 GiB long or longer.
    TooLong,
}
