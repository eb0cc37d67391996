//! The integration tests of the command line, in one binary.

#[cfg(feature = "parquet")]
mod archive;
mod cli;
mod command_corpus;
#[cfg(unix)]
mod completions;
mod diff;
#[cfg(unix)]
mod help;
mod inputs;
mod many;
#[cfg(all(feature = "mock", unix))]
mod mock;
mod outputs;
#[cfg(unix)]
mod pager;
mod response_corpus;
mod rows;
#[cfg(unix)]
mod signals;
mod stream;
#[cfg(unix)]
mod terminal;
mod toolkit;
