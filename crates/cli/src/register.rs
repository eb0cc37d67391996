//! `cnic register`: a Toolkit registration, validated.

use std::io::{self, Write};
use std::ops::Range;
use std::path::PathBuf;

use clap::ValueEnum;
use cnic_registration::{
    AllowedSuffixes, Described, Draft, ErrorKind, Limits, Lint, Policy, Registration, SuffixSet,
    Violation,
};
use serde::Serialize;

use crate::excerpt::Whole;
use crate::failure::{Failure, MAX_EXCERPTS, Problem, TOO_LONG};
use crate::input;
use crate::json;
use crate::line_end::without_line_end;
use crate::looks::{self, Expected};
use crate::output;
use crate::visible::visible;

/// Check a Toolkit registration, and write its canonical form
///
/// The input is the body of a `register` form: user=..&password=..&domain=example&suffix=uk.com&.. All violations are reported,
/// one a line. With several FILEs a line is written for each of them, in json also for those with violations; the others are
/// written only if there is no violation in any.
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
    /// Files to read, each with a form, also gzip or zstd, `-` for standard input [default: -]
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    files: Vec<PathBuf>,

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

    let (mut lines, mut problems) = (Vec::new(), Vec::new());
    for place in input::places(&args.files) {
        let checked = match place.read(Limits::DEFAULT.bytes) {
            Err(Failure::TooLong) => Checked::too_long()?,
            bytes => check(&bytes?, &policy, args.format)?,
        };
        if args.format == Format::Json || checked.problems.is_empty() {
            lines.extend(checked.line);
        }
        problems.extend(checked.problems.into_iter().map(|problem| place.problem(problem)));
    }
    if args.format == Format::Json || problems.is_empty() {
        output::plain(|out| Ok(out.write_all(&lines)?))?;
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::Malformed(problems)) }
}

/// What became of an input.
struct Checked {
    /// What is written of it: of one with violations if that is JSON.
    line: Vec<u8>,
    problems: Vec<Problem>,
}

impl Checked {
    /// Takes an input that was not read to its end.
    fn too_long() -> io::Result<Self> {
        let malformed = Malformed::new(ErrorKind::ByteLimit, None);
        let problems = vec![Problem::new(format!("{TOO_LONG} (line 1, byte 0)"))];
        Self::rejected(vec![malformed], problems)
    }

    fn rejected(violations: Vec<impl Serialize>, problems: Vec<Problem>) -> io::Result<Self> {
        let mut line = Vec::new();
        json::write_line(&mut line, &Rejected::new(violations))?;
        Ok(Self { line, problems })
    }
}

/// Checks the form of one input.
fn check(bytes: &[u8], policy: &Policy<'_>, format: Format) -> io::Result<Checked> {
    let body = without_line_end(bytes);
    let whole = Whole::form(body);
    let help = || looks::help(Expected::Registration, bytes).map(Problem::help);
    let draft = match Draft::from_form(body) {
        Ok(draft) => draft,
        Err(error) => {
            let malformed = Malformed::new(error.kind(), Some(error.span()));
            let problem = Problem::of(error, whole, error.span());
            let problems = std::iter::once(problem).chain(help()).collect();
            return Checked::rejected(vec![malformed], problems);
        }
    };
    match policy.validate(&draft) {
        Ok(registration) => {
            let mut line = Vec::new();
            match format {
                Format::Json => json::write_line(&mut line, &Accepted::new(&registration))?,
                Format::Form => writeln!(line, "{}", registration.encode_form())?,
            }
            Ok(Checked { line, problems: vec![] })
        }
        Err(violations) => {
            let located = |violation| {
                let span = draft.span(violation).unwrap_or(body.len()..body.len());
                let violation = draft.describe(violation);
                Located { violation, span: [span.start, span.end] }
            };
            let problem = |(number, violation): (usize, &Violation)| {
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
            let problems = violations.iter().enumerate().map(problem).chain(help()).collect();
            Checked::rejected(violations.iter().map(located).collect(), problems)
        }
    }
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
