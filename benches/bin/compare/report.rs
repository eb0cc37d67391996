//! The report, in Markdown.

use std::fmt;

use cnic_benches::{commands, registrations, responses, streams};

use crate::goals::Goals;
use crate::machine::Machine;
use crate::race::Outcome;

/// Everything that was measured.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) rounds: usize,
    pub(crate) responses: Vec<Outcome>,
    pub(crate) streams: Vec<Outcome>,
    pub(crate) slow: Vec<Outcome>,
    pub(crate) others: Vec<Outcome>,
    pub(crate) growth: Vec<Outcome>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ours = responses::OURS;
        writeln!(
            f,
            "# Comparison\n\nWritten by the program `compare` in {} rounds of thread time; see",
            self.rounds
        )?;
        writeln!(f, "[README.md](../README.md) for what the tables mean.\n\n{Machine}")?;

        let Self { responses, streams, others, growth, .. } = self;
        writeln!(f, "## Goals\n\n{}", Goals { responses, streams, others, growth })?;
        let parsers = entrants(&self.responses);
        let but = |left_out: &str| -> Vec<&'static str> {
            parsers.iter().copied().filter(|name| *name != left_out).collect()
        };

        writeln!(f, "## Responses, × floor\n")?;
        table(f, "parser", &self.responses, &but("floor"), |response, parser| {
            Some(response.ratio(parser, "floor")?.to_string())
        })?;
        writeln!(f, "\n## Responses, ours against each\n")?;
        table(f, "parser", &self.responses, &but(ours), |response, parser| {
            Some(response.ratio(ours, parser)?.to_string())
        })?;
        writeln!(f, "\n## Responses, MB of response a second\n")?;
        table(f, "parser", &self.responses, &parsers, |response, parser| {
            Some(format!("{:.0}", megabytes(response, parser)?))
        })?;
        writeln!(f, "\n## Streams of one response, × floor\n")?;
        let readers = [streams::DECODER, streams::RESPONSES];
        table(f, "reader", &self.streams, &readers, |stream, reader| {
            Some(stream.ratio(reader, "floor")?.to_string())
        })?;
        writeln!(f, "\n## Responses meant to be slow\n")?;
        list(f, &self.slow, |_| ours)?;
        writeln!(f, "\n## Structures, commands and registrations\n")?;
        list(f, &self.others, |outcome| match outcome.name.split(':').next() {
            Some("command") => commands::OURS,
            Some("list_10k") => responses::OURS,
            _ => registrations::OURS,
        })?;
        writeln!(f, "\n## Growth, ns a line\n\n![Time a line over rows](growth.svg)\n")?;
        table(f, "parser", &self.growth, &entrants(&self.growth), |list, parser| {
            let rows: f64 = list.name.parse().ok()?;
            Some(format!("{:.1}", list.nanoseconds(parser)? / rows))
        })
    }
}

/// Returns all names, in the order in which they appear.
fn entrants(outcomes: &[Outcome]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for name in outcomes.iter().flat_map(Outcome::entrants) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn megabytes(outcome: &Outcome, entrant: &str) -> Option<f64> {
    Some(outcome.bytes as f64 * 1e3 / outcome.nanoseconds(entrant)?)
}

/// Writes a table with a column for each input and a row for each entrant.
fn table(
    f: &mut fmt::Formatter<'_>,
    corner: &str,
    outcomes: &[Outcome],
    entrants: &[&str],
    cell: impl Fn(&Outcome, &str) -> Option<String>,
) -> fmt::Result {
    let names: Vec<&str> = outcomes.iter().map(|outcome| &*outcome.name).collect();
    writeln!(f, "| {corner} | {} |", names.join(" | "))?;
    writeln!(f, "|---{}|", "|---".repeat(names.len()))?;
    for entrant in entrants {
        let cells =
            outcomes.iter().map(|outcome| cell(outcome, entrant).unwrap_or_else(|| "–".into()));
        writeln!(f, "| {entrant} | {} |", cells.collect::<Vec<_>>().join(" | "))?;
    }
    Ok(())
}

/// Writes a table with a row for each input, where each has entrants of its own.
fn list(
    f: &mut fmt::Formatter<'_>,
    outcomes: &[Outcome],
    ours: impl Fn(&Outcome) -> &'static str,
) -> fmt::Result {
    writeln!(f, "| what | bytes | ours, µs | ours, MB/s | beside | MB/s | ours against it |")?;
    writeln!(f, "|---|---|---|---|---|---|---|")?;
    for outcome in outcomes {
        let (name, bytes, ours) = (&outcome.name, outcome.bytes, ours(outcome));
        let micros = outcome.nanoseconds(ours).unwrap_or_default() / 1e3;
        let ours_mb = megabytes(outcome, ours).unwrap_or_default();
        let start = format!("| {name} | {bytes} | {micros:.1} | {ours_mb:.0} |");
        let mut others = outcome.entrants().filter(|entrant| *entrant != ours).peekable();
        if others.peek().is_none() {
            writeln!(f, "{start} – | – | – |")?;
        }
        for other in others {
            let ratio =
                outcome.ratio(ours, other).map_or_else(String::new, |ratio| ratio.to_string());
            let other_mb = megabytes(outcome, other).unwrap_or_default();
            writeln!(f, "{start} {other} | {other_mb:.0} | {ratio} |")?;
        }
    }
    Ok(())
}
