//! A walk over a list, beside a server that has it and answers as it is told, rightly or wrongly.

use arbitrary::{Arbitrary, Unstructured};
use cnic_response::{
    Code, IncompleteReason, Page, Pager, PagerStep, Parser, Response, ResponseBuilder, Row,
};

/// A list, where to start in it, and what goes wrong.
#[derive(Arbitrary, Debug)]
struct Plan {
    total: Total,
    /// How far before the end of the list the walk starts, or behind it.
    start: i8,
    limit: u8,
    /// How many pages the walk may take; 0 leaves it at the default.
    max_pages: u8,
    /// Whether each row has its cell in one of two columns, not all in one.
    is_sparse: bool,
    /// Whether a list that changes grows. It does so at its front, where every row moves.
    grows: bool,
    /// For each response, one thing.
    faults: Vec<Fault>,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Total {
    Small(u8),
    Huge(u8),
}

/// What goes wrong with a response. A response with two lies can hide what is missing, one with one can't.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    /// The text ends early.
    Cut(u16),
    /// The list changed before.
    Drift(u8),
    /// The window is another than the one asked for: repeated, skipped, clamped.
    Elsewhere(i8),
    Error(u16),
    /// A row is missing; those behind it keep their index.
    Hole(u8),
    /// Some of what describes the window is missing, by bits.
    Omit(u8),
    /// Something that describes the window is wrong.
    Say(u8, u64),
    /// The window has fewer rows than it could have, and says so.
    Short(u8),
}

/// The list. The value of a row is a number that moves with it.
#[derive(Clone, Copy, Debug)]
struct List {
    total: u64,
    /// What the first row has for a value.
    origin: u64,
}

impl List {
    fn drift(&mut self, by: u64, grows: bool) {
        if !grows {
            let by = by.min(self.total);
            (self.total, self.origin) = (self.total - by, self.origin.wrapping_add(by));
        } else if let Some(total) = self.total.checked_add(by) {
            (self.total, self.origin) = (total, self.origin.wrapping_sub(by));
        }
    }

    fn values(self, from: u64, to: u64) -> impl Iterator<Item = u64> {
        (from..to.min(self.total)).map(move |row| row.wrapping_add(self.origin))
    }
}

/// A walk of any list on any server that lies at most once a response: it ends after as many responses as there are rows, and
/// two at most, and as it may take, and where it is done it has met every row from its start, in order and once. It is done if nothing went wrong.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn pager(bytes: &[u8]) {
    let Ok(plan) = Plan::arbitrary_take_rest(Unstructured::new(bytes)) else { return };
    let total = match plan.total {
        Total::Small(total) => total.into(),
        Total::Huge(less) => u64::MAX - u64::from(less),
    };
    let mut list = List { total, origin: 0 };
    let start = total.saturating_add_signed(plan.start.into());
    let mut pager = Pager::starting_at(start);
    if plan.max_pages > 0 {
        pager = pager.max_pages(plan.max_pages.into());
    }
    let start_of_walk = pager.clone();
    let mut walked: Vec<u64> = Vec::new();
    let mut texts = Vec::new();
    let mut whole = None;
    let mut responses = 0;
    let end = loop {
        let fault = plan.faults.get(responses).copied().unwrap_or(Fault::None);
        if let Fault::Drift(by) = fault {
            list.drift(by.into(), plan.grows);
        }
        let at_first = *whole.get_or_insert(list);
        let text = answer(list, &plan, pager.first(), fault, responses == 0);
        let parser = Parser::new().allow_truncated(true);
        // A response that is none ends the walk as well.
        let Ok(page) = parser.parse(text) else { return assert!(matches!(fault, Fault::Cut(_))) };
        walked.extend(values(&page));
        texts.push(page.as_str().to_owned());
        responses += 1;
        assert!(responses as u64 <= at_first.total.saturating_sub(start) + 2, "a walk without end");
        assert!(plan.max_pages == 0 || responses <= plan.max_pages.into(), "too many pages");
        let asked = pager.first();
        let step = pager.advance(&page);
        match step {
            PagerStep::Next { first } => assert!(first > asked && first == pager.first()),
            end => break end,
        }
    };
    let met = &plan.faults[..responses.min(plan.faults.len())];
    if end == PagerStep::Done {
        let list = whole.expect("a response");
        assert!(
            list.values(start, u64::MAX).eq(walked),
            "a list that is not whole was called done"
        );
    } else if let PagerStep::Incomplete(IncompleteReason::PageLimit { next_first }) = end {
        assert_eq!(responses, usize::from(plan.max_pages));
        assert!(pager.first() < next_first && next_first < whole.expect("a response").total);
    } else {
        let is_right = met.iter().all(|&fault| fault == Fault::None);
        assert!(!is_right || plan.limit == 0, "{end:?} although nothing went wrong");
    }
    let last = answer(list, &plan, pager.first(), Fault::None, false);
    assert_eq!(
        pager.advance(&Response::parse(last).expect("a response")),
        end,
        "the end of a walk"
    );
    walk_again(start_of_walk, &texts, end);
}

/// The same walk as an iterator: the rows of the good pages, and then the same end.
fn walk_again(pager: Pager, texts: &[String], end: PagerStep) {
    let parse = |text: &String| {
        Parser::new().allow_truncated(true).parse(text.clone()).expect("it was a response before")
    };
    let good = match end {
        PagerStep::Next { .. } | PagerStep::Done => texts,
        PagerStep::Incomplete(IncompleteReason::PageLimit { .. }) => texts,
        PagerStep::Incomplete(_) => &texts[..texts.len() - 1],
    };
    let expected: Vec<_> =
        good.iter().map(parse).flat_map(|page| values(&page).collect::<Vec<_>>()).collect();
    let mut left = texts.iter();
    let fetch = |_| Ok(parse(left.next().expect("no page is asked for after the end")));
    let mut rows = pager.pages(fetch).rows();
    let mut walked = Vec::new();
    let last = loop {
        match rows.next() {
            Some(Ok(row)) => walked.extend(value(row.row())),
            Some(Err(reason)) => break Err(reason),
            None => break Ok(None),
        }
    };
    assert_eq!((walked, last), (expected, end.into_result()));
    assert!(rows.next().is_none());
}

/// Returns the text of the response to a command with that `FIRST`.
fn answer(list: List, plan: &Plan, asked: u64, fault: Fault, is_first: bool) -> String {
    let (mut first, mut limit) = (asked, u64::from(plan.limit));
    let mut code = Code::COMPLETED;
    match fault {
        Fault::Elsewhere(by) => first = first.saturating_add_signed(by.into()),
        Fault::Short(by) => limit = limit.saturating_sub(by.into()),
        Fault::Error(number) => code = Code::from_u16(300 + number % 700).expect("three digits"),
        _ => {}
    }
    let values = list.values(first, first.saturating_add(limit));
    let mut rows: Vec<_> = (0..).zip(values).collect();
    let mut page = Page::window(first, rows.len() as u64, plan.limit.into(), list.total);
    let members =
        [&mut page.count, &mut page.first, &mut page.last, &mut page.limit, &mut page.total];
    match fault {
        Fault::Hole(row) if !rows.is_empty() => drop(rows.remove(usize::from(row) % rows.len())),
        Fault::Omit(bits) => {
            // A response to `FIRST=0` that tells nothing at all is not that of a list.
            let bits = if asked == 0 && bits & 31 == 31 { 15 } else { bits };
            for (bit, member) in members.into_iter().enumerate() {
                *member = member.filter(|_| bits >> bit & 1 == 0);
            }
        }
        // There is no knowing a list whose first response lies about its length.
        Fault::Say(member, number) => {
            let known = if is_first { 4 } else { 5 };
            *members.into_iter().nth(usize::from(member) % known).expect("one of them") =
                Some(number);
        }
        _ => {}
    }
    let columns = ["domain", "zone"];
    let mut builder = ResponseBuilder::new(code).column("column", columns).page(page);
    for (row, value) in rows {
        let column = if plan.is_sparse { row as usize % 2 } else { 0 };
        builder = builder.cell(columns[column], row, &value.to_string());
    }
    let mut text = builder.build().expect("a response").encode().to_string();
    if let Fault::Cut(at) = fault {
        text.truncate(usize::from(at) % text.len());
    }
    text
}

/// Returns the values of the rows that are there. A text that ends early may end in the middle of one.
fn values<'r>(page: &'r Response<'_>) -> impl Iterator<Item = u64> + 'r {
    page.rows().filter_map(value)
}

fn value(row: Row<'_>) -> Option<u64> {
    row.cells().find_map(|(_, cell)| cell)?.parse().ok()
}
