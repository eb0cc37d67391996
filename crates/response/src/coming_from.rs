// The first definition of a link holds: these here, and in the file by itself those at its end.
//! [`Code`]: crate::Code
//! [`Command`]: ../../cnic_command/struct.Command.html
//! [`Credentials`]: ../../cnic_command/form/struct.Credentials.html
//! [`Pager`]: crate::Pager
//! [`Response::from_utf8`]: crate::Response::from_utf8
//! [`ResponseBuilder`]: crate::ResponseBuilder
//! [`Seconds`]: crate::Seconds
//! [recipes for commands]: ../../cnic_command/cookbook/index.html
//! [recipes for responses]: crate::cookbook
#![doc = include_str!("coming_from.md")]
