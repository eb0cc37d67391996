//! `cnic command`: a command as text, form, JSON or redacted text.

mod streams;

use std::io::{self, Write};

use clap::ValueEnum;
use cnic_command::form::{Credentials, Form, is_transport};
use cnic_command::{Command, ErrorKind, Limits, Parser, Position, Violation};

use self::streams::{Commands, Forms};
use crate::convert::Outcome;
use crate::encoding::Encoding;
use crate::excerpt::Whole;
use crate::failure::{Failure, MAX_EXCERPTS, Problem};
use crate::form_span::form_span;
use crate::input::{Inputs, Place};
use crate::json;
use crate::line_end::without_line_end;
use crate::looks::Expected;
use crate::output;
use crate::stream::convert;

const NO_COMMAND: &str = "no command in the form (line 1, byte 0)";

/// Read commands, check them, and write them in another format
///
/// A command is text such as `COMMAND=StatusDomain` and `DOMAIN=example.com`, one parameter per line, or a form: the body of a
/// request, a URL, or a line of an access log. With --from form a URL in place of FILE is such a form; nothing is fetched.
///
/// With --all the input may hold any number of commands, or with --from form one per line. Nothing is
/// written before the last command is known to be good, unless --keep-going is given: the output is held back until then, in a
/// temporary file if it is longer than 1 MiB.
#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  $ cat command.txt
  command = AddDomain
  domain  = example.com
  auth    = secret
  DomainTag0 = red
  DomainTag02 = blue

  $ cnic command command.txt
  COMMAND=AddDomain
  domain=example.com
  auth=secret
  DomainTag0=red
  DomainTag02=blue

  $ cnic command --to redacted command.txt | grep auth
  auth=***

  $ cnic command --check command.txt
  error: `DomainTag` index has leading zeros (line 5, byte 76)

  $ echo 's_command=COMMAND%3DStatusDomain%0ADOMAIN%3Dexample.com' |
  >     cnic command --from form --to json
  {\"command\":\"StatusDomain\",\"params\":{\"DOMAIN\":\"example.com\"}}

  $ cnic command --from form 'https://api.example/?s_login=a&command=X&y=z'
  COMMAND=X
  y=z

  $ cnic command --all --from form --to redacted access.log   # safe to share
  [COMMAND]
  COMMAND=StatusDomain
  domain=example.com
  EOF
  [COMMAND]
  COMMAND=TransferDomain
  domain=example.net
  auth=***
  EOF")]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: Inputs,

    /// Input format
    #[arg(long, value_enum, default_value_t = Source::Text)]
    from: Source,

    /// Output format
    #[arg(long, value_enum, default_value_t = Target::Text)]
    to: Target,

    /// Check the tag parameters against the rules for each command
    #[arg(long)]
    check: bool,

    /// Write *** in place of passwords, auth codes, session IDs and tokens; for text, framed and json
    #[arg(long)]
    redact: bool,

    #[arg(long, help = "Accept a command that has [COMMAND] but no EOF, and may be cut off")]
    allow_truncated: bool,

    /// Encoding of the input
    #[arg(long, value_enum, default_value_t)]
    encoding: Encoding,

    #[arg(
        long,
        help = "Read any number of commands from each FILE; write text with [COMMAND] and EOF"
    )]
    all: bool,

    /// Write each command as it is read, and report each malformed one
    #[arg(long, requires = "all")]
    keep_going: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Source {
    /// One parameter per line
    Text,
    /// A form with the command in s_command, or with a field for each parameter
    Form,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Target {
    /// Canonical text: COMMAND first, then one parameter per line
    Text,
    #[value(help = "Canonical text between [COMMAND] and EOF")]
    Framed,
    /// A form body with the command in s_command
    Form,
    /// A form body with a field for each parameter
    Flat,
    /// One JSON object
    Json,
    /// Canonical text with *** for secrets, as text with --redact
    Redacted,
}

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    let parser = Parser::new().allow_truncated(args.allow_truncated);
    let redact = args.redact || args.to == Target::Redacted;
    if redact && matches!(args.to, Target::Form | Target::Flat) {
        // A form is a request, and one without its secrets is none.
        return Err(Failure::Refused("--redact writes text, framed or json".to_owned()));
    }
    let writer = Writer { to: args.to, redact, check: args.check, is_one_of_many: args.all };
    if args.all {
        let places = args.inputs.all();
        return match args.from {
            Source::Text => convert(&places, args.keep_going, false, || {
                Commands::new(parser, args.encoding, writer)
            }),
            Source::Form => {
                let places: Vec<_> = places.into_iter().map(Place::or_url).collect();
                convert(&places, args.keep_going, false, || Forms::new(args.encoding, writer))
            }
        };
    }
    let place = args.inputs.one()?;
    match args.from {
        Source::Text => {
            let bytes = place.read(Limits::DEFAULT.bytes)?;
            let text = args.encoding.text(&bytes);
            let whole = Whole::text(&text);
            let command = parser.parse_bytes(&text).map_err(|error| {
                let is_trailing = error.kind() == ErrorKind::TrailingData;
                Failure::malformed(error, whole, error.span())
                    .explained(Expected::Command(args.encoding), &bytes)
                    .with_help(is_trailing.then_some(MORE))
            })?;
            writer.print(&Credentials::new(), &command, Some(whole))
        }
        Source::Form => {
            let bytes = place.or_url().read(Limits::DEFAULT.bytes)?;
            let body = args.encoding.form(without_line_end(&bytes));
            print_form(&body, writer)
                .map_err(|failure| failure.explained(Expected::Form(args.encoding), &bytes))
        }
    }
}

/// What to do about a second command.
const MORE: &str = "--all reads all commands";

/// Writes the command of the only form.
fn print_form(body: &[u8], writer: Writer) -> Result<(), Failure> {
    let whole = Whole::form(body);
    let line = body.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let span = form_span(line).map_err(|problem| {
        Failure::malformed(format_args!("{problem} (line 1, byte 0)"), whole, 0..line.len())
    })?;
    // What is no line of a log is the form as a whole.
    let span = if span.len() == line.len() { 0..body.len() } else { span };
    if let Some(next) = next_line(body).filter(|_| span.len() < body.len()) {
        let problem = format!("text after the first line, use --all (line 2, byte {next})");
        return Err(Failure::malformed(problem, whole, next..next));
    }
    let form = Form::decode(&body[span.clone()]).map_err(|error| {
        let error = error.offset_by(Position::at_byte(span.start));
        Failure::malformed(error, whole, error.span())
    })?;
    // The text inside a form has lines and bytes of its own.
    let problem = |problem: String| Failure::Malformed(vec![Problem::new(problem)]);
    let command = form.command().map_err(|error| problem(error.to_string()))?;
    let command = command.ok_or_else(|| problem(NO_COMMAND.to_owned()))?;
    writer.print(form.credentials(), &command, None)
}

/// Returns where the second line begins, if there is more than blanks in it or after it.
fn next_line(body: &[u8]) -> Option<usize> {
    let next = body.iter().position(|&byte| byte == b'\n')? + 1;
    body[next..].iter().any(|byte| !byte.is_ascii_whitespace()).then_some(next)
}

/// Writes commands in another shape.
#[derive(Clone, Copy)]
struct Writer {
    to: Target,
    redact: bool,
    check: bool,
    /// Whether other commands follow: each has to say where it ends.
    is_one_of_many: bool,
}

impl Writer {
    /// Returns what is wrong with a command by the rules for tags, and for where it goes, and the byte at which that line starts.
    fn problems(
        self,
        credentials: &Credentials<'_>,
        command: &Command<'_>,
    ) -> Vec<(String, Option<usize>)> {
        let mut problems = Vec::new();
        if self.check {
            command.check(&mut |finding: Violation| {
                let byte = finding.position().map(|position| position.byte());
                problems.push((finding.to_string(), byte));
            });
        }
        if let (Target::Flat, Err(error)) = (self.to, credentials.flatten(command)) {
            let key = command.parameters().map(|(key, _)| key).find(|key| is_transport(key));
            let position = key.and_then(|key| command.position(key));
            let place = position.map(|position| format!(" ({position})")).unwrap_or_default();
            problems.push((format!("{error}{place}"), position.map(|position| position.byte())));
        }
        problems
    }

    /// Writes a command without problems, and a line end.
    fn write(
        self,
        out: &mut impl Write,
        credentials: &Credentials<'_>,
        command: &Command<'_>,
    ) -> io::Result<()> {
        match self.to {
            Target::Json if self.redact => json::write_line(out, &command.redacted()),
            _ if self.redact => {
                let text = command.redacted().to_string();
                let is_framed = self.is_one_of_many || self.to == Target::Framed;
                // One with a header is framed already.
                if is_framed && text.starts_with("COMMAND=") {
                    write!(out, "[COMMAND]\n{text}\nEOF\n")
                } else {
                    writeln!(out, "{text}")
                }
            }
            Target::Text if !self.is_one_of_many => writeln!(out, "{}", command.encode()),
            Target::Text | Target::Framed | Target::Redacted => {
                write!(out, "{}", command.encode().framed())
            }
            Target::Form => writeln!(out, "{}", credentials.wrap(command)),
            Target::Flat => {
                let body = credentials.flatten(command).map_err(io::Error::other)?;
                writeln!(out, "{body}")
            }
            Target::Json => json::write_line(out, command),
        }
    }

    /// Writes one command to standard output, unless something is wrong with it.
    fn print(
        self,
        credentials: &Credentials<'_>,
        command: &Command<'_>,
        whole: Option<Whole<'_>>,
    ) -> Result<(), Failure> {
        let problems = self.problems(credentials, command);
        if problems.is_empty() {
            return output::plain(|out| Ok(self.write(out, credentials, command)?));
        }
        let problem = |(number, (text, byte))| match (whole, byte) {
            // All of the line.
            (Some(whole), Some(byte)) if number < MAX_EXCERPTS => {
                Problem::of(text, whole, byte..usize::MAX)
            }
            _ => Problem::new(text),
        };
        Err(Failure::Malformed(problems.into_iter().enumerate().map(problem).collect()))
    }

    /// Writes one command of a stream, unless something is wrong with it.
    fn next(
        self,
        out: Option<&mut impl Write>,
        credentials: &Credentials<'_>,
        command: &Command<'_>,
    ) -> io::Result<Outcome> {
        let problems = self.problems(credentials, command);
        if !problems.is_empty() {
            return Ok(Outcome::Bad(problems.into_iter().map(|(text, _)| text).collect()));
        }
        out.map_or(Ok(()), |out| self.write(out, credentials, command))?;
        Ok(Outcome::Good)
    }
}
