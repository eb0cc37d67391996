//! The command line of the client.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use datafusion::prelude::ParquetReadOptions;
use log::LevelFilter;
use tempfile::NamedTempFile;

use crate::address::Address;
use crate::client::{Client, ClientError, Rows};
use crate::output::{self, Format};
use crate::{logger, run};

/// Runs a SQL query on a cluster and writes its result.
///
/// Files are read by the executors, under the paths that the query names:
///
///   cnic-cluster-sql "SELECT cnic_code(body), count(*) FROM '/data/archive.parquet' GROUP BY 1"
///
///   cnic-cluster-sql --table archive=/data/archive "SELECT id, cnic_error(body) FROM archive"
///
/// Nothing is written before the result is complete; until then it is held in memory. Exit status:
/// 0 done, 1 the query is not valid or failed, 2 wrong usage, no scheduler, no executor, or the
/// result cannot be written.
#[derive(Debug, Clone, Parser)]
#[command(name = "cnic-cluster-sql", version, term_width = 100, verbatim_doc_comment)]
#[non_exhaustive]
pub struct Options {
    /// The query; `-` reads it from standard input.
    pub sql: String,
    /// Where the scheduler is.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:50050")]
    pub scheduler: Address,
    /// A name for a Parquet file, or for a folder of them. Can be given more than once.
    #[arg(long, value_name = "NAME=PATH", value_parser = table)]
    pub table: Vec<(String, String)>,
    /// How to write the result.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: Format,
    /// File to write the result to. It is written under another name and renamed at the end.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Seconds to wait while the cluster has no executor.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub wait: u64,
    /// Seconds that the query may take as a whole.
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<u64>,
    /// What to write to standard error: off, error, warn, info, debug or trace. From info on, the
    /// messages may hold parts of the query.
    #[arg(long, value_name = "LEVEL", value_parser = logger::level, default_value = "off")]
    pub log: LevelFilter,
}

/// Splits the value of `--table`.
fn table(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once('=') {
        Some((name, path)) if !name.is_empty() && !path.is_empty() => {
            Ok((name.to_owned(), path.to_owned()))
        }
        _ => Err("expected NAME=PATH"),
    }
}

/// Runs the query of the options.
async fn query(options: Options, sql: String) -> Result<Rows, ClientError> {
    let mut client = Client::connect(options.scheduler).await?;
    client = client.with_wait(Duration::from_secs(options.wait));
    if let Some(seconds) = options.timeout {
        client = client.with_limit(Duration::from_secs(seconds));
    }
    for (name, path) in &options.table {
        client.context().register_parquet(name, path, ParquetReadOptions::default()).await?;
    }
    client.query(&sql).await
}

/// Writes the result to a file, or to standard output.
fn write(rows: &Rows, format: Format, path: Option<&Path>) -> io::Result<()> {
    let Some(path) = path else {
        // A value that cannot be written leaves nothing of the others.
        let mut output = Vec::new();
        output::write(rows, format, &mut output)?;
        let mut stdout = io::stdout().lock();
        stdout.write_all(&output)?;
        return stdout.flush();
    };
    let existing = fs::metadata(path).ok();
    // A device or a pipe is not replaced.
    if existing.as_ref().is_some_and(|found| !found.is_file()) {
        let mut output = BufWriter::new(File::options().write(true).open(path)?);
        output::write(rows, format, &mut output)?;
        return output.flush();
    }
    // Neither is a link, but the file that it leads to.
    let path = match (&existing, path.read_link()) {
        (Some(_), _) => path.canonicalize()?,
        // There is no such file yet.
        (None, Ok(target)) => path.with_file_name(target),
        (None, Err(_)) => path.to_owned(),
    };
    let mut output = BufWriter::new(beside(&path, existing.is_some())?);
    if let Some(existing) = existing {
        output.get_ref().as_file().set_permissions(existing.permissions())?;
    }
    output::write(rows, format, &mut output)?;
    let file = output.into_inner()?;
    file.as_file().sync_all()?;
    file.persist(path).map(drop::<File>).map_err(|error| error.error)
}

/// Creates a file with a name that is not in use, in the folder of another one.
fn beside(path: &Path, replaces: bool) -> io::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".cnic-").suffix(".partial");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any file that is created: less what the user's mask takes away. One that replaces
        // another may be nobody else's, so only its owner can open it until it has the permissions
        // of the other.
        let mode = if replaces { 0o600 } else { 0o666 };
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    // What tempfile says has the name of this file, which nobody has asked for.
    fs::metadata(folder)?;
    builder.tempfile_in(folder).map_err(|error| error.kind().into())
}

/// The program `cnic-cluster-sql`.
pub fn main() -> ExitCode {
    match execute(Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err((status, message)) => {
            // Nothing can be done if standard error is closed.
            let _ = writeln!(io::stderr(), "error: {message}");
            ExitCode::from(status)
        }
    }
}

/// Does what the options say. An error is an exit status and a message.
fn execute(options: Options) -> Result<(), (u8, String)> {
    logger::start(options.log);
    let sql = match options.sql.as_str() {
        "-" => {
            let mut sql = String::new();
            io::stdin().read_to_string(&mut sql).map_err(|error| (2, error.to_string()))?;
            sql
        }
        sql => sql.to_owned(),
    };
    let (format, path) = (options.format, options.output.clone());
    let rows = run::run(query(options, sql)).map_err(|error| (2, error.to_string()))?;
    let rows = rows.map_err(|error| match error {
        ClientError::Query(_) => (1, error.to_string()),
        _ => (2, error.to_string()),
    })?;
    match write(&rows, format, path.as_deref()) {
        // The reader, such as `head`, has seen enough.
        Err(error) if path.is_none() && error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(|error| {
            let name =
                path.map_or_else(|| "standard output".into(), |path| path.display().to_string());
            (2, format!("cannot write {name}: {error}"))
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch};

    use super::*;

    fn one() -> Rows {
        let cells: ArrayRef = Arc::new(Int64Array::from(vec![1]));
        let batch = RecordBatch::try_from_iter([("one", cells)]).unwrap();
        Rows { schema: batch.schema(), batches: vec![batch] }
    }

    #[test]
    fn a_file_is_replaced_at_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        for _ in 0..2 {
            write(&one(), Format::Csv, Some(&path)).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), "one\n1\n");
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let error = write(&one(), Format::Csv, Some(&folder.path().join("no/out.csv")));
        assert!(!error.unwrap_err().to_string().contains(".cnic-"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let folder = tempfile::tempdir().unwrap();
        let [file, other, link] = ["out", "other", "link"].map(|name| folder.path().join(name));
        fs::write(&file, "as it was").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("out", &link).unwrap();
        write(&one(), Format::Csv, Some(&link)).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "one\n1\n");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        fs::remove_file(&file).unwrap();
        write(&one(), Format::Csv, Some(&link)).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink() && file.is_file());

        // A new file is as any other.
        write(&one(), Format::Csv, Some(&other)).unwrap();
        fs::write(folder.path().join("usual"), "x").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&other), mode(&folder.path().join("usual")));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_is_written_to() {
        use std::os::unix::fs::FileTypeExt;

        // Another name of it: what replaced a device would replace this link.
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("full");
        std::os::unix::fs::symlink("/dev/full", &link).unwrap();
        let error = write(&one(), Format::Csv, Some(&link)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert!(fs::metadata(&link).unwrap().file_type().is_char_device());
    }
}
