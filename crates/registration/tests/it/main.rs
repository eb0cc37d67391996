//! The integration tests of registrations, in one binary.

mod api;
mod convert;
mod cost;
mod decisions;
mod expectations;
mod limits;
mod marks;
mod policy;
mod properties;
mod readings;
mod receipts;
mod secrets;
#[cfg(feature = "serde")]
mod serde;
mod spans;
mod suffixes;
mod tables;
mod unknown;
mod util;
mod values;

use cnic_testkit::counting::Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting::new();
