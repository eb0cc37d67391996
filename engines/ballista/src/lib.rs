#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod address;
pub mod client;
pub mod executor;
mod functions;
mod logger;
mod output;
mod run;
pub mod scheduler;
pub mod sql;

pub use crate::address::{Address, InvalidAddress};
pub use crate::client::{Client, ClientError, Rows};
pub use crate::output::Format;
