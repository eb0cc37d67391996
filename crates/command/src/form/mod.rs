//! Commands as sent over HTTP: `application/x-www-form-urlencoded`, with credentials.
//!
//! There are two shapes, and servers accept both (`docs/protocol.md`, section 1.9): *wrapped*,
//! where the text of the command is one field, and *flat*, where every parameter is a field of its
//! own.
//!
//! ```
//! use cnic_command::Command;
//! use cnic_command::form::{Credentials, Form};
//!
//! let credentials = Credentials::new().with_login("account").with_role("clerk").with_password("p&w");
//! let command = Command::new("StatusDomain")?.with("domain", "example.com")?;
//!
//! let wrapped = credentials.wrap(&command).to_string();
//! assert_eq!(
//!     wrapped,
//!     "s_login=account%3Aclerk&s_pw=p%26w&s_command=COMMAND%3DStatusDomain%0Adomain%3Dexample.com",
//! );
//! let flat = credentials.flatten(&command)?.to_string();
//! assert_eq!(flat, "s_login=account%3Aclerk&s_pw=p%26w&command=StatusDomain&domain=example.com");
//!
//! for body in [wrapped, flat] {
//!     let form = Form::decode(body.as_bytes()).expect("a form");
//!     assert_eq!(form.command().expect("a command"), Some(command.clone()));
//!     assert_eq!(form.credentials().role(), Some("clerk"));
//! }
//! # Ok::<(), cnic_command::BuildError>(())
//! ```

mod body;
mod credentials;
mod decode;
mod name;
mod query;

use alloc::borrow::Cow;
use core::fmt;

pub use self::body::Body;
pub use self::credentials::{Credentials, Others};
pub use self::query::{query, query_span};
use crate::command::Command;
use crate::error::ParseError;
use crate::limits::Limits;
pub use crate::parameters::transport::is_transport;
use crate::parse::Parser;

/// A decoded form: credentials, and the command in either shape.
///
/// ```
/// use cnic_command::{Form, ParseError};
///
/// /// What a server does with the body of a request.
/// fn answer(body: &[u8]) -> Result<String, ParseError> {
///     let (credentials, command) = Form::decode(body)?.into_parts()?;
///     let login = credentials.login().unwrap_or("nobody");
///     Ok(match command {
///         Some(command) => format!("{login}: {}", command.name()),
///         None => format!("{login}: a session"),
///     })
/// }
///
/// assert_eq!(answer(b"s_login=account&s_pw=secret&command=StatusAccount")?, "account: StatusAccount");
/// assert_eq!(answer(b"s_login=account&s_command=COMMAND%3DStatusAccount")?, "account: StatusAccount");
/// assert_eq!(answer(b"s_login=account&s_pw=secret&persistent=1")?, "account: a session");
/// # Ok::<(), ParseError>(())
/// ```
#[derive(Clone)]
pub struct Form<'t> {
    credentials: Credentials<'t>,
    body: Shape<'t>,
    limits: Limits,
}

#[derive(Clone)]
enum Shape<'t> {
    /// There is no command.
    None,
    /// The text of the command: `s_command`.
    Wrapped(Cow<'t, str>),
    /// A parameter for each field.
    Flat(Command<'t>),
}

impl<'t> Form<'t> {
    /// Returns who sends the command.
    ///
    /// ```
    /// # use cnic_command::Form;
    /// let form = Form::decode(b"s_login=account%3Aclerk&s_pw=p%26w&command=StatusAccount")?;
    /// let credentials = form.credentials();
    /// assert_eq!((credentials.login(), credentials.role()), (Some("account"), Some("clerk")));
    /// assert_eq!(credentials.password(), Some("p&w"));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub const fn credentials(&self) -> &Credentials<'t> {
        &self.credentials
    }

    /// Returns the command; `None` if the form has none, such as one that opens a session.
    ///
    /// A wrapped command is parsed, and a flat one copied, at each call: keep what is returned. It
    /// borrows from the form; [`into_parts`](Self::into_parts) returns one that does not.
    ///
    /// ```
    /// # use cnic_command::Form;
    /// let form = Form::decode(b"s_login=account&s_command=COMMAND%3DStatusDomain%0ADOMAIN%3Dexample.com")?;
    /// let command = form.command()?.expect("not a login");
    /// assert_eq!(command.get("domain"), Some("example.com"));
    /// assert_eq!(Form::decode(b"s_login=account&persistent=1")?.command()?, None);
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Command::parse`] for the text of a wrapped command. `[COMMAND]` without `EOF` is
    /// accepted: the form shows where the text ends. Positions count from the start of that text.
    pub fn command(&self) -> Result<Option<Command<'_>>, ParseError> {
        match &self.body {
            Shape::None => Ok(None),
            Shape::Wrapped(text) => wrapped_parser(self.limits).parse(text).map(Some),
            Shape::Flat(command) => Ok(Some(command.clone())),
        }
    }

    /// Splits the form into who sends the command, and the command. Neither borrows from the form.
    ///
    /// A flat command is moved. A wrapped one is parsed, and owns its keys and values if its text
    /// had escapes.
    ///
    /// ```
    /// # use cnic_command::{Command, Form, ParseError};
    /// fn received(body: &[u8]) -> Result<Option<Command<'_>>, ParseError> {
    ///     let (_, command) = Form::decode(body)?.into_parts()?;
    ///     Ok(command)
    /// }
    /// let command = received(b"s_command=COMMAND%3DStatusDomain%0ADOMAIN%3Dexample.com")?;
    /// assert_eq!(command, Some("COMMAND=StatusDomain\nDOMAIN=example.com".parse()?));
    /// # Ok::<(), ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`command`](Self::command).
    pub fn into_parts(self) -> Result<(Credentials<'t>, Option<Command<'t>>), ParseError> {
        let parser = wrapped_parser(self.limits);
        let command = match self.body {
            Shape::None => None,
            Shape::Wrapped(Cow::Borrowed(text)) => Some(parser.parse(text)?),
            Shape::Wrapped(Cow::Owned(text)) => Some(parser.parse(&text)?.into_owned()),
            Shape::Flat(command) => Some(command),
        };
        Ok((self.credentials, command))
    }

    /// Returns whether the command came in one field, `s_command`.
    ///
    /// ```
    /// # use cnic_command::Form;
    /// assert!(Form::decode(b"s_command=COMMAND%3DStatusAccount")?.is_wrapped());
    /// assert!(!Form::decode(b"command=StatusAccount")?.is_wrapped());
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub const fn is_wrapped(&self) -> bool {
        matches!(self.body, Shape::Wrapped(_))
    }
}

/// Returns the parser of a wrapped command. The form shows where its text ends.
const fn wrapped_parser(limits: Limits) -> Parser {
    Parser::new().limits(limits).allow_truncated(true)
}

impl fmt::Debug for Form<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form").field("credentials", &self.credentials).finish_non_exhaustive()
    }
}
