//! Nothing in `testdata/` lies there unread, and no case is lost.

use std::fs;
use std::path::{Path, PathBuf};

use cnic_testkit::{corpus, oracle, table};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// Returns the tables and the other files, each by its path below `testdata/`.
fn testdata() -> (Vec<String>, Vec<String>) {
    let folder = root().join("testdata");
    let mut found = Vec::new();
    files(&folder, &mut found);
    let below = |path: &PathBuf| {
        let path = path.strip_prefix(&folder).expect("a path below it");
        path.to_str().expect("text").replace('\\', "/")
    };
    let mut names: Vec<String> = found.iter().map(below).collect();
    names.sort();
    names.into_iter().partition(|name| name.ends_with(".tsv"))
}

/// A table is read by the test that names it, and the cases of a folder by those that ask for all
/// of them. What belongs to no case of its folder, [`corpus::cases`] finds.
#[test]
fn every_file_is_read() {
    let mut sources = Vec::new();
    for name in ["cli", "registration", "response"] {
        files(&root().join("crates").join(name).join("tests"), &mut sources);
    }
    let tests: String =
        sources.iter().map(|path| fs::read_to_string(path).expect("a source")).collect();
    let (tables, others) = testdata();
    for table in tables {
        assert!(tests.contains(&format!("\"{table}\"")), "testdata/{table} is read by no test");
    }
    for file in others {
        let parts: Vec<&str> = file.split('/').collect();
        let read = match parts[..] {
            ["response", folder @ ("valid" | "stream"), _] => {
                tests.contains(&format!("\"response/{folder}\""))
            }
            ["fuzz", "seeds" | "regressions", target, _] => {
                oracle::ALL.iter().any(|(name, _)| *name == target)
            }
            ["README.md"] | ["fuzz", "cnic.dict" | "proptest-regressions.txt"] => true,
            _ => false,
        };
        assert!(read, "testdata/{file} is read by no test");
    }
}

/// Counts the inputs, with at least one expectation each.
#[test]
fn no_case_is_lost() {
    let (tables, others) = testdata();
    let rows: usize = tables.iter().map(|file| table::rows(file, 1).len()).sum();
    let responses =
        |folder| corpus::cases(folder, "rsp", &["json", "strict", "jsonl", "err"]).len();
    let responses = responses("response/valid") + responses("response/stream");
    let replayed = others.iter().filter(|file| file.matches('/').count() == 3).count();
    assert!(rows >= 1_844, "only {rows} rows in tables");
    assert!(responses >= 187, "only {responses} responses in files");
    assert!(replayed >= 62, "only {replayed} seeds and regressions");
}
