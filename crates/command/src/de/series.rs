//! A series as a list.

use alloc::format;

use serde::de::{DeserializeSeed, SeqAccess};

use super::attempt::Attempt;
use super::error::{Mismatch, Scalar};
use crate::series::Series;

/// The values of a series by index, gaps included.
pub(super) struct SeriesAccess<'a, 'c> {
    pub(super) series: Series<'c>,
    pub(super) name: &'c str,
    pub(super) next: u64,
    /// The largest index plus one.
    pub(super) end: u64,
    pub(super) attempt: &'a mut Attempt<'c>,
}

impl<'c> SeqAccess<'c> for SeriesAccess<'_, 'c> {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'c>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Mismatch> {
        if self.next == self.end {
            return Ok(None);
        }
        let index = self.next;
        self.next += 1;
        let text = u32::try_from(index).ok().and_then(|index| self.series.get(index));
        let element = seed.deserialize(Scalar::new(text));
        element.map(Some).inspect_err(|_| {
            self.attempt.culprit = Some(format!("{}{index}", self.name).into());
        })
    }

    fn size_hint(&self) -> Option<usize> {
        usize::try_from(self.end - self.next).ok()
    }
}
