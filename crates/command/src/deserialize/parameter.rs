//! A function for `#[serde(deserialize_with)]`: one parameter as a value, by the rules of
//! [`from_command`](crate::from_command).
//!
//! A command does not tell a number from a text, and nothing is guessed: the type has to ask. What is behind
//! `#[serde(flatten)]`, `#[serde(untagged)]` or `#[serde(tag)]` does not ask, serde puts it aside as text first. [`value`]
//! makes of it what the type wants.
//!
//! ```
//! use cnic_command::{Command, from_command};
//!
//! #[derive(serde::Deserialize)]
//! struct AddDomain<'c> {
//!     domain: &'c str,
//!     #[serde(flatten)]
//!     fee: Fee,
//! }
//!
//! #[derive(serde::Deserialize)]
//! struct Fee {
//!     #[serde(rename = "X-FEE-AMOUNT", deserialize_with = "cnic_command::parameter::value")]
//!     amount: f64,
//! }
//!
//! let command = Command::parse("COMMAND=AddDomain\nDOMAIN=example.com\nX-FEE-AMOUNT=12.50")?;
//! let add: AddDomain<'_> = from_command(&command)?;
//! assert_eq!((add.domain, add.fee.amount), ("example.com", 12.5));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use core::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

use super::text::Text;

/// Reads a value out of a text: `2` as a `u8`, `Y` as a `bool`.
///
/// With it even an `Option` needs `#[serde(default)]` where the parameter may be absent.
///
/// # Errors
///
/// * a text that is not a value of the type: without saying more of what was wrong, and without the key where serde has put the
///   text aside;
/// * what is no text, or an owned one: only the deserializers of this crate are sure to lend it.
pub fn value<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let text = deserializer.deserialize_str(LentText)?;
    T::deserialize(Text(Some(text))).map_err(D::Error::custom)
}

/// Takes a text that is lent.
struct LentText;

impl<'de> Visitor<'de> for LentText {
    type Value = &'de str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value of a parameter")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<&'de str, E> {
        Ok(text)
    }
}
