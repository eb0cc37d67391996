//! Rows as values: how fields find columns, what a cell can be, and what an error tells.

use core::fmt::{self, Debug};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ffi::CString;

use cnic_response::{DeserializeError, DeserializeErrorKind as K, InvalidDate, Response, de};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use crate::util::table;

#[track_caller]
fn rows<'r, T: Deserialize<'r>>(response: &'r Response<'_>) -> Vec<T> {
    match response.rows().deserialize().collect() {
        Ok(rows) => rows,
        Err(error) => panic!("a row is refused: {error}"),
    }
}

#[track_caller]
fn refused<'r, T: Deserialize<'r>>(response: &'r Response<'_>) -> DeserializeError {
    let mut errors = response.rows().deserialize::<T>().filter_map(Result::err);
    errors.next().expect("must be refused")
}

/// Reads the cell `x` of a row as a value that owns itself.
fn one<T: DeserializeOwned>(cell: &str) -> Result<T, K> {
    #[derive(Deserialize)]
    struct One<T> {
        x: T,
    }

    let response = table(&format!("property[x][0] = {cell}\n"));
    let row: Result<One<T>, _> = response.table().row(0).expect("a row").deserialize();
    row.map(|row| row.x).map_err(|error| {
        assert_eq!((error.column(), error.row(), error.position().line()), (Some("x"), Some(0), 4));
        error.kind()
    })
}

//--- Fields and columns

#[derive(Debug, Deserialize, PartialEq)]
struct Domain<'r> {
    domain: &'r str,
    expiration_date: Option<&'r str>,
    #[serde(default)]
    quota: u32,
}

#[test]
fn a_column_is_found_as_by_name() {
    let response = table(
        "property[unknown][0] = x\nproperty[QUOTA][0] = 7\nproperty[Expiration Date][0] = 2027\nproperty[DOMAIN][0] = a\n",
    );
    let expected = Domain { domain: "a", expiration_date: Some("2027"), quota: 7 };
    assert_eq!(rows::<Domain<'_>>(&response), [expected]);
}

#[test]
fn an_ambiguous_column_is_none() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Transfer<'r> {
        #[serde(borrow)]
        transferstatus: Option<&'r str>,
        transfer_status: Option<&'r str>,
    }

    let response = table("property[transfer status][0] = a\nproperty[transfer_status][0] = b\n");
    let expected = Transfer { transferstatus: None, transfer_status: Some("b") };
    assert_eq!(rows::<Transfer<'_>>(&response), [expected]);
}

#[test]
fn a_row_does_not_see_what_describes_the_list() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Row {
        a: u8,
        total: Option<u8>,
    }

    let response = table("property[a][0] = 1\nproperty[total][0] = 9\n");
    assert_eq!(rows::<Row>(&response), [Row { a: 1, total: None }]);
    assert_eq!(rows::<BTreeMap<&str, &str>>(&response), [BTreeMap::from([("a", "1")])]);
}

#[test]
fn aliases_of_one_field_may_find_the_same_column() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Credit {
        #[serde(alias = "creditthreshold", alias = "CREDIT_THRESHOLD", alias = "threshold")]
        credit: u8,
    }

    for name in ["credit", "Credit Threshold", "creditthreshold", "CREDIT_THRESHOLD"] {
        let response = table(&format!("property[{name}][0] = 5\n"));
        assert_eq!(rows::<Credit>(&response), [Credit { credit: 5 }], "{name}");
    }
    let response = table("property[credit][0] = 5\nproperty[threshold][0] = 6\n");
    let error = refused::<Credit>(&response);
    assert_eq!((error.kind(), error.row()), (K::DuplicateField, Some(0)));
    // In a row that has one of the two there is nothing to choose from.
    let response = table("property[credit][0] = 5\nproperty[threshold][1] = 6\n");
    assert_eq!(rows::<Credit>(&response), [Credit { credit: 5 }, Credit { credit: 6 }]);
}

#[test]
fn a_column_goes_to_the_field_that_is_spelled_like_it() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Row {
        ab: Option<u8>,
        a_b: Option<u8>,
        #[serde(rename = "A_B")]
        upper: Option<u8>,
    }

    let row = |name| {
        let response = table(&format!("property[{name}][0] = 1\n"));
        rows::<Row>(&response).pop().map(|row| (row.ab, row.a_b, row.upper))
    };
    assert_eq!(row("a_b"), Some((None, Some(1), None)));
    assert_eq!(row("A_B"), Some((None, None, Some(1))));
    assert_eq!(row("AB"), Some((Some(1), None, None)));
    assert_eq!(row("a b"), Some((Some(1), None, None)));
}

#[test]
fn columns_without_a_field_are_refused_where_the_type_asks_for_that() {
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Strict {
        a: u8,
    }

    let response = table("property[a][0] = 1\nproperty[A B][1] = 2\nproperty[a][1] = 3\n");
    for result in response.rows().deserialize::<Strict>() {
        let error = result.map(|row| row.a).expect_err("must be refused");
        assert_eq!((error.kind(), error.column()), (K::UnknownColumn, Some("A B")));
    }
    let response = table("property[a][0] = 1\nproperty[total][0] = 2\n");
    assert_eq!(rows::<Strict>(&response)[0].a, 1);
}

/// A structure that keeps the names it is told.
struct Told(Vec<String>);

impl<'de> Deserialize<'de> for Told {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;

        impl<'de> Visitor<'de> for Names {
            type Value = Told;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a structure")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Told, A::Error> {
                let mut names = Vec::new();
                while let Some((name, IgnoredAny)) = map.next_entry()? {
                    names.push(name);
                }
                Ok(Told(names))
            }
        }

        deserializer.deserialize_struct("Told", &["a", "bC"], Names)
    }
}

#[test]
fn a_type_is_asked_once_about_columns_that_are_no_field() {
    let response = table(
        "property[other][0] = x\nproperty[A][0] = 1\nproperty[b c][1] = 2\nproperty[other][1] = y\nproperty[a][2] = 3\n",
    );
    let told: Vec<Told> = rows(&response);
    let names: Vec<_> = told.into_iter().map(|Told(names)| names).collect();
    assert_eq!(names, [vec!["a", "other"], vec!["bC"], vec!["a"]]);
}

//--- Holes

#[test]
fn a_hole_is_not_an_empty_cell() {
    let response = table(
        "property[domain][0] = a\nproperty[domain][1] =\nproperty[expiration date][1] =\nproperty[quota][1] = 1\n",
    );
    let hole = Domain { domain: "a", expiration_date: None, quota: 0 };
    let empty = Domain { domain: "", expiration_date: Some(""), quota: 1 };
    assert_eq!(rows::<Domain<'_>>(&response), [hole, empty]);
}

#[test]
fn a_hole_is_an_error_where_nothing_stands_in_for_it() {
    let response = table("property[Quota][0] = 1\nproperty[domain][1] = a\n");
    let error = refused::<Domain<'_>>(&response);
    assert_eq!(
        (error.kind(), error.column(), error.row()),
        (K::MissingCell, Some("domain"), Some(0))
    );
    assert_eq!(error.to_string(), "`domain`, row 0: no cell (line 4, byte 41)");

    let response = table("property[x][0] = 1\n");
    let error = refused::<Domain<'_>>(&response);
    assert_eq!(error.to_string(), "`domain`, row 0: no cell (line 5, byte 60)");
}

#[test]
fn a_map_shows_holes_to_those_who_take_them() {
    let response = table("property[a][0] = 1\nproperty[B b][1] = 2\n");
    let optional: Vec<BTreeMap<&str, Option<u8>>> = rows(&response);
    let expected = [
        BTreeMap::from([("a", Some(1)), ("B b", None)]),
        BTreeMap::from([("a", None), ("B b", Some(2))]),
    ];
    assert_eq!(optional, expected);
    let present: Vec<HashMap<String, String>> = rows(&response);
    assert_eq!(present[1], HashMap::from([("B b".into(), "2".into())]));
    let fallible = refused::<BTreeMap<&str, bool>>(&response);
    assert_eq!(fallible.to_string(), "`B b`, row 1: not a boolean (line 5, byte 60)");
}

#[test]
fn tuples_and_lists_go_by_position() {
    let response = table("property[a][0] = x\nproperty[b][0] = 2\nproperty[a][1] =\n");
    assert_eq!(rows::<(&str, Option<u8>)>(&response), [("x", Some(2)), ("", None)]);
    assert_eq!(rows::<Vec<Option<&str>>>(&response), [[Some("x"), Some("2")], [Some(""), None]]);
    #[derive(Debug, Deserialize, PartialEq)]
    struct Named<'r>(&'r str, Option<u8>);
    assert_eq!(rows::<Named<'_>>(&response), [Named("x", Some(2)), Named("", None)]);
    assert_eq!(
        refused::<Vec<&str>>(&response).to_string(),
        "`b`, row 1: no cell (line 6, byte 79)"
    );
    for error in [refused::<(&str,)>(&response), refused::<[Option<&str>; 3]>(&response)] {
        assert_eq!(
            error.to_string(),
            "row 0: wrong number of values for this tuple or array (line 4, byte 41)"
        );
    }
}

//--- Cells

#[test]
fn texts_are_lent_or_owned() {
    #[derive(Deserialize)]
    struct Texts<'r> {
        a: &'r str,
        b: String,
        #[serde(borrow)]
        c: Cow<'r, str>,
        d: &'r [u8],
        e: Box<str>,
    }

    let text = "code = 200\n".to_owned()
        + &["a", "b", "c", "d", "e"]
            .map(|name| format!("property[{name}][0] = {name} é\n"))
            .concat();
    let response = Response::parse(&*text).expect("a reply");
    let row: Texts<'_> = rows(&response).pop().expect("a row");
    assert!(text.as_bytes().as_ptr_range().contains(&row.a.as_ptr()));
    assert!(matches!(row.c, Cow::Borrowed("c é")));
    assert_eq!((row.a, &*row.b, row.d, &*row.e), ("a é", "b é", "d é".as_bytes(), "e é"));
}

#[test]
fn numbers_are_all_of_the_cell() {
    assert_eq!(one("255"), Ok(255_u8));
    assert_eq!(one("007"), Ok(7_u16));
    assert_eq!(one("-128"), Ok(-128_i8));
    assert_eq!(one("4294967295"), Ok(u32::MAX));
    assert_eq!(one(&u64::MAX.to_string()), Ok(u64::MAX));
    assert_eq!(one(&i64::MIN.to_string()), Ok(i64::MIN));
    assert_eq!(one(&u128::MAX.to_string()), Ok(u128::MAX));
    assert_eq!(one(&i128::MIN.to_string()), Ok(i128::MIN));
    for cell in ["256", "-1", "+1", "", "1.0", "1 2", "1\u{a0}", "0x1", "1e2", "٣", "1_0"] {
        assert_eq!(one::<u8>(cell), Err(K::InvalidInteger), "{cell}");
        assert_eq!(one::<Option<u8>>(cell), Err(K::InvalidInteger), "{cell}");
    }
    assert_eq!(one::<i16>("-32769"), Err(K::InvalidInteger));

    assert_eq!(one("100219.89"), Ok(100_219.89_f64));
    assert_eq!(one("-0.25"), Ok(-0.25_f32));
    for cell in ["inf", "-inf", "NaN", "infinity", "1,5", "+1.5", "", "1e999", "0.0.4", "1.5 EUR"] {
        assert_eq!(one::<f64>(cell), Err(K::InvalidFloat), "{cell}");
    }
    assert_eq!(one::<f32>("1e39"), Err(K::InvalidFloat));
}

#[test]
fn booleans_have_six_words() {
    for (cell, value) in
        [("1", true), ("0", false), ("true", true), ("FALSE", false), ("Y", true), ("n", false)]
    {
        assert_eq!(one(cell), Ok(value), "{cell}");
    }
    for cell in ["", "yes", "no", "2", "01", "t", "on", "tru"] {
        assert_eq!(one::<bool>(cell), Err(K::InvalidBool), "{cell}");
    }
}

#[test]
fn other_scalars() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "UPPERCASE")]
    enum Status {
        Active,
        #[serde(alias = "Requested")]
        Pending,
        Other(String),
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Amount(u32);
    #[derive(Debug, Deserialize, PartialEq)]
    struct Unit;

    assert_eq!(one("ACTIVE"), Ok(Status::Active));
    assert_eq!(one("Requested"), Ok(Status::Pending));
    assert_eq!(one::<Status>("active"), Err(K::UnknownVariant));
    assert_eq!(one::<Status>(""), Err(K::UnknownVariant));
    assert_eq!(one::<Status>("OTHER"), Err(K::InvalidValue), "a variant with data");
    assert_eq!(one("12"), Ok(Amount(12)));
    assert_eq!(one("12"), Ok(Some(Some(Amount(12)))));
    assert_eq!(one("é"), Ok('é'));
    assert_eq!(one::<CString>("x").expect("bytes").as_bytes(), b"x");
    assert_eq!(one::<char>(""), Err(K::InvalidChar));
    assert_eq!(one::<char>("ab"), Err(K::InvalidChar));
    assert!(one::<IgnoredAny>("x").is_ok());
    assert_eq!(one::<()>("x"), Err(K::InvalidValue));
    assert_eq!(one::<Unit>("x"), Err(K::InvalidValue));
    assert_eq!(one("01"), Ok(serde_json::json!("01")), "nothing is guessed");
}

#[test]
fn a_cell_is_no_structure() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Pair(u8, u8);
    #[derive(Debug, Deserialize, PartialEq)]
    struct Inner {
        y: Option<u8>,
    }

    assert_eq!(one::<Vec<u8>>("1"), Err(K::Unstructured));
    assert_eq!(one::<(u8, u8)>("1"), Err(K::Unstructured));
    assert_eq!(one::<Pair>("1"), Err(K::Unstructured));
    assert_eq!(one::<BTreeMap<u8, u8>>("1"), Err(K::Unstructured));
    assert_eq!(one::<Inner>("1"), Err(K::Unstructured));
}

#[test]
fn a_row_is_a_structure_whatever_is_around_it() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Whole<T>(T);

    let response = table("property[domain][0] = a\n");
    let domain = || Domain { domain: "a", expiration_date: None, quota: 0 };
    assert_eq!(rows::<Whole<Domain<'_>>>(&response), [Whole(domain())]);
    assert_eq!(rows::<Option<Domain<'_>>>(&response), [Some(domain())]);
    assert_eq!(rows::<IgnoredAny>(&response).len(), 1);
    assert_eq!(rows::<serde_json::Value>(&response), [serde_json::json!({"domain": "a"})]);
    assert_eq!(refused::<&str>(&response).kind(), K::InvalidValue);
    assert_eq!(refused::<u8>(&response).kind(), K::InvalidValue);
}

//--- What serde puts aside

#[derive(Debug, Deserialize, PartialEq)]
struct Flat<'r> {
    domain: &'r str,
    #[serde(default)]
    quota: u8,
    #[serde(flatten, borrow)]
    dates: Dates<'r>,
    #[serde(flatten)]
    rest: BTreeMap<String, Option<String>>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Dates<'r> {
    #[serde(rename = "expiration date")]
    expiration: Option<&'r str>,
    #[serde(deserialize_with = "de::from_text")]
    period: i8,
    #[serde(default, deserialize_with = "de::empty_as_none")]
    price: Option<f64>,
}

#[test]
fn flattened_structures_and_maps() {
    let response = table(
        "property[domain][0] = a\nproperty[period][0] = -1\nproperty[price][0] = 1.5\nproperty[expiration date][0] = 2027\n\
         property[quota][0] = 3\nproperty[zone][0] = com\n\
         property[domain][1] = b\nproperty[period][1] = 2\nproperty[price][1] =\n",
    );
    let rest = |zone: Option<&str>| BTreeMap::from([("zone".to_owned(), zone.map(str::to_owned))]);
    let dates = Dates { expiration: Some("2027"), period: -1, price: Some(1.5) };
    let first = Flat { domain: "a", quota: 3, dates, rest: rest(Some("com")) };
    // The hole of `quota` is its default, at the price of the one of `zone`.
    let dates = Dates { expiration: None, period: 2, price: None };
    let second = Flat { domain: "b", quota: 0, dates, rest: BTreeMap::new() };
    assert_eq!(rows::<Flat<'_>>(&response), [first, second]);
}

#[test]
fn what_is_flattened_is_text_until_it_is_asked_for() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is never read")]
    struct Outer {
        #[serde(flatten)]
        inner: Inner,
    }
    #[derive(Debug, Deserialize)]
    struct Inner {
        #[expect(dead_code, reason = "it is never read")]
        period: u8,
    }

    let response = table("property[period][0] = 1\n");
    let error = refused::<Outer>(&response);
    assert_eq!((error.kind(), error.column(), error.row()), (K::InvalidValue, None, Some(0)));
    assert_eq!(error.to_string(), "row 0: not a value of the type (line 4, byte 41)");
    let error =
        refused::<Flat<'_>>(&table("property[domain][0] = a\nproperty[period][0] = many\n")).kind();
    assert_eq!(error, K::InvalidInteger);
}

#[test]
fn an_empty_cell_is_no_number_unless_it_is_asked_for_so() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Row {
        #[serde(default, deserialize_with = "de::empty_as_none")]
        a: Option<bool>,
    }

    let response = table("property[a][0] = Y\nproperty[a][1] =\nproperty[a][3] = 0\n");
    let found: Vec<_> = rows::<Row>(&response).into_iter().map(|row| row.a).collect();
    assert_eq!(found, [Some(true), None, None, Some(false)]);
    let error = refused::<Row>(&table("property[a][0] = x\n"));
    assert_eq!((error.kind(), error.column()), (K::InvalidBool, Some("a")));
}

/// What `empty_as_none` takes elsewhere than in a table.
#[test]
fn a_cell_may_come_from_another_format() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Inner {
        #[serde(default, deserialize_with = "de::empty_as_none")]
        a: Option<u8>,
    }
    #[derive(Debug, Deserialize)]
    struct Outer {
        #[serde(flatten)]
        inner: Inner,
    }

    for (json, a) in [(r#"{"a":"7"}"#, Some(7)), (r#"{"a":""}"#, None), (r#"{"a":null}"#, None)] {
        assert_eq!(serde_json::from_str::<Inner>(json).expect(json).a, a, "{json}");
        assert_eq!(serde_json::from_str::<Outer>(json).expect(json).inner.a, a, "{json}");
    }
    let refusal = |json| serde_json::from_str::<Inner>(json).expect_err(json).to_string();
    assert!(refusal(r#"{"a":"x"}"#).starts_with("invalid integer or out of range at line 1"));
    assert!(refusal(r#"{"a":7}"#).contains("expected the text of a cell at line 1"));
}

#[test]
fn an_untagged_enum_takes_what_fits() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(untagged)]
    enum Row<'r> {
        Domain { domain: &'r str },
        Zone { zone: &'r str },
    }

    let response = table("property[zone][0] = com\nproperty[domain][1] = a\n");
    assert_eq!(
        rows::<Row<'_>>(&response),
        [Row::Zone { zone: "com" }, Row::Domain { domain: "a" }]
    );
}

//--- Iterators

#[test]
fn every_row_is_an_error_of_its_own() {
    let response = table("property[a][0] = 1\nproperty[a][1] = x\nproperty[a][2] = 3\n");
    let mut rows = response.rows().deserialize::<(u8,)>();
    assert_eq!(
        format!("{rows:?}"),
        "DeserializeRows { rows: Rows { table: Table { rows: 3, .. }, rows: 0..3 }, .. }"
    );
    assert_eq!((rows.len(), rows.next()), (3, Some(Ok((1,)))));
    assert!(rows.next().is_some_and(|row| row.is_err_and(|error| error.row() == Some(1))));
    assert_eq!((rows.next(), rows.next(), rows.len()), (Some(Ok((3,))), None, 0));
    let rows = || response.rows().deserialize::<(u8,)>();
    assert_eq!((rows().next_back(), rows().last()), (Some(Ok((3,))), Some(Ok((3,)))));
    assert_eq!(
        (rows().nth(2), rows().nth(3), rows().nth_back(2)),
        (Some(Ok((3,))), None, Some(Ok((1,))))
    );
    assert_eq!((rows().count(), rows().rev().count()), (3, 3));
}

/// The numbers of a row: a cell that is none is ignored, two equal ones are rejected, and the last
/// is required. It is asked for as a structure of so many fields, or as a map.
#[derive(Debug)]
struct Numbers<const FIELDS: usize>;

impl<'de, const FIELDS: usize> Deserialize<'de> for Numbers<FIELDS> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match FIELDS {
            0 => deserializer.deserialize_map(Self),
            _ => deserializer.deserialize_struct("Numbers", &["a", "b", "c"][..FIELDS], Self),
        }
    }
}

impl<'de, const FIELDS: usize> Visitor<'de> for Numbers<FIELDS> {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("numbers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        let mut numbers = BTreeMap::new();
        while let Some(name) = map.next_key::<&str>()? {
            numbers.insert(name, map.next_value::<u8>().ok());
        }
        match (numbers.get("a"), numbers.get("b")) {
            (_, None) => Err(A::Error::missing_field("b")),
            (a, b) if a == b => Err(A::Error::custom("equal")),
            _ => Ok(self),
        }
    }
}

#[test]
fn an_error_that_a_type_ignores_is_forgotten() {
    fn check<const FIELDS: usize>(response: &Response<'_>) {
        let mut rows = response.rows().deserialize::<Numbers<FIELDS>>();
        assert!(rows.next().is_some_and(|row| row.is_ok()));
        let error = rows.next().expect("a row").expect_err("equal");
        assert_eq!(error.to_string(), "row 1: not a value of the type (line 6, byte 79)");
        let error = rows.next().expect("a row").expect_err("no `b`");
        assert_eq!(error.to_string(), "`b`, row 2: no cell (line 8, byte 117)");
    }

    let response = table(
        "property[a][0] = x\nproperty[b][0] = 1\nproperty[a][1] = 1\nproperty[b][1] = 1\nproperty[a][2] = x\n",
    );
    check::<0>(&response);
    // Each field has a cell, and one has no column.
    check::<2>(&response);
    check::<3>(&response);
}

#[test]
fn one_row_by_itself() {
    let response = table("property[a][0] = 1\nproperty[a][2] = x\n");
    let row = |index| response.table().row(index).expect("a row").deserialize::<(Option<u8>,)>();
    assert_eq!((row(0), row(1)), (Ok((Some(1),)), Ok((None,))));
    assert_eq!(
        row(2).expect_err("refused").to_string(),
        "`a`, row 2: invalid integer or out of range (line 5, byte 60)"
    );
}

//--- Errors

#[test]
fn an_error_knows_the_line_of_its_cell_in_every_layout() {
    let cell = |name: &str, row: usize| match (name, row) {
        ("b", 7) => "property[b][7] = x\n".to_owned(),
        _ => format!("property[{name}][{row}] = {row}\n"),
    };
    let by_column: String =
        ["a", "b"].iter().flat_map(|name| (0..9).map(move |row| cell(name, row))).collect();
    let by_row: String = (0..9).flat_map(|row| ["a", "b"].map(|name| cell(name, row))).collect();
    let down: String =
        (0..9).rev().flat_map(|row| ["a", "b"].map(|name| cell(name, row))).collect();
    for lines in [by_column, by_row, down] {
        let response = table(&lines);
        let error = refused::<BTreeMap<&str, u8>>(&response);
        let byte = response.as_str().find("property[b][7]").expect("the line");
        let line = response.as_str()[..byte].matches('\n').count() + 1;
        assert_eq!((error.position().byte(), error.position().line()), (byte, line));
        assert_eq!((error.column(), error.row()), (Some("b"), Some(7)));
    }
}

#[test]
fn error_texts() {
    let texts = [
        (K::DuplicateField, "duplicate field"),
        (K::InvalidBool, "not a boolean"),
        (K::InvalidChar, "not one character"),
        (K::InvalidCode, "return code is not a number from 100 to 999"),
        (K::InvalidDate(InvalidDate::NoSuchDay), "no such day in the calendar"),
        (K::InvalidFloat, "not a decimal number of the type"),
        (K::InvalidInteger, "invalid integer or out of range"),
        (K::InvalidLength, "wrong number of values for this tuple or array"),
        (K::InvalidValue, "not a value of the type"),
        (K::MissingCell, "no cell"),
        (K::UnknownColumn, "no field for the column"),
        (K::UnknownVariant, "not a variant of the type"),
        (K::Unstructured, "expected a single value, found a struct, map or list type"),
    ];
    for (kind, text) in texts {
        assert_eq!(kind.to_string(), text);
    }
    let response = table("property[a\u{1b}[2J][0] = x\n");
    assert_eq!(
        refused::<(u8,)>(&response).to_string(),
        "`a\\u{1b}[2J`, row 0: invalid integer or out of range (line 4, byte 41)"
    );
}

/// A type that quotes what it was given.
#[derive(Debug)]
struct Talkative;

impl<'de> Deserialize<'de> for Talkative {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Err(D::Error::custom(format_args!("no good: {text}")))
    }
}

#[test]
fn errors_never_contain_the_value() {
    #[derive(Debug, Deserialize)]
    enum Choice {}
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "it is never read")]
    enum Untagged {
        Number(u8),
    }

    #[track_caller]
    fn keeps<'r, T: Debug + Deserialize<'r>>(response: &'r Response<'_>, kind: K) {
        let error = refused::<BTreeMap<&str, T>>(response);
        assert_eq!(error.kind(), kind);
        for text in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
            assert!(!text.contains("hunt"), "{text}");
        }
    }

    let response = table("property[auth][0] = hunter2\n");
    keeps::<u8>(&response, K::InvalidInteger);
    keeps::<f64>(&response, K::InvalidFloat);
    keeps::<bool>(&response, K::InvalidBool);
    keeps::<char>(&response, K::InvalidChar);
    keeps::<Choice>(&response, K::UnknownVariant);
    keeps::<()>(&response, K::InvalidValue);
    keeps::<Untagged>(&response, K::InvalidValue);
    keeps::<Talkative>(&response, K::InvalidValue);
    keeps::<Vec<u8>>(&response, K::Unstructured);
}

#[test]
fn an_error_is_small_and_can_go_anywhere() {
    fn goes<E: core::error::Error + Clone + Eq + Send + Sync + 'static>(_: &E) {}

    let error = refused::<(u8,)>(&table("property[a][0] = x\n"));
    goes(&error);
    assert_eq!(size_of::<DeserializeError>(), size_of::<usize>());
    assert_eq!(error, error.clone());
}
