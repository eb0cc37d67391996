#!/bin/sh
# One major version of arrow-csv later, a column of phone numbers is a column of floats
#
# Packages   arrow-csv 59.3.2 and 60.1.0
# Believed   A phone number in the form of EPP (+49.301234567) is text for the inference of types,
#            because of its plus sign, and stays so.
# Seen       59.3.2 reads it as Utf8, 60.1.0 as Float64: a number may now begin with a plus sign. +1, a
#            country code, changes from Utf8 to Int64. With the plus sign the last zeros are lost as
#            well, so two different numbers can become equal. The other cells of a contact list keep
#            their types.
# Matters    A Parquet file of contacts whose schema changes with cargo update, and numbers that
#            cannot be dialled.
# Input      One cell a column.
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
old = { package = "arrow-csv", version = "=59.3.2" }
new = { package = "arrow-csv", version = "=60.1.0" }

[profile.dev]
debug = false

[workspace]
TOML
cat >"$work/src/main.rs" <<'RS'
const CELLS: [&str; 6] = ["+49.301234567", "+49.301234500", "+1", "0049301234567", "49.301234567", "10117"];

fn main() {
    for cell in CELLS {
        let text = format!("cell\n{cell}\n");
        let old = old::reader::Format::default().with_header(true).infer_schema(text.as_bytes(), None);
        let new = new::reader::Format::default().with_header(true).infer_schema(text.as_bytes(), None);
        let (old, new) = (old.expect("a schema").0, new.expect("a schema").0);
        println!("{cell} {} {}", old.field(0).data_type(), new.field(0).data_type());
    }
}
RS
(cd "$work" && CARGO_TARGET_DIR="$work/target" cargo run --quiet >seen)

cat >"$work/expected" <<'TEXT'
+49.301234567 Utf8 Float64
+49.301234500 Utf8 Float64
+1 Utf8 Int64
0049301234567 Int64 Int64
49.301234567 Float64 Float64
10117 Int64 Int64
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
