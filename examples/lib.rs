#![forbid(unsafe_code)]
#![doc = include_str!("README.md")]

mod endpoint;
mod error;

pub use crate::endpoint::Endpoint;
pub use crate::error::ClientError;
