//! Tags in other formats.

use core::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::family::{TagFamily, TagKind};
use super::rules::Violation;

/// Serializes a type as its text, and reads it from there.
macro_rules! text {
    ($Type:ty, $expected:literal) => {
        impl Serialize for $Type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $Type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;

                impl Visitor<'_> for Text {
                    type Value = $Type;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }

                    fn visit_str<E: Error>(self, text: &str) -> Result<$Type, E> {
                        text.parse().map_err(E::custom)
                    }
                }

                deserializer.deserialize_str(Text)
            }
        }
    };
}

text!(TagFamily, "the key of a tag family");
text!(TagKind, "`DomainTag` or `ZoneTag`");

/// `field` is the family, `rule` the name of the kind, `message` what `Display` writes without the
/// position, and `line` that of the parameter, or `None` if the command was not parsed.
///
/// ```
/// # use cnic_command::{Command, Violation};
/// let mut first: Option<Violation> = None;
/// Command::parse("COMMAND=TransferDomain\nDomainTag0=red")?.check(&mut first);
/// assert_eq!(
///     serde_json::to_string(&first).expect("JSON"),
///     r#"{"field":"DomainTag","rule":"NotTaken","message":"`DomainTag` is not allowed in this command","line":2}"#,
/// );
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut violation = serializer.serialize_struct("Violation", 4)?;
        violation.serialize_field("field", &self.family())?;
        violation.serialize_field("rule", self.kind().name())?;
        violation.serialize_field("message", &Message(self))?;
        violation.serialize_field("line", &self.position().map(|position| position.line()))?;
        violation.end()
    }
}

/// The message of a violation without its position.
struct Message<'v>(&'v Violation);

impl Serialize for Message<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.kind())
    }
}
