//! A command.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;

use cnic_text::Position;

use crate::build_error::{BuildError, BuildErrorKind};
use crate::parameters::iter::Parameters;
use crate::parameters::key::is_key;
use crate::parameters::{Parameter, ParameterMap};

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
    pub(crate) header: Option<Box<ParameterMap<'t>>>,
    pub(crate) parameters: ParameterMap<'t>,
}

impl<'t> Command<'t> {
    /// Creates a command without parameters: `COMMAND=StatusDomain`.
    ///
    /// The name need not be a known one: the API keeps adding commands. For a name that is a
    /// literal, [`from_static`](Self::from_static) needs no `?`.
    ///
    /// ```
    /// # use cnic_command::{BuildErrorKind, Command};
    /// let name = String::from("StatusDomain");
    /// assert_eq!(Command::new(name)?.encode().to_string(), "COMMAND=StatusDomain");
    /// assert_eq!(Command::new("Status Domain").unwrap_err().kind(), BuildErrorKind::InvalidName);
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A name that is empty or has other characters than ASCII letters, digits, `-` and `_`.
    pub fn new(name: impl Into<Cow<'t, str>>) -> Result<Self, BuildError> {
        Ok(Self::from_parts(checked_name(name.into())?, ParameterMap::default()))
    }

    /// Creates a command whose name is a literal of the program.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// fn status(domain: &str) -> Result<Command<'_>, cnic_command::BuildError> {
    ///     Command::from_static("StatusDomain").with("DOMAIN", domain)
    /// }
    /// assert_eq!(status("example.com")?.get("domain"), Some("example.com"));
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the name is empty or has other characters than ASCII letters, digits, `-` and `_`.
    /// Use [`new`](Self::new) for a name that is not known before the program runs.
    #[must_use]
    #[track_caller]
    pub fn from_static(name: &'static str) -> Self {
        assert!(is_key(name), "not the name of a command");
        Self::from_parts(Cow::Borrowed(name), ParameterMap::default())
    }

    pub(crate) const fn from_parts(name: Cow<'t, str>, parameters: ParameterMap<'t>) -> Self {
        Self { name, header: None, parameters }
    }

    /// Returns a command that owns its keys and values.
    ///
    /// ```
    /// # use cnic_command::{Command, ParseError};
    /// fn received(body: String) -> Result<Command<'static>, ParseError> {
    ///     Command::parse(&body).map(Command::into_owned)
    /// }
    /// let command = received("COMMAND=StatusDomain\nDOMAIN=example.com".into())?;
    /// assert_eq!(command.get("DOMAIN"), Some("example.com"));
    /// # Ok::<(), ParseError>(())
    /// ```
    #[must_use]
    pub fn into_owned(self) -> Command<'static> {
        let name = Cow::Owned(self.name.into_owned());
        let header = self.header.map(|header| Box::new(header.into_owned()));
        Command { name, header, parameters: self.parameters.into_owned() }
    }

    /// Returns the name: the value of `COMMAND`. Its case makes no difference to the API.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("command = statusdomain\nDOMAIN=example.com")?;
    /// assert_eq!(command.name(), "statusdomain");
    /// assert!(command.name().eq_ignore_ascii_case("StatusDomain"));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Sets the name. The parameters stay.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let mut command = Command::parse("COMMAND=CheckDomain\nDOMAIN=example.com")?;
    /// command.set_name("StatusDomain").expect("a name");
    /// assert_eq!(command.encode().to_string(), "COMMAND=StatusDomain\nDOMAIN=example.com");
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new); the command is unchanged then.
    pub fn set_name(&mut self, name: impl Into<Cow<'t, str>>) -> Result<(), BuildError> {
        self.name = checked_name(name.into())?;
        Ok(())
    }

    /// Returns the number of parameters, without `COMMAND`.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("COMMAND=CheckDomains\nDOMAIN0=a.test\nDOMAIN1=b.test")?;
    /// assert_eq!(command.len(), 2);
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.parameters.len()
    }

    /// Returns whether there are no parameters.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// assert!(Command::parse("COMMAND=StatusAccount")?.is_empty());
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the value of a parameter: `Some("")` for `KEY=`, `None` if there is no such
    /// parameter. Keys are ASCII case-insensitive.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("COMMAND=AddContact\nCITY=Berlin\nFAX=")?;
    /// let values = ["city", "FAX", "phone"].map(|key| command.get(key));
    /// assert_eq!(values, [Some("Berlin"), Some(""), None]);
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.parameters.get(key).map(|parameter| parameter.value)
    }

    /// Returns whether there is a parameter of that key, also one without a value: `KEY=`.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("COMMAND=AddContact\nFAX=")?;
    /// assert!(command.contains("fax") && !command.contains("phone"));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn contains(&self, key: &str) -> bool {
        self.parameters.get(key).is_some()
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
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("COMMAND=RenewDomain\nDomain=example.com\nPERIOD=1")?;
    /// assert!(command.parameters().eq([("Domain", "example.com"), ("PERIOD", "1")]));
    /// for (key, value) in &command {
    ///     assert_eq!(command.get(key), Some(value));
    /// }
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn parameters(&self) -> Parameters<'_> {
        Parameters::new(&self.parameters)
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
    #[must_use]
    pub fn header(&self) -> Parameters<'_> {
        Parameters::new(self.header.as_deref())
    }

    /// Returns the position of a line of the [header](Self::header); `None` if it is absent.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("[HEADER]\ns_login=account\n[COMMAND]\nCOMMAND=StatusAccount\nEOF")?;
    /// assert_eq!(command.header_position("S_LOGIN").map(|at| at.line()), Some(2));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
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
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::new("RenewDomain")?.with("DOMAIN", "example.com")?.with("PERIOD", "1")?;
    /// assert_eq!(command.encode().to_string(), "COMMAND=RenewDomain\nDOMAIN=example.com\nPERIOD=1");
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
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

    /// Sets all of these parameters, as [`set`](Self::set) does one by one.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let contact = [("city", "Berlin"), ("country", "DE")];
    /// let mut command = Command::new("AddContact")?.with("COUNTRY", "AT")?;
    /// command.extend(contact)?;
    /// assert_eq!(command.encode().to_string(), "COMMAND=AddContact\nCOUNTRY=DE\ncity=Berlin");
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`set`](Self::set) for any of them; the command is unchanged then.
    pub fn extend<K: Into<Cow<'t, str>>, V: Into<Cow<'t, str>>>(
        &mut self,
        parameters: impl IntoIterator<Item = (K, V)>,
    ) -> Result<(), BuildError> {
        let checked = |(key, value): (K, V)| Parameter::try_new(key.into(), value.into());
        let parameters: Vec<_> = parameters.into_iter().map(checked).collect::<Result<_, _>>()?;
        for (key, parameter) in parameters {
            self.parameters.insert(key, parameter);
        }
        Ok(())
    }

    /// Removes a parameter and returns its value. The others keep their order.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let mut command = Command::parse("COMMAND=RenewDomain\nPERIOD=1\nDOMAIN=example.com")?;
    /// assert_eq!(command.remove("period").as_deref(), Some("1"));
    /// assert_eq!(command.encode().to_string(), "COMMAND=RenewDomain\nDOMAIN=example.com");
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    pub fn remove(&mut self, key: &str) -> Option<Cow<'t, str>> {
        self.parameters.remove(key)
    }
}

fn checked_name(name: Cow<'_, str>) -> Result<Cow<'_, str>, BuildError> {
    if is_key(&name) { Ok(name) } else { Err(BuildError::new(BuildErrorKind::InvalidName)) }
}

impl PartialEq<Command<'_>> for Command<'_> {
    fn eq(&self, other: &Command<'_>) -> bool {
        self.name.eq_ignore_ascii_case(&other.name)
            && self.len() == other.len()
            && self.parameters().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl Eq for Command<'_> {}

/// Iterates over the [parameters](Command::parameters).
impl<'c> IntoIterator for &'c Command<'_> {
    type Item = (&'c str, &'c str);
    type IntoIter = Parameters<'c>;

    fn into_iter(self) -> Parameters<'c> {
        self.parameters()
    }
}
