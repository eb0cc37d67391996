#![no_std]
#![forbid(unsafe_code)]
// The first definition of a link holds: these here, and in the file by itself those at its end.
//! [recipes]: cookbook
#![doc = include_str!("../README.md")]

extern crate alloc;

mod amount;
pub mod cookbook;
mod described;
mod draft;
mod error;
mod field;
mod form;
mod handle;
mod host;
mod ipv6;
mod label;
mod ldh;
mod limits;
mod lines;
mod lint;
mod name_server;
mod parser;
mod period;
mod policy;
mod receipt;
mod registration;
mod rule;
mod sink;
mod source;
mod suffix;
mod suffix_list;
mod unknown;
mod violation;

pub use crate::amount::Amount;
pub use crate::described::Described;
pub use crate::draft::Draft;
pub use crate::error::{ErrorKind, ParseError, Position};
pub use crate::field::Field;
pub use crate::form::Body;
pub use crate::handle::Handle;
pub use crate::host::Host;
pub use crate::label::Label;
pub use crate::limits::Limits;
pub use crate::lint::{Lint, LintKind};
pub use crate::name_server::{NameServer, Spelled, Spelling};
pub use crate::parser::Parser;
pub use crate::period::Period;
pub use crate::policy::Policy;
pub use crate::receipt::Receipt;
pub use crate::registration::Registration;
pub use crate::rule::{Invalid, Rule};
pub use crate::sink::Sink;
pub use crate::suffix::{SUFFIX_SNAPSHOT, Suffix, SuffixSet, Suffixes};
pub use crate::unknown::Unknown;
pub use crate::violation::{Message, Violation, Violations};
