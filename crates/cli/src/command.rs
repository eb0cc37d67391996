//! `cnic command`: a command as text, form, JSON or redacted text.

use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;
use cnic_command::form::{Credentials, Form, is_transport};
use cnic_command::{Command, Finding, Limits};

use crate::failure::Failure;
use crate::input::{Input, without_line_end};
use crate::output;

/// Read a command, check it, and write it in another shape
///
/// The command is text such as `COMMAND=StatusDomain` and `DOMAIN=example.com`, a parameter a line, or the body of a form.
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
  {\"command\":\"StatusDomain\",\"params\":{\"DOMAIN\":\"example.com\"}}")]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,

    /// What to read
    #[arg(long, value_enum, default_value_t = Source::Text)]
    from: Source,

    /// What to write
    #[arg(long, value_enum, default_value_t = Target::Text)]
    to: Target,

    /// Apply the rules of which command takes which tags
    #[arg(long)]
    check: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Source {
    /// A parameter a line
    Text,
    /// A form body with the command in s_command, or with a field for each parameter
    Form,
}

#[derive(Clone, Copy, ValueEnum)]
enum Target {
    /// Canonical text: COMMAND first, then a parameter a line
    Text,
    #[value(help = "Canonical text between [COMMAND] and EOF")]
    Framed,
    /// A form body with the command in s_command
    Form,
    /// A form body with a field for each parameter
    Flat,
    /// One JSON object
    Json,
    /// Canonical text with *** for secrets
    Redacted,
}

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    let bytes = args.input.read(Limits::DEFAULT.bytes)?;
    match args.from {
        Source::Text => {
            let command = Command::from_utf8(&bytes).map_err(Failure::malformed)?;
            convert(&args, &Credentials::new(), &command)
        }
        Source::Form => {
            let body = without_line_end(&bytes);
            let form = Form::decode(body).map_err(Failure::malformed)?;
            let command = form.command().map_err(Failure::malformed)?;
            let command = command
                .ok_or_else(|| Failure::malformed("no command in the form (line 1, byte 0)"))?;
            convert(&args, form.credentials(), &command)
        }
    }
}

fn convert(
    args: &Args,
    credentials: &Credentials<'_>,
    command: &Command<'_>,
) -> Result<(), Failure> {
    if args.check {
        let mut problems = Vec::new();
        command.check(&mut |finding: Finding| problems.push(finding.to_string()));
        if !problems.is_empty() {
            return Err(Failure::Malformed(problems));
        }
    }
    // Canonical text and forms have no final line end: it would become part of a request.
    let line_end = if io::stdout().is_terminal() { "\n" } else { "" };
    let mut out = output::plain();
    match args.to {
        Target::Text => write!(out, "{}{line_end}", command.encode())?,
        Target::Framed => write!(out, "{}", command.encode().framed())?,
        Target::Form => write!(out, "{}{line_end}", credentials.wrap(command))?,
        Target::Flat => {
            let body = credentials.flatten(command).map_err(|error| {
                let key = command.parameters().map(|(key, _)| key).find(|key| is_transport(key));
                let position = key.and_then(|key| command.position(key));
                let place = position.map(|position| format!(" ({position})")).unwrap_or_default();
                Failure::malformed(format!("{error}{place}"))
            })?;
            write!(out, "{body}{line_end}")?;
        }
        Target::Json => {
            serde_json::to_writer(&mut out, command).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Target::Redacted => write!(out, "{}{line_end}", command.redacted())?,
    }
    Ok(out.flush()?)
}
