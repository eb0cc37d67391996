//! Entrants by turns on one input.
//!
//! On a machine that others use as well, the speed of everything changes from one second to the next. What is waited for is left
//! out by taking the time of the processor; what makes the processor itself slower comes and goes, so of some samples the fastest
//! counts. What runs within the same round suffers alike, so a ratio is taken within each round, and of these the median.

use std::fmt;
use std::time::Duration;

use cpu_time::ThreadTime;

use cnic_benches::{Entrant, Input};

/// The entrants on one input, before they run.
pub(crate) struct Race<'i> {
    name: String,
    bytes: usize,
    entrants: Vec<Entrant<'i>>,
}

/// What one race took.
pub(crate) struct Outcome {
    pub(crate) name: String,
    pub(crate) bytes: usize,
    lanes: Vec<Lane>,
}

struct Lane {
    name: &'static str,
    /// How often the work is done within one sample, so that the clock is fine enough.
    repeats: u32,
    /// The nanoseconds of the work once, by round.
    times: Vec<f64>,
}

impl<'i> Race<'i> {
    pub(crate) fn new(name: impl Into<String>, bytes: usize, entrants: Vec<Entrant<'i>>) -> Self {
        Self { name: name.into(), bytes, entrants }
    }

    pub(crate) fn on(input: &'i Input, entrants: Vec<Entrant<'i>>) -> Self {
        Self::new(&*input.name, input.text.len(), entrants)
    }
}

/// Runs all races in rounds: in each one every entrant once on every input, and each time another one comes first.
pub(crate) fn run(mut races: Vec<Race<'_>>, rounds: usize) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = races
        .iter_mut()
        .map(|race| Outcome {
            name: race.name.clone(),
            bytes: race.bytes,
            lanes: race.entrants.iter_mut().map(Lane::calibrated).collect(),
        })
        .collect();
    for round in 0..rounds {
        eprint!("\rround {} of {rounds}", round + 1);
        for (race, outcome) in races.iter_mut().zip(&mut outcomes) {
            let count = race.entrants.len();
            for place in (0..count).map(|turn| (turn + round) % count) {
                outcome.lanes[place].sample(&mut race.entrants[place]);
            }
        }
    }
    eprintln!();
    outcomes
}

impl Lane {
    const SAMPLE: Duration = Duration::from_millis(1);
    /// How many samples a round takes of each entrant.
    const SAMPLES: u32 = 3;

    /// Finds out how many repeats fill a sample. The first run warms up and does not count.
    fn calibrated(entrant: &mut Entrant<'_>) -> Self {
        entrant.run();
        let mut repeats = 1_u32;
        while time(entrant, repeats) < Self::SAMPLE {
            repeats *= 2;
        }
        Self { name: entrant.name(), repeats, times: Vec::new() }
    }

    fn sample(&mut self, entrant: &mut Entrant<'_>) {
        let samples = (0..Self::SAMPLES).map(|_| time(entrant, self.repeats));
        let fastest = samples.min().unwrap_or_default();
        self.times.push(fastest.as_secs_f64() * 1e9 / f64::from(self.repeats));
    }
}

/// Returns the time that the thread, and nothing else, spent on the processor.
fn time(entrant: &mut Entrant<'_>, repeats: u32) -> Duration {
    let start = ThreadTime::now();
    for _ in 0..repeats {
        entrant.run();
    }
    start.elapsed()
}

impl Outcome {
    /// Returns the names of the entrants.
    pub(crate) fn entrants(&self) -> impl Iterator<Item = &'static str> {
        self.lanes.iter().map(|lane| lane.name)
    }

    fn lane(&self, name: &str) -> Option<&Lane> {
        self.lanes.iter().find(|lane| lane.name == name)
    }

    /// Returns the nanoseconds that an entrant took for the work.
    pub(crate) fn nanoseconds(&self, name: &str) -> Option<f64> {
        Some(Spread::of(self.lane(name)?.times.clone()).median)
    }

    /// Returns how many times as fast as another an entrant was, round by round.
    pub(crate) fn ratio(&self, name: &str, base: &str) -> Option<Spread> {
        let (times, base) = (&self.lane(name)?.times, &self.lane(base)?.times);
        Some(Spread::of(base.iter().zip(times).map(|(base, time)| base / time).collect()))
    }
}

/// A median, and the quartiles around it.
#[derive(Clone, Copy)]
pub(crate) struct Spread {
    low: f64,
    pub(crate) median: f64,
    high: f64,
}

impl Spread {
    fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |quarter: usize| values[(values.len() - 1) * quarter / 4];
        Self { low: at(1), median: at(2), high: at(3) }
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = match self.median {
            ..0.1 => 3,
            ..10.0 => 2,
            _ => 0,
        };
        let Self { low, median, high } = self;
        write!(f, "{median:.digits$} ({low:.digits$}–{high:.digits$})")
    }
}

/// Returns what was measured under a name.
pub(crate) fn find<'r>(outcomes: &'r [Outcome], name: &str) -> Option<&'r Outcome> {
    outcomes.iter().find(|outcome| outcome.name == name)
}
