//! The values of fields, read by `FromStr` and written by `Display`.

pub(crate) mod amount;
pub(crate) mod handle;
pub(crate) mod host;
pub(crate) mod ipv6;
pub(crate) mod label;
pub(crate) mod ldh;
pub(crate) mod name_server;
pub(crate) mod period;
pub(crate) mod rule;
#[cfg(feature = "serde")]
mod scalar;
pub(crate) mod suffix;
pub(crate) mod suffix_set;
mod text;
