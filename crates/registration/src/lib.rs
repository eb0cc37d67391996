//! Toolkit registrations. Nothing is here yet.
//!
//! This crate will validate and encode a Toolkit `register` form and read the reply to it.
#![no_std]
#![forbid(unsafe_code)]
