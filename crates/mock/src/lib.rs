#![forbid(unsafe_code)]
#![doc = include_str!("../README.md")]

mod account;
mod answer;
mod api;
mod builder;
mod clock;
mod dialect;
mod http;
mod outcome;
mod received;
mod script;
mod server;
mod session;
mod toolkit;

pub use crate::account::Account;
pub use crate::account::domain::Domain;
pub use crate::account::zone::Zone;
pub use crate::builder::MockServerBuilder;
pub use crate::received::Received;
pub use crate::script::answer::Answer;
pub use crate::script::case::{Case, on};
pub use crate::server::MockServer;

pub use cnic_command as command;
pub use cnic_registration as registration;
pub use cnic_response as response;
