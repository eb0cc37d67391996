//! Changes of tags: what is added and deleted, and what of the command stays.

use cnic_command::{BuildErrorKind, TagFamily, TagKind};

use crate::util::{built, command, text};

#[track_caller]
fn changes(old: &[&str], new: &[&str], expected: &str) {
    for (kind, word) in [(TagKind::Domain, "DomainTag"), (TagKind::Zone, "ZoneTag")] {
        let mut command = built("X", &[]);
        command.set_change(kind, old, new).expect("a change");
        let short = text(&command).replace(word, "").replacen("COMMAND=X", "", 1);
        assert_eq!(short.trim().replace('\n', " "), expected, "{old:?} -> {new:?}");
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
    command.set_change(TagKind::Domain, ["same"], ["same"]).expect("a change");
    assert_eq!(text(&command), format!("COMMAND=ModifyDomain\n{others}"), "no change, no tags");
    command.set_change(TagKind::Zone, [""; 0], ["new"]).expect("a change");
    let others = "Domain=example.com\nDomainTag007=e";
    assert_eq!(text(&command), format!("COMMAND=ModifyDomain\n{others}\nAddZoneTag0=new"));
}

#[test]
fn a_change_that_fails_changes_nothing() {
    let many = |count: usize| (0..count).map(|n| format!("tag{n}"));
    let none = || many(0);
    let mut command = command("COMMAND=X\nDomainTag0=a\nAddDomainTag0=b\nDelDomainTag9=c");
    let before = text(&command);
    for (old, new, kind) in [
        (many(4097), none(), BuildErrorKind::TooManyTags),
        (none(), many(4097), BuildErrorKind::TooManyTags),
    ] {
        let error = command.set_change(TagKind::Domain, old, new).unwrap_err();
        assert_eq!((error.kind(), &*text(&command)), (kind, &*before));
    }
    for (old, new) in [(["a\n"], ["b"]), (["a"], ["b\n"])] {
        let error = command.set_change(TagKind::Domain, old, new).unwrap_err();
        assert_eq!(error.kind(), BuildErrorKind::ControlCharacter);
        assert_eq!(text(&command), before);
    }
    command.set_change(TagKind::Domain, many(4096), many(0)).expect("4096 tags");
    command.set_change(TagKind::Domain, many(5000), many(9096)).expect("4096 of them are new");
    assert_eq!(command.tags(TagFamily::AddDomainTag).len(), 4096);
}
