//! Values, and where they were read.

use alloc::borrow::Cow;
use core::ops::Range;

use cnic_text::Position;
use cnic_text::form::escaped_range;

/// A value that is not checked yet, and where it was read.
///
/// Reading keeps the raw bytes, and not the offset of each decoded byte: only a violation needs a
/// span, and it is found by walking over the escapes again.
#[derive(Clone)]
pub(crate) struct RawValue<'t> {
    pub(crate) text: Cow<'t, str>,
    pub(crate) source: Option<Source<'t>>,
}

impl<'t> RawValue<'t> {
    /// Creates a value that was set, not read.
    pub(crate) const fn set(text: Cow<'t, str>) -> Self {
        Self { text, source: None }
    }

    pub(crate) fn position(&self) -> Option<Position> {
        self.source.map(|source| match source {
            Source::Pair { number } => Position::at_byte(number),
            Source::Form { pair, .. } => Position::at_byte(pair),
        })
    }

    /// Returns the bytes of the form that decode to a range of the text. An escape is covered as a
    /// whole.
    pub(crate) fn span(&self, range: Range<usize>) -> Option<Range<usize>> {
        match self.source? {
            Source::Pair { .. } => None,
            Source::Form { start, raw, .. } => {
                let raw = escaped_range(raw, range);
                Some(start + raw.start..start + raw.end)
            }
        }
    }
}

/// Where values were read makes no difference to equality.
impl PartialEq for RawValue<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for RawValue<'_> {}

/// The place of a name or a value.
#[derive(Clone, Copy)]
pub(crate) enum Source<'t> {
    /// The number of a decoded pair.
    Pair { number: usize },
    /// In a form: the start of its pair, its own start, and its bytes before they were decoded.
    Form { pair: usize, start: usize, raw: &'t [u8] },
}
