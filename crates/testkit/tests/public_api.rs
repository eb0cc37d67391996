//! The public API of the published crates: a snapshot of every item, and a count of the examples.
//!
//! The tests read the JSON that rustdoc writes, so they see what macros make and what a re-export
//! hides. They are ignored by default, since they document the crates once more; `.ci/public-api`
//! runs them.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The crates whose API is a promise. `cnic-text` is none of them: it is pinned to one version.
const CRATES: [&str; 5] =
    ["cnic-arrow", "cnic-command", "cnic-mock", "cnic-registration", "cnic-response"];

/// The least share of public methods and functions that have an example of their own.
const LEAST_EXAMPLES: f64 = 0.6;

#[test]
#[ignore = "documents the crates; run `.ci/public-api`"]
fn the_public_api_is_the_one_on_file() {
    let mut differences = String::new();
    for name in CRATES {
        let now = listing(name);
        let path = root().join("crates").join(folder(name)).join("public-api.txt");
        let before = fs::read_to_string(&path).unwrap_or_default();
        if now == before {
            continue;
        }
        let changes = changes(&before, &now);
        if env::var_os("BLESS").is_some() {
            if !before.is_empty() {
                assert_in_changelog(name, &changes);
            }
            fs::write(&path, &now).unwrap();
        } else {
            differences.push_str(&format!("{name}:\n{}", changes.join("\n")));
        }
    }
    assert!(
        differences.is_empty(),
        "the public API has changed; name the changes in CHANGELOG.md, then run \
         `BLESS=1 .ci/public-api`:\n{differences}"
    );
}

#[test]
#[ignore = "documents the crates; run `.ci/public-api`"]
fn public_items_have_examples() {
    for name in CRATES {
        let documented = Documented::count(&rustdoc_json(name));
        assert!(
            documented.types_without.is_empty(),
            "{name}: types without an example: {:?}",
            documented.types_without
        );
        assert!(documented.methods > 20, "{name}: {documented:?}");
        let share = documented.methods_with as f64 / documented.methods as f64;
        assert!(
            share >= LEAST_EXAMPLES,
            "{name}: {} of {} methods have an example",
            documented.methods_with,
            documented.methods
        );
        println!(
            "{name}: {} of {} methods have an example",
            documented.methods_with, documented.methods
        );
    }
}

/// How many public items have an example in their documentation.
#[derive(Debug, Default)]
struct Documented {
    types_without: Vec<String>,
    methods: usize,
    methods_with: usize,
}

impl Documented {
    fn count(json: &Path) -> Self {
        let json: Value = serde_json::from_str(&fs::read_to_string(json).unwrap()).unwrap();
        let mut counted = Self::default();
        for item in json["index"].as_object().unwrap().values() {
            // Items of impls of traits have the visibility `default`, and their docs are the trait's.
            if item["crate_id"] != 0 || item["visibility"] != "public" {
                continue;
            }
            let has_example = item["docs"].as_str().is_some_and(|docs| docs.contains("```"));
            let (kind, _) = item["inner"].as_object().unwrap().iter().next().unwrap();
            match kind.as_str() {
                "function" => {
                    counted.methods += 1;
                    counted.methods_with += usize::from(has_example);
                }
                "struct" | "enum" | "trait" | "type_alias" if !has_example => {
                    counted.types_without.push(item["name"].as_str().unwrap().to_owned());
                }
                _ => {}
            }
        }
        counted.types_without.sort();
        counted
    }
}

/// Returns the public items of a crate, one a line. What every type has, such as `impl<T> From<T> for
/// T`, is left out.
fn listing(name: &str) -> String {
    let api = public_api::Builder::from_rustdoc_json(rustdoc_json(name))
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()
        .unwrap();
    api.items().map(|item| format!("{item}\n")).collect()
}

/// Returns the lines that are in one of two listings, marked as in a diff.
fn changes(before: &str, now: &str) -> Vec<String> {
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = (before.lines().collect(), now.lines().collect());
    let gone = old.difference(&new).map(|line| format!("- {line}"));
    gone.chain(new.difference(&old).map(|line| format!("+ {line}"))).collect()
}

/// Fails unless each change is named in the changelog: the item itself, or the type that it belongs to.
fn assert_in_changelog(name: &str, changes: &[String]) {
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let unreleased = changelog.split("\n## ").find(|part| part.starts_with("Unreleased"));
    let words: BTreeSet<_> = words(unreleased.unwrap_or_default()).collect();
    let crate_path = name.replace('-', "_");
    for change in changes {
        // The paths of the crate in the line: `cnic_response::Column::len`. Its last two names tell.
        let named = change
            .split(|c: char| !(c.is_alphanumeric() || "_:".contains(c)))
            .filter(|path| path.starts_with(&crate_path))
            .flat_map(|path| path.rsplit("::").take(2))
            .any(|part| part != crate_path && words.contains(part));
        assert!(named, "{name}: not in the section `Unreleased` of CHANGELOG.md: {change}");
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// Documents a crate with all of its features, and returns where the JSON is.
///
/// The format is unstable: `RUSTC_BOOTSTRAP` lets a stable compiler write it. The folder is not the
/// usual one, because that variable would have everything in there built again.
fn rustdoc_json(name: &str) -> PathBuf {
    let target = root().join("target/public-api");
    let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["rustdoc", "--quiet", "--lib", "--all-features", "-p", name, "--target-dir"])
        .arg(&target)
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(root())
        .status()
        .unwrap();
    assert!(status.success(), "rustdoc failed for {name}");
    target.join("doc").join(name.replace('-', "_")).with_extension("json")
}

fn folder(name: &str) -> &str {
    name.trim_start_matches("cnic-")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
