//! Tags: which command takes which, and the six families as series. Changes of them have `changes.rs`.

use cnic_command::{BuildErrorKind, Command, TagFamily, Violation, ViolationKind};

use TagFamily::{AddDomainTag, AddZoneTag, DelDomainTag, DelZoneTag, DomainTag, ZoneTag};
use ViolationKind::{IndexTooLarge, LeadingZeros, MissingIndex, Mixed, NotTaken, UnexpectedIndex};

use crate::util::{built, command, keys, series, text, violations};

//--- Which command takes which

/// The commands of seed 004, and what they take: `n` with an index, `u` without one, `-` not at all. The columns are
/// DomainTag, ZoneTag, AddDomainTag, DelDomainTag, AddZoneTag and DelZoneTag.
const TABLE: [(&str, &str); 15] = [
    ("QueryRegisteredPremiumDomainList", "nn----"),
    ("QueryDomainRenewList", "nn----"),
    ("QueryTrusteeDomainList", "nn----"),
    ("QueryAccountingList", "nn----"),
    ("QueryDomainListByContact", "nn----"),
    ("QueryDomainHistoryList", "nn----"),
    ("QueryUpcomingAccountingList", "nn----"),
    ("QueryDomainExpireList", "nn----"),
    ("QueryDomainList", "nn----"),
    ("AddDomain", "n-n---"),
    ("ModifyDomain", "n-nn--"),
    ("CheckDomains", "-u----"),
    ("AddRegistrar", "-n----"),
    ("ModifyRegistrar", "----nn"),
    ("TransferDomain", "------"),
];

#[track_caller]
fn finds(name: &str, keys: &[&str], expected: &[(ViolationKind, usize)]) {
    let mut text = format!("COMMAND={name}");
    let mut command = built(name, &[]);
    for &key in keys {
        text += &format!("\n{key}=red");
        command.set(key.to_owned(), "red").expect("a parameter");
    }
    let read: Vec<_> = expected.iter().map(|&(kind, line)| (kind, Some(line))).collect();
    assert_eq!(violations(&crate::util::command(&text)), read, "{text}");
    let set: Vec<_> = expected.iter().map(|&(kind, _)| (kind, None)).collect();
    assert_eq!(violations(&command), set, "{text}, but built");
}

#[test]
fn every_command_and_every_family() {
    for (name, takes) in TABLE {
        for (family, taken) in TagFamily::ALL.into_iter().zip(takes.chars()) {
            let (with, without) = match taken {
                'n' => (None, Some(MissingIndex(family))),
                'u' => (Some(UnexpectedIndex(family)), None),
                _ => (Some(NotTaken(family)), Some(NotTaken(family))),
            };
            for case in [str::to_owned, str::to_ascii_lowercase, str::to_ascii_uppercase] {
                let (name, key) = (case(name), case(family.key()));
                for index in ["0", "1", "4095"] {
                    let found: Vec<_> = with.map(|kind| (kind, 2)).into_iter().collect();
                    finds(&name, &[&format!("{key}{index}")], &found);
                }
                let found: Vec<_> = without.map(|kind| (kind, 2)).into_iter().collect();
                finds(&name, &[&key], &found);
            }
        }
    }
}

#[test]
fn commands_outside_the_table_are_never_judged() {
    let keys = ["DomainTag", "DomainTag4096", "AddDomainTag01", "ZoneTag0", "DelZoneTag9"];
    for name in [
        "StatusDomain",
        "AddTag",
        "AddDomains",
        "AddDomain-",
        "AddDomainApplication",
        "ModifyDomai",
        "QueryDomainLists",
        "CheckDomain",
        "TransferDomainBlocking",
        "XTransferDomain",
    ] {
        finds(name, &keys, &[]);
    }
}

#[test]
fn the_index_is_at_most_4095_and_has_no_leading_zeros() {
    for (index, kind) in [
        ("0", None),
        ("9", None),
        ("10", None),
        ("4094", None),
        ("4095", None),
        ("4096", Some(IndexTooLarge(DomainTag))),
        ("9999", Some(IndexTooLarge(DomainTag))),
        ("10000", Some(IndexTooLarge(DomainTag))),
        ("4294967295", Some(IndexTooLarge(DomainTag))),
        ("4294967296", Some(IndexTooLarge(DomainTag))),
        ("18446744073709551616", Some(IndexTooLarge(DomainTag))),
        ("99999999999999999999", Some(IndexTooLarge(DomainTag))),
        ("00", Some(LeadingZeros(DomainTag))),
        ("01", Some(LeadingZeros(DomainTag))),
        ("007", Some(LeadingZeros(DomainTag))),
        ("04095", Some(LeadingZeros(DomainTag))),
        ("04096", Some(LeadingZeros(DomainTag))),
        ("00000000000000000000", Some(LeadingZeros(DomainTag))),
    ] {
        let found: Vec<_> = kind.map(|kind| (kind, 2)).into_iter().collect();
        for name in ["QueryDomainList", "AddDomain", "ModifyDomain"] {
            finds(name, &[&format!("DomainTag{index}")], &found);
        }
    }
    for (family, name) in [
        (ZoneTag, "AddRegistrar"),
        (AddDomainTag, "AddDomain"),
        (DelDomainTag, "ModifyDomain"),
        (AddZoneTag, "ModifyRegistrar"),
        (DelZoneTag, "ModifyRegistrar"),
    ] {
        let [last, over, zero] = [4095.to_string(), 4096.to_string(), "00".into()]
            .map(|index: String| format!("{family}{index}"));
        let expected = [(IndexTooLarge(family), 3), (LeadingZeros(family), 4)];
        finds(name, &[&last, &over, &zero], &expected);
    }
    let any = ["ZoneTag0", "ZoneTag4096", "ZoneTag00", "ZoneTag"];
    finds("CheckDomains", &any, &[2, 3, 4].map(|line| (UnexpectedIndex(ZoneTag), line)));
}

#[test]
fn keys_that_merely_look_like_tags_are_none() {
    let keys = [
        "DomainTagN",
        "DomainTag0x",
        "DomainTag-1",
        "DomainTag_0",
        "XDomainTag0",
        "DomainTags0",
        "DomainTa0",
        "Tag0",
        "AddTag0",
        "ModZoneTag0",
        "ADDDOMAINTAG0NAME",
    ];
    finds("TransferDomain", &keys, &[]);
}

#[test]
fn an_empty_tag_is_a_tag() {
    let command = command("COMMAND=AddRegistrar\nZoneTag0=\nZoneTag4095=\nDomainTag0=");
    assert_eq!(violations(&command), [(NotTaken(DomainTag), Some(4))]);
    assert_eq!(series(&command, "ZoneTag"), [(0, ""), (4095, "")]);
}

//--- Mixing

#[test]
fn replacing_is_not_mixed_with_adding_and_deleting() {
    for (name, keys, expected) in [
        ("AddDomain", &["DomainTag0", "DomainTag1"][..], &[][..]),
        ("AddDomain", &["AddDomainTag0", "AddDomainTag1"], &[]),
        ("AddDomain", &["DomainTag0", "AddDomainTag0"], &[(Mixed(AddDomainTag, DomainTag), 3)]),
        ("AddDomain", &["AddDomainTag0", "DomainTag0"], &[(Mixed(DomainTag, AddDomainTag), 3)]),
        ("ModifyDomain", &["AddDomainTag0", "DelDomainTag0"], &[]),
        ("ModifyDomain", &["DelDomainTag0", "AddDomainTag0", "DelDomainTag1"], &[]),
        ("ModifyDomain", &["DomainTag0", "DelDomainTag0"], &[(Mixed(DelDomainTag, DomainTag), 3)]),
        ("ModifyDomain", &["DelDomainTag0", "DomainTag0"], &[(Mixed(DomainTag, DelDomainTag), 3)]),
        (
            "ModifyDomain",
            &["DOMAIN", "AddDomainTag0", "DelDomainTag0", "X", "domaintag0"],
            &[(Mixed(DomainTag, AddDomainTag), 6)],
        ),
        // Told once, however often they alternate.
        (
            "ModifyDomain",
            &["DomainTag0", "AddDomainTag0", "DomainTag1", "DelDomainTag0", "AddDomainTag1"],
            &[(Mixed(AddDomainTag, DomainTag), 3)],
        ),
        // What the command does not take mixes with nothing.
        (
            "AddDomain",
            &["DelDomainTag0", "DomainTag0", "ZoneTag0"],
            &[(NotTaken(DelDomainTag), 2), (NotTaken(ZoneTag), 4)],
        ),
        ("QueryDomainList", &["ZoneTag0", "DomainTag0", "ZoneTag1"], &[]),
        ("ModifyRegistrar", &["AddZoneTag0", "ZoneTag0"], &[(NotTaken(ZoneTag), 3)]),
        // One key, two violations.
        (
            "ModifyDomain",
            &["DomainTag00", "AddDomainTag"],
            &[
                (LeadingZeros(DomainTag), 2),
                (MissingIndex(AddDomainTag), 3),
                (Mixed(AddDomainTag, DomainTag), 3),
            ],
        ),
    ] {
        finds(name, keys, expected);
    }
}

//--- Findings and sinks

#[test]
fn a_finding_has_the_place_that_was_read() {
    let text = "\r\nCOMMAND=TransferDomain\r\n\r\n ZoneTag = a\r\nX=y\r\nDomainTag0=b";
    let mut parsed = command(text);
    let places = |command: &Command<'_>| {
        let mut all: Vec<Violation> = Vec::new();
        command.check(&mut all);
        let place = |found: &Violation| found.position().map(|place| (place.line(), place.byte()));
        all.iter().map(place).collect::<Vec<_>>()
    };
    assert_eq!(places(&parsed), [Some((4, 28)), Some((6, 47))]);
    assert_eq!(places(&parsed.clone().into_owned()), places(&parsed));
    parsed.set("zonetag", "c").expect("a value");
    assert_eq!(places(&parsed), [None, Some((6, 47))], "set, and in its old place");
    parsed.set_tags(DomainTag, ["d"]).expect("tags");
    assert_eq!(places(&parsed), [None, None]);
}

#[test]
fn all_sinks_are_told_the_same() {
    let command = command("COMMAND=AddDomain\nDomainTag=a\nAddDomainTag00=b\nZoneTag0=c\nX=d");
    let mut all: Vec<Violation> = Vec::new();
    command.check(&mut all);
    assert_eq!(all.len(), 4);
    let mut first: Option<Violation> = None;
    command.check(&mut first);
    assert_eq!(first.as_ref(), all.first());
    command.check(&mut first);
    assert_eq!(first.as_ref(), all.first(), "the first stays the first");
    let mut streamed = Vec::new();
    command.check(&mut |found: Violation| streamed.push(found));
    assert_eq!(streamed, all);
    command.check(&mut all);
    assert_eq!(all, [&*streamed, &*streamed].concat(), "a list goes on");
    command.check(&mut ());
}

//--- Sets of tags

#[test]
fn tags_are_found_in_any_case_by_index() {
    let command = command("COMMAND=X\ndomaintag10=c\nDOMAINTAG2=b\nDomainTag0=a\nADDDOMAINTAG0=d");
    assert_eq!(command.tags(DomainTag).iter().collect::<Vec<_>>(), [(0, "a"), (2, "b"), (10, "c")]);
    assert_eq!(command.tags(AddDomainTag).iter().collect::<Vec<_>>(), [(0, "d")]);
    for family in [ZoneTag, DelDomainTag, AddZoneTag, DelZoneTag] {
        assert!(command.tags(family).is_empty(), "{family}");
    }
}

#[test]
fn a_family_holds_4096_tags() {
    for family in TagFamily::ALL {
        let mut command = built("X", &[("A", "b")]);
        command.set_tag(family, 4095, "old").expect("the last index");
        let most = || (0..4096).map(|n| format!("tag{n}"));
        command.set_tags(family, most()).expect("4096 tags");
        assert_eq!(command.len(), 4097);
        assert_eq!(keys(&command)[4096], format!("{family}4095"));
        assert!(command.tags(family).values().eq(most()) && !command.tags(family).has_gaps());

        let before = text(&command);
        let error = command.set_tags(family, most().chain(["more".into()])).unwrap_err();
        assert_eq!(error.kind(), BuildErrorKind::TooManyTags);
        let error = command.set_tags(family, core::iter::repeat("endless")).unwrap_err();
        assert_eq!(error.kind(), BuildErrorKind::TooManyTags);
        assert_eq!(text(&command), before, "unchanged");
    }
}

#[test]
fn an_index_is_at_most_4095() {
    for family in TagFamily::ALL {
        let mut command = built("X", &[]);
        for index in [0, 9, 4094, 4095] {
            command.set_tag(family, index, "red").expect("a tag");
            assert_eq!(command.get(&format!("{family}{index}")), Some("red"));
        }
        for index in [4096, 4097, 10_000, u32::MAX] {
            let error = command.set_tag(family, index, "red").unwrap_err();
            assert_eq!(error.kind(), BuildErrorKind::TagIndex, "{index}");
        }
        assert_eq!(command.len(), 4);
    }
    assert_eq!((TagFamily::CAPACITY, TagFamily::MAX_INDEX), (4096, 4095));
}

#[test]
fn a_tag_is_set_in_its_place() {
    let mut command = command("COMMAND=X\nDOMAINTAG1=a\nB=c");
    command.set_tag(DomainTag, 1, "new").expect("a tag");
    command.set_tag(DomainTag, 0, "last").expect("a tag");
    assert_eq!(text(&command), "COMMAND=X\nDOMAINTAG1=new\nB=c\nDomainTag0=last");
}
