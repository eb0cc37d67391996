//! What fuzzing once found, and what it starts from, through the oracles.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use cnic_testkit::oracle;

fn names(folder: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let entries =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect()
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
            let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../../testdata/fuzz")
                .join(kind)
                .join(name);
            for entry in fs::read_dir(folder).into_iter().flatten() {
                oracle(&fs::read(entry.expect("an entry").path()).expect("a file"));
                replayed += 1;
            }
        }
    }
    assert!(replayed >= oracle::ALL.len());
}
