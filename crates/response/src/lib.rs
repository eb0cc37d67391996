#![no_std]
#![forbid(unsafe_code)]
// The first definition of a link holds: these here, and in the file by itself those at its end.
//! [other SDKs]: coming_from
//! [recipes]: cookbook
#![doc = include_str!("../README.md")]

extern crate alloc;
#[cfg(any(test, feature = "std"))]
extern crate std;

mod buffers;
mod builder;
mod code;
pub mod coming_from;
pub mod cookbook;
mod date;
mod date_time;
mod decoder;
#[cfg(feature = "serde")]
mod deserialize;
mod encode;
mod envelope;
mod equality;
mod error;
mod fraction;
mod framing;
mod grid;
mod holes;
mod limits;
mod lines;
mod loose;
mod mask;
mod metadata;
mod names;
mod note;
mod options;
mod page;
mod pager;
mod parser;
mod predict;
mod property;
mod read;
mod redacted;
mod repeated;
mod reply;
mod response;
mod responses;
mod seconds;
mod sequence;
#[cfg(feature = "serde")]
mod serialize;
mod table;
#[cfg(test)]
mod test_steps;
mod values;

pub use crate::buffers::Buffers;
pub use crate::builder::{BuildError, BuildErrorKind, ResponseBuilder};
pub use crate::code::{Availability, Class, Code, InvalidCode};
pub use crate::date::{Date, InvalidDate};
pub use crate::date_time::{DateTime, InvalidDateTime};
pub use crate::decoder::FrameDecoder;
#[cfg(feature = "serde")]
pub use crate::deserialize::{DeserializeError, DeserializeErrorKind, DeserializeRows, de};
pub use crate::encode::Encoded;
pub use crate::error::{ErrorKind, ParseError};
pub use crate::limits::Limits;
pub use crate::lines::{Line, LineKind, Lines};
pub use crate::note::{Note, NoteKind, PropertyFault};
pub use crate::page::Page;
pub use crate::pager::{Incomplete, Pager, Step};
pub use crate::parser::{Encoding, Parser};
pub use crate::redacted::Redacted;
pub use crate::repeated::{Repeated, RepeatedCell};
pub use crate::response::Response;
pub use crate::responses::Responses;
pub use crate::seconds::{InvalidSeconds, Seconds};
pub use crate::table::{Column, Row, Rows, Table};
pub use crate::values::Values;
pub use cnic_text::{Position, Redaction};
