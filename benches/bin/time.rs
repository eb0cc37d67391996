//! The time of one work on the processor: `time WORK...` writes WORK, entrant and nanoseconds, with a tab between them.
//!
//! It is for comparing two builds, which [`against`](../against) does. Entrants that are not ours take the same time in both.

use std::process::ExitCode;
use std::time::Duration;

use cnic_benches::commands::Tags;
use cnic_benches::streams::Stream;
use cnic_benches::{Entrant, inputs, responses, streams};
use cpu_time::ThreadTime;

/// Shorter samples say too much about the clock.
const SAMPLE: Duration = Duration::from_millis(10);

fn main() -> ExitCode {
    for work in std::env::args().skip(1) {
        let Some(entrants) = entrants(&work) else {
            eprintln!("error: there is no {work}");
            return ExitCode::from(2);
        };
        for mut entrant in entrants {
            println!("{work}\t{}\t{:.0}", entrant.name(), nanoseconds(&mut entrant));
        }
    }
    ExitCode::SUCCESS
}

/// Returns who does a work: `set_tags`, `structures`, `stream_wide`, or the name of an input, which is parsed.
fn entrants(work: &str) -> Option<Vec<Entrant<'static>>> {
    let tags = || leak(Tags::new());
    Some(match work {
        "encode" => tags().encode(),
        "set_tags" => tags().set_tags(),
        "set_series" => tags().set_series(),
        "encode_form" => tags().form(),
        "parse_command" => tags().parse(),
        "decode_form" => tags().decode(),
        "structures" => responses::typed(leak(inputs::named("list_10k")?)),
        _ => match work.strip_prefix("stream_") {
            Some(name) => streams::entrants(leak(Stream::named(name)?)),
            None => responses::hostile(leak(inputs::named(work)?)),
        },
    })
}

/// The input lives as long as the program, as it does everywhere else but in a function of its own.
fn leak<T>(input: T) -> &'static T {
    Box::leak(Box::new(input))
}

/// Returns the time of the fastest of some samples.
fn nanoseconds(entrant: &mut Entrant<'_>) -> f64 {
    let mut time = |repeats: u32| {
        let start = ThreadTime::now();
        (0..repeats).for_each(|_| entrant.run());
        start.elapsed()
    };
    let mut repeats = 1;
    while time(repeats) < SAMPLE {
        repeats *= 2;
    }
    let fastest = (0..5).map(|_| time(repeats)).min().unwrap_or_default();
    fastest.as_secs_f64() * 1e9 / f64::from(repeats)
}
