//! What one parse costs without a clock: `count list_10k [--parses N]`.
//!
//! It makes the input and parses it N times, once if nothing else is said. Under callgrind the difference between `--parses 1` and
//! `--parses 0` is the instructions of one parse.

use std::hint::black_box;
use std::process::ExitCode;

use cnic_benches::inputs;
use cnic_response::Response;
use cnic_testkit::counting::{Counting, cost};

#[global_allocator]
static ALLOCATOR: Counting = Counting::new();

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (name, parses) = match &*arguments {
        [name] => (name, Ok(1)),
        [name, option, number] if option == "--parses" => (name, number.parse::<u32>()),
        _ => return usage(),
    };
    let (Some(input), Ok(parses)) = (inputs::named(name), parses) else { return usage() };

    let (_kept, spent) = cost(|| {
        let mut kept = None;
        for _ in 0..parses {
            kept = Some(black_box(Response::parse(&*input.text).expect("a reply")));
        }
        kept
    });
    let (lines, bytes) = (input.lines(), input.text.len());
    println!("{name}: {lines} lines, {bytes} bytes; parses: {parses}");
    println!(
        "{} allocations, {} bytes held, {} at the peak",
        spent.allocations, spent.live, spent.peak
    );
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    let hostile = inputs::hostile().map(|input| input.name.into_owned());
    let names: Vec<String> = inputs::NAMES.map(String::from).into_iter().chain(hostile).collect();
    eprintln!("usage: count INPUT [--parses N], where INPUT is one of {}", names.join(" "));
    ExitCode::from(2)
}
