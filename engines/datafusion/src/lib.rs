#![forbid(unsafe_code)]
#![doc = include_str!("../README.md")]

mod functions;

pub use crate::functions::{functions, register};
