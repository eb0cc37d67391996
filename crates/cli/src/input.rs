//! Where the bytes come from.

use std::borrow::Cow;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::output::visible;
use crate::progress::Progress;

/// The FILE that every subcommand reads.
#[derive(clap::Args)]
pub(crate) struct Input {
    /// The file to read; standard input if it is absent or `-`
    #[arg(value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
}

impl Input {
    /// Reads everything, but no more than a limit and a line end after it.
    ///
    /// What is longer is refused without reading on to its end, which may never come.
    pub(crate) fn read(&self, limit: u32) -> Result<Vec<u8>, Failure> {
        let mut source = self.open()?;
        let most = u64::from(limit) + 2;
        let expected = source.length.unwrap_or_default().min(most);
        let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or_default());
        source
            .by_ref()
            .take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| source.failure(&error))?;
        if bytes.len() as u64 > most { Err(Failure::TooLong) } else { Ok(bytes) }
    }

    /// Begins to read.
    pub(crate) fn open(&self) -> Result<Source, Failure> {
        match self.file.as_deref().filter(|file| *file != Path::new("-")) {
            Some(path) => {
                let name = visible(&path.to_string_lossy()).into_owned();
                let file = File::open(path).map_err(|error| unreadable(&name, &error))?;
                let metadata = file.metadata().ok().filter(|metadata| metadata.is_file());
                let length = metadata.map(|metadata| metadata.len());
                Ok(Source {
                    reader: Box::new(file),
                    name: name.into(),
                    length,
                    progress: Progress::new(length),
                    ended: false,
                })
            }
            None => {
                let stdin = io::stdin().lock();
                // Who types knows how far it is.
                let is_typed = stdin.is_terminal();
                Ok(Source {
                    reader: Box::new(stdin),
                    name: "standard input".into(),
                    length: None,
                    progress: if is_typed { Progress::hidden() } else { Progress::new(None) },
                    ended: false,
                })
            }
        }
    }
}

/// An input that is being read.
pub(crate) struct Source {
    reader: Box<dyn Read>,
    name: Cow<'static, str>,
    /// How long it was when it was opened, if it is a file.
    length: Option<u64>,
    progress: Progress,
    ended: bool,
}

impl Source {
    /// Tells standard error what is wrong with what was read.
    pub(crate) fn tell(&self, problem: impl Display) {
        self.progress.tell(problem);
    }

    /// Says which input could not be read.
    pub(crate) fn failure(&self, error: &io::Error) -> Failure {
        unreadable(&self.name, error)
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // A terminal would go on after its end.
        if self.ended {
            return Ok(0);
        }
        let length = self.reader.read(buffer)?;
        self.ended = length == 0 && !buffer.is_empty();
        self.progress.advance(length);
        Ok(length)
    }
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    Failure::Refused(format!("cannot read {name}: {error}"))
}

/// Takes away the LF or CRLF with which editors end a file; a form has no line ends.
pub(crate) fn without_line_end(bytes: &[u8]) -> &[u8] {
    let body = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    if body.len() < bytes.len() { body.strip_suffix(b"\r").unwrap_or(body) } else { body }
}
