//! Where rows are written.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use datafusion::execution::SendableRecordBatchStream;
use futures::StreamExt;

use crate::failure::Failure;
use crate::format::{Format, RowWriter};

/// Writes all rows to a file that gets its name when it is whole.
pub(crate) async fn to_file(
    path: &Path,
    rows: SendableRecordBatchStream,
    format: Format,
) -> Result<(), Failure> {
    let failed = |error| Failure::usage(format!("{}: {error}", path.display()));
    // A device or a pipe is not replaced.
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        let file = File::options().write(true).open(path).map_err(failed)?;
        return write(file, rows, format).await.map(drop);
    }
    let beside = Beside::new(path);
    let file = File::create_new(&beside.path).map_err(failed)?;
    write(file, rows, format).await?.sync_all().map_err(failed)?;
    fs::rename(&beside.path, path).map_err(failed)
}

/// Writes all rows to standard output, once there are no more errors to come.
pub(crate) async fn to_stdout(
    rows: SendableRecordBatchStream,
    format: Format,
) -> Result<(), Failure> {
    let mut file = write(tempfile::tempfile()?, rows, format).await?;
    file.rewind()?;
    let mut out = io::stdout().lock();
    match io::copy(&mut file, &mut out).and_then(|_| out.flush()) {
        // Whoever reads has enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(|error| Failure::usage(format!("standard output: {error}"))),
    }
}

async fn write(
    file: File,
    mut rows: SendableRecordBatchStream,
    format: Format,
) -> Result<File, Failure> {
    let mut writer = RowWriter::new(format, BufWriter::new(file), rows.schema())?;
    while let Some(batch) = rows.next().await {
        writer.write(batch?)?;
    }
    let file = writer.finish()?.into_inner();
    file.map_err(|error| Failure::usage(error.to_string()))
}

/// A name in the same folder, which is free again if the work fails.
struct Beside {
    path: PathBuf,
}

impl Beside {
    fn new(path: &Path) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Self { path: path.with_file_name(format!(".{name}.{}.partial", std::process::id())) }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // Renamed, as a rule.
        let _ = fs::remove_file(&self.path);
    }
}
