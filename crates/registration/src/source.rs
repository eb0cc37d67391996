//! Where a value was read.

use alloc::borrow::Cow;
use core::ops::Range;

use crate::error::Position;

/// A raw value, and where it was read.
#[derive(Clone)]
pub(crate) struct Value<'t> {
    pub(crate) text: Cow<'t, str>,
    pub(crate) source: Option<Source<'t>>,
}

impl<'t> Value<'t> {
    /// Makes a value that was not read but set.
    pub(crate) const fn set(text: Cow<'t, str>) -> Self {
        Self { text, source: None }
    }

    pub(crate) fn position(&self) -> Option<Position> {
        self.source.map(|source| match source {
            Source::Pair { number } => Position::new(number, 1),
            Source::Form { pair, .. } => Position::new(pair, 1),
        })
    }

    /// Returns the bytes of the form that stand for a range of the text, escapes as a whole.
    pub(crate) fn span(&self, range: Range<usize>) -> Option<Range<usize>> {
        match self.source? {
            Source::Pair { .. } => None,
            Source::Form { start, raw, .. } => {
                let raw = escaped(raw, range);
                Some(start + raw.start..start + raw.end)
            }
        }
    }
}

/// Values are equal wherever they were read.
impl PartialEq for Value<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Value<'_> {}

/// The place of a name or a value.
#[derive(Clone, Copy)]
pub(crate) enum Source<'t> {
    /// Of some pairs, the one of this number.
    Pair { number: usize },
    /// In a form: the start of its pair, its own start, and its bytes before they were decoded.
    Form { pair: usize, start: usize, raw: &'t [u8] },
}

/// Returns the range of `raw` that decodes to a range of the decoded bytes. Every `%XX` is one byte
/// when it is decoded, and so is every other byte.
pub(crate) fn escaped(raw: &[u8], decoded: Range<usize>) -> Range<usize> {
    let offset_of = |number: usize| {
        let mut offset = 0;
        for _ in 0..number {
            match raw.get(offset) {
                Some(b'%') => offset += 3,
                Some(_) => offset += 1,
                None => break,
            }
        }
        offset
    };
    offset_of(decoded.start)..offset_of(decoded.end)
}
