//! The reply to a registration.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::amount::Amount;
use crate::error::{ErrorKind, ParseError, Position};

/// The reply of the `register` call: `Key: value` lines, of which `Status` says whether the domain is registered.
///
/// Only `Status: 0` with an amount is a success; a success without an amount, or any other status, is an error. Keys compare
/// without ASCII case, values are kept as they are, and no value is split: a name server's IPv6 address may hold `::`
/// (toolkit.md §1.5). `Debug` shows status and amount, and no text of any line.
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
    fields: Vec<Line<'t>>,
    success: bool,
    amount: Option<Amount>,
}

/// A key, and the value if there is a colon.
type Line<'t> = (Cow<'t, str>, Option<Cow<'t, str>>);

/// The keys of the reply that are there once.
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

impl<'t> Receipt<'t> {
    /// Reads a reply. Lines end with LF or CRLF; one blank (SP, TAB) after a colon is not part of the value.
    ///
    /// # Errors
    ///
    /// * no status, or one that is not exactly `0` or `1`: an HTML page, an empty body, `Status: 00`;
    /// * `Status: 0` without an amount, or an amount that is not digits with at most two decimals;
    /// * a second line of a key that is there once;
    /// * a text of 4 GiB or more.
    pub fn parse(text: &'t str) -> Result<Self, ParseError> {
        // Each of those keys once is what a reply has.
        let fields = Vec::with_capacity(SCALARS.len());
        let mut receipt = Self { fields, success: false, amount: None };
        let mut status = None;
        let mut seen = [false; SCALARS.len()];
        let mut last = Position::new(0, 1);
        if u32::try_from(text.len()).is_err() {
            return Err(ParseError::new(ErrorKind::TooLong, last));
        }
        let mut unread = text;
        let mut number = 0;
        while !unread.is_empty() {
            number += 1;
            last = Position::new(text.len() - unread.len(), number);
            let end = memchr::memchr(b'\n', unread.as_bytes()).map_or(unread.len(), |lf| lf + 1);
            let (line, after) = unread.split_at(end);
            unread = after;
            let line = line.strip_suffix('\n').unwrap_or(line);
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.bytes().all(|byte| matches!(byte, b' ' | b'\t')) {
                continue;
            }
            let error = |kind| Err(ParseError::new(kind, last));
            let Some(colon) = memchr::memchr(b':', line.as_bytes()) else {
                receipt.fields.push((line.into(), None));
                continue;
            };
            let (key, value) = (&line[..colon], &line[colon + 1..]);
            let value = value.strip_prefix([' ', '\t']).unwrap_or(value);
            if let Some(place) = SCALARS.iter().position(|scalar| scalar.eq_ignore_ascii_case(key))
            {
                if core::mem::replace(&mut seen[place], true) {
                    return error(ErrorKind::DuplicateField);
                }
                match (SCALARS[place], value) {
                    ("status", "0" | "1") => status = Some(value == "0"),
                    ("status", _) => return error(ErrorKind::InvalidStatus),
                    ("amount", _) => match value.parse() {
                        Ok(amount) => receipt.amount = Some(amount),
                        Err(_) => return error(ErrorKind::InvalidAmount),
                    },
                    _ => {}
                }
            }
            receipt.fields.push((key.into(), Some(value.into())));
        }
        let missing = |kind| Err(ParseError::new(kind, last));
        match status {
            None if receipt.fields.is_empty() => {
                Err(ParseError::new(ErrorKind::Empty, Position::new(0, 1)))
            }
            None => missing(ErrorKind::MissingStatus),
            Some(true) if receipt.amount.is_none() => missing(ErrorKind::MissingAmount),
            Some(success) => Ok(Self { success, ..receipt }),
        }
    }

    /// Reads a reply from UTF-8 bytes.
    ///
    /// # Errors
    ///
    /// * bytes that are not UTF-8, with the line they are in;
    /// * all those of [`parse`](Self::parse).
    pub fn from_utf8(bytes: &'t [u8]) -> Result<Self, ParseError> {
        let text = core::str::from_utf8(bytes).map_err(|error| {
            let (valid, _) = bytes.split_at(error.valid_up_to());
            let start = memchr::memrchr(b'\n', valid).map_or(0, |lf| lf + 1);
            let lines = memchr::memchr_iter(b'\n', valid).count();
            ParseError::new(ErrorKind::BadUtf8, Position::new(start, lines + 1))
        })?;
        Self::parse(text)
    }

    /// Returns a receipt that owns its text.
    #[must_use]
    pub fn into_owned(self) -> Receipt<'static> {
        let own = |text: Cow<'t, str>| Cow::Owned(text.into_owned());
        let fields =
            self.fields.into_iter().map(|(key, value)| (own(key), value.map(own))).collect();
        Receipt { fields, success: self.success, amount: self.amount }
    }

    /// Returns whether the domain is registered: `Status: 0`, with an amount.
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
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.get("message")
    }

    /// Returns the first value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.fields().find_map(|(name, value)| value.filter(|_| name.eq_ignore_ascii_case(key)))
    }

    /// Returns all values of a key, in order: `dns` may be there more than once.
    pub fn get_all<'r>(&'r self, key: &'r str) -> impl Iterator<Item = &'r str> + Clone {
        self.fields()
            .filter(|(name, _)| name.eq_ignore_ascii_case(key))
            .filter_map(|(_, value)| value)
    }

    /// Returns all lines in order, as keys and values; a line without a colon is a key without a value.
    pub fn fields(
        &self,
    ) -> impl ExactSizeIterator<Item = (&str, Option<&str>)> + DoubleEndedIterator + Clone {
        self.fields.iter().map(|(key, value)| (&**key, value.as_deref()))
    }
}

/// Writes the lines as `Key: value`, each with an LF.
impl fmt::Display for Receipt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
