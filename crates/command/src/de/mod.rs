//! Functions for `#[serde(deserialize_with)]`: one parameter as a value, by the rules of
//! [`from_command`](crate::from_command).
//!
//! Values are untyped; the target type decides how to parse them. Inside `#[serde(flatten)]`,
//! `#[serde(untagged)]` or `#[serde(tag)]` serde buffers values as strings: [`from_text`] parses
//! them there. [`empty_as_none`] also reads an empty value as `None`.
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
//!     #[serde(rename = "X-FEE-AMOUNT", deserialize_with = "cnic_command::de::from_text")]
//!     amount: f64,
//! }
//!
//! let command = Command::parse("COMMAND=AddDomain\nDOMAIN=example.com\nX-FEE-AMOUNT=12.50")?;
//! let add: AddDomain<'_> = from_command(&command)?;
//! assert_eq!((add.domain, add.fee.amount), ("example.com", 12.5));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod attempt;
mod command;
pub(crate) mod error;
mod field;
pub(crate) mod from_command;
mod reader;
mod series;

use cnic_text::scalar::TextOrNone;
use serde::de::{Deserialize, Deserializer, Error};

use self::error::Scalar;

/// Reads a value from a text: `2` as a `u8`, `Y` as a `bool`.
///
/// The field needs `#[serde(default)]` where the parameter may be absent, even if it is an
/// `Option`.
///
/// # Errors
///
/// * a text that is not a value of the type; the error has no details, and no key where serde has
///   buffered the text;
/// * a value that is not a borrowed text, as deserializers of other crates may give.
pub fn from_text<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let text = deserializer.deserialize_str(TEXT)?.ok_or_else(|| D::Error::custom("no text"))?;
    T::deserialize(Scalar::new(Some(text))).map_err(D::Error::custom)
}

/// Reads a value as [`from_text`] does, and an empty one as `None`.
///
/// The field needs `#[serde(default)]` where the parameter may be absent.
///
/// ```
/// # use cnic_command::{Command, from_command};
/// #[derive(serde::Deserialize)]
/// struct RenewDomain<'c> {
///     domain: &'c str,
///     #[serde(default, deserialize_with = "cnic_command::de::empty_as_none")]
///     period: Option<u8>,
/// }
///
/// let command = Command::parse("COMMAND=RenewDomain\nDOMAIN=example.com\nPERIOD=")?;
/// let renew: RenewDomain<'_> = from_command(&command)?;
/// assert_eq!((renew.domain, renew.period), ("example.com", None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Those of [`from_text`].
pub fn empty_as_none<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let text = deserializer.deserialize_option(TEXT)?.filter(|text| !text.is_empty());
    text.map(|text| T::deserialize(Scalar::new(Some(text)))).transpose().map_err(D::Error::custom)
}

/// Takes the text of a parameter.
const TEXT: TextOrNone = TextOrNone { expected: "the value of a parameter" };
