//! `cnic register`: a Toolkit registration, validated.

use std::io::{self, Write};
use std::ops::Range;

use clap::ValueEnum;
use cnic_registration::{
    AllowedSuffixes, Draft, ErrorKind, Field, Limits, Lint, ParseError, Policy, Registration,
    SuffixSet, Violation,
};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::excerpt::Whole;
use crate::failure::{Failure, MAX_EXCERPTS, Problem, TOO_LONG};
use crate::input::{Input, without_line_end};
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

    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Form)]
    format: Format,

    /// Take this suffix too, besides the built-in ones; may be given more than once
    #[arg(long, value_name = "NAME", conflicts_with = "any_suffix")]
    suffix: Vec<String>,

    /// Take any well-formed suffix
    #[arg(long)]
    any_suffix: bool,

    /// Take labels in Unicode or beginning with xn--
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
            write_json(&Refused { violations: &[Item::too_long()] })?;
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
                write_json(&Refused { violations: &[Item::of_form(error)] })?;
            }
            return Err(Failure::malformed(error, whole, error.span()));
        }
    };
    match policy.validate(&draft) {
        Ok(registration) if args.format == Format::Json => write_json(&Accepted(&registration)),
        Ok(registration) => {
            output::plain(|out| Ok(writeln!(out, "{}", registration.encode_form())?))
        }
        Err(violations) => {
            let item = |violation| Item::of_violation(violation, &draft, body.len());
            if args.format == Format::Json {
                let violations: Vec<_> = violations.iter().map(item).collect();
                write_json(&Refused { violations: &violations })?;
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
    output::plain(|out| {
        serde_json::to_writer(&mut *out, value).map_err(io::Error::from)?;
        Ok(writeln!(out)?)
    })
}

struct Accepted<'r>(&'r Registration);

impl Serialize for Accepted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let registration = self.0;
        let mut lints: Vec<Item> = Vec::new();
        registration.lint(&mut |lint: Lint| lints.push(Item::of_lint(&lint)));

        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("ok", &true)?;
        map.serialize_entry("domain", registration.label().as_str())?;
        map.serialize_entry("suffix", registration.suffix().as_str())?;
        map.serialize_entry("period", &registration.period().map(|period| period.years()))?;
        map.serialize_entry("test", &registration.test())?;
        map.serialize_entry("chandle", registration.chandle().as_str())?;
        map.serialize_entry("ahandle", &registration.ahandle().map(|handle| handle.as_str()))?;
        map.serialize_entry("thandle", registration.thandle().as_str())?;
        map.serialize_entry("bhandle", &registration.bhandle().map(|handle| handle.as_str()))?;
        map.serialize_entry("dns", &Servers(registration))?;
        map.serialize_entry("lints", &lints)?;
        map.end()
    }
}

struct Servers<'r>(&'r Registration);

impl Serialize for Servers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.name_servers().iter().map(Server))
    }
}

struct Server<'r>(&'r cnic_registration::NameServer);

impl Serialize for Server<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([
            ("host", Some(self.0.host().to_string())),
            ("ipv4", self.0.ipv4().map(|address| address.to_string())),
            ("ipv6", self.0.ipv6().map(|address| address.to_string())),
        ])
    }
}

struct Refused<'v> {
    violations: &'v [Item],
}

impl Serialize for Refused<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("ok", &false)?;
        map.serialize_entry("violations", self.violations)?;
        map.end()
    }
}

/// A violation or a lint, in words.
struct Item {
    field: String,
    rule: &'static str,
    message: String,
    /// The bytes of the input that are wrong. A lint has none: it is about the registration.
    span: Option<Range<usize>>,
}

impl Item {
    fn of_violation(violation: &Violation, draft: &Draft<'_>, end: usize) -> Self {
        let field = match violation.field() {
            Field::Unknown(place) => {
                let unknown =
                    usize::try_from(place).ok().and_then(|place| draft.unknown().get(place));
                unknown.map_or_else(|| violation.field().to_string(), ToString::to_string)
            }
            field => field.to_string(),
        };
        Self {
            field,
            rule: violation.rule().name(),
            message: violation.message().to_string(),
            span: Some(draft.span(violation).unwrap_or(end..end)),
        }
    }

    fn of_lint(lint: &Lint) -> Self {
        let (rule, message) = (lint.kind().name(), lint.kind().to_string());
        Self { field: lint.field().to_string(), rule, message, span: None }
    }

    fn of_form(error: ParseError) -> Self {
        let (rule, message) = (error.kind().name(), error.kind().to_string());
        Self { field: "form".to_owned(), rule, message, span: Some(error.span()) }
    }

    /// Of an input that was not read to its end.
    fn too_long() -> Self {
        let rule = ErrorKind::ByteLimit.name();
        Self { field: "form".to_owned(), rule, message: TOO_LONG.to_owned(), span: None }
    }
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("field", &self.field)?;
        map.serialize_entry("rule", self.rule)?;
        map.serialize_entry("message", &self.message)?;
        if let Some(span) = &self.span {
            map.serialize_entry("span", &[span.start, span.end])?;
        }
        map.end()
    }
}
