//! The parser and its settings.

pub(crate) mod buffers;
pub(crate) mod envelope;
mod expected;
mod finish;
mod holes;
pub(crate) mod options;
mod paging;
mod predict;
mod reader;

use alloc::borrow::Cow;
use alloc::string::String;
use core::str::{FromStr, Utf8Error};

use cnic_text::{LineFinder, Position, Span, to_usize};

use crate::error::{ErrorKind, ParseError};
use crate::limits::Limits;
use crate::parse::buffers::Buffers;
use crate::parse::options::Options;
use crate::parse::reader::read_text;
use crate::response::Response;

/// Parses responses: its settings say how large they may be and which deviations are accepted.
///
/// [`Response::parse`] uses the default settings.
///
/// ```
/// use cnic_response::{ErrorKind, NoteKind, Parser};
///
/// const PARSER: Parser = Parser::strict();
///
/// let text = "[RESPONSE]\ncode = 200\ndescription = Done\nEOF\nmore\n";
/// let error = PARSER.parse(text).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Noted(NoteKind::TrailingData));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Parser {
    pub(crate) options: Options,
    encoding: Encoding,
}

/// The encoding of the bytes of a response.
///
/// ```
/// use cnic_response::{Encoding, NoteKind, Parser};
///
/// let bytes = b"code = 200\ndescription = Fertig f\xfcr heute\n";
/// assert!(Parser::new().parse_bytes(bytes).is_err());
/// let response = Parser::new().encoding(Encoding::Utf8Lossy).parse_bytes(bytes)?;
/// assert_eq!(response.description(), "Fertig f\u{fffd}r heute");
/// assert_eq!(response.notes()[0].kind(), NoteKind::ReplacedBytes);
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8; anything else is an error. The default, and what the servers send.
    #[default]
    Utf8,
    /// UTF-8; invalid bytes are replaced by U+FFFD and [noted](crate::NoteKind::ReplacedBytes).
    Utf8Lossy,
    /// ISO 8859-1: every byte is the character of that number, `\xfc` is `ü`. The three bytes of a
    /// UTF-8 byte order mark at the start are still read as that mark, as in the other encodings.
    Latin1,
}

impl Parser {
    /// Creates a lenient parser: deviations known from real servers and the vendor's documentation
    /// are accepted and recorded as [notes](crate::Note).
    ///
    /// ```
    /// # use cnic_response::Parser;
    /// let response = Parser::new().parse("CODE=200\n...\n")?;
    /// assert_eq!((response.code().as_u16(), response.notes().len()), (200, 2));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    pub const fn new() -> Self {
        Self {
            options: Options {
                limits: Limits::DEFAULT,
                strict: false,
                allow_truncated: false,
                predict: true,
            },
            encoding: Encoding::Utf8,
        }
    }

    /// Creates a strict parser: anything the default parser would [note](crate::Note) is an error,
    /// and the `[RESPONSE]`/`EOF` envelope is required.
    ///
    /// ```
    /// # use cnic_response::{ErrorKind, Parser};
    /// let error = Parser::strict().parse("code = 200\ndescription = Done\n").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::MissingEnvelope);
    /// ```
    pub const fn strict() -> Self {
        let parser = Self::new();
        Self { options: Options { strict: true, ..parser.options }, ..parser }
    }

    /// Sets the limits. Default: [`Limits::DEFAULT`].
    pub const fn limits(self, limits: Limits) -> Self {
        let fits = Limits::fits_row(limits.row);
        let limits = limits.row(if fits { limits.row } else { limits.row - 1 });
        Self { options: Options { limits, ..self.options }, ..self }
    }

    /// Sets whether a response with `[RESPONSE]` but no `EOF` is accepted as far as it goes.
    /// Default: no, it is an error.
    ///
    /// Such a response returns `true` from [`Response::is_truncated`].
    ///
    /// ```
    /// use cnic_response::Parser;
    ///
    /// let cut = "[RESPONSE]\ncode = 200\nproperty[domain][0] = example.co";
    /// let response = Parser::new().allow_truncated(true).parse(cut)?;
    /// assert!(response.is_truncated());
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    pub const fn allow_truncated(self, allow_truncated: bool) -> Self {
        Self { options: Options { allow_truncated, ..self.options }, ..self }
    }

    /// Sets the encoding of the input of [`parse_bytes`](Self::parse_bytes). Default:
    /// [`Encoding::Utf8`].
    ///
    /// ```
    /// use cnic_response::{Encoding, Parser};
    ///
    /// let bytes = b"code = 200\ndescription = Fertig\nproperty[city][0] = M\xfcnchen\n";
    /// let response = Parser::new().encoding(Encoding::Latin1).parse_bytes(bytes)?;
    /// assert_eq!(response.get("city", 0), Some("M\u{fc}nchen"));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    pub const fn encoding(self, encoding: Encoding) -> Self {
        Self { encoding, ..self }
    }

    /// Reads one response. A `&str` is borrowed, a `String` is moved; neither is copied.
    ///
    /// ```
    /// # use cnic_response::Parser;
    /// let body = String::from("code = 200\nproperty[domain][0] = example.com\n");
    /// let response = Parser::new().parse(body)?; // owns the text
    /// assert_eq!(response.get("domain", 0), Some("example.com"));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * no `code`, two that differ, or one that is not a number from 100 to 999;
    /// * `[RESPONSE]` without `EOF`, unless [allowed](Self::allow_truncated);
    /// * a row index that does not fit in 32 bits, or anything above the [limits](Limits);
    /// * a text that is not a response: empty, or an HTML page without a `[RESPONSE]` line;
    /// * for a [strict](Self::strict) parser, no envelope, or anything that would be noted.
    pub fn parse<'t>(&self, text: impl Into<Cow<'t, str>>) -> Result<Response<'t>, ParseError> {
        self.parse_text(text.into(), None, &mut Buffers::new())
    }

    /// Reads one response as [`parse`](Self::parse) does, into memory that an earlier one left.
    ///
    /// If that is enough and the text is borrowed, nothing is allocated, unless more than 20 notes
    /// have to be put in order. On an error the buffers keep their memory.
    ///
    /// ```
    /// # use cnic_response::{Buffers, Parser};
    /// let (parser, mut buffers) = (Parser::new(), Buffers::new());
    /// for body in ["code = 200\n", "code = 545\n"] {
    ///     let response = parser.parse_with(body, &mut buffers)?;
    ///     assert!(body.contains(&response.code().to_string()));
    ///     buffers.reclaim(response);
    /// }
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse).
    pub fn parse_with<'t>(
        &self,
        text: impl Into<Cow<'t, str>>,
        buffers: &mut Buffers,
    ) -> Result<Response<'t>, ParseError> {
        self.parse_text(text.into(), None, buffers)
    }

    /// Reads one response from bytes in the parser's [encoding](Self::encoding).
    ///
    /// Bytes that are UTF-8 already are borrowed, or moved if they come in a `Vec`.
    ///
    /// # Errors
    ///
    /// * [`ErrorKind::InvalidUtf8`], with the offset of the first wrong byte, if the encoding is
    ///   [`Encoding::Utf8`];
    /// * all those of [`parse`](Self::parse).
    ///
    /// ```
    /// # use cnic_response::Parser;
    /// assert_eq!(Parser::new().parse_bytes(b"code = 200\n")?.code(), 200);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    pub fn parse_bytes<'t>(
        &self,
        bytes: impl Into<Cow<'t, [u8]>>,
    ) -> Result<Response<'t>, ParseError> {
        let bytes = bytes.into();
        // Before decoding, which would take memory for a text that is rejected in any case.
        if bytes.len() > to_usize(self.options.limits.bytes) {
            return Err(ParseError::at(ErrorKind::ByteLimit, Position::START));
        }
        if self.encoding == Encoding::Latin1 && !bytes.is_ascii() {
            let unmarked = bytes.strip_prefix("\u{feff}".as_bytes());
            let mark = unmarked.map(|_| '\u{feff}');
            let bytes = unmarked.unwrap_or(&bytes);
            let text = mark.into_iter().chain(bytes.iter().map(|&byte| char::from(byte)));
            return self.parse(text.collect::<String>());
        }
        match bytes {
            Cow::Borrowed(bytes) => match decode(bytes) {
                Ok(text) => self.parse(text),
                Err(error) => self.replace(bytes, error),
            },
            Cow::Owned(bytes) => match String::from_utf8(bytes) {
                Ok(text) => self.parse(text),
                Err(error) => {
                    self.replace(error.as_bytes(), invalid(error.as_bytes(), error.utf8_error()))
                }
            },
        }
    }

    /// Replaces invalid bytes if the encoding asks for that.
    fn replace(&self, bytes: &[u8], error: ParseError) -> Result<Response<'static>, ParseError> {
        match self.encoding {
            Encoding::Utf8Lossy => {
                let text = String::from_utf8_lossy(bytes).into_owned();
                self.parse_text(Cow::Owned(text), Some(error.position()), &mut Buffers::new())
            }
            Encoding::Latin1 | Encoding::Utf8 => Err(error),
        }
    }

    fn parse_text<'t>(
        &self,
        text: Cow<'t, str>,
        replaced: Option<Position>,
        buffers: &mut Buffers,
    ) -> Result<Response<'t>, ParseError> {
        let index = read_text(&text, &self.options, replaced, buffers)?;
        Ok(Response { text, index })
    }
}

/// Returns a parser that reads every line by the general path. It gives the same results, and is
/// slower.
pub const fn without_prediction(parser: Parser) -> Parser {
    Parser { options: Options { predict: false, ..parser.options }, ..parser }
}

impl<'t> Response<'t> {
    /// Reads one response with the default [`Parser`]. A `&str` is borrowed, a `String` is moved;
    /// neither is copied.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[domain][0] = example.com\n";
    /// let response = Response::parse(text)?;
    /// assert_eq!(response.as_str().as_ptr(), text.as_ptr()); // borrowed
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * no `code`, two that differ, or one that is not a number from 100 to 999;
    /// * `[RESPONSE]` without `EOF`;
    /// * a row index that does not fit in 32 bits, or anything above the [limits](crate::Limits);
    /// * a text that is not a response: empty, or an HTML page without a `[RESPONSE]` line.
    pub fn parse(text: impl Into<Cow<'t, str>>) -> Result<Self, ParseError> {
        Parser::new().parse(text)
    }

    /// Reads one response from UTF-8 bytes. For other encodings see [`Parser::encoding`].
    ///
    /// ```
    /// use cnic_response::{ErrorKind, Response};
    ///
    /// let error = Response::from_utf8(b"code = 200\ndescription = M\xfcnchen\n").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::InvalidUtf8 { offset: 26 });
    /// assert_eq!(error.to_string(), "invalid UTF-8 at byte 26 (line 2, byte 11)");
    /// ```
    ///
    /// # Errors
    ///
    /// * bytes that are not UTF-8, with the offset of the first wrong one;
    /// * all those of [`parse`](Self::parse).
    pub fn from_utf8(bytes: &'t [u8]) -> Result<Self, ParseError> {
        Parser::new().parse_bytes(bytes)
    }
}

/// [`Response::parse`] of a copy of the text.
///
/// ```
/// use cnic_response::Response;
///
/// let response: Response<'static> = "code = 200\n".parse()?;
/// assert!(response.is_success());
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
impl FromStr for Response<'static> {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(String::from(text))
    }
}

/// [`Response::parse`].
impl<'t> TryFrom<&'t str> for Response<'t> {
    type Error = ParseError;

    fn try_from(text: &'t str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

/// [`Response::parse`].
impl TryFrom<String> for Response<'static> {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

/// [`Response::from_utf8`].
impl<'t> TryFrom<&'t [u8]> for Response<'t> {
    type Error = ParseError;

    fn try_from(bytes: &'t [u8]) -> Result<Self, ParseError> {
        Self::from_utf8(bytes)
    }
}

impl Buffers {
    /// Takes the memory of a response. Its text, if it owned one, is dropped.
    pub fn reclaim(&mut self, response: Response<'_>) {
        let index = response.index;
        self.fields = index.fields;
        self.field_names = index.field_names;
        self.store.reclaim(index.store);
        self.column_names = index.column_names;
        self.notes = index.notes;
    }
}

/// Decodes UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, ParseError> {
    core::str::from_utf8(bytes).map_err(|error| invalid(bytes, error))
}

fn invalid(bytes: &[u8], error: Utf8Error) -> ParseError {
    let wrong = error.valid_up_to();
    let offset = u32::try_from(wrong).unwrap_or(u32::MAX);
    let end = error.error_len().map_or(bytes.len(), |len| wrong + len);
    let span = Span { start: offset, end: u32::try_from(end).unwrap_or(u32::MAX) };
    let position = LineFinder::new(bytes).position(wrong);
    ParseError::new(ErrorKind::InvalidUtf8 { offset }, position, span)
}

impl Default for Parser {
    fn default() -> Self {
        Self::new()
    }
}
