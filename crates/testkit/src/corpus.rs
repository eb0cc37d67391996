//! The fixtures in `testdata/`: an input, and beside it, under the same name, what is expected of
//! it; and the inputs of all cases, for those who expect the same of each.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::table;

/// One input and where its expectations lie.
#[derive(Debug)]
pub struct Case {
    input: PathBuf,
}

/// Returns the cases of a folder below `testdata/`, by name: the files that end in `.input`, for an `input` such as `rsp`.
///
/// # Panics
///
/// Panics if the folder can't be read or has no case, or if it holds a file that belongs to none: one that has neither the
/// ending `input` nor an `input` beside it and an ending among `expectations`.
#[must_use]
pub fn cases(folder: &str, input: &str, expectations: &[&str]) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(folder);
    let entries =
        fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let files: BTreeSet<PathBuf> =
        entries.map(|entry| entry.expect("a folder entry").path()).collect();
    let ending =
        |file: &Path| file.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_owned();
    for file in &files {
        let expected = ending(file) == input
            || expectations.contains(&&*ending(file))
                && files.contains(&file.with_extension(input));
        assert!(expected, "{} belongs to no case", file.display());
    }
    let cases: Vec<_> = files.into_iter().filter(|file| ending(file) == input).collect();
    assert!(!cases.is_empty(), "no case in {}", folder.display());
    cases.into_iter().map(|input| Case { input }).collect()
}

/// Returns the inputs of the cases whose kind an oracle reads, by the oracle's name: those in files
/// and those in tables.
///
/// They are replayed by tests, and fuzzing starts from them.
///
/// # Panics
///
/// Panics if a file can't be read.
#[must_use]
pub fn inputs(oracle: &str) -> Vec<Vec<u8>> {
    let (folders, tables, column): (&[_], &[_], _) = match oracle {
        "command_form" => (&[], &["command/form_valid.tsv", "command/form_invalid.tsv"], "body"),
        "nameserver" => (
            &[],
            &["registration/name_servers.tsv", "registration/name_server_options.tsv"],
            "input",
        ),
        "receipt" => (&[], &["registration/receipts.tsv"], "text"),
        "registration_form" => (&[], &["registration/forms.tsv", "registration/lints.tsv"], "body"),
        _ if oracle.starts_with("command_") => {
            (&[], &["command/valid.tsv", "command/invalid.tsv", "command/check.tsv"], "input")
        }
        _ if oracle.starts_with("response_") => (
            &["response/valid", "response/stream"],
            &["response/invalid.tsv", "response/matrix.tsv"],
            "text",
        ),
        _ => (&[], &[], ""),
    };
    let files = folders.iter().flat_map(|folder| {
        cases(folder, "rsp", &["json", "strict", "jsonl", "err"]).into_iter().map(|it| it.bytes())
    });
    let rows = tables.iter().flat_map(|table| table::rows(table, 20));
    files.chain(rows.map(|row| row.bytes(column).to_owned())).collect()
}

impl Case {
    /// Returns the file of the input.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.input
    }

    /// Returns the input.
    ///
    /// # Panics
    ///
    /// Panics if the file can't be read.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        fs::read(&self.input).unwrap_or_else(|error| panic!("{}: {error}", self.input.display()))
    }

    /// Compares what came out with the expectation of that ending; `None` stands for no such file.
    ///
    /// Where the environment variable `BLESS` is `1` the expectation is rewritten instead.
    ///
    /// # Errors
    ///
    /// The two differ: the message shows both.
    ///
    /// # Panics
    ///
    /// Panics if an expectation can't be read or rewritten.
    pub fn expect(&self, ending: &str, actual: Option<&str>) -> Result<(), String> {
        let file = self.input.with_extension(ending);
        let expected =
            file.exists().then(|| fs::read_to_string(&file).expect("an expectation in UTF-8"));
        if expected.as_deref() == actual {
            return Ok(());
        }
        if std::env::var_os("BLESS").is_some_and(|bless| bless == "1") {
            match actual {
                Some(text) => fs::write(&file, text).expect("a writable testdata/"),
                None => fs::remove_file(&file).expect("a writable testdata/"),
            }
            return Ok(());
        }
        let show = |text: Option<&str>| text.unwrap_or("(no such file)").to_owned();
        Err(format!(
            "{}\n expected: {}\n   actual: {}",
            file.display(),
            show(expected.as_deref()),
            show(actual)
        ))
    }
}
