//! The lines of a receipt, and the values of a key.

use core::fmt;
use core::iter::FusedIterator;
use core::slice;

use crate::receipt::{KeyValue, Receipt};

/// Returns the value of a line if it has one and that key.
pub(super) fn value_of<'r>((name, value): (&str, Option<&'r str>), key: &str) -> Option<&'r str> {
    value.filter(|_| name.eq_ignore_ascii_case(key))
}

/// The lines of a [`Receipt`]; see [`Receipt::fields`]. `Debug` shows their number.
///
/// ```
/// use cnic_registration::Receipt;
///
/// let receipt = Receipt::parse("Status: 1\nMessage: no\n")?;
/// assert_eq!(receipt.fields().len(), 2);
/// assert_eq!(receipt.fields().next_back(), Some(("Message", Some("no"))));
/// # Ok::<(), cnic_registration::ParseError>(())
/// ```
#[derive(Clone)]
pub struct ReceiptFields<'r>(slice::Iter<'r, KeyValue<'r>>);

impl<'r> ReceiptFields<'r> {
    pub(super) fn new(fields: &'r [KeyValue<'r>]) -> Self {
        Self(fields.iter())
    }
}

/// Returns a line as a key and a value.
fn borrowed<'r>((key, value): &'r KeyValue<'_>) -> (&'r str, Option<&'r str>) {
    (key, value.as_deref())
}

impl<'r> Iterator for ReceiptFields<'r> {
    type Item = (&'r str, Option<&'r str>);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(borrowed)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for ReceiptFields<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(borrowed)
    }
}

impl ExactSizeIterator for ReceiptFields<'_> {}

impl FusedIterator for ReceiptFields<'_> {}

impl fmt::Debug for ReceiptFields<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiptFields").field("len", &self.len()).finish_non_exhaustive()
    }
}

impl<'r> IntoIterator for &'r Receipt<'_> {
    type Item = (&'r str, Option<&'r str>);
    type IntoIter = ReceiptFields<'r>;

    fn into_iter(self) -> ReceiptFields<'r> {
        self.fields()
    }
}

/// The values of one key of a [`Receipt`]; see [`Receipt::get_all`]. `Debug` shows none of them.
///
/// ```
/// use cnic_registration::Receipt;
///
/// let receipt = Receipt::parse("Status: 1\ndns: ns1.example.com\ndns: ns2.example.com\n")?;
/// assert_eq!(receipt.get_all("dns").next_back(), Some("ns2.example.com"));
/// # Ok::<(), cnic_registration::ParseError>(())
/// ```
#[derive(Clone)]
pub struct ReceiptValues<'r> {
    fields: ReceiptFields<'r>,
    key: &'r str,
}

impl<'r> ReceiptValues<'r> {
    pub(super) const fn new(fields: ReceiptFields<'r>, key: &'r str) -> Self {
        Self { fields, key }
    }
}

impl<'r> Iterator for ReceiptValues<'r> {
    type Item = &'r str;

    fn next(&mut self) -> Option<&'r str> {
        let Self { fields, key } = self;
        fields.find_map(|field| value_of(field, key))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.fields.len()))
    }
}

impl DoubleEndedIterator for ReceiptValues<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let Self { fields, key } = self;
        fields.rev().find_map(|field| value_of(field, key))
    }
}

impl FusedIterator for ReceiptValues<'_> {}

impl fmt::Debug for ReceiptValues<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiptValues").finish_non_exhaustive()
    }
}
