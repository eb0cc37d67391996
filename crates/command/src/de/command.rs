//! A command from other formats.

use alloc::string::{String, ToString};
use core::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use crate::command::Command;
use crate::error::ErrorKind;
use crate::limits::Limits;
use crate::parameters::key::is_key;
use crate::parameters::{Parameter, ParameterMap};

const FIELDS: [&str; 2] = ["command", "params"];

/// Reads the text of a command, or the structure as which it is serialized: `command` is the name,
/// `params` maps keys to values and may be absent.
///
/// A value is a text or an integer, which becomes its decimal digits; other numbers and booleans
/// have more than one spelling and are rejected. Keys, values and the text are subject to the rules
/// of [`Command::set`] and [`Command::parse`], and to the [default limits](Limits::DEFAULT). An
/// error says what is wrong and at most names a key, never a value. The command owns its text.
///
/// ```
/// # use cnic_command::Command;
/// let command: Command = serde_json::from_str(r#"{
///     "command": "RenewDomain",
///     "params": {"DOMAIN": "example.com", "PERIOD": 2}
/// }"#).expect("a command");
/// assert_eq!(command.encode().to_string(), "COMMAND=RenewDomain\nDOMAIN=example.com\nPERIOD=2");
///
/// let text: Command = serde_json::from_str(r#""COMMAND=RenewDomain\nPERIOD=2\nDOMAIN=example.com""#)
///     .expect("a command");
/// assert_eq!(text, command);
///
/// let json = r#"{"command": "StatusDomain", "params": {"DOMAIN": "example.com\nSUBUSER=other"}}"#;
/// let error = serde_json::from_str::<Command>(json).unwrap_err();
/// assert!(error.to_string().starts_with("`DOMAIN`: value holds CR, LF or NUL"));
/// ```
impl<'de> Deserialize<'de> for Command<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Whole { is_compact: false })
        } else {
            deserializer.deserialize_struct("Command", &FIELDS, Whole { is_compact: true })
        }
    }
}

/// Rejects values of other types. The methods of serde would quote the value.
macro_rules! rejected {
    ($($name:literal: $($method:ident $value:ty),+;)+) => {
        $($(fn $method<E: Error>(self, _: $value) -> Result<Self::Value, E> {
            Err(E::invalid_type(Unexpected::Other($name), &self))
        })+)+
    };
}

/// Reads a command.
struct Whole {
    /// Whether the format may leave out the names of fields.
    is_compact: bool,
}

impl<'de> Visitor<'de> for Whole {
    type Value = Command<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a command, or a map with `command` and `params`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Command<'static>, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Command<'static>, A::Error> {
        let mut name: Option<Text> = None;
        let mut parameters: Option<Owned> = None;
        while let Some(Text(field)) = map.next_key()? {
            match &*field {
                "command" if name.is_some() => return Err(A::Error::duplicate_field("command")),
                "command" => name = Some(map.next_value()?),
                "params" if parameters.is_some() => {
                    return Err(A::Error::duplicate_field("params"));
                }
                "params" => parameters = Some(map.next_value()?),
                // It may be anything, so it is not named.
                _ => return Err(A::Error::custom("field other than `command` and `params`")),
            }
        }
        let name = name.ok_or_else(|| A::Error::missing_field("command"))?;
        command(name, parameters.unwrap_or_default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Command<'static>, A::Error> {
        if !self.is_compact {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        let missing = |place| A::Error::invalid_length(place, &self);
        let name = fields.next_element()?.ok_or_else(|| missing(0))?;
        let parameters = fields.next_element()?.ok_or_else(|| missing(1))?;
        command(name, parameters)
    }

    rejected! {
        "number": visit_i64 i64, visit_i128 i128, visit_u64 u64, visit_u128 u128, visit_f64 f64;
        "boolean": visit_bool bool;
    }
}

fn command<E: Error>(Text(name): Text, parameters: Owned) -> Result<Command<'static>, E> {
    let mut command = Command::new(name).map_err(E::custom)?;
    command.parameters = parameters.0;
    Ok(command)
}

/// Parameters that were read.
#[derive(Default)]
struct Owned(ParameterMap<'static>);

impl<'de> Deserialize<'de> for Owned {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            // A format that is asked for a map would quote what it finds instead.
            deserializer.deserialize_any(ParametersVisitor)
        } else {
            deserializer.deserialize_map(ParametersVisitor)
        }
    }
}

struct ParametersVisitor;

impl<'de> Visitor<'de> for ParametersVisitor {
    type Value = Owned;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of parameters")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Owned, A::Error> {
        let mut parameters = ParameterMap::default();
        // As many bytes as the lines of a text would take.
        let mut bytes = 0_usize;
        while let Some(Text(key)) = map.next_key()? {
            let Text(value) = map.next_value()?;
            bytes = bytes.saturating_add("\n=".len() + key.len() + value.len());
            let Limits { bytes: most_bytes, parameters: most, .. } = Limits::DEFAULT;
            if !is_within(bytes, most_bytes) {
                return Err(A::Error::custom(ErrorKind::ByteLimit));
            }
            if !is_within(parameters.len() + 1, most) {
                return Err(A::Error::custom(ErrorKind::ParameterLimit));
            }
            // An invalid key may hold anything, so it is not named.
            let name = if is_key(&key) { Some(key.clone()) } else { None };
            let wrong = |what: &dyn fmt::Display| match &name {
                Some(key) => A::Error::custom(format_args!("`{key}`: {what}")),
                None => A::Error::custom(what),
            };
            let (key, parameter) =
                Parameter::try_new(key.into(), value.into()).map_err(|error| wrong(&error))?;
            if parameters.insert(key, parameter).is_some() {
                return Err(wrong(&"key given twice"));
            }
        }
        Ok(Owned(parameters))
    }

    rejected! {
        "number": visit_i64 i64, visit_i128 i128, visit_u64 u64, visit_u128 u128, visit_f64 f64;
        "boolean": visit_bool bool;
        "text": visit_str &str;
    }
}

fn is_within(count: usize, limit: u32) -> bool {
    u32::try_from(count).is_ok_and(|count| count <= limit)
}

/// A text, or an integer by its digits.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(TextVisitor)
        } else {
            deserializer.deserialize_string(TextVisitor)
        }
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or an integer")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.into()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Text, E> {
        Ok(Text(text))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    rejected! {
        "number": visit_f64 f64;
        "boolean": visit_bool bool;
    }
}
