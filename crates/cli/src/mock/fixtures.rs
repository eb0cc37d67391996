//! A folder of commands and the responses to them.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use cnic_command::Command;
use cnic_mock::Case;
use cnic_response::{NoteKind, Response};

use crate::failure::tell;
use crate::response::next_response;
use crate::visible::visible;

/// The pairs of a folder: `NAME.cmd`, and `NAME.rsp` or `NAME.raw`. Other files are not looked at.
#[derive(Debug)]
pub(crate) struct Fixtures {
    folder: PathBuf,
    /// The files as they were when they were read last; `None` if the folder could not be read.
    seen: Option<Vec<Stamp>>,
}

/// A file, and what changes if somebody writes to it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stamp {
    path: PathBuf,
    /// `None` if the file is gone already.
    written: Option<(SystemTime, u64)>,
}

impl Fixtures {
    pub(crate) const fn new(folder: PathBuf) -> Self {
        Self { folder, seen: None }
    }

    /// Returns whether the folder could be read the last time, whatever is in it.
    pub(crate) const fn is_readable(&self) -> bool {
        self.seen.is_some()
    }

    /// Returns the cases, in the order in which they are tried; or all faults of the folder.
    pub(crate) fn load(&mut self) -> Result<Vec<Case>, Vec<String>> {
        let files = list(&self.folder);
        self.read(files)
    }

    /// Returns the cases if the folder has changed. Faults are written to standard error, once for
    /// each change.
    pub(crate) fn reload(&mut self) -> Option<Vec<Case>> {
        let files = list(&self.folder);
        if files.as_ref().ok() == self.seen.as_ref() {
            return None;
        }
        match self.read(files) {
            Ok(cases) => Some(cases),
            Err(faults) => {
                faults.iter().for_each(|fault| tell("error", fault));
                tell("note", "the fixtures stay as they were");
                None
            }
        }
    }

    fn read(&mut self, files: io::Result<Vec<Stamp>>) -> Result<Vec<Case>, Vec<String>> {
        let files = match files {
            // What is written from here on is seen as a change the next time.
            Ok(files) => self.seen.insert(files),
            Err(error) => {
                self.seen = None;
                return Err(vec![unreadable(&self.folder, &error)]);
            }
        };
        let files: BTreeSet<_> = files.iter().map(|it| &*it.path).collect();
        let pairs: BTreeSet<_> = files.iter().map(|path| path.with_extension("cmd")).collect();
        let (mut cases, mut faults) = (Vec::new(), Vec::new());
        for path in &pairs {
            match (command(path), answer(path, &files)) {
                (Ok((case, parameters)), Ok(text)) => cases.push((parameters, case.answer(text))),
                (command, response) => {
                    faults.extend(command.err().into_iter().chain(response.err()));
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        // They are in order of their names, and stay so where the numbers are equal.
        cases.sort_by_key(|&(parameters, _)| Reverse(parameters));
        Ok(cases.into_iter().map(|(_, case)| case).collect())
    }
}

/// Returns the files of fixtures in order of their names.
fn list(folder: &Path) -> io::Result<Vec<Stamp>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if ["cmd", "rsp", "raw"].into_iter().any(|it| is(&path, it)) {
            let file = fs::metadata(&path).ok();
            let written = file.and_then(|file| Some((file.modified().ok()?, file.len())));
            files.push(Stamp { path, written });
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// Reads a command: the case for it, and how many parameters it has.
fn command(path: &Path) -> Result<(Case, usize), String> {
    let bytes = contents(path)?;
    let command = Command::from_utf8(&bytes).map_err(|error| format!("{}: {error}", name(path)))?;
    Ok((Case::of(&command), command.len()))
}

/// Reads what is sent byte for byte: a response, or anything.
fn answer(command: &Path, files: &BTreeSet<&Path>) -> Result<Vec<u8>, String> {
    let (response, raw) = (command.with_extension("rsp"), command.with_extension("raw"));
    if !files.contains(&*raw) {
        return self::response(&response);
    }
    if files.contains(&*response) {
        return Err(format!("{}: there is {} too", name(&raw), name(&response)));
    }
    contents(&raw)
}

fn response(path: &Path) -> Result<Vec<u8>, String> {
    let bytes = contents(path)?;
    let problem = |problem: &dyn Display| format!("{}: {problem}", name(path));
    let response = Response::from_utf8(&bytes).map_err(|error| problem(&error))?;
    let trailing = response.notes().iter().find(|note| note.kind() == NoteKind::TrailingData);
    let second = trailing.and_then(|note| next_response(&bytes, note.position()));
    match second {
        Some(place) => Err(problem(&format_args!("a second response ({place})"))),
        None => Ok(bytes),
    }
}

fn contents(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => format!("{}: missing, but its pair is there", name(path)),
        _ => unreadable(path, &error),
    })
}

fn is(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|it| it == extension)
}

fn name(path: &Path) -> String {
    visible(&path.to_string_lossy()).to_string()
}

fn unreadable(path: &Path, error: &io::Error) -> String {
    format!("cannot read {}: {error}", name(path))
}
