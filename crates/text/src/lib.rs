#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![doc = include_str!("../README.md")]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

pub mod blanks;
mod byte_set;
#[cfg(feature = "std")]
mod codec_error;
#[cfg(feature = "miette")]
mod diagnostic;
pub mod digits;
pub mod form;
pub mod frame;
mod kind;
mod line_ends;
mod line_run;
mod located;
mod position;
#[cfg(feature = "serde")]
pub mod scalar;
mod secret;
pub mod simd;
mod sink;

pub use crate::byte_set::ByteSet;
#[cfg(feature = "std")]
pub use crate::codec_error::CodecError;
pub use crate::line_ends::LineEnds;
pub use crate::line_run::LineRun;
pub use crate::located::{Kind, Located};
pub use crate::position::{LineFinder, Position, Span, to_u32, to_usize};
pub use crate::secret::{MASK, Redaction};
pub use crate::sink::Sink;
