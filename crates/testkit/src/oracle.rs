//! Properties that hold for every input. An oracle panics where one does not.

mod command;
mod registration;
mod response;

pub use self::command::{command, form};
pub use self::registration::{name_server, receipt, registration};
pub use self::response::{response, response_differential};

/// A property of any bytes: it panics where it does not hold.
pub type Oracle = fn(&[u8]);

/// Every oracle, under the name of the fuzz target that drives it.
pub const ALL: [(&str, Oracle); 7] = [
    ("command_form", form),
    ("command_parse", command),
    ("name_server", name_server),
    ("receipt", receipt),
    ("registration_form", registration),
    ("response_differential", response_differential),
    ("response_parse", response),
];
