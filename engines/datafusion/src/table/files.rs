//! Which files a table has, and where they are split.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::common::{DataFusionError, Result, plan_datafusion_err, plan_err};

/// A file, or the bytes of it from one response to another.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) path: Arc<str>,
    pub(super) start: u64,
    /// `None` for the end of the file.
    pub(super) end: Option<u64>,
}

/// Finds the files of a path, which may be a folder or a pattern, in the order of their names.
pub(super) fn find(path: &str) -> Result<Vec<Part>> {
    let mut files = Vec::new();
    if fs::metadata(path).is_ok() {
        walk(Path::new(path), &mut Vec::new(), &mut files)?;
    } else {
        // At the end, `**` would be folders alone, without the files beside them.
        let pattern = if path.ends_with("**") { format!("{path}/*") } else { path.to_owned() };
        let options =
            glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
        let found = glob::glob_with(&pattern, options)
            .map_err(|error| plan_datafusion_err!("{path}: {error}"))?;
        for entry in found {
            let entry = entry.map_err(|error| plan_datafusion_err!("{path}: {error}"))?;
            walk(&entry, &mut Vec::new(), &mut files)?;
        }
    }
    if files.is_empty() {
        return plan_err!("{path}: no such file");
    }
    files.sort();
    // A pattern may fit both a folder and a file in it.
    files.dedup();
    let part = |path: String| Part { path: path.into(), start: 0, end: None };
    Ok(files.into_iter().map(part).collect())
}

/// Finds the files of a path that is in these folders.
fn walk(path: &Path, folders: &mut Vec<PathBuf>, files: &mut Vec<String>) -> Result<()> {
    let failed = |error| failed(&path.to_string_lossy(), error);
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_dir() {
        // A pipe gives its bytes once, and a table may be read twice.
        if !metadata.is_file() {
            return plan_err!("{}: neither a file nor a folder", path.display());
        }
        let Some(path) = path.to_str() else {
            return plan_err!("{}: the name is not UTF-8", path.display());
        };
        files.push(path.to_owned());
        return Ok(());
    }
    let folder = path.canonicalize().map_err(failed)?;
    if folders.contains(&folder) {
        return plan_err!("{}: a link to a folder that it is in", path.display());
    }
    folders.push(folder);
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            walk(&entry.path(), folders, files)?;
        }
    }
    folders.pop();
    Ok(())
}

impl Part {
    pub(super) fn is_compressed(&self) -> bool {
        self.path.ends_with(".gz") || self.path.ends_with(".zst")
    }

    /// Says of an error of a compressed file, unless it is one of the system, what it is about.
    pub(super) fn damage(&self, error: io::Error) -> io::Error {
        if !self.is_compressed() || error.raw_os_error().is_some() {
            return error;
        }
        io::Error::new(io::ErrorKind::InvalidData, format!("damaged compressed file: {error}"))
    }

    /// Splits a file of more than `size` bytes where an envelope begins.
    pub(super) fn split(&self, size: u64) -> Result<Vec<Self>> {
        let failed = |error| failed(&self.path, error);
        let len = fs::metadata(&*self.path).map_err(failed)?.len();
        let mut parts = vec![self.clone()];
        if self.is_compressed() || len <= size {
            return Ok(parts);
        }
        let mut file = BufReader::new(File::open(&*self.path).map_err(failed)?);
        let mut wanted = size;
        while wanted < len {
            let next = wanted.saturating_add(size);
            if let Some(start) = envelope(&mut file, wanted, next).map_err(failed)? {
                if let Some(last) = parts.last_mut() {
                    last.end = Some(start);
                }
                parts.push(Self { start, ..self.clone() });
            }
            wanted = next;
        }
        Ok(parts)
    }
}

/// How much of a line is read at once. An envelope does not begin with a longer one.
const PIECE: u64 = 64 << 10;

/// Finds the first `[RESPONSE]` that is a line of its own and begins in these bytes.
fn envelope(file: &mut BufReader<File>, from: u64, to: u64) -> io::Result<Option<u64>> {
    // The line that `from` is in the middle of: perhaps it begins there.
    let mut at = from - 1;
    file.seek(SeekFrom::Start(at))?;
    let mut piece = Vec::new();
    let mut is_start = false;
    while at < to {
        piece.clear();
        let len = file.by_ref().take(PIECE).read_until(b'\n', &mut piece)?;
        if len == 0 {
            break;
        }
        let len = len as u64;
        let is_end = piece.ends_with(b"\n") || len < PIECE;
        // A piece of a line may look like one.
        if is_start && is_end && piece.trim_ascii().eq_ignore_ascii_case(b"[RESPONSE]") {
            return Ok(Some(at));
        }
        is_start = piece.ends_with(b"\n");
        at += len;
    }
    Ok(None)
}

/// The error of a file, with its name.
pub(super) fn failed(path: &str, error: io::Error) -> DataFusionError {
    io::Error::new(error.kind(), format!("{path}: {error}")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: &[u8], len: u64) -> BufReader<File> {
        let mut file = tempfile::tempfile().expect("a file");
        io::Write::write_all(&mut file, bytes).expect("a file");
        file.set_len(len).expect("a file");
        BufReader::new(file)
    }

    #[test]
    fn an_envelope_begins_with_a_whole_line() {
        let text = b"EOF\n x[RESPONSE]\n[response] \r\ncode = 200\n";
        let mut short = file(text, text.len() as u64);
        for (from, found) in [(1, Some(17)), (6, Some(17)), (17, Some(17)), (18, None)] {
            assert_eq!(envelope(&mut short, from, 100).expect("it is read"), found, "{from}");
        }
        let line = [&b"\n[RESPONSE]"[..], &vec![b' '; 1 << 17], b"x\n[RESPONSE]\n"].concat();
        let mut long = file(&line, line.len() as u64);
        let found = envelope(&mut long, 1, u64::MAX).expect("it is read");
        assert_eq!(found, Some(line.len() as u64 - 11));
    }

    #[test]
    fn a_line_without_an_end_is_not_read_to_the_end_of_the_file() {
        let mut file = file(b"", 64 << 20);
        assert_eq!(envelope(&mut file, 1, 1 << 20).expect("it is read"), None);
        assert!(file.stream_position().expect("a place") <= (1 << 20) + PIECE);
    }
}
