//! Times ours and others' on the same inputs, by turns: `compare [--quick | --rounds N] [--bless]`.
//!
//! The report and its drawing go to `target/compare/`, with `--bless` to `results/`. The README tells how to read them.

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
use cnic_benches::streams::{self, Stream};
use cnic_benches::{Input, inputs, responses};

use crate::race::Race;
use crate::report::Report;

/// The inputs of the table of responses.
const RESPONSES: [&str; 7] = [
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
    let Some((rounds, directory)) = options() else {
        eprintln!("usage: compare [--quick | --rounds N] [--bless]");
        return ExitCode::from(2);
    };
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    match compare(rounds, &directory) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the number of rounds, and where the report goes.
fn options() -> Option<(usize, &'static str)> {
    let mut rounds = 41;
    let mut directory = "../target/compare";
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match &*argument {
            "--quick" => rounds = 7,
            "--rounds" => rounds = arguments.next()?.parse().ok().filter(|&rounds| rounds > 0)?,
            "--bless" => directory = "results",
            _ => return None,
        }
    }
    Some((rounds, directory))
}

fn compare(rounds: usize, directory: &Path) -> Result<(), Box<dyn Error>> {
    let mut report = Report { rounds, ..Report::default() };

    // Growth is compared over sizes, not with the others, and its largest inputs take long: a third of the rounds.
    eprintln!("lists of 1,000 to 1,000,000 rows");
    let lists: Vec<Input> = ROWS.into_iter().map(inputs::list).collect();
    let races = lists.iter().map(|input| Race::on(input, responses::growth(input)));
    report.growth = race::run(races.collect(), rounds.div_ceil(3));
    drop(lists);

    eprintln!("responses");
    let inputs: Vec<Input> = RESPONSES.into_iter().filter_map(inputs::named).collect();
    let races = inputs.iter().map(|input| Race::on(input, responses::parse(input)));
    report.responses = race::run(races.collect(), rounds);
    drop(inputs);

    eprintln!("streams");
    let streams: Vec<Stream> = streams::NAMES.into_iter().filter_map(Stream::named).collect();
    let races = streams.iter().map(|stream| {
        Race::new(&*stream.response.name, stream.text.len(), streams::entrants(stream))
    });
    report.streams = race::run(races.collect(), rounds);

    eprintln!("what is meant to be slow");
    let slow: Vec<Input> = inputs::hostile().collect();
    let races = slow.iter().map(|input| Race::on(input, responses::hostile(input)));
    report.slow = race::run(races.collect(), rounds);

    eprintln!("structures, commands and registrations");
    let list = inputs::named("list_10k").ok_or("no list")?;
    let tags = Tags::new();
    let registrations = Registrations::new();
    report.others = race::run(others(&list, &tags, &registrations), rounds);

    let text = report.to_string();
    std::fs::create_dir_all(directory)?;
    plot::growth(&report.growth, &directory.join("growth.svg"))?;
    std::fs::write(directory.join("compare.md"), &text)?;
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
        Race::new("command: set_tags and encode", text, tags.set_tags()),
        Race::new("command: set_series and encode", text, tags.set_series()),
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
