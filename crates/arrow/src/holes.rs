//! How many nulls a batch may have because its responses have different columns.

/// The rows and cells of the responses of a batch so far.
///
/// Responses of one row, each with a column of its own, would make a batch as wide as it is long:
/// its memory would grow with the square of what was pushed. So such nulls are limited, like the
/// holes of a table by default ([`Limits::holes`](cnic_response::Limits::holes)).
#[derive(Clone, Copy, Default)]
pub(crate) struct Holes {
    /// The rows of each response times its columns.
    area: u128,
    cells: u128,
}

impl Holes {
    /// How many there may be besides those that the cells allow.
    const BASE: u128 = 1 << 18;
    /// How many each cell allows.
    const PER_CELL: u128 = 64;

    /// Returns these with a response that has so many rows, columns and cells.
    pub(crate) fn with(self, rows: usize, columns: usize, cells: usize) -> Self {
        Self { area: self.area + product(rows, columns), cells: self.cells + wide(cells) }
    }

    /// Returns whether a batch of this size has more nulls than it may.
    pub(crate) fn exceed(self, rows: usize, columns: usize) -> bool {
        let holes = product(rows, columns).saturating_sub(self.area);
        holes > Self::BASE + Self::PER_CELL * self.cells
    }
}

fn product(rows: usize, columns: usize) -> u128 {
    wide(rows) * wide(columns)
}

const fn wide(n: usize) -> u128 {
    n as u128 // lossless: no pointer is wider
}
