//! What the tests, fuzz targets and benches of the workspace share.
//!
//! That is the loaders of the fixtures and tables in `testdata/`, generated inputs of any size, an
//! allocator that counts, the oracles, a naive parser, strategies that make structured input, and
//! checks that no secret is shown.

pub mod corpus;
pub mod counting;
pub mod generate;
pub mod naive;
pub mod oracle;
pub mod secret;
pub mod strategy;
pub mod table;

/// The examples of the workspace's README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
