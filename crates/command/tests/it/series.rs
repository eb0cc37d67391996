//! Parameters that differ by an index: their order, their gaps, and what is not one of them.

use cnic_command::{BuildErrorKind, Command};

use crate::util::{built, command, keys, lines, series, text, violations};

//--- Reading

#[test]
fn a_series_is_in_the_order_of_numbers() {
    let command = command("COMMAND=X\nKEY10=d\nKEY9=c\nkey100=e\nKEY1=a\nKey2=b");
    let expected = [(1, "a"), (2, "b"), (9, "c"), (10, "d"), (100, "e")];
    for family in ["KEY", "key", "kEy"] {
        assert_eq!(series(&command, family), expected);
    }
    assert_eq!(keys(&command), ["KEY10", "KEY9", "key100", "KEY1", "Key2"], "a view alone");
    let all = command.series("key");
    assert_eq!(all.values().rev().collect::<String>(), "edcba");
    assert_eq!((all.len(), all.is_empty(), all.iter().len()), (5, false, 5));
}

#[test]
fn a_gap_is_none() {
    for (text, gaps) in [
        ("COMMAND=X", false),
        ("COMMAND=X\nA0=a", false),
        ("COMMAND=X\nA1=b\nA0=a", false),
        ("COMMAND=X\nA1=b", true),
        ("COMMAND=X\nA0=a\nA2=c", true),
        ("COMMAND=X\nA0=a\nA1=\nA2=c", false),
        ("COMMAND=X\nA0=a\nA01=b\nA2=c", true),
    ] {
        assert_eq!(command(text).series("A").has_gaps(), gaps, "{text:?}");
    }
    let command = command("COMMAND=X\nA0=\nA2=c\nA4294967295=z");
    let all = command.series("A");
    assert_eq!([0, 1, 2, 3].map(|index| all.get(index)), [Some(""), None, Some("c"), None]);
    assert_eq!((all.get(u32::MAX), all.len()), (Some("z"), 3));
}

#[test]
fn what_merely_looks_alike_is_in_no_series() {
    let lookalikes = [
        "OWNERCONTACT",
        "OWNERCONTACT0NAME",
        "OWNERCONTACT00",
        "OWNERCONTACT007",
        "OWNERCONTACT-1",
        "OWNERCONTACT_1",
        "OWNERCONTACT4294967296",
        "OWNERCONTACT99999999999999999999",
        "OWNERCONTACTS0",
        "XOWNERCONTACT0",
        "OWNERCONTAC0",
        "NAMESERVER007",
    ];
    let parameters = lookalikes.map(|key| (key, "x"));
    let mut command = built("X", &parameters);
    command.set("OwnerContact0", "y").expect("a value");
    assert_eq!(series(&command, "ownercontact"), [(0, "y")]);
    assert!(command.series("NAMESERVER").is_empty());
    assert_eq!(series(&command, "OWNERCONTACT00"), [(7, "x")], "`OWNERCONTACT00` and 7");
    command.set_series("OWNERCONTACT", ["z"]).expect("values");
    command.remove_series("NAMESERVER");
    assert_eq!(command.len(), 13);
    command.remove_series("OWNERCONTACT");
    assert_eq!(keys(&command), lookalikes);
}

#[test]
fn a_family_that_is_no_key_has_no_members() {
    let command = command("COMMAND=X\nA0=a\n0=b\nA-0=c");
    for family in ["A=", "ß", "A\n", " A", "COMMAND"] {
        assert!(command.series(family).is_empty(), "{family:?}");
    }
    assert_eq!(series(&command, ""), [(0, "b")], "a number is a key");
    assert_eq!(series(&command, "A-"), [(0, "c")]);
}

//--- Writing

#[test]
fn a_series_is_replaced_and_the_others_are_kept() {
    let mut command = command("COMMAND=X\nNS0=a\nB=1\nns7=b\nNS00=c\nNSX=d\nC=2");
    command.set_series("Ns", ["x", "y"]).expect("values");
    assert_eq!(text(&command), "COMMAND=X\nB=1\nNS00=c\nNSX=d\nC=2\nNs0=x\nNs1=y");
    command.set_series("NS", ["z".to_owned()]).expect("values");
    assert_eq!(text(&command), "COMMAND=X\nB=1\nNS00=c\nNSX=d\nC=2\nNS0=z");
    command.set_series("NS", [""; 0]).expect("values");
    assert_eq!(text(&command), "COMMAND=X\nB=1\nNS00=c\nNSX=d\nC=2");
}

#[test]
fn an_empty_value_keeps_its_index() {
    let command = built("X", &[]).with_series("A", ["x", "", "z"]).expect("values");
    assert_eq!(text(&command), "COMMAND=X\nA0=x\nA1=\nA2=z");
    assert!(!command.series("A").has_gaps());
}

#[test]
fn indices_are_kept_in_the_given_order() {
    let mut command = command("COMMAND=X\nADDRR0=old\nB=1");
    command.set_indexed("ADDRR", [(10, "x"), (3, "y"), (u32::MAX, "z")]).expect("values");
    assert_eq!(text(&command), "COMMAND=X\nB=1\nADDRR10=x\nADDRR3=y\nADDRR4294967295=z");
    assert_eq!(series(&command, "addrr"), [(3, "y"), (10, "x"), (u32::MAX, "z")]);
    let mixed = [(5, "a"), (90, "b"), (6, "c"), (100, "d"), (0, "e")];
    command.set_indexed("ADDRR", mixed).expect("values");
    let expected = "COMMAND=X\nB=1\nADDRR5=a\nADDRR90=b\nADDRR6=c\nADDRR100=d\nADDRR0=e";
    assert_eq!(text(&command), expected);
    command.set_indexed("ADDRR", [(0, ""); 0]).expect("no values");
    assert_eq!(text(&command), "COMMAND=X\nB=1");
}

#[test]
fn a_series_that_fails_changes_nothing() {
    let mut command = command("COMMAND=X\nA0=a\nB=1");
    let before = text(&command);
    for (family, values, kind) in [
        ("A", &[(1, "x"), (2, "y"), (1, "x")][..], BuildErrorKind::DuplicateIndex),
        ("A", &[(0, "x"), (0, "y")], BuildErrorKind::DuplicateIndex),
        // Twice among those before the first that goes back, and among those after it.
        ("A", &[(4, "x"), (7, "y"), (5, "z"), (7, "x")], BuildErrorKind::DuplicateIndex),
        ("A", &[(4, "x"), (2, "y"), (9, "z"), (9, "x")], BuildErrorKind::DuplicateIndex),
        ("A", &[(4, "x"), (4, "y"), (5, "z\n")], BuildErrorKind::DuplicateIndex),
        ("A", &[(0, "x"), (1, "y\n")], BuildErrorKind::ControlCharacter),
        ("A", &[(0, "x"), (1, " y")], BuildErrorKind::OuterBlank),
        ("A=", &[(0, "x")], BuildErrorKind::InvalidKey),
        ("A\n", &[(0, "x")], BuildErrorKind::InvalidKey),
        ("grün", &[(0, "x")], BuildErrorKind::InvalidKey),
    ] {
        let error = command.set_indexed(family, values.iter().copied()).unwrap_err();
        assert_eq!((error.kind(), &*text(&command)), (kind, &*before), "{family:?} {values:?}");
    }
    let error = command.set_series("A", ["x", "y\r"]).unwrap_err();
    assert_eq!((error.kind(), text(&command)), (BuildErrorKind::ControlCharacter, before));
    command.set_series("COMMAND", ["x"]).expect("`COMMAND0` is no name");
}

#[test]
fn a_series_is_removed_in_any_case_and_the_order_of_the_others_stays() {
    let mut command = command("COMMAND=X\nC=1\nNS1=a\nB=2\nns0=b\nNS=3\nA=4");
    command.remove_series("Ns");
    assert_eq!(text(&command), "COMMAND=X\nC=1\nB=2\nNS=3\nA=4");
    command.remove_series("NS");
    command.remove_series("none");
    assert_eq!(command.len(), 4);
}

//--- Chunks

#[track_caller]
fn splits(values: usize, size: usize, expected: &[usize]) {
    let input = format!("COMMAND=CheckDomains\nA=1{}\nB=2", lines("DOMAIN", values));
    let whole = command(&input);
    let parts: Vec<Command<'_>> = whole.chunks("domain", size).collect();
    let sizes: Vec<_> = parts.iter().map(|part| part.len() - 2).collect();
    assert_eq!(sizes, expected, "{values} by {size}");
    let mut joined = Vec::new();
    for part in &parts {
        assert_eq!(part.name(), "CheckDomains");
        assert_eq!(keys(part)[..2], ["A", "B"], "the others come first");
        assert!(!part.series("DOMAIN").has_gaps());
        joined.extend(part.series("DOMAIN").values());
    }
    assert!(joined.iter().copied().eq(whole.series("DOMAIN").values()), "{values} by {size}");
}

#[test]
fn a_command_is_split_into_parts() {
    splits(0, 32, &[0]);
    splits(1, 32, &[1]);
    splits(31, 32, &[31]);
    splits(32, 32, &[32]);
    splits(33, 32, &[32, 1]);
    splits(64, 32, &[32, 32]);
    splits(65, 32, &[32, 32, 1]);
    splits(3, 1, &[1, 1, 1]);
    splits(3, usize::MAX, &[3]);
}

#[test]
fn parts_close_the_gaps_and_count_from_0() {
    let command = command("COMMAND=X\nNS10=c\nA=1\nns2=a\nNS3=b\nNS00=n\nNS99=d");
    let parts: Vec<_> = command.chunks("NS", 3).map(|part| text(&part)).collect();
    assert_eq!(
        parts,
        ["COMMAND=X\nA=1\nNS00=n\nNS0=a\nNS1=b\nNS2=c", "COMMAND=X\nA=1\nNS00=n\nNS0=d"]
    );
}

#[test]
fn parts_are_commands_of_their_own() {
    let whole = command("COMMAND=TransferDomain\nDomainTag1=a\nZoneTag0=b");
    let mut parts = whole.chunks("ZoneTag", 1);
    let mut part = parts.next().expect("a part");
    assert!(parts.next().is_none());
    let lines: Vec<_> = violations(&part).into_iter().map(|(_, line)| line).collect();
    assert_eq!(lines, [Some(2), None], "what was read keeps its place");
    part.set("DomainTag1", "c").expect("a value");
    assert_eq!((part.get("DomainTag1"), whole.get("DomainTag1")), (Some("c"), Some("a")));
}

#[test]
#[should_panic(expected = "at least one")]
fn parts_of_nothing_are_refused() {
    let command = built("X", &[("A0", "a")]);
    let _ = command.chunks("A", 0);
}
