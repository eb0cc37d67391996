//! The value of a field: a parameter, a series, or all other parameters.

use serde::de::value::MapDeserializer;
use serde::de::{Deserializer, Visitor};

use super::attempt::{Attempt, belongs};
use super::error::{DeserializeErrorKind, Mismatch, Scalar};
use super::series::SeriesAccess;
use crate::command::Command;
use crate::limits::Limits;

/// The parameter or series of a name.
pub(super) struct Field<'a, 'c> {
    pub(super) command: &'c Command<'c>,
    /// All the fields of the type, as far as they are known.
    pub(super) names: &'a [&'static str],
    pub(super) name: &'c str,
    pub(super) attempt: &'a mut Attempt<'c>,
}

impl<'c> Field<'_, 'c> {
    fn scalar(self) -> Scalar<'c> {
        let text = self.command.get(self.name);
        if text.is_none() {
            self.attempt.missing = Some(self.name);
        }
        Scalar::new(text)
    }

    /// Returns whether there is neither a parameter of that name nor a series. What is in a map is
    /// looked up in one step.
    fn is_absent(&self) -> bool {
        let is_member = |(key, _)| belongs(key, self.name);
        !self.is_scalar() && !self.command.parameters().any(is_member)
    }

    fn is_scalar(&self) -> bool {
        self.command.get(self.name).is_some()
    }
}

macro_rules! of_the_scalar {
    ($($method:ident)+) => {
        $(fn $method<V: Visitor<'c>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            self.scalar().$method(visitor)
        })+
    };
}

impl<'c> Deserializer<'c> for Field<'_, 'c> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'c>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.is_scalar() || self.is_absent() {
            return visitor.visit_borrowed_str(self.scalar().text()?);
        }
        self.deserialize_seq(visitor)
    }

    fn deserialize_seq<V: Visitor<'c>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        // Only a field may have a series beside a parameter of its name: looking for one per key
        // would be quadratic.
        let is_scalar = self.is_scalar();
        if is_scalar && !self.names.contains(&self.name) {
            return Err(DeserializeErrorKind::Unindexed.into());
        }
        let Self { command, name, attempt, .. } = self;
        let series = command.series(name);
        if series.is_empty() && is_scalar {
            return Err(DeserializeErrorKind::Unindexed.into());
        }
        let end = series.iter().next_back().map_or(0, |(last, _)| u64::from(last) + 1);
        if series.has_gaps() && end > u64::from(Limits::DEFAULT.parameters) {
            return Err(DeserializeErrorKind::IndexLimit.into());
        }
        attempt.series.push(name);
        let mut list = SeriesAccess { series, name, next: 0, end, attempt };
        let value = visitor.visit_seq(&mut list)?;
        if list.next < end {
            return Err(DeserializeErrorKind::InvalidLength.into());
        }
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'c>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'c>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    /// A map has no parameter of its own name. It takes the parameters of no other field.
    fn deserialize_map<V: Visitor<'c>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if !self.is_absent() {
            return Err(DeserializeErrorKind::Unstructured.into());
        }
        let is_known = |key: &str| self.names.iter().any(|name| belongs(key, name));
        let rest = self.command.parameters().filter(|(key, _)| !is_known(key));
        let mut last = None;
        let rest = rest.inspect(|(key, _)| last = Some(*key));
        let value = visitor.visit_map(MapDeserializer::new(
            rest.map(|(key, value)| (key, Scalar::new(Some(value)))),
        ));
        value.inspect_err(|_| self.attempt.culprit = last.map(Into::into))
    }

    fn deserialize_struct<V: Visitor<'c>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Mismatch> {
        Err(DeserializeErrorKind::Unstructured.into())
    }

    fn deserialize_option<V: Visitor<'c>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.is_absent() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'c>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'c>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.scalar().deserialize_enum(name, variants, visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'c>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.scalar().deserialize_unit_struct(name, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'c>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    of_the_scalar! {
        deserialize_bool deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_unit deserialize_identifier
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64
    }
}
