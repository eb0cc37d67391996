//! One cell as a deserializer.

use core::str::FromStr;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use crate::de::error::{DeserializeErrorKind, Mismatch};

/// A cell, or a hole.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'de>(pub(crate) Option<&'de str>);

impl<'de> Cell<'de> {
    pub(crate) fn text(self) -> Result<&'de str, Mismatch> {
        self.0.ok_or_else(|| DeserializeErrorKind::MissingCell.into())
    }

    /// Reads a number, all of the cell. A sign `+`, which the types of the standard library take,
    /// is not of the protocol.
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
