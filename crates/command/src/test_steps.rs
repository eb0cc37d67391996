//! Counts steps in tests, which show quadratic time without a clock.

use core::cell::Cell;
use std::thread::LocalKey;

/// A count of steps on this thread.
pub(crate) struct Steps(&'static LocalKey<Cell<u64>>);

std::thread_local! {
    static COMPARED: Cell<u64> = const { Cell::new(0) };
    static READ: Cell<u64> = const { Cell::new(0) };
}

/// Comparisons of keys and names.
pub(crate) const COMPARISONS: Steps = Steps(&COMPARED);

/// Lines that are read by the general path.
pub(crate) const GENERAL_LINES: Steps = Steps(&READ);

impl Steps {
    pub(crate) fn count(&self) {
        self.0.set(self.0.get() + 1);
    }

    /// Returns how many steps `work` took.
    pub(crate) fn of<T>(&self, work: impl FnOnce() -> T) -> u64 {
        let before = self.0.get();
        work();
        self.0.get() - before
    }
}
