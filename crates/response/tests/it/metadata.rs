//! What describes a list: its page, its values, the names of its columns; and what only looks like it.

use cnic_response::{NoteKind, Pager, PagerStep, Response};

use crate::util::{column, names, notes, reply, table};

fn values<'r>(response: &'r Response<'_>) -> Vec<(&'r str, &'r str)> {
    response.values().collect()
}

//--- Values of a list

const EMPTY: &str = "property[count][0] = 0\nproperty[first][0] = 0\nproperty[limit][0] = 10\nproperty[total][0] = 0\n";

#[test]
fn an_empty_list_has_values() {
    let lines = format!(
        "property[Opening Balance][0] = 12.34\nproperty[column][0] = date\n{EMPTY}property[sum][0] =\n"
    );
    let response = table(&lines);
    assert_eq!(values(&response), [("Opening Balance", "12.34"), ("sum", "")]);
    assert_eq!(
        (response.row_count(), response.columns().count(), response.notes().len()),
        (0, 0, 0)
    );
    assert_eq!(response.get("openingbalance", 0), Some("12.34"));
    assert_eq!(response.declared_columns().collect::<Vec<_>>(), ["date"]);
    let mut ends = response.table().values();
    assert_eq!(ends.next_back(), Some(("sum", "")));
    assert_eq!(ends.next_back(), Some(("Opening Balance", "12.34")));
    assert_eq!((ends.next_back(), ends.next()), (None, None));
    assert_eq!(response, reply(response.encode().to_string()));
}

#[test]
fn values_need_no_declaration_where_all_columns_hold_row_0_alone() {
    let response = table(&format!("property[sum][0] = 0.00\nproperty[vat][0] = 0.00\n{EMPTY}"));
    assert_eq!(values(&response), [("sum", "0.00"), ("vat", "0.00")]);
    assert_eq!((response.row_count(), response.notes().len()), (0, 0));
    assert_eq!(Pager::new().advance(&response), PagerStep::Done);
    // Another row makes them data: this is no empty list, whatever it counts.
    for other in ["property[sum][1] = 0.00\n", "property[a][1] = x\n", "property[total][1] = 9\n"] {
        let response = table(&format!("property[sum][0] = 0.00\n{other}{EMPTY}"));
        assert_eq!(values(&response), [], "{other}");
        assert_eq!((response.row_count(), notes(&response)[0].0), (2, NoteKind::CountMismatch));
    }
}

#[test]
fn a_list_with_rows_has_none() {
    for lines in [
        "property[sum][0] = 1\n",
        "property[count][0] = 1\nproperty[sum][0] = 1\n",
        "property[column][0] = a\nproperty[count][0] = 1\nproperty[sum][0] = 1\n",
        "property[count][0] = zero\nproperty[sum][0] = 1\n",
        "property[column][0] = sum\nproperty[count][0] = 0\nproperty[sum][0] = 1\n",
    ] {
        let response = table(lines);
        assert_eq!(values(&response), [], "{lines}");
        assert!(names(&response).contains(&"sum"), "{lines}");
    }
}

//--- Metadata is numbers

#[test]
fn what_is_no_number_is_data() {
    let person = table(
        "property[first][0] = Ada\nproperty[last][0] = Lovelace\nproperty[total][0] = 12.50\n",
    );
    assert_eq!(names(&person), ["first", "last", "total"]);
    assert_eq!((person.row_count(), person.page(), person.notes().len()), (1, None, 0));
    assert_eq!(person.get("TOTAL", 0), Some("12.50"));
    for text in ["", "+1", "-1", "1.0", "1 ", "0x1", "1\u{a0}", "\u{661}", "18446744073709551616"] {
        let lines =
            format!("property[limit][0] = 5\nproperty[Total][0] = {text}\nproperty[a][0] = x\n");
        let response = table(&lines);
        if text == "1 " {
            assert_eq!((names(&response), notes(&response)), (vec!["a"], vec![]));
            continue;
        }
        assert_eq!(names(&response), ["Total", "a"], "{text}");
        assert_eq!(column(&response, "total"), [Some(text)]);
        assert_eq!(notes(&response), [(NoteKind::MetadataNotANumber, 5)], "{text}");
        assert_eq!(response.page().map(|page| (page.limit, page.total)), Some((Some(5), None)));
    }
    let most = table("property[total][0] = 018446744073709551615\n");
    assert_eq!(most.page().and_then(|page| page.total), Some(u64::MAX));
}

#[test]
fn each_that_is_no_number_is_noted_at_its_line() {
    let lines = "property[total][0] = many\nproperty[count][0] = 2\nproperty[first][0] = x\nproperty[first][0] = 1\n";
    let response = table(lines);
    use NoteKind as N;
    assert_eq!(
        notes(&response),
        [
            (N::MetadataNotANumber, 4),
            (N::CountMismatch, 5),
            (N::MetadataNotANumber, 6),
            (N::DuplicateCell, 7)
        ]
    );
    // Two cells are no metadata in any case.
    let rows =
        table("property[count][0] = 2\nproperty[first][0] = Ada\nproperty[first][1] = Alan\n");
    assert_eq!((notes(&rows), rows.row_count()), (vec![], 2));
}

#[test]
fn in_an_empty_list_it_is_a_value() {
    let response =
        table("property[column][0] = a\nproperty[count][0] = 0\nproperty[total][0] = none\n");
    assert_eq!((values(&response), response.row_count()), (vec![("total", "none")], 0));
    assert_eq!(notes(&response), [(NoteKind::MetadataNotANumber, 6)]);
}

#[test]
fn the_names_of_columns_need_be_no_numbers() {
    let response =
        table("property[column][0] = 7\nproperty[Column][1] = domain\nproperty[total][0] = x\n");
    assert_eq!(names(&response), ["total"]);
    assert_eq!(response.declared_columns().collect::<Vec<_>>(), ["7", "domain"]);
    assert_eq!(response.notes().len(), 0);
}

//--- What a pager makes of it

#[test]
fn words_for_numbers_prove_no_row_and_no_end() {
    use cnic_response::IncompleteReason;
    let advance = |lines: &str| Pager::new().advance(&table(lines));
    let rest = "property[count][0] = 1\nproperty[first][0] = 0\nproperty[last][0] = 0\nproperty[total][0] = 1\n";
    let limit = "property[limit][0] = ONLYLAST\n";
    assert_eq!(advance(&format!("{limit}{rest}property[a][0] = x\n")), PagerStep::Done);
    let mismatch = PagerStep::Incomplete(IncompleteReason::CountMismatch);
    assert_eq!(advance(&format!("{limit}{rest}")), mismatch, "`limit` is no row of the list");
    let two = rest
        .replace("[count][0] = 1", "[count][0] = 2")
        .replace("[last][0] = 0", "[last][0] = 1")
        .replace("[total][0] = 1", "[total][0] = 2");
    assert_eq!(advance(&format!("{limit}{two}property[a][1] = x\n")), mismatch);
    let unknown = PagerStep::Incomplete(IncompleteReason::UnknownWindow);
    assert_eq!(advance("property[total][0] = many\nproperty[a][0] = x\n"), unknown);
}
