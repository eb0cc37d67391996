//! `cnic mock`: a server that answers like the API, for tests.

mod fixtures;

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use cnic_mock::{MockServer, MockServerBuilder, Received};

use crate::failure::{Failure, Problem, tell};
use crate::mock::fixtures::Fixtures;
use crate::output;
use crate::visible::visible;

/// Serve a mock of the API on this machine, for tests
///
/// The first line of the output is the address for commands; registrations of the Toolkit go to
/// /srv/register there. Then there is a line for each request, without its secrets. The account
/// `mock` with the password `not-a-secret` has 100,000 domains. Changes are kept until the server
/// ends, which it does when it is interrupted (Ctrl-C, status 130).
///
/// With --fixtures, a command that has all parameters of NAME.cmd is answered with NAME.rsp,
/// whoever sends it; if several fit, with the one that has the most parameters, then the first by
/// name. NAME.raw stands in place of NAME.rsp for what is no response, such as half of one or the
/// error page of a proxy: it is sent as it is. Any other command is answered by the account. The
/// folder is read again before a request if its files have other modification times or lengths. If
/// it has a fault then, the fixtures stay as they were.
#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  $ timeout 2 cnic mock | sed 's/:[0-9][0-9]*/:PORT/'  # any port that is free
  http://127.0.0.1:PORT/api/call.cgi

  $ mkdir cases
  $ printf 'COMMAND=StatusDomain\\nDOMAIN=gone.example\\n' > cases/gone.cmd
  $ printf '[RESPONSE]\\ncode = 545\\n' > cases/gone.rsp
  $ printf 'COMMAND=StatusAccount\\n' > cases/busy.cmd
  $ cnic mock --fixtures cases
  error: cases/busy.rsp: missing, but its pair is there
  error: cases/gone.rsp: `[RESPONSE]` without `EOF` (line 2, byte 11)
  help: in place of NAME.rsp, a file NAME.raw may hold anything")]
pub(crate) struct Args {
    /// Port to listen on; 0 is any that is free
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// Address to listen on; others than loopback addresses let other machines send commands
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST),
        value_parser = address
    )]
    host: IpAddr,
    /// Folder of commands, NAME.cmd, and what they are answered with, NAME.rsp or NAME.raw
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    fixtures: Option<PathBuf>,
    /// Add the lines about requests to FILE, not to standard output
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    log: Option<PathBuf>,
}

/// Reads an address. The name that everybody has for the default one is the only name, since no other is looked up.
fn address(text: &str) -> Result<IpAddr, String> {
    if text.eq_ignore_ascii_case("localhost") {
        return Ok(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    text.parse().map_err(|_| "not an IP address".to_owned())
}

/// How many lines may wait for a reader of standard output.
const WAITING: usize = 1000;

pub(crate) fn run(args: Args) -> Result<(), Failure> {
    if !args.host.is_loopback() {
        tell("warning", format_args!("other machines can send commands to {}", args.host));
    }
    let mut server = MockServer::builder().address((args.host, args.port));
    if let Some(folder) = args.fixtures {
        server = with_fixtures(server, folder)?;
    }
    let lines;
    (server, lines) = match &args.log {
        Some(path) => (to_file(server, path)?, None),
        None => {
            let (server, lines) = to_channel(server);
            (server, Some(lines))
        }
    };
    let refused = |error| Failure::Refused(format!("cannot listen: {error}"));
    let server = server.start().map_err(refused)?;
    output::plain(|out| Ok(writeln!(out, "{}", server.url())?))?;
    if let Some(lines) = lines {
        write(lines);
    }
    // An interrupt ends the process, and with it the thread of the server.
    loop {
        thread::park();
    }
}

/// What to do with text that is no response.
const RAW: &str = "in place of NAME.rsp, a file NAME.raw may hold anything";

fn with_fixtures(
    mut server: MockServerBuilder,
    folder: PathBuf,
) -> Result<MockServerBuilder, Failure> {
    let mut fixtures = Fixtures::new(folder);
    let cases = fixtures.load().map_err(|faults| {
        if !fixtures.is_readable() {
            return Failure::Refused(faults.concat());
        }
        let is_raw = faults.iter().any(|fault| fault.contains(".rsp: "));
        let problems = faults.into_iter().map(Problem::new).collect();
        Failure::Malformed(problems).with_help(is_raw.then_some(RAW))
    })?;
    for case in cases {
        server = server.script(case);
    }
    Ok(server.script_from(move || fixtures.reload()))
}

/// Writes the line of a request before its response is sent, so that whoever has the response can
/// read the line.
fn to_file(server: MockServerBuilder, path: &Path) -> Result<MockServerBuilder, Failure> {
    let name = visible(&path.to_string_lossy()).to_string();
    let unwritable = move |error: &io::Error| format!("cannot write to {name}: {error}");
    let file = OpenOptions::new().append(true).create(true).open(path);
    let mut file: Option<File> = Some(file.map_err(|error| Failure::Refused(unwritable(&error)))?);
    Ok(server.on_request(move |request| {
        let written = file.as_mut().map_or(Ok(()), |file| file.write_all(line(request).as_bytes()));
        if let Err(error) = written {
            tell("error", unwritable(&error));
            file = None;
        }
    }))
}

/// Passes the lines on to [`write`]. A request does not wait for a reader of standard output: a
/// test may read the address and nothing else, and the pipe fills up.
fn to_channel(server: MockServerBuilder) -> (MockServerBuilder, Receiver<String>) {
    let (sender, lines) = mpsc::sync_channel(WAITING);
    let mut left_out: u64 = 0;
    let server = server.on_request(move |request| {
        if left_out > 0 && sender.try_send(format!("({left_out} requests left out)\n")).is_ok() {
            left_out = 0;
        }
        left_out += u64::from(sender.try_send(line(request)).is_err());
    });
    (server, lines)
}

fn line(request: &Received) -> String {
    format!("{}\n", visible(&request.to_string()))
}

/// Writes the lines to standard output as they come, until nobody reads them.
fn write(lines: Receiver<String>) {
    let mut stdout = io::stdout();
    for line in lines {
        if stdout.write_all(line.as_bytes()).and_then(|()| stdout.flush()).is_err() {
            return;
        }
    }
}
