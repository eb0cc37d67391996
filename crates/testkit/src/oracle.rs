//! Properties that hold for every input. An oracle panics where one does not.

mod command;
mod response;

pub use self::command::{command, form};
pub use self::response::response;
