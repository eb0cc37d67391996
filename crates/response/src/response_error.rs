//! A response whose code says that the command failed, as an error.

use alloc::boxed::Box;
use core::fmt::{self, Write};

use crate::code::Code;
use crate::mask::Mask;
use crate::redacted;
use crate::response::Response;

/// The code and the description of a response that is no success: the error of
/// [`Response::into_result`].
///
/// A description may repeat a secret of the command. `Display` and `Debug` mask it as
/// [`Response::redacted`] does, and escape control characters; [`description`](Self::description)
/// returns it as the server sent it.
///
/// ```
/// use cnic_response::Response;
///
/// let text = "code = 541\ndescription = Invalid attribute value; auth: a-secret\n";
/// let error = Response::parse(text)?.into_result().unwrap_err();
/// assert_eq!(error.to_string(), "541 Invalid attribute value; auth: ***");
/// assert_eq!(error.description(), "Invalid attribute value; auth: a-secret");
/// assert!(!error.code().is_retryable());
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ResponseError {
    code: Code,
    description: Box<str>,
}

impl ResponseError {
    /// Returns the return code.
    ///
    /// ```
    /// # use cnic_response::{Code, Response};
    /// let response = Response::parse("code = 545\ndescription = Entity reference not found\n")?;
    /// let error = response.into_result().unwrap_err();
    /// assert_eq!(error.code(), Code::ENTITY_NOT_FOUND);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub const fn code(&self) -> Code {
        self.code
    }

    /// Returns the whole description, which may hold a secret. It is empty if there is none.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 503\ndescription = Invalid attribute name; LIMIT\n")?;
    /// let error = response.into_result().unwrap_err();
    /// assert_eq!(error.description(), "Invalid attribute name; LIMIT");
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }
}

impl Response<'_> {
    /// Returns whether the command was executed: the code is `2xx`. Short for
    /// [`Code::is_success`].
    ///
    /// In a response to a command with several objects, such as `CheckDomains`, each row has a code
    /// of its own: see [`Code::split`].
    ///
    /// ```
    /// # use cnic_response::Response;
    /// assert!(Response::parse("code = 200\ndescription = Done\n")?.is_success());
    /// assert!(!Response::parse("code = 421\ndescription = Server error\n")?.is_success());
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.code().is_success()
    }

    /// Returns the response if the command was [executed](Self::is_success).
    ///
    /// ```
    /// use cnic_response::Response;
    ///
    /// fn contact(body: &str) -> Result<String, Box<dyn core::error::Error>> {
    ///     let response = Response::parse(body)?.into_result()?;
    ///     Ok(response.get("contact", 0).ok_or("no contact")?.to_owned())
    /// }
    ///
    /// assert_eq!(contact("code = 200\nproperty[contact][0] = P-ABC1\n").ok().as_deref(), Some("P-ABC1"));
    /// let error = contact("code = 530\ndescription = Authentication failed\n").unwrap_err();
    /// assert_eq!(error.to_string(), "530 Authentication failed");
    /// ```
    ///
    /// # Errors
    ///
    /// The code and the description, if the code is not `2xx`. Nothing else of the response is
    /// kept.
    pub fn into_result(self) -> Result<Self, ResponseError> {
        if self.is_success() {
            return Ok(self);
        }
        Err(ResponseError { code: self.code(), description: self.description().into() })
    }
}

/// The code and the description, without its secrets: `545 Entity reference not found`.
impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if self.description.is_empty() {
            return Ok(());
        }
        f.write_char(' ')?;
        // It came over the wire: it must not move the cursor of a terminal.
        for c in Mask::of(&redacted::DEFAULT).description(&self.description).chars() {
            if c.is_control() { write!(f, "{}", c.escape_debug())? } else { f.write_char(c)? }
        }
        Ok(())
    }
}

/// `ResponseError("..")`, with the text of `Display`.
impl fmt::Debug for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ResponseError").field(&format_args!("\"{self}\"")).finish()
    }
}

impl core::error::Error for ResponseError {}
