//! Why a run ended early, and the exit status that says so.

use std::fmt::Display;
use std::io;
use std::process::ExitCode;

/// What went wrong, as lines for standard error.
pub(crate) enum Failure {
    /// The reader of our output went away, as `head` does. Not an error.
    ClosedPipe,
    /// The input is malformed or breaks a rule: status 1.
    Malformed(Vec<String>),
    /// Input or output failed, or the options do not fit together: status 2.
    Refused(String),
}

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
        };
        for problem in problems {
            anstream::eprintln!("error: {problem}");
        }
        ExitCode::from(status)
    }
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
