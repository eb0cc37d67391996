//! Types of cells that are read from their text and written as it.

use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::cell::date::Date;
use crate::cell::date_time::DateTime;
use crate::cell::seconds::Seconds;

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
