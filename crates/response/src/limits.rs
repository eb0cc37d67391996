//! How large a response may be.

use cnic_text::to_usize;

/// Limits on the size of a response. A response above a limit is an error.
///
/// A parsed response needs its text plus 8 to 16 bytes per cell (17 if out of order or repeated);
/// parsing needs up to 52 bytes per cell. Row indices make no difference. The limits bound the
/// memory that a hostile peer can make a program use, and [`holes`](Self::holes) bounds what is
/// derived from a table: arrays as long as its columns, CSV, JSON.
///
/// ```
/// use cnic_response::{ErrorKind, Limits, Parser};
///
/// const PARSER: Parser = Parser::new().limits(Limits::DEFAULT.row(99));
///
/// let error = PARSER.parse("code = 200\nproperty[domain][100] = example.com\n").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::RowLimit);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Limits {
    /// The length of the text, in bytes. Default: 1 GiB. No response can be longer than `u32::MAX`,
    /// about 4 GiB.
    pub bytes: u32,
    /// The number of lines, blank ones included. Default: 67,108,864.
    pub lines: u32,
    /// The number of different top-level fields. Default: 65,536.
    pub fields: u32,
    /// The number of different column names. Default: 16,384.
    pub columns: u32,
    /// The number of cells, duplicates included. Default: 33,554,432.
    pub cells: u32,
    /// The largest row index. Default: 9,999,999.
    ///
    /// Where `usize` has 32 bits, `u32::MAX` counts as `u32::MAX - 1`, so that the number of rows
    /// fits.
    pub row: u32,
    /// The number of holes in the table, besides 64 for each of its cells. Default: 262,144.
    ///
    /// Where the data columns are C, the rows R and the cells N, repeated ones left out, the holes
    /// are R × C - N. The names in `property[column][..]` are counted in the same way, as a table
    /// of their own.
    ///
    /// ```
    /// use cnic_response::{ErrorKind, Limits, Parser};
    ///
    /// let text = "code = 200\nproperty[domain][9999999] = example.com\n";
    /// let error = Parser::new().parse(text).unwrap_err();
    /// assert_eq!((error.kind(), error.position().line()), (ErrorKind::HoleLimit, 2));
    ///
    /// let parser = Parser::new().limits(Limits::DEFAULT.holes(10_000_000));
    /// assert_eq!(parser.parse(text)?.row_count(), 10_000_000);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    pub holes: u64,
}

impl Limits {
    /// The default limits.
    pub const DEFAULT: Self = Self {
        bytes: 1 << 30,
        lines: 1 << 26,
        fields: 1 << 16,
        columns: 1 << 14,
        cells: 1 << 25,
        row: 9_999_999,
        holes: 1 << 18,
    };

    /// Returns whether the number of rows of a table with this last row fits in `usize`: always,
    /// but for `u32::MAX` where `usize` has 32 bits.
    pub(crate) const fn fits_row(row: u32) -> bool {
        to_usize(row).checked_add(1).is_some()
    }

    /// The holes that each cell of a table allows.
    pub(crate) const HOLES_PER_CELL: u64 = 64;

    /// Sets [`bytes`](Self::bytes).
    ///
    /// ```
    /// # use cnic_response::{Limits, Parser};
    /// const SMALL: Parser = Parser::new().limits(Limits::DEFAULT.bytes(10_000_000));
    /// assert!(SMALL.parse("code = 200\n").is_ok());
    /// ```
    #[must_use]
    pub const fn bytes(self, bytes: u32) -> Self {
        Self { bytes, ..self }
    }

    /// Sets [`lines`](Self::lines).
    ///
    /// ```
    /// # use cnic_response::{ErrorKind, Limits, Parser};
    /// let parser = Parser::new().limits(Limits::DEFAULT.lines(2));
    /// assert_eq!(parser.parse("code = 200\n\n\n").unwrap_err().kind(), ErrorKind::LineLimit);
    /// ```
    #[must_use]
    pub const fn lines(self, lines: u32) -> Self {
        Self { lines, ..self }
    }

    /// Sets [`fields`](Self::fields).
    #[must_use]
    pub const fn fields(self, fields: u32) -> Self {
        Self { fields, ..self }
    }

    /// Sets [`columns`](Self::columns).
    #[must_use]
    pub const fn columns(self, columns: u32) -> Self {
        Self { columns, ..self }
    }

    /// Sets [`cells`](Self::cells).
    ///
    /// ```
    /// # use cnic_response::{ErrorKind, Limits, Parser};
    /// let parser = Parser::new().limits(Limits::DEFAULT.cells(1));
    /// let error = parser.parse("code = 200\nproperty[a][0] = x\nproperty[a][0] = x\n").unwrap_err();
    /// assert_eq!((error.kind(), error.position().line()), (ErrorKind::CellLimit, 3));
    /// ```
    #[must_use]
    pub const fn cells(self, cells: u32) -> Self {
        Self { cells, ..self }
    }

    /// Sets [`row`](Self::row).
    ///
    /// ```
    /// # use cnic_response::{ErrorKind, Limits, Parser};
    /// let parser = Parser::new().limits(Limits::DEFAULT.row(9_999));
    /// let error = parser.parse("code = 200\nproperty[domain][10000] = example.com\n").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::RowLimit);
    /// ```
    #[must_use]
    pub const fn row(self, row: u32) -> Self {
        Self { row, ..self }
    }

    /// Sets [`holes`](Self::holes).
    #[must_use]
    pub const fn holes(self, holes: u64) -> Self {
        Self { holes, ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
