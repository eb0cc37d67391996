//! Where the bytes come from.

use std::borrow::Cow;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Cursor, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::compression::Decompressed;
use crate::failure::{self, Failure, Problem};
use crate::looks::HEAD;
use crate::progress::Progress;
use crate::visible::visible;
use crate::waiting::Waiting;

/// The FILE of a subcommand that reads one.
#[derive(clap::Args)]
pub(crate) struct Input {
    /// File to read, also gzip or zstd, `-` for standard input [default: -]
    #[arg(value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
}

impl Input {
    /// Reads everything, as [`Place::read`] does.
    pub(crate) fn read(&self, limit: u32) -> Result<Vec<u8>, Failure> {
        Place { path: self.file.as_deref(), ..Place::STDIN }.read(limit)
    }
}

/// Returns where the bytes of FILEs come from: standard input if there are none.
pub(crate) fn places(files: &[PathBuf]) -> Vec<Place<'_>> {
    if files.is_empty() {
        return vec![Place::STDIN];
    }
    let is_one_of_many = files.len() > 1;
    files.iter().map(|file| Place { path: Some(file), is_one_of_many, ..Place::STDIN }).collect()
}

/// The FILEs of a subcommand that can read several.
#[derive(clap::Args)]
pub(crate) struct Inputs {
    /// Files to read, also gzip or zstd, `-` for standard input; several need --all [default: -]
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    files: Vec<PathBuf>,
}

impl Inputs {
    /// Returns the only one.
    pub(crate) fn one(&self) -> Result<Place<'_>, Failure> {
        match &*self.all() {
            [place] => Ok(*place),
            _ => Err(Failure::Refused("more than one FILE needs --all".to_owned())),
        }
    }

    /// Returns each of them.
    pub(crate) fn all(&self) -> Vec<Place<'_>> {
        places(&self.files)
    }
}

/// A file, standard input, or a URL that is the input itself.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    path: Option<&'a Path>,
    is_one_of_many: bool,
    takes_urls: bool,
}

impl<'a> Place<'a> {
    const STDIN: Self = Self { path: None, is_one_of_many: false, takes_urls: false };

    /// The place that an argument names: `-` is standard input.
    pub(crate) const fn new(path: &'a Path) -> Self {
        Self { path: Some(path), is_one_of_many: true, takes_urls: false }
    }

    /// Takes a URL for the input itself. It is not opened, here or otherwise.
    pub(crate) const fn or_url(self) -> Self {
        Self { takes_urls: true, ..self }
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

    /// Returns the URL that is given in place of a file.
    fn url(self) -> Option<&'a str> {
        let text = self.path?.to_str()?;
        let begins = |scheme: &str| {
            text.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
        };
        (begins("https://") || begins("http://")).then_some(text)
    }

    /// Returns what it is called in messages: a URL, or a form that is given in place of a file, can hold a password.
    pub(crate) fn name(self) -> Cow<'static, str> {
        match self.file() {
            Some(_) if self.url().is_some() => "the URL".into(),
            Some(path) if path.to_str().is_some_and(is_form) && !path.exists() => {
                "the argument".into()
            }
            Some(path) => visible(&path.to_string_lossy()).to_string().into(),
            None => "standard input".into(),
        }
    }

    /// Begins to read a copy of it.
    pub(crate) fn copied(self, copy: impl Read + 'static) -> Source {
        self.source(Box::new(copy), None, Progress::hidden(), None)
    }

    /// Returns a problem with what was read, which says where that is if there are several inputs.
    pub(crate) fn problem(self, problem: Problem) -> Problem {
        if self.is_one_of_many { problem.of_input(&self.name()) } else { problem }
    }

    /// Begins to read, with or without a progress bar for who waits.
    pub(crate) fn open(self, has_progress: bool) -> Result<Source, Failure> {
        let name = self.name();
        let progress = |length, is_shown: bool| {
            if has_progress && is_shown { Progress::new(length) } else { Progress::hidden() }
        };
        let (reader, length, progress): (Box<dyn Read>, _, _) = match (self.file(), self.url()) {
            (_, Some(url)) if self.takes_urls => {
                (Box::new(Cursor::new(url.to_owned())), None, Progress::hidden())
            }
            (_, Some(_)) => {
                let problem = "cannot read the URL: cnic opens none, and takes one for a command with `command --from form`";
                return Err(Failure::Refused(problem.to_owned()));
            }
            (Some(path), None) => {
                let file = File::open(path).map_err(|error| unreadable(&name, &error))?;
                let metadata = file.metadata().ok().filter(|metadata| metadata.is_file());
                let length = metadata.map(|metadata| metadata.len());
                (Box::new(file), length, progress(length, true))
            }
            (None, None) => {
                let stdin = io::stdin().lock();
                // Who types knows how far it is.
                let is_typed = stdin.is_terminal();
                (Box::new(stdin), None, progress(None, !is_typed))
            }
        };
        let waiting = if self.file().is_none() { Waiting::new() } else { None };
        Ok(self.source(reader, length, progress, waiting))
    }

    fn source(
        self,
        reader: Box<dyn Read>,
        length: Option<u64>,
        progress: Progress,
        waiting: Option<Waiting>,
    ) -> Source {
        let count = Rc::new(Cell::new(0));
        let counted = Counted { reader, count: Rc::clone(&count), waiting, ended: false };
        let (reader, name) = (Decompressed::new(counted), self.name());
        let is_named = self.is_one_of_many;
        Source { reader, name, is_named, length, progress, count, head: Vec::new() }
    }
}

/// Returns whether an argument looks like the body of a form.
pub(crate) fn is_form(argument: &str) -> bool {
    argument.contains('&') && argument.contains('=')
}

/// Counts what is read, as it is on the disk.
struct Counted {
    reader: Box<dyn Read>,
    count: Rc<Cell<usize>>,
    /// There until something has come.
    waiting: Option<Waiting>,
    ended: bool,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // A terminal would go on after its end.
        if self.ended {
            return Ok(0);
        }
        let length = self.reader.read(buffer)?;
        self.waiting = None;
        self.ended = length == 0 && !buffer.is_empty();
        self.count.set(self.count.get() + length);
        Ok(length)
    }
}

/// An input that is being read, without its compression.
pub(crate) struct Source {
    reader: Decompressed<Counted>,
    name: Cow<'static, str>,
    /// Whether a problem has to say which input it is in.
    is_named: bool,
    /// How long it was when it was opened, if it is a file.
    length: Option<u64>,
    progress: Progress,
    /// How much was read that the progress does not show.
    count: Rc<Cell<usize>>,
    /// How it begins.
    head: Vec<u8>,
}

impl Source {
    /// Returns how long it was when it was opened, if it is a file. It can be longer without its compression.
    pub(crate) const fn length(&self) -> Option<u64> {
        self.length
    }

    /// Returns how the input begins, as far as that was read.
    pub(crate) fn head(&self) -> &[u8] {
        &self.head
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
        let length = self.reader.read(buffer)?;
        self.progress.advance(self.count.take());
        let missing = HEAD - self.head.len();
        self.head.extend_from_slice(&buffer[..length.min(missing)]);
        Ok(length)
    }
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    Failure::Refused(format!("cannot read {name}: {error}"))
}
