//! The rows of a whole list, each of which keeps its page.

#[cfg(not(target_has_atomic = "ptr"))]
use alloc::rc::Rc as Shared;
#[cfg(target_has_atomic = "ptr")]
use alloc::sync::Arc as Shared;
use core::fmt;
use core::iter::FusedIterator;
use core::ops::Range;

use crate::pager::pages::Pages;
use crate::pager::step::IncompleteReason;
use crate::response::Response;
use crate::table::row::Row;

/// A row that owns its cells. The rows of a page share its response, so nothing is copied. As long
/// as one row is kept, the whole page is kept.
///
/// ```
/// use cnic_response::{IncompleteReason, OwnedRow, Pager, Response};
///
/// fn last(rows: impl Iterator<Item = Result<OwnedRow, IncompleteReason>>) -> Option<OwnedRow> {
///     rows.filter_map(Result::ok).last()
/// }
///
/// let text = "code = 200\nproperty[domain][0] = a.test\nproperty[domain][1] = b.test\nproperty[total][0] = 2\n";
/// let fetch = |_first| Ok(Response::parse(text).expect("a response"));
/// let row = last(Pager::new().pages(fetch).rows()).expect("two rows");
/// assert_eq!(row.get("domain"), Some("b.test"));
/// ```
#[derive(Clone)]
pub struct OwnedRow {
    page: Shared<Response<'static>>,
    index: usize,
}

impl OwnedRow {
    /// Returns the row's cell in a data column, as [`Row::get`] does.
    #[must_use]
    pub fn get(&self, column: &str) -> Option<&str> {
        self.row().get(column)
    }

    /// Returns the row as a view, with its cells and its index in the page.
    ///
    /// ```
    /// # use cnic_response::{IncompleteReason, Pager, Response};
    /// # let text = "code = 200\nproperty[domain][0] = a.test\nproperty[zone][0] = test\nproperty[total][0] = 1\n";
    /// # let fetch = |_first| Ok::<_, IncompleteReason>(Response::parse(text).expect("a response"));
    /// for row in Pager::new().pages(fetch).rows() {
    ///     let row = row?;
    ///     assert!(row.row().cells().eq([("domain", Some("a.test")), ("zone", Some("test"))]));
    /// }
    /// # Ok::<(), IncompleteReason>(())
    /// ```
    #[must_use]
    pub fn row(&self) -> Row<'_> {
        Row::at(self.page.table(), self.index)
    }

    /// Returns the response that the row belongs to.
    #[must_use]
    pub fn page(&self) -> &Response<'static> {
        &self.page
    }
}

impl fmt::Debug for OwnedRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnedRow").field("index", &self.index).finish_non_exhaustive()
    }
}

/// An iterator over the rows of all pages of a list: what [`Pages::rows`] returns.
///
/// ```
/// use cnic_response::{IncompleteReason, Pager, Response};
///
/// // A server that counts a row that it does not send.
/// let mut rows = Pager::new().pages(|first| {
///     let row = if first == 0 { "property[domain][0] = a.test\nproperty[count][0] = 1\n" } else { "" };
///     let page = "property[limit][0] = 1\nproperty[total][0] = 2\n";
///     let text = format!("code = 200\n{row}property[first][0] = {first}\nproperty[last][0] = {first}\n{page}");
///     Ok::<_, IncompleteReason>(Response::parse(text).expect("a response"))
/// }).rows();
/// assert_eq!(rows.next().unwrap()?.get("domain"), Some("a.test"));
/// assert_eq!(rows.next().unwrap().unwrap_err(), IncompleteReason::NoProgress);
/// assert!(rows.next().is_none());
/// # Ok::<(), IncompleteReason>(())
/// ```
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct ListRows<F> {
    pages: Pages<F>,
    page: Option<Shared<Response<'static>>>,
    rows: Range<usize>,
}

impl<F> Pages<F> {
    /// Returns an iterator over the rows of all pages. Each row owns its cells.
    ///
    /// If the list is incomplete, the rows before the fault come first, and then the error.
    /// [`Response::rows`] of each page lends its rows, which can be deserialized into types that
    /// borrow.
    ///
    /// ```
    /// use cnic_response::{IncompleteReason, Pager, Response};
    ///
    /// let whole = "code = 200\nproperty[domain][0] = a.test\nproperty[domain][1] = b.test\nproperty[total][0] = 2\n";
    /// let fetch = |_first| Ok::<_, IncompleteReason>(Response::parse(whole).expect("a response"));
    /// let rows: Vec<_> = Pager::new().pages(fetch).rows().collect::<Result<_, _>>()?;
    /// assert_eq!(rows[1].get("domain"), Some("b.test"));
    /// # Ok::<(), IncompleteReason>(())
    /// ```
    pub const fn rows(self) -> ListRows<F> {
        ListRows::of(self)
    }
}

impl<F> ListRows<F> {
    pub(super) const fn of(pages: Pages<F>) -> Self {
        Self { pages, page: None, rows: 0..0 }
    }

    /// Returns the iterator over the pages, to look at its [pager](Pages::pager).
    pub const fn pages(&self) -> &Pages<F> {
        &self.pages
    }
}

impl<'t, E, F> Iterator for ListRows<F>
where
    F: FnMut(u64) -> Result<Response<'t>, E>,
    E: From<IncompleteReason>,
{
    type Item = Result<OwnedRow, E>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let (Some(page), Some(index)) = (&self.page, self.rows.next()) {
                return Some(Ok(OwnedRow { page: Shared::clone(page), index }));
            }
            // A page without rows does not end a list; the pager does.
            self.page = None;
            match self.pages.next()? {
                Ok(page) => {
                    self.rows = 0..page.row_count();
                    self.page = Some(Shared::new(page.into_owned()));
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<'t, E, F> FusedIterator for ListRows<F>
where
    F: FnMut(u64) -> Result<Response<'t>, E>,
    E: From<IncompleteReason>,
{
}

impl<F> fmt::Debug for ListRows<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListRows").field("pages", &self.pages).finish_non_exhaustive()
    }
}
