//! The texts of a plan that is made from bytes.

use arbitrary::Arbitrary;

/// A name or a value: one that has a meaning somewhere, or anything.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub(super) enum Text<'a> {
    Word(u8),
    Any(&'a str),
}

impl<'a> Text<'a> {
    /// Returns the text, or one of these words.
    pub(super) fn or(self, words: &[&'a str]) -> &'a str {
        match self {
            Self::Word(n) => words[usize::from(n) % words.len()],
            Self::Any(text) => text,
        }
    }
}
