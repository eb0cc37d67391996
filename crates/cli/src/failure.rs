//! Why a run ended early, and the exit status that says so.

use std::fmt::Display;
use std::io::{self, Write};
use std::ops::Range;
use std::process::ExitCode;

use anstream::AutoStream;

use crate::excerpt::{Excerpt, Whole};
use crate::looks::{self, Expected};
use crate::style;
use crate::unsuccessful::Unsuccessful;

/// What went wrong, as lines for standard error.
pub(crate) enum Failure {
    /// The reader of our output went away, as `head` does. Not an error.
    ClosedPipe,
    /// The input is malformed or breaks a rule: status 1.
    Malformed(Vec<Problem>),
    /// Input or output failed, or the options do not fit together: status 2.
    Refused(String),
    /// The input is malformed, and the problems are on standard error already: status 1.
    Told,
    /// A FILE could not be read, and that is on standard error already: status 2.
    Unread,
    /// The input is longer than it may be: status 1.
    TooLong,
    /// A response says that something failed, and that is to be seen in the status: 3.
    Unsuccessful(Unsuccessful),
    /// What was compared differs, as `diff` has it: status 1.
    Different,
}

/// What the crates call an input that is too long.
pub(crate) const TOO_LONG: &str = "more bytes than the limit";

impl Failure {
    /// Makes a failure of a problem with a part of an input.
    pub(crate) fn malformed(problem: impl Display, whole: Whole<'_>, span: Range<usize>) -> Self {
        Self::Malformed(vec![Problem::of(problem, whole, span)])
    }

    /// Adds what the input looks like, if it is plainly something else.
    pub(crate) fn explained(self, expected: Expected, input: &[u8]) -> Self {
        self.with_help(looks::help(expected, input))
    }

    /// Adds what to do about it, if that is known.
    pub(crate) fn with_help(mut self, help: Option<impl Display>) -> Self {
        if let (Self::Malformed(problems), Some(help)) = (&mut self, help) {
            problems.push(Problem::help(help));
        }
        self
    }

    /// Writes what went wrong to standard error, and returns the exit status.
    pub(crate) fn report(self) -> ExitCode {
        let (problems, status) = match self {
            Self::ClosedPipe => return ExitCode::SUCCESS,
            Self::Malformed(problems) => (problems, 1),
            Self::Refused(problem) => (vec![Problem::new(problem)], 2),
            Self::Told => (vec![], 1),
            Self::Unread => (vec![], 2),
            Self::TooLong => (vec![Problem::new(format!("{TOO_LONG} (line 1, byte 0)"))], 1),
            Self::Unsuccessful(codes) => (codes.lines().map(Problem::new).collect(), 3),
            Self::Different => (vec![], 1),
        };
        problems.iter().for_each(Problem::tell);
        ExitCode::from(status)
    }
}

/// How many problems are shown with a part of the input: a screenful, and each looks for its line.
pub(crate) const MAX_EXCERPTS: usize = 20;

/// A problem, and where it is known the part of the input that it is about.
pub(crate) struct Problem {
    kind: &'static str,
    text: String,
    excerpt: Option<Excerpt>,
}

impl Problem {
    pub(crate) fn new(text: impl Display) -> Self {
        Self { kind: "error", text: text.to_string(), excerpt: None }
    }

    /// Says what to do about the problems before it.
    pub(crate) fn help(text: impl Display) -> Self {
        Self { kind: "help", text: text.to_string(), excerpt: None }
    }

    /// Makes a problem with a part of an input.
    pub(crate) fn of(text: impl Display, whole: Whole<'_>, span: Range<usize>) -> Self {
        Self { kind: "error", text: text.to_string(), excerpt: whole.excerpt(span) }
    }

    /// Says which input it is in.
    pub(crate) fn of_input(mut self, name: &str) -> Self {
        self.text = format!("{name}: {}", self.text);
        self
    }

    /// Writes the problem to standard error, as a line, and on a terminal with the part of the
    /// input.
    fn tell(&self) {
        match &self.excerpt {
            Some(excerpt) => {
                let stderr = io::stderr();
                let colors = style::colors(&stderr);
                let mut stderr = AutoStream::new(stderr, colors);
                let _ = writeln!(stderr, "{}", excerpt.draw(&self.text));
            }
            None => tell(self.kind, &self.text),
        }
    }
}

/// Writes one line to standard error, in one piece. If that fails, only the exit status is left.
pub(crate) fn tell(kind: &str, text: impl Display) {
    let line = format!("{kind}: {text}\n");
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
