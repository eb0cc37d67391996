//! Where the bytes come from.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use crate::failure::{self, Failure};
use crate::progress::Progress;
use crate::visible::visible;

/// The FILE of a subcommand that reads one.
#[derive(clap::Args)]
pub(crate) struct Input {
    /// File to read, `-` for standard input [default: -]
    #[arg(value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
}

impl Input {
    /// Reads everything, as [`Place::read`] does.
    pub(crate) fn read(&self, limit: u32) -> Result<Vec<u8>, Failure> {
        Place { path: self.file.as_deref(), is_one_of_many: false }.read(limit)
    }
}

/// The FILEs of a subcommand that can read several.
#[derive(clap::Args)]
pub(crate) struct Inputs {
    /// Files to read, `-` for standard input; several need --all [default: -]
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    files: Vec<PathBuf>,
}

impl Inputs {
    /// Returns the only one.
    pub(crate) fn one(&self) -> Result<Place<'_>, Failure> {
        match &*self.files {
            [] => Ok(Place { path: None, is_one_of_many: false }),
            [file] => Ok(Place { path: Some(file), is_one_of_many: false }),
            _ => Err(Failure::Refused("more than one FILE needs --all".to_owned())),
        }
    }

    /// Returns each of them.
    pub(crate) fn all(&self) -> Vec<Place<'_>> {
        match self.one() {
            Ok(place) => vec![place],
            Err(_) => {
                let place = |path| Place { path: Some(path), is_one_of_many: true };
                self.files.iter().map(PathBuf::as_path).map(place).collect()
            }
        }
    }
}

/// A file, or standard input.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    path: Option<&'a Path>,
    is_one_of_many: bool,
}

impl<'a> Place<'a> {
    /// The place that an argument names: `-` is standard input.
    pub(crate) const fn new(path: &'a Path) -> Self {
        Self { path: Some(path), is_one_of_many: true }
    }

    /// Reads everything, but no more than a limit and a line end after it.
    ///
    /// A longer input is rejected without reading to its end, which may never come.
    pub(crate) fn read(self, limit: u32) -> Result<Vec<u8>, Failure> {
        let mut source = self.open(true)?;
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

    fn file(self) -> Option<&'a Path> {
        self.path.filter(|path| *path != Path::new("-"))
    }

    /// Returns what it is called in messages.
    pub(crate) fn name(self) -> Cow<'static, str> {
        match self.file() {
            Some(path) => visible(&path.to_string_lossy()).to_string().into(),
            None => "standard input".into(),
        }
    }

    /// Begins to read a copy of it.
    pub(crate) fn copied(self, copy: impl Read + 'static) -> Source {
        let (name, is_named) = (self.name(), self.is_one_of_many);
        let (reader, progress) = (Box::new(copy), Progress::hidden());
        Source { reader, name, is_named, length: None, progress, ended: false }
    }

    /// Begins to read, with or without a progress bar for who waits.
    pub(crate) fn open(self, has_progress: bool) -> Result<Source, Failure> {
        let name = self.name();
        let progress = |length, is_shown: bool| {
            if has_progress && is_shown { Progress::new(length) } else { Progress::hidden() }
        };
        let (reader, length, progress): (Box<dyn Read>, _, _) = match self.file() {
            Some(path) => {
                let file = File::open(path).map_err(|error| unreadable(&name, &error))?;
                let metadata = file.metadata().ok().filter(|metadata| metadata.is_file());
                let length = metadata.map(|metadata| metadata.len());
                (Box::new(file), length, progress(length, true))
            }
            None => {
                let stdin = io::stdin().lock();
                // Who types knows how far it is.
                let is_typed = stdin.is_terminal();
                (Box::new(stdin), None, progress(None, !is_typed))
            }
        };
        Ok(Source { reader, name, is_named: self.is_one_of_many, length, progress, ended: false })
    }
}

/// An input that is being read.
pub(crate) struct Source {
    reader: Box<dyn Read>,
    name: Cow<'static, str>,
    /// Whether a problem has to say which input it is in.
    is_named: bool,
    /// How long it was when it was opened, if it is a file.
    length: Option<u64>,
    progress: Progress,
    ended: bool,
}

impl Source {
    /// Returns how long it was when it was opened, if it is a file.
    pub(crate) const fn length(&self) -> Option<u64> {
        self.length
    }

    /// Writes a line about the input to standard error; the progress bar makes room for it.
    pub(crate) fn tell(&self, kind: &str, text: &str) {
        self.progress.make_room(|| {
            if self.is_named {
                failure::tell(kind, format_args!("{}: {text}", self.name));
            } else {
                failure::tell(kind, text);
            }
        });
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
