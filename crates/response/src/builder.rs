//! Building responses: for servers, mocks and tests.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Write};

use cnic_text::blanks::trim;
use cnic_text::{Span, to_usize};

use crate::build_error::{BuildError, BuildErrorKind};
use crate::code::Code;
use crate::index::folding::eq_name;
use crate::index::names::NameIndex;
use crate::limits::Limits;
use crate::line::property;
use crate::page::Page;
use crate::parse::Parser;
use crate::response::Response;
use crate::span::narrow;

/// Builds a [`Response`] and its text: the inverse of [`Response::parse`].
///
/// Values that would not survive a round trip are rejected, never changed. The first error is kept
/// and returned by [`build`](Self::build) and [`to_text`](Self::to_text).
///
/// There is no `Display`, because it could not report what is wrong.
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
/// let text = response.as_str();
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
    field_names: Names,
    cells: String,
    column_names: Names,
    /// The column and the row of every cell.
    places: Vec<(u32, u32)>,
    has_duplicate_field: bool,
    /// The row of the next [`row`](Self::row).
    rows: u32,
    error: Option<BuildError>,
}

impl ResponseBuilder {
    /// Creates a builder with a code. The description is the code's [meaning](Code::meaning) until
    /// it is set.
    ///
    /// ```
    /// # use cnic_response::{Code, ResponseBuilder};
    /// let response = ResponseBuilder::new(Code::ENTITY_NOT_FOUND).build()?;
    /// assert_eq!(response.as_str(), "[RESPONSE]\ncode = 545\ndescription = Entity reference not found\nEOF\n");
    /// # Ok::<(), cnic_response::BuildError>(())
    /// ```
    pub fn new(code: Code) -> Self {
        Self {
            code,
            description: code.meaning().unwrap_or_default().to_string(),
            fields: String::new(),
            field_names: Names::default(),
            cells: String::new(),
            column_names: Names::default(),
            places: Vec::new(),
            has_duplicate_field: false,
            rows: 0,
            error: None,
        }
    }

    /// Sets the description: `description = Entity reference not found`.
    ///
    /// ```
    /// # use cnic_response::{Code, ResponseBuilder};
    /// let response = ResponseBuilder::new(Code::INVALID_ATTRIBUTE_VALUE)
    ///     .description("Invalid attribute value; DOMAIN")
    ///     .build()?;
    /// assert_eq!(response.detail(), Some("DOMAIN"));
    /// # Ok::<(), cnic_response::BuildError>(())
    /// ```
    pub fn description(mut self, description: &str) -> Self {
        if self.accepts(check_value(description)) {
            self.description = description.to_string();
        }
        self
    }

    /// Adds a top-level field: `runtime = 0.012`, `PENDING = 1`.
    ///
    /// ```
    /// # use cnic_response::{Code, ResponseBuilder};
    /// let response = ResponseBuilder::new(Code::COMPLETED).field("PENDING", "1").build()?;
    /// assert!(response.is_pending());
    /// # Ok::<(), cnic_response::BuildError>(())
    /// ```
    pub fn field(mut self, name: &str, value: &str) -> Self {
        let checked = check_field_name(name).and_then(|()| check_value(value));
        if self.accepts(checked.and_then(|()| check_len(&self.fields, name, value))) {
            let known = self.field_names.add(name, &self.fields, 0);
            self.has_duplicate_field |= known.is_err();
            self.fields.extend([name, " = ", value, "\n"]);
        }
        self
    }

    /// Adds a cell: `property[column][row] = value`.
    ///
    /// ```
    /// # use cnic_response::{Code, ResponseBuilder};
    /// let response = ResponseBuilder::new(Code::COMPLETED).cell("nameserver", 2, "ns3.example").build()?;
    /// assert_eq!(response.column("nameserver").map(|column| column.height()), Some(3));
    /// # Ok::<(), cnic_response::BuildError>(())
    /// ```
    pub fn cell(mut self, column: &str, row: u32, value: &str) -> Self {
        let checked = check_column_name(column)
            .and_then(|()| check_value(value))
            .and_then(|()| check_row(row));
        if self.accepts(checked.and_then(|()| check_len(&self.cells, column, value))) {
            let number = self.column_names.add(column, &self.cells, "property[".len());
            self.places.push((number.unwrap_or_else(|known| known), row));
            writeln!(self.cells, "property[{column}][{row}] = {value}")
                .expect("a string takes any text");
        }
        self
    }

    /// Adds the cells of a column, from row 0.
    ///
    /// ```
    /// # use cnic_response::{Code, ResponseBuilder};
    /// let hosts = ["ns1.example", "ns2.example"];
    /// let response = ResponseBuilder::new(Code::COMPLETED).column("nameserver", hosts).build()?;
    /// assert_eq!(response.get("nameserver", 1), Some("ns2.example"));
    /// # Ok::<(), cnic_response::BuildError>(())
    /// ```
    pub fn column<V: AsRef<str>>(self, name: &str, values: impl IntoIterator<Item = V>) -> Self {
        (0..)
            .zip(values)
            .fold(self, |builder, (row, value)| builder.cell(name, row, value.as_ref()))
    }

    /// Adds the next row, as pairs of column and value: the first call is row 0, the second row 1.
    ///
    /// ```
    /// # use cnic_response::{Code, ResponseBuilder};
    /// let response = ResponseBuilder::new(Code::COMPLETED)
    ///     .row([("domain", "a.example")])
    ///     .row([("domain", "b.example"), ("status", "ACTIVE")])
    ///     .build()?;
    /// assert_eq!((response.get("status", 0), response.get("status", 1)), (None, Some("ACTIVE")));
    /// # Ok::<(), cnic_response::BuildError>(())
    /// ```
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
    ///
    /// ```
    /// # use cnic_response::{Code, Page, ResponseBuilder};
    /// let page = Page::window(10, 1, 5, 11);
    /// let response = ResponseBuilder::new(Code::COMPLETED).row([("domain", "k.example")]).page(page).build()?;
    /// assert_eq!(response.page(), Some(page));
    /// # Ok::<(), cnic_response::BuildError>(())
    /// ```
    pub fn page(self, page: Page) -> Self {
        Page::NAMES.into_iter().zip(page.members()).fold(self, |builder, (name, member)| {
            match member {
                Some(number) => builder.cell(name, 0, &number.to_string()),
                None => builder,
            }
        })
    }

    /// Returns whether nothing has been wrong so far. The first error is kept, and nothing is added
    /// after it.
    fn accepts(&mut self, checked: Result<(), BuildErrorKind>) -> bool {
        if let (None, Err(kind)) = (self.error, checked) {
            self.error = Some(BuildError::new(kind));
        }
        self.error.is_none()
    }

    /// Returns the text of the response: the fields and the cells in the order in which they were
    /// added.
    ///
    /// The text is written without parsing it. Parsing it gives the response that
    /// [`build`](Self::build) returns. [`Response::encode`] writes the same lines, with the cells
    /// column by column.
    ///
    /// ```
    /// use cnic_response::{Code, ResponseBuilder};
    ///
    /// let text = ResponseBuilder::new(Code::COMPLETED)
    ///     .row([("domain", "example.com"), ("status", "ACTIVE")])
    ///     .row([("domain", "example.net")])
    ///     .to_text()?;
    /// assert_eq!(text, "\
    /// [RESPONSE]
    /// code = 200
    /// description = Command completed successfully
    /// property[domain][0] = example.com
    /// property[status][0] = ACTIVE
    /// property[domain][1] = example.net
    /// EOF
    /// ");
    /// # Ok::<(), cnic_response::BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * a CR or LF in a name or a value;
    /// * a blank at either end of a value or a field name, which would be trimmed;
    /// * a field name that is empty, holds `=`, begins with `property[`, or is `code` or
    ///   `description`;
    /// * a column name that holds `]`;
    /// * a field or a cell that is given twice;
    /// * a text of 4 GiB or more;
    /// * the row index `u32::MAX` where `usize` has 32 bits.
    pub fn to_text(&self) -> Result<String, BuildError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let Self { code, description, fields, cells, .. } = self;
        let code = code.as_u16().to_string();
        let pieces = [
            "[RESPONSE]\ncode = ",
            &code,
            "\ndescription = ",
            description,
            "\n",
            fields,
            cells,
            "EOF\n",
        ];
        let is_short = u32::try_from(pieces.map(str::len).iter().sum::<usize>()).is_ok();
        if !is_short {
            return Err(BuildError::new(BuildErrorKind::TooLong));
        }
        if self.has_duplicate_field || self.has_duplicate_cell() {
            return Err(BuildError::new(BuildErrorKind::Duplicate));
        }
        Ok(pieces.concat())
    }

    fn has_duplicate_cell(&self) -> bool {
        let mut places = self.places.clone();
        places.sort_unstable();
        places.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// Returns the response.
    ///
    /// Its text is parsed once, because only the parser decides which columns are metadata, what
    /// the page is and what is noted. [`to_text`](Self::to_text) does not parse.
    ///
    /// ```
    /// # use cnic_response::{BuildErrorKind, Code, ResponseBuilder};
    /// let error = ResponseBuilder::new(Code::COMPLETED).cell("policy", 0, "two\nlines").build().unwrap_err();
    /// assert_eq!(error.kind(), BuildErrorKind::LineBreak);
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`to_text`](Self::to_text).
    #[allow(clippy::missing_panics_doc, reason = "a text of lines that were checked is a response")]
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
        let text = self.to_text()?;
        Ok(Parser::new().limits(ANY_SIZE).parse(text).expect("every line was checked"))
    }
}

/// Distinct names, by their places in the text that they were written to.
#[derive(Clone, Default)]
struct Names {
    index: NameIndex,
    spans: Vec<Span>,
}

impl Names {
    /// Adds a name that is about to be written to the end of `text`, after `prefix` bytes, and
    /// returns its number. `Err`: the number of the same name, which was added before.
    fn add(&mut self, new: &str, text: &str, prefix: usize) -> Result<u32, u32> {
        let number = narrow(self.spans.len());
        let known = |number| self.spans[to_usize(number)].slice(text);
        self.index.add(new, number, known)?;
        let start = narrow(text.len() + prefix);
        self.spans.push(Span { start, end: start + narrow(new.len()) });
        Ok(number)
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

/// Rejects the row with which the number of rows does not fit in `usize`, if that has 32 bits.
const fn check_row(row: u32) -> Result<(), BuildErrorKind> {
    if Limits::fits_row(row) { Ok(()) } else { Err(BuildErrorKind::RowLimit) }
}

/// Rejects a line that leaves the range of the numbers by which a text is indexed.
fn check_len(text: &str, name: &str, value: &str) -> Result<(), BuildErrorKind> {
    const LONGEST_REST: usize = "property[][4294967295] = \n".len();
    let len = [text.len(), name.len(), value.len()]
        .into_iter()
        .try_fold(LONGEST_REST, usize::checked_add);
    let is_short = len.is_some_and(|len| u32::try_from(len).is_ok());
    if is_short { Ok(()) } else { Err(BuildErrorKind::TooLong) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_steps as steps;

    /// Each line that is read is a step at least, and so is each comparison of names.
    #[test]
    fn a_text_is_not_read_again() {
        let mut builder = ResponseBuilder::new(Code::COMPLETED).field("runtime", "0.012");
        for _ in 0..500 {
            builder = builder.row([("domain", "example.com"), ("status", "ACTIVE")]);
        }
        let mut text = String::new();
        let writing = steps::of(|| text = builder.to_text().expect("a text"));
        assert_eq!(writing, 0);
        let parsing = steps::of(|| assert!(Response::parse(&*text).is_ok()));
        let building = steps::of(|| assert!(builder.build().is_ok()));
        assert!(parsing > 0 && building == parsing, "{building} steps, {parsing} to parse once");
    }
}
