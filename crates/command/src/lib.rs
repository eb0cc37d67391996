//! Key/value commands. Nothing is here yet.
//!
//! This crate will read and write commands such as `command=QueryDomainList`, as text and as forms, with tag families up to
//! `DomainTag4095`.
#![no_std]
#![forbid(unsafe_code)]
