//! The integration tests of the command line, in one binary.

mod cli;
mod command_corpus;
#[cfg(unix)]
mod help;
mod response_corpus;
mod stream;
mod toolkit;
