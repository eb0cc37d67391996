//! Functions for `#[serde(deserialize_with)]`: a cell as a value, by the rules of
//! [`Rows::deserialize`](crate::Rows::deserialize).
//!
//! Cells are untyped; the target type decides how to parse them. Inside `#[serde(flatten)]`,
//! `#[serde(untagged)]` or `#[serde(tag)]`, serde buffers cells as strings; use these functions to
//! parse them.
//!
//! | Function | `""` | `0000-00-00` | any other cell |
//! |---|---|---|---|
//! | [`from_text`] | parsed | parsed | parsed |
//! | [`empty_as_none`] | `None` | parsed | parsed |
//! | [`zero_date_as_none`] | `None` | `None` | parsed |
//!
//! serde does not call a function for what is absent: a hole, or a column that the response does not
//! have. A field with `deserialize_with` is then an error, even if it is an `Option`, unless it has
//! `#[serde(default)]` too.
//!
//! ```
//! # use cnic_response::Response;
//! use cnic_response::Date;
//!
//! #[derive(serde::Deserialize)]
//! struct Domain<'r> {
//!     domain: &'r str,
//!     #[serde(flatten)]
//!     renewal: Renewal,
//! }
//!
//! #[derive(serde::Deserialize)]
//! struct Renewal {
//!     #[serde(deserialize_with = "cnic_response::de::from_text")]
//!     period: u8,
//!     #[serde(default, deserialize_with = "cnic_response::de::empty_as_none")]
//!     price: Option<f64>,
//!     #[serde(default, deserialize_with = "cnic_response::de::zero_date_as_none")]
//!     deleted: Option<Date>,
//! }
//!
//! let text = "\
//! code = 200
//! property[domain][0] = example.com
//! property[period][0] = 2
//! property[price][0] =
//! property[deleted][0] = 0000-00-00
//! ";
//! let response = Response::parse(text)?;
//! let row = response.table().row(0).expect("a row");
//! let Domain { domain, renewal } = row.deserialize()?;
//! assert_eq!((domain, renewal.period, renewal.price), ("example.com", 2, None));
//! assert_eq!(renewal.deleted, None);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod columns;
pub(crate) mod error;
mod full_row;
mod line_index;
mod message;
mod object;
mod page;
mod row;
pub(crate) mod rows;
mod scalar;

use cnic_text::scalar::TextOrNone;
use serde::de::{Deserialize, Deserializer, Error};

use crate::cell::date::is_zero;
use crate::de::error::Cell;

/// Reads a value out of a text by the rules of [cells](self): `2` as a `u8`, `Y` as a `bool`.
///
/// The field needs `#[serde(default)]` where the column may be absent, even if it is an `Option`.
///
/// # Errors
///
/// * a text that is not a value of the type. The error names no column if serde has buffered the
///   text;
/// * anything but a text that can be borrowed. The deserializers of this crate always lend it; those
///   of other formats may not.
pub fn from_text<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let cell = Cell::new(deserializer.deserialize_option(TEXT)?);
    T::deserialize(cell).map_err(D::Error::custom)
}

/// Reads a value as [`from_text`] does, and an empty cell as `None`: servers leave a cell empty to
/// say that it is not known.
///
/// The field needs `#[serde(default)]` where the column may be absent.
///
/// ```
/// # use cnic_response::Response;
/// #[derive(serde::Deserialize)]
/// struct Quota {
///     #[serde(default, deserialize_with = "cnic_response::de::empty_as_none")]
///     quota: Option<u32>,
/// }
///
/// let response = Response::parse("code = 200\nproperty[quota][0] = 5\nproperty[quota][1] =\n")?;
/// let quotas: Result<Vec<Quota>, _> = response.rows().deserialize().collect();
/// assert_eq!(quotas?.iter().map(|row| row.quota).collect::<Vec<_>>(), [Some(5), None]);
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
    unless(str::is_empty, deserializer)
}

/// Reads a date as [`from_text`] does, and one of zeros or an empty cell as `None`: `0000-00-00`,
/// `0000-00-00 00:00:00` and `0000-00-00 00:00:00.0` stand for no date.
///
/// The type may be a [`Date`](crate::Date), a [`DateTime`](crate::DateTime), a `String`, or a date
/// of another crate. The field needs `#[serde(default)]` where the column may be absent.
///
/// ```
/// # use cnic_response::Response;
/// use cnic_response::DateTime;
///
/// #[derive(serde::Deserialize)]
/// struct Domain {
///     #[serde(default, deserialize_with = "cnic_response::de::zero_date_as_none")]
///     deleted: Option<DateTime>,
/// }
///
/// let text = "\
/// code = 200
/// property[deleted][0] = 0000-00-00 00:00:00
/// property[deleted][1] = 2027-03-01 12:00:00
/// property[deleted][2] =
/// ";
/// let response = Response::parse(text)?;
/// let domains: Result<Vec<Domain>, _> = response.rows().deserialize().collect();
/// let date = DateTime::new(2027, 3, 1, 12, 0, 0)?;
/// assert_eq!(domains?.iter().map(|row| row.deleted).collect::<Vec<_>>(), [None, Some(date), None]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Those of [`from_text`].
pub fn zero_date_as_none<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    unless(|text| text.is_empty() || is_zero(text), deserializer)
}

/// Reads a value, and a hole or a text that stands for nothing as `None`.
fn unless<'de, D, T>(is_none: fn(&str) -> bool, deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let text = deserializer.deserialize_option(TEXT)?.filter(|text| !is_none(text));
    text.map(|text| T::deserialize(Cell::new(Some(text)))).transpose().map_err(D::Error::custom)
}

/// Takes the text of a cell, or that there is none.
const TEXT: TextOrNone = TextOrNone { expected: "the text of a cell" };
