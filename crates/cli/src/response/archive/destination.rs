//! Where an archive goes once it is complete.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, SpooledTempFile};

use super::interrupt;
use crate::failure::Failure;
use crate::output;
use crate::visible::visible;

/// How much of an archive for standard output is held in memory.
const IN_MEMORY: usize = 1 << 20;

/// Where an archive is written, and where it goes at the end.
pub(super) struct Destination {
    held: Held,
    end: End,
}

/// The archive so far.
pub(super) enum Held {
    /// A file of another name, in the folder of the one that it replaces.
    Beside(NamedTempFile),
    /// A file without a name, or memory.
    Unnamed(SpooledTempFile),
}

enum End {
    /// The file of this name.
    File(PathBuf),
    /// What has this name and is no file, such as a named pipe: it is written to.
    Device(PathBuf),
    Stdout,
}

impl Destination {
    /// Begins an archive for a file, or for standard output.
    pub(super) fn new(path: Option<&PathBuf>) -> Result<Self, Failure> {
        let Some(path) = path else {
            if io::stdout().is_terminal() {
                let problem = "a terminal cannot show this format: give a file with -o FILE";
                return Err(Failure::Refused(problem.to_owned()));
            }
            return Ok(Self { held: unnamed(), end: End::Stdout });
        };
        let failure = |error: io::Error| unwritable(path, &error);
        let existing = fs::metadata(path).ok();
        match &existing {
            Some(metadata) if metadata.is_dir() => {
                return Err(failure(io::ErrorKind::IsADirectory.into()));
            }
            Some(metadata) if !metadata.is_file() => {
                return Ok(Self { held: unnamed(), end: End::Device(path.clone()) });
            }
            _ => {}
        }
        // A link is left as it is: the file that it leads to is replaced.
        let path = match (&existing, path.read_link()) {
            (Some(_), _) => path.canonicalize().map_err(failure)?,
            // There is no such file yet.
            (None, Ok(target)) => path.with_file_name(target),
            (None, Err(_)) => path.clone(),
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let file = beside(folder.unwrap_or_else(|| Path::new("."))).map_err(failure)?;
        if let Some(existing) = existing {
            file.as_file().set_permissions(existing.permissions()).map_err(failure)?;
        }
        interrupt::remove(file.path()).map_err(failure)?;
        Ok(Self { held: Held::Beside(file), end: End::File(path) })
    }

    /// Returns where to write.
    pub(super) fn split(self) -> (BufWriter<Held>, Commit) {
        (BufWriter::new(self.held), Commit(self.end))
    }
}

/// What is to be done with an archive that is complete.
pub(super) struct Commit(End);

impl Commit {
    /// Says that the archive could not be written.
    pub(super) fn failure(&self, error: &io::Error) -> Failure {
        match &self.0 {
            End::File(path) | End::Device(path) => unwritable(path, error),
            End::Stdout => Failure::Refused(format!("cannot write: {error}")),
        }
    }

    /// Puts the archive where it goes.
    pub(super) fn commit(self, held: Held) -> Result<(), Failure> {
        match (&self.0, held) {
            (End::File(path), Held::Beside(file)) => {
                file.persist(path).map(drop).map_err(|error| self.failure(&error.error))
            }
            (End::Device(path), held) => {
                let write = || copy(held, &mut File::options().write(true).open(path)?);
                write().map_err(|error| self.failure(&error))
            }
            (_, held) => output::plain(|out| Ok(copy(held, out)?)),
        }
    }
}

fn copy(held: Held, out: &mut impl Write) -> io::Result<()> {
    match held {
        Held::Beside(file) => io::copy(&mut file.reopen()?, out)?,
        Held::Unnamed(mut file) => {
            file.rewind()?;
            io::copy(&mut file, out)?
        }
    };
    out.flush()
}

fn unnamed() -> Held {
    Held::Unnamed(SpooledTempFile::new(IN_MEMORY))
}

/// Creates a file with a name that is not in use.
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".cnic-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any file that is created: less what the user's mask takes away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    // What tempfile says has the name of this file, which nobody has asked for.
    fs::metadata(folder)?;
    builder.tempfile_in(folder).map_err(|error| error.kind().into())
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::Refused(format!("cannot write {}: {error}", visible(&path.to_string_lossy())))
}

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Beside(file) => file.as_file_mut().write(bytes),
            Self::Unnamed(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
