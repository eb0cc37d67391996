#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![doc = include_str!("../README.md")]

pub use cnic_command as command;
pub use cnic_registration as registration;
pub use cnic_response as response;
