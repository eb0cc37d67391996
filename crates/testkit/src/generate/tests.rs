use cnic_command::Command;
use cnic_registration::{Draft, Label, NameServer, Policy, Receipt};
use cnic_response::Response;

use super::*;

const LAYOUTS: [Layout; 3] = [Layout::ColumnMajor, Layout::RowInterleaved, Layout::Shuffled];

/// The response in every layout holds the cells of the sheet and no others, and nothing is noted.
#[track_caller]
fn check(sheet: &Sheet) {
    for layout in LAYOUTS {
        let text = sheet.response(layout);
        let response = Response::parse(&*text).expect("a response");
        assert!(response.is_framed() && response.notes().is_empty(), "{layout:?}");
        assert_eq!(response.row_count(), sheet.rows(), "{layout:?}");
        assert_eq!(response.columns().count(), sheet.names().len());
        let cells = response.columns().map(|column| column.cells().count());
        assert_eq!(cells.sum::<usize>(), sheet.cells());
        for (number, name) in sheet.names().enumerate() {
            for row in 0..sheet.height(number) {
                assert_eq!(
                    response.get(name, row),
                    sheet.cell(number, row).as_deref(),
                    "{name} {row}"
                );
            }
        }
    }
}

#[track_caller]
fn check_size(text: &str, expected: usize) {
    let off = text.len().abs_diff(expected);
    assert!(off <= expected / 25, "{} bytes, about {expected} expected", text.len());
}

#[test]
fn responses_hold_the_cells_of_their_sheets() {
    check(&Sheet::check(32));
    check(&Sheet::list(1_000, 1));
    check(&Sheet::list(300, 6));
    check(&Sheet::wide());
    check(&Sheet::sparse(500));
}

#[test]
fn sizes_are_those_of_the_documentation() {
    check_size(&Sheet::check(32).response(Layout::RowInterleaved), 4_600);
    check_size(&Sheet::list(1_000, 1).response(Layout::ColumnMajor), 38_000);
    check_size(&Sheet::list(100_000, 6).response(Layout::ColumnMajor), 29_500_000);
    let wide = Sheet::wide();
    check_size(&wide.response(Layout::ColumnMajor), 73_000);
    assert_eq!((wide.names().len(), wide.rows()), (200, 13));
    let sparse = Sheet::sparse(3_000);
    let third = 3_000 * 6 / 3;
    assert!((third / 2..third).contains(&sparse.cells()), "{}", sparse.cells());
}

#[test]
fn a_list_says_how_long_it_is() {
    let text = Sheet::list(1_000, 1).response(Layout::ColumnMajor);
    let response = Response::parse(text).expect("a response");
    let page = response.page().expect("a page");
    assert_eq!((page.count, page.last, page.total), (Some(1_000), Some(999), Some(1_000)));
    assert_eq!(response.declared_columns().collect::<Vec<_>>(), ["domain"]);
}

#[test]
fn other_formats_hold_the_same_table() {
    let sheet = Sheet::list(2, 2);
    let [created, domain] =
        [0, 1].map(|column| [0, 1].map(|row| sheet.cell(column, row).expect("a cell")));
    let head = r#"{"code":200,"description":"Command completed successfully","#;
    assert_eq!(
        sheet.json(),
        format!(
            "{head}\"columns\":{{\"created date\":[\"{}\",\"{}\"],\"domain\":[\"{}\",\"{}\"]}}}}\n",
            created[0], created[1], domain[0], domain[1],
        ),
    );
    assert_eq!(
        sheet.json_rows(),
        format!(
            "{head}\"rows\":[{{\"created date\":\"{}\",\"domain\":\"{}\"}},{{\"created date\":\"{}\",\"domain\":\"{}\"}}]}}\n",
            created[0], domain[0], created[1], domain[1],
        ),
    );
    let csv = format!(
        "created date,domain\n{},{}\n{},{}\n",
        created[0], domain[0], created[1], domain[1]
    );
    assert_eq!(sheet.csv(), csv);
    assert!(Sheet::sparse(50).json().contains("null"));
    assert!(Sheet::sparse(50).csv().contains(",,"));
}

#[test]
fn hostile_responses_are_responses() {
    for hostile in Hostile::ALL {
        let text = hostile.response(20_000 / if hostile == Hostile::LongBlanks { 20 } else { 1 });
        let lines = text.lines().count() - 4;
        let response = Response::parse(&*text).unwrap_or_else(|e| panic!("{hostile:?}: {e}"));
        let cells: usize = response.columns().map(|column| column.cells().count()).sum();
        assert_eq!(cells, hostile.cells(lines), "{hostile:?}");
        let notes = if hostile == Hostile::Equals { lines } else { 0 };
        assert_eq!(response.notes().len(), notes, "{hostile:?}");
    }
}

#[test]
fn requests_are_what_they_say() {
    let command = tag_command().expect("a command");
    let text = command.encode().to_string();
    check_size(&text, 230_000);
    assert_eq!(command.len(), 8_193);
    assert_eq!(Command::parse(&text), Ok(command));

    let labels = labels();
    let broken = labels.iter().filter(|label| label.parse::<Label>().is_err()).count();
    assert_eq!(labels.len(), 4_096);
    assert!((128..=512).contains(&broken), "{broken}");

    let servers = name_servers();
    let parsed = servers.iter().map(|text| text.parse().expect("a name server"));
    let addresses = parsed.map(|s: NameServer| (s.ipv4().is_some(), s.ipv6().is_some()));
    let kinds = [(false, false), (true, false), (false, true), (true, true)];
    assert!(addresses.eq(kinds.into_iter().cycle().take(4_096)));

    let body = registration();
    let draft = Draft::from_form(body.as_bytes()).expect("a form");
    let registration = Policy::TOOLKIT.validate(&draft).expect("a registration");
    assert_eq!(registration.name_servers().len(), 13);
    assert_eq!(registration.domain_name(), "willow-oak-482.uk.com");

    let receipts = receipts();
    let parsed = receipts.iter().map(|text| Receipt::parse(text).expect("a receipt"));
    assert_eq!(parsed.filter(Receipt::is_success).count(), 48);
}
