//! A view of a command that does not show its secrets.

use core::fmt;

use cnic_text::{MASK, Redaction};

use crate::command::Command;

/// The secrets of [`Command::redacted`].
static DEFAULT: Redaction = Redaction::DEFAULT;

/// The text of a command for logs: what [`Command::redacted`] and [`Command::redacted_with`]
/// return.
///
/// The values of secrets are `***`. It cannot be turned into a [form](crate::form) or a [`Command`]
/// by accident: it is written by `Display`, and with the feature `serde` in the shape in which the
/// command is serialized.
///
/// ```
/// use cnic_command::{Command, Redacted};
///
/// fn log(lines: &mut Vec<String>, command: Redacted<'_>) {
///     lines.push(command.to_string().replace('\n', " "));
/// }
///
/// let mut lines = Vec::new();
/// let command = Command::parse("COMMAND=TransferDomain\nDOMAIN=example.com\nAUTH0=hunter2")?;
/// log(&mut lines, command.redacted());
/// assert_eq!(lines, ["COMMAND=TransferDomain DOMAIN=example.com AUTH0=***"]);
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Redacted<'c> {
    command: &'c Command<'c>,
    redaction: &'c Redaction,
}

impl<'t> Command<'t> {
    /// Returns the text of the command for logs, with `***` for the values of secrets.
    ///
    /// If the command has a [header](Self::header), the text is framed, with the header in front.
    ///
    /// Secrets are the passwords, auth codes, sessions and tokens that the vendor documents:
    /// [`Redaction::DEFAULT`]. Keys are compared as a whole and ASCII case-insensitively, and an
    /// index makes no difference: `auth0` is a secret, `AUTHORITY` is not.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("COMMAND=TransferDomain\nDOMAIN=example.com\nAUTH=hunter2")?;
    /// assert_eq!(command.redacted().to_string(), "COMMAND=TransferDomain\nDOMAIN=example.com\nAUTH=***");
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub const fn redacted(&self) -> Redacted<'_> {
        self.redacted_with(&DEFAULT)
    }

    /// Returns the text of the command for logs, with `***` for the values of the parameters that
    /// `redaction` names.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// use cnic_command::Redaction;
    ///
    /// let redaction = Redaction::DEFAULT.with("X-MY-KEY");
    /// let command = Command::parse("COMMAND=AddDomain\nx-my-key=1234\nAUTH=hunter2")?;
    /// assert_eq!(
    ///     command.redacted_with(&redaction).to_string(),
    ///     "COMMAND=AddDomain\nx-my-key=***\nAUTH=***",
    /// );
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub const fn redacted_with<'c>(&'c self, redaction: &'c Redaction) -> Redacted<'c> {
        Redacted { command: self, redaction }
    }
}

impl Redacted<'_> {
    pub(crate) fn name(&self) -> &str {
        self.command.name()
    }

    /// Returns the parameters in order, with the mask as the value of a secret.
    pub(crate) fn parameters(&self) -> impl ExactSizeIterator<Item = (&str, &str)> + Clone {
        self.command.parameters().map(|(key, value)| (key, self.shown(key, value)))
    }

    /// Returns the lines of the header, like the parameters.
    fn header(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.command.header().map(|(key, value)| (key, self.shown(key, value)))
    }

    fn shown<'v>(&self, key: &str, value: &'v str) -> &'v str {
        if self.redaction.is_secret(key) { MASK } else { value }
    }

    /// Shows name, header if there is one, and parameters.
    pub(crate) fn debug(&self, type_name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{type_name} {{ name: {:?}, ", self.name())?;
        if self.command.header.is_some() {
            f.write_str("header: ")?;
            f.debug_map().entries(self.header()).finish()?;
            f.write_str(", ")?;
        }
        f.write_str("parameters: ")?;
        f.debug_map().entries(self.parameters()).finish()?;
        f.write_str(" }")
    }
}

impl fmt::Display for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let has_header = self.command.header.is_some();
        if has_header {
            f.write_str("[HEADER]\n")?;
            self.header().try_for_each(|(key, value)| writeln!(f, "{key}={value}"))?;
            f.write_str("[COMMAND]\n")?;
        }
        write!(f, "COMMAND={}", self.name())?;
        self.parameters().try_for_each(|(key, value)| write!(f, "\n{key}={value}"))?;
        if has_header { f.write_str("\nEOF") } else { Ok(()) }
    }
}

/// Shows name, header and parameters, with `***` for the values of secrets.
impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.debug("Redacted", f)
    }
}

/// Shows the values of secrets as `***`.
impl fmt::Debug for Command<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.redacted().debug("Command", f)
    }
}
