//! Values in and out of JSON, and what is only written.

use core::fmt::{Debug, Display};

use cnic_registration::{
    Amount, Draft, ErrorKind, Field, Handle, Host, Label, Lint, LintKind, NameServer, Period,
    Policy, Receipt, Registration, Rule, Suffix, SuffixSet, Violation,
};
use serde::de::DeserializeOwned;
use serde::de::value::{Error, StrDeserializer, U8Deserializer};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::util::{BASE, base, valid};

const TOOLKIT: Policy<'_> = Policy::TOOLKIT;

fn to_json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("JSON")
}

/// Holds that a text is read from JSON as it is parsed, and written as it is displayed.
#[track_caller]
fn is_text<T>(good: &str, canonical: &str, bad: &str)
where
    T: Serialize + DeserializeOwned + core::str::FromStr<Err: Display> + PartialEq + Debug,
{
    let value: T = serde_json::from_value(json!(good)).expect("a value");
    assert_eq!(good.parse().ok().as_ref(), Some(&value));
    assert_eq!(to_json(&value), json!(canonical));
    assert_eq!(serde_json::from_value::<T>(json!(canonical)).ok().as_ref(), Some(&value));
    let borrowed: Result<T, Error> = T::deserialize(StrDeserializer::new(good));
    assert_eq!(borrowed, Ok(value));
    let error = serde_json::from_value::<T>(json!(bad)).expect_err("rejected").to_string();
    assert_eq!(error, bad.parse::<T>().expect_err("rejected").to_string(), "says why");
    assert!(!error.contains(bad), "{error}");
    for other in [json!(1), json!(1.5), json!(null), json!([good]), json!({}), json!(true)] {
        assert!(serde_json::from_value::<T>(other).is_err());
    }
}

#[test]
fn values_are_read_and_written_as_their_texts() {
    is_text::<Amount>("65.5", "65.50", "65,50");
    is_text::<Handle>("H12345", "H12345", "h12345");
    is_text::<Host>("NS1.example.com", "ns1.example.com", "localhost");
    is_text::<Label>("Example", "example", "-example");
    is_text::<Suffix>("UK.com", "uk.com", "gb.com");
    let canonical = "a.example::192.0.2.1::2001:db8::1";
    is_text::<NameServer>("A.example::192.0.2.1::2001:DB8:0::1", canonical, "a.example:192.0.2.1");
}

#[test]
fn what_another_policy_allows_is_written_and_not_read() {
    let handle = Handle::parse_opaque("SH8013-REP").expect("an EPP id");
    let suffix = Suffix::parse_well_formed("example.test").expect("a suffix");
    assert_eq!((to_json(&handle), to_json(&suffix)), (json!("SH8013-REP"), json!("example.test")));
    assert!(serde_json::from_value::<Handle>(to_json(&handle)).is_err());
    assert!(serde_json::from_value::<Suffix>(to_json(&suffix)).is_err());
}

#[test]
fn a_period_is_a_number_and_is_read_from_a_text_too() {
    for years in 1..=10_u8 {
        let period = Period::new(years).expect("1 to 10");
        assert_eq!(to_json(&period), json!(years));
        for json in [json!(years), json!(years.to_string())] {
            assert_eq!(serde_json::from_value(json).ok(), Some(period));
        }
        let number: Result<Period, Error> = Period::deserialize(U8Deserializer::new(years));
        assert_eq!(number, Ok(period));
    }
    for bad in [
        json!(0),
        json!(11),
        json!(258),
        json!(-1),
        json!(2.0),
        json!(u64::MAX),
        json!("02"),
        json!("+2"),
        json!("11"),
        json!(""),
    ] {
        let error = serde_json::from_value::<Period>(bad).expect_err("rejected").to_string();
        assert!(error.starts_with("not an allowed number of years"), "{error}");
    }
    for bad in [json!(null), json!(true), json!([2]), json!({"years": 2})] {
        assert!(serde_json::from_value::<Period>(bad).is_err());
    }
}

/// A format that is not for people, and does not know what comes next.
struct Binary(u8);

impl<'de> serde::Deserializer<'de> for Binary {
    type Error = Error;

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(serde::de::Error::custom("the type has to say what it is"))
    }

    fn deserialize_u8<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u8(self.0)
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[test]
fn a_period_is_read_from_a_binary_format() {
    assert_eq!(Period::deserialize(Binary(2)), Ok(Period::DEFAULT));
    assert!(Period::deserialize(Binary(0)).is_err());
}

#[test]
fn values_are_fields_of_types_and_keys_of_maps() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Offer {
        label: Label,
        suffix: Option<Suffix>,
        period: Period,
        price: Amount,
        servers: Vec<NameServer>,
    }

    let json = r#"{"label":"example","suffix":null,"period":2,"price":"65.00","servers":["a.example::192.0.2.1"]}"#;
    let offer: Offer = serde_json::from_str(json).expect("an offer");
    assert_eq!((offer.period, offer.price.minor_units()), (Period::DEFAULT, 6500));
    assert_eq!(serde_json::to_string(&offer).expect("JSON"), json);
    let prices: std::collections::BTreeMap<Suffix, Amount> =
        serde_json::from_str(r#"{"UK.com":"32.50"}"#).expect("prices");
    assert_eq!(serde_json::to_string(&prices).expect("JSON"), r#"{"uk.com":"32.50"}"#);
}

#[test]
fn a_set_of_suffixes_is_a_list() {
    let set: SuffixSet = serde_json::from_str(r#"["b.test","A.test","B.TEST"]"#).expect("a set");
    assert_eq!(set.iter().collect::<Vec<_>>(), ["a.test", "b.test"]);
    assert_eq!(to_json(&set), json!(["a.test", "b.test"]));
    assert!(set.contains("A.TEST"));
    let error =
        serde_json::from_str::<SuffixSet>(r#"["a.test","hunter2."]"#).expect_err("no suffix");
    assert!(error.to_string().starts_with("malformed (byte 8)"), "{error}");
    for bad in [json!("a.test"), json!([1]), json!({"a.test": 1})] {
        assert!(serde_json::from_value::<SuffixSet>(bad).is_err());
    }
}

#[test]
fn a_registration_is_written_without_its_credentials() {
    let full = base().user("hunter2").password("hunter2").test("1").period("3").ahandle("H3");
    let full =
        full.bhandle("H4").name_server("a.test::192.0.2.1::2001:db8::1").name_server("b.test");
    let registration = valid(&TOOLKIT, &full);
    let expected = concat!(
        r#"{"domain":"example","suffix":"uk.com","period":3,"test":true,"chandle":"H1","ahandle":"H3","#,
        r#""thandle":"H2","bhandle":"H4","dns":[{"host":"a.test","ipv4":"192.0.2.1","ipv6":"2001:db8::1"},"#,
        r#"{"host":"b.test","ipv4":null,"ipv6":null}]}"#,
    );
    assert_eq!(serde_json::to_string(&registration).expect("JSON"), expected);
    let nulls = to_json(&valid(&TOOLKIT, &base()));
    assert_eq!(
        (&nulls["period"], &nulls["test"], &nulls["dns"]),
        (&json!(null), &json!(null), &json!([]))
    );
}

#[test]
fn a_registration_can_be_a_part_of_another_object() {
    #[derive(Serialize)]
    struct Logged<'r> {
        id: u8,
        #[serde(flatten)]
        registration: &'r Registration,
    }

    let registration = &valid(&TOOLKIT, &base());
    let logged = serde_json::to_string(&Logged { id: 7, registration }).expect("JSON");
    assert!(logged.starts_with(r#"{"id":7,"domain":"example","suffix":"uk.com","#), "{logged}");
}

#[test]
fn a_receipt_has_its_lines_in_order() {
    let text = "\u{feff}Status:0\r\nx\nX: a\nx: b\namount: 65.5\nMessage: Done\n";
    let expected = concat!(
        r#"{"status":0,"ok":true,"transaction_id":null,"message":"Done","amount_minor":6550,"#,
        r#""fields":[["Status","0"],["x",null],["X","a"],["x","b"],["amount","65.5"],["Message","Done"]]}"#,
    );
    let receipt = Receipt::parse(text).expect("a receipt");
    assert_eq!(serde_json::to_string(&receipt).expect("JSON"), expected);
    let rejected = to_json(&Receipt::parse("Status: 1\namount: x\n").expect("a receipt"));
    assert_eq!((&rejected["ok"], &rejected["amount_minor"]), (&json!(false), &json!(null)));
}

#[test]
fn violations_and_lints_name_field_rule_and_message() {
    let body = format!("{}&url=x&a%0A%3Dhunter2=", BASE.replace("example", "a!c"));
    let draft = Draft::from_form(body.as_bytes()).expect("a form");
    let violations = TOOLKIT.validate(&draft).expect_err("rejected");
    let entry = |field: &str, rule: &str, message: &str| json!({"field": field, "rule": rule, "message": message});
    let unknown = |field: &str| entry(field, "UnknownParameter", "unknown parameter");
    let label = entry("domain", "InvalidChar", "character '!' at byte 1 is not allowed");
    let named = json!([label, unknown("url"), unknown(r"a\u{a}...")]);
    assert_eq!(to_json(&violations), named);
    let described: Vec<_> = violations.iter().map(|it| draft.describe(it)).collect();
    assert_eq!(to_json(&described), named);
    let alone: Vec<Violation> = violations.into_iter().collect();
    assert_eq!(to_json(&alone), json!([label, unknown("unknown[0]"), unknown("unknown[1]")]));
    assert_eq!(to_json(&alone[0].message()), label["message"]);

    let mut lints: Vec<Lint> = Vec::new();
    valid(&TOOLKIT, &base().name_server("a.test::192.0.2.1")).lint(&mut lints);
    assert_eq!(to_json(&lints[2]), entry("dns", "FewNameServers", "fewer than two name servers"));
    assert_eq!(to_json(&lints[0])["field"], "dns[0]");
}

#[test]
fn kinds_are_written_as_their_names() {
    let kinds = (Rule::EmptyLabel { label: 2 }, LintKind::MissingGlue, ErrorKind::MissingStatus);
    assert_eq!(to_json(&kinds), json!(["EmptyLabel", "MissingGlue", "MissingStatus"]));
    assert_eq!(
        to_json(&ErrorKind::InvalidSuffix { rule: Rule::Empty, character: None }),
        json!("InvalidSuffix")
    );
    assert_eq!(to_json(&[Field::Domain, Field::NameServer(2)]), json!(["domain", "dns[2]"]));
}
