//! The hash of keys, seeded so that nobody can choose keys that collide.

#[cfg(feature = "std")]
pub(crate) type KeyHashing = std::hash::RandomState;

#[cfg(not(feature = "std"))]
pub(crate) use seeded::KeyHashing;

#[cfg(not(feature = "std"))]
mod seeded {
    #![allow(deprecated, reason = "the only keyed hash of core")]
    use core::hash::{BuildHasher, SipHasher};

    /// SipHash, seeded with what differs from one run of a program to the next: where its stack and its code lie.
    #[derive(Clone, Copy)]
    pub(crate) struct KeyHashing {
        seeds: (u64, u64),
    }

    impl Default for KeyHashing {
        fn default() -> Self {
            let on_the_stack = 0_u8;
            let stack = core::ptr::from_ref(&on_the_stack).addr() as u64;
            let code = (is_here as fn() as *const ()).addr() as u64;
            Self { seeds: (stack, code) }
        }
    }

    /// Lies in the program's code.
    fn is_here() {}

    impl BuildHasher for KeyHashing {
        type Hasher = SipHasher;

        fn build_hasher(&self) -> SipHasher {
            SipHasher::new_with_keys(self.seeds.0, self.seeds.1)
        }
    }
}
