//! The integration tests of the mock server, in one binary.

mod api;
mod changes;
mod clients;
mod dialects;
mod faults;
mod lists;
mod load;
mod script;
mod sessions;
mod toolkit;
mod util;

#[global_allocator]
static ALLOCATOR: util::Peak = util::Peak;
