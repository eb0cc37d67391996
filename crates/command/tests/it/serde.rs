//! Commands out of types, and types out of commands.

use core::fmt::{self, Debug};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::CString;

use cnic_command::{
    BuildErrorKind, Command, DeserializeErrorKind as D, SerializeErrorKind as S, de, from_command,
    to_command,
};
use proptest::prelude::*;
use serde::de::{DeserializeOwned, Error as _, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::util::{command, text};

#[track_caller]
fn written<T: Serialize>(value: &T) -> String {
    match to_command("X", value) {
        Ok(command) => text(&command).strip_prefix("COMMAND=X").expect("the name").to_owned(),
        Err(error) => panic!("can't be written: {error}"),
    }
}

/// Returns what is wrong with a value, and its text.
#[track_caller]
fn unwritable<T: Serialize + ?Sized>(value: &T) -> (S, String) {
    let error = to_command("X", value).expect_err("must be refused");
    (error.kind(), error.to_string())
}

#[track_caller]
fn read<T: DeserializeOwned>(parameters: &str) -> T {
    match from_command(&command(&format!("COMMAND=X\n{parameters}"))) {
        Ok(value) => value,
        Err(error) => panic!("can't be read: {error}"),
    }
}

#[track_caller]
fn unreadable<T: DeserializeOwned>(parameters: &str) -> (D, String) {
    let command = command(parameters);
    match from_command::<T>(&command) {
        Ok(_) => panic!("must be refused"),
        Err(error) => (error.kind(), error.to_string()),
    }
}

#[test]
fn an_error_names_the_field_of_its_parameter() {
    let command = command("COMMAND=X\nk=1\nl0=2\nl1=x");
    let error = from_command::<BTreeMap<String, u8>>(&command).expect_err("no number");
    assert_eq!((error.kind(), error.field()), (D::InvalidInteger, Some("l1")));
    let error = from_command::<u8>(&command).expect_err("no structure");
    assert_eq!(error.field(), None);
}

#[test]
fn a_type_that_is_never_content_is_refused() {
    use core::sync::atomic::{AtomicU32, Ordering};

    static TRIES: AtomicU32 = AtomicU32::new(0);

    #[derive(Debug)]
    struct Insatiable;

    impl<'de> Deserialize<'de> for Insatiable {
        fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
            assert!(TRIES.fetch_add(1, Ordering::Relaxed) < 10, "it is asked without end");
            Err(D::Error::missing_field("k"))
        }
    }

    let error = from_command::<Insatiable>(&command("COMMAND=X\nk0=1")).expect_err("refused");
    assert_eq!((error.kind(), error.field()), (D::MissingParameter, Some("k")));
}

#[test]
fn a_unit_is_no_text_whatever_its_name() {
    #[derive(Serialize)]
    struct Unit;

    assert_eq!(unwritable(&One { k: Unit }), unwritable(&One { k: () }));
    assert_eq!((written(&Unit), written(&())), (String::new(), String::new()));
}

/// What stands for every shape that a type can have.
mod shapes {
    use serde::{Deserialize, Serialize};

    macro_rules! shapes {
        ($($shape:item)+) => {
            $(#[derive(Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)] $shape)+
        };
    }
    shapes! {
        pub(super) struct Unit;
        pub(super) struct Newtype(pub(super) String);
        pub(super) struct Tuple(pub(super) u8, pub(super) u8);
        pub(super) struct Struct {
            pub(super) a: u8,
        }
        pub(super) enum Enum {
            Unit,
            Newtype(u8),
            Tuple(u8, u8),
            Struct { a: u8 },
        }
    }
}

#[test]
fn the_key_of_a_map_is_a_text() {
    fn map<K: Ord>(key: K) -> BTreeMap<K, u8> {
        BTreeMap::from([(key, 1)])
    }
    assert_eq!(written(&map('c')), "\nc=1");
    assert_eq!(written(&map(-7)), "\n-7=1");
    assert_eq!(written(&map(true)), "\n1=1");
    assert_eq!(written(&map(Some("k"))), "\nk=1");
    assert_eq!(written(&map(shapes::Newtype("k".into()))), "\nk=1");
    assert_eq!(written(&map(shapes::Enum::Unit)), "\nUnit=1");
    for (kind, _) in
        [unwritable(&map(())), unwritable(&map(None::<u8>)), unwritable(&map(shapes::Unit))]
    {
        assert_eq!(kind, S::NotText);
    }
    for (kind, _) in [
        unwritable(&map((1, 2))),
        unwritable(&map(vec![1])),
        unwritable(&map(map(1))),
        unwritable(&map(shapes::Tuple(1, 2))),
        unwritable(&map(shapes::Struct { a: 1 })),
        unwritable(&map(shapes::Enum::Newtype(1))),
        unwritable(&map(shapes::Enum::Tuple(1, 2))),
        unwritable(&map(shapes::Enum::Struct { a: 1 })),
    ] {
        assert_eq!(kind, S::Structured);
    }
}

#[test]
fn what_is_in_a_list_is_a_text() {
    fn list<T: DeserializeOwned>(value: &str) -> T {
        let [one] = read::<One<[T; 1]>>(&format!("k0={value}")).k;
        one
    }
    assert_eq!(list::<char>("c"), 'c');
    assert_eq!(list::<Option<String>>("c"), Some("c".into()));
    assert_eq!(list::<shapes::Newtype>("c").0, "c");
    assert_eq!(list::<shapes::Enum>("Unit"), shapes::Enum::Unit);
    assert_eq!(list::<serde_json::Value>("7"), "7", "it is asked for nothing");
    assert_eq!(list::<CString>("c").as_bytes(), b"c");
    let bytes = command("COMMAND=X\nk0=c");
    assert_eq!(from_command::<One<Vec<&[u8]>>>(&bytes).expect("bytes").k, [b"c"]);

    let text = "COMMAND=X\nk0=1\nk1=2";
    for (kind, message) in [
        unreadable::<One<Vec<(u8, u8)>>>(text),
        unreadable::<One<Vec<shapes::Tuple>>>(text),
        unreadable::<One<Vec<shapes::Struct>>>(text),
        unreadable::<One<Vec<BTreeMap<String, u8>>>>(text),
        unreadable::<One<Vec<Vec<u8>>>>(text),
    ] {
        let expected =
            "`k0`: expected a single value, found a struct, map or list type (line 2, byte 10)";
        assert_eq!((kind, &*message), (D::Unstructured, expected));
    }
}

#[test]
fn a_tuple_with_a_name_is_a_list() {
    round(&One { k: shapes::Tuple(1, 2) }, "\nk0=1\nk1=2");
    assert_eq!(read::<One<serde_json::Value>>("k0=1\nk1=2").k, serde_json::json!(["1", "2"]));
    assert_eq!(read::<One<serde_json::Value>>("k=1").k, "1");
}

/// What `de::from_text` takes elsewhere than in a command.
#[test]
fn a_value_may_come_from_another_format() {
    #[derive(Debug, Deserialize)]
    struct Fee {
        #[serde(deserialize_with = "de::from_text")]
        amount: u8,
    }

    assert_eq!(serde_json::from_str::<Fee>(r#"{"amount":"12"}"#).expect("a fee").amount, 12);
    let refusal = |json| serde_json::from_str::<Fee>(json).expect_err(json).to_string();
    assert!(refusal(r#"{"amount":"x"}"#).starts_with("invalid integer or out of range at line 1"));
    assert!(refusal(r#"{"amount":7}"#).contains("expected the value of a parameter at line 1"));
}

#[test]
fn an_empty_value_may_be_none() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Renew {
        #[serde(deserialize_with = "de::empty_as_none")]
        period: Option<u8>,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Flat {
        #[serde(flatten)]
        renew: Inner,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Inner {
        #[serde(default, deserialize_with = "de::empty_as_none")]
        period: Option<u8>,
        #[serde(default, deserialize_with = "de::empty_as_none")]
        premium: Option<bool>,
    }

    for (text, period) in [("period=", None), ("PERIOD=", None), ("", None), ("period=2", Some(2))]
    {
        assert_eq!(read::<Renew>(text), Renew { period }, "{text}");
    }
    for (text, period, premium) in [
        ("period=\npremium=", None, None),
        ("period=7\npremium=Y", Some(7), Some(true)),
        ("premium=0", None, Some(false)),
        ("", None, None),
    ] {
        assert_eq!(read::<Flat>(text), Flat { renew: Inner { period, premium } }, "{text}");
    }
    for text in ["period=x", "period=256", "period=0x", "period=-"] {
        let (kind, shown) = unreadable::<Renew>(&format!("COMMAND=X\n{text}"));
        assert_eq!(
            (kind, &*shown),
            (D::InvalidValue, "`period`: not a value of the type (line 2, byte 10)")
        );
    }
    let from_json = |json| serde_json::from_str::<Renew>(json);
    assert_eq!(from_json(r#"{"period":""}"#).expect("none"), Renew { period: None });
    assert_eq!(from_json(r#"{"period":null}"#).expect("none"), Renew { period: None });
    assert_eq!(from_json(r#"{"period":"3"}"#).expect("a number"), Renew { period: Some(3) });
    assert!(from_json(r#"{"period":3}"#).is_err(), "no text");
}

#[test]
fn what_has_an_odd_index_is_in_no_series() {
    for odd in ["AUTH007", "AUTH00", "AUTH01", "auth4294967296", "AUTH0x", "AUTH-1", "AUTHS0"] {
        let text = format!("{odd}=odd\nAUTH0=a\nAUTH1=b");
        #[derive(Deserialize)]
        struct Series {
            auth: Vec<String>,
        }
        assert_eq!(read::<Series>(&text).auth, ["a", "b"], "{odd}");
        // With it alone there is neither a series nor a parameter of that name.
        let alone = format!("{odd}=odd");
        assert!(read::<Series>(&alone).auth.is_empty(), "{odd}");
        #[derive(Debug, Deserialize)]
        struct Scalar {
            auth: Option<String>,
            rest: BTreeMap<String, String>,
        }
        let scalar: Scalar = read(&alone);
        assert_eq!((scalar.auth, scalar.rest.len()), (None, 1), "{odd}");
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Strict {
            #[serde(rename = "auth")]
            _auth: Vec<String>,
        }
        let (kind, shown) = unreadable::<Strict>(&format!("COMMAND=X\n{text}"));
        assert_eq!(kind, D::UnknownParameter, "{odd}");
        assert!(shown.starts_with(&format!("`{odd}`")), "{shown}");
    }
}

#[test]
fn a_list_tells_how_many_of_its_values_are_left() {
    /// The hints before each value and after the last.
    struct Hints(Vec<Option<usize>>);

    impl<'de> Deserialize<'de> for Hints {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Values;
            impl<'de> Visitor<'de> for Values {
                type Value = Hints;

                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("values")
                }

                fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Hints, A::Error> {
                    let mut hints = vec![values.size_hint()];
                    while let Some(IgnoredAny) = values.next_element()? {
                        hints.push(values.size_hint());
                    }
                    Ok(Hints(hints))
                }
            }
            deserializer.deserialize_seq(Values)
        }
    }

    assert_eq!(read::<One<Hints>>("k0=a\nk1=b").k.0, [Some(2), Some(1), Some(0)]);
}

#[track_caller]
fn round<T: Debug + PartialEq + Serialize + DeserializeOwned>(value: &T, parameters: &str) {
    assert_eq!(written(value), parameters);
    assert_eq!(read::<T>(parameters), *value);
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct One<T> {
    k: T,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
enum Mode {
    Default,
    AutoRenew,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Newtype<T>(T);

//--- Both ways

#[test]
fn scalars_are_one_parameter() {
    round(&One { k: "a=b &é".to_owned() }, "\nk=a=b &é");
    round(&One { k: String::new() }, "\nk=");
    round(&One { k: true }, "\nk=1");
    round(&One { k: false }, "\nk=0");
    round(&One { k: u8::MAX }, "\nk=255");
    round(&One { k: i64::MIN }, "\nk=-9223372036854775808");
    round(&One { k: u128::MAX }, "\nk=340282366920938463463374607431768211455");
    round(&One { k: -0.25_f32 }, "\nk=-0.25");
    round(&One { k: 100_219.89_f64 }, "\nk=100219.89");
    round(&One { k: 'é' }, "\nk=é");
    round(&One { k: Mode::AutoRenew }, "\nk=AUTORENEW");
    round(&One { k: Newtype(Some(Newtype(7_u8))) }, "\nk=7");
}

#[test]
fn none_is_left_out_and_an_empty_value_is_not() {
    round(&One { k: None::<String> }, "");
    round(&One { k: Some(String::new()) }, "\nk=");
    assert_eq!(unreadable::<One<Option<u8>>>("COMMAND=X\nk=").0, D::InvalidInteger);
}

#[test]
fn lists_are_series() {
    round(&One { k: vec!["a".to_owned(), String::new(), "c".to_owned()] }, "\nk0=a\nk1=\nk2=c");
    round(&One { k: Vec::<u8>::new() }, "");
    round(&One { k: vec![Some(1), None, Some(3)] }, "\nk0=1\nk2=3");
    round(&One { k: (1_u8, true, Newtype(Mode::Default)) }, "\nk0=1\nk1=1\nk2=DEFAULT");
    round(&One { k: [Some(1_u8), None, Some(2)] }, "\nk0=1\nk2=2");
    round(&One { k: Some(vec![1]) }, "\nk0=1");
    assert_eq!(written(&One { k: vec![Some(1), None] }), "\nk0=1", "lost at the end");
    assert_eq!(read::<One<Option<Vec<u8>>>>("").k, None);
}

#[test]
fn a_map_is_flattened() {
    let map = BTreeMap::from([("A".to_owned(), 1), ("B-c".to_owned(), 2)]);
    round(&map, "\nA=1\nB-c=2");
    round(&One { k: map.clone() }, "\nA=1\nB-c=2");
    round(&One { k: BTreeMap::<String, u8>::new() }, "");
    round(&Newtype(map.clone()), "\nA=1\nB-c=2");
    assert_eq!(written(&BTreeMap::from([(7, "x"), (8, "y")])), "\n7=x\n8=y");
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct AddDomain {
    domain: String,
    #[serde(rename = "NAMESERVER")]
    name_servers: Vec<String>,
    #[serde(flatten)]
    fee: Fee,
    #[serde(flatten)]
    extra: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Fee {
    #[serde(rename = "X-FEE-AMOUNT", deserialize_with = "de::from_text")]
    amount: u32,
    currency: Option<String>,
}

#[test]
fn flattened_structures_and_maps_beside_lists() {
    let add = |name_servers: &[&str]| AddDomain {
        domain: "example.com".into(),
        name_servers: name_servers.iter().map(|&name| name.to_owned()).collect(),
        fee: Fee { amount: 12, currency: Some("EUR".into()) },
        extra: BTreeMap::from([("period".to_owned(), "1".to_owned())]),
    };
    let rest = "\nX-FEE-AMOUNT=12\ncurrency=EUR\nperiod=1";
    round(&add(&[]), &format!("\ndomain=example.com{rest}"));
    let servers = "\ndomain=example.com\nNAMESERVER0=ns1.test\nNAMESERVER1=ns2.test";
    round(&add(&["ns1.test", "ns2.test"]), &format!("{servers}{rest}"));
    // What a type can't do without is found in whatever case; the rest keeps its spelling.
    let read: AddDomain =
        read("DOMAIN=example.com\nnameserver0=a\nx-fee-amount=1\nDOMAIN0=b\nCURRENCY=EUR");
    assert_eq!(
        (&*read.domain, &*read.name_servers, read.fee.amount),
        ("example.com", &["a".to_owned()][..], 1)
    );
    assert_eq!(read.extra.keys().collect::<Vec<_>>(), ["CURRENCY", "DOMAIN0"]);
}

//--- Reading

#[test]
fn a_field_is_found_in_any_case_and_others_are_ignored() {
    let found: One<String> = read("Z=1\nK=a\nK0=b\nk_=c");
    assert_eq!(found.k, "a");
    let found: One<Vec<String>> = read("K1=b\nk0=a\nK=c\nK01=d\nKK0=e");
    assert_eq!(found.k, ["a", "b"]);
}

#[test]
fn a_series_is_not_a_scalar() {
    assert_eq!(read::<One<Option<u8>>>("k0=1").k, None);
    #[derive(Deserialize)]
    struct Default {
        #[serde(default)]
        k: u8,
    }
    assert_eq!(read::<Default>("k0=1").k, 0);
    assert_eq!(
        unreadable::<One<u8>>("COMMAND=X\nk0=1"),
        (D::MissingParameter, "`k`: no parameter".into())
    );
    assert_eq!(
        unreadable::<One<Vec<u8>>>("COMMAND=X\nK=1"),
        (D::Unindexed, "`k`: no index where the type has a list (line 2, byte 10)".into())
    );
}

#[test]
fn values_are_lent() {
    #[derive(Deserialize)]
    struct Lent<'c> {
        a: &'c str,
        b: Vec<&'c str>,
        c: &'c [u8],
        #[serde(borrow)]
        d: Cow<'c, str>,
    }

    let text = "COMMAND=X\nA=x\nB0=y\nC=z\nD=w".to_owned();
    let command = command(&text);
    let lent: Lent<'_> = from_command(&command).expect("fields");
    assert!(text.as_bytes().as_ptr_range().contains(&lent.a.as_ptr()));
    assert_eq!((&*lent.b, lent.c), (&["y"][..], &b"z"[..]));
    assert!(matches!(lent.d, Cow::Borrowed("w")));
}

#[test]
fn booleans_have_six_words() {
    for (word, value) in
        [("1", true), ("0", false), ("True", true), ("false", false), ("y", true), ("N", false)]
    {
        assert_eq!(read::<One<bool>>(&format!("k={word}")).k, value, "{word}");
    }
    for word in ["", "yes", "2", "on"] {
        assert_eq!(
            unreadable::<One<bool>>(&format!("COMMAND=X\nk={word}")).0,
            D::InvalidBool,
            "{word}"
        );
    }
}

#[test]
fn what_can_not_be_read() {
    let text = "COMMAND=X\nK=x\nL0=1\nL2=3";
    assert_eq!(
        unreadable::<One<u8>>(text),
        (D::InvalidInteger, "`k`: invalid integer or out of range (line 2, byte 10)".into())
    );
    for number in ["256", "-1", "+1", "", "1.0"] {
        assert_eq!(
            unreadable::<One<u8>>(&format!("COMMAND=X\nk={number}")).0,
            D::InvalidInteger,
            "{number}"
        );
    }
    for number in ["inf", "NaN", "+1.5", "1,5", ""] {
        assert_eq!(
            unreadable::<One<f64>>(&format!("COMMAND=X\nk={number}")).0,
            D::InvalidFloat,
            "{number}"
        );
    }
    assert_eq!(unreadable::<One<char>>("COMMAND=X\nk=ab").0, D::InvalidChar);
    assert_eq!(
        unreadable::<One<Mode>>("COMMAND=X\nk=default"),
        (D::UnknownVariant, "`k`: not a variant of the type (line 2, byte 10)".into())
    );
    assert_eq!(unreadable::<One<One<u8>>>(text).0, D::Unstructured);
    assert_eq!(unreadable::<One<BTreeMap<String, u8>>>(text).0, D::Unstructured);
    assert_eq!(
        unreadable::<One<Vec<Vec<u8>>>>("COMMAND=X\nk0=1"),
        (
            D::Unstructured,
            "`k0`: expected a single value, found a struct, map or list type (line 2, byte 10)"
                .into()
        )
    );
    assert_eq!(unreadable::<u8>(text), (D::InvalidValue, "not a value of the type".into()));

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is never read")]
    struct List<T> {
        l: T,
    }
    assert_eq!(
        unreadable::<List<Vec<u8>>>(text),
        (D::MissingParameter, "`l1`: no parameter".into())
    );
    assert_eq!(
        unreadable::<List<Vec<Option<bool>>>>(text),
        (D::InvalidBool, "`l2`: not a boolean (line 4, byte 19)".into())
    );
    assert_eq!(unreadable::<List<[Option<u8>; 2]>>(text).0, D::InvalidLength);
    assert_eq!(unreadable::<List<[Option<u8>; 4]>>(text).0, D::InvalidLength);

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "it is never read")]
    struct Strict {
        k: String,
    }
    assert_eq!(
        unreadable::<Strict>(text),
        (D::UnknownParameter, "`L0`: no field for the parameter (line 3, byte 14)".into())
    );

    #[derive(Debug, Deserialize)]
    struct Alias {
        #[serde(alias = "l0", alias = "K")]
        k: String,
    }
    assert_eq!(unreadable::<Alias>(text).0, D::DuplicateField);
    assert_eq!(read::<Alias>("K=1").k, "1");
}

#[test]
fn an_index_far_away_buys_no_memory() {
    let found: One<Vec<Option<u8>>> = read("k262143=7");
    assert_eq!((found.k.len(), found.k[262_143]), (262_144, Some(7)));
    for index in ["262144", "4294967295"] {
        let (kind, _) = unreadable::<One<Vec<Option<u8>>>>(&format!("COMMAND=X\nk{index}=7"));
        assert_eq!(kind, D::IndexLimit);
    }
}

#[test]
fn the_whole_may_be_anything_with_keys() {
    #[derive(Debug, Deserialize, PartialEq, Serialize)]
    struct Nothing;
    #[derive(Debug, Deserialize, PartialEq, Serialize)]
    struct Empty {}

    round(&Nothing, "");
    round(&Empty {}, "");
    assert_eq!(written(&()), "");
    assert_eq!(written(&Some(One { k: 1 })), "\nk=1");
    assert_eq!(read::<Option<One<u8>>>("k=1"), Some(One { k: 1 }));
    let _: IgnoredAny = read("k=1");
    assert_eq!(read::<serde_json::Value>("k=1\nl=x"), serde_json::json!({"k": "1", "l": "x"}));
}

//--- Writing

#[test]
fn what_can_not_be_written() {
    #[derive(Serialize)]
    enum Data {
        Newtype(u8),
        Tuple(u8, u8),
        Struct { a: u8 },
    }
    #[derive(Serialize)]
    struct Two {
        domain: u8,
        #[serde(rename = "DOMAIN")]
        again: u8,
    }
    #[derive(Serialize)]
    struct Series {
        k0: u8,
        k: [u8; 1],
    }
    #[derive(Serialize)]
    struct Key {
        #[serde(rename = "a b")]
        key: u8,
    }
    #[derive(Serialize)]
    struct Named {
        command: u8,
    }
    struct Bytes(&'static [u8]);
    impl Serialize for Bytes {
        fn serialize<Z: serde::Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
            serializer.serialize_bytes(self.0)
        }
    }

    let nested = (
        S::Structured,
        "`k`: expected a single value, found a struct, map or list type".to_owned(),
    );
    assert_eq!(unwritable(&One { k: One { k: 1 } }), nested);
    assert_eq!(unwritable(&One { k: Data::Newtype(1) }), nested);
    assert_eq!(unwritable(&One { k: Data::Tuple(1, 2) }), nested);
    assert_eq!(unwritable(&One { k: Data::Struct { a: 1 } }), nested);
    assert_eq!(
        unwritable(&One { k: vec![vec![1]] }).1,
        "`k0`: expected a single value, found a struct, map or list type"
    );
    assert_eq!(
        unwritable(&One { k: vec![Some(One { k: 1 })] }).1,
        "`k0`: expected a single value, found a struct, map or list type"
    );
    let inner = BTreeMap::from([("l", BTreeMap::from([("m", 1)]))]);
    assert_eq!(
        unwritable(&One { k: inner }).1,
        "`l`: expected a single value, found a struct, map or list type"
    );
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(
            unwritable(&One { k: number }),
            (S::NotFinite, "`k`: not a finite number".into())
        );
    }
    assert_eq!(unwritable(&One { k: () }), (S::NotText, "`k`: not representable as text".into()));
    assert_eq!(unwritable(&One { k: Bytes(b"\xff") }).0, S::NotText);
    assert_eq!(written(&One { k: Bytes(b"x") }), "\nk=x");
    assert_eq!(
        unwritable(&Two { domain: 1, again: 2 }),
        (S::DuplicateKey, "`DOMAIN`: duplicate key".into())
    );
    assert_eq!(unwritable(&Series { k0: 1, k: [2] }).1, "`k0`: duplicate key");
    let whole = (S::NotParameters, "neither a struct nor a map".to_owned());
    assert_eq!(unwritable(&7_u8), whole);
    assert_eq!(unwritable("x"), whole);
    assert_eq!(unwritable(&vec![1]), whole);
    assert_eq!(unwritable(&None::<One<u8>>), whole);
    assert_eq!(unwritable(&Data::Struct { a: 1 }), whole);
    let build = |kind| S::Build(kind);
    assert_eq!(
        unwritable(&Key { key: 1 }),
        (
            build(BuildErrorKind::InvalidKey),
            "`a b`: key is not made of letters, digits, `-` and `_`".into()
        )
    );
    assert_eq!(unwritable(&Named { command: 1 }).0, build(BuildErrorKind::CommandKey));
    assert_eq!(unwritable(&One { k: " x" }).0, build(BuildErrorKind::OuterBlank));
    assert_eq!(unwritable(&One { k: vec!["x", "a\nb"] }).1, "`k1`: value holds CR, LF or NUL");
    let error = to_command("no name", &One { k: 1 }).expect_err("refused");
    assert_eq!((error.kind(), error.field()), (build(BuildErrorKind::InvalidName), None));
}

#[test]
fn a_command_is_json_with_keys_in_capitals() {
    let command = command("COMMAND=StatusDomain\nDomain=example.com\nX-a_b=\n");
    let json = serde_json::to_string(&command).expect("JSON");
    assert_eq!(json, r#"{"command":"StatusDomain","params":{"DOMAIN":"example.com","X-A_B":""}}"#);
    let bare = Command::new("X").expect("a name");
    assert_eq!(serde_json::to_string(&bare).expect("JSON"), r#"{"command":"X","params":{}}"#);
}

//--- Secrets

#[test]
fn errors_never_contain_a_value() {
    struct Talkative;
    impl Serialize for Talkative {
        fn serialize<Z: serde::Serializer>(&self, _: Z) -> Result<Z::Ok, Z::Error> {
            Err(serde::ser::Error::custom("not hunter2"))
        }
    }
    #[derive(Debug)]
    struct Curious;
    impl<'de> Deserialize<'de> for Curious {
        fn deserialize<Z: Deserializer<'de>>(deserializer: Z) -> Result<Self, Z::Error> {
            let text = String::deserialize(deserializer)?;
            Err(serde::de::Error::custom(format_args!("not {text}")))
        }
    }
    #[track_caller]
    fn keeps(error: &(impl Debug + fmt::Display)) {
        for text in [format!("{error}"), format!("{error:?}"), format!("{error:#?}")] {
            assert!(!text.contains("hunt"), "{text}");
        }
    }
    #[track_caller]
    fn reading<T: Debug + DeserializeOwned>(kind: D) {
        let command = command("COMMAND=X\nk=hunter2");
        let error = from_command::<One<T>>(&command).expect_err("refused");
        assert_eq!(error.kind(), kind);
        keeps(&error);
    }

    keeps(&to_command("X", &One { k: "hunter2\n" }).expect_err("refused"));
    keeps(&to_command("X", &BTreeMap::from([("hunter2 ", 1)])).expect_err("refused"));
    keeps(&to_command("X", &One { k: BTreeMap::from([("hunter2 ", 1)]) }).expect_err("refused"));
    keeps(&to_command("hunter2 ", &One { k: 1 }).expect_err("refused"));
    let refused = to_command("X", &One { k: Talkative }).expect_err("refused");
    assert_eq!((refused.kind(), refused.field()), (S::Rejected, Some("k")));
    keeps(&refused);
    reading::<u8>(D::InvalidInteger);
    reading::<f32>(D::InvalidFloat);
    reading::<bool>(D::InvalidBool);
    reading::<char>(D::InvalidChar);
    reading::<Mode>(D::UnknownVariant);
    reading::<()>(D::InvalidValue);
    reading::<Curious>(D::InvalidValue);
}

#[test]
fn error_texts() {
    let texts = [
        (D::DuplicateField, "duplicate field"),
        (D::IndexLimit, "index above the limit in a series with gaps"),
        (D::InvalidBool, "not a boolean"),
        (D::InvalidChar, "not one character"),
        (D::InvalidFloat, "not a decimal number of the type"),
        (D::InvalidInteger, "invalid integer or out of range"),
        (D::InvalidLength, "wrong number of values for this tuple or array"),
        (D::InvalidValue, "not a value of the type"),
        (D::MissingParameter, "no parameter"),
        (D::Unindexed, "no index where the type has a list"),
        (D::UnknownParameter, "no field for the parameter"),
        (D::UnknownVariant, "not a variant of the type"),
        (D::Unstructured, "expected a single value, found a struct, map or list type"),
    ];
    for (kind, text) in texts {
        assert_eq!(kind.to_string(), text);
    }
    let texts = [
        (S::Build(BuildErrorKind::OuterBlank), "leading or trailing whitespace in a name or value"),
        (S::DuplicateKey, "duplicate key"),
        (S::NotFinite, "not a finite number"),
        (S::NotParameters, "neither a struct nor a map"),
        (S::NotText, "not representable as text"),
        (S::Rejected, "rejected by its type"),
        (S::Structured, "expected a single value, found a struct, map or list type"),
    ];
    for (kind, text) in texts {
        assert_eq!(kind.to_string(), text);
    }
}

//--- There and back

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Everything {
    text: String,
    maybe: Option<String>,
    yes: bool,
    signed: i64,
    #[serde(rename = "X-BIG")]
    big: u128,
    real: f64,
    small: f32,
    letter: char,
    mode: Mode,
    list: Vec<String>,
    sparse: Vec<Option<u16>>,
    pair: (bool, u8),
    rest: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Flattened {
    text: String,
    list: Vec<i8>,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

/// A value that a command takes.
fn value() -> impl Strategy<Value = String> {
    "[ -~é]{0,8}".prop_map(|text| text.trim_matches(' ').to_owned())
}

/// Parameters that are no field's.
fn rest() -> impl Strategy<Value = BTreeMap<String, String>> {
    proptest::collection::btree_map("Z[A-Z0-9_-]{0,4}", value(), 0..5)
}

/// A list whose last place is filled: one that is not is shorter when it comes back.
fn sparse() -> impl Strategy<Value = Vec<Option<u16>>> {
    let gaps = proptest::collection::vec(any::<Option<u16>>(), 0..8);
    (gaps, any::<u16>()).prop_map(|(mut list, last)| {
        if !list.is_empty() {
            list.push(Some(last));
        }
        list
    })
}

prop_compose! {
    fn everything()(
        (text, maybe, list, rest, sparse) in (value(), proptest::option::of(value()), proptest::collection::vec(value(), 0..12), rest(), sparse()),
        (yes, signed, big, pair, mode) in any::<(bool, i64, u128, (bool, u8), bool)>(),
        real in proptest::num::f64::NORMAL | proptest::num::f64::ZERO | proptest::num::f64::SUBNORMAL,
        small in proptest::num::f32::NORMAL | proptest::num::f32::ZERO,
        letter in proptest::char::range('!', '\u{d7ff}'),
    ) -> Everything {
        let mode = if mode { Mode::Default } else { Mode::AutoRenew };
        Everything { text, maybe, yes, signed, big, real, small, letter, mode, list, sparse, pair, rest }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(value in everything()) {
        let command = to_command("Everything", &value).expect("a command");
        prop_assert_eq!(&from_command::<Everything>(&command).expect("a value"), &value);
        // Over the wire, with keys in capitals.
        let text = command.encode().uppercase().to_string();
        let command = Command::parse(&text).expect("a command");
        prop_assert_eq!(from_command::<Everything>(&command).expect("a value"), value);
    }

    #[test]
    fn what_is_flattened_is_read_back(text in value(), list: Vec<i8>, rest in rest()) {
        let value = Flattened { text, list, rest };
        let command = to_command("Flattened", &value).expect("a command");
        prop_assert_eq!(from_command::<Flattened>(&command).expect("a value"), value);
    }
}
