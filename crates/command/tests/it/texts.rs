//! What errors and violations say.

use core::fmt::Display;

use cnic_command::form::{Credentials, Form};
use cnic_command::{
    BuildError, BuildErrorKind, Command, ErrorKind, Position, TagFamily, Violation, ViolationKind,
};

use crate::util::{built, command};

#[track_caller]
fn says(value: impl Display, expected: &str) {
    let said = value.to_string();
    assert_eq!(said, expected);
    assert!(!said.ends_with('.') && !said.starts_with(char::is_uppercase));
}

#[test]
fn error_texts() {
    says(ErrorKind::ByteLimit, "more bytes than the limit");
    says(ErrorKind::ControlByte, "control character in a form");
    says(ErrorKind::ControlCharacter, "value holds CR, LF or NUL");
    says(ErrorKind::DuplicateKey { first_line: 7 }, "key given twice, first in line 7");
    says(ErrorKind::DuplicateName { first_byte: 7 }, "name given twice, first at byte 7");
    says(ErrorKind::InvalidEscape, "bad `%` escape");
    let invalid = |character| ErrorKind::InvalidKey { character };
    says(invalid(None), "empty key");
    for (character, shown) in [
        ('[', "character `[`"),
        ('`', "character U+0060"),
        (' ', "character U+0020"),
        ('\0', "character U+0000"),
        ('\u{a0}', "character U+00A0"),
        ('\u{200b}', "character U+200B"),
        ('\u{feff}', "character U+FEFF"),
        ('\u{1f310}', "character U+1F310"),
    ] {
        assert_eq!(
            invalid(Some(character)).to_string(),
            format!("{shown} is not allowed in a key")
        );
    }
    says(ErrorKind::InvalidName, "command name is not made of letters, digits, `-` and `_`");
    says(ErrorKind::InvalidPersistent, "`persistent` is not 0 or 1");
    says(ErrorKind::InvalidUtf8 { offset: Some(26) }, "invalid UTF-8 at byte 26");
    says(ErrorKind::InvalidUtf8 { offset: None }, "invalid UTF-8");
    says(ErrorKind::LineLimit, "more lines than the limit");
    says(ErrorKind::MisplacedCommand, "`[COMMAND]` is not the first line");
    says(ErrorKind::MisplacedHeader, "`[HEADER]` is not the first line");
    says(ErrorKind::MissingCommand, "no `COMMAND` parameter");
    says(ErrorKind::MissingEquals, "line without `=`");
    says(ErrorKind::MixedShapes, "flat parameter beside `s_command`");
    says(ErrorKind::PairLimit, "more pairs than the limit");
    says(ErrorKind::PairWithoutEquals, "pair without `=`");
    says(ErrorKind::ParameterLimit, "more parameters than the limit");
    let second = ErrorKind::RepeatedCommand { first_line: 1 };
    says(second, "second `COMMAND`, the first is in line 1");
    says(ErrorKind::TrailingData, "text after `EOF`");
    says(ErrorKind::Truncated, "`[COMMAND]` without `EOF`");
    says(ErrorKind::UnfinishedHeader, "`[HEADER]` without `[COMMAND]`");
}

#[test]
fn texts_of_what_can_not_be_built() {
    let mut command = built("X", &[]);
    let refused = |kind, result: Result<(), BuildError>, expected| {
        let error = result.expect_err("refused");
        assert_eq!(error.kind(), kind);
        says(error, expected);
    };
    let key = "key is not made of letters, digits, `-` and `_`";
    refused(BuildErrorKind::InvalidKey, command.set("A=B", ""), key);
    let name = "command name is not made of letters, digits, `-` and `_`";
    refused(BuildErrorKind::InvalidName, Command::new("A=B").map(|_| ()), name);
    let own = "`COMMAND` is the command's name, not a parameter";
    refused(BuildErrorKind::CommandKey, command.set("Command", "Y"), own);
    let control = "value holds CR, LF or NUL";
    refused(BuildErrorKind::ControlCharacter, command.set("A", "\n"), control);
    let blank = "leading or trailing whitespace in a name or value";
    refused(BuildErrorKind::OuterBlank, command.set("A", " b"), blank);
    let twice = command.set_indexed("A", [(1, "a"), (1, "b")]);
    refused(BuildErrorKind::DuplicateIndex, twice, "index given twice");
    let above = command.set_tag(TagFamily::ZoneTag, 4096, "a");
    refused(BuildErrorKind::TagIndex, above, "tag index above 4095");
    let many = command.set_tags(TagFamily::ZoneTag, ["a"; 4097]);
    refused(BuildErrorKind::TooManyTags, many, "more than 4096 tags");
    let flat = Credentials::new().flatten(&built("X", &[("s_a", "b")])).map(|_| ());
    refused(BuildErrorKind::TransportKey, flat, "key is reserved in a flat form");
}

#[test]
fn texts_of_findings() {
    let (tag, add) = (TagFamily::DomainTag, TagFamily::AddDomainTag);
    says(ViolationKind::IndexTooLarge(tag), "`DomainTag` index is above 4095");
    says(ViolationKind::LeadingZeros(tag), "`DomainTag` index has leading zeros");
    says(ViolationKind::MissingIndex(tag), "`DomainTag` has no index");
    says(ViolationKind::Mixed(tag, add), "`DomainTag` cannot be combined with `AddDomainTag`");
    says(ViolationKind::NotTaken(add), "`AddDomainTag` is not allowed in this command");
    says(
        ViolationKind::UnexpectedIndex(TagFamily::ZoneTag),
        "`ZoneTag` must not have an index here",
    );
    let names = TagFamily::ALL.map(|family| (family.to_string(), family.key()));
    let keys = ["DomainTag", "ZoneTag", "AddDomainTag", "DelDomainTag", "AddZoneTag", "DelZoneTag"];
    assert_eq!(names, keys.map(|key| (key.to_owned(), key)));
}

#[test]
fn errors_and_findings_end_with_their_place() {
    says(Position::START, "line 1, byte 0");
    let error = Command::parse("COMMAND=X\r\nA=1\r\n a=2").expect_err("refused");
    says(error, "key given twice, first in line 2 (line 3, byte 16)");
    let error = Form::decode(b"s_pw=a&s_pw=b").expect_err("refused");
    says(error, "name given twice, first at byte 0 (line 1, byte 7)");
    let error = Command::parse("COMMAND=X\n\u{200b}A=1").expect_err("refused");
    says(error, "character U+200B at byte 10 is not allowed in a key (line 2, byte 10)");
    let error = Command::parse("COMMAND=X\n A\u{a0} = 1").expect_err("refused");
    says(error, "character U+00A0 at byte 12 is not allowed in a key (line 2, byte 10)");
    let mut first: Option<Violation> = None;
    let mut command = command("COMMAND=TransferDomain\n\nZoneTag0=a");
    command.check(&mut first);
    says(first.expect("a violation"), "`ZoneTag` is not allowed in this command (line 3, byte 24)");
    command.set("ZoneTag0", "b").expect("a tag");
    let mut first: Option<Violation> = None;
    command.check(&mut first);
    says(first.expect("a violation"), "`ZoneTag` is not allowed in this command");
}
