#![no_std]
#![forbid(unsafe_code)]
#![doc = include_str!("../README.md")]

extern crate alloc;
#[cfg(any(feature = "std", test))]
extern crate std;

mod bytes;
mod check;
mod command;
mod commands;
mod decoder;
mod encode;
mod error;
pub mod form;
mod framing;
mod key;
mod limits;
mod parse;
mod secret;
mod series;
mod tags;
mod window;

pub use crate::check::{Finding, FindingKind, Sink};
pub use crate::command::Command;
pub use crate::commands::Commands;
pub use crate::decoder::FrameDecoder;
pub use crate::encode::Encoded;
pub use crate::error::{BuildError, BuildErrorKind, ErrorKind, ParseError, Position};
pub use crate::limits::Limits;
pub use crate::secret::Redacted;
pub use crate::series::Series;
pub use crate::tags::{TagFamily, TagKind};
