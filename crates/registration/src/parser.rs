//! Parsing with limits.

use alloc::borrow::Cow;

use crate::draft::Draft;
use crate::error::ParseError;
use crate::form;
use crate::limits::Limits;
use crate::receipt::{self, Receipt};
use crate::suffix_list;
use crate::value::suffix_set::SuffixSet;

/// Reads forms, receipts and lists of suffixes within [limits](Limits).
///
/// [`Draft::from_form`], [`Receipt::parse`] and [`SuffixSet::from_response`] use the default
/// limits.
///
/// ```
/// use cnic_registration::{ErrorKind, Limits, Parser};
///
/// const PARSER: Parser = Parser::new().limits(Limits::DEFAULT.fields(2));
///
/// assert!(PARSER.parse_form(b"user=H1&password=x").is_ok());
/// let error = PARSER.parse_form(b"user=H1&password=x&domain=example").unwrap_err();
/// assert_eq!((error.kind(), error.position().byte()), (ErrorKind::FieldLimit, 19));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Parser {
    limits: Limits,
}

impl Parser {
    /// Creates a parser with the default limits.
    ///
    /// ```
    /// # use cnic_registration::{Limits, Parser};
    /// const PARSER: Parser = Parser::new();
    /// assert_eq!(PARSER, Parser::default().limits(Limits::DEFAULT));
    /// ```
    pub const fn new() -> Self {
        Self { limits: Limits::DEFAULT }
    }

    /// Sets the limits. Default: [`Limits::DEFAULT`].
    ///
    /// ```
    /// # use cnic_registration::{Limits, Parser};
    /// const SMALL: Parser = Parser::new().limits(Limits::DEFAULT.bytes(4096).fields(64));
    /// assert!(SMALL.parse_form(b"domain=example").is_ok());
    /// assert!(SMALL.parse_form(&[b'&'; 4097]).is_err());
    /// ```
    pub const fn limits(self, limits: Limits) -> Self {
        Self { limits }
    }

    /// Reads the body of a form, as [`Draft::from_form`] does.
    ///
    /// ```
    /// # use cnic_registration::{Field, Parser};
    /// let draft = Parser::new().parse_form(b"domain=example&suffix=uk.com")?;
    /// assert_eq!(draft.get(Field::Suffix), Some("uk.com"));
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Draft::from_form`], with the limits of this parser.
    pub fn parse_form<'t>(&self, body: &'t [u8]) -> Result<Draft<'t>, ParseError> {
        form::decode(body, self.limits)
    }

    /// Reads names and values that are decoded already, as [`Draft::from_pairs`] does.
    ///
    /// ```
    /// # use cnic_registration::{ErrorKind, Limits, Parser};
    /// let parser = Parser::new().limits(Limits::DEFAULT.fields(1));
    /// let error = parser.parse_pairs([("user", "H1"), ("domain", "example")]).unwrap_err();
    /// assert_eq!((error.kind(), error.span()), (ErrorKind::FieldLimit, 1..2));
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Draft::from_pairs`], with the limits of this parser.
    pub fn parse_pairs<'t, N: AsRef<str>, V: Into<Cow<'t, str>>>(
        &self,
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Draft<'t>, ParseError> {
        form::collect(pairs, self.limits)
    }

    /// Reads a receipt, as [`Receipt::parse`] does.
    ///
    /// ```
    /// # use cnic_registration::{ErrorKind, Limits, Parser};
    /// let parser = Parser::new().limits(Limits::DEFAULT.value(10));
    /// let error = parser.parse_receipt("Status: 1\nMessage: Domain not available\n").unwrap_err();
    /// assert_eq!((error.kind(), error.span()), (ErrorKind::ValueLimit, 19..39));
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Receipt::parse`], with the limits of this parser.
    pub fn parse_receipt<'t>(&self, text: &'t str) -> Result<Receipt<'t>, ParseError> {
        receipt::parse(text, self.limits)
    }

    /// Reads a receipt from UTF-8 bytes, as [`Receipt::from_utf8`] does.
    ///
    /// ```
    /// # use cnic_registration::Parser;
    /// let receipt = Parser::new().parse_receipt_bytes(b"Status: 0\r\namount: 65.00\r\n")?;
    /// assert!(receipt.is_success());
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Receipt::from_utf8`], with the limits of this parser.
    pub fn parse_receipt_bytes<'t>(&self, bytes: &'t [u8]) -> Result<Receipt<'t>, ParseError> {
        receipt::from_utf8(bytes, self.limits)
    }

    /// Reads a list of suffixes, as [`SuffixSet::from_response`] does.
    ///
    /// ```
    /// # use cnic_registration::Parser;
    /// let error = Parser::new().parse_suffixes("uk.com\n<html>\n").unwrap_err();
    /// assert_eq!(error.kind().name(), "InvalidSuffix");
    /// assert_eq!(error.position().line(), 2);
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`SuffixSet::from_response`], with the limits of this parser.
    pub fn parse_suffixes(&self, text: &str) -> Result<SuffixSet, ParseError> {
        suffix_list::parse(text, self.limits)
    }
}

impl Default for Parser {
    fn default() -> Self {
        Self::new()
    }
}
