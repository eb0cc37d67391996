//! The integration tests of registrations, in one binary.

mod api;
mod cost;
mod policy;
mod properties;
mod readings;
mod receipts;
mod rulings;
mod secrets;
mod suffixes;
mod tables;
mod util;
mod values;

use cnic_testkit::counting::Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting::new();
