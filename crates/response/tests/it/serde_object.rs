//! A reply about one object as a value: scalars out of row 0, lists out of whole columns.

use core::fmt;
use std::collections::BTreeMap;

use cnic_response::{DeserializeErrorKind as K, Response, de};
use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::json;

use crate::util::table;

#[track_caller]
fn object<'r, T: Deserialize<'r>>(response: &'r Response<'_>) -> T {
    match response.deserialize_object() {
        Ok(object) => object,
        Err(error) => panic!("an object is refused: {error}"),
    }
}

#[track_caller]
fn refusal<T: for<'r> Deserialize<'r>>(response: &Response<'_>) -> String {
    match response.deserialize_object::<T>() {
        Ok(_) => panic!("must be refused"),
        Err(error) => error.to_string(),
    }
}

const STATUS: &str = "\
property[domain][0] = example.com
property[NAME SERVER][0] = ns1.example.net
property[NAME SERVER][1] = ns2.example.net
property[registrar lock][0] = Y
property[tag][1] = 7
";

#[derive(Debug, Deserialize, PartialEq)]
struct Status<'r> {
    domain: &'r str,
    #[serde(rename = "nameserver")]
    name_servers: Vec<&'r str>,
    registrar_lock: bool,
    tag: Vec<Option<u8>>,
    #[serde(default)]
    note: Vec<String>,
    owner: Option<&'r str>,
}

#[test]
fn scalars_come_from_row_0_and_lists_from_the_column() {
    let response = table(STATUS);
    let expected = Status {
        domain: "example.com",
        name_servers: vec!["ns1.example.net", "ns2.example.net"],
        registrar_lock: true,
        tag: vec![None, Some(7)],
        note: vec![],
        owner: None,
    };
    assert_eq!(object::<Status<'_>>(&response), expected);
}

#[test]
fn a_scalar_takes_row_0_of_a_longer_column() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct First {
        nameserver: String,
    }

    assert_eq!(object::<First>(&table(STATUS)).nameserver, "ns1.example.net");
}

#[test]
fn what_describes_the_list_is_there_too() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Window {
        total: u64,
        #[serde(rename = "COLUMN")]
        declared: Vec<String>,
        a: [u8; 2],
    }

    let response = table(
        "property[column][0] = a\nproperty[a][0] = 1\nproperty[a][1] = 2\nproperty[total][0] = 9\nproperty[limit][0] = 2\n",
    );
    let expected = Window { total: 9, declared: vec!["a".into()], a: [1, 2] };
    assert_eq!(object::<Window>(&response), expected);
    let response = table("property[x][3] = a\n");
    assert_eq!(
        refusal::<Window>(&response),
        "`x`, row 0: no field for the column (line 5, byte 60)"
    );
}

#[test]
fn an_option_is_about_the_cell_of_a_scalar_and_the_column_of_a_list() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Late<'r> {
        a: Option<&'r str>,
        b: Option<Vec<Option<&'r str>>>,
        #[serde(default)]
        c: u8,
        d: Option<Vec<u8>>,
        #[serde(default, deserialize_with = "de::empty_as_none")]
        e: Option<u8>,
    }

    let response = table(
        "property[a][1] = x\nproperty[b][1] = x\nproperty[c][1] = 5\nproperty[e][0] =\nproperty[e][1] = 5\n",
    );
    let expected = Late { a: None, b: Some(vec![None, Some("x")]), c: 0, d: None, e: None };
    assert_eq!(object::<Late<'_>>(&response), expected);
}

/// A column of one cell is a text if that is the cell of row 0. Any other has a place, and so a list around it.
#[test]
fn what_asks_for_any_value_gets_a_text_or_a_list() {
    type Any = BTreeMap<String, serde_json::Value>;

    let lines = "property[a][0] = x\nproperty[b][5] = y\nproperty[c][0] = 1\nproperty[c][1] =\nproperty[d][0] =\n";
    let response = table(lines);
    let b = json!([null, null, null, null, null, "y"]);
    let expected = json!({"a": "x", "b": b, "c": ["1", ""], "d": ""});
    assert_eq!(serde_json::to_value(object::<Any>(&response)).expect("JSON"), expected);
    assert_eq!(object::<serde_json::Value>(&response), expected);
    // The same where serde puts the values aside.
    #[derive(Debug, Deserialize)]
    struct Flat {
        #[serde(flatten)]
        rest: Any,
    }
    assert_eq!(serde_json::to_value(object::<Flat>(&response).rest).expect("JSON"), expected);
    // What a duplicate says makes no list.
    let response = table("property[a][0] = x\nproperty[a][0] = y\n");
    assert_eq!(object::<serde_json::Value>(&response), json!({"a": "x"}));
}

#[test]
fn a_hole_in_a_list_is_an_error_with_its_row() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is never read")]
    struct Object {
        domain: Option<String>,
        tag: Vec<String>,
    }

    let response = table(STATUS);
    assert_eq!(refusal::<Object>(&response), "`tag`, row 0: no cell (line 4, byte 41)");
    let response = table("property[TAG][0] = a\nproperty[TAG][2] = b\n");
    assert_eq!(refusal::<Object>(&response), "`TAG`, row 1: no cell (line 4, byte 41)");
    let response = table("property[domain][0] = a\n");
    assert_eq!(refusal::<Object>(&response), "`tag`: no cell (line 4, byte 41)");
    let response = table("");
    assert_eq!(refusal::<Object>(&response), "`tag`: no cell (line 4, byte 41)");
}

#[test]
fn a_list_tells_how_many_of_its_cells_are_left() {
    #[derive(Deserialize)]
    struct Object {
        tag: Hints,
    }
    /// The hints before each cell and after the last.
    struct Hints(Vec<Option<usize>>);

    impl<'de> Deserialize<'de> for Hints {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Cells;
            impl<'de> Visitor<'de> for Cells {
                type Value = Hints;

                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("cells")
                }

                fn visit_seq<A: SeqAccess<'de>>(self, mut cells: A) -> Result<Hints, A::Error> {
                    let mut hints = vec![cells.size_hint()];
                    while let Some(IgnoredAny) = cells.next_element()? {
                        hints.push(cells.size_hint());
                    }
                    Ok(Hints(hints))
                }
            }
            deserializer.deserialize_seq(Cells)
        }
    }

    let response = table("property[tag][0] = a\nproperty[tag][1] = b\n");
    assert_eq!(object::<Object>(&response).tag.0, [Some(2), Some(1), Some(0)]);
}

#[test]
fn a_scalar_without_a_cell_is_an_error() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is never read")]
    struct Object {
        tag: u8,
    }

    assert_eq!(
        refusal::<Object>(&table("property[Tag][1] = 5\n")),
        "`Tag`, row 0: no cell (line 5, byte 62)"
    );
    assert_eq!(
        refusal::<Object>(&table("property[Tag][0] = x\nproperty[Tag][1] = 5\n")),
        "`Tag`, row 0: invalid integer or out of range (line 4, byte 41)"
    );
}

#[test]
fn a_cell_of_a_list_is_blamed_by_its_row() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is never read")]
    struct Object<T> {
        n: Vec<T>,
    }

    let response = table("property[n][0] = 1\nproperty[n][1] = 2\nproperty[n][2] = hunter2\n");
    let error = response.deserialize_object::<Object<u8>>().expect_err("refused");
    assert_eq!(
        (error.kind(), error.column(), error.row()),
        (K::InvalidInteger, Some("n"), Some(2))
    );
    assert_eq!(error.position().line(), 6);
    assert!(!format!("{error:?}").contains("hunt"));
    let error = response.deserialize_object::<Object<Vec<u8>>>().expect_err("refused");
    assert_eq!((error.kind(), error.row()), (K::Unstructured, Some(0)));
}

#[test]
fn a_tuple_has_a_place_for_each_cell() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Object<T> {
        n: T,
    }

    let response = table("property[n][0] = 1\nproperty[n][1] = 2\n");
    assert_eq!(object::<Object<(u8, u8)>>(&response).n, (1, 2));
    #[derive(Debug, Deserialize, PartialEq)]
    struct Named(u8, u8);
    assert_eq!(object::<Object<Named>>(&response).n, Named(1, 2));
    assert_eq!(object::<Option<Object<Named>>>(&response), Some(Object { n: Named(1, 2) }));
    let wrong = "`n`, row 0: wrong number of values for this tuple or array (line 4, byte 41)";
    assert_eq!(refusal::<Object<(u8,)>>(&response), wrong);
    assert_eq!(refusal::<Object<[u8; 3]>>(&response), wrong);
}

#[test]
fn a_column_is_no_structure_and_an_object_is_no_scalar() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Object<T> {
        n: T,
    }

    let response = table("property[n][0] = 1\n");
    let wrong =
        "`n`, row 0: expected a single value, found a struct, map or list type (line 4, byte 41)";
    assert_eq!(refusal::<Object<Object<u8>>>(&response), wrong);
    assert_eq!(refusal::<Object<BTreeMap<String, u8>>>(&response), wrong);
    #[derive(Debug, Deserialize)]
    struct Unit;
    assert_eq!(
        refusal::<Object<Unit>>(&response),
        "`n`, row 0: not a value of the type (line 4, byte 41)"
    );
    assert_eq!(refusal::<String>(&response), "not a value of the type (line 5, byte 60)");
    assert_eq!(refusal::<Vec<String>>(&response), "not a value of the type (line 5, byte 60)");
}

#[test]
fn maps_and_what_is_flattened() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Object<'r> {
        domain: &'r str,
        tag: Option<u8>,
        #[serde(flatten)]
        rest: BTreeMap<String, serde_json::Value>,
    }

    let response = table(STATUS);
    let lists: BTreeMap<&str, Vec<Option<&str>>> = object(&response);
    assert_eq!(lists.len(), 4);
    assert_eq!(lists["tag"], [None, Some("7")]);
    let scalars: BTreeMap<&str, &str> = object(&response);
    assert_eq!(
        scalars.keys().copied().collect::<Vec<_>>(),
        ["NAME SERVER", "domain", "registrar lock"]
    );
    let rest = BTreeMap::from([
        ("NAME SERVER".to_owned(), serde_json::json!(["ns1.example.net", "ns2.example.net"])),
        ("registrar lock".to_owned(), serde_json::json!("Y")),
    ]);
    assert_eq!(object::<Object<'_>>(&response), Object { domain: "example.com", tag: None, rest });
}

#[test]
fn an_enum_is_a_scalar_and_a_newtype_what_is_inside() {
    #[derive(Debug, Deserialize, PartialEq)]
    enum Lock {
        Y,
        N,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Servers(Vec<String>);
    #[derive(Debug, Deserialize, PartialEq)]
    struct Object {
        registrar_lock: Lock,
        nameserver: Servers,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Whole(Option<Object>);

    let Whole(Some(object)) = object::<Whole>(&table(STATUS)) else { panic!("an object") };
    assert_eq!((object.registrar_lock, object.nameserver.0.len()), (Lock::Y, 2));
    assert_ne!(Lock::Y, Lock::N);
}
