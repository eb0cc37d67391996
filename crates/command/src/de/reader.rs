//! A whole command as a value.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::attempt::{Attempt, belongs};
use super::error::{DeserializeError, DeserializeErrorKind, Mismatch};
use super::field::Field;
use crate::command::Command;

/// Reads the parameters of a command into a value.
///
/// Serde asks for the type of a field only after the field was announced, which can be too late: a
/// list may be empty and still required, and a scalar has nothing to do with a series of its name.
/// What an attempt has shown is used in the next one. There are at most two more attempts for each
/// field.
pub(super) struct CommandReader<'c> {
    command: &'c Command<'c>,
    /// Required fields: they are announced whether they are present or not.
    required: Vec<&'static str>,
    /// Scalar fields for which there is only a series: they are absent.
    absent: Vec<&'c str>,
    attempt: Attempt<'c>,
}

impl<'c> CommandReader<'c> {
    pub(super) fn new(command: &'c Command<'_>) -> Self {
        Self { command, required: Vec::new(), absent: Vec::new(), attempt: Attempt::default() }
    }

    pub(super) fn read<T: Deserialize<'c>>(mut self) -> Result<T, DeserializeError> {
        loop {
            self.attempt = Attempt::default();
            let mismatch = match T::deserialize(&mut self) {
                Ok(value) => return Ok(value),
                Err(mismatch) => mismatch,
            };
            let is_missing = mismatch.kind() == DeserializeErrorKind::MissingParameter;
            match (self.attempt.missing, mismatch.field()) {
                (Some(name), _)
                    if !self.absent.contains(&name) && !self.required.contains(&name) =>
                {
                    self.absent.push(name);
                }
                (None, Some(field)) if is_missing && !self.required.contains(&field) => {
                    self.required.push(field);
                }
                _ => return Err(self.explain(&mismatch)),
            }
        }
    }

    fn explain(self, mismatch: &Mismatch) -> DeserializeError {
        let field = mismatch.field();
        let culprit = self.attempt.culprit.as_deref().or(field);
        let position = culprit.and_then(|key| self.command.position(key));
        DeserializeError::new(mismatch.kind(), culprit, position)
    }
}

impl<'c> Deserializer<'c> for &mut CommandReader<'c> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'c>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'c>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let CommandReader { command, required, attempt, .. } = self;
        let announced = required.to_vec();
        visitor.visit_map(Fields::new(command, required, announced, attempt).and_the_rest())
    }

    fn deserialize_struct<V: Visitor<'c>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let CommandReader { command, required, absent, attempt } = self;
        let keys = || command.parameters().map(|(key, _)| key);
        let is_there = |name: &str| keys().any(|key| belongs(key, name));
        let mut announced: Vec<&'c str> = Vec::new();
        for &name in names {
            let is_due = required.contains(&name) || is_there(name) && !absent.contains(&name);
            // Two spellings of one key are one field's.
            if is_due && !announced.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                announced.push(name);
            }
        }
        announced.extend(keys().filter(|key| !names.iter().any(|name| belongs(key, name))));
        visitor.visit_map(Fields::new(command, names, announced, attempt))
    }

    fn deserialize_newtype_struct<V: Visitor<'c>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_option<V: Visitor<'c>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'c>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'c>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'c>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'c>> bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        seq tuple tuple_struct enum identifier
    }
}

/// Parameters under the names by which the type knows them.
struct Fields<'a, 'c> {
    command: &'c Command<'c>,
    /// The fields of the type, as far as they are known.
    names: &'a [&'static str],
    announced: alloc::vec::IntoIter<&'c str>,
    /// The name that was announced last.
    name: &'c str,
    /// Whether the parameters without a field are still to come.
    has_rest: bool,
    attempt: &'a mut Attempt<'c>,
}

impl<'a, 'c> Fields<'a, 'c> {
    fn new(
        command: &'c Command<'c>,
        names: &'a [&'static str],
        announced: Vec<&'c str>,
        attempt: &'a mut Attempt<'c>,
    ) -> Self {
        Self {
            command,
            names,
            announced: announced.into_iter(),
            name: "",
            has_rest: false,
            attempt,
        }
    }

    /// Announces all the other parameters as well, under their own keys.
    fn and_the_rest(self) -> Self {
        Self { has_rest: true, ..self }
    }

    fn rest(&self) -> Vec<&'c str> {
        let is_taken = |key: &str| {
            self.names.iter().any(|name| name.eq_ignore_ascii_case(key))
                || self.attempt.series.iter().any(|family| belongs(key, family))
        };
        self.command.parameters().map(|(key, _)| key).filter(|key| !is_taken(key)).collect()
    }
}

impl<'c> MapAccess<'c> for Fields<'_, 'c> {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'c>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mismatch> {
        (self.attempt.culprit, self.attempt.missing) = (None, None);
        let mut announced = self.announced.next();
        if announced.is_none() && core::mem::take(&mut self.has_rest) {
            self.announced = self.rest().into_iter();
            announced = self.announced.next();
        }
        let Some(name) = announced else { return Ok(None) };
        self.name = name;
        let key = seed.deserialize(BorrowedStrDeserializer::new(name));
        key.map(Some).inspect_err(|_| self.attempt.culprit = Some(name.into()))
    }

    fn next_value_seed<V: DeserializeSeed<'c>>(&mut self, seed: V) -> Result<V::Value, Mismatch> {
        let Self { command, names, name, .. } = *self;
        let value = seed.deserialize(Field { command, names, name, attempt: self.attempt });
        value.inspect_err(|_| {
            self.attempt.culprit.get_or_insert(Cow::Borrowed(name));
        })
    }
}
