//! How a walk goes on or ends.

use cnic_text::kinds;

use crate::code::Code;
#[cfg(doc)]
use crate::pager::Pager;

/// How a walk goes on after a response: what [`Pager::advance`] returns.
///
/// ```
/// use cnic_response::{Pager, PagerStep, Response};
///
/// let page = "code = 200\nproperty[domain][0] = a.example\nproperty[count][0] = 1\nproperty[last][0] = 0\n\
///     property[limit][0] = 1\nproperty[total][0] = 2\n";
/// let step = Pager::new().advance(&Response::parse(page)?);
/// assert_eq!(step, PagerStep::Next { first: 1 });
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use]
#[allow(
    clippy::exhaustive_enums,
    reason = "a walk goes on or ends, and an end is the whole list or it is not"
)]
pub enum PagerStep {
    /// Rows are left: send the command again with `FIRST` at this offset.
    Next {
        /// The offset after the last row, which is the pager's [`first`](Pager::first) from now on.
        first: u64,
    },
    /// Every row from the start of the walk to the end of the list was received.
    Done,
    /// Rows are or may be missing, and the next page is unknown.
    Incomplete(IncompleteReason),
}

impl PagerStep {
    /// Returns the `FIRST` of the next page, `None` for [`Done`](Self::Done).
    ///
    /// ```
    /// use cnic_response::{IncompleteReason, Pager, Response};
    ///
    /// let busy = Response::parse("code = 421\ndescription = Server error\n")?;
    /// let reason = Pager::new().advance(&busy).into_result().unwrap_err();
    /// assert_eq!(reason, IncompleteReason::ErrorPage(busy.code()));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The reason of [`Incomplete`](Self::Incomplete).
    pub const fn into_result(self) -> Result<Option<u64>, IncompleteReason> {
        match self {
            Self::Next { first } => Ok(Some(first)),
            Self::Done => Ok(None),
            Self::Incomplete(reason) => Err(reason),
        }
    }
}

kinds! {
    /// Why the responses are not the whole list, or can't be shown to be.
    ///
    /// ```
    /// use cnic_response::{IncompleteReason, Pager, Page, Response};
    ///
    /// // The answer to another `FIRST` than 1000.
    /// let page = "code = 200\nproperty[domain][0] = a.example\nproperty[first][0] = 0\n";
    /// let reason = Pager::starting_at(1000).advance(&Response::parse(page)?).into_result().unwrap_err();
    /// assert_eq!(reason, IncompleteReason::WrongWindow { asked: 1000, given: 0 });
    /// assert_eq!((reason.name(), reason.to_string()), ("WrongWindow", "expected a page starting at 1000, got 0".into()));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum IncompleteReason {
        /// There are rows that `total` does not count: `first` 0, ten rows, `total` 5.
        BeyondTotal = "more rows than `total`",
        /// The rows that have a cell do not match `count`, `first` and `last`: `count` 10, and nine
        /// rows.
        CountMismatch = "rows do not match `count`, `first` and `last`",
        /// The code of a response is not a success: `code = 421`. To ask for the window again, use
        /// [`Pager::starting_at`] with the same `FIRST`.
        ErrorPage(code: Code) = "error response in place of a page: code {code}",
        /// A window has no rows, although it begins before the end of the list.
        NoProgress = "page without rows before the end of the list",
        /// The walk took as many pages as [`Pager::max_pages`] allows, and rows are left.
        PageLimit {
            /// The `FIRST` of the next page, to go on with [`Pager::starting_at`].
            next_first: u64,
        } = "page limit reached before row {next_first}",
        /// A window gives another `total` than the ones before: the list has changed, and rows may
        /// have moved past `FIRST`.
        TotalChanged {
            /// What the windows before said.
            from: u64,
            /// What this one says.
            to: u64,
        } = "`total` changed from {from} to {to}",
        /// A response has no `EOF`; only a parser that [allows it](crate::Parser::allow_truncated)
        /// returns such a response.
        Truncated = "`[RESPONSE]` without `EOF`",
        /// A response does not say which part of the list it is: `total`, for instance, is missing
        /// or not a number.
        UnknownWindow = "response does not say which part of the list it is",
        /// The window does not begin at the offset that was asked for, but for instance where the
        /// one before did.
        WrongWindow {
            /// The `FIRST` of the command.
            asked: u64,
            /// The `first` of the response.
            given: u64,
        } = "expected a page starting at {asked}, got {given}",
        /// The window is that of `LIMIT=0`, which asks for no rows, but the list has rows.
        ZeroLimit = "`limit` is 0, and the list is not empty",
    }
}

impl core::error::Error for IncompleteReason {}
