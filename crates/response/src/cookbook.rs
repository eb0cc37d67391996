// The first definition of a link holds: these here, and in the file by itself those at its end.
//! [`Availability::of_cell`]: crate::Availability::of_cell
//! [`Column::join`]: crate::Column::join
//! [`FrameDecoder`]: crate::FrameDecoder
//! [`IncompleteReason`]: crate::IncompleteReason
//! [`Page::window`]: crate::Page::window
//! [`Pager`]: crate::Pager
//! [`Response::into_result`]: crate::Response::into_result
//! [`ResponseBuilder`]: crate::ResponseBuilder
//! [`Responses`]: crate::Responses
//! [commands]: ../../cnic_command/cookbook/index.html
//! [registrations]: ../../cnic_registration/cookbook/index.html
//! [typed rows]: #typed-rows
#![doc = include_str!("cookbook.md")]
#![cfg_attr(feature = "serde", doc = include_str!("cookbook/typed_rows.md"))]
