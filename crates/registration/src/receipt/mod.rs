//! The response to a registration.

mod fields;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write};
use core::str::FromStr;

use cnic_text::{LineFinder, Position, Span};

use crate::error::{ErrorKind, ParseError};
use crate::limits::Limits;
use crate::lines::{Line, Lines, MARK};
use crate::value::amount::Amount;

use self::fields::value_of;
pub use self::fields::{ReceiptFields, ReceiptValues};

/// The response to the `register` call: lines `Key: value`. The `Status` says whether the domain is
/// registered.
///
/// Only `Status: 0` with an amount is a success; a success without an amount, or a status other
/// than 0 and 1, is an error. Keys are ASCII case-insensitive, and values are kept unchanged
/// (docs/toolkit.md, section 1.5). `Debug` shows the status and the amount, and no text of any
/// line.
///
/// ```
/// use cnic_registration::Receipt;
///
/// let text = "Transaction-ID: e2ca01ad7135e787a5e97ad5b421ed74\nStatus: 0\n\
///     Message: Registration successfully completed\ndomain: example\nsuffix: uk.com\namount: 65.00\n";
/// let receipt = Receipt::parse(text)?;
/// assert!(receipt.is_success());
/// assert_eq!(receipt.amount().map(|amount| amount.minor_units()), Some(6500));
/// assert_eq!(receipt.get("DOMAIN"), Some("example"));
/// # Ok::<(), cnic_registration::ParseError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt<'t> {
    fields: Vec<KeyValue<'t>>,
    success: bool,
    amount: Option<Amount>,
}

/// A key, and the value if there is a colon.
type KeyValue<'t> = (Cow<'t, str>, Option<Cow<'t, str>>);

/// The keys that a response has at most once.
const SCALARS: [&str; 12] = [
    "transaction-id",
    "status",
    "message",
    "domain",
    "suffix",
    "chandle",
    "ahandle",
    "thandle",
    "bhandle",
    "registrar",
    "registrant",
    "amount",
];

pub(crate) fn from_utf8(bytes: &[u8], limits: Limits) -> Result<Receipt<'_>, ParseError> {
    limits.check_bytes(bytes.len())?;
    let text = core::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let span = at..error.error_len().map_or(bytes.len(), |len| at + len);
        ParseError::new(ErrorKind::InvalidUtf8, LineFinder::new(bytes).position(at), span)
    })?;
    parse(text, limits)
}

pub(crate) fn parse(text: &str, limits: Limits) -> Result<Receipt<'_>, ParseError> {
    // A receipt usually has each of these keys once.
    let mut fields = Vec::with_capacity(SCALARS.len());
    let mut status = None;
    let mut amount = None;
    let mut seen = [false; SCALARS.len()];
    // The first line that is an error unless the status is 1.
    let mut fault = None;
    let mut lines = Lines::new(text, limits)?;
    for line in lines.by_ref() {
        let Line { text: line, position } = line?;
        let (key, value) = split(line);
        let error = |kind, part| ParseError::new(kind, position, Span::locate(part, text));
        for part in [Some(key), value].into_iter().flatten() {
            if Limits::exceeds(part.len(), limits.value) {
                return Err(error(ErrorKind::ValueLimit, part));
            }
        }
        fields.push((key.into(), value.map(Cow::Borrowed)));
        let Some(value) = value else { continue };
        let Some(place) = SCALARS.iter().position(|scalar| scalar.eq_ignore_ascii_case(key)) else {
            continue;
        };
        let is_status = SCALARS[place] == "status";
        let found = match (SCALARS[place], value) {
            _ if core::mem::replace(&mut seen[place], true) => {
                Err(error(ErrorKind::DuplicateKey, key))
            }
            ("status", "0" | "1") => {
                status = Some(value == "0");
                Ok(())
            }
            ("status", _) => Err(error(ErrorKind::InvalidStatus, value)),
            ("amount", _) => match value.parse() {
                Ok(found) => {
                    amount = Some(found);
                    Ok(())
                }
                Err(_) => Err(error(ErrorKind::InvalidAmount, value)),
            },
            _ => Ok(()),
        };
        if let Err(error) = found {
            let first = *fault.get_or_insert(error);
            if is_status {
                return Err(first);
            }
        }
    }
    let missing = |kind| ParseError::new(kind, lines.last_position(), text.len()..text.len());
    match (status, fault) {
        (Some(false), _) => Ok(Receipt { fields, success: false, amount }),
        (_, Some(fault)) => Err(fault),
        (None, None) if lines.all_blank() => {
            Err(ParseError::new(ErrorKind::Empty, Position::START, text.len()..text.len()))
        }
        (None, None) => Err(missing(ErrorKind::MissingStatus)),
        (Some(true), None) if amount.is_none() => Err(missing(ErrorKind::MissingAmount)),
        (Some(true), None) => Ok(Receipt { fields, success: true, amount }),
    }
}

/// Splits a line at its first colon, and removes one blank after it.
fn split(line: &str) -> (&str, Option<&str>) {
    match memchr::memchr(b':', line.as_bytes()) {
        None => (line, None),
        Some(colon) => {
            let value = &line[colon + 1..];
            (&line[..colon], Some(value.strip_prefix([' ', '\t']).unwrap_or(value)))
        }
    }
}

impl<'t> Receipt<'t> {
    /// Reads a receipt. Lines end with LF or CRLF; one blank (SP, TAB) after a colon is not part of
    /// the value, and one U+FEFF at the start is ignored.
    ///
    /// ```
    /// # use cnic_registration::Receipt;
    /// let rejected = Receipt::parse("Status: 1\nMessage: Domain is not available\namount:\n")?;
    /// assert_eq!(rejected.message(), Some("Domain is not available"));
    /// assert_eq!((rejected.amount(), rejected.get("amount")), (None, Some("")));
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * no status, two of them, or one that is not exactly `0` or `1`: an HTML page, an empty
    ///   body, `Status: 00`;
    /// * `Status: 0` without an amount;
    /// * unless the status is `1`: an amount that is not digits with at most two decimals, or a
    ///   second line of a key that may be given only once. With `Status: 1` no domain is registered
    ///   and nothing has to be paid, so such lines are accepted;
    /// * anything above the default [`Limits`](crate::Limits); a [`Parser`](crate::Parser) can have
    ///   others.
    pub fn parse(text: &'t str) -> Result<Self, ParseError> {
        parse(text, Limits::DEFAULT)
    }

    /// Reads a receipt from UTF-8 bytes.
    ///
    /// ```
    /// # use cnic_registration::Receipt;
    /// let receipt = Receipt::from_utf8(b"Status: 0\r\namount: 65.00\r\n")?;
    /// assert!(receipt.is_success());
    /// let error = Receipt::from_utf8(b"Status: 1\nMessage: caf\xe9\n").unwrap_err();
    /// assert_eq!((error.position().line(), error.span()), (2, 22..23));
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * bytes that are not UTF-8, with the line they are in;
    /// * all those of [`parse`](Self::parse).
    pub fn from_utf8(bytes: &'t [u8]) -> Result<Self, ParseError> {
        from_utf8(bytes, Limits::DEFAULT)
    }

    /// Converts this into a receipt that owns its text.
    ///
    /// ```
    /// # use cnic_registration::{ParseError, Receipt};
    /// fn read(body: &[u8]) -> Result<Receipt<'static>, ParseError> {
    ///     Receipt::from_utf8(body).map(Receipt::into_owned)
    /// }
    /// assert_eq!(read(b"Status: 1\n")?.status(), 1);
    /// # Ok::<(), ParseError>(())
    /// ```
    #[must_use]
    pub fn into_owned(self) -> Receipt<'static> {
        let own = |text: Cow<'t, str>| Cow::Owned(text.into_owned());
        let fields =
            self.fields.into_iter().map(|(key, value)| (own(key), value.map(own))).collect();
        Receipt { fields, success: self.success, amount: self.amount }
    }

    /// Returns whether the domain is registered: `Status: 0`, with an amount.
    ///
    /// ```
    /// # use cnic_registration::Receipt;
    /// assert!(Receipt::parse("Status: 0\namount: 65.00\n")?.is_success());
    /// assert!(!Receipt::parse("Status: 1\nMessage: successfully completed\n")?.is_success());
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub const fn is_success(&self) -> bool {
        self.success
    }

    /// Returns the number of the status: 0 for a success, 1 for an error.
    #[must_use]
    pub const fn status(&self) -> u8 {
        if self.success { 0 } else { 1 }
    }

    /// Returns the price without VAT: `amount: 65.00`. A success always has one.
    ///
    /// ```
    /// # use cnic_registration::Receipt;
    /// let receipt = Receipt::parse("Status: 0\namount: 65.5\n")?;
    /// assert_eq!(receipt.amount().map(|amount| amount.to_string()).as_deref(), Some("65.50"));
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub const fn amount(&self) -> Option<Amount> {
        self.amount
    }

    /// Returns the id of the transaction.
    #[must_use]
    pub fn transaction_id(&self) -> Option<&str> {
        self.get("transaction-id")
    }

    /// Returns the message, which an error may lack.
    ///
    /// ```
    /// # use cnic_registration::Receipt;
    /// let receipt = Receipt::parse("Status: 1\nMessage: Domain not available\n")?;
    /// assert_eq!(receipt.message(), Some("Domain not available"));
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.get("message")
    }

    /// Returns the first value of a key, ASCII case-insensitively.
    ///
    /// ```
    /// # use cnic_registration::Receipt;
    /// let receipt = Receipt::parse("Status: 1\nTransaction-ID: 1f0a\nnote\n")?;
    /// assert_eq!(receipt.get("transaction-id"), Some("1f0a"));
    /// assert_eq!(receipt.get("note"), None, "a line without a colon has no value");
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.fields().find_map(|field| value_of(field, key))
    }

    /// Returns all values of a key, in order: `dns` may occur more than once.
    ///
    /// ```
    /// # use cnic_registration::Receipt;
    /// let text = "Status: 0\ndns: ns1.example.com\nDNS: ns2.example.com\namount: 65.00\n";
    /// let servers: Vec<_> = Receipt::parse(text)?.get_all("dns").map(str::to_owned).collect();
    /// assert_eq!(servers, ["ns1.example.com", "ns2.example.com"]);
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub fn get_all<'r>(&'r self, key: &'r str) -> ReceiptValues<'r> {
        ReceiptValues::new(self.fields(), key)
    }

    /// Returns all lines in order, as keys and values; a line without a colon is a key without a
    /// value.
    ///
    /// ```
    /// # use cnic_registration::Receipt;
    /// let receipt = Receipt::parse("Status: 1\n\nPlease try again\n")?;
    /// let lines: Vec<_> = receipt.fields().collect();
    /// assert_eq!(lines, [("Status", Some("1")), ("Please try again", None)]);
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub fn fields(&self) -> ReceiptFields<'_> {
        ReceiptFields::new(&self.fields)
    }
}

impl<'t> TryFrom<&'t str> for Receipt<'t> {
    type Error = ParseError;

    fn try_from(text: &'t str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

/// Reads a receipt that owns its text; [`Receipt::parse`] borrows it.
impl FromStr for Receipt<'static> {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Receipt::parse(text).map(Receipt::into_owned)
    }
}

/// Writes the lines as `Key: value`, each with an LF.
impl fmt::Display for Receipt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The first mark is ignored in reading, so a key that starts with one needs another before
        // it.
        if self.fields.first().is_some_and(|(key, _)| key.starts_with(MARK)) {
            f.write_char(MARK)?;
        }
        for (key, value) in self.fields() {
            f.write_str(key)?;
            if let Some(value) = value {
                write!(f, ": {value}")?;
            }
            // One CR at the end of a line is not part of it.
            let end = if value.unwrap_or(key).ends_with('\r') { "\r\n" } else { "\n" };
            f.write_str(end)?;
        }
        Ok(())
    }
}

impl From<Receipt<'_>> for String {
    fn from(receipt: Receipt<'_>) -> Self {
        alloc::format!("{receipt}")
    }
}

impl fmt::Debug for Receipt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receipt")
            .field("status", &self.status())
            .field("amount", &self.amount)
            .field("fields", &self.fields.len())
            .finish_non_exhaustive()
    }
}
