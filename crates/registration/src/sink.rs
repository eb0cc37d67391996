//! Where findings go.

use alloc::vec::Vec;

/// Takes what a check finds, one finding after the other: a [`Violation`](crate::Violation) or a [`Lint`](crate::Lint).
///
/// `()` ignores it, an `Option` keeps the first finding, a `Vec` all of them, and a closure does as it likes. None but the `Vec`
/// allocates.
///
/// ```
/// use cnic_registration::{Draft, Policy, Violation};
///
/// let draft = Draft::default();
/// let mut first: Option<Violation> = None;
/// Policy::TOOLKIT.check(&draft, &mut first);
/// assert_eq!(first.expect("nothing is given").to_string(), "user: missing");
///
/// let mut count = 0;
/// Policy::TOOLKIT.check(&draft, &mut |_: Violation| count += 1);
/// assert_eq!(count, 6);
/// ```
pub trait Sink<T> {
    /// Takes one finding.
    fn report(&mut self, finding: T);
}

impl<T> Sink<T> for () {
    fn report(&mut self, _: T) {}
}

impl<T> Sink<T> for Option<T> {
    fn report(&mut self, finding: T) {
        self.get_or_insert(finding);
    }
}

impl<T> Sink<T> for Vec<T> {
    fn report(&mut self, finding: T) {
        self.push(finding);
    }
}

impl<T, F: FnMut(T)> Sink<T> for F {
    fn report(&mut self, finding: T) {
        self(finding);
    }
}
