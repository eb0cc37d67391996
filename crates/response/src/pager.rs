//! Walking a list, page by page.

pub(crate) mod pages;
pub(crate) mod rows;
pub(crate) mod step;

use alloc::vec;

use crate::index::folding::eq_name;
use crate::page::Page;
use crate::pager::step::{IncompleteReason, PagerStep};
use crate::response::Response;
use crate::table::Table;
use crate::table::column::Column;

/// Computes the `FIRST` of the next page, and verifies that the complete list was received.
///
/// [`pages`](Self::pages) is an iterator over a list, and [`next_page`](Self::next_page) is for
/// async code; both call a function that fetches a page. To walk a list by hand: while
/// [`next_first`](Self::next_first) returns an offset, send the list command with it as the
/// parameter `FIRST`, and pass the response to [`advance`](Self::advance). `LIMIT` and all other
/// parameters are up to the caller. Only list commands take `FIRST` and `LIMIT` (docs/protocol.md,
/// section 1.7).
///
/// A list is [done](PagerStep::Done) only if the responses prove that no row is missing; otherwise
/// the walk ends with an [`IncompleteReason`]. One case proves nothing: a response without any
/// paging column, as for `StatusDomain`, is taken as the whole answer. If you need a list, also
/// require that [`Response::page`] is not `None`. Every walk ends: `FIRST` grows with every step
/// and stays below the first response's `total`, and there are at most
/// [`max_pages`](Self::max_pages) steps, 1,000,000 by default.
///
/// ```
/// use std::error::Error;
/// use cnic_command::Command;
/// use cnic_response::{Pager, Response};
///
/// # // Three names, at most two a response.
/// # let send = |text: String| -> Result<String, Box<dyn Error>> {
/// #     let command = Command::parse(&text)?;
/// #     let first: usize = command.get("FIRST").expect("it is set").parse()?;
/// #     let names = &["a.test", "b.test", "c.test"][first..3.min(first + 2)];
/// #     let page = cnic_response::Page::window(first as u64, names.len() as u64, 2, 3);
/// #     let page = cnic_response::ResponseBuilder::new(cnic_response::Code::COMPLETED).column("domain", names).page(page);
/// #     Ok(page.to_text()?)
/// # };
/// let mut command = Command::new("QueryDomainList")?.with("LIMIT", "2")?;
/// let pages = Pager::new().pages(|first| -> Result<Response, Box<dyn Error>> {
///     command.set("FIRST", first.to_string())?;
///     let body = send(String::from(command.encode()))?; // over a transport of your choice
///     Ok(Response::parse(body)?)
/// });
/// let mut domains = Vec::new();
/// for row in pages.rows() {
///     domains.extend(row?.get("domain").map(str::to_owned));
/// }
/// assert_eq!(domains, ["a.test", "b.test", "c.test"]);
/// # Ok::<(), Box<dyn Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pager {
    first: u64,
    /// How many more pages may be taken.
    pages_left: u64,
    /// What the first window said.
    total: Option<u64>,
    end: Option<PagerStep>,
}

impl Pager {
    /// How many pages a walk takes at most unless [`max_pages`](Self::max_pages) says otherwise:
    /// 1,000,000.
    pub const DEFAULT_MAX_PAGES: u64 = 1_000_000;

    /// Starts at the beginning of a list: `FIRST=0`.
    ///
    /// ```
    /// # use cnic_response::Pager;
    /// assert_eq!(Pager::new().next_first(), Ok(Some(0)));
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self::starting_at(0)
    }

    /// Starts at a row of a list, to go on with a walk: `FIRST=2000`.
    ///
    /// [`PagerStep::Done`] then means that the list is complete from that row on. A start at or after
    /// the end of the list is done with its first response.
    ///
    /// ```
    /// use cnic_response::{Pager, PagerStep, Response};
    ///
    /// let mut pager = Pager::starting_at(2000);
    /// let end = "code = 200\nproperty[count][0] = 0\nproperty[first][0] = 2000\nproperty[total][0] = 2000\n";
    /// assert_eq!(pager.advance(&Response::parse(end)?), PagerStep::Done);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub const fn starting_at(first: u64) -> Self {
        Self { first, pages_left: Self::DEFAULT_MAX_PAGES, total: None, end: None }
    }

    /// Sets how many pages the walk takes at most, counted from the next one. Default:
    /// [`DEFAULT_MAX_PAGES`](Self::DEFAULT_MAX_PAGES).
    ///
    /// A server may promise 2^63 rows and send one a page. The last page allowed may complete the
    /// list; if it does not, the walk ends as [`IncompleteReason::PageLimit`], which has the
    /// `FIRST` to go on with. The rows of the last page are good: [`pages`](Self::pages) and
    /// [`next_page`](Self::next_page) return it before the error. A walk takes at least one page: 0
    /// means 1.
    ///
    /// ```
    /// use cnic_response::{Code, IncompleteReason, Page, Pager, ResponseBuilder, PagerStep};
    ///
    /// let page = Page::window(0, 1, 1, 1 << 63);
    /// let page = ResponseBuilder::new(Code::COMPLETED).column("domain", ["a.example"]).page(page).build()?;
    /// let mut pager = Pager::new().max_pages(1);
    /// assert_eq!(pager.advance(&page), PagerStep::Incomplete(IncompleteReason::PageLimit { next_first: 1 }));
    /// # Ok::<(), cnic_response::BuildError>(())
    /// ```
    #[must_use]
    pub const fn max_pages(self, pages: u64) -> Self {
        Self { first: self.first, pages_left: pages, total: self.total, end: self.end }
    }

    /// Returns the offset to ask for next: the `FIRST` of the command. After the end it is the
    /// offset that was asked for last.
    ///
    /// ```
    /// # use cnic_response::Pager;
    /// assert_eq!(Pager::starting_at(2000).first(), 2000);
    /// ```
    #[must_use]
    pub const fn first(&self) -> u64 {
        self.first
    }

    /// Returns the `FIRST` of the next page, and `None` once the list is whole: what
    /// [`advance`](Self::advance) returned last. Before the first response, returns the offset at
    /// which the walk starts.
    ///
    /// ```
    /// use cnic_response::{Pager, Response};
    ///
    /// let mut pager = Pager::new();
    /// assert_eq!(pager.next_first(), Ok(Some(0)));
    /// let page = "code = 200\nproperty[domain][0] = example.com\nproperty[total][0] = 1\n";
    /// pager.advance(&Response::parse(page)?).into_result()?;
    /// assert_eq!(pager.next_first(), Ok(None));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The reason why the list is incomplete, again at each call. So a loop over the pages ends with
    /// it even if it does not look at what `advance` returned.
    pub const fn next_first(&self) -> Result<Option<u64>, IncompleteReason> {
        match self.end {
            None => Ok(Some(self.first)),
            Some(end) => end.into_result(),
        }
    }

    /// Takes the response to the command with `FIRST` at [`first`](Self::first), and returns how to
    /// go on. Call it before the rows are used.
    ///
    /// After [`PagerStep::Done`] or [`PagerStep::Incomplete`] it returns the same again and ignores
    /// the response.
    ///
    /// | A successful response | Result |
    /// |---|---|
    /// | has no paging columns (`Status..`), at `FIRST=0` | done |
    /// | has rows up to `total` | done |
    /// | has no rows, and `first` is at or after `total` | done |
    /// | has rows, `last + 1` is below `total`, `limit` is above 0 | the next page, at `FIRST = last + 1`, never `first + limit` (docs/protocol.md, section 2.7) |
    /// | is the last one [allowed](Self::max_pages), and rows are left | [`IncompleteReason`] |
    /// | is anything else, such as one with `count` and without `total` | [`IncompleteReason`] |
    ///
    /// ```
    /// use cnic_response::{IncompleteReason, Pager, Response, PagerStep};
    ///
    /// // A server that counts a row that it does not send (docs/protocol.md, section 2.6).
    /// let mut pager = Pager::new();
    /// let page = Response::parse(
    ///     "code = 200\nproperty[count][0] = 1\nproperty[domain][0] = example.com\nproperty[first][0] = 0\n\
    ///      property[last][0] = 0\nproperty[limit][0] = 32\nproperty[total][0] = 2\n",
    /// )?;
    /// assert_eq!(pager.advance(&page), PagerStep::Next { first: 1 });
    /// let page = Response::parse(
    ///     "code = 200\nproperty[count][0] = 0\nproperty[first][0] = 1\nproperty[last][0] = 1\n\
    ///      property[limit][0] = 32\nproperty[total][0] = 2\n",
    /// )?;
    /// assert_eq!(pager.advance(&page), PagerStep::Incomplete(IncompleteReason::NoProgress));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    pub fn advance(&mut self, response: &Response<'_>) -> PagerStep {
        if let Some(end) = self.end {
            return end;
        }
        let step = match self.window_after(response) {
            Ok(Some(first)) => {
                self.pages_left = self.pages_left.saturating_sub(1);
                if self.pages_left > 0 {
                    self.first = first;
                    return PagerStep::Next { first };
                }
                PagerStep::Incomplete(IncompleteReason::PageLimit { next_first: first })
            }
            Ok(None) => PagerStep::Done,
            Err(reason) => PagerStep::Incomplete(reason),
        };
        self.end = Some(step);
        step
    }

    /// Returns where the next window begins, `None` where the list is whole.
    fn window_after(&mut self, response: &Response<'_>) -> Result<Option<u64>, IncompleteReason> {
        if !response.is_success() {
            return Err(IncompleteReason::ErrorPage(response.code()));
        }
        if response.is_truncated() {
            return Err(IncompleteReason::Truncated);
        }
        let Some(page) = response.page() else {
            // At 0 no window was seen before, and no rows precede.
            let is_whole = self.first == 0 && !response.columns().any(is_metadata_without_number);
            return if is_whole { Ok(None) } else { Err(IncompleteReason::UnknownWindow) };
        };
        if let (Some(from), Some(to)) = (self.total, page.total) {
            if from != to {
                return Err(IncompleteReason::TotalChanged { from, to });
            }
        }
        if let Some(given) = page.first.filter(|&first| first != self.first) {
            return Err(IncompleteReason::WrongWindow { asked: self.first, given });
        }
        let rows = rows_of_list(response.table());
        let rows = u64::try_from(rows).unwrap_or(u64::MAX);
        if page.count.is_some_and(|count| count != rows) || has_empty_row(response.table()) {
            return Err(IncompleteReason::CountMismatch);
        }
        let Some(total) = page.total else {
            // An empty list may say no more than `count` 0 and its sums (docs/protocol.md, section
            // 2.6). From a later window on it may as well be the end of a longer one.
            let is_empty = self.first == 0
                && (rows, page.count) == (0, Some(0))
                && page.limit != Some(0)
                && response.values().next().is_some();
            return if is_empty { Ok(None) } else { Err(IncompleteReason::UnknownWindow) };
        };
        self.total = Some(total);
        if rows == 0 {
            // `last` echoes `first` there and has no meaning (docs/protocol.md, section 2.6).
            return match page.limit {
                _ if self.first >= total => Ok(None),
                Some(0) => Err(IncompleteReason::ZeroLimit),
                _ => Err(IncompleteReason::NoProgress),
            };
        }
        let Some(next) = self.first.checked_add(rows).filter(|&next| next <= total) else {
            return Err(IncompleteReason::BeyondTotal);
        };
        if page.last.is_some_and(|last| last != next - 1) {
            return Err(IncompleteReason::CountMismatch);
        }
        if next == total {
            // Without `first` and `last`, only a window that begins at 0 is known to be the right
            // one.
            let is_placed = page.first.is_some() || page.last.is_some() || self.first == 0;
            return if is_placed { Ok(None) } else { Err(IncompleteReason::UnknownWindow) };
        }
        match page.next_first() {
            Some(next) => Ok(Some(next)),
            None if page.limit == Some(0) => Err(IncompleteReason::ZeroLimit),
            None => Err(IncompleteReason::UnknownWindow),
        }
    }
}

impl Default for Pager {
    fn default() -> Self {
        Self::new()
    }
}

/// Returns whether a data column has the name of a paging column, as `property[total][0] = many`
/// does. It is data since it is not a number, but it proves neither that a row is there nor that
/// the list is whole.
fn is_metadata_without_number(column: Column<'_>) -> bool {
    column.height() == 1 && Page::NAMES.iter().any(|name| eq_name(name, column.name()))
}

/// Returns the columns whose cells prove that a row is there.
fn columns_of_list(table: Table<'_>) -> impl Iterator<Item = Column<'_>> + Clone {
    table.columns().filter(|&column| !is_metadata_without_number(column))
}

fn rows_of_list(table: Table<'_>) -> usize {
    columns_of_list(table).map(Column::height).max().unwrap_or(0)
}

/// Returns whether a row of the list is missing: it has no cell at all. Time and memory grow with
/// the number of cells.
fn has_empty_row(table: Table<'_>) -> bool {
    let (rows, columns) = (rows_of_list(table), columns_of_list(table));
    if rows == 0 || columns.clone().any(|column| column.len() == rows) {
        return false;
    }
    if columns.clone().map(Column::len).sum::<usize>() < rows {
        return true;
    }
    let mut has_cell = vec![false; rows];
    for (row, _) in columns.flat_map(Column::cells) {
        has_cell[row] = true;
    }
    has_cell.contains(&false)
}
