#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
// The first definition of a link holds: these here, and in the file by itself those at its end.
//! [recipes]: cookbook
#![doc = include_str!("../README.md")]

extern crate alloc;

mod check;
mod convert;
#[cfg(doc)]
pub mod cookbook;
mod draft;
mod error;
mod field;
mod form;
mod limits;
mod lines;
mod pairs;
mod parser;
mod receipt;
mod registration;
#[cfg(feature = "serde")]
mod ser;
mod source;
mod suffix_list;
mod unknown;
mod value;

pub use crate::check::described::Described;
pub use crate::check::lint::{Lint, LintKind};
pub use crate::check::policy::Policy;
pub use crate::check::violation::{Message, Violation, Violations};
pub use crate::draft::{Draft, RawNameServers};
pub use crate::error::{ErrorKind, ParseError};
pub use crate::field::Field;
pub use crate::form::Body;
pub use crate::limits::Limits;
pub use crate::pairs::Pairs;
pub use crate::parser::Parser;
pub use crate::receipt::{Receipt, ReceiptFields, ReceiptValues};
pub use crate::registration::Registration;
pub use crate::unknown::Unknown;
pub use crate::value::amount::Amount;
pub use crate::value::handle::Handle;
pub use crate::value::host::Host;
pub use crate::value::label::Label;
pub use crate::value::name_server::{FormattedNameServer, NameServer, NameServerFormat};
pub use crate::value::period::Period;
pub use crate::value::rule::{InvalidValue, Rule};
pub use crate::value::suffix::Suffix;
pub use crate::value::suffix_set::{AllowedSuffixes, SuffixIter, SuffixSet};
pub use cnic_text::{Position, Sink};
