//! What commands cost: memory for parameters, a handful of allocations, and steps that grow with the text.
//!
//! Many of these tests are passed by coming to their end: a step for each pair of parameters or bytes would take minutes or
//! hours.

use core::ops::Range;

use cnic_command::form::{Credentials, Form};
use cnic_command::{
    BuildErrorKind, Command, ErrorKind, Limits, Parser, TagFamily, TagKind, Violation,
};
use cnic_testkit::counting::cost;

use TagFamily::{AddDomainTag, DelDomainTag, DomainTag};

use crate::util::{command, form, lines};

const MANY: usize = 200_000;
const SOME: usize = 100_000;
const MB: usize = 1 << 20;

/// As many tags as a command can take.
fn modify_domain() -> String {
    let [add, delete] = [AddDomainTag, DelDomainTag].map(|family| lines(family.key(), 4096));
    format!("COMMAND=ModifyDomain\nDOMAIN=example.com{add}{delete}")
}

fn many(family: &str, count: usize) -> String {
    format!("COMMAND=ModifyDomain{}", lines(family, count))
}

//--- Memory

#[test]
fn reading_a_full_command_takes_no_allocation_for_each_parameter() {
    let input = modify_domain();
    let (read, spent) = cost(|| command(&input));
    assert_eq!(read.len(), 8193);
    assert!(spent.allocations <= 20, "{} allocations", spent.allocations);
    let (written, spent) = cost(|| String::from(read.encode()));
    assert_eq!((written, spent.allocations), (input, 1));
}

#[test]
fn a_small_command_takes_few_allocations() {
    let (read, spent) = cost(|| command("COMMAND=StatusDomain\nDOMAIN=example.com\nWIDE=1"));
    assert_eq!(read.len(), 2);
    assert!(spent.allocations <= 3, "{} allocations", spent.allocations);
    let (read, spent) = cost(|| command("[COMMAND]\r\nCOMMAND = StatusAccount\r\nEOF\r\n"));
    assert_eq!((read.len(), spent.allocations, spent.peak), (0, 0, 0));
}

#[test]
fn memory_is_for_parameters() {
    for count in [1_000, 5_000, 30_000] {
        for family in ["K", "A-Much-Longer-Key-Than-That-And-Still-A-Key"] {
            let input = format!("COMMAND=X{}", lines(family, count));
            let (read, spent) = cost(|| command(&input));
            // Kept are 48 bytes, a few for the index, and room; for a moment the last lists are there besides the new ones.
            let (peak, live) = (spent.peak.unsigned_abs(), spent.live.unsigned_abs());
            assert!(peak < 4096 + 160 * count, "{peak} bytes at a time for {count}");
            assert!(live < 4096 + 130 * count, "{live} bytes for {count}");
            let ((), spent) = cost(|| drop(read));
            assert_eq!(spent.live.unsigned_abs(), live, "given back");
        }
    }
}

#[test]
fn parameters_that_do_not_follow_take_no_memory() {
    for count in [1_000, 30_000] {
        let input = format!("COMMAND=X{}\nA={}", lines("K", count), "=".repeat(8 * MB));
        let (read, spent) = cost(|| command(&input));
        assert_eq!(read.len(), count + 1);
        let (peak, live) = (spent.peak.unsigned_abs(), spent.live.unsigned_abs());
        assert!(peak < 4096 + 280 * count, "{peak} bytes at a time for {count}");
        assert!(live < 4096 + 250 * count, "{live} bytes for {count}");
    }
}

#[test]
fn a_long_text_of_little_meaning_takes_no_memory() {
    let blanks = " \t".repeat(MB);
    let inputs = [
        format!("COMMAND=X\nA={}", "=".repeat(8 * MB)),
        format!("COMMAND=X\nA={}b", " =\t".repeat(MB / 4)),
        format!("COMMAND=X\nA{blanks}={blanks}b{blanks}\n{blanks}\r\n{blanks}"),
        format!("{}COMMAND=X\nA=b{}", "\n".repeat(MANY), "\r\n \n".repeat(MANY)),
        format!("COMMAND=X\nA=b\nEOF{}", "\n\r\n".repeat(MANY)),
        format!("COMMAND=X\n{}=b", "A".repeat(MB)),
    ];
    for input in inputs {
        let (read, spent) = cost(|| command(&input));
        assert_eq!(read.len(), 1);
        assert!(spent.peak < 1024, "{} bytes", spent.peak);
        assert!(String::from(read.encode()).len() <= input.len());
    }
}

#[test]
fn a_refused_text_holds_nothing() {
    let input = many("KEY", SOME) + "\nkey0=again";
    let (error, spent) = cost(|| Command::parse(&input).expect_err("a duplicate"));
    assert_eq!((error.position().line(), spent.live), (SOME + 2, 0));
    let mut limits = Limits::DEFAULT;
    limits.parameters = 10;
    let (_, spent) = cost(|| Parser::new().limits(limits).parse(&input).expect_err("too many"));
    assert!(spent.peak < 4096, "{} bytes", spent.peak);
    let (_, spent) = cost(|| Command::parse("COMMAND=X\n...").expect_err("no `=`"));
    assert_eq!(spent.allocations, 0);
}

#[test]
fn look_ups_and_checks_allocate_nothing() {
    let input = modify_domain();
    let read = command(&input);
    let twin = command(&input);
    let ((), spent) = cost(|| {
        assert_eq!((read.get("adddomaintag4095"), read.get("none")), (Some("value4095"), None));
        assert_eq!(read.parameters().rev().count(), read.len());
        let mut first: Option<Violation> = None;
        read.check(&mut first);
        assert_eq!(first, None);
        assert!(read == twin);
    });
    assert_eq!(spent.allocations, 0);
    let (tags, spent) = cost(|| read.tags(AddDomainTag));
    assert_eq!(tags.len(), 4096);
    assert!(spent.allocations <= 16, "{} allocations", spent.allocations);
    let (gap, spent) = cost(|| tags.get(4095).is_some() && tags.has_gaps());
    assert_eq!((gap, spent.allocations), (false, 0));
}

#[test]
fn tags_without_end_are_refused_before_they_pile_up() {
    let mut command = command("COMMAND=AddDomain");
    let endless = core::iter::repeat("red");
    let (error, spent) = cost(|| command.set_tags(DomainTag, endless).expect_err("too many"));
    assert_eq!(error.kind(), BuildErrorKind::TooManyTags);
    assert!(spent.peak.unsigned_abs() < MB, "{} bytes", spent.peak);
}

//--- Steps

/// Works on a command that is so large that a step for each pair of parameters would not come to its end.
fn takes_a_step_for_each_parameter(input: &str, work: impl FnOnce(&mut Command<'_>)) {
    work(&mut command(input));
}

fn tags(range: Range<usize>) -> impl DoubleEndedIterator<Item = String> + Clone {
    range.map(|n| format!("tag{n}"))
}

#[test]
fn many_distinct_parameters_are_read() {
    let input = many("KEY", MANY);
    let read = command(&input);
    assert_eq!((read.len(), read.get("key199999")), (MANY, Some("value199999")));
    assert!(String::from(read.encode()) == input);
}

#[test]
fn many_distinct_parameters_are_compared_and_set() {
    takes_a_step_for_each_parameter(&many("KEY", SOME), |read| {
        let mut built = Command::new("ModifyDomain").expect("a name");
        for (key, value) in read.parameters().chain(read.parameters()) {
            built.set(key, value).expect("a parameter");
        }
        assert!(built.into_owned() == *read);
    });
}

#[test]
fn keys_with_a_common_start() {
    let start = "K".repeat(200);
    let mut input = String::from("COMMAND=X");
    (0..SOME).for_each(|n| input += &format!("\n{start}{n:017b}="));
    assert_eq!(command(&input).len(), SOME);
}

#[test]
fn many_tags_are_listed_and_checked() {
    let input = many("DomainTag", SOME) + &lines("AddDomainTag", SOME);
    takes_a_step_for_each_parameter(&input, |read| {
        let listed = read.tags(DomainTag);
        assert!((0..).zip(0..SOME).all(|(n, _)| listed.get(n).is_some()));
        assert!(listed.len() == SOME && !listed.has_gaps());
        let mut all: Vec<Violation> = Vec::new();
        read.check(&mut all);
        assert_eq!(all.len(), 2 * (SOME - 4096) + 1);
        assert_eq!(read.chunks("DomainTag", SOME / 2).count(), 2);
    });
}

#[test]
fn a_series_in_any_order() {
    takes_a_step_for_each_parameter(&many("KEY", SOME), |command| {
        let down = (0..).zip(tags(0..SOME)).collect::<Vec<_>>().into_iter().rev();
        command.set_indexed("KEY", down).expect("a series");
        assert!(command.series("KEY").values().eq(tags(0..SOME)));
        command.set_series("KEY", tags(0..SOME)).expect("a series");
        command.remove_series("KEY");
        assert!(command.is_empty());
    });
}

#[test]
fn a_full_set_of_tags_replaces_another() {
    let input = many("KEY", SOME) + &lines("DomainTag", 4096);
    takes_a_step_for_each_parameter(&input, |command| {
        command.set_tags(DomainTag, tags(0..4096)).expect("4096 tags");
        assert_eq!(command.get("DomainTag4095"), Some("tag4095"));
        command.set_tags(DomainTag, [""; 0]).expect("no tags");
        assert_eq!(command.len(), SOME);
    });
}

#[test]
fn a_change_between_large_sets() {
    // So many that comparing each tag with each other takes more than an hour.
    const LARGE: usize = 1_000_000;
    let input = many("KEY", SOME) + &lines("DomainTag", 4096) + &lines("AddDomainTag", 4096);
    takes_a_step_for_each_parameter(&input, |command| {
        let (old, new) = (tags(0..LARGE), tags(4096..LARGE + 4096).rev());
        command.set_change(TagKind::Domain, old, new).expect("a change");
        assert_eq!(command.tags(DelDomainTag).get(4095), Some("tag4095"));
        assert_eq!(command.tags(AddDomainTag).get(0), Some("tag1004095"));
        let twice = tags(0..4096).cycle().take(SOME);
        command.set_change(TagKind::Domain, [""; 0], twice).expect("a change");
        assert_eq!(command.len(), SOME + 4096);
    });
}

//--- Forms

#[test]
fn a_form_with_many_pairs() {
    let pairs = lines("KEY", MANY).replace('\n', "&");
    let flat = format!("command=X{pairs}");
    let read = form(&flat);
    assert_eq!(read.command().expect("a command").expect("a command").len(), MANY);
}

#[test]
fn a_form_with_many_empty_pairs() {
    let empty = "&".repeat(2 * MB) + "command=X" + &"&".repeat(2 * MB);
    let refused = Form::decode(empty.as_bytes()).expect_err("too many");
    assert_eq!(refused.kind(), ErrorKind::PairLimit);
    let mut limits = Limits::DEFAULT;
    limits.lines = u32::MAX;
    let form = Form::decode_within(empty.as_bytes(), limits).expect("a form");
    assert!(form.command().is_ok_and(|command| command.is_some()));
}

#[test]
fn a_form_with_many_unknown_credentials() {
    let pairs = lines("s_", SOME).replace('\n', "&");
    let read = form(&pairs);
    assert_eq!(read.credentials().others().len(), SOME);
    assert_eq!(read.credentials().alone().len(), pairs.len() - 1);
}

#[test]
fn a_form_value_full_of_escapes() {
    for (unit, decoded) in [("%41", "A"), ("+", " "), ("%2B+", "+ "), ("%C3%BC", "ü"), ("%25", "%")]
    {
        let body = format!("s_pw={}", unit.repeat(MB / unit.len()));
        let (read, spent) = cost(|| form(&body));
        let expected = decoded.repeat(MB / unit.len());
        assert_eq!(read.credentials().password(), Some(&*expected));
        assert!(spent.peak.unsigned_abs() < 4 * MB, "{} bytes for {unit}", spent.peak);
        let written = String::from(read.credentials().alone());
        assert_eq!(
            Form::decode(written.as_bytes()).expect("a form").credentials(),
            read.credentials()
        );
    }
    let unfinished = format!("s_pw={}%4", "%41".repeat(MB));
    assert!(Form::decode(unfinished.as_bytes()).is_err());
}

#[test]
fn a_full_command_in_both_forms() {
    let input = modify_domain();
    let read = command(&input);
    let credentials = Credentials::new();
    let flat = credentials.flatten(&read).expect("a form");
    for body in [credentials.wrap(&read), flat].map(String::from) {
        assert_eq!(form(&body).command(), Ok(Some(read.clone())));
    }
}
