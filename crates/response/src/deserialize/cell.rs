//! One cell as a value, by the rules of [`Rows::deserialize`](crate::Rows::deserialize); functions for
//! `#[serde(deserialize_with)]`.
//!
//! A reply does not tell a number from a text, and nothing is guessed: the type has to ask. What is behind
//! `#[serde(flatten)]`, `#[serde(untagged)]` or `#[serde(tag)]` does not ask, serde puts it aside as text first. [`value`]
//! makes of it what the type wants.
//!
//! ```
//! # use cnic_response::Response;
//! #[derive(serde::Deserialize)]
//! struct Domain<'r> {
//!     domain: &'r str,
//!     #[serde(flatten)]
//!     renewal: Renewal,
//! }
//!
//! #[derive(serde::Deserialize)]
//! struct Renewal {
//!     #[serde(deserialize_with = "cnic_response::cell::value")]
//!     period: u8,
//!     #[serde(default, deserialize_with = "cnic_response::cell::filled")]
//!     price: Option<f64>,
//! }
//!
//! let text = "code = 200\nproperty[domain][0] = example.com\nproperty[period][0] = 2\nproperty[price][0] =\n";
//! let response = Response::parse(text)?;
//! let row = response.table().row(0).expect("a row");
//! let domain: Domain<'_> = row.deserialize()?;
//! assert_eq!((domain.domain, domain.renewal.period, domain.renewal.price), ("example.com", 2, None));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use core::fmt;
use core::str::FromStr;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::forward_to_deserialize_any;

use super::error::{DeserializeErrorKind, Mismatch};

/// A cell, or a hole.
#[derive(Clone, Copy)]
pub(super) struct Cell<'de>(pub(super) Option<&'de str>);

impl<'de> Cell<'de> {
    pub(super) fn text(self) -> Result<&'de str, Mismatch> {
        self.0.ok_or_else(|| DeserializeErrorKind::MissingCell.into())
    }

    /// Reads a number, all of the cell. A sign `+`, which the types of the standard library take, is not of the protocol.
    fn number<T: FromStr>(self, otherwise: DeserializeErrorKind) -> Result<T, Mismatch> {
        let digits = self.text()?;
        let number = if digits.starts_with('+') { None } else { digits.parse().ok() };
        number.ok_or_else(|| otherwise.into())
    }

    fn boolean(self) -> Result<bool, Mismatch> {
        let text = self.text()?;
        let is = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        if is(["1", "true", "y"]) {
            Ok(true)
        } else if is(["0", "false", "n"]) {
            Ok(false)
        } else {
            Err(DeserializeErrorKind::InvalidBool.into())
        }
    }

    fn character(self) -> Result<char, Mismatch> {
        self.text()?.parse().map_err(|_| DeserializeErrorKind::InvalidChar.into())
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $number:ident;)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            visitor.$visit(self.number::<$number>(DeserializeErrorKind::InvalidInteger)?)
        })+
    };
}

macro_rules! finite_numbers {
    ($($method:ident $visit:ident $number:ident;)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            let number: $number = self.number(DeserializeErrorKind::InvalidFloat)?;
            if !number.is_finite() {
                return Err(DeserializeErrorKind::InvalidFloat.into());
            }
            visitor.$visit(number)
        })+
    };
}

/// A cell is one text; what kind of value it is, the type has to say.
impl<'de> Deserializer<'de> for Cell<'de> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            Some(text) => visitor.visit_borrowed_str(text),
            None => visitor.visit_none(),
        }
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_borrowed_str(self.text()?)
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_borrowed_bytes(self.text()?.as_bytes())
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_bytes(visitor)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.0.is_some() { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_bool(self.boolean()?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_char(self.character()?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_enum(BorrowedStrDeserializer::new(self.text()?))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Mismatch> {
        self.text().and(Err(DeserializeErrorKind::Unstructured.into()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { unit unit_struct }

    numbers! {
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_i128 visit_i128 i128;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
        deserialize_u128 visit_u128 u128;
    }

    finite_numbers! {
        deserialize_f32 visit_f32 f32;
        deserialize_f64 visit_f64 f64;
    }
}

/// Reads a value out of a text by the rules of [cells](self): `2` as a `u8`, `Y` as a `bool`.
///
/// With it even an `Option` needs `#[serde(default)]` where the column may be absent.
///
/// # Errors
///
/// * a text that is not a value of the type, or a hole where the type does not take one: without saying which of the two, and
///   without the column where serde has put the text aside;
/// * what is no text, or an owned one: only the deserializers of this crate are sure to lend it.
pub fn value<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let cell = Cell(deserializer.deserialize_option(TextOrHole)?);
    T::deserialize(cell).map_err(D::Error::custom)
}

/// Reads a value as [`value`] does, and an empty cell as `None`: servers leave a cell empty to say that it is not known.
///
/// The field needs `#[serde(default)]` where the column may be absent.
///
/// ```
/// # use cnic_response::Response;
/// #[derive(serde::Deserialize)]
/// struct Quota {
///     #[serde(default, deserialize_with = "cnic_response::cell::filled")]
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
/// Those of [`value`].
pub fn filled<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let text = deserializer.deserialize_option(TextOrHole)?.filter(|text| !text.is_empty());
    text.map(|text| T::deserialize(Cell(Some(text)))).transpose().map_err(D::Error::custom)
}

/// Takes the text of a cell, or that there is none.
struct TextOrHole;

impl<'de> Visitor<'de> for TextOrHole {
    type Value = Option<&'de str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a cell")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some(text))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}
