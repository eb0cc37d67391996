//! What one parse costs without a clock: `count WORK [--parses N]`.
//!
//! WORK is the name of an input, which is parsed as a response; `structures`, the rows of `list_10k` as structures, without the
//! parse; `stream_check_32` and `stream_wide`, a stream of that input; `command`, `form` and `encode_form`, the command with 8,192
//! tags read as a text, read as a form and written as one. It is done N times, once if nothing else is said. Under callgrind the
//! difference between `--parses 2` and `--parses 1` is the instructions of one parse, with what was set up once left out.

use std::hint::black_box;
use std::process::ExitCode;

use cnic_benches::commands::Tags;
use cnic_benches::streams::{self, Stream};
use cnic_benches::{inputs, responses};
use cnic_command::Command;
use cnic_command::form::Form;
use cnic_response::{Response, Responses};
use cnic_testkit::counting::{Counting, cost};

#[global_allocator]
static ALLOCATOR: Counting = Counting::new();

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let counted = match &*arguments {
        [work] => count(work, 1),
        [work, option, parses] if option == "--parses" => {
            parses.parse().ok().and_then(|parses| count(work, parses))
        }
        _ => None,
    };
    let Some(report) = counted else { return usage() };
    println!("{report}");
    ExitCode::SUCCESS
}

/// Does a work that often, and says what it cost.
fn count(work: &str, parses: u32) -> Option<String> {
    let spent = |text: &str, parse: &mut dyn FnMut()| {
        let ((), spent) = cost(|| (0..parses).for_each(|_| parse()));
        format!(
            "{work}: {} lines, {} bytes; parses: {parses}\n{} allocations, {} bytes held, {} at the peak",
            text.lines().count(),
            text.len(),
            spent.allocations,
            spent.live,
            spent.peak
        )
    };
    Some(match work {
        "command" => {
            let text = Tags::new().text;
            let mut kept = None;
            spent(&text, &mut || kept = black_box(Command::parse(&text).ok()))
        }
        "form" => {
            let body = Tags::new().body;
            let decoded = || Form::decode(body.as_bytes()).expect("a form");
            spent(&body, &mut || drop(black_box(decoded().command())))
        }
        "encode_form" => {
            let tags = Tags::new();
            let mut kept = None;
            spent(&tags.text, &mut || kept = Some(black_box(tags.encode_form())))
        }
        "structures" => {
            let text = inputs::named("list_10k")?.text;
            let response = Response::parse(&*text).ok()?;
            spent(&text, &mut || _ = black_box(responses::read_domains(&response)))
        }
        _ => match work.strip_prefix("stream_") {
            Some(name) => {
                let text = Stream::named(name)?.text;
                spent(&text, &mut || _ = black_box(Responses::new(&text).count()))
            }
            None => {
                let text = inputs::named(work)?.text;
                let mut kept = None;
                spent(&text, &mut || kept = black_box(Response::parse(&*text).ok()))
            }
        },
    })
}

fn usage() -> ExitCode {
    let hostile = inputs::hostile().map(|input| input.name.into_owned());
    let streams = streams::NAMES.map(|name| format!("stream_{name}"));
    let names = inputs::NAMES.map(String::from).into_iter().chain(hostile).chain(streams);
    let names: Vec<String> =
        names.chain(["structures", "command", "form", "encode_form"].map(String::from)).collect();
    eprintln!("usage: count WORK [--parses N], where WORK is one of {}", names.join(" "));
    ExitCode::from(2)
}
