//! An allocator that counts, so that a test can say what something costs without a clock.
//!
//! The counters are per thread: tests that run beside each other do not disturb each other.
//!
//! ```
//! use cnic_testkit::counting::{Counting, cost};
//!
//! #[global_allocator]
//! static ALLOCATOR: Counting = Counting::new();
//!
//! let (list, spent) = cost(|| vec![0_u8; 1000]);
//! assert_eq!((spent.allocations, spent.live, spent.peak), (1, 1000, 1000));
//! let ((), spent) = cost(|| drop(list));
//! assert_eq!((spent.allocations, spent.live, spent.peak), (0, -1000, 0));
//! ```

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use std::alloc::System;

/// What some work allocated.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Counts {
    /// How often: `realloc` counts as once.
    pub allocations: usize,
    /// How many bytes more are held after it than before.
    pub live: isize,
    /// How many bytes more than before were held at one time.
    pub peak: isize,
}

std::thread_local!(static COUNTS: Cell<Counts> = const {
    Cell::new(Counts { allocations: 0, live: 0, peak: 0 })
});

/// The allocator of the system, counted by thread.
#[derive(Debug)]
#[non_exhaustive]
pub struct Counting;

impl Counting {
    /// Makes the allocator; a test file has one.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "it is for a static")]
    pub const fn new() -> Self {
        Self
    }
}

/// The size of a block, which no allocator lets be larger.
fn signed(size: usize) -> isize {
    isize::try_from(size).unwrap_or(isize::MAX)
}

impl Counting {
    fn takes(size: usize) {
        // A thread that is ending has no counters any more, and nobody who asks.
        let _ = COUNTS.try_with(|counts| {
            let Counts { allocations, live, peak } = counts.get();
            let live = live + signed(size);
            counts.set(Counts { allocations: allocations + 1, live, peak: peak.max(live) });
        });
    }

    fn gives_back(size: usize) {
        let _ = COUNTS.try_with(|counts| {
            let before = counts.get();
            counts.set(Counts { live: before.live - signed(size), ..before });
        });
    }
}

// SAFETY: every call is passed on to the system's allocator as it came; counting neither allocates nor unwinds.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::takes(layout.size());
        // SAFETY: the caller keeps the contract of `alloc`, which is the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        Self::gives_back(layout.size());
        // SAFETY: the caller keeps the contract of `dealloc`, and `block` came from the system's `alloc` or `realloc`.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Both blocks at once, which is what growing costs unless the system is lucky.
        Self::takes(size);
        Self::gives_back(layout.size());
        // SAFETY: the caller keeps the contract of `realloc`, and `block` came from the system's `alloc` or `realloc`.
        unsafe { System.realloc(block, layout, size) }
    }
}

/// Does some work and returns what it allocated meanwhile on this thread.
pub fn cost<T>(work: impl FnOnce() -> T) -> (T, Counts) {
    let start = Counts { allocations: 0, peak: COUNTS.get().live, ..COUNTS.get() };
    COUNTS.set(start);
    let result = work();
    let end = COUNTS.get();
    let spent = Counts {
        allocations: end.allocations,
        live: end.live - start.live,
        peak: end.peak - start.live,
    };
    (result, spent)
}
