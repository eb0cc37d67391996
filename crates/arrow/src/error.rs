//! Errors.

use std::fmt;

use crate::cell_type::CellType;

/// An error of building a batch: its kind, and where it applies the response, the column, the row
/// and the line. It never holds the value of a cell, which may be a password. `Debug` prints what
/// `Display` does.
///
/// ```
/// use cnic_arrow::{BatchOptions, CellType, ErrorKind};
/// use cnic_response::Response;
///
/// let text = "code = 200\nproperty[created][0] = 2027-02-30 00:00:00\n";
/// let mut builder = BatchOptions::new().cell_type("created", CellType::Timestamp).build()?;
/// let error = builder.push(&Response::parse(text)?).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::InvalidCell(CellType::Timestamp));
/// assert_eq!(error.to_string(), "response 0, `created`, row 0: not a timestamp (line 2)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Error {
    details: Box<Details>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Details {
    kind: ErrorKind,
    response: Option<u64>,
    column: Option<Box<str>>,
    row: Option<usize>,
    line: Option<usize>,
}

/// What was wrong.
///
/// ```
/// use cnic_arrow::{BatchOptions, ErrorKind};
///
/// let error = BatchOptions::new().columns(["domain", "Domain"]).build().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::DuplicateColumn);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A cell that is not of the type of its column.
    InvalidCell(CellType),
    /// A response that has rows but lacks a selected column.
    MissingColumn,
    /// A text column whose cells would be longer than 2 GiB together, which is the most that Arrow
    /// takes. [Finish](crate::BatchBuilder::finish) the batch, and push the response again.
    TextLimit,
    /// A batch that would have more nulls than 262,144 plus 64 for each cell, because its responses
    /// have different columns. [Select the columns](crate::BatchOptions::columns), or make a
    /// [long](crate::Layout::Long) batch.
    HoleLimit,
    /// Two columns of one name, such as a column `row` beside the number of the row.
    DuplicateColumn,
    /// A type for a column that the batch does not have.
    UnknownColumn,
    /// A decimal with a precision above 38, or a scale above its precision.
    InvalidType,
    /// Columns or types for a [long](crate::Layout::Long) batch, whose columns and types are fixed.
    LongLayout,
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidCell(cell_type) => {
                let article = if *cell_type == CellType::Integer { "an" } else { "a" };
                write!(f, "not {article} {cell_type}")
            }
            Self::MissingColumn => f.write_str("no such column"),
            Self::TextLimit => f.write_str("more than 2 GiB of text in one column of a batch"),
            Self::HoleLimit => f.write_str("too many nulls in the columns of other responses"),
            Self::DuplicateColumn => f.write_str("two columns of this name"),
            Self::UnknownColumn => f.write_str("a type for a column that is not there"),
            Self::InvalidType => f.write_str("no such decimal type"),
            Self::LongLayout => f.write_str("the columns of a long batch cannot be chosen"),
        }
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind) -> Self {
        let details = Details { kind, response: None, column: None, row: None, line: None };
        Self { details: Box::new(details) }
    }

    pub(crate) fn in_response(mut self, number: u64) -> Self {
        self.details.response = Some(number);
        self
    }

    pub(crate) fn in_column(mut self, name: &str) -> Self {
        self.details.column = Some(name.into());
        self
    }

    pub(crate) fn in_cell(mut self, row: usize, line: usize) -> Self {
        (self.details.row, self.details.line) = (Some(row), Some(line));
        self
    }

    /// Returns whether the batch has no room for the response. The same response can be
    /// [pushed](crate::BatchBuilder::push) again, after the batch was
    /// [finished](crate::BatchBuilder::finish).
    ///
    /// ```
    /// # use cnic_arrow::{BatchOptions, CellType};
    /// # use cnic_response::Response;
    /// let mut builder = BatchOptions::new().cell_type("period", CellType::Integer).build()?;
    /// let error = builder.push(&Response::parse("code = 200\nproperty[period][0] = x\n")?);
    /// assert!(!error.unwrap_err().is_full());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(self.kind(), ErrorKind::TextLimit | ErrorKind::HoleLimit)
    }

    /// Returns what was wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.details.kind
    }

    /// Returns the number of the response among those pushed, from 0.
    ///
    /// ```
    /// # use cnic_arrow::BatchOptions;
    /// # use cnic_response::Response;
    /// let mut builder = BatchOptions::new().columns(["domain"]).build()?;
    /// let error = builder.push(&Response::parse("code = 200\nproperty[zone][0] = com\n")?).unwrap_err();
    /// assert_eq!((error.response(), error.column(), error.row()), (Some(0), Some("domain"), None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn response(&self) -> Option<u64> {
        self.details.response
    }

    /// Returns the name of the column.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        self.details.column.as_deref()
    }

    /// Returns the row in its response, from 0.
    #[must_use]
    pub fn row(&self) -> Option<usize> {
        self.details.row
    }

    /// Returns the line of the cell in its response, from 1.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.details.line
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { kind, response, column, row, line } = &*self.details;
        let mut separator = "";
        if let Some(number) = response {
            write!(f, "response {number}")?;
            separator = ", ";
        }
        if let Some(column) = column {
            // The name came over the wire: it must not move the cursor of a terminal.
            write!(f, "{separator}`{}`", column.escape_debug())?;
            separator = ", ";
        }
        if let Some(row) = row {
            write!(f, "{separator}row {row}")?;
            separator = ", ";
        }
        if !separator.is_empty() {
            f.write_str(": ")?;
        }
        write!(f, "{kind}")?;
        line.map_or(Ok(()), |line| write!(f, " (line {line})"))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Error").field(&format_args!("\"{self}\"")).finish()
    }
}

impl std::error::Error for Error {}
