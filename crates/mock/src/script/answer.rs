//! The text of a response, and its code.

use std::fmt;

use cnic_response::{Code, Response, ResponseBuilder};

use crate::outcome::Rejection;

/// What a [`Case`](crate::Case) sends: a response, or any text.
///
/// ```
/// use cnic_mock::Answer;
/// use cnic_mock::response::{Code, ResponseBuilder};
///
/// let built = Answer::from(ResponseBuilder::new(Code::ENTITY_NOT_FOUND));
/// assert_eq!(built.code(), Some(Code::ENTITY_NOT_FOUND));
/// assert_eq!(Answer::from("<html>502 Bad Gateway</html>").code(), None);
/// ```
#[derive(Clone)]
pub struct Answer {
    text: String,
    code: Option<Code>,
}

impl Answer {
    /// Returns the text, byte for byte as it is sent.
    ///
    /// ```
    /// # use cnic_mock::Answer;
    /// assert_eq!(Answer::from("[RESPONSE]\ncode = 200\n").as_str(), "[RESPONSE]\ncode = 200\n");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the code; `None` if the text is no response.
    #[must_use]
    pub const fn code(&self) -> Option<Code> {
        self.code
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

/// The code and the length: a response may hold an auth code or a session.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("code", &self.code)
            .field("bytes", &self.text.len())
            .finish_non_exhaustive()
    }
}

impl From<&Response<'_>> for Answer {
    fn from(response: &Response<'_>) -> Self {
        Self { text: String::from(response.encode()), code: Some(response.code()) }
    }
}

impl From<Response<'_>> for Answer {
    fn from(response: Response<'_>) -> Self {
        Self::from(&response)
    }
}

/// A builder with an error becomes a response with the code 549 that says what is wrong.
impl From<ResponseBuilder> for Answer {
    fn from(builder: ResponseBuilder) -> Self {
        builder.to_text().map_or_else(|error| Self::from(Rejection::from(error)), Self::from)
    }
}

impl From<Rejection> for Answer {
    fn from(rejection: Rejection) -> Self {
        let text = rejection.into_builder().to_text();
        Self::from(text.expect("details have no line breaks and no outer blanks"))
    }
}

impl From<String> for Answer {
    fn from(text: String) -> Self {
        let code = Response::parse(text.as_str()).ok().map(|response| response.code());
        Self { text, code }
    }
}

impl From<&str> for Answer {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}
