//! What is wanted, and what was measured of it.

use std::fmt;

use cnic_benches::{commands, responses, streams};

use crate::race::{Outcome, find};

/// One thing that is wanted.
struct Goal {
    what: &'static str,
    measured: Option<f64>,
    bounds: Bounds,
    /// Whether less is better.
    is_ceiling: bool,
}

/// What it was before the last round of work, what it has to be after it, and what is hoped for.
struct Bounds {
    before: f64,
    must: f64,
    goal: f64,
}

const fn bounds(before: f64, must: f64, goal: f64) -> Bounds {
    Bounds { before, must, goal }
}

/// The table of goals. Those that one run of `compare` can't measure are in the README.
pub(crate) struct Goals<'r> {
    pub(crate) responses: &'r [Outcome],
    pub(crate) streams: &'r [Outcome],
    pub(crate) others: &'r [Outcome],
    pub(crate) growth: &'r [Outcome],
}

impl Goals<'_> {
    fn all(&self) -> Vec<Goal> {
        let floor = |what, outcomes, name, ours, bounds| {
            let measured = ratio(outcomes, name, ours, "floor");
            Goal { what, measured, bounds, is_ceiling: false }
        };
        let parse = |what, name, bounds| floor(what, self.responses, name, responses::OURS, bounds);
        let stream = |what, name, ours, bounds| floor(what, self.streams, name, ours, bounds);
        let beside = |what, outcomes, name, ours, base, bounds| {
            let measured = ratio(outcomes, name, ours, base);
            Goal { what, measured, bounds, is_ceiling: false }
        };
        let parse_beside = |what, name, base, bounds| {
            beside(what, self.responses, name, responses::OURS, base, bounds)
        };
        let command = |what, name, base, bounds| {
            beside(what, self.others, name, commands::OURS, base, bounds)
        };
        let (decoder, iterator) = (streams::DECODER, streams::RESPONSES);
        vec![
            parse("list_10k, × floor", "list_10k", bounds(1.2, 1.5, 1.8)),
            parse("list_100k, × floor", "list_100k", bounds(1.06, 1.4, 1.6)),
            parse("list_100k_rows, × floor", "list_100k_rows", bounds(0.95, 1.1, 1.3)),
            parse("list_1k, × floor", "list_1k", bounds(1.08, 1.2, 1.5)),
            parse("check_32, × floor", "check_32", bounds(0.32, 0.42, 0.6)),
            parse("wide, × floor", "wide", bounds(0.32, 0.45, 0.6)),
            parse_beside(
                "check_32, × sonic-rs Value",
                "check_32",
                "sonic-rs Value",
                bounds(0.41, 0.6, 1.0),
            ),
            parse_beside(
                "wide, × sonic-rs Value",
                "wide",
                "sonic-rs Value",
                bounds(0.43, 0.6, 1.0),
            ),
            parse_beside(
                "shuffled lines, × nom",
                "list_100k_shuffled",
                "nom",
                bounds(1.6, 2.0, 3.0),
            ),
            stream(
                "stream of check_32, FrameDecoder, × floor",
                "check_32",
                decoder,
                bounds(0.14, 0.25, 0.5),
            ),
            stream(
                "stream of wide, FrameDecoder, × floor",
                "wide",
                decoder,
                bounds(0.17, 0.28, 0.5),
            ),
            stream(
                "stream of check_32, Responses, × floor",
                "check_32",
                iterator,
                bounds(0.21, 0.3, 0.5),
            ),
            stream("stream of wide, Responses, × floor", "wide", iterator, bounds(0.23, 0.32, 0.5)),
            beside(
                "rows into a borrowed 6-field struct, × csv + serde",
                self.others,
                "list_10k: structures",
                responses::OURS,
                "csv + serde",
                bounds(2.7, 3.5, 5.0),
            ),
            command("command, parse, × floor", "command: parse", "floor", bounds(0.23, 0.4, 0.6)),
            command(
                "command, form, × format! + form_urlencoded",
                "command: form",
                "format! + form_urlencoded",
                bounds(5.9, 10.0, 15.0),
            ),
            Goal {
                what: "growth, slowest ÷ fastest per byte",
                measured: self.flatness(),
                bounds: bounds(1.9, 1.5, 1.2),
                is_ceiling: true,
            },
        ]
    }

    /// Returns how many times as long a byte takes in the list where it takes longest as where it takes shortest.
    fn flatness(&self) -> Option<f64> {
        let per_byte =
            |list: &Outcome| Some(list.nanoseconds(responses::OURS)? / list.bytes as f64);
        let times: Option<Vec<f64>> = self.growth.iter().map(per_byte).collect();
        let times = times?;
        let longest = times.iter().copied().reduce(f64::max)?;
        Some(longest / times.iter().copied().reduce(f64::min)?)
    }
}

fn ratio(outcomes: &[Outcome], name: &str, ours: &str, base: &str) -> Option<f64> {
    Some(find(outcomes, name)?.ratio(ours, base)?.median)
}

impl Goal {
    fn verdict(&self, measured: f64) -> &'static str {
        let reaches = |bound| if self.is_ceiling { measured <= bound } else { measured >= bound };
        if reaches(self.bounds.goal) {
            "goal"
        } else if reaches(self.bounds.must) {
            "must"
        } else {
            "no"
        }
    }
}

impl fmt::Display for Goals<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| what | before | measured | must | goal | holds |\n|---|---|---|---|---|---|"
        )?;
        for goal in self.all() {
            let sign = if goal.is_ceiling { "≤" } else { "≥" };
            let measured = goal.measured.map_or_else(|| "–".into(), |value| format!("{value:.2}"));
            let verdict = goal.measured.map_or("–", |value| goal.verdict(value));
            let Goal { what, bounds: Bounds { before, must, goal }, .. } = goal;
            writeln!(
                f,
                "| {what} | {before} | {measured} | {sign} {must} | {sign} {goal} | {verdict} |"
            )?;
        }
        Ok(())
    }
}
