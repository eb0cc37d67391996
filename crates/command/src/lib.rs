#![no_std]
#![forbid(unsafe_code)]
// The first definition of a link holds: these here, and in the file by itself those at its end.
//! [recipes]: cookbook
#![doc = include_str!("../README.md")]

extern crate alloc;
#[cfg(any(feature = "std", test))]
extern crate std;

mod bytes;
mod change;
mod check;
mod command;
mod commands;
pub mod cookbook;
mod decoder;
#[cfg(feature = "serde")]
mod deserialize;
mod encode;
mod error;
pub mod form;
mod framing;
mod key;
mod limits;
mod parameters;
mod parse;
mod parser;
mod reader;
mod secret;
#[cfg(feature = "serde")]
mod serialize;
mod series;
mod span;
mod tags;
#[cfg(test)]
mod test_steps;
mod transport;
mod utf8;
mod window;

pub use crate::change::Change;
pub use crate::check::{Finding, FindingKind, Sink};
pub use crate::command::Command;
pub use crate::commands::Commands;
pub use crate::decoder::FrameDecoder;
#[cfg(feature = "serde")]
pub use crate::deserialize::{DeserializeError, DeserializeErrorKind, de, from_command};
pub use crate::encode::Encoded;
pub use crate::error::{BuildError, BuildErrorKind, ErrorKind, ParseError, Position};
pub use crate::limits::Limits;
pub use crate::parser::Parser;
pub use crate::secret::Redacted;
#[cfg(feature = "serde")]
pub use crate::serialize::{SerializeError, SerializeErrorKind, to_command};
pub use crate::series::Series;
pub use crate::tags::{TagFamily, TagKind};
pub use cnic_text::Redaction;
