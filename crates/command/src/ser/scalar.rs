//! A value as the text of one parameter, or of one key.

use alloc::borrow::Cow;
use alloc::borrow::ToOwned;
use alloc::string::ToString;

use serde::ser::{Impossible, Serialize, Serializer};

use super::error::{SerializeError, SerializeErrorKind};

type Text = Result<Cow<'static, str>, SerializeError>;

/// Writes values that are one text.
pub(super) struct ScalarWriter;

macro_rules! numbers {
    ($($method:ident $number:ident)+) => {
        $(fn $method(self, number: $number) -> Text {
            Ok(number.to_string().into())
        })+
    };
}

macro_rules! finite_numbers {
    ($($method:ident $number:ident)+) => {
        $(fn $method(self, number: $number) -> Text {
            if !number.is_finite() {
                return Err(SerializeErrorKind::NotFinite.into());
            }
            Ok(number.to_string().into())
        })+
    };
}

impl Serializer for ScalarWriter {
    type Ok = Cow<'static, str>;
    type Error = SerializeError;
    type SerializeSeq = Impossible<Self::Ok, SerializeError>;
    type SerializeTuple = Impossible<Self::Ok, SerializeError>;
    type SerializeTupleStruct = Impossible<Self::Ok, SerializeError>;
    type SerializeTupleVariant = Impossible<Self::Ok, SerializeError>;
    type SerializeMap = Impossible<Self::Ok, SerializeError>;
    type SerializeStruct = Impossible<Self::Ok, SerializeError>;
    type SerializeStructVariant = Impossible<Self::Ok, SerializeError>;

    numbers! {
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64 serialize_i128 i128
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64 serialize_u128 u128
        serialize_char char
    }

    finite_numbers! { serialize_f32 f32 serialize_f64 f64 }

    fn serialize_bool(self, value: bool) -> Text {
        Ok(Cow::Borrowed(if value { "1" } else { "0" }))
    }

    fn serialize_str(self, text: &str) -> Text {
        Ok(text.to_owned().into())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Text {
        let text = core::str::from_utf8(bytes).map_err(|_| SerializeErrorKind::NotText)?;
        self.serialize_str(text)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Text {
        Ok(Cow::Borrowed(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Text {
        value.serialize(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Text {
        value.serialize(self)
    }

    fn serialize_none(self) -> Text {
        Err(SerializeErrorKind::NotText.into())
    }

    fn serialize_unit(self) -> Text {
        Err(SerializeErrorKind::NotText.into())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Text {
        Err(SerializeErrorKind::NotText.into())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Text {
        Err(SerializeErrorKind::Structured.into())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, SerializeError> {
        Err(SerializeErrorKind::Structured.into())
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, SerializeError> {
        Err(SerializeErrorKind::Structured.into())
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, SerializeError> {
        Err(SerializeErrorKind::Structured.into())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, SerializeError> {
        Err(SerializeErrorKind::Structured.into())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, SerializeError> {
        Err(SerializeErrorKind::Structured.into())
    }

    fn serialize_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStruct, SerializeError> {
        Err(SerializeErrorKind::Structured.into())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, SerializeError> {
        Err(SerializeErrorKind::Structured.into())
    }
}
