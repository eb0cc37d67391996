//! The hash of keys, seeded so that nobody can choose keys that collide.

pub(crate) use foldhash::fast::RandomState as KeyHashing;
