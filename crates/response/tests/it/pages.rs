//! Walks that ask for the pages themselves.

use std::cell::Cell;
use std::error::Error;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use cnic_response::{
    Code, IncompleteReason, ListRows, OwnedRow, Page, Pager, Pages, ParseError, Response,
    ResponseBuilder, ResponseError,
};

/// What can go wrong for a caller.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Failure {
    Incomplete(IncompleteReason),
    NoConnection,
}

impl From<IncompleteReason> for Failure {
    fn from(reason: IncompleteReason) -> Self {
        Self::Incomplete(reason)
    }
}

type Fetched = Result<Response<'static>, Failure>;

/// Returns a page of names that are their own offsets.
fn page(first: u64, count: u64, total: u64) -> Response<'static> {
    let names = (first..first + count).map(|offset| format!("d{offset}.test"));
    let page = Page::window(first, count, count.max(1), total);
    let page = ResponseBuilder::new(Code::COMPLETED).column("domain", names).page(page);
    page.build().expect("a page")
}

/// A list of nine names in pages of two, unless `fault` says what comes instead at an offset.
fn server(fault: impl Fn(u64) -> Option<Fetched>) -> impl Fn(u64) -> Fetched {
    move |first| fault(first).unwrap_or_else(|| Ok(page(first, 2.min(9 - first), 9)))
}

/// Returns what the rows say until the end of an iterator, which stays the end.
#[track_caller]
fn walk<E>(mut rows: impl Iterator<Item = Result<OwnedRow, E>>) -> (Vec<String>, Option<E>) {
    let (mut names, mut end) = (Vec::new(), None);
    for row in rows.by_ref() {
        match row {
            Ok(row) => names.push(row.get("domain").expect("a name").to_owned()),
            Err(error) => {
                end = Some(error);
                break;
            }
        }
    }
    for _ in 0..3 {
        assert!(rows.next().is_none(), "an end stays the end");
    }
    (names, end)
}

fn names(rows: std::ops::Range<u64>) -> Vec<String> {
    rows.map(|offset| format!("d{offset}.test")).collect()
}

fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing to wait for"),
    }
}

/// The same walk by `next_page`, and that it returns the end at each further call.
#[track_caller]
fn walk_async(
    mut pager: Pager,
    fetch: impl Fn(u64) -> Fetched,
) -> (Vec<String>, Option<Failure>, Pager) {
    let mut names = Vec::new();
    loop {
        match ready(pager.next_page(async |first| fetch(first))) {
            Ok(Some(page)) => {
                names.extend(page.rows().map(|row| row.get("domain").expect("a name").to_owned()));
            }
            end => {
                assert_eq!(ready(pager.next_page(async |first| fetch(first))), end);
                return (names, end.err(), pager);
            }
        }
    }
}

#[test]
fn a_whole_list_ends_with_none() {
    let whole = server(|_| None);
    let (rows, end) = walk(Pager::new().pages(&whole).rows());
    assert_eq!((rows, end), (names(0..9), None));
    let (rows, end) = walk(Pager::starting_at(4).pages(&whole).rows());
    assert_eq!((rows, end), (names(4..9), None));
    let (rows, end, _) = walk_async(Pager::new(), &whole);
    assert_eq!((rows, end), (names(0..9), None));

    let mut pages = Pager::new().pages(&whole);
    assert_eq!(pages.by_ref().map(|page| page.expect("a page").row_count()).sum::<usize>(), 9);
    assert_eq!(pages.pager().next_first(), Ok(None));

    let empty = |_| Ok::<_, Failure>(page(0, 0, 0));
    assert_eq!(walk(Pager::new().pages(empty).rows()), (Vec::new(), None));
}

/// Whatever is wrong with whichever page: the rows before it come, then the reason, then nothing.
#[test]
fn a_list_that_is_not_whole_ends_with_the_reason() {
    let busy = || Response::parse("code = 421\nproperty[domain][0] = d0.test\n").expect("a page");
    let cut = || {
        let text = page(4, 2, 9).encode().to_string();
        let parser = cnic_response::Parser::new().allow_truncated(true);
        parser.parse(text.replace("EOF\n", "")).expect("a page")
    };
    type Fault = (&'static str, Box<dyn Fn(u64) -> Fetched>, Failure);
    let incomplete = Failure::Incomplete;
    let faults: [Fault; 7] = [
        ("transport", Box::new(|_| Err(Failure::NoConnection)), Failure::NoConnection),
        (
            "code",
            Box::new(move |_| Ok(busy())),
            incomplete(IncompleteReason::ErrorPage(Code::SERVER_ERROR_TRY_AGAIN)),
        ),
        ("cut", Box::new(move |_| Ok(cut())), incomplete(IncompleteReason::Truncated)),
        (
            "repeated",
            Box::new(|_| Ok(page(0, 2, 9))),
            incomplete(IncompleteReason::WrongWindow { asked: 4, given: 0 }),
        ),
        (
            "moved",
            Box::new(|first| Ok(page(first, 2, 8))),
            incomplete(IncompleteReason::TotalChanged { from: 9, to: 8 }),
        ),
        (
            "no rows",
            Box::new(|first| Ok(page(first, 0, 9))),
            incomplete(IncompleteReason::NoProgress),
        ),
        (
            "no list",
            Box::new(|_| {
                Ok(Response::parse("code = 200\nproperty[domain][0] = x\n").expect("a page"))
            }),
            incomplete(IncompleteReason::UnknownWindow),
        ),
    ];
    for (name, fault, expected) in &faults {
        let asked = Cell::new(0);
        let fetch = server(|first| (first == 4).then(|| fault(first)));
        let fetch = |first| {
            asked.set(first);
            fetch(first)
        };
        let mut rows = Pager::new().pages(fetch).rows();
        let (shown, end) = walk(&mut rows);
        assert_eq!((shown, end.as_ref()), (names(0..4), Some(expected)), "{name}");
        assert_eq!(rows.pages().pager().first(), 4, "{name}: where to go on");
        assert_eq!(asked.get(), 4, "{name}: nothing is asked for after the end");

        let (shown, end, pager) = walk_async(Pager::new(), fetch);
        assert_eq!((shown, end.as_ref()), (names(0..4), Some(expected)), "{name}");
        assert_eq!((pager.first(), asked.get()), (4, 4), "{name}");
    }
}

/// A walk that goes on at `next_first` does not see the rows of the last page again.
#[test]
fn the_last_page_before_the_limit_is_returned() {
    let whole = server(|_| None);
    let limit = Failure::Incomplete(IncompleteReason::PageLimit { next_first: 4 });
    let (rows, end) = walk(Pager::new().max_pages(2).pages(&whole).rows());
    assert_eq!((rows, end), (names(0..4), Some(limit.clone())));
    let (rows, end, _) = walk_async(Pager::new().max_pages(2), &whole);
    assert_eq!((rows, end), (names(0..4), Some(limit)));
}

/// A transport that fails once does not end a pager, only an iterator.
#[test]
fn an_async_walk_asks_again_for_the_page_that_failed() {
    let mut pager = Pager::new();
    let fails = async |_first| Err::<Response<'_>, _>(Failure::NoConnection);
    let works = async |first| Ok::<_, Failure>(page(first, 2, 4));
    assert!(ready(pager.next_page(works)).is_ok());
    assert_eq!(ready(pager.next_page(fails)), Err(Failure::NoConnection));
    assert_eq!(pager.next_first(), Ok(Some(2)));
    let last = ready(pager.next_page(works)).expect("a page").expect("the last one");
    assert_eq!(last.get("domain", 1), Some("d3.test"));
    assert_eq!(ready(pager.next_page(fails)), Ok(None), "nothing is fetched after the end");
}

/// A future that is dropped while it waits has taken nothing.
#[test]
fn a_walk_that_was_cancelled_asks_again() {
    let mut pager = Pager::new();
    {
        let waiting = async |_first| {
            std::future::pending::<()>().await;
            Ok::<_, Failure>(page(0, 1, 2))
        };
        let future = pin!(pager.next_page(waiting));
        assert!(future.poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    assert_eq!(pager, Pager::new());
}

#[test]
fn a_pager_that_has_ended_fetches_nothing() {
    let never = |_| -> Fetched { panic!("nothing is fetched") };
    let mut done = Pager::new();
    let _ = done.advance(&page(0, 1, 1));
    assert_eq!(walk(done.pages(never).rows()), (Vec::new(), None));
    let mut failed = Pager::new();
    let _ = failed.advance(&Response::parse("code = 421\n").expect("a page"));
    let reason = IncompleteReason::ErrorPage(Code::SERVER_ERROR_TRY_AGAIN);
    assert_eq!(walk(failed.pages(never).rows()), (Vec::new(), Some(Failure::Incomplete(reason))));
}

/// The whole of a command that is no list, holes included.
#[test]
fn rows_are_those_of_the_response() {
    let text = "code = 200\nproperty[nameserver][0] = a.test\nproperty[nameserver][2] = c.test\n";
    let fetch = |_| Ok::<_, Failure>(Response::parse(text).expect("a response"));
    let rows: Vec<_> = Pager::new().pages(fetch).rows().map(|row| row.expect("a row")).collect();
    let cells: Vec<_> = rows.iter().map(|row| row.get("NameServer")).collect();
    assert_eq!(cells, [Some("a.test"), None, Some("c.test")]);
    assert_eq!(rows[2].row().index(), 2);
    assert_eq!(rows[2].page().get("nameserver", 0), Some("a.test"));
    assert_eq!(rows[0].get("none"), None);
    assert_eq!(format!("{:?}", rows[2]), "OwnedRow { index: 2, .. }");
}

/// Any error that an `IncompleteReason` can become does, and keeps its type.
#[test]
fn errors_keep_their_types() {
    fn walk(text: &'static str) -> Result<usize, Box<dyn Error>> {
        let fetch = |_| -> Result<Response<'_>, Box<dyn Error>> {
            Ok(Response::parse(text)?.into_result()?)
        };
        let mut count = 0;
        for row in Pager::new().pages(fetch).rows() {
            row?;
            count += 1;
        }
        Ok(count)
    }
    assert_eq!(walk("code = 200\nproperty[domain][0] = a.test\n").ok(), Some(1));
    assert!(walk("").unwrap_err().is::<ParseError>());
    assert!(walk("code = 545\ndescription = Not found\n").unwrap_err().is::<ResponseError>());
    let part = "code = 200\nproperty[total][0] = 2\nproperty[limit][0] = 2\n";
    let reason = walk(part).unwrap_err().downcast::<IncompleteReason>().expect("its type");
    assert_eq!(*reason, IncompleteReason::NoProgress);
}

/// Rows, iterators and walks can go to another thread, and rows outlive all of them.
#[test]
fn they_are_send() {
    fn is_send<T: Send + Sync>(_: &T) {}
    let fetch = |first| Ok::<_, Failure>(page(first, 1, 1));
    let mut rows: ListRows<_> = Pager::new().pages(fetch).rows();
    let row = rows.next().expect("a row").expect("no error");
    is_send(&row);
    is_send(&rows);
    let pages: Pages<_> = Pager::new().pages(fetch);
    is_send(&pages);
    drop((rows, pages));
    assert_eq!(row.get("domain"), Some("d0.test"));

    fn spawn(future: impl Future<Output = usize> + Send + 'static) -> usize {
        ready(future)
    }
    let client = Arc::new(fetch);
    let count = spawn(async move {
        let (mut pager, mut count) = (Pager::new(), 0);
        while let Ok(Some(page)) = pager.next_page(async |first| client(first)).await {
            count += page.row_count();
        }
        count
    });
    assert_eq!(count, 1);
}

/// A row has no copy of anything, and no allocation of its own.
#[test]
fn rows_share_their_page() {
    let many = page(0, 1000, 1000);
    let fetch = move |_| Ok::<_, Failure>(many.clone());
    let mut rows = Pager::new().pages(fetch).rows();
    let first = rows.next();
    let (rest, spent) =
        cnic_testkit::counting::cost(|| rows.by_ref().filter(Result::is_ok).count());
    assert_eq!((rest, spent.allocations), (999, 0));
    assert!(matches!(first, Some(Ok(row)) if row.get("domain") == Some("d0.test")));
}
