//! Properties that hold for every input. An oracle panics where one does not.

mod cell;
mod command;
mod command_lines;
mod command_roundtrip;
mod command_stream;
mod deserialize;
mod pager;
mod prediction;
mod registration;
mod response;
mod response_roundtrip;
mod stream;
mod text;

pub use self::cell::cell;
pub use self::command::{command, form};
pub use self::command_roundtrip::command_roundtrip;
pub use self::command_stream::command_stream;
pub use self::deserialize::response_deserialize;
pub use self::pager::pager;
pub use self::prediction::response_prediction;
pub use self::registration::{name_server, receipt, registration};
pub use self::response::{response, response_differential};
pub use self::response_roundtrip::response_roundtrip;
pub use self::stream::response_stream;

/// A property of any bytes: it panics where it does not hold.
pub type Oracle = fn(&[u8]);

/// Every oracle, under the name of the fuzz target that drives it.
pub const ALL: [(&str, Oracle); 15] = [
    ("cell", cell),
    ("command_form", form),
    ("command_parse", command),
    ("command_roundtrip", command_roundtrip),
    ("command_stream", command_stream),
    ("nameserver", name_server),
    ("pager", pager),
    ("receipt", receipt),
    ("registration_form", registration),
    ("response_deserialize", response_deserialize),
    ("response_differential", response_differential),
    ("response_parse", response),
    ("response_prediction", response_prediction),
    ("response_roundtrip", response_roundtrip),
    ("response_stream", response_stream),
];
