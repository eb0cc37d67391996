// The first definition of a link holds: these here, and in the file by itself those at its end.
//! [`Command::chunks`]: crate::Command::chunks
//! [`Command::redacted`]: crate::Command::redacted
//! [`Command::set_change`]: crate::Command::set_change
//! [`Command::set_series`]: crate::Command::set_series
//! [`Command::set_tags`]: crate::Command::set_tags
//! [`Credentials`]: crate::form::Credentials
//! [`Form`]: crate::form::Form
//! [`empty_as_none`]: ../de/fn.empty_as_none.html
//! [`query_span`]: crate::form::query_span
//! [registrations]: ../../cnic_registration/cookbook/index.html
//! [responses]: ../../cnic_response/cookbook/index.html
#![doc = include_str!("cookbook.md")]
