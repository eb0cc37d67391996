//! What is checked: the rules of a registration, and what is odd about one that keeps them.

pub(crate) mod described;
pub(crate) mod lint;
pub(crate) mod policy;
pub(crate) mod violation;
