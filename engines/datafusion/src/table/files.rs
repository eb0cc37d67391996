//! Which files a table has, and where they are split.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::path::Path;
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
        walk(Path::new(path), &mut files)?;
    } else {
        let found = glob::glob(path).map_err(|error| plan_datafusion_err!("{path}: {error}"))?;
        for entry in found {
            let entry = entry.map_err(|error| plan_datafusion_err!("{path}: {error}"))?;
            walk(&entry, &mut files)?;
        }
    }
    if files.is_empty() {
        return plan_err!("{path}: no such file");
    }
    files.sort();
    let part = |path: String| Part { path: path.into(), start: 0, end: None };
    Ok(files.into_iter().map(part).collect())
}

fn walk(path: &Path, files: &mut Vec<String>) -> Result<()> {
    let failed = |error| failed(&path.to_string_lossy(), error);
    if !fs::metadata(path).map_err(failed)?.is_dir() {
        let Some(path) = path.to_str() else {
            return plan_err!("{}: the name is not UTF-8", path.display());
        };
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            walk(&entry.path(), files)?;
        }
    }
    Ok(())
}

impl Part {
    pub(super) fn is_compressed(&self) -> bool {
        self.path.ends_with(".gz") || self.path.ends_with(".zst")
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

/// Finds the first `[RESPONSE]` that is a line of its own and begins in these bytes.
fn envelope(file: &mut BufReader<File>, from: u64, to: u64) -> io::Result<Option<u64>> {
    // The line that `from` is in the middle of: perhaps it begins there.
    let mut at = from - 1;
    file.seek(SeekFrom::Start(at))?;
    let mut line = Vec::new();
    while at < to {
        line.clear();
        let len = file.read_until(b'\n', &mut line)?;
        if len == 0 {
            break;
        }
        // The piece of a line in front may look like one.
        if at >= from && line.trim_ascii().eq_ignore_ascii_case(b"[RESPONSE]") {
            return Ok(Some(at));
        }
        at += len as u64;
    }
    Ok(None)
}

/// The error of a file, with its name.
pub(super) fn failed(path: &str, error: io::Error) -> DataFusionError {
    io::Error::new(error.kind(), format!("{path}: {error}")).into()
}
