//! Where the results of a check go.

use alloc::vec::Vec;

/// Receives what a check finds, one item after the other.
///
/// `()` discards the items, an `Option` keeps the first, a `Vec` collects them, and a closure is
/// called with each. Only the `Vec` allocates.
///
/// ```
/// use cnic_text::Sink;
///
/// fn check(sink: &mut impl Sink<u8>) {
///     sink.report(1);
///     sink.report(2);
/// }
///
/// let mut first: Option<u8> = None;
/// check(&mut first);
/// assert_eq!(first, Some(1));
///
/// let mut sum = 0;
/// check(&mut |item: u8| sum += item);
/// assert_eq!(sum, 3);
/// ```
pub trait Sink<T> {
    /// Receives one item.
    fn report(&mut self, item: T);
}

impl<T> Sink<T> for () {
    fn report(&mut self, _: T) {}
}

impl<T> Sink<T> for Option<T> {
    fn report(&mut self, item: T) {
        self.get_or_insert(item);
    }
}

impl<T> Sink<T> for Vec<T> {
    fn report(&mut self, item: T) {
        self.push(item);
    }
}

impl<T, F: FnMut(T)> Sink<T> for F {
    fn report(&mut self, item: T) {
        self(item);
    }
}
