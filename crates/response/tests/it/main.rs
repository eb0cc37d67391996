//! The integration tests of replies, in one binary.

mod api;
mod builder;
mod cells;
mod code;
mod convert;
mod cost;
mod decisions;
mod decisions_text;
mod decoder;
mod equality;
mod expectations;
mod holes;
mod hostile;
mod limits;
mod matrix;
mod metadata;
mod pager;
mod pages;
mod prediction;
mod redacted;
mod repeated;
mod response_error;
mod responses;
mod secrets;
#[cfg(feature = "serde")]
mod serde_cells;
#[cfg(feature = "serde")]
mod serde_cost;
#[cfg(feature = "serde")]
mod serde_full_rows;
#[cfg(feature = "serde")]
mod serde_object;
#[cfg(feature = "serde")]
mod serde_rows;
#[cfg(feature = "serde")]
mod serde_serialize;
mod spans;
mod util;
mod views;

use cnic_testkit::counting::Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting::new();
