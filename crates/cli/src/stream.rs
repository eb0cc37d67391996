//! Several values, one after another, read and written one by one.

use std::io::{self, BufRead, BufReader, IsTerminal, Read, Seek, Take, Write};

use tempfile::SpooledTempFile;

use crate::failure::{self, Failure};
use crate::input::{Place, Source};
use crate::output;
use crate::progress::Progress;

/// How much is read at once.
const CHUNK: usize = 1 << 16;

/// How much of the input is held in memory while it is not known to be good; the rest lies in a temporary file.
const IN_MEMORY: usize = 1 << 20;

/// Takes values off a stream of bytes and writes each in another shape.
pub(crate) trait Convert {
    /// Takes bytes off the front of the chunk until a value is complete; `None` when the chunk is used up.
    ///
    /// The stream ends where there is no chunk. Without `out` the value is checked and not written.
    fn next(
        &mut self,
        chunk: Option<&mut &[u8]>,
        out: Option<&mut impl Write>,
    ) -> io::Result<Option<Outcome>>;

    /// Says what is wrong with a stream without a value.
    fn empty(&self) -> String;
}

/// What became of a value.
pub(crate) enum Outcome {
    /// It is good.
    Good,
    /// It is good, and says that something failed.
    Unsuccessful,
    /// There is no other value, and something is noted of the stream.
    Noted(String),
    /// It is not good: what is wrong with it, at least one problem.
    Bad(Vec<String>),
}

/// Where the bytes of a stream come from.
trait Bytes: Read {
    /// Writes a line about the input to standard error: its kind, and its text.
    fn tell(&mut self, kind: &str, text: &str);

    /// Says that they could not be read.
    fn failure(&self, error: &io::Error) -> Failure;
}

/// What there was in the streams.
#[derive(Default)]
struct Summary {
    has_problems: bool,
    has_failures: bool,
    /// Whether a FILE could not be opened.
    has_unread: bool,
}

impl Summary {
    /// Reads a stream to its end, and writes its values unless they are only checked.
    fn read<C: Convert>(
        &mut self,
        bytes: impl Bytes,
        mut values: C,
        mut out: Option<&mut impl Write>,
    ) -> Result<(), Failure> {
        let mut reader = BufReader::with_capacity(CHUNK, bytes);
        let mut is_empty = true;
        let mut problems = Vec::new();
        let mut note = None;
        loop {
            // Nothing is held back while there may be long to wait for more.
            out.as_mut().map_or(Ok(()), |out| out.flush())?;
            let chunk = match reader.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(reader.get_ref().failure(&error)),
            };
            let length = chunk.len();
            let mut rest = chunk;
            let mut rest = (length > 0).then_some(&mut rest);
            while let Some(outcome) = values.next(rest.as_deref_mut(), out.as_deref_mut())? {
                is_empty &= matches!(outcome, Outcome::Noted(_));
                match outcome {
                    Outcome::Good => {}
                    Outcome::Noted(more) => {
                        note = Some(more);
                        break;
                    }
                    Outcome::Unsuccessful => self.has_failures = true,
                    Outcome::Bad(more) => problems.extend(more),
                }
            }
            reader.consume(length);
            if length == 0 && is_empty {
                problems.push(values.empty());
            }
            self.has_problems |= !problems.is_empty();
            problems.drain(..).for_each(|problem| reader.get_mut().tell("error", &problem));
            if let Some(note) = note.take() {
                reader.get_mut().tell("note", &note);
            }
            if length == 0 {
                return Ok(());
            }
        }
    }
}

/// Reads the values of each input and writes them.
///
/// With `--keep-going`, each good value is written when it is read, and each bad one is reported.
/// Otherwise everything is read twice: nothing is written before the last value is known to be
/// good. What is kept in between is the input and not the output, which can be much longer.
pub(crate) fn convert<C: Convert>(
    places: &[Place<'_>],
    keep_going: bool,
    fail: bool,
    new: impl Fn() -> C,
) -> Result<(), Failure> {
    let mut summary = Summary::default();
    // A progress bar would get between the lines.
    let is_watched = io::stdout().is_terminal();
    if keep_going {
        output::plain(|out| {
            places.iter().try_for_each(|place| match place.open(!is_watched) {
                Ok(source) => summary.read(source, new(), Some(&mut *out)),
                Err(Failure::Refused(problem)) => {
                    summary.has_unread = true;
                    failure::tell("error", problem);
                    Ok(())
                }
                Err(failure) => Err(failure),
            })
        })?;
    } else {
        let mut copy = Copy { file: Some(SpooledTempFile::new(IN_MEMORY)), lengths: Vec::new() };
        for place in places {
            copy.lengths.push(0);
            let bytes = Copied { source: place.open(true)?, copy: &mut copy };
            summary.read(bytes, new(), None::<&mut io::Sink>)?;
        }
        if let Some(file) = copy.file {
            write_copy(file, &copy.lengths, is_watched, &mut summary, new)?;
        }
    }
    match summary {
        Summary { has_unread: true, .. } => Err(Failure::Unread),
        Summary { has_problems: true, .. } => Err(Failure::Told),
        Summary { has_failures: true, .. } if fail => Err(Failure::Unsuccessful),
        _ => Ok(()),
    }
}

/// Writes the values of a copy in which each of the streams has a length.
fn write_copy<C: Convert>(
    mut file: impl Read + Seek,
    lengths: &[u64],
    is_watched: bool,
    summary: &mut Summary,
    new: impl Fn() -> C,
) -> Result<(), Failure> {
    file.rewind().map_err(|error| unreadable(&error))?;
    let total = Some(lengths.iter().sum());
    let mut progress = if is_watched { Progress::hidden() } else { Progress::new(total) };
    output::plain(|out| {
        lengths.iter().try_for_each(|&length| {
            let bytes = Again { file: file.by_ref().take(length), progress: &mut progress };
            summary.read(bytes, new(), Some(&mut *out))
        })
    })
}

impl Bytes for Source {
    fn tell(&mut self, kind: &str, text: &str) {
        Self::tell(self, kind, text);
    }

    fn failure(&self, error: &io::Error) -> Failure {
        Self::failure(self, error)
    }
}

/// What was read, one stream after another; nothing once there is a problem, since then nothing is written.
struct Copy {
    file: Option<SpooledTempFile>,
    lengths: Vec<u64>,
}

/// An input, copied while it is read.
struct Copied<'c> {
    source: Source,
    copy: &'c mut Copy,
}

impl Read for Copied<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.source.read(buffer)?;
        if let (Some(file), Some(total)) = (&mut self.copy.file, self.copy.lengths.last_mut()) {
            file.write_all(&buffer[..length]).map_err(|error| {
                let folder = std::env::temp_dir();
                let problem = format!("no temporary copy in {}: {error}", folder.display());
                io::Error::new(error.kind(), problem)
            })?;
            *total += length as u64;
        }
        Ok(length)
    }
}

impl Bytes for Copied<'_> {
    fn tell(&mut self, kind: &str, text: &str) {
        self.copy.file = None;
        self.source.tell(kind, text);
    }

    fn failure(&self, error: &io::Error) -> Failure {
        self.source.failure(error)
    }
}

/// The copy of a stream, read a second time.
struct Again<'p, R> {
    file: Take<R>,
    progress: &'p mut Progress,
}

impl<R: Read> Read for Again<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(buffer)?;
        if length == 0 && !buffer.is_empty() && self.file.limit() > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.progress.advance(length);
        Ok(length)
    }
}

impl<R: Read> Bytes for Again<'_, R> {
    fn tell(&mut self, kind: &str, text: &str) {
        self.progress.make_room(|| failure::tell(kind, text));
    }

    fn failure(&self, error: &io::Error) -> Failure {
        unreadable(error)
    }
}

fn unreadable(error: &io::Error) -> Failure {
    Failure::Refused(format!("cannot read the temporary copy: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes every line for a value.
    struct Lines;

    impl Convert for Lines {
        fn next(
            &mut self,
            chunk: Option<&mut &[u8]>,
            _: Option<&mut impl Write>,
        ) -> io::Result<Option<Outcome>> {
            let Some(chunk) = chunk else { return Ok(None) };
            let Some(end) = chunk.iter().position(|&byte| byte == b'\n') else { return Ok(None) };
            *chunk = &chunk[end + 1..];
            Ok(Some(Outcome::Good))
        }

        fn empty(&self) -> String {
            "empty".to_owned()
        }
    }

    /// A copy that can't be read to its end.
    struct Broken<'t>(&'t [u8]);

    impl Read for Broken<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() { Err(io::Error::other("broken")) } else { self.0.read(buffer) }
        }
    }

    impl Seek for Broken<'_> {
        fn seek(&mut self, _: io::SeekFrom) -> io::Result<u64> {
            Ok(0)
        }
    }

    fn problem(file: impl Read + Seek, lengths: &[u64]) -> Option<String> {
        match write_copy(file, lengths, true, &mut Summary::default(), || Lines) {
            Ok(()) => None,
            Err(Failure::Refused(problem)) => Some(problem),
            Err(_) => Some(String::new()),
        }
    }

    #[test]
    fn a_copy_that_can_not_be_read_is_an_error() {
        let problem = |problem: &str| Some(format!("cannot read the temporary copy: {problem}"));
        assert_eq!(self::problem(Broken(b"one\n"), &[5]), problem("broken"));
        assert_eq!(self::problem(Broken(b""), &[5]), problem("broken"));
        let short = io::Cursor::new(b"one\n");
        assert_eq!(self::problem(short.clone(), &[5]), problem("unexpected end of file"));
        assert_eq!(self::problem(short.clone(), &[4, 1]), problem("unexpected end of file"));
        assert_eq!(self::problem(short, &[4]), None);
    }
}
