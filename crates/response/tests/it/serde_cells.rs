//! Dates and seconds as values of serde, and dates that stand for none.

use cnic_response::{
    Availability, Code, CodeClass, Date, DateTime, DeserializeErrorKind as K, InvalidDate,
    InvalidDateTime, InvalidSeconds, NoteKind, Page, Response, Seconds, de,
};
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
    use {InvalidDate as D, InvalidDateTime as T, InvalidSeconds as S};
    for (from, to, column, kind) in [
        ("2016-11-16\n", "hunter2\n", "date", K::InvalidDate(D::Syntax)),
        ("2016-11-16\n", "2016-11-16 00:00:00\n", "date", K::InvalidDate(D::Syntax)),
        ("2016-11-16\n", "0000-00-00\n", "date", K::InvalidDate(D::NoSuchDay)),
        ("2016-11-16 12:00:00.50", "2016-11-16", "created", K::InvalidDateTime(T::Syntax)),
        ("16 12:00:00.50", "16 24:00:00", "created", K::InvalidDateTime(T::NoSuchTime)),
        ("16 12:00:00.50", "31 12:00:00", "created", K::InvalidDate(D::NoSuchDay)),
        ("12:00:00.50", "12:00:00.0123456789", "created", K::InvalidDateTime(T::TooPrecise)),
        ("0.10", "-1", "runtime", K::InvalidSeconds(S::Negative)),
        ("0.10", "", "runtime", K::InvalidSeconds(S::Syntax)),
        ("0.10", "99999999999999999999", "runtime", K::InvalidSeconds(S::Overflow)),
        ("0.10", "0.0123456789", "runtime", K::InvalidSeconds(S::TooPrecise)),
    ] {
        let response = table(&LINES.replacen(from, to, 1));
        let error = response.deserialize_object::<Cells>().expect_err(to);
        assert_eq!((error.kind(), error.column()), (kind, Some(column)), "{to}");
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

//--- Rows with values of this crate

#[derive(Debug, Deserialize)]
struct Domain {
    domain: String,
    #[serde(rename = "expirationdate")]
    expiration_date: DateTime,
    check: Option<Code>,
}

#[test]
fn a_row_holds_dates_and_codes() {
    let lines = "property[domain][0] = a.test\nproperty[expiration date][0] = 2027-03-01 12:00:00.0\n\
                 property[check][0] = 210\nproperty[domain][1] = b.test\n\
                 property[expiration date][1] = 2027-02-29 12:00:00\nproperty[domain][2] = c.test\n\
                 property[expiration date][2] = 2027-03-01 12:00:00\nproperty[check][2] = hunter2\n";
    let response = table(lines);
    let mut rows = response.rows().deserialize::<Domain>();
    let first = rows.next().expect("a row").expect("a domain");
    assert_eq!((&*first.domain, first.check), ("a.test", Some(Code::DOMAIN_AVAILABLE)));
    assert_eq!(first.expiration_date.to_string(), "2027-03-01 12:00:00.0");

    let error = rows.next().expect("a row").expect_err("no such day");
    let text = "`expiration date`, row 1: no such day in the calendar (line 8, byte 177)";
    assert_eq!(error.to_string(), text);
    assert_eq!(format!("{error:?}"), format!("DeserializeError(\"{text}\")"));
    assert_eq!(error.kind(), K::InvalidDate(InvalidDate::NoSuchDay));

    let error = rows.next().expect("a row").expect_err("no code");
    assert_eq!(
        (error.kind(), error.column(), error.row()),
        (K::InvalidCode, Some("check"), Some(2))
    );
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

/// A structure that is flattened, and a function of `de`, hand the reason on.
#[test]
fn a_reason_is_not_lost_on_the_way() {
    #[derive(Debug, Deserialize)]
    struct Outer {
        #[serde(flatten)]
        _inner: Inner,
    }
    #[derive(Debug, Deserialize)]
    struct Inner {
        #[serde(default, deserialize_with = "de::zero_date_as_none")]
        _deleted: Option<DateTime>,
        #[serde(default, deserialize_with = "de::empty_as_none")]
        _period: Option<u8>,
        #[serde(default)]
        _code: Option<Code>,
    }
    for (lines, kind) in [
        ("property[_deleted][0] = 2027-02-30 00:00:00\n", K::InvalidDate(InvalidDate::NoSuchDay)),
        ("property[_deleted][0] = x\n", K::InvalidDateTime(InvalidDateTime::Syntax)),
        ("property[_period][0] = many\n", K::InvalidInteger),
        ("property[_code][0] = 099\n", K::InvalidCode),
    ] {
        let response = table(lines);
        let row = response.table().row(0).expect("a row");
        assert_eq!(row.deserialize::<Outer>().expect_err(lines).kind(), kind, "{lines}");
        let error = row.deserialize::<Inner>().expect_err(lines);
        assert_eq!((error.kind(), error.row()), (kind, Some(0)), "{lines}");
        assert!(error.column().is_some());
    }
}

/// A message that is longer than any that is known, or begins like one.
#[test]
fn other_messages_are_dropped() {
    #[derive(Debug)]
    struct Says<const N: usize>;
    const MESSAGES: [&str; 4] = [
        "no such day in the calendar: hunter2",
        "no such day in the",
        "",
        "hunter2 hunter2 hunter2 hunter2 hunter2 hunter2 hunter2 hunter2 hunter2 hunter2 hunter2",
    ];
    impl<'de, const N: usize> Deserialize<'de> for Says<N> {
        fn deserialize<D: serde::Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
            Err(serde::de::Error::custom(MESSAGES[N]))
        }
    }
    fn kind<'r, T: Deserialize<'r>>(response: &'r Response<'_>) -> K {
        let row = response.table().row(0).expect("a row").deserialize::<(T,)>();
        row.err().expect("an error").kind()
    }
    let response = table("property[a][0] = x\n");
    assert_eq!(kind::<Says<0>>(&response), K::InvalidValue);
    assert_eq!(kind::<Says<1>>(&response), K::InvalidValue);
    assert_eq!(kind::<Says<2>>(&response), K::InvalidValue);
    assert_eq!(kind::<Says<3>>(&response), K::InvalidValue);
}

//--- Codes, pages, notes

#[test]
fn a_code_is_a_number_or_its_text() {
    for json in ["545", r#""545""#] {
        assert_eq!(serde_json::from_str::<Code>(json).expect(json), Code::ENTITY_NOT_FOUND);
    }
    assert_eq!(serde_json::to_string(&Code::ENTITY_NOT_FOUND).expect("JSON"), "545");
    for json in ["99", "1000", "65736", "-200", r#""0200""#, r#""""#, r#"" 200""#] {
        let error = serde_json::from_str::<Code>(json).expect_err(json).to_string();
        assert!(error.starts_with("return code is not a number from 100 to 999"), "{error}");
    }
    for json in ["200.0", "null", "[200]", "true"] {
        let error = serde_json::from_str::<Code>(json).expect_err(json).to_string();
        assert!(error.contains("expected a return code such as 200"), "{error}");
    }
}

#[test]
fn a_page_is_read_as_it_is_written_and_out_of_a_table() {
    let page = Page::window(0, 2, 2, 5);
    let json = serde_json::to_string(&page).expect("JSON");
    assert_eq!(serde_json::from_str::<Page>(&json).expect("a page"), page);
    let lacking: Page = serde_json::from_str(r#"{"total":7,"x":[1]}"#).expect("a page");
    assert_eq!((lacking.total, lacking.count, lacking.last), (Some(7), None, None));
    let listed: Page = serde_json::from_str("[2,0,1,2,5,2]").expect("a page");
    assert_eq!(listed, page);
    assert!(serde_json::from_str::<Page>(r#"{"total":-1}"#).is_err());
    assert!(serde_json::from_str::<Page>(r#"{"total":"5"}"#).is_err());

    let response =
        table("property[domain][0] = a.test\nproperty[first][0] = 0\nproperty[total][0] = 5\n");
    assert_eq!(response.deserialize_object::<Page>().ok(), response.page());
}

#[test]
fn names_are_written_for_kinds() {
    fn json(value: &impl Serialize) -> String {
        serde_json::to_string(value).expect("JSON")
    }
    assert_eq!(json(&NoteKind::MissingEquals), r#""MissingEquals""#);
    assert_eq!(json(&CodeClass::Temporary), r#""temporary""#);
    assert_eq!(json(&Availability::NotAvailable), r#""not available""#);
    let noted = table("...\n");
    assert_eq!(json(&noted.notes()[0]), r#"{"kind":"MissingEquals","line":4}"#);
}
