//! Counts comparisons of names, steps of look-ups and lines that are read, so that a test can tell
//! a linear reader from a quadratic one without a clock.

use core::cell::Cell;

std::thread_local!(static STEPS: Cell<u64> = const { Cell::new(0) });

pub(crate) fn count() {
    STEPS.set(STEPS.get() + 1);
}

/// Returns how many steps `work` took.
pub(crate) fn of<T>(work: impl FnOnce() -> T) -> u64 {
    let before = STEPS.get();
    work();
    STEPS.get() - before
}
