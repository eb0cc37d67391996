#!/bin/sh
# read_to_vec returns two bytes for the one that was sent, because another crate wanted a feature
#
# Packages   ureq 3.5.2, with and without its feature charset
# Believed   read_to_vec() returns the bytes of the body. What turns text into UTF-8 is
#            read_to_string(), and it fails where a byte does not fit.
# Seen       With the feature charset, the byte fc under "text/plain; charset=iso-8859-1" is c3 bc
#            in read_to_vec() and in as_reader(). Features are those of all crates of a program, so
#            a dependency that turns it on changes the bytes that others read.
#            read_to_string() returns "?" for a byte that is no UTF-8 if the type begins with text/,
#            and fails for the same body under application/octet-stream.
# Matters    A program that decodes Latin-1 itself reads "Ã¼" for "ü" from the day on which a
#            dependency turns the feature on. A checksum or signature of the body does not fit.
#            With read_to_string a name with a wrong byte is another name, without an error.
# Input      A body of one byte, from a server on loopback.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1
mkdir "$work/src"
cat >"$work/Cargo.toml" <<'TOML'
[package]
name = "seen"
version = "0.0.0"
edition = "2021"

[features]
charset = ["ureq/charset"]

[dependencies]
ureq = { version = "=3.5.2", default-features = false }

[workspace]
TOML
cat >"$work/src/main.rs" <<'RS'
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

fn main() {
    for kind in ["text/plain; charset=iso-8859-1", "text/plain", "application/octet-stream"] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            for _ in 0..3 {
                let (mut stream, _) = listener.accept().unwrap();
                let _ = stream.read(&mut [0; 4096]);
                let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: 1\r\n");
                stream.write_all(head.as_bytes()).unwrap();
                stream.write_all(b"Connection: close\r\n\r\n\xfc").unwrap();
            }
        });
        let body = || ureq::get(&url).call().unwrap().into_body();
        let mut read = Vec::new();
        body().as_reader().read_to_end(&mut read).unwrap();
        println!("{kind}");
        println!("  vec {:02x?} reader {read:02x?}", body().read_to_vec().unwrap());
        println!("  string {:?}", body().read_to_string().map_err(|_| "no UTF-8"));
        server.join().unwrap();
    }
}
RS
(
    cd "$work"
    echo 'without charset' >seen
    cargo run --quiet >>seen
    echo 'with charset' >>seen
    cargo run --quiet --features charset >>seen
)

cat >"$work/expected" <<'TEXT'
without charset
text/plain; charset=iso-8859-1
  vec [fc] reader [fc]
  string Ok("?")
text/plain
  vec [fc] reader [fc]
  string Ok("?")
application/octet-stream
  vec [fc] reader [fc]
  string Err("no UTF-8")
with charset
text/plain; charset=iso-8859-1
  vec [c3, bc] reader [c3, bc]
  string Ok("ü")
text/plain
  vec [fc] reader [fc]
  string Ok("?")
application/octet-stream
  vec [fc] reader [fc]
  string Err("no UTF-8")
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
