//! Commands with tags, and the lines that say them.

use std::collections::BTreeMap;

use cnic_command::TagFamily;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// A command with tags and other parameters.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TaggedCommand {
    /// The name, such as `ModifyDomain`.
    pub name: &'static str,
    /// The family of the tags.
    pub family: TagFamily,
    /// The tags by index, the last one often 4095.
    pub tags: BTreeMap<u32, String>,
    /// The other parameters by key, in capitals.
    pub others: BTreeMap<&'static str, String>,
    /// One line for each parameter, in any order and in any case of keys.
    pub lines: Vec<String>,
}

/// Commands with up to a dozen tags anywhere from 0 to 4095.
pub fn tagged_commands() -> impl Strategy<Value = TaggedCommand> {
    let name = select(&["ModifyDomain", "QueryDomainList", "AddRegistrar", "SomethingNew"][..]);
    let index = prop_oneof![4 => 0..4_u32, 2 => 4092..4096_u32, 1 => 0..4096_u32];
    let tags = btree_map(index, value(), 0..12);
    let keys = subsequence(&["DOMAIN", "AUTH", "DOMAINTAG", "ZONETAG007", "PERIOD", "X_A-B"], 0..5);
    let others = (keys, vec(value(), 5))
        .prop_map(|(keys, values)| keys.into_iter().zip(values).collect::<BTreeMap<_, _>>());
    (name, select(&TagFamily::ALL[..]), tags, others)
        .prop_flat_map(|(name, family, tags, others)| {
            let tagged = tags.iter().map(|(index, tag)| (format!("{family}{index}"), tag));
            let pairs = tagged.chain(others.iter().map(|(key, value)| ((*key).to_owned(), value)));
            let pairs: Vec<_> = pairs.map(|(key, value)| (key, value.clone())).collect();
            let spelled = pairs.into_iter().map(|(key, value)| {
                any::<bool>().prop_map(move |lower| {
                    let key = if lower { key.to_ascii_lowercase() } else { key.clone() };
                    format!("{key} = {value}\n")
                })
            });
            let lines = spelled.collect::<Vec<_>>().prop_shuffle();
            (Just((name, family, tags, others)), lines)
        })
        .prop_map(|((name, family, tags, others), lines)| TaggedCommand {
            name,
            family,
            tags,
            others,
            lines,
        })
}

/// A command and all that may be around it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FramedCommand {
    /// The text.
    pub text: String,
    /// The lines of its header, as keys and values.
    pub header: Vec<(String, String)>,
    /// Whether there is `[COMMAND]` and no `EOF`.
    pub truncated: bool,
    /// Whether there is neither `[COMMAND]` nor `EOF`.
    pub bare: bool,
}

/// Commands named `X` with one parameter `A`, with and without a mark, a header, `[COMMAND]` and `EOF`.
pub fn framed_commands() -> impl Strategy<Value = FramedCommand> {
    let mark = select(&["", "", "\u{feff}", "\n\u{feff} ", "\u{feff}\r\n"][..]);
    let keys = subsequence(&["s_login", "S_PW", "persistent", "s_", "s_opmode"], 0..4);
    let values = vec(value(), 5);
    let lines = select(&["A=1\nCOMMAND=X\n", " command = X\r\n\r\na = 1 \r\n"][..]);
    (mark, keys, values, lines, any::<[bool; 3]>(), select(&["\n", "\r\n", " \n\n"][..])).prop_map(
        |(mark, keys, values, lines, [has_header_line, is_framed, has_end], end)| {
            let header: Vec<(String, String)> = if is_framed {
                keys.into_iter().map(str::to_owned).zip(values).collect()
            } else {
                vec![]
            };
            let mut text = String::from(mark);
            if is_framed && has_header_line {
                text += &format!("[Header]{end}");
            }
            for (key, value) in &header {
                text += &format!("{key}={value}{end}");
            }
            if is_framed {
                text += &format!("[COMMAND]{end}");
            }
            text += lines;
            if has_end {
                text += &format!("EOF{end}");
            }
            let (truncated, bare) = (is_framed && !has_end, !is_framed && !has_end);
            FramedCommand { text, header, truncated, bare }
        },
    )
}

/// What a parameter can hold.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z0-9]{0,8}",
        1 => select(&["a=b", "EOF", "[COMMAND]", "\u{a0}", "50%+&;", "stra\u{df}e"][..])
            .prop_map(str::to_owned),
    ]
}
