//! The text of a response, and its code.

use std::fmt;

use cnic_response::{Code, Response, ResponseBuilder};

use crate::outcome::Rejection;

/// What a [`Case`](crate::Case) sends: a response, or any bytes.
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
    bytes: Vec<u8>,
    code: Option<Code>,
}

impl Answer {
    /// Returns the bytes as they are sent. They need not be UTF-8.
    ///
    /// ```
    /// # use cnic_mock::Answer;
    /// let latin1 = b"code = 200\ndescription = M\xfcnchen\n";
    /// assert_eq!(Answer::from(&latin1[..]).as_bytes(), latin1);
    /// ```
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the code; `None` if the bytes are no response in UTF-8.
    #[must_use]
    pub const fn code(&self) -> Option<Code> {
        self.code
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// The code and the length: a response may hold an auth code or a session.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("code", &self.code)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

impl From<&Response<'_>> for Answer {
    fn from(response: &Response<'_>) -> Self {
        Self { bytes: String::from(response.encode()).into_bytes(), code: Some(response.code()) }
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

impl From<Vec<u8>> for Answer {
    fn from(bytes: Vec<u8>) -> Self {
        let code = Response::from_utf8(&bytes).ok().map(|response| response.code());
        Self { bytes, code }
    }
}

impl From<&[u8]> for Answer {
    fn from(bytes: &[u8]) -> Self {
        Self::from(bytes.to_vec())
    }
}

impl From<String> for Answer {
    fn from(text: String) -> Self {
        Self::from(text.into_bytes())
    }
}

impl From<&str> for Answer {
    fn from(text: &str) -> Self {
        Self::from(text.as_bytes())
    }
}
