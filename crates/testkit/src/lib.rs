//! What the tests, fuzz targets and benches of the workspace share.
//!
//! So far that is the loader of the fixtures in `testdata/`, an allocator that counts, and the oracles of replies and commands.
//! Strategies that make structured input, and the oracles of registrations, will come.

pub mod corpus;
pub mod counting;
pub mod oracle;

/// The examples of the workspace's README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
