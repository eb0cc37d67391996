//! What fuzzing once found, and what it starts from, through the oracles.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cnic_testkit::{corpus, oracle};

fn files(folder: &str) -> impl Iterator<Item = PathBuf> + use<> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry").path())
}

fn names(folder: &str) -> BTreeSet<String> {
    let name = |path: PathBuf| path.file_stem().expect("a name").to_string_lossy().into_owned();
    files(folder).map(name).collect()
}

#[test]
fn every_oracle_has_a_target_and_every_target_an_oracle() {
    let oracles: BTreeSet<String> =
        oracle::ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names("fuzz/fuzz_targets"), oracles);
    assert!(names("testdata/fuzz/regressions").is_subset(&oracles));
    assert_eq!(names("testdata/fuzz/seeds"), oracles);
}

#[test]
fn seeds_and_regressions_hold() {
    let mut replayed = 0;
    for (name, oracle) in oracle::ALL {
        for kind in ["seeds", "regressions"] {
            for path in files(&format!("testdata/fuzz/{kind}/{name}")) {
                oracle(&fs::read(path).expect("a file"));
                replayed += 1;
            }
        }
    }
    assert!(replayed >= oracle::ALL.len());
}

/// The fixtures are seeds of `.ci/fuzz` as well.
#[test]
fn fixtures_hold() {
    for (name, oracle) in oracle::ALL {
        let inputs = corpus::inputs(name);
        inputs.iter().for_each(|input| oracle(input));
        let at_least = match name {
            "command_form" => 171,
            "nameserver" => 190,
            "receipt" => 110,
            "registration_form" => 280,
            name if name.starts_with("command_") => 300,
            name if name.starts_with("response_") => 390,
            _ => 0,
        };
        assert!(inputs.len() >= at_least, "{name}: only {} inputs", inputs.len());
    }
}

#[test]
fn every_response_may_follow_itself() {
    for input in corpus::inputs("response_stream") {
        oracle::response_stream(&[&*input, &*input].concat());
    }
}
