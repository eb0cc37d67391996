#!/bin/sh
# With encoded brackets, serde_qs 1 reads a registration without its name servers
#
# Packages   serde_qs 0.15.0 and 1.1.3, form_urlencoded 1
# Believed   dns%5B%5D=a&dns%5B%5D=b, which is how a form encoder writes the field dns[] of the Toolkit,
#            is read like dns[]=a&dns[]=b, or is an error.
# Seen       0.15.0 says that the key has an encoded bracket. 1.1.3 says nothing: the two fields are
#            a key that nobody asked for, and with #[serde(default)] the list is empty.
#            dns%5B0%5D=.., as PHP clients write it, is lost in both versions. A list that starts
#            above 0 turned from a value into an error.
# Matters    A stub of the registry, or a proxy in front of it, that registers the domain with no
#            name servers and reports success.
# Input      The field dns[] of a registration, in the spellings that clients use.
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
old = { package = "serde_qs", version = "=0.15.0" }
new = { package = "serde_qs", version = "=1.1.3" }
form_urlencoded = "1"
serde = { version = "1", features = ["derive"] }

[workspace]
TOML
cat >"$work/src/main.rs" <<'RS'
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Registration {
    #[serde(default)]
    dns: Vec<String>,
}

fn show<E: std::fmt::Display>(result: Result<Registration, E>) -> String {
    match result {
        Ok(registration) => format!("{:?}", registration.dns),
        Err(error) => {
            let text = error.to_string();
            format!("error: {}", text.lines().next().unwrap_or_default())
        }
    }
}

fn main() {
    let mut encoder = form_urlencoded::Serializer::new(String::new());
    encoder.append_pair("dns[]", "a").append_pair("dns[]", "b");
    let encoded = encoder.finish();
    for form in [&*encoded, "dns[]=a&dns[]=b", "dns%5B0%5D=a&dns%5B1%5D=b", "dns[0]=a&dns[1]=b", "dns[1]=a&dns[2]=b"] {
        println!("{form}");
        println!("  0.15.0 {}", show(old::from_str(form)));
        println!("  1.1.3  {}", show(new::from_str(form)));
    }
}
RS
(cd "$work" && CARGO_TARGET_DIR="$work/target" cargo run --quiet >seen)

cat >"$work/expected" <<'TEXT'
dns%5B%5D=a&dns%5B%5D=b
  0.15.0 error: Multiple values for one key: "dns%5B%5D"
  1.1.3  []
dns[]=a&dns[]=b
  0.15.0 ["a", "b"]
  1.1.3  ["a", "b"]
dns%5B0%5D=a&dns%5B1%5D=b
  0.15.0 []
  1.1.3  []
dns[0]=a&dns[1]=b
  0.15.0 ["a", "b"]
  1.1.3  ["a", "b"]
dns[1]=a&dns[2]=b
  0.15.0 ["a", "b"]
  1.1.3  error: missing index, expected: 0 got 1
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
