//! Properties that hold for every input. An oracle panics where one does not.

mod command;
mod registration;
mod response;

pub use self::command::{command, form};
pub use self::registration::{name_server, receipt, registration};
pub use self::response::{response, response_differential};
