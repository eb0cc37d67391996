//! Encoding a form.

use alloc::string::String;
use core::fmt::{self, Write};
use core::mem;

use cnic_text::form::{escape, escaped_len};
use cnic_text::simd::is_plain;

use super::credentials::Credentials;
use crate::build_error::{BuildError, BuildErrorKind};
use crate::command::Command;
use crate::parameters::transport::is_transport;

/// The body of a request: what [`Credentials::wrap`] and [`Credentials::flatten`] return. It holds
/// secrets.
///
/// `Display` writes it; `String::from` allocates once, exactly the [length](Self::len). Letters,
/// digits and `*-._` stand for themselves, a space is `+`, every other byte is `%XX`, as browsers
/// write forms.
///
/// ```
/// use cnic_command::form::Body;
/// use cnic_command::{Command, Credentials};
///
/// fn post(body: Body<'_>) -> String {
///     format!("Content-Length: {}\r\n\r\n{body}", body.len())
/// }
///
/// let credentials = Credentials::new().with_login("account").with_password("p&w");
/// assert_eq!(
///     post(credentials.wrap(&Command::new("StatusAccount")?)),
///     "Content-Length: 60\r\n\r\ns_login=account&s_pw=p%26w&s_command=COMMAND%3DStatusAccount",
/// );
/// # Ok::<(), cnic_command::BuildError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Body<'c> {
    credentials: &'c Credentials<'c>,
    command: Option<&'c Command<'c>>,
    wrapped: bool,
}

impl<'t> Credentials<'t> {
    /// Returns the body of a command in the wrapped shape:
    /// `s_login=..&s_pw=..&s_command=COMMAND%3DStatusDomain%0A..`.
    ///
    /// ```
    /// # use cnic_command::{Command, Credentials};
    /// let command = Command::new("StatusDomain")?.with("DOMAIN", "example.com")?;
    /// let body = String::from(Credentials::new().with_login("account").wrap(&command));
    /// assert_eq!(body, "s_login=account&s_command=COMMAND%3DStatusDomain%0ADOMAIN%3Dexample.com");
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    #[must_use]
    pub const fn wrap<'c>(&'c self, command: &'c Command<'c>) -> Body<'c> {
        Body { credentials: self, command: Some(command), wrapped: true }
    }

    /// Returns the body of a command in the flat shape:
    /// `s_login=..&s_pw=..&command=StatusDomain&domain=..`.
    ///
    /// ```
    /// # use cnic_command::{BuildErrorKind, Command, Credentials};
    /// let account = Credentials::new().with_login("account");
    /// let command = Command::new("AddContact")?.with("CITY", "K\u{f6}ln am Rhein")?;
    /// let body = account.flatten(&command)?.to_string();
    /// assert_eq!(body, "s_login=account&command=AddContact&CITY=K%C3%B6ln+am+Rhein");
    ///
    /// let command = Command::new("StatusAccount")?.with("S_LOGIN", "other")?;
    /// let error = account.flatten(&command).unwrap_err();
    /// assert_eq!(error.kind(), BuildErrorKind::TransportKey);
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A key of the command that is [reserved](is_transport) in a flat form.
    pub fn flatten<'c>(&'c self, command: &'c Command<'c>) -> Result<Body<'c>, BuildError> {
        if command.parameters().any(|(key, _)| is_transport(key)) {
            return Err(BuildError::new(BuildErrorKind::TransportKey));
        }
        Ok(Body { credentials: self, command: Some(command), wrapped: false })
    }

    /// Returns a body with the credentials only, as used to open a session:
    /// `s_login=..&s_pw=..&persistent=1`.
    ///
    /// ```
    /// # use cnic_command::Credentials;
    /// let account = Credentials::new().with_login("account").with_password("secret");
    /// let body = account.with_persistent().alone().to_string();
    /// assert_eq!(body, "s_login=account&s_pw=secret&persistent=1");
    /// ```
    #[must_use]
    pub const fn alone(&self) -> Body<'_> {
        Body { credentials: self, command: None, wrapped: true }
    }
}

impl Body<'_> {
    /// Returns the length of the body in bytes: the `Content-Length` of a request.
    ///
    /// ```
    /// # use cnic_command::Credentials;
    /// let account = Credentials::new().with_login("a b");
    /// assert_eq!(account.alone().len(), "s_login=a+b".len());
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.measure().bytes
    }

    /// Returns whether there is neither a credential nor a command.
    ///
    /// ```
    /// # use cnic_command::{Command, Credentials};
    /// let nobody = Credentials::new();
    /// assert!(nobody.alone().is_empty());
    /// assert!(!nobody.wrap(&Command::new("StatusAccount")?).is_empty());
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes the body, without a formatter if `out` is a string. `put` writes the values of
    /// parameters.
    fn write<W: Write>(
        &self,
        out: &mut W,
        put: impl Fn(&str, &mut W) -> fmt::Result,
    ) -> fmt::Result {
        let mut separator = "";
        for (field, value, role) in self.credentials.fields() {
            out.write_str(mem::replace(&mut separator, "&"))?;
            escape(field, out)?;
            out.write_str("=")?;
            escape(value, out)?;
            if let Some(role) = role {
                out.write_str("%3A")?;
                escape(role, out)?;
            }
        }
        let Some(command) = self.command else { return Ok(()) };
        out.write_str(separator)?;
        // Name and keys hold nothing that is escaped. What is between them is constant, so that it is
        // copied without a call.
        if self.wrapped {
            out.write_str("s_command=COMMAND%3D")?;
            out.write_str(command.name())?;
            command.write_parameters(|key, value| {
                out.write_str("%0A")?;
                out.write_str(key)?;
                out.write_str("%3D")?;
                put(value, out)
            })
        } else {
            out.write_str("command=")?;
            out.write_str(command.name())?;
            command.write_parameters(|key, value| {
                out.write_str("&")?;
                out.write_str(key)?;
                out.write_str("=")?;
                put(value, out)
            })
        }
    }

    fn measure(&self) -> Measure {
        let mut measure = Measure { bytes: 0, is_plain: true };
        let written = self.write(&mut measure, |value, measure| {
            let is_plain = is_plain(value.as_bytes());
            measure.bytes += if is_plain { value.len() } else { escaped_len(value) };
            measure.is_plain &= is_plain;
            Ok(())
        });
        debug_assert!(written.is_ok(), "counting does not fail");
        measure
    }
}

/// Counts bytes, and notes whether no value of the command is escaped.
struct Measure {
    bytes: usize,
    is_plain: bool,
}

impl Write for Measure {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.bytes += s.len();
        Ok(())
    }
}

impl fmt::Display for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, escape)
    }
}

impl From<Body<'_>> for String {
    fn from(body: Body<'_>) -> Self {
        let Measure { bytes, is_plain } = body.measure();
        let mut text = Self::with_capacity(bytes);
        // Values that were seen to be plain are not looked at again.
        let written = if is_plain {
            body.write(&mut text, |value, text| text.write_str(value))
        } else {
            body.write(&mut text, escape)
        };
        written.expect("a string takes any text");
        text
    }
}

impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("credentials", self.credentials)
            .field("command", &self.command)
            .finish_non_exhaustive()
    }
}
