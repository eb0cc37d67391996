#![forbid(unsafe_code)]
#![doc = include_str!("../README.md")]

mod functions;
mod table;

pub use crate::functions::{functions, register};
pub use crate::table::ResponseTable;
pub use crate::table::function::register_table_function;
pub use crate::table::options::TableOptions;
