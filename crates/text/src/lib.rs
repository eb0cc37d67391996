#![no_std]
#![forbid(unsafe_code)]
#![doc = include_str!("../README.md")]

extern crate alloc;

mod secret;

pub use crate::secret::{MASK, Redaction};
