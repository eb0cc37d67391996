//! `cnic register`: a Toolkit registration, validated.

use std::io::Write;
use std::ops::Range;

use clap::ValueEnum;
use cnic_registration::{
    AllowedSuffixes, Described, Draft, ErrorKind, Limits, Lint, Policy, Registration, SuffixSet,
    Violation,
};
use serde::Serialize;

use crate::excerpt::Whole;
use crate::failure::{Failure, MAX_EXCERPTS, Problem};
use crate::input::{Input, without_line_end};
use crate::json;
use crate::output;
use crate::visible::visible;

/// Check a Toolkit registration, and write its canonical form
///
/// The input is the body of a `register` form: user=..&password=..&domain=example&suffix=uk.com&.. All violations are reported,
/// one a line.
#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  $ cat body.txt
  domain=Example&suffix=uk.com&user=H1&password=secret&chandle=H1&thandle=H2

  $ cnic register body.txt
  user=H1&password=secret&domain=example&suffix=uk.com&chandle=H1&thandle=H2

  $ echo 'domain=-example&suffix=uk.com&user=H1&password=p&chandle=H1' > bad.txt
  $ cnic register bad.txt
  error: domain: label 1 starts with a hyphen (line 1, byte 0)
  error: thandle: missing (line 1, byte 59)

  $ cnic register --format json bad.txt 2>/dev/null | grep -o '\"rule\":\"[^\"]*\"'
  \"rule\":\"LeadingHyphen\"
  \"rule\":\"Missing\"")]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,

    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Form)]
    format: Format,

    /// Accept this suffix too, besides the built-in ones; may be given more than once
    #[arg(long, value_name = "NAME", conflicts_with = "any_suffix")]
    suffix: Vec<String>,

    /// Accept any well-formed suffix
    #[arg(long)]
    any_suffix: bool,

    /// Accept labels in Unicode or beginning with xn--
    #[arg(long)]
    idn: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The canonical body of the form
    Form,
    /// One JSON object, also where there are violations
    Json,
}

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    let mut suffixes = SuffixSet::builtin();
    for name in &args.suffix {
        suffixes.insert(name).map_err(|error| {
            Failure::Refused(format!("--suffix `{}` is not a suffix: {error}", visible(name)))
        })?;
    }
    let suffixes = if args.any_suffix {
        AllowedSuffixes::AnyWellFormed
    } else {
        AllowedSuffixes::Set(&suffixes)
    };
    let policy = Policy::TOOLKIT.suffixes(suffixes).idn(args.idn);

    let bytes = match args.input.read(Limits::DEFAULT.bytes) {
        Err(Failure::TooLong) if args.format == Format::Json => {
            write_json(&Rejected::new(vec![Malformed::new(ErrorKind::ByteLimit, None)]))?;
            return Err(Failure::TooLong);
        }
        bytes => bytes?,
    };
    let body = without_line_end(&bytes);
    let whole = Whole::form(body);
    let draft = match Draft::from_form(body) {
        Ok(draft) => draft,
        Err(error) => {
            if args.format == Format::Json {
                let problem = Malformed::new(error.kind(), Some(error.span()));
                write_json(&Rejected::new(vec![problem]))?;
            }
            return Err(Failure::malformed(error, whole, error.span()));
        }
    };
    match policy.validate(&draft) {
        Ok(registration) if args.format == Format::Json => {
            write_json(&Accepted::new(&registration))
        }
        Ok(registration) => {
            output::plain(|out| Ok(writeln!(out, "{}", registration.encode_form())?))
        }
        Err(violations) => {
            if args.format == Format::Json {
                let located = |violation| {
                    let span = draft.span(violation).unwrap_or(body.len()..body.len());
                    let violation = draft.describe(violation);
                    Located { violation, span: [span.start, span.end] }
                };
                write_json(&Rejected::new(violations.iter().map(located).collect()))?;
            }
            let line = |(number, violation): (usize, &Violation)| {
                let at = draft.position(violation.field());
                // What is missing is missing at the end.
                let byte = at.map_or(body.len(), |position| position.byte());
                let span = draft.span(violation).unwrap_or(byte..byte);
                let violation = draft.describe(violation);
                let text = format!("{violation} (line 1, byte {byte})");
                if number < MAX_EXCERPTS {
                    Problem::of(text, whole, span)
                } else {
                    Problem::new(text)
                }
            };
            Err(Failure::Malformed(violations.iter().enumerate().map(line).collect()))
        }
    }
}

fn write_json(value: &impl Serialize) -> Result<(), Failure> {
    output::plain(|out| Ok(json::write_line(out, value)?))
}

/// A registration that is valid.
#[derive(Serialize)]
struct Accepted<'r> {
    ok: bool,
    #[serde(flatten)]
    registration: &'r Registration,
    lints: Vec<Lint>,
}

impl<'r> Accepted<'r> {
    fn new(registration: &'r Registration) -> Self {
        let mut lints = Vec::new();
        registration.lint(&mut lints);
        Self { ok: true, registration, lints }
    }
}

/// What is wrong with an input.
#[derive(Serialize)]
struct Rejected<V> {
    ok: bool,
    violations: Vec<V>,
}

impl<V> Rejected<V> {
    const fn new(violations: Vec<V>) -> Self {
        Self { ok: false, violations }
    }
}

/// A violation, and the bytes of the input that are wrong.
#[derive(Serialize)]
struct Located<'d> {
    #[serde(flatten)]
    violation: Described<'d>,
    span: [usize; 2],
}

/// Why an input is not a form at all.
#[derive(Serialize)]
struct Malformed {
    field: &'static str,
    rule: ErrorKind,
    message: String,
    /// Absent if the input was not read to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<[usize; 2]>,
}

impl Malformed {
    fn new(rule: ErrorKind, span: Option<Range<usize>>) -> Self {
        let span = span.map(|span| [span.start, span.end]);
        Self { field: "form", rule, message: rule.to_string(), span }
    }
}
