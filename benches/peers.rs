//! Other parsers, each on the same table. Every function asserts that its parser finds the table, then makes an entrant of it.

pub(crate) mod floor;
pub(crate) mod grid;
pub(crate) mod json;
pub(crate) mod lines;
pub(crate) mod records;
