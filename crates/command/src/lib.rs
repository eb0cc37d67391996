#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
// The first definition of a link holds: these here, and in the file by itself those at its end.
//! [recipes]: cookbook
#![doc = include_str!("../README.md")]

extern crate alloc;
#[cfg(any(feature = "std", test))]
extern crate std;

mod build_error;
mod change;
mod command;
mod convert;
#[cfg(doc)]
pub mod cookbook;
#[cfg(feature = "serde")]
pub mod de;
mod encode;
mod error;
pub mod form;
mod limits;
mod parameters;
mod parse;
mod redacted;
#[cfg(feature = "serde")]
mod ser;
mod series;
mod stream;
mod tags;
#[cfg(test)]
mod test_steps;

pub use crate::build_error::{BuildError, BuildErrorKind};
pub use crate::change::Change;
pub use crate::command::Command;
#[cfg(feature = "serde")]
pub use crate::de::error::{DeserializeError, DeserializeErrorKind};
#[cfg(feature = "serde")]
pub use crate::de::from_command::from_command;
pub use crate::encode::Encoded;
pub use crate::error::{ErrorKind, ParseError};
pub use crate::form::{Credentials, Form};
pub use crate::limits::Limits;
pub use crate::parameters::iter::Parameters;
pub use crate::parse::Parser;
pub use crate::redacted::Redacted;
#[cfg(feature = "serde")]
pub use crate::ser::{SerializeError, SerializeErrorKind, to_command};
pub use crate::series::Series;
pub use crate::series::chunks::Chunks;
pub use crate::series::iter::{SeriesIter, SeriesValues};
pub use crate::stream::Commands;
#[cfg(feature = "tokio-util")]
pub use crate::stream::codec::{CodecError, CommandCodec};
pub use crate::stream::decoder::FrameDecoder;
pub use crate::tags::family::{InvalidTagFamily, TagFamily, TagKind};
pub use crate::tags::rules::{Violation, ViolationKind};

pub use cnic_text::{Position, Redaction, Sink};
