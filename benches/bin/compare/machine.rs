//! Where the times were taken.

use std::fmt;
use std::process::Command;

/// Processor, compiler and commit, as far as they can be found out.
pub(crate) struct Machine;

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unknown = || String::from("unknown");
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        let rustc = said_by("rustc", &["-vV"]).unwrap_or_default();
        let line =
            |key: &str| rustc.lines().find_map(|line| line.strip_prefix(key)).map(String::from);
        writeln!(f, "| processor | {} |", processor().unwrap_or_else(unknown))?;
        writeln!(f, "|---|---|")?;
        writeln!(f, "| cores | {cores} |")?;
        writeln!(f, "| rustc | {} |", line("release: ").unwrap_or_else(unknown))?;
        writeln!(f, "| target | {} |", line("host: ").unwrap_or_else(unknown))?;
        let commit = said_by("git", &["rev-parse", "--short", "HEAD"]).unwrap_or_else(unknown);
        // What it writes itself is no change.
        let code = ["status", "--porcelain", "--", ":(top)", ":(top,exclude)benches/results"];
        let changes = said_by("git", &code).unwrap_or_default();
        let changed = if changes.is_empty() { "" } else { ", with changes" };
        writeln!(f, "| commit | {commit}{changed} |")
    }
}

fn processor() -> Option<String> {
    let text = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().into())
}

fn said_by(program: &str, arguments: &[&str]) -> Option<String> {
    let directory = env!("CARGO_MANIFEST_DIR");
    let output = Command::new(program).args(arguments).current_dir(directory).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().into())
}
