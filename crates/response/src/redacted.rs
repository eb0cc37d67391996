//! A response without its secrets.

use core::fmt;

use cnic_text::Redaction;

use crate::encode;
use crate::mask::Mask;
use crate::response::Response;

/// A response whose secrets are masked, for logs: what [`Response::redacted`] returns.
///
/// `Display` writes the [canonical text](Response::encode), and with the feature `serde`
/// `Serialize` the members of a [`Response`], both with `***` in place of
///
/// * the cells of a column whose name is a secret's, repeated ones and values of a list among them:
///   `property[auth][0] = ***`;
/// * the value of such a top-level field: `sessionid = ***`;
/// * what follows such a name, and `:` or `=`, in the description: `Wrong auth code; auth=***`.
///
/// The names are those of a [`Redaction`]. They are compared as in a look-up: ASCII
/// case-insensitively, without blanks and `_`, and with or without an index. In the description,
/// `auth-code` is such a name too. There the masked part ends at the next blank, `;` or `,`. If it
/// begins with a quote, it ends after the next quote of that kind, or with the description.
///
/// An empty value is not a secret and stays empty. Names, `code` and what describes a list
/// (`column`, `count`, `first`, `last`, `limit`, `total`) are never masked, so that the text reads
/// back as a response of the same shape: the same rows, holes and notes.
///
/// ```
/// # use cnic_response::Response;
/// let response = Response::parse("code = 200\ndescription = Done\nsessionid = a-secret\n")?;
/// assert!(response.redacted().to_string().contains("\nsessionid = ***\n"));
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Redacted<'r> {
    pub(crate) response: &'r Response<'r>,
    pub(crate) mask: Mask<'r>,
}

/// The names that the vendor documents.
pub(crate) static DEFAULT: Redaction = Redaction::DEFAULT;

impl Response<'_> {
    /// Returns a view with secrets masked, to be written to a log.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "\
    /// code = 200
    /// description = Command completed successfully; auth: 4711
    /// property[domain][0] = example.com
    /// property[auth][0] = a-secret
    /// ";
    /// let response = Response::parse(text)?;
    /// let expected = "\
    /// [RESPONSE]
    /// code = 200
    /// description = Command completed successfully; auth: ***
    /// property[domain][0] = example.com
    /// property[auth][0] = ***
    /// EOF
    /// ";
    /// assert_eq!(response.redacted().to_string(), expected);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn redacted(&self) -> Redacted<'_> {
        self.redacted_with(&DEFAULT)
    }

    /// Returns a view with secrets masked, including those of your own names.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// use cnic_response::Redaction;
    ///
    /// let response = Response::parse("code = 200\nproperty[x-my-key0][0] = a-secret\n")?;
    /// let redaction = Redaction::DEFAULT.with("X-MY-KEY");
    /// let text = response.redacted_with(&redaction).to_string();
    /// assert!(text.contains("property[x-my-key0][0] = ***\n"));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn redacted_with<'r>(&'r self, redaction: &'r Redaction) -> Redacted<'r> {
        Redacted { response: self, mask: Mask::of(redaction) }
    }
}

impl fmt::Display for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        encode::write(self.response, self.mask, f)
    }
}

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Redacted").field(self.response).finish()
    }
}
