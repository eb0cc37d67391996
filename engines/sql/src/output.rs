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
    let name = path.display().to_string();
    let failed = |error: io::Error| Failure::usage(error.to_string()).of_output(&name);
    let existing = fs::metadata(path).ok();
    // A device or a pipe is not replaced.
    if existing.as_ref().is_some_and(|found| !found.is_file()) {
        let file = File::options().write(true).open(path).map_err(failed)?;
        return write(file, &name, rows, format).await.map(drop);
    }
    // Neither is a link, but the file that it leads to.
    let path = match (&existing, path.read_link()) {
        (Some(_), _) => path.canonicalize().map_err(failed)?,
        // There is no such file yet.
        (None, Ok(target)) => path.with_file_name(target),
        (None, Err(_)) => path.to_owned(),
    };
    let beside = Beside::new(&path);
    let file = beside.create(existing.is_some()).map_err(failed)?;
    remove_when_stopped(&beside.path).map_err(failed)?;
    if let Some(existing) = existing {
        file.set_permissions(existing.permissions()).map_err(failed)?;
    }
    write(file, &name, rows, format).await?.sync_all().map_err(failed)?;
    fs::rename(&beside.path, path).map_err(failed)
}

/// Removes a file when the program is stopped by Ctrl-C or `kill`.
fn remove_when_stopped(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};

        // Not for a terminal that is closed: `nohup` has to work.
        for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
            let mut signals = signal(kind)?;
            let path = path.to_owned();
            tokio::spawn(async move {
                signals.recv().await;
                // Once the work is done there is no such file.
                let _ = fs::remove_file(path);
                std::process::exit(128 + kind.as_raw_value());
            });
        }
    }
    Ok(())
}

/// Writes all rows to standard output, once there are no more errors to come.
pub(crate) async fn to_stdout(
    rows: SendableRecordBatchStream,
    format: Format,
) -> Result<(), Failure> {
    let mut file = write(tempfile::tempfile()?, "standard output", rows, format).await?;
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
    name: &str,
    mut rows: SendableRecordBatchStream,
    format: Format,
) -> Result<File, Failure> {
    let failed = |failure: Failure| failure.of_output(name);
    let mut writer = RowWriter::new(format, BufWriter::new(file), rows.schema()).map_err(failed)?;
    while let Some(batch) = rows.next().await {
        writer.write(batch?).map_err(failed)?;
    }
    let file = writer.finish().map_err(failed)?.into_inner();
    file.map_err(|error| failed(Failure::usage(error.to_string())))
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

    /// Creates the file. One that replaces another may be nobody else's, so only its owner can open
    /// it until it has the permissions of the other.
    fn create(&self, replaces: bool) -> io::Result<File> {
        let mut options = File::options();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        if replaces {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        options.open(&self.path)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // Renamed, as a rule.
        let _ = fs::remove_file(&self.path);
    }
}
