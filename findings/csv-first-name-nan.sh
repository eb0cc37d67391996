#!/bin/sh
# Rows of the csv crate, read into JSON values: the first name Nan and the label infinity become null
#
# Packages   csv 1.4.0, serde_json 1.0.154
# Believed   serde_json::Value is the type to use for "whatever is in the cell": text that is no
#            number stays text, and null stands for an empty cell at most.
# Seen       The reader guesses a type for each cell. It takes for a number what f64 parses, and f64
#            parses nan, inf and infinity in any case. JSON has no such numbers, so the value becomes
#            null, which is what an empty cell does not become ("" stays ""). A phone number in the
#            form of EPP becomes 49.3012345; "True" stays text, "true" does not.
# Matters    A contact called Nan loses her name between CSV and JSON; infinity.uk.com, nan.uk.com and
#            inf.uk.com lose their labels.
# Input      A CSV of contacts and labels, three rows.
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
serde_json = "=1.0.154"

[workspace]
TOML
cat >"$work/src/main.rs" <<'RS'
use std::collections::BTreeMap;

const ROWS: &str = "\
firstname,label,phone,lock
Nan,infinity,+49.3012345,true
Ada,INF,+44.2071234,True
Ida,10,,
";

fn main() {
    let mut reader = csv::Reader::from_reader(ROWS.as_bytes());
    for row in reader.deserialize() {
        let row: BTreeMap<String, serde_json::Value> = row.expect("a row");
        println!("{}", serde_json::to_string(&row).expect("JSON"));
    }
}
RS
(cd "$work" && CARGO_TARGET_DIR="$work/target" cargo run --quiet >seen)

cat >"$work/expected" <<'TEXT'
{"firstname":null,"label":null,"lock":true,"phone":49.3012345}
{"firstname":"Ada","label":null,"lock":"True","phone":44.2071234}
{"firstname":"Ida","label":10,"lock":"","phone":""}
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
