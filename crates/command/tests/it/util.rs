//! What the integration tests share.

use core::fmt::Write;

use cnic_command::form::Form;
use cnic_command::{Command, ErrorKind, Violation, ViolationKind};

/// Reads a text that must be a command.
#[track_caller]
pub(crate) fn command(text: &str) -> Command<'_> {
    match Command::parse(text) {
        Ok(command) => command,
        Err(error) => panic!("not a command: {error}"),
    }
}

/// Reads a body that must be a form.
#[track_caller]
pub(crate) fn form(body: &str) -> Form<'_> {
    match Form::decode(body.as_bytes()) {
        Ok(form) => form,
        Err(error) => panic!("not a form: {error}"),
    }
}

/// Builds a command of parameters that must be fine.
#[track_caller]
pub(crate) fn built(name: &str, parameters: &[(&str, &str)]) -> Command<'static> {
    let mut command = Command::new(name).expect("a name");
    for &(key, value) in parameters {
        command.set(key, value).expect("a parameter");
    }
    command.into_owned()
}

/// Reads a text that must not be a command; returns what was wrong, and the line and byte.
#[track_caller]
pub(crate) fn refusal(text: &str) -> (ErrorKind, usize, usize) {
    let error = Command::parse(text).expect_err("must be refused");
    (error.kind(), error.position().line(), error.position().byte())
}

/// Writes a command as its canonical text.
pub(crate) fn text(command: &Command<'_>) -> String {
    String::from(command.encode())
}

/// Returns the keys in order.
pub(crate) fn keys<'c>(command: &'c Command<'_>) -> Vec<&'c str> {
    command.parameters().map(|(key, _)| key).collect()
}

/// Returns a series as indices and values.
pub(crate) fn series<'c>(command: &'c Command<'_>, family: &str) -> Vec<(u32, &'c str)> {
    command.series(family).iter().collect()
}

/// Returns what the tag rules find, with the lines.
pub(crate) fn violations(command: &Command<'_>) -> Vec<(ViolationKind, Option<usize>)> {
    let mut all: Vec<Violation> = Vec::new();
    command.check(&mut all);
    all.iter().map(|found| (found.kind(), found.position().map(|place| place.line()))).collect()
}

/// Writes the lines of a series: `KEY0=value0`, `KEY1=value1`, .., each with an LF before it.
pub(crate) fn lines(family: &str, count: usize) -> String {
    let mut lines = String::new();
    for n in 0..count {
        write!(lines, "\n{family}{n}=value{n}").expect("a string takes any text");
    }
    lines
}

/// Numbers that look random and are the same in every run (xorshift).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    fn word(&mut self, alphabet: &[char], longest: usize) -> String {
        (0..self.below(longest + 1)).map(|_| alphabet[self.below(alphabet.len())]).collect()
    }

    /// Makes a command of up to 12 parameters. Its values hold all that has a meaning somewhere else.
    pub(crate) fn command(&mut self) -> Command<'static> {
        let legal: Vec<char> = ('0'..='9').chain('a'..='z').chain('A'..='Z').collect();
        let inner: Vec<char> =
            "aZ09 \t==&&%%++;:!'()[]{}*~/\\\"#?,\u{1}\u{7f}\u{85}\u{a0}ßü…🌐".chars().collect();
        let mut command = Command::new(self.word(&legal, 12) + "-_x").expect("a name");
        for _ in 0..self.below(13) {
            let key = match self.below(4) {
                0 => format!("NameServer{}", self.below(14)),
                1 => format!("X-Fee_{}", self.below(3)),
                _ => self.word(&legal, 6) + "K",
            };
            let value = self.word(&inner, 20);
            command.set(key, value.trim_matches([' ', '\t']).to_owned()).expect("a parameter");
        }
        command
    }
}
