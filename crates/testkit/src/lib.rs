//! What the tests, fuzz targets and benches of the workspace share.
//!
//! So far that is the loader of the fixtures in `testdata/`, and the oracle of replies. The oracles and strategies for commands
//! and registrations will come with their crates.

pub mod corpus;
pub mod oracle;

/// The examples of the workspace's README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
