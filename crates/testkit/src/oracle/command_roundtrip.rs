//! A command that is changed step by step, beside a model of it that is nothing but a list.

use std::collections::BTreeSet;

use arbitrary::{Arbitrary, Unstructured};
use cnic_command::form::{Credentials, Form};
use cnic_command::{Command, TagFamily};

use super::text::Text;

/// What is done to a command.
#[derive(Arbitrary, Debug)]
enum Step<'a> {
    Set(Text<'a>, Text<'a>),
    Remove(Text<'a>),
    SetSeries(Text<'a>, Vec<Text<'a>>),
    SetIndexed(Text<'a>, Vec<(Index, Text<'a>)>),
    SetTags(u8, Vec<Text<'a>>),
    SetTag(u8, Index, Text<'a>),
    Change(u8, Vec<Text<'a>>, Vec<Text<'a>>),
    RemoveSeries(Text<'a>),
}

/// An index of a series, often at its limit.
#[derive(Arbitrary, Clone, Copy, Debug)]
enum Index {
    Near(u8),
    Limit(u8),
    Any(u32),
}

const WORDS: [&str; 20] = [
    "DOMAIN",
    "domain",
    "NAMESERVER",
    "NAMESERVER0",
    "nameserver1",
    "DomainTag",
    "DOMAINTAG7",
    "DomainTag07",
    "AddDomainTag4095",
    "DelDomainTag4096",
    "ZoneTag",
    "COMMAND",
    "AUTH",
    "a_b-c",
    "premium",
    "a value with = and & and %",
    "\u{fc}",
    " outer",
    "line\nbreak",
    "",
];

impl Index {
    const fn get(self) -> u32 {
        match self {
            Self::Near(n) => n as u32,
            Self::Limit(n) => 4090 + n as u32 % 10,
            Self::Any(n) => n,
        }
    }
}

/// The parameters in order.
type Model = Vec<(String, String)>;

/// A command changed by steps from any bytes: each step is refused exactly if what it adds could not be read back, does what it says to
/// the list of parameters otherwise, and what comes out is written and read again as text and as both forms.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn command_roundtrip(bytes: &[u8]) {
    let Ok(steps) = Vec::<Step<'_>>::arbitrary_take_rest(Unstructured::new(bytes)) else { return };
    let mut command = Command::new("ModifyDomain").expect("a name");
    let mut model = Model::new();
    for step in &steps {
        let wanted = after(&model, step);
        let done = apply(&mut command, step);
        assert_eq!(done, wanted.is_some(), "{step:?}");
        model = wanted.unwrap_or(model);
        let found = command.parameters().map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(found.collect::<Model>(), model, "after {step:?}");
    }

    let text = String::from(command.encode());
    let lines = model.iter().map(|(key, value)| format!("\n{key}={value}"));
    assert_eq!(text, format!("COMMAND=ModifyDomain{}", lines.collect::<String>()));
    assert!(Command::parse(&text).is_ok_and(|again| again == command));
    let wrapped = Credentials::new().wrap(&command).to_string();
    let form = Form::decode(wrapped.as_bytes()).expect("a form");
    assert!(form.command().is_ok_and(|again| again.as_ref() == Some(&command)));
    if let Ok(flat) = Credentials::new().flatten(&command) {
        let flat = flat.to_string();
        let form = Form::decode(flat.as_bytes()).expect("a form");
        assert!(form.command().is_ok_and(|again| again.as_ref() == Some(&command)));
    }
    for family in TagFamily::ALL {
        let indexed: BTreeSet<_> = members(&model, &family.to_string()).into_iter().collect();
        let found: Vec<_> = command.tags(family).iter().map(|(index, _)| index).collect();
        assert_eq!(found, indexed.into_iter().collect::<Vec<_>>());
    }
}

fn apply<'a>(command: &mut Command<'a>, step: &Step<'a>) -> bool {
    let texts = |texts: &[Text<'a>]| texts.iter().map(|text| text.or(&WORDS)).collect::<Vec<_>>();
    match step {
        Step::Set(key, value) => command.set(key.or(&WORDS), value.or(&WORDS)).is_ok(),
        Step::Remove(key) => {
            command.remove(key.or(&WORDS));
            true
        }
        Step::SetSeries(family, values) => {
            command.set_series(family.or(&WORDS), texts(values)).is_ok()
        }
        Step::SetIndexed(family, values) => {
            let values = values.iter().map(|(index, value)| (index.get(), value.or(&WORDS)));
            command.set_indexed(family.or(&WORDS), values).is_ok()
        }
        Step::SetTags(n, tags) => command.set_tags(family(*n), texts(tags)).is_ok(),
        Step::SetTag(n, index, tag) => {
            command.set_tag(family(*n), index.get(), tag.or(&WORDS)).is_ok()
        }
        Step::Change(n, old, new) => {
            let family = changed(*n);
            let Ok(change) = command.set_change(family, texts(old), texts(new)) else {
                return false;
            };
            let len = |prefix: &str| command.series(&format!("{prefix}{family}")).len();
            assert_eq!((change.added, change.removed), (len("add"), len("del")));
            assert_eq!(change.is_empty(), change.added + change.removed == 0);
            true
        }
        Step::RemoveSeries(family) => {
            command.remove_series(family.or(&WORDS));
            true
        }
    }
}

/// A family that is changed.
fn changed(n: u8) -> &'static str {
    const FAMILIES: [&str; 6] = ["DomainTag", "ZoneTag", "NAMESERVER", "domaintag", "a b", ""];
    FAMILIES[usize::from(n) % FAMILIES.len()]
}

fn family(n: u8) -> TagFamily {
    TagFamily::ALL[usize::from(n) % TagFamily::ALL.len()]
}

/// Returns the parameters after a step, or nothing where the step has to be refused.
fn after(model: &Model, step: &Step<'_>) -> Option<Model> {
    let mut model = model.clone();
    let numbered = |texts: &[Text<'_>]| -> Vec<(u32, String)> {
        (0..).zip(texts.iter().map(|text| text.or(&WORDS).to_owned())).collect()
    };
    match step {
        Step::Set(key, value) => set(&mut model, key.or(&WORDS), value.or(&WORDS))?,
        Step::Remove(key) => model.retain(|(known, _)| !known.eq_ignore_ascii_case(key.or(&WORDS))),
        Step::SetSeries(name, values) => {
            set_members(&mut model, name.or(&WORDS), numbered(values))?;
        }
        Step::SetIndexed(name, values) => {
            let values =
                values.iter().map(|(index, value)| (index.get(), value.or(&WORDS).to_owned()));
            set_members(&mut model, name.or(&WORDS), values.collect())?;
        }
        Step::SetTags(n, tags) => set_members(&mut model, family(*n).key(), numbered(tags))?,
        Step::SetTag(n, index, tag) => {
            if index.get() > 4095 {
                return None;
            }
            set(&mut model, &format!("{}{}", family(*n), index.get()), tag.or(&WORDS))?;
        }
        Step::Change(n, old, new) => {
            let family = changed(*n);
            let [adding, deleting] = match family {
                "DomainTag" => ["AddDomainTag", "DelDomainTag"],
                "ZoneTag" => ["AddZoneTag", "DelZoneTag"],
                "NAMESERVER" => ["ADDNAMESERVER", "DELNAMESERVER"],
                "domaintag" => ["adddomaintag", "deldomaintag"],
                _ => return None,
            };
            let only_in = |these: &[Text<'_>], others: &[Text<'_>]| {
                let mut found: Vec<String> = Vec::new();
                for tag in these.iter().map(|text| text.or(&WORDS)) {
                    if !others.iter().any(|other| other.or(&WORDS) == tag)
                        && !found.iter().any(|known| known == tag)
                    {
                        found.push(tag.to_owned());
                    }
                }
                (0..).zip(found).collect::<Vec<_>>()
            };
            for family in [family, adding, deleting] {
                remove_members(&mut model, family);
            }
            set_members(&mut model, adding, only_in(new, old))?;
            set_members(&mut model, deleting, only_in(old, new))?;
        }
        Step::RemoveSeries(name) => remove_members(&mut model, name.or(&WORDS)),
    }
    Some(model)
}

fn set(model: &mut Model, key: &str, value: &str) -> Option<()> {
    let key_is_legal = !key.is_empty()
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && !key.eq_ignore_ascii_case("COMMAND");
    let blank = [' ', '\t'];
    let value_is_legal =
        !value.contains(['\r', '\n', '\0']) && !value.starts_with(blank) && !value.ends_with(blank);
    if !key_is_legal || !value_is_legal {
        return None;
    }
    let lower = key.to_ascii_lowercase();
    match model.iter_mut().find(|(known, _)| known.to_ascii_lowercase() == lower) {
        Some((_, old)) => value.clone_into(old),
        None => model.push((key.to_owned(), value.to_owned())),
    }
    Some(())
}

fn set_members(model: &mut Model, family: &str, values: Vec<(u32, String)>) -> Option<()> {
    remove_members(model, family);
    for (index, value) in values {
        let before = model.len();
        set(model, &format!("{family}{index}"), &value)?;
        // An index given twice.
        (model.len() > before).then_some(())?;
    }
    Some(())
}

fn remove_members(model: &mut Model, family: &str) {
    let gone: Vec<String> = members(model, family)
        .into_iter()
        .map(|index| format!("{family}{index}").to_ascii_lowercase())
        .collect();
    model.retain(|(key, _)| !gone.contains(&key.to_ascii_lowercase()));
}

/// The indices of a family.
fn members(model: &Model, family: &str) -> Vec<u32> {
    let family = family.to_ascii_lowercase();
    let index = |key: &str| {
        let digits = key.to_ascii_lowercase().strip_prefix(&family)?.to_owned();
        let index: u32 = digits.parse().ok()?;
        (index.to_string() == digits).then_some(index)
    };
    model.iter().filter_map(|(key, _)| index(key)).collect()
}
