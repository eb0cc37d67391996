//! What takes part in a comparison.

use std::fmt;
use std::hint::black_box;

/// Some work to be timed. What it returns is asserted before it becomes an entrant, and dropped within the time.
pub struct Entrant<'i> {
    name: &'static str,
    work: Box<dyn FnMut() + 'i>,
}

impl<'i> Entrant<'i> {
    /// Makes an entrant of that name.
    pub fn new<T>(name: &'static str, mut work: impl FnMut() -> T + 'i) -> Self {
        Self { name, work: Box::new(move || drop(black_box(work()))) }
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Does the work once.
    pub fn run(&mut self) {
        (self.work)();
    }
}

impl fmt::Debug for Entrant<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entrant").field("name", &self.name).finish_non_exhaustive()
    }
}
