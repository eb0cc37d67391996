//! What commands cost: memory for parameters, a handful of allocations, and steps that grow with the text.
//!
//! Where a step for each pair of parameters would take minutes or hours, a test is passed by coming to its end.

mod util;

use std::time::Instant;

use cnic_command::form::{Credentials, Form};
use cnic_command::{Command, Finding, Limits, TagFamily, TagKind};
use cnic_testkit::counting::{Counting, cost};

use TagFamily::{AddDomainTag, DelDomainTag, DomainTag};

use crate::util::{command, form, lines, text};

#[global_allocator]
static ALLOCATOR: Counting = Counting::new();

const MANY: usize = 200_000;
const MB: usize = 1 << 20;

/// As many tags as a command can take.
fn modify_domain() -> String {
    let [add, delete] = [AddDomainTag, DelDomainTag].map(|family| lines(family.key(), 4096));
    format!("COMMAND=ModifyDomain\nDOMAIN=example.com{add}{delete}")
}

fn many(family: &str) -> String {
    format!("COMMAND=ModifyDomain{}", lines(family, MANY))
}

//--- Memory

#[test]
fn reading_a_full_command_takes_no_allocation_for_each_parameter() {
    let input = modify_domain();
    let (read, spent) = cost(|| command(&input));
    assert_eq!(read.len(), 8193);
    assert!(spent.allocations <= 40, "{} allocations", spent.allocations);
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
    for count in [1_000, 10_000, 100_000] {
        for family in ["K", "A-Much-Longer-Key-Than-That-And-Still-A-Key"] {
            let input = format!("COMMAND=X{}", lines(family, count));
            let (read, spent) = cost(|| command(&input));
            // Kept are about 80 bytes; lists double, and for a moment the old one is there besides the new one.
            let (peak, live) = (spent.peak.unsigned_abs(), spent.live.unsigned_abs());
            assert!(peak < 4096 + 320 * count, "{peak} bytes at a time for {count}");
            assert!(live < 4096 + 192 * count, "{live} bytes for {count}");
            let ((), spent) = cost(|| drop(read));
            assert_eq!(spent.live.unsigned_abs(), live, "given back");
        }
    }
}

#[test]
fn a_long_text_of_little_meaning_takes_no_memory() {
    let blanks = " \t".repeat(4 * MB);
    let inputs = [
        format!("COMMAND=X\nA={}", "=".repeat(8 * MB)),
        format!("COMMAND=X\nA={}b", " =\t".repeat(3 * MB)),
        format!("COMMAND=X\nA{blanks}={blanks}b{blanks}\n{blanks}\r\n{blanks}"),
        format!("{}COMMAND=X\nA=b{}", "\n".repeat(MANY), "\r\n \n".repeat(MANY)),
        format!("COMMAND=X\nA=b\nEOF{}", "\n\r\n".repeat(MANY)),
        format!("COMMAND=X\n{}=b", "A".repeat(8 * MB)),
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
    let input = many("KEY") + "\nkey0=again";
    let (error, spent) = cost(|| Command::parse(&input).expect_err("a duplicate"));
    assert_eq!((error.position().line(), spent.live), (MANY + 2, 0));
    let mut limits = Limits::DEFAULT;
    limits.parameters = 10;
    let (_, spent) = cost(|| Command::parse_within(&input, limits).expect_err("too many"));
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
        let mut first: Option<Finding> = None;
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

//--- Steps

#[test]
fn many_distinct_parameters() {
    let input = many("KEY");
    let read = command(&input);
    assert_eq!((read.len(), read.get("key199999")), (MANY, Some("value199999")));
    assert_eq!(text(&read), input);
    assert!(read == command(&input));
    let mut built = Command::new("X").expect("a name");
    for _ in 0..2 {
        for (key, value) in read.parameters() {
            built.set(key, value).expect("a parameter");
        }
    }
    assert_eq!(built.into_owned().len(), MANY);
}

#[test]
fn keys_of_one_length_and_a_common_start() {
    let key = |n: usize| format!("\n{}{n:017b}=", "K".repeat(200));
    let input = (0..100_000).map(key).fold(String::from("COMMAND=X"), |text, line| text + &line);
    assert_eq!(command(&input).len(), 100_000);
}

#[test]
fn many_tags_are_listed_and_checked() {
    let input = many("DomainTag") + &lines("AddDomainTag", MANY / 4) + &lines("DelDomainTag", 9);
    let read = command(&input);
    let tags = read.tags(DomainTag);
    assert!((0..MANY).all(|n| tags.get(u32::try_from(n).expect("a small number")).is_some()));
    assert!(tags.len() == MANY && !tags.has_gaps());
    let mut all: Vec<Finding> = Vec::new();
    read.check(&mut all);
    assert_eq!(all.len(), (MANY - 4096) + (MANY / 4 - 4096) + 1);
    assert_eq!(read.chunks("DomainTag", MANY / 2).count(), 2);
}

#[test]
fn a_series_that_counts_down() {
    let most = u32::try_from(MANY).expect("a small number");
    let values = (0..most).rev().map(|n| (n, n.to_string()));
    let mut built = Command::new("X").expect("a name");
    built.set_indexed("KEY", values).expect("a series");
    assert!(built.series("KEY").values().eq((0..MANY).map(|n| n.to_string())));
    built.set_series("KEY", (0..MANY).map(|n| n.to_string())).expect("a series");
    built.remove_series("KEY");
    assert!(built.is_empty());
}

/// Works on a command with many other parameters, and holds the time to fifty times what reading it took. A step for each
/// parameter is far below, a step for each of them and each tag far above.
#[track_caller]
fn takes_a_step_for_each_parameter(work: impl FnOnce(&mut Command<'_>)) {
    let input = many("KEY") + &lines("DomainTag", 4096) + &lines("AddDomainTag", 4096);
    let start = Instant::now();
    let mut read = command(&input);
    let once = start.elapsed();
    let start = Instant::now();
    work(&mut read);
    assert!(start.elapsed() < 50 * once, "{:?}, and {once:?} for reading", start.elapsed());
}

#[test]
fn a_full_set_of_tags_replaces_another() {
    takes_a_step_for_each_parameter(|command| {
        command.set_tags(DomainTag, (0..4096).map(|n| format!("new{n}"))).expect("4096 tags");
        assert_eq!(command.get("DomainTag4095"), Some("new4095"));
        command.set_tags(DomainTag, [""; 0]).expect("no tags");
        assert_eq!(command.len(), MANY + 4096);
    });
}

#[test]
fn a_change_between_large_sets() {
    let tags = |range: core::ops::Range<usize>| range.map(|n| format!("tag{n}"));
    takes_a_step_for_each_parameter(|command| {
        let (old, new) = (tags(0..MANY), tags(4096..MANY + 4096));
        command.set_change(TagKind::Domain, old, new.rev()).expect("a change");
        assert_eq!(command.tags(DelDomainTag).get(4095), Some("tag4095"));
        assert_eq!(command.tags(AddDomainTag).get(0), Some("tag204095"));
        let twice = tags(0..4096).cycle().take(MANY);
        command.set_change(TagKind::Domain, [""; 0], twice).expect("a change");
        assert_eq!(command.len(), MANY + 4096);
    });
}

//--- Forms

#[test]
fn a_form_with_many_pairs() {
    let pairs = lines("KEY", MANY).replace('\n', "&");
    let flat = format!("command=X{pairs}");
    let read = form(&flat);
    assert_eq!(read.command().expect("a command").expect("a command").len(), MANY);
    let empty = "&".repeat(8 * MB) + "command=X" + &"&".repeat(8 * MB);
    assert!(form(&empty).command().is_ok_and(|command| command.is_some()));
    let others = pairs.replace('&', "&s_");
    let read = form(&others);
    assert_eq!(read.credentials().others().len(), MANY);
    assert_eq!(read.credentials().alone().len(), others.len() - 1);
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
