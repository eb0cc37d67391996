#!/bin/sh
# Without vector instructions a vector of bytes is "all" true, although its last byte is not
#
# Packages   wide 0.7.33 and 1.7.1, built for wasm32 without simd128, and run by Node
# Believed   A crate of portable vectors gives the same answers where it has to do without vector
#            instructions; they are only slower.
# Seen       `i8x16::all` of 0.7.33 does not look at the last byte of each eight: it says that all are true
#            where byte 7 or 15 is not, and `any` misses the same two. 1.7.1 is right in each of them.
# Matters    Two texts that differ in their eighth byte are taken for one, on s390x or in WebAssembly,
#            by code whose tests pass on x86-64. We compare `move_mask` with 0xffff.
# Input      Vectors with one false among trues, and with one true among falses, at each of the 16 places.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rustup target add wasm32-unknown-unknown >/dev/null 2>&1
mkdir "$work/src"
cat >"$work/Cargo.toml" <<'TOML'
[package]
name = "lanes"
version = "0.0.0"
edition = "2021"

[lib]
crate-type = ["cdylib"]

[dependencies]
old = { package = "wide", version = "=0.7.33" }
new = { package = "wide", version = "=1.7.1" }
TOML
cat >"$work/src/lib.rs" <<'RUST'
macro_rules! lanes {
    ($name:ident, $wide:ident) => {
        /// The places at which `all` (0) sees a false among trues, and `any` (1) a true among falses.
        #[no_mangle]
        pub extern "C" fn $name(what: u32) -> u32 {
            let with = |place: usize, others, own| {
                let mut lanes = [others; 16];
                lanes[place] = own;
                $wide::i8x16::new(std::hint::black_box(lanes))
            };
            (0..16)
                .filter(|&place| match what {
                    0 => !with(place, -1, 0).all(),
                    _ => with(place, 0, -1).any(),
                })
                .fold(0, |seen, place| seen | 1 << place)
        }
    };
}

lanes!(wide_0, old);
lanes!(wide_1, new);
RUST
(cd "$work" && cargo build --quiet --release --target wasm32-unknown-unknown)
cat >"$work/seen.js" <<'JS'
const fs = require("fs");
const file = process.argv[2];
WebAssembly.instantiate(fs.readFileSync(file), {}).then(({ instance }) => {
  const unseen = (seen) => [...Array(16).keys()].filter((place) => !(seen & (1 << place)));
  for (const [version, lanes] of [["0.7.33", "wide_0"], ["1.7.1", "wide_1"]]) {
    for (const what of [0, 1]) {
      const places = unseen(instance.exports[lanes](what)).join(" and ");
      console.log(version, ["all", "any"][what], "misses", places || "nothing");
    }
  }
});
JS
node "$work/seen.js" "$work/target/wasm32-unknown-unknown/release/lanes.wasm" >"$work/seen"

cat >"$work/expected" <<'TEXT'
0.7.33 all misses 7 and 15
0.7.33 any misses 7 and 15
1.7.1 all misses nothing
1.7.1 any misses nothing
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
