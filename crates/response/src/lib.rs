#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
// The first definition of a link holds: these here, and in the file by itself those at its end.
//! [other SDKs]: coming_from
//! [recipes]: cookbook
#![doc = include_str!("../README.md")]

extern crate alloc;
#[cfg(any(test, feature = "std"))]
extern crate std;

mod build_error;
mod builder;
mod cell;
mod code;
#[cfg(doc)]
pub mod coming_from;
mod convert;
#[cfg(doc)]
pub mod cookbook;
#[cfg(feature = "serde")]
pub mod de;
mod encode;
mod error;
mod fields;
mod index;
mod limits;
mod line;
mod mask;
mod note;
mod page;
mod pager;
mod parse;
mod redacted;
mod response;
mod response_error;
#[cfg(feature = "serde")]
mod ser;
mod span;
mod stream;
mod table;
#[cfg(test)]
mod test_steps;

pub use crate::build_error::{BuildError, BuildErrorKind};
pub use crate::builder::ResponseBuilder;
pub use crate::cell::date::{Date, InvalidDate};
pub use crate::cell::date_time::{DateTime, InvalidDateTime};
pub use crate::cell::seconds::{InvalidSeconds, Seconds};
pub use crate::code::{Availability, Code, CodeClass, InvalidCode};
#[cfg(feature = "serde")]
pub use crate::de::error::{DeserializeError, DeserializeErrorKind};
#[cfg(feature = "serde")]
pub use crate::de::rows::DeserializeRows;
pub use crate::encode::Encoded;
pub use crate::error::{ErrorKind, ParseError};
pub use crate::fields::Fields;
pub use crate::limits::Limits;
pub use crate::line::{Line, LineKind, Lines, SkipReason};
pub use crate::note::{Note, NoteKind, PropertyFault};
pub use crate::page::Page;
pub use crate::pager::Pager;
pub use crate::pager::pages::Pages;
pub use crate::pager::rows::{ListRows, OwnedRow};
pub use crate::pager::step::{IncompleteReason, PagerStep};
pub use crate::parse::buffers::Buffers;
pub use crate::parse::{Encoding, Parser};
pub use crate::redacted::Redacted;
pub use crate::response::Response;
pub use crate::response_error::ResponseError;
pub use crate::stream::Responses;
#[cfg(feature = "tokio-util")]
pub use crate::stream::codec::{CodecError, ResponseCodec};
pub use crate::stream::decoder::FrameDecoder;
pub use crate::table::cell_spans::CellSpans;
pub use crate::table::column::{Cells, Column, ColumnIter, ColumnValues};
pub use crate::table::repeated::{Repeated, RepeatedCell};
pub use crate::table::row::{Row, RowCells, Rows};
pub use crate::table::values::Values;
pub use crate::table::{Columns, Table};
pub use cnic_text::{Position, Redaction};

/// Not part of the API: exempt from semantic versioning.
// The oracle `response_prediction`, the tests and the fuzz target compare the two paths of a
// parser. They are packages of their own, so `cfg(test)` does not reach them, and a feature would
// be turned on for all dependents by one of them.
#[doc(hidden)]
pub mod __private {
    pub use crate::parse::without_prediction;
}
