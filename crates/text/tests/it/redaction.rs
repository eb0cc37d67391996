//! Which names stand for secrets: every name of the table in every spelling, and what is nearly one.

use cnic_text::Redaction;

const REDACTION: Redaction = Redaction::DEFAULT;

#[test]
fn a_secret_is_told_by_its_name_in_any_case_alone_or_with_an_index() {
    for name in REDACTION.names() {
        let lower = name.to_ascii_lowercase();
        for name in [name.clone().into_owned(), name[..1].to_owned() + &lower[1..], lower] {
            assert!(REDACTION.is_secret(&name), "{name}");
            for index in ["0", "7", "12", "4095", "007", "99999999999999999999"] {
                assert!(REDACTION.is_secret(&format!("{name}{index}")), "{name}{index}");
            }
        }
    }
}

#[test]
fn a_name_that_merely_holds_the_name_of_a_secret_is_none() {
    for name in REDACTION.names() {
        for other in [
            format!("X{name}"),
            format!("X-{name}"),
            format!("{name}X"),
            format!("{name}-0"),
            format!("{name}_"),
            format!("-{name}"),
            format!("{name}0X"),
            format!("0{name}"),
            name[..name.len() - 1].to_owned(),
        ] {
            // `X-X-TLD-AUTH-KEY` ends as secrets do.
            let is_listed =
                REDACTION.names().any(|name| name == other) || other.ends_with("-AUTH-KEY");
            assert_eq!(REDACTION.is_secret(&other), is_listed, "{other}");
        }
    }
    for name in ["AUTHORITY", "PINCODE", "NEWPASSWORDS", "PASS", "S_LOGIN"] {
        assert!(!REDACTION.is_secret(name), "{name}");
    }
}
