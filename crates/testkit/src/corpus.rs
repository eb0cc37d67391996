//! The fixtures in `testdata/`: an input, and beside it, under the same name, what is expected of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

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
