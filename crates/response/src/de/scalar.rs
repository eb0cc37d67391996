//! Types of cells, which are read from text and written as text.

use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::cell::date::Date;
use crate::cell::date_time::DateTime;
use crate::cell::seconds::Seconds;
use crate::code::{Code, InvalidCode};

macro_rules! as_text {
    ($($type:ident: $expected:literal,)+) => {
        $(
            /// Reads the spelling of the wire from a text. An error never holds the text.
            impl<'de> Deserialize<'de> for $type {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.deserialize_str(Text { expected: $expected, of: PhantomData })
                }
            }

            /// Writes the spelling of the wire.
            impl Serialize for $type {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }
        )+
    };
}

as_text! {
    Date: "a date such as `2027-03-01`",
    DateTime: "a date and a time such as `2027-03-01 12:00:00`",
    Seconds: "seconds such as `0.012`",
}

/// Takes a text and parses it.
struct Text<T> {
    expected: &'static str,
    of: PhantomData<T>,
}

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// Reads a number or the text of one, in a format such as JSON: `200`, `"200"`. An error never holds
/// the value.
///
/// ```
/// use cnic_response::Code;
///
/// let codes: Vec<Code> = serde_json::from_str(r#"[200, "545"]"#)?;
/// assert_eq!(codes, [Code::COMPLETED, Code::ENTITY_NOT_FOUND]);
/// assert_eq!(serde_json::to_string(&codes)?, "[200,545]");
/// # Ok::<(), serde_json::Error>(())
/// ```
impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(CodeVisitor)
        } else {
            deserializer.deserialize_u16(CodeVisitor)
        }
    }
}

/// Writes the number.
impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.as_u16())
    }
}

/// Takes a number or its text.
struct CodeVisitor;

impl Visitor<'_> for CodeVisitor {
    type Value = Code;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a return code such as 200")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Code, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Code, E> {
        u16::try_from(number).ok().and_then(Code::from_u16).ok_or_else(|| E::custom(InvalidCode))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Code, E> {
        u16::try_from(number).ok().and_then(Code::from_u16).ok_or_else(|| E::custom(InvalidCode))
    }
}
