//! What the cnic crates are measured on, and beside what.
//!
//! [`inputs`] names the responses. [`responses`], [`commands`] and [`registrations`] hold what runs on them, ours and others'. The
//! criterion groups and the program `compare` time the same [`Entrant`]s; the README tells how to run them.

pub mod commands;
mod domain;
mod entrant;
pub mod inputs;
mod peers;
pub mod registrations;
pub mod responses;
pub mod streams;

pub use self::entrant::Entrant;
pub use self::inputs::Input;
