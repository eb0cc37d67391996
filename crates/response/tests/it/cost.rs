//! What reading costs: memory for cells and not for indices, and a handful of allocations. What it costs in time is in
//! `hostile.rs`.

use cnic_response::{Buffers, ErrorKind, Limits, Lines, Parser, Response};
use cnic_testkit::counting::cost;

use crate::util::{framed, reply, table};

//--- Tables of every shape

fn cell(column: &str, row: usize) -> String {
    format!("property[{column}][{row}] = value{row}\n")
}

fn by_column(rows: usize) -> String {
    ["a", "b", "c"].iter().flat_map(|column| (0..rows).map(move |row| cell(column, row))).collect()
}

fn by_row(rows: usize) -> String {
    (0..rows).flat_map(|row| ["a", "b", "c"].map(|column| cell(column, row))).collect()
}

fn counting_down(rows: usize) -> String {
    (0..rows).rev().flat_map(|row| ["a", "b", "c"].map(|column| cell(column, row))).collect()
}

/// Every row once, in an order that leaps: 7919 is prime and divides none of the numbers of rows in use.
fn shuffled(rows: usize) -> String {
    let row = |n| n * 7919 % rows;
    (0..rows).flat_map(|n| ["a", "b", "c"].map(|column| cell(column, row(n)))).collect()
}

fn sparse(rows: usize) -> String {
    (0..rows).map(|row| cell("a", row * 61)).collect()
}

fn duplicates(rows: usize) -> String {
    cell("a", 0) + &cell("b", 7).repeat(rows) + &cell("a", 0).repeat(rows)
}

fn one_cell_per_column(columns: usize) -> String {
    (0..columns).map(|column| cell(&format!("name{column}"), 0)).collect()
}

#[test]
fn a_sparse_text_of_30_bytes_buys_little_memory() {
    let text = "code=200\nproperty[a][9999999]=";
    assert_eq!(text.len(), 30);
    let parser = Parser::new().limits(Limits::DEFAULT.holes(10_000_000));
    let (response, spent) = cost(|| parser.parse(text).expect("a reply"));
    assert_eq!(response.row_count(), 10_000_000);
    assert!(spent.peak < 4096, "{} bytes", spent.peak);
    let (cells, spent) = cost(|| response.column("a").expect("a column").cells().count());
    assert_eq!((cells, spent.allocations), (1, 0));
}

/// For some number: the text, and how many cells, columns and notes it makes.
type Shape = (&'static str, fn(usize) -> String, fn(usize) -> [usize; 3]);

/// Row by row with a hole in the second half, after which no cell is where its column's others lead one to expect it.
fn by_row_with_a_hole(rows: usize) -> String {
    by_row(rows).replacen(&cell("a", rows * 2 / 3), "", 1)
}

const SHAPES: [Shape; 8] = [
    ("by column", by_column, |n| [3 * n, 3, 0]),
    ("by row", by_row, |n| [3 * n, 3, 0]),
    ("by row with a hole", by_row_with_a_hole, |n| [3 * n, 3, 0]),
    ("counting down", counting_down, |n| [3 * n, 3, 0]),
    ("shuffled", shuffled, |n| [3 * n, 3, 0]),
    ("sparse", sparse, |n| [n, 1, 0]),
    ("duplicates", duplicates, |n| [2 * n + 1, 2, 2 * n - 1]),
    ("one cell per column", |n| one_cell_per_column(n / 2), |n| [n / 2, n / 2, 0]),
];

#[test]
fn memory_is_for_cells() {
    for n in [1_000, 20_000] {
        for (name, text, size) in SHAPES {
            let (text, [cells, columns, notes]) = (framed(&text(n)), size(n));
            let (response, spent) = cost(|| Response::parse(&*text).expect("a reply"));
            assert_eq!((response.columns().count(), response.notes().len()), (columns, notes));
            // A span is 8 bytes, a note 12, a repeated cell 16. Vectors double, and for a moment the old block is there besides the new one.
            let most = 4096 + 96 * cells + 384 * columns + 48 * notes;
            let peak = spent.peak.unsigned_abs();
            assert!(peak < most, "{n} {name}: {peak} of {most} bytes");
            let repeated = response.table().repeated().len();
            let most = 2048 + 32 * cells + 128 * columns + 24 * notes + 32 * repeated;
            let kept = spent.live.unsigned_abs();
            assert!(kept < most, "{n} {name}: kept {kept} of {most} bytes");
        }
    }
}

/// In both layouts the cells of a full table lie side by side: a span each, in a vector that doubles.
#[test]
fn a_full_table_takes_a_span_for_each_cell() {
    for (name, text, _) in &SHAPES[..2] {
        let text = framed(&text(20_000));
        let (_response, spent) = cost(|| Response::parse(&*text).expect("a reply"));
        let per_cell = |bytes: isize| (bytes.unsigned_abs() - 1024) / (3 * 20_000);
        let (kept, peak) = (per_cell(spent.live), per_cell(spent.peak));
        assert!(kept <= 15 && peak <= 23, "{name}: {kept} and {peak} bytes for each cell");
    }
}

#[test]
fn buffers_that_served_a_reply_serve_it_again() {
    let parser = Parser::new();
    let empty_list = "property[count][0] = 0\nproperty[column][0] = a\nproperty[sum][0] = 1\n";
    let (mut texts, mut notes): (Vec<String>, usize) = (vec![framed(empty_list)], 0);
    texts.extend(SHAPES.map(|(_, text, _)| framed(&text(1_000))));
    texts.push(framed(&(0..50).map(|n| format!("field{n} = x\n")).collect::<String>()));
    let mut buffers = Buffers::new();
    for round in 0..3 {
        for text in &texts {
            let (response, spent) = cost(|| parser.parse_with(&**text, &mut buffers));
            let response = response.expect("a reply");
            notes += response.notes().len();
            assert!(response == reply(text.as_str()));
            // In the first rounds the memory may still grow, and change places with what is spare. Many notes that are out of
            // order are sorted by way of a buffer.
            let most = usize::from(response.notes().len() > 20);
            assert!(round < 2 || spent.allocations <= most, "{} allocations", spent.allocations);
            buffers.reclaim(response);
        }
    }
    assert_eq!(notes, 3 * 1_999, "all of them of one text");
}

#[test]
fn buffers_outlive_an_error() {
    let text = framed(&by_column(1_000));
    let mut buffers = Buffers::new();
    let response = Parser::new().parse_with(&*text, &mut buffers).expect("a reply");
    buffers.reclaim(response);
    for wrong in ["", "code = 2", &text[..text.len() - 5]] {
        let (error, spent) = cost(|| Parser::new().parse_with(wrong, &mut buffers).is_err());
        assert_eq!((error, spent.allocations), (true, 0), "{wrong:?}");
    }
    let (response, spent) = cost(|| Parser::new().parse_with(&*text, &mut buffers));
    assert_eq!((response, spent.allocations), (Ok(reply(text.as_str())), 0));
}

#[test]
fn what_a_reply_held_is_given_back() {
    let text = framed(&(by_row(100) + &sparse(100) + &one_cell_per_column(100)));
    let ((), spent) = cost(|| drop(Response::parse(&*text)));
    assert_eq!(spent.live, 0);
}

#[test]
fn a_refused_text_holds_nothing() {
    let text = framed(&by_row(1000)).replace("EOF\n", "");
    let (error, spent) = cost(|| Response::parse(&*text).expect_err("truncated"));
    assert_eq!((error.kind(), spent.live), (ErrorKind::Truncated, 0));
    let (error, spent) = cost(|| Response::parse("x = y").expect_err("no code"));
    assert_eq!(error.kind(), ErrorKind::MissingCode);
    assert!(spent.allocations <= 4, "{} allocations", spent.allocations);
}

//--- Allocations

#[track_caller]
fn grows_with_the_logarithm(text: fn(usize) -> String, rows: usize) {
    let text = framed(&text(rows));
    let (response, spent) = cost(|| Response::parse(&*text).expect("a reply"));
    assert_eq!(response.row_count(), rows);
    let most = 24 + 2 * (3 * rows).ilog2();
    assert!(u32::try_from(spent.allocations).is_ok_and(|n| n <= most), "{}", spent.allocations);
}

#[test]
fn more_rows_by_column_are_more_growth_and_no_more() {
    grows_with_the_logarithm(by_column, 1_000);
    grows_with_the_logarithm(by_column, 100_000);
}

#[test]
fn more_rows_by_row_are_more_growth_and_no_more() {
    grows_with_the_logarithm(by_row, 1_000);
    grows_with_the_logarithm(by_row, 100_000);
}

#[test]
fn more_rows_out_of_order_are_more_growth_and_no_more() {
    for rows in [1_000, 20_000] {
        grows_with_the_logarithm(counting_down, rows);
        grows_with_the_logarithm(shuffled, rows);
    }
}

#[test]
fn a_column_costs_a_bounded_number_of_allocations() {
    for columns in [100, 1_000, 10_000] {
        let text = framed(&one_cell_per_column(columns));
        let (response, spent) = cost(|| Response::parse(&*text).expect("a reply"));
        assert_eq!(response.columns().count(), columns);
        assert!(spent.allocations <= 32 + columns, "{} allocations", spent.allocations);
    }
}

#[test]
fn a_small_reply_takes_few_allocations() {
    let text = framed("runtime = 0.012\nqueuetime = 0\nproperty[a][0] = x\nproperty[b][0] = y\n");
    let (response, spent) = cost(|| Response::parse(&*text).expect("a reply"));
    assert_eq!(response.row_count(), 1);
    assert!(spent.allocations <= 8, "{} allocations", spent.allocations);
    let (_, spent) = cost(|| response.into_owned());
    assert_eq!(spent.allocations, 1, "the text alone");
}

#[test]
fn a_string_is_not_copied() {
    let text = framed(&by_row(1000));
    let len = text.len();
    let (borrowed, by_str) = cost(|| Response::parse(&*text).expect("a reply"));
    drop(borrowed);
    let (owned, by_string) = cost(move || Response::parse(text).expect("a reply"));
    assert_eq!(by_string.allocations, by_str.allocations);
    let (same, spent) = cost(move || owned.into_owned());
    assert_eq!((same.as_str().len(), spent.allocations), (len, 0));
}

#[test]
fn look_ups_allocate_nothing() {
    let metadata = "property[column][0] = a\nproperty[count][0] = 3\nproperty[total][0] = 3\n";
    let wide: String = (0..40).map(|n| format!("x {n} = y\nproperty[c {n}][2] = z\n")).collect();
    let text = framed(&(by_row(3) + metadata + &counting_down(3) + &wide + "runtime = 0\n"));
    let response = reply(text.as_str());
    let twin = response.clone();
    let ((), spent) = cost(|| {
        for name in ["a", "B", "c 39", "c39", "C_39", "total"] {
            let column = response.column(name).expect("a column");
            assert_eq!(response.get(name, 2), column.get(2));
            assert_eq!(column.iter().flatten().count(), column.cells().rev().count());
            assert!(response.rows().all(|row| row.get(name).is_none_or(|value| !value.is_empty())));
        }
        assert!(response.column("none").is_none() && response.get("no_ne", 0).is_none());
        assert_eq!((response.field("x 39"), response.field("X39")), (Some("y"), Some("y")));
        assert_eq!((response.field("none"), response.runtime()), (None, Some("0")));
        assert!(response.code().is_success() && response.description() == "Done");
        assert!(response.page().is_some_and(|page| !page.has_next()));
        assert!(response.declared_columns().eq(["a"]));
        assert!(!response.is_pending() && response.is_framed() && !response.notes().is_empty());
        assert_eq!(response.fields().count(), 41);
        assert!(response.table().rows().rev().all(|row| row.cells().count() == 43));
        assert!(response == twin, "comparing allocates nothing either");
    });
    assert_eq!(spent.allocations, 0);
}

#[test]
fn lines_allocate_nothing() {
    let hostile = "property[".repeat(1000) + &"=".repeat(1000) + &" ".repeat(1000);
    let index = format!("property[a][{}] = x\n", "9".repeat(1000));
    let texts = [
        String::new(),
        framed(&by_row(100)),
        framed(&counting_down(10)).replace('\n', "\r\r\n"),
        "\u{feff}...\n=\n\nproperty[a] = x\n<html>\0\u{a0}".into(),
        hostile,
        index,
    ];
    for text in texts {
        let (count, spent) = cost(|| {
            let mut lines = Lines::new(&text);
            let count = lines.clone().filter(|line| line.is_ok_and(|l| l.position().line() > 0));
            (count.count(), lines.nth(5).is_some(), lines.rest().len())
        });
        assert!(count.0 <= text.lines().count());
        assert_eq!(spent.allocations, 0, "{text}");
    }
}

#[test]
fn writing_needs_no_memory_but_the_text() {
    let response = table(&by_row(1000));
    let (count, spent) = cost(|| {
        let mut sink = CountingSink(0);
        core::fmt::write(&mut sink, format_args!("{}", response.encode())).expect("it takes all");
        sink.0
    });
    assert_eq!((count, spent.allocations), (response.encode().to_string().len(), 0));
}

struct CountingSink(usize);

impl core::fmt::Write for CountingSink {
    fn write_str(&mut self, s: &str) -> core::fmt::Result {
        self.0 += s.len();
        Ok(())
    }
}
