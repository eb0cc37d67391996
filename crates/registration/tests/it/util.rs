//! What the integration tests share.

use cnic_registration::{Draft, Limits, Parser, Policy, Registration, Violation};

/// The six required parameters.
pub(crate) const BASE: &str =
    "user=H12345&password=x&domain=example&suffix=uk.com&chandle=H1&thandle=H2";

/// The names of the parameters that may be given once, in the order in which they are written.
pub(crate) const SCALARS: [&str; 10] = [
    "test", "user", "password", "domain", "suffix", "chandle", "ahandle", "thandle", "bhandle",
    "period",
];

/// A parser with limits that no test reaches.
pub(crate) const HUGE: Parser = Parser::new()
    .limits(Limits::DEFAULT.bytes(u32::MAX).lines(u32::MAX).fields(u32::MAX).value(u32::MAX));

/// The reply to a registration that was made.
pub(crate) const DONE: &str = "Transaction-ID: 00d1f2a3b4c5d6e7f8091a2b3c4d5e6f\nStatus: 0\n\
    Message: Registration successfully completed\ndomain: example\nsuffix: uk.com\n\
    chandle: H12345\nahandle: H12345\nthandle: H12345\nbhandle: H12345\nregistrar: H12345\n\
    amount: 65.00\n";

/// The draft of [`BASE`].
pub(crate) fn base() -> Draft<'static> {
    let draft = Draft::default().user("H12345").password("x").domain("example").suffix("uk.com");
    draft.chandle("H1").thandle("H2")
}

/// Sets a parameter by its name.
pub(crate) fn set<'t>(draft: Draft<'t>, name: &str, value: &str) -> Draft<'t> {
    let value = value.to_owned();
    match name {
        "test" => draft.test(value),
        "user" => draft.user(value),
        "password" => draft.password(value),
        "domain" => draft.domain(value),
        "suffix" => draft.suffix(value),
        "chandle" => draft.chandle(value),
        "ahandle" => draft.ahandle(value),
        "thandle" => draft.thandle(value),
        "bhandle" => draft.bhandle(value),
        "period" => draft.period(value),
        "dns[]" => draft.name_server(value),
        _ => panic!("no such parameter: {name}"),
    }
}

/// Reads a body that must be a form.
#[track_caller]
pub(crate) fn form(body: &str) -> Draft<'_> {
    match HUGE.parse_form(body.as_bytes()) {
        Ok(draft) => draft,
        Err(error) => panic!("not a form: {error}"),
    }
}

/// Reads a body that must not be a form; returns what was wrong, and the byte.
#[track_caller]
pub(crate) fn form_error(body: impl AsRef<[u8]>) -> (&'static str, usize) {
    let error = Draft::from_form(body.as_ref()).expect_err("must be rejected");
    assert_eq!(error.position().line(), 1);
    (error.kind().name(), error.position().byte())
}

/// Validates a draft that must be valid.
#[track_caller]
pub(crate) fn valid(policy: &Policy<'_>, draft: &Draft<'_>) -> Registration {
    assert_eq!(found(policy, draft), [""; 0]);
    policy.validate(draft).expect("nothing was found")
}

/// Checks a draft in every way there is, and returns what all of them found.
#[track_caller]
pub(crate) fn check(policy: &Policy<'_>, draft: &Draft<'_>) -> Vec<Violation> {
    let mut all = Vec::new();
    policy.check(draft, &mut all);
    let mut first = None;
    policy.check(draft, &mut first);
    assert_eq!(first, all.first().copied());
    let mut count = 0;
    policy.check(draft, &mut |violation: Violation| {
        assert_eq!(violation, all[count]);
        count += 1;
    });
    assert_eq!(count, all.len());
    match policy.validate(draft) {
        Ok(_) => assert_eq!(all, []),
        Err(violations) => assert_eq!(violations.as_slice(), all),
    }
    assert!(all.is_sorted_by_key(Violation::field), "in the order of the fields: {all:?}");
    all
}

/// Checks a draft, and returns fields and rules.
#[track_caller]
pub(crate) fn found(policy: &Policy<'_>, draft: &Draft<'_>) -> Vec<String> {
    let in_words = |violation: &Violation| {
        let (field, rule) = (violation.field(), violation.rule().name());
        format!("{field} {rule}")
    };
    check(policy, draft).iter().map(in_words).collect()
}

/// Holds that a draft breaks these rules and no other.
#[track_caller]
pub(crate) fn finds(policy: &Policy<'_>, draft: &Draft<'_>, expected: &[&str]) {
    assert_eq!(found(policy, draft), expected);
}

/// A name of some length, of labels as long as may be.
pub(crate) fn name(length: usize) -> String {
    let mut name = vec!['s'; length];
    (63..length - 1).step_by(64).for_each(|dot| name[dot] = '.');
    name.into_iter().collect()
}

/// Numbers that look random and are the same in every run (xorshift).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    pub(crate) fn bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.bits() >> 33).expect("31 bits") % end
    }

    /// Returns true once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// Makes a string of `shortest` to `longest` characters.
    pub(crate) fn word(&mut self, alphabet: &[char], shortest: usize, longest: usize) -> String {
        let length = shortest + self.below(longest - shortest + 1);
        (0..length).map(|_| self.pick(alphabet)).collect()
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
