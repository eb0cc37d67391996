//! Where the cells of a column are in the text.

use core::fmt;
use core::iter::FusedIterator;
use core::ops::Range;

use crate::index::stored_cells::StoredCells;

/// Where in the text the cells of a column are, with their rows, ascending: what
/// [`Column::spans`](crate::Column::spans) returns. `Debug` prints how many are left.
///
/// ```
/// # use cnic_response::Response;
/// let response = Response::parse("code = 200\nproperty[a][0] = x\nproperty[a][1] =\n")?;
/// let spans = response.column("a").expect("a column").spans();
/// assert_eq!((spans.len(), spans.last()), (2, Some((1, 46..46))));
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone)]
pub struct CellSpans<'r>(pub(super) StoredCells<'r>);

impl CellSpans<'_> {
    /// Splits off the first `count` cells, or all if there are fewer. The others stay.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[a][0] = x\nproperty[a][1] = y\nproperty[a][5] = z\n";
    /// let response = Response::parse(text)?;
    /// let mut spans = response.column("a").expect("a column").spans();
    /// let first = spans.split_to(2);
    /// assert_eq!(first.map(|(row, _)| row).collect::<Vec<_>>(), [0, 1]);
    /// assert_eq!(spans.map(|(row, _)| row).collect::<Vec<_>>(), [5]);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use = "these cells are not among the others any more"]
    pub fn split_to(&mut self, count: usize) -> Self {
        Self(self.0.split_to(count))
    }
}

impl Iterator for CellSpans<'_> {
    type Item = (usize, Range<usize>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(row, span)| (row, span.range()))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut f: F) -> B {
        self.0.fold(init, |state, (row, span)| f(state, (row, span.range())))
    }
}

impl DoubleEndedIterator for CellSpans<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(row, span)| (row, span.range()))
    }
}

impl ExactSizeIterator for CellSpans<'_> {}

impl FusedIterator for CellSpans<'_> {}

impl fmt::Debug for CellSpans<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CellSpans").field("len", &self.len()).finish_non_exhaustive()
    }
}
