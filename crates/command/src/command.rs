//! A command.

use alloc::borrow::Cow;
use alloc::boxed::Box;

use cnic_text::Position;

use crate::build_error::{BuildError, BuildErrorKind};
use crate::parameters::key::is_key;
use crate::parameters::{Parameter, Parameters};

/// A command: its name, and parameters in the order in which they were set.
///
/// Keys are ASCII case-insensitive and keep their spelling. Values that would not survive a round
/// trip (line breaks, leading or trailing whitespace) are rejected, so a value can never inject a
/// parameter.
///
/// Two commands are equal if their names and parameters are. The order of parameters, the case of
/// names and keys, and the [headers](Self::header) make no difference. `Debug` shows the values of
/// secrets as `***`, and there is no `Display`: [`encode`](Self::encode) writes what goes over the
/// wire, [`redacted`](Self::redacted) what goes into a log.
///
/// ```
/// use cnic_command::Command;
///
/// let command = Command::new("ModifyDomain")?
///     .with("domain", "example.com")?
///     .with_series("nameserver", ["ns1.example.net", "ns2.example.net"])?;
/// let text = "COMMAND=ModifyDomain\ndomain=example.com\nnameserver0=ns1.example.net\nnameserver1=ns2.example.net";
/// assert_eq!(command.encode().to_string(), text);
///
/// let parsed = Command::parse(text).expect("a command");
/// assert_eq!(parsed, command);
/// assert_eq!(parsed.get("DOMAIN"), Some("example.com"));
/// # Ok::<(), cnic_command::BuildError>(())
/// ```
#[derive(Clone)]
pub struct Command<'t> {
    name: Cow<'t, str>,
    /// Boxed, because few commands have one.
    pub(crate) header: Option<Box<Parameters<'t>>>,
    pub(crate) parameters: Parameters<'t>,
}

impl<'t> Command<'t> {
    /// Creates a command without parameters: `COMMAND=StatusDomain`.
    ///
    /// The name need not be a known one: the API keeps adding commands.
    ///
    /// # Errors
    ///
    /// A name that is empty or has other characters than ASCII letters, digits, `-` and `_`.
    pub fn new(name: impl Into<Cow<'t, str>>) -> Result<Self, BuildError> {
        let name = name.into();
        if is_key(&name) {
            Ok(Self::from_parts(name, Parameters::default()))
        } else {
            Err(BuildError::new(BuildErrorKind::InvalidName))
        }
    }

    pub(crate) const fn from_parts(name: Cow<'t, str>, parameters: Parameters<'t>) -> Self {
        Self { name, header: None, parameters }
    }

    /// Returns a command that owns its keys and values.
    #[must_use]
    pub fn into_owned(self) -> Command<'static> {
        let name = Cow::Owned(self.name.into_owned());
        let header = self.header.map(|header| Box::new(header.into_owned()));
        Command { name, header, parameters: self.parameters.into_owned() }
    }

    /// Returns the name: the value of `COMMAND`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the number of parameters, without `COMMAND`.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parameters.len()
    }

    /// Returns whether there are no parameters.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the value of a parameter: `Some("")` for `KEY=`, `None` if there is no such
    /// parameter.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.parameters.get(key).map(|parameter| parameter.value)
    }

    /// Returns the position of the line that a parameter was parsed from; `None` if it was set, or
    /// is absent.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("COMMAND=StatusDomain\nDOMAIN=example.com")?;
    /// assert_eq!(command.position("domain").map(|at| at.line()), Some(2));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn position(&self, key: &str) -> Option<Position> {
        self.parameters.get(key)?.position
    }

    /// Returns the parameters in order, as keys and values, without `COMMAND`.
    pub fn parameters(
        &self,
    ) -> impl ExactSizeIterator<Item = (&str, &str)> + DoubleEndedIterator + Clone {
        self.parameters.iter().map(|(key, parameter)| (key, parameter.value))
    }

    /// Returns the lines before `[COMMAND]` as keys and values, in order: the credentials of a
    /// command for the e-mail gateway.
    ///
    /// These are the lines after `[HEADER]`. Without a `[HEADER]` only keys that begin with `s_`,
    /// and `persistent`, may stand there. They are not parameters, and only the
    /// [framed](crate::Encoded::framed) text includes them.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let text = "[HEADER]\ns_login=account\ns_pw=secret\n[COMMAND]\nCOMMAND=StatusDomain\nDOMAIN=example.com\nEOF\n";
    /// let command = Command::parse(text)?;
    /// assert!(command.header().eq([("s_login", "account"), ("s_pw", "secret")]));
    /// assert_eq!(command.len(), 1);
    /// assert_eq!(command.encode().to_string(), "COMMAND=StatusDomain\nDOMAIN=example.com");
    /// assert_eq!(command.encode().framed().to_string(), text);
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    pub fn header(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> + Clone {
        let lines = self.header.as_deref().into_iter().flat_map(Parameters::iter);
        lines.map(|(key, parameter)| (key, parameter.value))
    }

    /// Returns the position of a line of the [header](Self::header); `None` if it is absent.
    #[must_use]
    pub fn header_position(&self, key: &str) -> Option<Position> {
        self.header.as_ref()?.get(key)?.position
    }

    /// Counts the positions from the start of a text in which their own text starts at `base`.
    pub(crate) fn offset_by(&mut self, base: Position) {
        self.parameters.offset_by(base);
        if let Some(header) = &mut self.header {
            header.offset_by(base);
        }
    }

    /// Sets a parameter. A new key goes to the end, a known one keeps its place.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let mut command = Command::new("StatusDomain")?;
    /// command.set("DOMAIN", "example.com")?;
    /// command.set("domain", "example.net")?;
    /// assert_eq!(command.encode().to_string(), "COMMAND=StatusDomain\nDOMAIN=example.net");
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * a key that is empty, has other characters than ASCII letters, digits, `-` and `_`, or is
    ///   `COMMAND`;
    /// * a value with CR, LF or NUL, or with leading or trailing whitespace (SP, TAB).
    pub fn set(
        &mut self,
        key: impl Into<Cow<'t, str>>,
        value: impl Into<Cow<'t, str>>,
    ) -> Result<(), BuildError> {
        let (key, parameter) = Parameter::try_new(key.into(), value.into())?;
        self.parameters.insert(key, parameter);
        Ok(())
    }

    /// Sets a parameter, as [`set`](Self::set) does, and returns the command.
    ///
    /// # Errors
    ///
    /// Those of [`set`](Self::set).
    pub fn with(
        mut self,
        key: impl Into<Cow<'t, str>>,
        value: impl Into<Cow<'t, str>>,
    ) -> Result<Self, BuildError> {
        self.set(key, value)?;
        Ok(self)
    }

    /// Removes a parameter and returns its value. The others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<Cow<'t, str>> {
        self.parameters.remove(key)
    }
}

impl PartialEq<Command<'_>> for Command<'_> {
    fn eq(&self, other: &Command<'_>) -> bool {
        self.name.eq_ignore_ascii_case(&other.name)
            && self.len() == other.len()
            && self.parameters().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl Eq for Command<'_> {}
