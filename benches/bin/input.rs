//! Writes an input to standard output, for other programs: `input NAME [text|json|csv]`.

use std::io::Write;
use std::process::ExitCode;

use cnic_benches::inputs;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (name, format) = match &*arguments {
        [name] => (name, "text"),
        [name, format] => (name, &**format),
        _ => return usage(),
    };
    let Some(input) = inputs::named(name) else { return usage() };
    let written = match (format, input.others) {
        ("text", _) => input.text,
        ("json", Some(others)) => others.json,
        ("csv", Some(others)) => others.csv,
        _ => return usage(),
    };
    match std::io::stdout().write_all(written.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: input {} [text|json|csv]", inputs::NAMES.join("|"));
    ExitCode::from(2)
}
