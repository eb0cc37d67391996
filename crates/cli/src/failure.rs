//! Why a run ended early, and the exit status that says so.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

/// What went wrong, as lines for standard error.
pub(crate) enum Failure {
    /// The reader of our output went away, as `head` does. Not an error.
    ClosedPipe,
    /// The input is malformed or breaks a rule: status 1.
    Malformed(Vec<String>),
    /// Input or output failed, or the options do not fit together: status 2.
    Refused(String),
    /// The input is malformed, and standard error was told in what way: status 1.
    Told,
    /// The input is longer than it may be: status 1.
    TooLong,
}

/// What the crates call an input that is too long.
pub(crate) const TOO_LONG: &str = "more bytes than the limit";

impl Failure {
    pub(crate) fn malformed(problem: impl Display) -> Self {
        Self::Malformed(vec![problem.to_string()])
    }

    /// Tells standard error, and returns the exit status.
    pub(crate) fn report(self) -> ExitCode {
        let (problems, status) = match self {
            Self::ClosedPipe => return ExitCode::SUCCESS,
            Self::Malformed(problems) => (problems, 1),
            Self::Refused(problem) => (vec![problem], 2),
            Self::Told => (vec![], 1),
            Self::TooLong => (vec![format!("{TOO_LONG} (line 1, byte 0)")], 1),
        };
        problems.iter().for_each(tell);
        ExitCode::from(status)
    }
}

/// Tells standard error about a problem, in one line and one piece. If nobody listens there, the exit status has to do.
pub(crate) fn tell(problem: impl Display) {
    let line = format!("error: {problem}\n");
    let _ = io::stderr().write_all(line.as_bytes());
}

/// A failure to write: reading is wrapped with the file's name where it happens.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Refused(format!("cannot write: {error}")),
        }
    }
}
