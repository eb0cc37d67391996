//! Cells for whose place there was one before: the first is in the table, the others are kept apart.

use cnic_response::__private::without_prediction;
use cnic_response::{Buffers, NoteKind, Parser, RepeatedCell, Response};
use cnic_testkit::counting::cost;

use crate::util::{column, framed, notes, reply, reply_by, table};

fn cells<'r>(response: &'r Response<'_>) -> Vec<(&'r str, usize, &'r str)> {
    let parts = |cell: RepeatedCell<'r>| (cell.column(), cell.row(), cell.value());
    response.table().repeated().map(parts).collect()
}

#[test]
fn nothing_is_lost_of_two_result_sets() {
    let set = |n: u32| {
        (0..3)
            .map(|row| {
                format!("property[handle][{row}] = P-{n}{row}\nproperty[type][{row}] = {n}\n")
            })
            .collect::<String>()
    };
    let response = table(&(set(1) + &set(2)));
    assert_eq!(column(&response, "handle"), [Some("P-10"), Some("P-11"), Some("P-12")]);
    let second = [
        ("handle", 0, "P-20"),
        ("type", 0, "2"),
        ("handle", 1, "P-21"),
        ("type", 1, "2"),
        ("handle", 2, "P-22"),
        ("type", 2, "2"),
    ];
    assert_eq!(cells(&response), second);
    let mut ends = response.table().repeated();
    assert_eq!((ends.len(), ends.next_back().map(RepeatedCell::value)), (6, Some("2")));
    assert_eq!(ends.nth(4).map(RepeatedCell::value), Some("P-22"));
    assert!(ends.next().is_none() && ends.next_back().is_none());
}

#[test]
fn they_come_in_order_of_the_text_however_they_were_found() {
    // Row 2 before its run comes to it, a stray twice, a row of a run, another spelling, an empty cell.
    let lines = "\
property[a][2] = first
property[b][9] = first
property[a][0] = first
property[a][1] = first
property[a][2] = 8
property[B][9] = 9
property[A][0] =
property[a][2] = 11
property[b][9] = 12
property[a][1] = 13
";
    let expected = [
        ("a", 2, "8"),
        ("b", 9, "9"),
        ("a", 0, ""),
        ("a", 2, "11"),
        ("b", 9, "12"),
        ("a", 1, "13"),
    ];
    let response = table(lines);
    assert_eq!(cells(&response), expected);
    assert!(response.columns().all(|column| column.cells().all(|(_, value)| value == "first")));
    let lines = [8, 9, 10, 11, 12, 13].map(|line| (NoteKind::DuplicateCell, line));
    assert_eq!(notes(&response), lines);
    assert_eq!(cells(&reply_by(without_prediction(Parser::new()), response.as_str())), expected);
}

/// So many that they are not sorted by insertion, which would keep the order of equals.
#[test]
fn the_first_wins_among_many_that_are_out_of_order() {
    const TURNS: usize = 50;
    // Rows far apart and going down, each given again and again: 1 of every column and row comes first.
    let lines: String = (1..=TURNS)
        .flat_map(|turn| {
            [90, 7, 50, 3].into_iter().flat_map(move |row| {
                ["b", "a"].map(|column| format!("property[{column}][{row}] = {turn}\n"))
            })
        })
        .collect();
    let response = table(&lines);
    for name in ["a", "b"] {
        for row in [3, 7, 50, 90] {
            assert_eq!(response.get(name, row), Some("1"), "{name} {row}");
        }
    }
    let repeated = cells(&response);
    assert_eq!(repeated.len(), 8 * (TURNS - 1));
    let turns = repeated.iter().map(|cell| cell.2.parse::<usize>().expect("a number"));
    assert!(turns.eq((2..=TURNS).flat_map(|turn| [turn; 8])));
    assert_eq!(repeated[..3], [("b", 90, "2"), ("a", 90, "2"), ("b", 7, "2")]);
    // The run comes to rows that were given before.
    let run: String = (0..100).map(|row| format!("property[a][{row}] = run\n")).collect();
    let response = table(&(lines + &run));
    assert_eq!((response.get("a", 50), response.get("a", 51)), (Some("1"), Some("run")));
    assert_eq!(cells(&response).last(), Some(&("a", 90, "run")));
}

#[test]
fn what_describes_a_list_can_be_given_twice_too() {
    let response = table(
        "property[total][0] = 5\nproperty[total][0] = 6\nproperty[column][0] = a\nproperty[column][0] = b\n",
    );
    assert_eq!(response.page().and_then(|page| page.total), Some(5));
    assert_eq!(cells(&response), [("total", 0, "6"), ("column", 0, "b")]);
}

#[test]
fn canonical_text_has_them_after_the_table() {
    let response = table(
        "property[b][0] = x\nproperty[B][0] = y\nproperty[a][1] = z\nproperty[b][0] = \r\nproperty[A][1] = w\r \nproperty[a][0] =\n",
    );
    let text = response.encode().to_string();
    let expected = "property[b][0] = x\nproperty[a][0] = \nproperty[a][1] = z\nproperty[b][0] = y\nproperty[b][0] = \nproperty[a][1] = w\r \n";
    assert_eq!(text, framed(expected));
    let again = reply(text.as_str());
    assert_eq!((&again, cells(&again)), (&response, cells(&response)));
    assert_eq!(again.encode().to_string(), text);
    assert_eq!(cells(&response.clone().into_owned()), cells(&response));
    let cut = text.replace("EOF\n", "");
    let cut = reply_by(Parser::new().allow_truncated(true), cut.as_str());
    assert_eq!(cells(&cut).len(), 3);
    assert!(cut.encode().to_string().ends_with("w\r \n"));
}

#[test]
fn they_make_a_difference() {
    let head = "property[a][0] = x\nproperty[a][1] = x\nproperty[b][0] = x\n";
    let response = |lines: &str| table(&format!("{head}{lines}"));
    let (one, two, other) =
        ("property[a][0] = 1\n", "property[a][0] = 2\n", "property[b][0] = 1\n");
    let both = response(&format!("{one}{two}"));
    for different in [
        "",
        one,
        "property[a][0] = 2\nproperty[a][0] = 1\n",
        "property[a][0] = 1\nproperty[a][1] = 2\n",
        "property[a][0] = 1\nproperty[b][0] = 2\n",
        "property[a][0] = 1\nproperty[a][0] = 1\n",
    ] {
        let different = response(different);
        assert!(both != different);
        assert!(different != both, "the other way round");
        assert!(both.table() != different.table());
    }
    assert_eq!(both, response("PROPERTY[A][00]=1\r\nproperty[a][0] = 2\n"));
    // The order among places depends on the layout.
    let ways =
        [format!("{one}{two}{other}"), format!("{other}{one}{two}"), format!("{one}{other}{two}")]
            .map(|lines| response(&lines));
    assert!(ways.iter().all(|a| ways.iter().all(|b| a == b)));
    assert_ne!(ways[0], response(&format!("{two}{other}{one}")));
    // Also if columns come in another order.
    let (ab, ba) =
        ("property[a][0] = x\nproperty[b][0] = y\n", "property[b][0] = y\nproperty[a][0] = x\n");
    let again = "property[b][0] = 1\nproperty[a][0] = 2\n";
    let swapped = "property[a][0] = 2\nproperty[b][0] = 1\n";
    assert_eq!(table(&format!("{ab}{again}")), table(&format!("{ba}{swapped}")));
    assert_ne!(
        table(&format!("{ab}{again}")),
        table(&format!("{ba}property[b][0] = 2\nproperty[a][0] = 1\n"))
    );
}

#[test]
fn debug_has_no_value() {
    let response = table("property[a][3] = hunter1\nproperty[a][3] = hunter2\n");
    let cell = response.table().repeated().next().expect("a cell");
    assert_eq!(format!("{cell:?}"), r#"RepeatedCell { column: "a", row: 3, .. }"#);
    let all = format!("{:?} {:?} {:?}", response, response.table().repeated(), response.values());
    assert!(!all.contains("hunter"), "{all}");
}

#[test]
fn buffers_do_not_pass_them_on() {
    let twice =
        framed("property[a][0] = x\nproperty[b][5] = x\nproperty[a][0] = y\nproperty[b][5] = y\n");
    let once = framed("property[a][0] = x\nproperty[b][5] = x\n");
    let mut buffers = Buffers::new();
    for round in 0..3 {
        for (text, repeated) in [(&twice, 2), (&once, 0)] {
            let (response, spent) =
                cost(|| Parser::new().parse_with(&**text, &mut buffers).expect("a reply"));
            assert_eq!(response.table().repeated().len(), repeated);
            assert!(round == 0 || spent.allocations == 0, "{} allocations", spent.allocations);
            buffers.reclaim(response);
            assert!(Parser::strict().parse_with(&*twice, &mut buffers).is_err());
            assert!(
                Parser::new()
                    .parse_with(
                        "[RESPONSE]\ncode = 200\nproperty[a][0] = x\nproperty[a][0] = y\n",
                        &mut buffers
                    )
                    .is_err()
            );
        }
    }
}

#[test]
fn memory_is_for_cells() {
    let text = framed(&"property[a][9] = x\n".repeat(10_000));
    let (response, spent) = cost(|| reply(text.as_str()));
    assert_eq!(response.table().repeated().len(), 9_999);
    let per_cell = spent.live.unsigned_abs() / 10_000;
    // The cell, its note, and what vectors keep to grow.
    assert!(per_cell <= 2 * (16 + 16) + 16, "{per_cell} bytes for each cell");
    let twin = response.clone();
    let (same, spent) = cost(|| response == twin && response.table().repeated().count() == 9_999);
    assert_eq!((same, spent.allocations), (true, 0));
}
