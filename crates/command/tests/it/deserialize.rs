//! Commands from other formats, and tags and changes in them.

use core::fmt::Debug;
use std::collections::BTreeMap;

use cnic_command::{
    Command, DeserializeErrorKind, Limits, TagFamily, TagKind, Violation, from_command,
};
use serde::de::value::{
    BorrowedStrDeserializer, Error, MapAccessDeserializer, MapDeserializer, SeqDeserializer,
    StrDeserializer,
};
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::util::{Random, command, text};

const SECRET: &str = "hunter2";

fn read(json: &str) -> Result<Command<'static>, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

/// Returns the error without the place that JSON adds to it.
#[track_caller]
fn rejected(json: &serde_json::Value) -> String {
    let text = json.to_string();
    let error = read(&text).expect_err("must be rejected");
    assert!(serde_json::from_value::<Command<'_>>(json.clone()).is_err());
    assert!(!error.contains(SECRET), "{error}");
    error.split(" at line ").next().unwrap_or_default().to_owned()
}

#[test]
fn what_is_written_reads_back_equal() {
    let mut random = Random::new(1);
    for _ in 0..500 {
        let command = random.command();
        let json = serde_json::to_string(&command).expect("JSON");
        assert_eq!(read(&json), Ok(command.clone()), "{json}");
        let json = serde_json::to_value(&command).expect("JSON");
        assert_eq!(serde_json::from_value::<Command<'_>>(json).expect("a command"), command);
        for text in [text(&command), command.encode().framed().to_string()] {
            let json = serde_json::to_string(&text).expect("JSON");
            assert_eq!(read(&json), Ok(command.clone()), "{json}");
        }
    }
}

#[test]
fn order_and_spelling_are_kept() {
    let read = read(r#"{"params":{"b":"1","X-a_B":"","A0":"2"},"command":"modifyDomain"}"#);
    assert_eq!(text(&read.expect("a command")), "COMMAND=modifyDomain\nb=1\nX-a_B=\nA0=2");
    assert_eq!(text(&self::read(r#"{"command":"X"}"#).expect("a command")), "COMMAND=X");
}

#[test]
fn a_command_is_a_field_as_any() {
    #[derive(Debug, PartialEq, Deserialize, Serialize)]
    struct Job {
        id: u32,
        command: Command<'static>,
        #[serde(default)]
        then: Vec<Command<'static>>,
    }

    fn is_owned<T: DeserializeOwned>() {}
    is_owned::<Command<'static>>();

    let first = command("COMMAND=StatusDomain\nDOMAIN=example.com").into_owned();
    let job = Job { id: 7, then: vec![first.clone()], command: first };
    let json = serde_json::to_string(&job).expect("JSON");
    assert_eq!(serde_json::from_str::<Job>(&json).expect("a job"), job);
    let json = r#"{"id":7,"command":"COMMAND=StatusDomain\nDOMAIN=example.com","then":[
        {"command":"StatusDomain","params":{"DOMAIN":"example.com"}}]}"#;
    assert_eq!(serde_json::from_str::<Job>(json).expect("a job"), job);

    // Behind a tag serde puts everything aside first.
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(u8),
        Command(Command<'static>),
    }
    let either: Vec<Either> =
        serde_json::from_str(r#"[1,{"command":"X","params":{"A":1}}]"#).expect("both");
    let command = command("COMMAND=X\nA=1").into_owned();
    assert_eq!(either, [Either::Number(1), Either::Command(command)]);
}

#[test]
fn integers_are_their_digits_and_nothing_else_is() {
    for (json, value) in [
        ("0", "0"),
        ("-7", "-7"),
        ("18446744073709551615", "18446744073709551615"),
        ("-9223372036854775808", "-9223372036854775808"),
        (r#""01""#, "01"),
    ] {
        let json = format!(r#"{{"command":"X","params":{{"A":{json}}}}}"#);
        assert_eq!(read(&json).expect("a command").get("a"), Some(value));
    }
    let wide = [("A", i128::MIN), ("B", i128::MAX)];
    let wide = MapDeserializer::<_, Error>::new(wide.into_iter());
    let fields = Structure { name: Some("X"), parameters: Some(wide) };
    let read = Command::deserialize(MapAccessDeserializer::new(fields)).expect("a command");
    assert_eq!(read.get("a").map(str::len), Some(40));
    for (value, what) in [
        (json!(1.5), "number"),
        (json!(1e300), "number"),
        (json!(true), "boolean"),
        (json!(null), "null"),
        (json!([SECRET]), "sequence"),
        (json!({"A": SECRET}), "map"),
    ] {
        let error = rejected(&json!({"command": "X", "params": {"A": value}}));
        assert_eq!(error, format!("invalid type: {what}, expected a text or an integer"));
    }
}

#[test]
fn what_is_no_command_is_rejected_without_a_value() {
    let broken = format!("{SECRET}\n");
    for (json, expected) in [
        (json!({"command": "X", "params": {"A": broken}}), "`A`: value holds CR, LF or NUL"),
        (
            json!({"command": "X", "params": {"AUTH": format!(" {SECRET}")}}),
            "`AUTH`: leading or trailing whitespace in a name or value",
        ),
        (
            json!({"command": "X", "params": {broken.clone(): "1"}}),
            "key is not made of letters, digits, `-` and `_`",
        ),
        (
            json!({"command": "X", "params": {"Command": "Y"}}),
            "`Command`: `COMMAND` is the command's name, not a parameter",
        ),
        (json!({"command": broken}), "command name is not made of letters, digits, `-` and `_`"),
        (json!({"params": {"A": SECRET}}), "missing field `command`"),
        (
            json!({"command": "X", "params": {}, SECRET: 1}),
            "field other than `command` and `params`",
        ),
        (
            json!({"command": "X", "params": SECRET}),
            "invalid type: text, expected a map of parameters",
        ),
        (
            json!({"command": "X", "params": 1234}),
            "invalid type: number, expected a map of parameters",
        ),
        (json!({"command": true}), "invalid type: boolean, expected a text or an integer"),
        (json!(format!("COMMAND=X\n{SECRET}")), "line without `=` (line 2, byte 10)"),
        (
            json!(format!("[COMMAND]\nCOMMAND=X\nA={SECRET}")),
            "`[COMMAND]` without `EOF` (line 3, byte 20)",
        ),
        (json!(""), "no `COMMAND` parameter (line 1, byte 0)"),
    ] {
        assert_eq!(rejected(&json), expected);
    }
    // In text, since a `json!` may be sorted or not: that is a feature of serde_json.
    let twice = format!(r#"{{"command": "X", "params": {{"a": "{SECRET}", "A": "{SECRET}"}}}}"#);
    let error = serde_json::from_str::<Command<'_>>(&twice).expect_err("rejected").to_string();
    assert!(error.starts_with("`A`: key given twice at line 1"), "{error}");
    let expected = "expected the text of a command, or a map with `command` and `params`";
    for (json, what) in [
        (json!(1234), "number"),
        (json!(-1), "number"),
        (json!(0.5), "number"),
        (json!(false), "boolean"),
        (json!(null), "null"),
        (json!(["X", {"A": SECRET}]), "sequence"),
    ] {
        assert_eq!(rejected(&json), format!("invalid type: {what}, {expected}"));
    }
    for field in ["command", "params"] {
        let twice = r#"{"command":"X","params":{},"FIELD":VALUE}"#
            .replace("FIELD", field)
            .replace("VALUE", if field == "params" { "{}" } else { "\"X\"" });
        assert!(read(&twice).unwrap_err().starts_with(&format!("duplicate field `{field}`")));
    }
}

#[test]
fn the_limits_are_the_default_ones() {
    let json = |count: u32| {
        let pairs: Vec<String> = (0..count).map(|n| format!("\"{n}\":0")).collect();
        format!(r#"{{"command":"X","params":{{{}}}}}"#, pairs.join(","))
    };
    let most = Limits::DEFAULT.parameters;
    assert_eq!(read(&json(most)).map(|command| command.len()), Ok(262_144));
    let error = read(&json(most + 1)).map(|command| command.len()).expect_err("too many");
    assert!(error.starts_with("more parameters than the limit"), "{error}");

    // The bytes are those of the lines: LF, key, `=` and value.
    let most = Limits::DEFAULT.bytes as usize;
    for (len, is_read) in [(most - "\nAA=\nA=".len(), true), (most - "\nAA=\nA=".len() + 1, false)]
    {
        let long = "v".repeat(len);
        let parameters = [("A", ""), ("AA", &*long)].map(|(key, value)| {
            (BorrowedStrDeserializer::new(key), BorrowedStrDeserializer::new(value))
        });
        let parameters = MapDeserializer::<_, Error>::new(parameters.into_iter());
        let fields = Structure { name: Some("X"), parameters: Some(parameters) };
        let read = Command::deserialize(MapAccessDeserializer::new(fields));
        assert_eq!(read.is_ok(), is_read);
        if let Err(error) = read {
            assert_eq!(error.to_string(), "more bytes than the limit");
        }
    }
}

/// `command`, and `params` as another deserializer.
struct Structure<P> {
    name: Option<&'static str>,
    parameters: Option<P>,
}

impl<'de, P: serde::Deserializer<'de, Error = Error>> serde::de::MapAccess<'de> for Structure<P> {
    type Error = Error;

    fn next_key_seed<K: serde::de::DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let key = match (&self.name, &self.parameters) {
            (Some(_), _) => "command",
            (None, Some(_)) => "params",
            (None, None) => return Ok(None),
        };
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: serde::de::DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Error> {
        match self.name.take() {
            Some(name) => seed.deserialize(BorrowedStrDeserializer::new(name)),
            None => seed.deserialize(self.parameters.take().expect("asked once")),
        }
    }
}

/// A format that has no names of fields and knows no types, as binary ones.
struct Compact<D>(D);

impl<'de, D: serde::Deserializer<'de>> serde::Deserializer<'de> for Compact<D> {
    type Error = D::Error;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, _: V) -> Result<V::Value, D::Error> {
        Err(serde::de::Error::custom("the types are not in the text"))
    }

    fn deserialize_struct<V: serde::de::Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_seq(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[test]
fn compact_formats_have_the_name_first() {
    let compact = |fields: &[&'static str]| {
        let fields = fields.iter().map(|field| StrDeserializer::<Error>::new(field));
        Command::deserialize(Compact(SeqDeserializer::new(fields)))
    };
    let missing = compact(&[]).expect_err("nothing").to_string();
    assert!(missing.starts_with("invalid length 0"), "{missing}");
    let missing = compact(&["X"]).expect_err("a name").to_string();
    assert!(missing.starts_with("invalid length 1"), "{missing}");
    let wrong = compact(&["X", SECRET]).expect_err("no map").to_string();
    assert_eq!(wrong, "invalid type: text, expected a map of parameters");
}

#[test]
fn a_type_with_a_command_in_it_is_read_from_a_command() {
    #[derive(Debug, Deserialize)]
    struct Batch<'c> {
        #[allow(dead_code, reason = "it shows that both are read")]
        line: Command<'c>,
    }

    let parameters = command("COMMAND=X\nLINE=COMMAND=StatusAccount");
    let read: Batch<'_> = from_command(&parameters).expect("a command in a value");
    assert_eq!(read.line.name(), "StatusAccount");
    let parameters = command("COMMAND=X\nLINE=hunter2");
    let error = from_command::<Batch<'_>>(&parameters).expect_err("no command");
    assert_eq!(error.kind(), DeserializeErrorKind::InvalidValue);
    assert!(!error.to_string().contains(SECRET));
}

#[test]
fn tags_are_their_keys_in_other_formats() {
    #[track_caller]
    fn both_ways<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, json: &str) {
        assert_eq!(serde_json::to_string(value).expect("JSON"), json);
        assert_eq!(serde_json::from_str::<T>(json).expect("a value"), *value);
        assert_eq!(serde_json::from_str::<T>(&json.to_lowercase()).expect("a value"), *value);
    }

    for family in TagFamily::ALL {
        both_ways(&family, &format!("{:?}", family.key()));
    }
    for kind in TagKind::ALL {
        both_ways(&kind, &format!("{:?}", kind.as_ref()));
    }
    both_ways(&BTreeMap::from([(TagFamily::ZoneTag, 1)]), r#"{"ZoneTag":1}"#);
    let error = TagKind::deserialize(IntoDeserializer::<Error>::into_deserializer(SECRET));
    assert_eq!(error.expect_err("no kind").to_string(), "no such tag family");

    let mut all: Vec<Violation> = Vec::new();
    let mut command = command("COMMAND=AddDomain\nAddDomainTag0=hunter2");
    command.set("DomainTag01", SECRET).expect("a parameter");
    command.check(&mut all);
    assert_eq!(
        serde_json::to_value(&all).expect("JSON"),
        json!([
            {
                "field": "DomainTag",
                "rule": "LeadingZeros",
                "message": "`DomainTag` index has leading zeros",
                "line": null,
            },
            {
                "field": "DomainTag",
                "rule": "Mixed",
                "message": "`DomainTag` cannot be combined with `AddDomainTag`",
                "line": null,
            },
        ]),
    );
}
