#![forbid(unsafe_code)]
#![doc = include_str!("../README.md")]

mod account;
mod answer;
mod domain_check;
mod domain_list;
mod endpoint;
mod error;
mod refusal;
pub mod registry;
mod server;

pub use crate::account::Account;
pub use crate::answer::answer;
pub use crate::endpoint::Endpoint;
pub use crate::error::ClientError;
pub use crate::server::MockServer;
