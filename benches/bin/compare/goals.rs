//! What is wanted, and what was measured of it.

use std::fmt;

use cnic_benches::{commands, registrations, responses};

use crate::race::{Outcome, find};

/// One thing that is wanted.
struct Goal {
    what: &'static str,
    measured: Option<f64>,
    goal: f64,
    must: f64,
    /// Whether less is better.
    is_ceiling: bool,
}

/// The table of goals: those of replies, then the others.
pub(crate) struct Goals<'r> {
    pub(crate) replies: &'r [Outcome],
    pub(crate) others: &'r [Outcome],
    pub(crate) growth: &'r [Outcome],
}

impl Goals<'_> {
    fn all(&self) -> Vec<Goal> {
        let ratio = |outcomes: &[Outcome], name: &str, ours: &str, base: &str| {
            Some(find(outcomes, name)?.ratio(ours, base)?.median)
        };
        let reply = |what, name, base, goal, must| {
            let measured = ratio(self.replies, name, responses::OURS, base);
            Goal { what, measured, goal, must, is_ceiling: false }
        };
        let reused = |what, name, goal, must| {
            let measured = ratio(self.replies, name, responses::REUSED, "floor");
            Goal { what, measured, goal, must, is_ceiling: false }
        };
        let other = |what, name, ours, base, goal, must| {
            let measured = ratio(self.others, name, ours, base);
            Goal { what, measured, goal, must, is_ceiling: false }
        };
        let command = commands::OURS;
        let registration = registrations::OURS;
        vec![
            reply("list_10k, × floor", "list_10k", "floor", 1.25, 0.7),
            reply("list_100k, × floor", "list_100k", "floor", 1.25, 0.7),
            reply("list_100k_rows, × floor", "list_100k_rows", "floor", 0.95, 0.6),
            reply("list_1k, × floor", "list_1k", "floor", 0.9, 0.6),
            reply("check_32, × floor", "check_32", "floor", 0.45, 0.25),
            reused("check_32, buffers reused, × floor", "check_32", 0.55, 0.35),
            reply("wide, × floor", "wide", "floor", 0.45, 0.25),
            reply("shuffled lines, × nom", "list_100k_shuffled", "nom", 1.0, 0.5),
            reply("list_100k, × sonic-rs Value", "list_100k", "sonic-rs Value", 1.5, 1.0),
            other("command, encode, × format!", "command: encode", command, "format!", 12.0, 5.0),
            other(
                "command, form, × format! + form_urlencoded",
                "command: form",
                command,
                "format! + form_urlencoded",
                10.0,
                4.0,
            ),
            other("command, parse, × floor", "command: parse", command, "floor", 0.3, 0.15),
            other(
                "serde rows into a borrowed 6-field struct, × csv + serde",
                "list_10k: structures",
                responses::OURS,
                "csv + serde",
                3.0,
                1.5,
            ),
            other("labels, × regex", "labels", registration, "regex", 2.0, 1.0),
            other(
                "name servers, × split + std::net",
                "name servers",
                registration,
                "split + std::net",
                1.5,
                1.0,
            ),
            Goal {
                what: "growth, slowest ÷ fastest per byte",
                measured: self.flatness(),
                goal: 1.5,
                must: 2.0,
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

impl Goal {
    fn verdict(&self, measured: f64) -> &'static str {
        let reaches = |bound| if self.is_ceiling { measured <= bound } else { measured >= bound };
        if reaches(self.goal) {
            "goal"
        } else if reaches(self.must) {
            "must"
        } else {
            "no"
        }
    }
}

impl fmt::Display for Goals<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| what | measured | must | goal | holds |\n|---|---|---|---|---|")?;
        for goal in self.all() {
            let bound = if goal.is_ceiling { "≤" } else { "≥" };
            let measured = goal.measured.map_or_else(|| "–".into(), |value| format!("{value:.2}"));
            let verdict = goal.measured.map_or("–", |value| goal.verdict(value));
            let Goal { what, must, goal, .. } = goal;
            writeln!(f, "| {what} | {measured} | {bound} {must} | {bound} {goal} | {verdict} |")?;
        }
        Ok(())
    }
}
