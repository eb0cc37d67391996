//! Walking lists: what follows a window, what proves a list whole, and what leaves a doubt. That a walk over any server gives
//! every row once or says that it is incomplete holds the oracle `pager`.

use cnic_response::{
    Code, IncompleteReason, Page, Pager, PagerStep, Parser, Response, ResponseBuilder,
};
use cnic_testkit::counting::cost;

use crate::util::reply;

/// Makes the reply with that window and that many rows.
fn window(page: Page, rows: u64) -> Response<'static> {
    let names = (0..rows).map(|n| format!("d{n}.test"));
    ResponseBuilder::new(Code::COMPLETED)
        .column("column", ["domain"])
        .column("domain", names)
        .page(page)
        .build()
        .expect("a reply")
}

/// Makes a reply whose window is that of its rows.
fn rows(first: u64, count: u64, limit: u64, total: u64) -> Response<'static> {
    window(Page::window(first, count, limit, total), count)
}

/// Changes a window.
fn but(mut page: Page, change: impl FnOnce(&mut Page)) -> Page {
    change(&mut page);
    page
}

#[track_caller]
fn ends(mut pager: Pager, response: &Response<'_>, expected: PagerStep) {
    let asked = pager.first();
    assert_eq!(pager.advance(response), expected);
    let first = if let PagerStep::Next { first } = expected { first } else { asked };
    assert_eq!(pager.first(), first);
}

#[track_caller]
fn doubts(pager: Pager, response: &Response<'_>, reason: IncompleteReason) {
    ends(pager, response, PagerStep::Incomplete(reason));
}

//--- docs/protocol.md, section 2.7

#[test]
fn the_windows_on_which_other_clients_disagree() {
    let at = Pager::starting_at;
    ends(at(5), &rows(5, 10, 10, 15), PagerStep::Done);
    ends(at(5), &rows(5, 10, 10, 100), PagerStep::Next { first: 15 });
    ends(at(50), &rows(50, 10, 10, 1000), PagerStep::Next { first: 60 });
    ends(at(0), &rows(0, 15, 32, 16), PagerStep::Next { first: 15 });
    doubts(at(0), &rows(0, 0, 0, 1_825_820), IncompleteReason::ZeroLimit);
    ends(at(20_000_000), &rows(20_000_000, 0, 10, 1_825_824), PagerStep::Done);
}

#[test]
fn the_list_of_seed_004_lacks_a_row_and_is_not_called_whole() {
    let mut pager = Pager::new();
    assert_eq!(pager.advance(&rows(0, 15, 32, 16)), PagerStep::Next { first: 15 });
    assert_eq!(
        pager.advance(&rows(15, 0, 32, 16)),
        PagerStep::Incomplete(IncompleteReason::NoProgress)
    );
    // As the vendor's page shows it the rows are left out.
    let shown = include_str!("../../../../testdata/response/valid/check_domains.rsp");
    doubts(Pager::new(), &reply(shown), IncompleteReason::CountMismatch);
}

//--- Whole lists

#[test]
fn a_walk_follows_the_last_row_and_not_the_limit() {
    let mut pager = Pager::new();
    for (first, count) in [(0, 10), (10, 7), (17, 1), (18, 10)] {
        assert_eq!(pager.first(), first);
        assert_eq!(
            pager.advance(&rows(first, count, 10, 30)),
            PagerStep::Next { first: first + count }
        );
    }
    assert_eq!(pager.advance(&rows(28, 2, 10, 30)), PagerStep::Done);
    assert_eq!(pager.first(), 28);
}

#[test]
fn an_empty_list_is_whole() {
    ends(Pager::new(), &rows(0, 0, 10, 0), PagerStep::Done);
    ends(Pager::new(), &rows(0, 0, 0, 0), PagerStep::Done);
    ends(Pager::starting_at(3), &rows(3, 0, 10, 0), PagerStep::Done);
    ends(Pager::starting_at(16), &rows(16, 0, 10, 16), PagerStep::Done);
    ends(Pager::starting_at(u64::MAX), &rows(u64::MAX, 0, 10, u64::MAX), PagerStep::Done);
}

#[test]
fn a_reply_that_is_no_window_is_the_whole() {
    let status =
        reply("code = 200\nproperty[domain][0] = a.test\nproperty[nameserver][3] = b.test\n");
    ends(Pager::new(), &status, PagerStep::Done);
    ends(Pager::new(), &reply("code = 200\n"), PagerStep::Done);
    // Not if it is to be what is left of a list.
    doubts(Pager::starting_at(1), &status, IncompleteReason::UnknownWindow);
    let mut pager = Pager::new();
    assert_eq!(pager.advance(&rows(0, 2, 2, 4)), PagerStep::Next { first: 2 });
    assert_eq!(pager.advance(&status), PagerStep::Incomplete(IncompleteReason::UnknownWindow));
}

#[test]
fn all_rows_are_all_rows_whatever_else_is_said() {
    let total = but(Page::default(), |page| page.total = Some(3));
    ends(Pager::new(), &window(total, 3), PagerStep::Done);
    ends(Pager::new(), &window(but(total, |page| page.limit = Some(0)), 3), PagerStep::Done);
    doubts(Pager::starting_at(3), &window(total, 3), IncompleteReason::BeyondTotal);
    // Rows 3 to 5 of 6, or 0 to 2?
    let total = but(Page::default(), |page| page.total = Some(6));
    doubts(Pager::starting_at(3), &window(total, 3), IncompleteReason::UnknownWindow);
    ends(
        Pager::starting_at(3),
        &window(but(total, |page| page.last = Some(5)), 3),
        PagerStep::Done,
    );
    ends(
        Pager::starting_at(3),
        &window(but(total, |page| page.first = Some(3)), 3),
        PagerStep::Done,
    );
    // The list ends before the row that was asked for.
    ends(Pager::starting_at(6), &window(total, 0), PagerStep::Done);
}

//--- Doubts

#[test]
fn an_error_is_no_page() {
    for code in [421, 545, 999] {
        let code = Code::from_u16(code).expect("three digits");
        let error = ResponseBuilder::new(code).build().expect("a reply");
        doubts(Pager::new(), &error, IncompleteReason::ErrorPage(code));
        // Not even one with a window.
        let error = ResponseBuilder::new(code).page(Page::window(0, 0, 10, 0)).build();
        doubts(Pager::new(), &error.expect("a reply"), IncompleteReason::ErrorPage(code));
    }
}

#[test]
fn a_reply_that_is_cut_off_proves_nothing() {
    let parser = Parser::new().allow_truncated(true);
    for cut in ["[RESPONSE]\ncode = 200\n", "[RESPONSE]\ncode = 200\nproperty[total][0] = 0\n"] {
        let cut = parser.parse(cut).expect("a reply");
        doubts(Pager::new(), &cut, IncompleteReason::Truncated);
    }
}

#[test]
fn rows_other_than_the_window_says_are_a_doubt() {
    let page = Page::window(0, 10, 10, 10);
    for rows in [0, 9, 11] {
        doubts(Pager::new(), &window(page, rows), IncompleteReason::CountMismatch);
    }
    for last in [0, 8, 10, u64::MAX] {
        let last = but(page, |page| (page.last, page.total) = (Some(last), Some(u64::MAX)));
        doubts(Pager::new(), &window(last, 10), IncompleteReason::CountMismatch);
    }
    // A window that ends before it begins.
    let page = but(Page::window(5, 2, 2, 100), |page| page.last = Some(3));
    doubts(Pager::starting_at(5), &window(page, 2), IncompleteReason::CountMismatch);
}

#[test]
fn a_row_without_a_cell_is_not_there() {
    let page = "property[count][0] = 3\nproperty[first][0] = 0\nproperty[last][0] = 2\n\
        property[limit][0] = 3\nproperty[total][0] = 3\n";
    let list = |cells: &str| reply(format!("code = 200\n{page}{cells}"));
    let (a, b) = (|n| format!("property[a][{n}] = x\n"), |n| format!("property[b][{n}] =\n"));
    doubts(Pager::new(), &list(&(a(0) + &a(2))), IncompleteReason::CountMismatch);
    doubts(Pager::new(), &list(&(a(0) + &a(2) + &b(0) + &b(2))), IncompleteReason::CountMismatch);
    ends(Pager::new(), &list(&(a(0) + &a(2) + &b(1))), PagerStep::Done);
    ends(Pager::new(), &list(&(a(2) + &b(1) + &b(0))), PagerStep::Done);
}

#[test]
fn another_window_than_the_one_asked_for_is_a_doubt() {
    let mut pager = Pager::new();
    assert_eq!(pager.advance(&rows(0, 10, 10, 30)), PagerStep::Next { first: 10 });
    for given in [0, 9, 11, 20] {
        let reason = IncompleteReason::WrongWindow { asked: 10, given };
        doubts(pager.clone(), &rows(given, 10, 10, 30), reason);
    }
    let clamped = IncompleteReason::WrongWindow { asked: 100, given: 20 };
    doubts(Pager::starting_at(100), &rows(20, 10, 10, 30), clamped);
}

#[test]
fn a_total_that_changes_is_a_doubt() {
    let mut pager = Pager::new();
    assert_eq!(pager.advance(&rows(0, 10, 10, 20)), PagerStep::Next { first: 10 });
    for (count, to) in [(10, 30), (9, 19), (0, 10), (0, 0)] {
        let reason = IncompleteReason::TotalChanged { from: 20, to };
        doubts(pager.clone(), &rows(10, count, 10, to), reason);
    }
    ends(pager.clone(), &rows(10, 10, 10, 20), PagerStep::Done);
    let untold = but(Page::window(10, 10, 10, 20), |page| page.total = None);
    doubts(pager, &window(untold, 10), IncompleteReason::UnknownWindow);
}

#[test]
fn a_window_without_rows_before_the_end_is_a_doubt() {
    doubts(Pager::new(), &rows(0, 0, 10, 1), IncompleteReason::NoProgress);
    doubts(Pager::starting_at(9), &rows(9, 0, 10, 10), IncompleteReason::NoProgress);
    doubts(Pager::starting_at(9), &rows(9, 0, 0, 10), IncompleteReason::ZeroLimit);
    // Rows, although none were asked for.
    doubts(Pager::new(), &rows(0, 5, 0, 10), IncompleteReason::ZeroLimit);
}

#[test]
fn more_rows_than_the_total_are_a_doubt() {
    doubts(Pager::new(), &rows(0, 10, 10, 9), IncompleteReason::BeyondTotal);
    doubts(Pager::new(), &rows(0, 10, 10, 0), IncompleteReason::BeyondTotal);
    doubts(
        Pager::starting_at(u64::MAX),
        &rows(u64::MAX, 1, 1, u64::MAX),
        IncompleteReason::BeyondTotal,
    );
    let near = u64::MAX - 2;
    doubts(Pager::starting_at(near), &rows(near, 9, 9, u64::MAX), IncompleteReason::BeyondTotal);
    ends(Pager::starting_at(near), &rows(near, 2, 9, u64::MAX), PagerStep::Done);
    ends(
        Pager::starting_at(near),
        &rows(near, 1, 1, u64::MAX),
        PagerStep::Next { first: u64::MAX - 1 },
    );
}

#[test]
fn a_window_that_is_told_in_part_has_no_next_one() {
    let whole = Page::window(10, 10, 10, 100);
    let at = Pager::starting_at(10);
    ends(at.clone(), &window(whole, 10), PagerStep::Next { first: 20 });
    ends(
        at.clone(),
        &window(but(whole, |page| page.first = None), 10),
        PagerStep::Next { first: 20 },
    );
    for partial in [
        but(whole, |page| page.count = None),
        but(whole, |page| page.last = None),
        but(whole, |page| page.limit = None),
        but(whole, |page| page.total = None),
        but(whole, |page| (page.first, page.last) = (None, None)),
        but(Page::default(), |page| page.total = Some(100)),
        but(Page::default(), |page| page.count = Some(10)),
    ] {
        doubts(at.clone(), &window(partial, 10), IncompleteReason::UnknownWindow);
        doubts(
            Pager::new(),
            &window(but(partial, |page| (page.first, page.last) = (None, None)), 10),
            IncompleteReason::UnknownWindow,
        );
    }
    // A number that is none is as good as none.
    let words = "code = 200\nproperty[limit][0] = ONLYLAST\nproperty[domain][0] = a.test\n";
    doubts(Pager::new(), &reply(words), IncompleteReason::UnknownWindow);
    doubts(
        Pager::new(),
        &window(but(Page::default(), |page| page.count = Some(0)), 0),
        IncompleteReason::UnknownWindow,
    );
}

//--- The end

#[test]
fn an_end_stays_the_end() {
    let mut pager = Pager::new();
    assert_eq!(
        pager.advance(&rows(0, 0, 10, 1)),
        PagerStep::Incomplete(IncompleteReason::NoProgress)
    );
    assert_eq!(
        pager.advance(&rows(0, 1, 10, 1)),
        PagerStep::Incomplete(IncompleteReason::NoProgress)
    );
    let mut pager = Pager::new();
    for response in [rows(0, 1, 10, 1), rows(0, 1, 10, 2), rows(0, 0, 0, 9)] {
        assert_eq!(pager.advance(&response), PagerStep::Done);
        assert_eq!(pager.first(), 0);
    }
}

#[test]
fn a_walk_ends_however_a_server_answers() {
    // Each answers with the row asked for, and says that there is one more.
    let mut pager = Pager::new();
    let mut steps = 0;
    while let PagerStep::Next { first } =
        pager.advance(&rows(pager.first(), 1, 1, pager.first() + 2))
    {
        assert_eq!(first, pager.first());
        steps += 1;
        assert!(steps < 9, "a walk without end");
    }
    assert_eq!(steps, 1);
    // One row again and again.
    let mut pager = Pager::new();
    assert_eq!(pager.advance(&rows(0, 1, 1, 9)), PagerStep::Next { first: 1 });
    let repeated = IncompleteReason::WrongWindow { asked: 1, given: 0 };
    assert_eq!(pager.advance(&rows(0, 1, 1, 9)), PagerStep::Incomplete(repeated));
}

/// A server that promises 2^63 rows and sends one a page: the walk takes as many pages as it may, and not one more.
#[test]
fn a_walk_ends_after_a_number_of_pages() {
    const MANY: u64 = 1 << 63;
    let walk = |mut pager: Pager| {
        for pages in 1.. {
            match pager.advance(&rows(pager.first(), 1, 1, MANY)) {
                PagerStep::Next { .. } => {}
                end => return (pages, end, pager),
            }
        }
        unreachable!("a walk without end")
    };
    for pages in [1, 2, 3, 100] {
        for start in [0, 7, MANY - 101] {
            let limit = IncompleteReason::PageLimit { next_first: start + pages };
            let (taken, end, mut pager) = walk(Pager::starting_at(start).max_pages(pages));
            assert_eq!((taken, end), (pages, PagerStep::Incomplete(limit)));
            assert_eq!(pager.first(), start + pages - 1, "what was asked for last");
            assert_eq!(pager.advance(&rows(0, 1, 1, 1)), end, "an end stays the end");
        }
        // The last page that is allowed may complete the list.
        let (taken, end, _) = walk(Pager::starting_at(MANY - pages).max_pages(pages));
        assert_eq!((taken, end), (pages, PagerStep::Done));
        let (taken, end, _) = walk(Pager::starting_at(MANY - pages).max_pages(pages - 1));
        assert_eq!(taken, (pages - 1).max(1));
        assert_eq!(end == PagerStep::Done, pages == 1, "0 is as 1");
    }
    let (taken, _, _) = walk(Pager::new().max_pages(u64::MAX).max_pages(5));
    assert_eq!(taken, 5);
    assert_eq!(Pager::DEFAULT_MAX_PAGES, 1_000_000);
    for pager in [Pager::new(), Pager::default(), Pager::starting_at(0)] {
        assert_eq!(pager, Pager::new().max_pages(1_000_000));
    }
}

#[test]
fn looking_for_empty_rows_costs_no_more_than_the_cells() {
    // A count that a few cells far down agree with.
    let page = Page::window(0, 10_000_000, 10_000_000, 10_000_000);
    let sparse = ResponseBuilder::new(Code::COMPLETED).page(page).cell("a", 9_999_999, "x");
    let sparse = sparse.build().expect("a reply");
    let (step, spent) = cost(|| Pager::new().advance(&sparse));
    assert_eq!(step, PagerStep::Incomplete(IncompleteReason::CountMismatch));
    assert_eq!(spent.allocations, 0);
    // A list without a hole.
    let dense = rows(0, 1_000, 1_000, 1_000);
    let (step, spent) = cost(|| Pager::new().advance(&dense));
    assert_eq!((step, spent.allocations), (PagerStep::Done, 0));
}

#[test]
fn reasons_are_one_clause() {
    for (reason, text) in [
        (IncompleteReason::BeyondTotal, "more rows than `total`"),
        (IncompleteReason::CountMismatch, "rows do not match `count`, `first` and `last`"),
        (
            IncompleteReason::ErrorPage(Code::ENTITY_NOT_FOUND),
            "error response in place of a page: code 545",
        ),
        (IncompleteReason::NoProgress, "page without rows before the end of the list"),
        (IncompleteReason::PageLimit { next_first: 9 }, "page limit reached before row 9"),
        (IncompleteReason::TotalChanged { from: 9, to: 8 }, "`total` changed from 9 to 8"),
        (IncompleteReason::Truncated, "`[RESPONSE]` without `EOF`"),
        (IncompleteReason::UnknownWindow, "response does not say which part of the list it is"),
        (
            IncompleteReason::WrongWindow { asked: 9, given: 0 },
            "expected a page starting at 9, got 0",
        ),
        (IncompleteReason::ZeroLimit, "`limit` is 0, and the list is not empty"),
    ] {
        assert_eq!(reason.to_string(), text);
    }
}

/// An empty list may say no more than that, besides its sums.
#[test]
fn an_empty_list_with_values_alone_is_whole() {
    let text = "code = 200\ndescription = x\nproperty[count][0] = 0\nproperty[sum][0] = 3\n";
    assert_eq!(Pager::new().advance(&reply(text)), PagerStep::Done);
    // A later window is no proof that the list ends there.
    let later = Pager::starting_at(10).advance(&reply(text));
    assert_eq!(later, PagerStep::Incomplete(IncompleteReason::UnknownWindow));
    let none_asked_for = Pager::new().advance(&reply(format!("{text}property[limit][0] = 0\n")));
    assert_eq!(none_asked_for, PagerStep::Incomplete(IncompleteReason::UnknownWindow));
    let one = "code = 200\ndescription = x\nproperty[count][0] = 1\nproperty[sum][0] = 3\n";
    let one = Pager::new().advance(&reply(one));
    assert_eq!(one, PagerStep::Incomplete(IncompleteReason::UnknownWindow));
}

/// A loop that does not look at what `advance` returned ends with the reason as well.
#[test]
fn the_reason_does_not_pass_unseen() {
    let mut pager = Pager::starting_at(4);
    assert_eq!(pager.next_first(), Ok(Some(4)));
    let _ = pager.advance(&rows(4, 1, 1, 9));
    assert_eq!((pager.next_first(), pager.first()), (Ok(Some(5)), 5));
    let _ = pager.advance(&reply("code = 421\n"));
    let busy = IncompleteReason::ErrorPage(Code::SERVER_ERROR_TRY_AGAIN);
    assert_eq!(pager.next_first(), Err(busy));
    let _ = pager.advance(&rows(5, 4, 4, 9));
    assert_eq!((pager.next_first(), pager.first()), (Err(busy), 5));

    let mut pager = Pager::new().max_pages(1);
    let _ = pager.advance(&rows(0, 1, 1, 9));
    assert_eq!(pager.next_first(), Err(IncompleteReason::PageLimit { next_first: 1 }));
    let mut pager = Pager::new();
    let _ = pager.advance(&rows(0, 9, 9, 9));
    assert_eq!(pager.next_first(), Ok(None));
}
