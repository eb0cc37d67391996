//! From a command to a type that implements `Deserialize`.

use serde::de::Deserialize;

use super::error::DeserializeError;
use super::reader::CommandReader;
use crate::command::Command;

/// Deserializes the parameters of a command into a struct or a map, which may borrow from it.
///
/// ```
/// use cnic_command::{Command, from_command};
///
/// #[derive(serde::Deserialize)]
/// struct AddDomain<'c> {
///     domain: &'c str,
///     period: Option<u8>,
///     nameserver: Vec<&'c str>,
///     #[serde(rename = "X-ACCEPT-TERMS", default)]
///     accept_terms: bool,
/// }
///
/// let command = Command::parse(
///     "COMMAND=AddDomain\nDOMAIN=example.com\nNAMESERVER1=ns2.test\nNAMESERVER0=ns1.test\nX-Accept-Terms=1",
/// )?;
/// let add: AddDomain<'_> = from_command(&command)?;
/// assert_eq!((add.domain, add.period, add.accept_terms), ("example.com", None, true));
/// assert_eq!(add.nameserver, ["ns1.test", "ns2.test"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A field takes the parameter of its name, ASCII case-insensitively. Parameters without a field
/// are ignored, unless the type has `#[serde(deny_unknown_fields)]`. The name of the command is
/// always ignored.
///
/// | Type | Takes |
/// |---|---|
/// | `&str`, `String`, `Cow`, `&[u8]` | any value |
/// | `Option` | an absent parameter as `None`, else the inner type: `KEY=` is `Some("")`; [`de::empty_as_none`](crate::de::empty_as_none) reads it as `None` |
/// | integers | the whole value as a decimal number that fits, without `+` |
/// | `f32`, `f64` | the whole value as a finite decimal number, without `+` |
/// | `bool` | `0 1 true false Y N`, ASCII case-insensitively |
/// | `char` | a single character |
/// | an enum without data | the name of a variant, exactly as the type spells it |
/// | a newtype | what is inside |
/// | `Vec` and other lists | the series `KEY0`, `KEY1`, ..; an absent series is an empty list. `Vec<Option<T>>` keeps gaps, else a gap is an error |
/// | a tuple or an array | a series that is exactly as long |
/// | a map, as the whole | all parameters under their own keys |
/// | a map, as a required field | the parameters of no other field, as [`to_command`](crate::to_command) writes such a map |
///
/// With `#[serde(flatten)]` serde does not pass on the names of the fields: required fields are
/// found as above, but fields with a default only under the exact spelling of the key, and never as
/// a list. Flattened values are strings; [`de::from_text`](crate::de::from_text) parses numbers and
/// booleans from them.
///
/// # Errors
///
/// * a value that is not as the table says;
/// * an absent parameter or a gap in a series, where the type requires a value;
/// * a parameter without an index where the type has a list, or a series with a gap and an index
///   above 262,143;
/// * a structure or a map where there is one parameter;
/// * any error of the type's own code.
pub fn from_command<'c, T: Deserialize<'c>>(
    command: &'c Command<'_>,
) -> Result<T, DeserializeError> {
    CommandReader::new(command).read()
}
