//! Answers that a test scripts, in front of those of the account.

pub(crate) mod answer;
pub(crate) mod case;

use std::fmt;
use std::time::Duration;

use cnic_command::Command;

use crate::http::outgoing::Cut;
use crate::script::answer::Answer;
use crate::script::case::Case;

/// What may have other cases before a request.
pub(crate) type Source = Box<dyn FnMut() -> Option<Vec<Case>> + Send>;

/// The cases of a test. The first one that fits a command and is not used up is taken.
#[derive(Default)]
pub(crate) struct Script {
    cases: Vec<Case>,
    pub(crate) source: Option<Source>,
}

/// What a case does to one command.
#[derive(Debug)]
pub(crate) struct Step {
    /// `None` for the answer of the account.
    pub(crate) answer: Option<Answer>,
    pub(crate) cut: Cut,
    pub(crate) delay: Duration,
    pub(crate) status: Option<u16>,
}

impl Script {
    pub(crate) fn push(&mut self, case: Case) {
        self.cases.push(case);
    }

    pub(crate) fn replace(&mut self, cases: Vec<Case>) {
        self.cases = cases;
    }

    /// Asks for other cases.
    pub(crate) fn refresh(&mut self) {
        if let Some(cases) = self.source.as_mut().and_then(|source| source()) {
            self.replace(cases);
        }
    }

    /// Takes a use of the first case that fits.
    pub(crate) fn find(&mut self, command: &Command<'_>, login: Option<&str>) -> Option<Step> {
        self.cases.iter_mut().find_map(|case| case.take(command, login))
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script").field("cases", &self.cases).finish_non_exhaustive()
    }
}
