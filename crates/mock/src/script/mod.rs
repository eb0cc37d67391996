//! Answers that a test scripts, in front of those of the account.

pub(crate) mod answer;
pub(crate) mod case;

use std::time::Duration;

use cnic_command::Command;

use crate::http::outgoing::Cut;
use crate::script::answer::Answer;
use crate::script::case::Case;

/// The cases of a test. The first one that fits a command and is not used up is taken.
#[derive(Debug, Default)]
pub(crate) struct Script {
    cases: Vec<Case>,
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

    /// Takes a use of the first case that fits.
    pub(crate) fn find(&mut self, command: &Command<'_>, login: Option<&str>) -> Option<Step> {
        self.cases.iter_mut().find_map(|case| case.take(command, login))
    }
}
