//! One text as a value of a type, by way of serde.

use alloc::boxed::Box;
use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserializer, Error, Expected, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// What is wrong with a text or its type, whatever the text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "matched by the crates that this one is for")]
pub enum Fault {
    /// Two texts match one field.
    DuplicateField,
    /// The text is not a boolean.
    InvalidBool,
    /// The text is not one character.
    InvalidChar,
    /// The text is not a finite decimal number.
    InvalidFloat,
    /// The text is not a decimal integer that the type can hold.
    InvalidInteger,
    /// A tuple or an array is not as long as what it is read from.
    InvalidLength,
    /// The type rejects the value.
    InvalidValue,
    /// There is no text.
    Missing,
    /// A text has no field.
    UnknownField,
    /// The text is not the name of a variant.
    UnknownVariant,
    /// The type is a list, a map or a structure.
    Unstructured,
}

/// The kinds of an error of one crate that has a kind for each [`Fault`].
pub trait FaultKind: Copy + fmt::Debug + fmt::Display {
    /// Returns the kind of a fault.
    fn of(fault: Fault) -> Self;

    /// Returns the kind of the message by which a type rejects a value, if the message is known and
    /// so holds no value.
    fn of_message(_message: &dyn fmt::Display) -> Option<Self> {
        None
    }
}

/// What was wrong, before it is known where. As small as can be, since every value is returned
/// beside it.
#[derive(Debug)]
pub struct Mismatch<K>(Box<(K, Option<&'static str>)>);

impl<K: FaultKind> Mismatch<K> {
    #[cold]
    fn new(kind: K, field: Option<&'static str>) -> Self {
        Self(Box::new((kind, field)))
    }

    /// Returns what was wrong.
    #[must_use]
    pub fn kind(&self) -> K {
        self.0.0
    }

    /// Returns the same with another type of kind.
    #[must_use]
    pub fn map<L: FaultKind>(self, kind: impl FnOnce(K) -> L) -> Mismatch<L> {
        Mismatch::new(kind(self.kind()), self.field())
    }

    /// Returns the field that is wrong, where it is the type that says so.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        self.0.1
    }
}

impl<K: FaultKind> From<K> for Mismatch<K> {
    fn from(kind: K) -> Self {
        Self::new(kind, None)
    }
}

impl<K: FaultKind> fmt::Display for Mismatch<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind())
    }
}

impl<K: FaultKind> core::error::Error for Mismatch<K> {}

/// The messages and what was `unexpected` hold values, so nothing of them is kept but the kind of a
/// message that is known.
impl<K: FaultKind> Error for Mismatch<K> {
    fn custom<T: fmt::Display>(message: T) -> Self {
        K::of_message(&message).unwrap_or_else(|| K::of(Fault::InvalidValue)).into()
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        K::of(Fault::InvalidLength).into()
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        K::of(Fault::UnknownVariant).into()
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        K::of(Fault::UnknownField).into()
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(K::of(Fault::Missing), Some(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(K::of(Fault::DuplicateField), Some(field))
    }
}

/// A text as a deserializer; `None` if there is none.
#[derive(Debug)]
pub struct Scalar<'de, K> {
    text: Option<&'de str>,
    of: PhantomData<fn() -> K>,
}

impl<'de, K: FaultKind> Scalar<'de, K> {
    /// Wraps a text.
    #[inline]
    #[must_use]
    pub const fn new(text: Option<&'de str>) -> Self {
        Self { text, of: PhantomData }
    }

    /// Returns the text.
    ///
    /// # Errors
    ///
    /// [`Fault::Missing`] if there is none.
    #[inline]
    pub fn text(self) -> Result<&'de str, Mismatch<K>> {
        self.text.ok_or_else(|| K::of(Fault::Missing).into())
    }

    /// Reads a number, all of the text. The protocol has no sign `+`, which the standard library
    /// would accept.
    fn number<T: FromStr>(self, otherwise: Fault) -> Result<T, Mismatch<K>> {
        let digits = self.text()?;
        let number = if digits.starts_with('+') { None } else { digits.parse().ok() };
        number.ok_or_else(|| K::of(otherwise).into())
    }

    fn boolean(self) -> Result<bool, Mismatch<K>> {
        let text = self.text()?;
        let is = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        if is(["1", "true", "y"]) {
            Ok(true)
        } else if is(["0", "false", "n"]) {
            Ok(false)
        } else {
            Err(K::of(Fault::InvalidBool).into())
        }
    }

    fn character(self) -> Result<char, Mismatch<K>> {
        self.text()?.parse().map_err(|_| K::of(Fault::InvalidChar).into())
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $number:ident;)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch<K>> {
            visitor.$visit(self.number::<$number>(Fault::InvalidInteger)?)
        })+
    };
}

macro_rules! finite_numbers {
    ($($method:ident $visit:ident $number:ident;)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch<K>> {
            let number: $number = self.number(Fault::InvalidFloat)?;
            if !number.is_finite() {
                return Err(K::of(Fault::InvalidFloat).into());
            }
            visitor.$visit(number)
        })+
    };
}

/// Texts are untyped: the target type decides how to parse them.
impl<'de, K: FaultKind> Deserializer<'de> for Scalar<'de, K> {
    type Error = Mismatch<K>;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch<K>> {
        match self.text {
            Some(text) => visitor.visit_borrowed_str(text),
            None => visitor.visit_none(),
        }
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch<K>> {
        visitor.visit_borrowed_str(self.text()?)
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch<K>> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch<K>> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch<K>> {
        visitor.visit_borrowed_bytes(self.text()?.as_bytes())
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch<K>> {
        self.deserialize_bytes(visitor)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch<K>> {
        if self.text.is_some() { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch<K>> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch<K>> {
        visitor.visit_bool(self.boolean()?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch<K>> {
        visitor.visit_char(self.character()?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch<K>> {
        visitor.visit_enum(BorrowedStrDeserializer::new(self.text()?))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Mismatch<K>> {
        self.text().and(Err(K::of(Fault::Unstructured).into()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch<K>> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch<K>> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch<K>> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch<K>> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch<K>> {
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

impl<K> Clone for Scalar<'_, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Scalar<'_, K> {}

impl<'de, K: FaultKind> IntoDeserializer<'de, Mismatch<K>> for Scalar<'de, K> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Takes a text that is lent, or that there is none.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "built by the crates that this one is for")]
pub struct TextOrNone {
    /// What is expected.
    pub expected: &'static str,
}

impl<'de> Visitor<'de> for TextOrNone {
    type Value = Option<&'de str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
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
