// The first definition of a link holds: these here, and in the file by itself those at its end.
//! [`Draft::describe`]: crate::Draft::describe
//! [`Draft::from_form`]: crate::Draft::from_form
//! [`Draft::span`]: crate::Draft::span
//! [`Policy::check`]: crate::Policy::check
//! [`Policy::validate`]: crate::Policy::validate
//! [`Receipt`]: crate::Receipt
//! [`Registration::lint`]: crate::Registration::lint
//! [`Sink`]: crate::Sink
//! [`SuffixSet`]: crate::SuffixSet
//! [commands]: ../../cnic_command/cookbook/index.html
//! [names in Unicode]: #take-names-in-unicode
//! [responses]: ../../cnic_response/cookbook/index.html
#![doc = include_str!("cookbook.md")]
#![cfg_attr(feature = "idn", doc = include_str!("cookbook/names_in_unicode.md"))]
