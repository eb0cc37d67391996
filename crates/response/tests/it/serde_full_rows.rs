//! Rows without holes as structures: each cell goes to its field, whatever the number of fields and wherever a row has a hole.

use core::fmt;

use cnic_response::{DeserializeErrorKind as K, Response};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};

use crate::util::table;

const NAMES: [&str; 14] = ["n", "m", "l", "k", "j", "i", "h", "g", "f", "e", "d", "c", "b", "a"];

/// A table of columns in another order than the names, of five rows. The cell of a row for which `is_hole` is true is left out.
fn list(columns: usize, is_hole: impl Fn(usize, usize) -> bool) -> Response<'static> {
    let cell = |column: usize, row: usize| {
        (!is_hole(column, row))
            .then(|| format!("property[{}][{row}] = {}{row}\n", NAMES[column], NAMES[column]))
    };
    let columns = (0..columns).rev();
    table(
        &columns
            .flat_map(|column| (0..5).filter_map(move |row| cell(column, row)))
            .collect::<String>(),
    )
}

/// A structure of so many fields that keeps what it is told.
#[derive(Debug, PartialEq)]
struct Told<'r, const FIELDS: usize>(Vec<(&'r str, &'r str)>);

impl<'r, const FIELDS: usize> Deserialize<'r> for Told<'r, FIELDS> {
    fn deserialize<D: Deserializer<'r>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<const FIELDS: usize>;

        impl<'r, const FIELDS: usize> Visitor<'r> for Entries<FIELDS> {
            type Value = Told<'r, FIELDS>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a structure")
            }

            fn visit_map<A: MapAccess<'r>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                // What is over stays over.
                assert!(map.next_key::<&str>()?.is_none());
                Ok(Told(entries))
            }
        }

        const { assert!(FIELDS <= NAMES.len()) };
        deserializer.deserialize_struct("Told", NAMES.split_at(FIELDS).0, Entries::<FIELDS>)
    }
}

fn is_told_its_cells<const FIELDS: usize>(response: &Response<'_>) {
    let rows: Result<Vec<Told<'_, FIELDS>>, _> = response.rows().deserialize().collect();
    for (Told(told), row) in rows.expect("rows").into_iter().zip(response.rows()) {
        let cells = NAMES.iter().take(FIELDS).filter_map(|name| Some((*name, row.get(name)?)));
        assert!(told.into_iter().eq(cells), "{FIELDS} fields, row {}", row.index());
    }
}

macro_rules! are_told_their_cells {
    ($($fields:literal)+) => {
        $(
            is_told_its_cells::<$fields>(&list($fields, |_, _| false));
            for hole in 0..5 {
                for holed in 0..$fields {
                    is_told_its_cells::<$fields>(&list($fields, |column, row| {
                        column == holed && row == hole
                    }));
                    // A column that ends, and one that is not there.
                    is_told_its_cells::<$fields>(&list($fields, |column, row| {
                        column == holed && row >= hole
                    }));
                }
            }
        )+
    };
}

#[test]
fn a_structure_of_any_size_is_told_its_cells_in_its_order() {
    are_told_their_cells!(1 2 3 4 5 6 7 8 9 10 11 12 13 14);
}

macro_rules! structures {
    ($($type:ident: $($field:ident)+;)+) => {
        $(
            #[derive(Deserialize)]
            struct $type<'r> {
                $($field: &'r str,)+
            }

            impl $type<'_> {
                fn check(response: &Response<'_>) {
                    let mut rows = 0;
                    for (row, structure) in response.rows().deserialize::<$type<'_>>().enumerate() {
                        let structure = structure.expect("a row");
                        $(assert_eq!(structure.$field, format!("{}{row}", stringify!($field)));)+
                        rows += 1;
                    }
                    assert_eq!(rows, 5);
                }
            }
        )+
    };
}

// Some have their fields in the order of the columns, some not, and the last have more than are told in a special way.
structures! {
    One: n;
    Three: l n m;
    Six: n m l k j i;
    Twelve: m n k l i j g h e f c d;
    Thirteen: a b c d e f g h i j k l m;
    Fourteen: n m l k j i h g f e d c b a;
}

#[test]
fn a_derived_structure_has_each_cell_in_its_field() {
    let all = list(14, |_, _| false);
    One::check(&all);
    Three::check(&all);
    Six::check(&all);
    Twelve::check(&all);
    Thirteen::check(&all);
    Fourteen::check(&all);
    Three::check(&list(3, |_, _| false));
    Six::check(&list(6, |_, _| false));
    Twelve::check(&list(12, |_, _| false));
}

#[test]
fn an_error_names_the_column_of_its_field() {
    #[derive(Debug, Deserialize)]
    struct Numbers {
        #[serde(rename = "n")]
        _n: u8,
        #[serde(rename = "m")]
        _m: u8,
        #[serde(rename = "l")]
        _l: u8,
    }

    for (wrong, wrong_name) in NAMES.iter().enumerate().take(3) {
        for bad in 0..3 {
            let cell = |column: usize, row: usize| {
                let value = if (column, row) == (wrong, bad) { "x" } else { "1" };
                format!("property[{}][{row}] = {value}\n", NAMES[column])
            };
            let cells: String =
                (0..3).flat_map(|column| (0..3).map(move |row| cell(column, row))).collect();
            let response = table(&cells);
            for (row, result) in response.rows().deserialize::<Numbers>().enumerate() {
                let Err(error) = result else {
                    assert_ne!(row, bad);
                    continue;
                };
                assert_eq!((error.kind(), error.row()), (K::InvalidInteger, Some(bad)));
                assert_eq!(error.column(), Some(*wrong_name));
                let line = format!("property[{wrong_name}][{bad}]");
                assert!(response.as_str()[error.position().byte()..].starts_with(&line), "{line}");
            }
        }
    }
}

/// Names as an enum, which takes them in another way than a derived structure.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Key {
    N,
    M,
}

/// What asks for names and values in its own way.
#[derive(Debug, PartialEq)]
struct Own(Vec<(Key, u8)>);

impl<'r> Deserialize<'r> for Own {
    fn deserialize<D: Deserializer<'r>>(deserializer: D) -> Result<Self, D::Error> {
        struct Asking;

        impl<'r> Visitor<'r> for Asking {
            type Value = Own;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a structure")
            }

            fn visit_map<A: MapAccess<'r>>(self, mut map: A) -> Result<Own, A::Error> {
                let early = map.next_value::<u8>();
                assert!(early.is_err(), "a value before its name");
                let mut entries = Vec::new();
                while let Some(key) = map.next_key()? {
                    let value: u8 = map.next_value()?;
                    assert_eq!(map.next_value::<u8>()?, value, "the value again");
                    entries.push((key, value));
                }
                if entries.is_empty() {
                    return Err(A::Error::missing_field("m"));
                }
                Ok(Own(entries))
            }
        }

        deserializer.deserialize_struct("Own", &["n", "m", "other"], Asking)
    }
}

#[test]
fn a_structure_may_ask_in_its_own_way() {
    let lines = "property[m][0] = 1\nproperty[n][0] = 2\nproperty[m][1] = 3\nproperty[n][1] = 4\n";
    let response = table(lines);
    let rows: Result<Vec<Own>, _> = response.rows().deserialize().collect();
    let own = |n, m| Own(vec![(Key::N, n), (Key::M, m)]);
    assert_eq!(rows, Ok(vec![own(2, 1), own(4, 3)]));
    // A name that the structure has but its names do not is an error of its column.
    let other = "property[other][0] = 5\nproperty[other][1] = 6\n";
    let response = table(&[lines, other].concat());
    for (row, result) in response.rows().deserialize::<Own>().enumerate() {
        let error = result.expect_err("rejected");
        assert_eq!((error.kind(), error.row()), (K::UnknownVariant, Some(row)));
        assert_eq!(error.column(), Some("other"));
    }
}
