//! A value as the parameters of a command.

use alloc::borrow::Cow;
use alloc::format;

use serde::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
    SerializeTupleStruct, Serializer,
};

use super::error::{SerializeError, SerializeErrorKind};
use super::scalar::ScalarWriter;
use crate::build_error::BuildErrorKind;
use crate::command::Command;
use crate::parameters::Parameter;
use crate::parameters::key::is_key;

/// Writes a value into a command, by where it stands.
pub(super) struct Parameters<'a> {
    command: &'a mut Command<'static>,
    context: Context<'a>,
}

/// Where a value stands.
enum Context<'a> {
    /// It is the command.
    Whole,
    /// It is a field of the command.
    Field(Cow<'a, str>),
    /// It is an entry of a map that is a field of the command.
    Entry(Cow<'a, str>),
    /// It is in a list.
    Member(Cow<'a, str>),
}

impl<'a> Parameters<'a> {
    pub(super) const fn new(command: &'a mut Command<'static>) -> Self {
        Self { command, context: Context::Whole }
    }

    /// Sets the parameter that the value is.
    fn set(
        self,
        text: impl FnOnce(ScalarWriter) -> Result<Cow<'static, str>, SerializeError>,
    ) -> Result<(), SerializeError> {
        let (Context::Field(key) | Context::Entry(key) | Context::Member(key)) = self.context
        else {
            return Err(SerializeErrorKind::NotParameters.into());
        };
        let text = text(ScalarWriter).map_err(|error| error.within(&key))?;
        if self.command.parameters.get(&key).is_some() {
            return Err(SerializeError::new(SerializeErrorKind::DuplicateKey, &key));
        }
        let set = Parameter::try_new(Cow::Owned(key.clone().into_owned()), text);
        let (key, parameter) = set.map_err(|error| SerializeError::from(error).within(&key))?;
        self.command.parameters.insert(key, parameter);
        Ok(())
    }

    /// The error of a value that is more than one parameter, or none at all.
    fn reject(&self) -> SerializeError {
        match &self.context {
            Context::Whole => SerializeErrorKind::NotParameters.into(),
            Context::Field(key) | Context::Entry(key) | Context::Member(key) => {
                SerializeError::new(SerializeErrorKind::Structured, key)
            }
        }
    }

    fn list(self) -> Result<Members<'a>, SerializeError> {
        match self.context {
            Context::Field(family) | Context::Entry(family) => {
                Ok(Members { command: self.command, family, next: 0 })
            }
            Context::Whole | Context::Member(_) => Err(self.reject()),
        }
    }
}

macro_rules! texts {
    ($($method:ident $value:ty;)+) => {
        $(fn $method(self, value: $value) -> Result<(), SerializeError> {
            self.set(|writer| writer.$method(value))
        })+
    };
}

impl<'a> Serializer for Parameters<'a> {
    type Ok = ();
    type Error = SerializeError;
    type SerializeSeq = Members<'a>;
    type SerializeTuple = Members<'a>;
    type SerializeTupleStruct = Members<'a>;
    type SerializeTupleVariant = Impossible<(), SerializeError>;
    type SerializeMap = Entries<'a>;
    type SerializeStruct = Entries<'a>;
    type SerializeStructVariant = Impossible<(), SerializeError>;

    texts! {
        serialize_bool bool;
        serialize_i8 i8;
        serialize_i16 i16;
        serialize_i32 i32;
        serialize_i64 i64;
        serialize_i128 i128;
        serialize_u8 u8;
        serialize_u16 u16;
        serialize_u32 u32;
        serialize_u64 u64;
        serialize_u128 u128;
        serialize_f32 f32;
        serialize_f64 f64;
        serialize_char char;
        serialize_str &str;
        serialize_bytes &[u8];
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Result<(), SerializeError> {
        self.set(|writer| writer.serialize_unit_variant(name, index, variant))
    }

    fn serialize_none(self) -> Result<(), SerializeError> {
        if matches!(self.context, Context::Whole) { Err(self.reject()) } else { Ok(()) }
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), SerializeError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), SerializeError> {
        if matches!(self.context, Context::Whole) {
            Ok(())
        } else {
            self.set(ScalarWriter::serialize_unit)
        }
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), SerializeError> {
        self.serialize_unit()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), SerializeError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), SerializeError> {
        Err(self.reject())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'a>, SerializeError> {
        self.list()
    }

    fn serialize_tuple(self, _: usize) -> Result<Members<'a>, SerializeError> {
        self.list()
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Members<'a>, SerializeError> {
        self.list()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, SerializeError> {
        Err(self.reject())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'a>, SerializeError> {
        match self.context {
            Context::Whole => Ok(Entries { command: self.command, within: None, key: "".into() }),
            Context::Field(field) => {
                Ok(Entries { command: self.command, within: Some(field), key: "".into() })
            }
            Context::Entry(_) | Context::Member(_) => Err(self.reject()),
        }
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Entries<'a>, SerializeError> {
        match self.context {
            Context::Whole => self.serialize_map(None),
            _ => Err(self.reject()),
        }
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, SerializeError> {
        Err(self.reject())
    }
}

/// Writes the fields of a structure, or the entries of a map.
pub(super) struct Entries<'a> {
    command: &'a mut Command<'static>,
    /// The field that the map is.
    within: Option<Cow<'a, str>>,
    /// The key that was given last.
    key: Cow<'static, str>,
}

impl Entries<'_> {
    fn named(&self, error: SerializeError) -> SerializeError {
        match &self.within {
            Some(field) => error.within(field),
            None => error,
        }
    }
}

impl SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = SerializeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), SerializeError> {
        let key = key.serialize(ScalarWriter).map_err(|error| self.named(error))?;
        // An invalid key may hold anything, so it is not named.
        if !is_key(&key) {
            let kind = SerializeErrorKind::Build(BuildErrorKind::InvalidKey);
            return Err(self.named(kind.into()));
        }
        self.key = key;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SerializeError> {
        let key = core::mem::take(&mut self.key);
        let context = match self.within {
            Some(_) => Context::Entry(Cow::Borrowed(&*key)),
            None => Context::Field(Cow::Borrowed(&*key)),
        };
        let written = value.serialize(Parameters { command: self.command, context });
        written.map_err(|error| error.within(&key))
    }

    fn end(self) -> Result<(), SerializeError> {
        Ok(())
    }
}

impl SerializeStruct for Entries<'_> {
    type Ok = ();
    type Error = SerializeError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), SerializeError> {
        let context = Context::Field(Cow::Borrowed(key));
        let written = value.serialize(Parameters { command: self.command, context });
        written.map_err(|error| error.within(key))
    }

    fn end(self) -> Result<(), SerializeError> {
        Ok(())
    }
}

/// Writes a series.
pub(super) struct Members<'a> {
    command: &'a mut Command<'static>,
    family: Cow<'a, str>,
    next: u32,
}

impl Members<'_> {
    fn member<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SerializeError> {
        let key = format!("{}{}", self.family, self.next);
        self.next += 1;
        let context = Context::Member(Cow::Borrowed(&*key));
        let written = value.serialize(Parameters { command: self.command, context });
        written.map_err(|error| error.within(&key))
    }
}

macro_rules! members {
    ($($list:ident $method:ident)+) => {
        $(impl $list for Members<'_> {
            type Ok = ();
            type Error = SerializeError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SerializeError> {
                self.member(value)
            }

            fn end(self) -> Result<(), SerializeError> {
                Ok(())
            }
        })+
    };
}

members! { SerializeSeq serialize_element SerializeTuple serialize_element SerializeTupleStruct serialize_field }
