//! Conversions to and from the types of other crates, each behind the feature of its name, and of
//! the standard library.

#[cfg(feature = "arbitrary")]
mod arbitrary;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "rust_decimal")]
mod rust_decimal;
#[cfg(feature = "std")]
mod system_time;
#[cfg(feature = "time")]
mod time;
