//! From a type that implements `Serialize` to a command, and from a command to other formats.

mod error;
mod parameters;
mod scalar;

use alloc::string::String;

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

pub use self::error::{SerializeError, SerializeErrorKind};
use self::parameters::Parameters;
use crate::command::Command;
use crate::redacted::Redacted;

/// Serializes a struct or a map into a command: one parameter per field, in order, under the
/// field's name.
///
/// ```
/// use cnic_command::to_command;
///
/// #[derive(serde::Serialize)]
/// #[serde(rename_all = "UPPERCASE")]
/// struct AddDomain<'a> {
///     domain: &'a str,
///     period: Option<u8>,
///     nameserver: Vec<&'a str>,
///     #[serde(rename = "X-ACCEPT-TERMS")]
///     accept_terms: bool,
/// }
///
/// let command = to_command(
///     "AddDomain",
///     &AddDomain {
///         domain: "example.com",
///         period: None,
///         nameserver: vec!["ns1.example.net", "ns2.example.net"],
///         accept_terms: true,
///     },
/// )?;
/// assert_eq!(
///     command.encode().to_string(),
///     "COMMAND=AddDomain\nDOMAIN=example.com\nNAMESERVER0=ns1.example.net\nNAMESERVER1=ns2.example.net\nX-ACCEPT-TERMS=1",
/// );
/// # Ok::<(), cnic_command::SerializeError>(())
/// ```
///
/// | Type | Becomes |
/// |---|---|
/// | texts, integers, finite `f32` and `f64`, `char` | a parameter |
/// | `bool` | `1` or `0` |
/// | an enum without data | the name of its variant |
/// | `Option`, a newtype | what is inside; `None` is left out |
/// | a list or a tuple | a series: `KEY0`, `KEY1`, ..; a `None` leaves a gap, an empty list writes nothing |
/// | a map, as a field or flattened | a parameter for each entry, under the key of the entry |
///
/// An empty list reads back like an absent one, and a `None` at the end of a list is lost. All
/// other values are read back by [`from_command`](crate::from_command).
///
/// # Errors
///
/// * a name, a key or a value that [`Command`] rejects;
/// * a struct within the struct, unless flattened, a list within a list, a map within a map, an
///   enum with data;
/// * two fields with the same key, ASCII case-insensitively;
/// * a number that is not finite, bytes that are not UTF-8;
/// * a value that is neither a struct nor a map, or an error of its own code.
pub fn to_command<T: Serialize + ?Sized>(
    name: impl Into<String>,
    value: &T,
) -> Result<Command<'static>, SerializeError> {
    let mut command = Command::new(name.into()).map_err(SerializeError::from)?;
    value.serialize(Parameters::new(&mut command))?;
    Ok(command)
}

/// The name, and the parameters with their keys in capital letters. It holds secrets, as
/// [`Command::encode`] does; [`Command::redacted`] has the same shape without them.
///
/// ```
/// # use cnic_command::Command;
/// let command = Command::parse("COMMAND=StatusDomain\ndomain=example.com\nauth=hunter2")?;
/// let json = serde_json::to_string(&command).expect("JSON");
/// assert_eq!(json, r#"{"command":"StatusDomain","params":{"DOMAIN":"example.com","AUTH":"hunter2"}}"#);
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
impl Serialize for Command<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_named(self.name(), Uppercase(self.parameters()), serializer)
    }
}

/// The shape of the [`Command`], with `***` for the values of secrets.
///
/// ```
/// # use cnic_command::Command;
/// let command = Command::parse("COMMAND=StatusDomain\ndomain=example.com\nauth=hunter2")?;
/// let json = serde_json::to_string(&command.redacted()).expect("JSON");
/// assert_eq!(json, r#"{"command":"StatusDomain","params":{"DOMAIN":"example.com","AUTH":"***"}}"#);
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
impl Serialize for Redacted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_named(self.name(), Uppercase(self.parameters()), serializer)
    }
}

fn serialize_named<S: Serializer>(
    name: &str,
    parameters: impl Serialize,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut command = serializer.serialize_struct("Command", 2)?;
    command.serialize_field("command", name)?;
    command.serialize_field("params", &parameters)?;
    command.end()
}

/// Parameters as a map whose keys are in capital letters.
struct Uppercase<I>(I);

impl<'c, I: ExactSizeIterator<Item = (&'c str, &'c str)> + Clone> Serialize for Uppercase<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut parameters = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.0.clone() {
            parameters.serialize_entry(&key.to_ascii_uppercase(), value)?;
        }
        parameters.end()
    }
}
