//! Walks that ask for the pages themselves: an iterator, and a method for async code.

use core::fmt;
use core::iter::FusedIterator;

use crate::pager::Pager;
use crate::pager::step::{IncompleteReason, PagerStep};
use crate::response::Response;

impl Pager {
    /// Returns an iterator over the pages of a list, and with [`rows`](Pages::rows) over its rows.
    ///
    /// `fetch` sends the list command with this `FIRST`, and returns the response. The iterator
    /// ends with `None` only if the list is whole. Otherwise the last item is an error: the one of
    /// `fetch`, or the [`IncompleteReason`]. So the error type of `fetch` has to implement
    /// `From<IncompleteReason>`, as `Box<dyn Error>` and `anyhow::Error` do; your own enum can have
    /// a variant for it. Use [`next_page`](Self::next_page) in async code.
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
    /// # let mut domains = Vec::new();
    /// let mut command = Command::new("QueryDomainList")?.with("LIMIT", "2")?;
    /// let pages = Pager::new().pages(|first| -> Result<Response, Box<dyn Error>> {
    ///     command.set("FIRST", first.to_string())?;
    ///     let body = send(String::from(command.encode()))?; // over a transport of your choice
    ///     Ok(Response::parse(body)?)
    /// });
    /// for row in pages.rows() {
    ///     let row = row?;
    ///     println!("{:?}", row.get("domain"));
    /// #   domains.push(row.get("domain").map(str::to_owned));
    /// }
    /// # assert_eq!(domains, ["a.test", "b.test", "c.test"].map(|it| Some(it.to_owned())));
    /// # Ok::<(), Box<dyn Error>>(())
    /// ```
    ///
    /// A page whose code is not a success ends the walk as [`IncompleteReason::ErrorPage`]. If
    /// `fetch` returns [`Response::into_result`], its error has the description too.
    pub const fn pages<'t, E, F>(self, fetch: F) -> Pages<F>
    where
        F: FnMut(u64) -> Result<Response<'t>, E>,
        E: From<IncompleteReason>,
    {
        Pages { pager: self, fetch, has_failed: false }
    }

    /// Fetches the next page, in async code: the response to the list command with this `FIRST`.
    /// Returns `None` once the list is whole.
    ///
    /// It needs no runtime and no other crate. For a `Stream`, pass it to `try_unfold` of
    /// `futures-util`.
    ///
    /// ```
    /// use std::error::Error;
    /// use cnic_response::{Pager, Response};
    ///
    /// # async fn send(first: u64) -> Result<String, Box<dyn Error>> {
    /// #     let page = cnic_response::Page::window(first, 1, 1, 3);
    /// #     let page = cnic_response::ResponseBuilder::new(cnic_response::Code::COMPLETED).column("domain", ["a.test"]).page(page);
    /// #     Ok(page.to_text()?)
    /// # }
    /// async fn walk() -> Result<usize, Box<dyn Error>> {
    ///     let mut count = 0;
    ///     let mut pager = Pager::new();
    ///     let fetch = async |first| -> Result<Response, Box<dyn Error>> {
    ///         Ok(Response::parse(send(first).await?)?)
    ///     };
    ///     while let Some(page) = pager.next_page(fetch).await? {
    ///         for row in page.rows() {
    ///             println!("{:?}", row.get("domain"));
    ///             count += 1;
    ///         }
    ///     }
    ///     Ok(count)
    /// }
    /// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    /// # let std::task::Poll::Ready(Ok(3)) = std::pin::pin!(walk()).poll(&mut context) else { panic!("three rows") };
    /// ```
    ///
    /// # Errors
    ///
    /// * The error of `fetch`. The next call then asks for the same page again. It also does so if
    ///   the future is dropped.
    /// * The reason why the list is incomplete, again at each call.
    pub async fn next_page<'t, E: From<IncompleteReason>>(
        &mut self,
        fetch: impl AsyncFnOnce(u64) -> Result<Response<'t>, E>,
    ) -> Result<Option<Response<'t>>, E> {
        let Some(first) = self.next_first()? else { return Ok(None) };
        let page = fetch(first).await?;
        Ok(Some(self.accept(page)?))
    }

    /// Advances by a page, and returns it if its rows are the next ones of the list.
    fn accept<'t>(&mut self, page: Response<'t>) -> Result<Response<'t>, IncompleteReason> {
        match self.advance(&page) {
            // The page is sound, and a walk that goes on starts after it. The next call fails.
            PagerStep::Incomplete(IncompleteReason::PageLimit { .. }) => Ok(page),
            PagerStep::Incomplete(reason) => Err(reason),
            PagerStep::Next { .. } | PagerStep::Done => Ok(page),
        }
    }
}

/// An iterator over the pages of a list: what [`Pager::pages`] returns.
///
/// The rows of a page that is returned are the next ones of the list. So no row comes twice or out
/// of order, even if the server repeats a page. After an error it returns `None`.
///
/// ```
/// use std::error::Error;
/// use cnic_response::{Pager, Response};
///
/// let mut pages = Pager::new().pages(|first| -> Result<Response, Box<dyn Error>> {
///     let name = ["a.test", "b.test"].get(first as usize).ok_or("no connection")?;
///     Ok(Response::parse(format!(
///         "code = 200\nproperty[domain][0] = {name}\nproperty[count][0] = 1\nproperty[first][0] = {first}\n\
///          property[last][0] = {first}\nproperty[limit][0] = 1\nproperty[total][0] = 3\n"
///     ))?)
/// });
/// let mut names = Vec::new();
/// let mut failed = None;
/// for page in &mut pages {
///     match page {
///         Ok(page) => names.extend(page.rows().filter_map(|row| row.get("domain").map(str::to_owned))),
///         Err(error) => failed = Some(error.to_string()),
///     }
/// }
/// assert_eq!((names.len(), failed.as_deref()), (2, Some("no connection")));
/// assert_eq!(pages.pager().first(), 2); // where to go on
/// ```
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Pages<F> {
    pager: Pager,
    fetch: F,
    has_failed: bool,
}

impl<F> Pages<F> {
    /// Returns the pager. After an error, its [`first`](Pager::first) is the page that failed.
    pub const fn pager(&self) -> &Pager {
        &self.pager
    }
}

impl<'t, E, F> Iterator for Pages<F>
where
    F: FnMut(u64) -> Result<Response<'t>, E>,
    E: From<IncompleteReason>,
{
    type Item = Result<Response<'t>, E>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_failed {
            return None;
        }
        let page = match self.pager.next_first() {
            Ok(Some(first)) => (self.fetch)(first).and_then(|it| Ok(self.pager.accept(it)?)),
            Ok(None) => return None,
            Err(reason) => Err(reason.into()),
        };
        self.has_failed = page.is_err();
        Some(page)
    }
}

impl<'t, E, F> FusedIterator for Pages<F>
where
    F: FnMut(u64) -> Result<Response<'t>, E>,
    E: From<IncompleteReason>,
{
}

impl<F> fmt::Debug for Pages<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("pager", &self.pager).finish_non_exhaustive()
    }
}
