//! Times ours and others' on the same inputs, by turns, and writes `results/compare.md` and `results/growth.svg`.
//!
//! `compare [--quick | --rounds N]`; the README tells how to read what it writes.

mod goals;
mod machine;
mod plot;
mod race;
mod report;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use cnic_benches::commands::Tags;
use cnic_benches::registrations::Registrations;
use cnic_benches::{Input, inputs, responses};

use crate::race::Race;
use crate::report::Report;

/// The inputs of the table of replies.
const REPLIES: [&str; 7] = [
    "check_32",
    "list_1k",
    "wide",
    "list_10k",
    "list_100k",
    "list_100k_rows",
    "list_100k_shuffled",
];

/// The rows of the lists on which growth is measured.
const ROWS: [usize; 7] = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rounds = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => Some(41),
        ["--quick"] => Some(7),
        ["--rounds", number] => number.parse().ok().filter(|&rounds| rounds > 0),
        _ => None,
    };
    let Some(rounds) = rounds else {
        eprintln!("usage: compare [--quick | --rounds N]");
        return ExitCode::from(2);
    };
    match compare(rounds) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn compare(rounds: usize) -> Result<(), Box<dyn Error>> {
    let results = Path::new(env!("CARGO_MANIFEST_DIR")).join("results");
    let mut report = Report { rounds, ..Report::default() };

    // Growth is compared over sizes, not with the others, and its largest inputs take long: a third of the rounds.
    eprintln!("lists of 1,000 to 1,000,000 rows");
    let lists: Vec<Input> = ROWS.into_iter().map(inputs::list).collect();
    let races = lists.iter().map(|input| Race::on(input, responses::growth(input)));
    report.growth = race::run(races.collect(), rounds.div_ceil(3));
    drop(lists);

    eprintln!("replies");
    let replies: Vec<Input> = REPLIES.into_iter().filter_map(inputs::named).collect();
    let races = replies.iter().map(|input| Race::on(input, responses::parse(input)));
    report.replies = race::run(races.collect(), rounds);
    drop(replies);

    eprintln!("what is meant to be slow");
    let hostile: Vec<Input> = inputs::hostile().collect();
    let races = hostile.iter().map(|input| Race::on(input, responses::hostile(input)));
    report.hostile = race::run(races.collect(), rounds);

    eprintln!("structures, commands and registrations");
    let list = inputs::named("list_10k").ok_or("no list")?;
    let tags = Tags::new();
    let registrations = Registrations::new();
    report.others = race::run(others(&list, &tags, &registrations), rounds);

    plot::growth(&report.growth, &results.join("growth.svg"))?;
    let text = report.to_string();
    std::fs::write(results.join("compare.md"), &text)?;
    print!("{text}");
    Ok(())
}

/// Structures, commands and registrations, each with the bytes of what is written or read.
fn others<'i>(list: &'i Input, tags: &'i Tags, registrations: &'i Registrations) -> Vec<Race<'i>> {
    let bytes = |texts: &[String]| texts.iter().map(String::len).sum();
    let labels = bytes(&registrations.labels);
    let servers = bytes(&registrations.name_servers);
    let receipts = bytes(&registrations.receipts);
    let (text, body) = (tags.text.len(), registrations.body.len());
    vec![
        Race::new("list_10k: structures", list.text.len(), responses::typed(list)),
        Race::new("command: encode", text, tags.encode()),
        Race::new("command: build and encode", text, tags.build()),
        Race::new("command: form", text, tags.form()),
        Race::new("command: parse", text, tags.parse()),
        Race::new("command: decode form", text, tags.decode()),
        Race::new("labels", labels, registrations.check_labels()),
        Race::new("name servers", servers, registrations.decode_name_servers()),
        Race::new("registration: decode form", body, registrations.decode_form()),
        Race::new("registration: encode form", body, registrations.encode_form()),
        Race::new("registration: check", body, registrations.check()),
        Race::new("registration: validate", body, registrations.validate()),
        Race::new("receipts", receipts, registrations.parse_receipts()),
    ]
}
