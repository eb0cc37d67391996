//! How large a reply may be.

/// How large a reply may be before it is refused.
///
/// Besides its text a reply takes 8 to 16 bytes for each cell (17 for a cell that is out of order), and up to 52 while it is read,
/// whatever its row indices are. The limits bound what a hostile peer can make a program hold; the largest row also bounds what walking
/// the rows of a sparse table can cost.
///
/// ```
/// use cnic_response::{ErrorKind, Limits, Parser};
///
/// let mut limits = Limits::DEFAULT;
/// limits.row = 99;
/// let parser = Parser::new().limits(limits);
/// let error = parser.parse("code = 200\nproperty[domain][100] = example.com\n").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::RowLimit);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Limits {
    /// The length of the text, in bytes. Default: 1 GiB. No reply can be longer than `u32::MAX`, about 4 GiB.
    pub bytes: u32,
    /// The number of lines, blank ones included. Default: 67,108,864.
    pub lines: u32,
    /// The number of different column names. Default: 16,384.
    pub columns: u32,
    /// The number of cells, duplicates included. Default: 33,554,432.
    pub cells: u32,
    /// The largest row index. Default: 9,999,999.
    pub row: u32,
}

impl Limits {
    /// The limits of a [`Parser`](crate::Parser) that is told nothing else.
    pub const DEFAULT: Self =
        Self { bytes: 1 << 30, lines: 1 << 26, columns: 1 << 14, cells: 1 << 25, row: 9_999_999 };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
