//! Which part of a list a response holds.

/// The window of a list that a response holds, from the columns `first last count limit total`.
///
/// A member is `None` where its column is absent or its cell is not an unsigned decimal number.
///
/// ```
/// use cnic_response::Response;
///
/// let text = "\
/// code = 200
/// description = Command completed successfully
/// property[column][0] = domain
/// property[count][0] = 2
/// property[domain][0] = example.com
/// property[domain][1] = example.net
/// property[first][0] = 0
/// property[last][0] = 1
/// property[limit][0] = 2
/// property[total][0] = 5
/// ";
/// let page = Response::parse(text)?.page().expect("a list");
/// assert_eq!(page.total, Some(5));
/// assert_eq!(page.next_first(), Some(2));
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Page {
    /// The number of rows in this response.
    pub count: Option<u64>,
    /// The offset of the first row in the list, from 0: the `FIRST` of the command.
    pub first: Option<u64>,
    /// The offset of the last row; equal to `first` where there are no rows.
    pub last: Option<u64>,
    /// The size of the window: the `LIMIT` of the command.
    pub limit: Option<u64>,
    /// The number of rows in the whole list.
    pub total: Option<u64>,
}

impl Page {
    /// The names of the columns, as the vendor's servers write them.
    pub(crate) const NAMES: [&'static str; 5] = ["count", "first", "last", "limit", "total"];

    /// Describes `count` rows of a list of `total`, starting at `first`, where `limit` were asked
    /// for.
    ///
    /// `last` is the offset of the last row, or `first` where there are no rows, as the vendor's
    /// servers have it (docs/protocol.md, section 2.6).
    ///
    /// ```
    /// use cnic_response::Page;
    ///
    /// assert_eq!(Page::window(10, 5, 10, 15).last, Some(14));
    /// assert_eq!(Page::window(10, 0, 10, 10).last, Some(10));
    /// ```
    #[must_use]
    pub const fn window(first: u64, count: u64, limit: u64, total: u64) -> Self {
        Self {
            count: Some(count),
            first: Some(first),
            last: Some(first.saturating_add(count.saturating_sub(1))),
            limit: Some(limit),
            total: Some(total),
        }
    }

    /// Returns the members in the order of [`NAMES`](Self::NAMES).
    pub(crate) fn members(&self) -> [Option<u64>; 5] {
        [self.count, self.first, self.last, self.limit, self.total]
    }

    pub(crate) fn members_mut(&mut self) -> [&mut Option<u64>; 5] {
        [&mut self.count, &mut self.first, &mut self.last, &mut self.limit, &mut self.total]
    }

    /// Returns whether rows of the list are left after this window.
    ///
    /// That is so when the window has rows, was not asked for with `LIMIT=0`, and ends before the
    /// list does. A window that does not say all of `count`, `last`, `limit` and `total` has no
    /// next one.
    ///
    /// ```
    /// # use cnic_response::Page;
    /// assert!(Page::window(0, 10, 10, 15).has_next());
    /// assert!(!Page::window(10, 5, 10, 15).has_next());
    /// ```
    #[must_use]
    pub const fn has_next(&self) -> bool {
        self.next_first().is_some()
    }

    /// Returns the `FIRST` of the next window: the offset after the last row. Returns `None` if
    /// there is no next window.
    ///
    /// The list may say a `total` that it never reaches, so a program that walks a list must also
    /// stop at a window without rows, as a [`Pager`](crate::Pager) does.
    ///
    /// ```
    /// # use cnic_response::Page;
    /// // The server may return fewer rows than it was asked for.
    /// assert_eq!(Page::window(0, 8, 10, 15).next_first(), Some(8));
    /// ```
    #[must_use]
    pub const fn next_first(&self) -> Option<u64> {
        match *self {
            Self {
                count: Some(1..),
                last: Some(last),
                limit: Some(1..),
                total: Some(total),
                ..
            } => match last.checked_add(1) {
                Some(next) if next < total => Some(next),
                _ => None,
            },
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn next(first: u64, last: u64, count: u64, limit: u64, total: u64) -> Option<u64> {
        let of = Some;
        let page = Page {
            count: of(count),
            first: of(first),
            last: of(last),
            limit: of(limit),
            total: of(total),
        };
        assert_eq!(page.has_next(), page.next_first().is_some());
        page.next_first()
    }

    /// The windows of docs/protocol.md, section 2.7.
    #[test]
    fn the_windows_on_which_other_clients_disagree() {
        assert_eq!(next(5, 14, 10, 10, 15), None, "the tail");
        assert_eq!(next(5, 14, 10, 10, 100), Some(15), "not aligned to the limit");
        assert_eq!(next(50, 59, 10, 10, 1000), Some(60));
        assert_eq!(next(0, 14, 15, 32, 16), Some(15), "the list of docs/sources.md, seed 004");
        assert_eq!(next(0, 0, 0, 0, 1_825_820), None, "LIMIT=0");
        assert_eq!(next(20_000_000, 20_000_000, 0, 10, 1_825_824), None, "past the end");
        assert_eq!(next(0, 0, 0, 10, 100), None, "no rows although there should be");
        assert_eq!(next(0, 9, 10, 0, 100), None, "rows although none were asked for");
        assert_eq!(next(0, u64::MAX, 1, 1, u64::MAX), None, "no offset after the last one");
    }

    #[test]
    fn a_member_that_is_missing_ends_the_walk() {
        let whole = Page::window(0, 10, 10, 100);
        assert_eq!(whole.next_first(), Some(10));
        for lacking in [
            Page { count: None, ..whole },
            Page { last: None, ..whole },
            Page { limit: None, ..whole },
            Page { total: None, ..whole },
        ] {
            assert_eq!(lacking.next_first(), None, "{lacking:?}");
        }
        assert!(Page { first: None, ..whole }.has_next());
    }
}
