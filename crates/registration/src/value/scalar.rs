//! Values as serde reads and writes them.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::value::amount::Amount;
use crate::value::handle::Handle;
use crate::value::host::Host;
use crate::value::label::Label;
use crate::value::name_server::NameServer;
use crate::value::period::Period;
use crate::value::rule::{InvalidValue, Rule};
use crate::value::suffix::{Suffix, check_syntax};
use crate::value::suffix_set::SuffixSet;

macro_rules! as_text {
    ($($(#[$doc:meta])+ $type:ident: $expected:literal,)+) => {
        $(
            $(#[$doc])+
            ///
            /// An error says which rule the text breaks, and never holds the text.
            impl<'de> Deserialize<'de> for $type {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    // Not `deserialize_any`, by which CSV readers take `65.00` for a float.
                    deserializer.deserialize_str(Text { expected: $expected, of: PhantomData })
                }
            }

            /// Writes the text of `Display`.
            impl Serialize for $type {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }
        )+
    };
}

as_text! {
    /// Reads a text as `FromStr` does: `65.00`. Numbers are rejected, since it is not known whether
    /// `6500` counts minor units, and `65.1` is not exact in binary.
    Amount: "an amount in text such as `65.00`",
    /// Reads a text as `FromStr` does: `H12345`. An [opaque](Handle::parse_opaque) id is written,
    /// and not read.
    Handle: "a handle such as `H12345`",
    /// Reads a text as `FromStr` does: `ns1.example.com`.
    Host: "a host such as `ns1.example.com`",
    /// Reads a text as `FromStr` does: `example`. A label that only another
    /// [`Policy`](crate::Policy) allows, such as an IDN, is written, and not read.
    Label: "a label such as `example`",
    /// Reads a text as `FromStr` does: `ns1.example.com::192.0.2.1`.
    NameServer: "a name server such as `ns1.example.com::192.0.2.1`",
    /// Reads a text as `FromStr` does: `uk.com`. A suffix that is not built in is written, and not
    /// read; see [`SuffixSet::parse`].
    Suffix: "a suffix such as `uk.com`",
}

/// Takes a text and parses it.
struct Text<T> {
    expected: &'static str,
    of: PhantomData<T>,
}

impl<T: FromStr<Err = InvalidValue>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// Reads a number, or a text as `FromStr` does: `2` and `"2"` in JSON.
///
/// ```
/// use cnic_registration::Period;
///
/// let periods: Vec<Period> = serde_json::from_str(r#"[2, "2"]"#)?;
/// assert_eq!(periods, [Period::DEFAULT; 2]);
/// let error = serde_json::from_str::<Period>("11").unwrap_err();
/// assert!(error.to_string().starts_with("not an allowed number of years"));
/// # Ok::<(), serde_json::Error>(())
/// ```
impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A binary format may not know what comes next, and has what was written: a number.
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Years)
        } else {
            deserializer.deserialize_u8(Years)
        }
    }
}

/// Takes a number of years, as a number or in text.
struct Years;

impl Visitor<'_> for Years {
    type Value = Period;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number of years from 1 to 10")
    }

    fn visit_u64<E: Error>(self, years: u64) -> Result<Period, E> {
        let period = u8::try_from(years).ok().and_then(Period::new);
        period.ok_or_else(|| E::custom(Rule::InvalidPeriod))
    }

    fn visit_i64<E: Error>(self, years: i64) -> Result<Period, E> {
        u64::try_from(years)
            .map_err(|_| E::custom(Rule::InvalidPeriod))
            .and_then(|years| self.visit_u64(years))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Period, E> {
        Err(E::custom(Rule::InvalidPeriod))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Period, E> {
        text.parse().map_err(E::custom::<InvalidValue>)
    }
}

/// Writes the number of years.
impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.years())
    }
}

/// Reads a list of suffixes in any order, each [well formed](Suffix::parse_well_formed).
///
/// ```
/// use cnic_registration::SuffixSet;
///
/// let suffixes: SuffixSet = serde_json::from_str(r#"["uk.com", "Example.test"]"#)?;
/// assert_eq!(serde_json::to_string(&suffixes)?, r#"["example.test","uk.com"]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
impl<'de> Deserialize<'de> for SuffixSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(List)
    }
}

/// Takes a list of suffixes.
struct List;

impl<'de> Visitor<'de> for List {
    type Value = SuffixSet;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of suffixes such as `uk.com`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<SuffixSet, A::Error> {
        let mut names = Vec::new();
        while let Some(mut name) = list.next_element::<String>()? {
            check_syntax(&name).map_err(A::Error::custom)?;
            name.make_ascii_lowercase();
            names.push(name);
        }
        Ok(SuffixSet::from_checked(names))
    }
}

/// Writes a list of suffixes in lower case, sorted.
impl Serialize for SuffixSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}
