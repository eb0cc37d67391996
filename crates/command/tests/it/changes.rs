//! Changes of families: what is added and deleted, and what of the command stays.

use cnic_command::{BuildErrorKind, Change, TagFamily, TagKind};

use crate::util::{built, command, text};

/// Holds for tags and for other families.
#[track_caller]
fn changes(old: &[&str], new: &[&str], expected: &str) {
    for family in ["DomainTag", "ZoneTag", "Rr", "X-My_Family", "K9x"] {
        let mut command = built("X", &[]);
        let change = command.set_change(family, old, new).expect("a change");
        let short = text(&command).replace(family, "").replacen("COMMAND=X", "", 1);
        assert_eq!(short.trim().replace('\n', " "), expected, "{old:?} -> {new:?}");
        let added = command.series(&format!("Add{family}")).len();
        let removed = command.series(&format!("Del{family}")).len();
        assert_eq!((change.added, change.removed), (added, removed));
        assert_eq!(change.is_empty(), expected.is_empty());
        assert_eq!(command.len(), added + removed);
    }
}

#[test]
fn a_change_is_the_difference() {
    changes(&[], &[], "");
    changes(&["a", "b"], &["b", "a"], "");
    changes(&[], &["a"], "Add0=a");
    changes(&["a"], &[], "Del0=a");
    changes(&["a", "b"], &["b", "c"], "Add0=c Del0=a");
    changes(&["z", "a", "m"], &["y", "b", "x"], "Add0=y Add1=b Add2=x Del0=z Del1=a Del2=m");
    changes(&["a", "a", "b", "b"], &["b", "c", "c", "c"], "Add0=c Del0=a");
    changes(&["b", "a", "b"], &["d", "c", "d", "c"], "Add0=d Add1=c Del0=b Del1=a");
    changes(&["Red", "blue"], &["red", "BLUE", "blue"], "Add0=red Add1=BLUE Del0=Red");
    changes(&["", "a"], &["a"], "Del0=");
    changes(
        &["www 600 IN A 192.0.2.1"],
        &["www 600 IN A 192.0.2.2"],
        "Add0=www 600 IN A 192.0.2.2 Del0=www 600 IN A 192.0.2.1",
    );
}

#[test]
fn a_change_is_spelled_as_its_family() {
    for (family, adding, deleting) in [
        ("NAMESERVER", "ADDNAMESERVER", "DELNAMESERVER"),
        ("RR", "ADDRR", "DELRR"),
        ("X-FAMILY_1-", "ADDX-FAMILY_1-", "DELX-FAMILY_1-"),
        ("9-", "ADD9-", "DEL9-"),
        ("DomainTag", "AddDomainTag", "DelDomainTag"),
        ("nameServer", "AddnameServer", "DelnameServer"),
        ("nameserver", "addnameserver", "delnameserver"),
        ("ZONETAG", "ADDZONETAG", "DELZONETAG"),
    ] {
        let mut command = built("X", &[]);
        let change = command.set_change(family, ["ns1", "ns2"], ["ns2", "ns3"]).expect("a change");
        assert_eq!(text(&command), format!("COMMAND=X\n{adding}0=ns3\n{deleting}0=ns1"));
        assert_eq!((change.added, change.removed), (1, 1));
    }
    assert_eq!(TagKind::Domain.as_ref(), "DomainTag");
    assert_eq!(TagKind::Zone.family(), TagFamily::ZoneTag);
}

#[test]
fn a_change_takes_the_place_of_the_tags_of_its_kind() {
    let mut command = command(
        "COMMAND=ModifyDomain\nDOMAINTAG0=a\nDomain=example.com\nadddomaintag4=b\nDelDomainTag0=c\n\
         AddZoneTag0=d\nDomainTag007=e\nZoneTag0=f",
    );
    command.set_change(TagKind::Domain, ["old"], ["new"]).expect("a change");
    let others = "Domain=example.com\nAddZoneTag0=d\nDomainTag007=e\nZoneTag0=f";
    let changed = format!("COMMAND=ModifyDomain\n{others}\nAddDomainTag0=new\nDelDomainTag0=old");
    assert_eq!(text(&command), changed);
    let none = command.set_change(TagKind::Domain, ["same"], ["same"]).expect("a change");
    assert_eq!((none, none.is_empty()), (Change::default(), true));
    assert_eq!(text(&command), format!("COMMAND=ModifyDomain\n{others}"), "no change, no tags");
    command.set_change(TagKind::Zone, [""; 0], ["new"]).expect("a change");
    let others = "Domain=example.com\nDomainTag007=e";
    assert_eq!(text(&command), format!("COMMAND=ModifyDomain\n{others}\nAddZoneTag0=new"));
}

#[test]
fn a_change_takes_the_place_of_the_series_of_its_family() {
    let mut command = command(
        "COMMAND=ModifyDomain\nnameserver0=a\naddNameServer7=b\nDELNAMESERVER4095=c\nNAMESERVER=d\n\
         ADDNAMESERVER=e\nDELNAMESERVER01=f\nADDNAMESERVERS0=g\nADDADDNAMESERVER0=h\nSTATUS0=i",
    );
    command.set_change("NAMESERVER", ["old"], ["new"]).expect("a change");
    let others = "NAMESERVER=d\nADDNAMESERVER=e\nDELNAMESERVER01=f\nADDNAMESERVERS0=g\nADDADDNAMESERVER0=h\nSTATUS0=i";
    let changed = format!("COMMAND=ModifyDomain\n{others}\nADDNAMESERVER0=new\nDELNAMESERVER0=old");
    assert_eq!(text(&command), changed);
}

#[test]
fn a_change_that_fails_changes_nothing() {
    let many = |count: usize| (0..count).map(|n| format!("tag{n}"));
    let none = || many(0);
    let mut command = command("COMMAND=X\nDomainTag0=a\nAddDomainTag0=b\nDelDomainTag9=c\nRR0=d");
    let before = text(&command);
    for family in ["DomainTag", "DOMAINTAG", "domaintag", "ZoneTag", "zonetag"] {
        for (old, new) in [(many(4097), none()), (none(), many(4097))] {
            let error = command.set_change(family, old, new).unwrap_err();
            assert_eq!((error.kind(), &*text(&command)), (BuildErrorKind::TooManyTags, &*before));
        }
    }
    for family in ["DomainTag", "RR"] {
        for (value, kind) in
            [("a\n", BuildErrorKind::ControlCharacter), (" a", BuildErrorKind::OuterBlank)]
        {
            for (old, new) in [([value], ["b"]), (["a"], [value])] {
                let error = command.set_change(family, old, new).unwrap_err();
                assert_eq!((error.kind(), &*text(&command)), (kind, &*before));
            }
        }
    }
    for family in ["", "a b", "RR=", "é", "RR\n"] {
        for new in [&["a"][..], &[]] {
            let error = command.set_change(family, [""; 0], new).unwrap_err();
            assert_eq!((error.kind(), &*text(&command)), (BuildErrorKind::InvalidKey, &*before));
        }
    }
}

#[test]
fn tags_have_a_limit_and_other_families_none() {
    let many = |count: usize| (0..count).map(|n| format!("tag{n}"));
    let mut command = built("X", &[]);
    command.set_change(TagKind::Domain, many(4096), many(0)).expect("4096 tags");
    let change =
        command.set_change(TagKind::Domain, many(5000), many(9096)).expect("4096 of them are new");
    assert_eq!((change.added, change.removed), (4096, 0));
    let added = command.tags(TagFamily::AddDomainTag);
    assert_eq!((added.len(), added.get(4095)), (4096, Some("tag9095")));
    let change = command.set_change("RR", many(5000), many(0)).expect("no limit");
    assert_eq!((change.added, change.removed), (0, 5000));
    assert_eq!(command.get("DELRR4999"), Some("tag4999"));
}
