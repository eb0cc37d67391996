#!/bin/sh
# The form field years=5 is read as 0 where DefaultOnError stands for "0 if it is no number"
#
# Packages   serde_with 3.25.0; serde_urlencoded 0.7.1, envy 0.4.2, csv 1.4.0, serde_json 1.0.154
# Believed   #[serde_as(as = "DefaultOnError")] years: u32 is 5 for years=5, as it is without the
#            attribute, and 0 for years=x.
# Seen       In a form and in environment variables it is 0 for both, without an error. The adapter
#            puts the value aside before u32 asks for a number, and in these formats a value is a
#            text until it is asked for. csv guesses the type and JSON tells it, so there 5 is 5.
#            DefaultOnError<DisplayFromStr> is right where the other one is wrong, and the other way
#            round: 5 in a form and in variables, 0 in csv and JSON.
# Matters    A registration for 5 years that is read as one for 0, a limit or a price of 0. A test
#            with JSON does not show it.
# Input      The name years with the value 5, and with x.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
cat >"$work/Cargo.toml" <<'TOML'
[package]
name = "seen"
version = "0.0.0"
edition = "2021"

[dependencies]
csv = "=1.4.0"
envy = "=0.4.2"
serde = { version = "1", features = ["derive"] }
serde_json = "=1.0.154"
serde_urlencoded = "=0.7.1"
serde_with = "=3.25.0"

[workspace]
TOML
cat >"$work/src/main.rs" <<'RS'
use serde::de::DeserializeOwned;
use serde::Deserialize;
use serde_with::{serde_as, DefaultOnError, DisplayFromStr};

#[derive(Debug, Deserialize)]
struct Plain {
    years: u32,
}

#[serde_as]
#[derive(Debug, Deserialize)]
struct Lenient {
    #[serde_as(as = "DefaultOnError")]
    years: u32,
}

#[serde_as]
#[derive(Debug, Deserialize)]
struct LenientText {
    #[serde_as(as = "DefaultOnError<DisplayFromStr>")]
    years: u32,
}

/// Reads the value in each format; `-` is an error.
fn row<T: DeserializeOwned>(name: &str, value: &str, json: &str, years: fn(T) -> u32) {
    let form = serde_urlencoded::from_str(&format!("years={value}")).ok();
    let variables = envy::from_iter([("YEARS".to_owned(), value.to_owned())]).ok();
    let table = format!("years\n{value}\n");
    let line = csv::Reader::from_reader(table.as_bytes()).deserialize().next().and_then(Result::ok);
    let object = serde_json::from_str(&format!("{{\"years\":{json}}}")).ok();
    let cells = [form, variables, line, object].map(|it: Option<T>| it.map(years));
    let cells = cells.map(|it| it.map_or("-".to_owned(), |it| it.to_string()));
    println!("{name:<14} {value:<5} {:>4} {:>4} {:>4} {:>4}", cells[0], cells[1], cells[2], cells[3]);
}

fn main() {
    println!("{:<14} {:<5} form  env  csv json", "as", "value");
    for (value, json) in [("5", "5"), ("x", "\"x\"")] {
        row::<Plain>("u32", value, json, |it| it.years);
        row::<Lenient>("DefaultOnError", value, json, |it| it.years);
        row::<LenientText>("..<Display..>", value, json, |it| it.years);
    }
}
RS
(cd "$work" && cargo run --quiet >seen)

cat >"$work/expected" <<'TEXT'
as             value form  env  csv json
u32            5        5    5    5    5
DefaultOnError 5        0    0    5    5
..<Display..>  5        5    5    0    0
u32            x        -    -    -    -
DefaultOnError x        0    0    0    0
..<Display..>  x        0    0    0    0
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
