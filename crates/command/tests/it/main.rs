//! The integration tests of commands, in one binary.

mod api;
mod changes;
mod commands;
mod convert;
mod cost;
mod decisions;
mod decoder;
#[cfg(feature = "serde")]
mod deserialize;
mod encode;
mod expectations;
mod form;
mod headers;
#[cfg(feature = "serde")]
mod leaks;
mod marks;
mod runs;
mod secrets;
#[cfg(feature = "serde")]
mod serde;
mod series;
mod spans;
mod tags;
mod texts;
mod util;

use cnic_testkit::counting::Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting::new();
