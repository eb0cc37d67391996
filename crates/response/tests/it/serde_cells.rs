//! Dates and seconds as values of serde, and dates that stand for none.

use cnic_response::{Date, DateTime, DeserializeErrorKind as K, Response, Seconds, de};
use serde::{Deserialize, Serialize};

use crate::util::table;

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Cells {
    date: Date,
    created: DateTime,
    runtime: Seconds,
}

const LINES: &str = "\
property[date][0] = 2016-11-16
property[created][0] = 2016-11-16 12:00:00.50
property[runtime][0] = 0.10
";

#[test]
fn dates_and_seconds_are_read_and_written_in_the_spelling_of_the_wire() {
    let response = table(LINES);
    let cells: Cells = response.deserialize_object().expect("an object");
    let rows: Result<Vec<Cells>, _> = response.rows().deserialize().collect();
    assert_eq!(rows.expect("rows"), std::slice::from_ref(&cells));
    let json = serde_json::to_string(&cells).expect("JSON");
    let expected = r#"{"date":"2016-11-16","created":"2016-11-16 12:00:00.50","runtime":"0.10"}"#;
    assert_eq!(json, expected);
    assert_eq!(serde_json::from_str::<Cells>(&json).expect("what was written"), cells);
    // Owned texts, as a value holds them.
    let value = serde_json::to_value(&cells).expect("JSON");
    assert_eq!(serde_json::from_value::<Cells>(value).expect("what was written"), cells);
}

#[test]
fn what_is_not_a_date_is_an_error_with_its_place() {
    for (from, to, column) in [
        ("2016-11-16\n", "hunter2\n", "date"),
        ("2016-11-16\n", "2016-11-16 00:00:00\n", "date"),
        ("2016-11-16\n", "0000-00-00\n", "date"),
        ("2016-11-16 12:00:00.50", "2016-11-16", "created"),
        ("0.10", "-1", "runtime"),
        ("0.10", "", "runtime"),
    ] {
        let response = table(&LINES.replacen(from, to, 1));
        let error = response.deserialize_object::<Cells>().expect_err(to);
        assert_eq!((error.kind(), error.column()), (K::InvalidValue, Some(column)), "{to}");
        assert!(!error.to_string().contains("hunter2"));
    }
    let refusal = |json| serde_json::from_str::<Date>(json).expect_err(json).to_string();
    assert!(refusal(r#""2016-11-31""#).starts_with("no such day in the calendar"));
    assert!(refusal("5").contains("expected a date such as `2027-03-01`"));
    let refusal = |json| serde_json::from_str::<DateTime>(json).expect_err(json).to_string();
    assert!(refusal("5").contains("expected a date and a time such as `2027-03-01 12:00:00`"));
    let refusal = |json| serde_json::from_str::<Seconds>(json).expect_err(json).to_string();
    assert!(refusal("5").contains("expected seconds such as `0.012`"));
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
struct Deleted<T> {
    #[serde(default, deserialize_with = "de::zero_date_as_none")]
    deleted: Option<T>,
}

fn deleted<'r, T: Deserialize<'r>>(response: &'r Response<'_>) -> Option<T> {
    let in_row = response.table().row(0).expect("a row").deserialize::<Deleted<T>>();
    let in_object = response.deserialize_object::<Deleted<T>>().map(|object| object.deleted);
    let in_row = in_row.map(|row| row.deleted);
    assert_eq!(in_row.as_ref().map(Option::is_some), in_object.as_ref().map(Option::is_some));
    in_row.expect("a date, or none")
}

#[test]
fn a_date_of_zeros_is_none() {
    for text in [
        "",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "0000-00-00 00:00:00.0",
        "0000-00-00 00:00:00.000000000",
    ] {
        let response = table(&format!("property[deleted][0] = {text}\n"));
        assert_eq!(deleted::<Date>(&response), None, "{text}");
        assert_eq!(deleted::<DateTime>(&response), None, "{text}");
        assert_eq!(deleted::<String>(&response), None, "{text}");
    }
    let hole = table("property[a][0] = x\nproperty[deleted][1] = 2016-11-16\n");
    let rows: Result<Vec<Deleted<Date>>, _> = hole.rows().deserialize().collect();
    let dates: Vec<_> = rows.expect("rows").into_iter().map(|row| row.deleted).collect();
    assert_eq!(dates, [None, Date::new(2016, 11, 16).ok()]);
    assert_eq!(deleted::<Date>(&table("property[a][0] = x\n")), None, "no such column");
}

#[test]
fn any_other_date_is_one_or_an_error() {
    let response = table("property[deleted][0] = 2016-11-16\n");
    assert_eq!(deleted(&response), Date::new(2016, 11, 16).ok());
    assert_eq!(deleted(&response), Some("2016-11-16"));
    for text in [
        "0000-00-0",
        "0000-00-000",
        "0000-00-01",
        "0001-00-00",
        "0000-01-00",
        "0000-00-00 ",
        "0000-00-00 00:00",
        "0000-00-00 00:00:01",
        "0000-00-00 00:00:00.",
        "0000-00-00 00:00:00.1",
        "0000-00-00 00:00:00.0000000000",
        "0000-00-00T00:00:00",
        "0000-00-00 00:00:00 0",
        "none",
        "0",
    ] {
        let value = |text| serde_json::json!({"deleted": text}).to_string();
        let json = value(text);
        assert!(serde_json::from_str::<Deleted<Date>>(&json).is_err(), "{text}");
        assert!(serde_json::from_str::<Deleted<DateTime>>(&json).is_err(), "{text}");
        let read = serde_json::from_str::<Deleted<String>>(&json).expect("a text");
        assert_eq!(read.deleted.as_deref(), Some(text));
    }
}
