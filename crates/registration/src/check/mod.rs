//! The checks of a registration: its rules, and lints on a valid one.

pub(crate) mod described;
pub(crate) mod lint;
pub(crate) mod policy;
pub(crate) mod violation;
