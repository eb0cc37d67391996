//! What it costs to read into types: allocations for a type and not for a row, and a step for each error and not for each pair.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

use cnic_response::{DeserializeErrorKind, ErrorKind, Response};
use cnic_testkit::counting::cost;
use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use crate::util::table;

#[derive(Deserialize)]
struct Row<'r> {
    a: &'r str,
    #[serde(borrow, alias = "B B", alias = "bb")]
    b_b: Option<&'r str>,
}

fn list(rows: usize) -> Response<'static> {
    let cell = |name: &str, row: usize| format!("property[{name}][{row}] = {name}{row}\n");
    let a: String = (0..rows).map(|row| cell("a", row)).collect();
    let b: String = (0..rows).step_by(3).map(|row| cell("b b", row)).collect();
    table(&(a + &b))
}

#[test]
fn rows_that_borrow_allocate_once_for_all() {
    let [few, many] = [10, 10_000].map(|rows| {
        let response = list(rows);
        let read = || {
            let rows = response.rows().deserialize::<Row<'_>>().map(|row| row.expect("a row"));
            rows.map(|row| row.a.len() + row.b_b.map_or(0, str::len)).sum::<usize>()
        };
        let (length, spent) = cost(read);
        assert!(length > rows);
        spent
    });
    assert!(few.allocations <= 2, "{} allocations", few.allocations);
    assert_eq!(few.allocations, many.allocations);
    assert_eq!(few.peak, many.peak);
}

/// Counting the lines of the text for each error would take as long as reading 250 GB.
#[test]
fn an_error_in_every_row_is_found_in_its_line() {
    const ROWS: usize = 100_000;
    let response = list(ROWS);
    let errors =
        response.rows().deserialize::<(u8, Option<&str>)>().map(|row| row.expect_err("refused"));
    let mut lines = 4..;
    assert!(errors.map(|error| error.position().line()).eq(lines.by_ref().take(ROWS)));
    assert_eq!(lines.next(), Some(4 + ROWS));
    // What is missing is found in no line of its own.
    let missing = response.rows().deserialize::<(&str, &str)>().filter_map(Result::err);
    assert_eq!(missing.count(), ROWS - ROWS.div_ceil(3));
}

#[test]
fn an_object_reads_a_long_list_once() {
    #[derive(Deserialize)]
    struct Object<'r> {
        #[serde(borrow)]
        a: Vec<&'r str>,
    }

    let response = list(100_000);
    let (object, spent) = cost(|| response.deserialize_object::<Object<'_>>().expect("a list"));
    assert_eq!(object.a.len(), 100_000);
    // Serde does not trust the length that it is told, and starts with a megabyte of places.
    assert!(spent.allocations <= 6, "{} allocations", spent.allocations);
}

thread_local! {
    static KEYS: Cell<usize> = const { Cell::new(0) };
}

/// A name that counts how often one was told.
#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(from = "&str")]
struct Key(String);

impl From<&str> for Key {
    fn from(name: &str) -> Self {
        KEYS.set(KEYS.get() + 1);
        Self(name.to_owned())
    }
}

/// A structure that is told everything there is, and then lacks a field.
#[derive(Debug)]
struct Lacking;

impl<'de> Deserialize<'de> for Lacking {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Lacking;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a structure")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Lacking, A::Error> {
                while map.next_entry::<Key, IgnoredAny>()?.is_some() {}
                Err(A::Error::missing_field("lacking"))
            }
        }

        deserializer.deserialize_struct("Lacking", &["lacking"], Fields)
    }
}

/// Telling each row of each column would take 300,000 steps.
#[test]
fn rows_that_all_are_errors_are_not_told_of_every_column() {
    const COLUMNS: usize = 1_000;
    let columns: String = (0..COLUMNS).map(|n| format!("property[c{n}][0] = x\n")).collect();
    let response = table(&(columns + "property[c0][299] = y\n"));
    let errors =
        response.rows().deserialize::<Lacking>().map(|row| row.expect_err("a field is missing"));
    assert_eq!(
        errors.filter(|error| error.kind() == DeserializeErrorKind::MissingCell).count(),
        300
    );
    assert_eq!(KEYS.get(), COLUMNS);
}

/// Reading again for each column without a first cell would take four million steps.
#[test]
fn an_object_is_not_read_again_for_every_column_without_a_first_cell() {
    const COLUMNS: usize = 4_000;
    let columns: String = (0..COLUMNS)
        .map(|n| format!("property[c{n}][{}] = x\n", usize::from(n >= COLUMNS / 2)))
        .collect();
    let response = table(&columns);
    let object: BTreeMap<Key, &str> = response.deserialize_object().expect("a map");
    assert_eq!(object.len(), COLUMNS / 2);
    assert!(KEYS.get() < 100 * COLUMNS, "{} names were told", KEYS.get());
}

/// A few dozen bytes make lists of a few megabytes at most.
#[test]
fn what_holes_take_is_bounded_by_the_text() {
    #[derive(Deserialize)]
    struct Lists<'t> {
        #[serde(borrow)]
        a: Vec<Option<&'t str>>,
        column: Vec<Option<String>>,
    }

    let text = "code=200\nproperty[a][262208]=\nproperty[column][262208]=";
    let response = Response::parse(text).expect("a reply");
    let (lists, spent) = cost(|| response.deserialize_object::<Lists<'_>>().expect("lists"));
    assert_eq!((lists.a.len(), lists.column.len()), (262_209, 262_209));
    let list = 262_209 * (size_of::<Option<&str>>() + size_of::<Option<String>>());
    assert!(spent.peak.unsigned_abs() < 4 * list, "{} bytes", spent.peak);
    for far in [text.replacen("262208", "262209", 1), text.replace("n][262208]", "n][262209]")] {
        let error = Response::parse(far).expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::HoleLimit);
    }
}
