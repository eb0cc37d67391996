//! Several values, one after another, read and written one by one.

use std::io::{self, BufRead, BufReader, Cursor, IsTerminal, Read};

use crate::blocks::{self, Rest};
use crate::convert::{Convert, Outcome};
use crate::failure::{self, Failure};
use crate::input::{Place, Source};
use crate::kept::{Kept, Unpacked, unpack};
use crate::looks;
use crate::output;
use crate::progress::Progress;
use crate::target::{Summary, Target};

/// How much is read at once.
const CHUNK: usize = 1 << 16;

impl Summary {
    /// Reads a stream to its end, and writes its values.
    fn read<C: Convert>(
        &mut self,
        mut source: Source,
        new: &(impl Fn() -> C + Sync),
        target: &mut impl Target,
    ) -> Result<(), Failure> {
        let had_problems = std::mem::take(&mut self.has_problems);
        let Rest { bytes, base, mut is_empty } = blocks::read(self, &mut source, new, target)?;
        let mut values = new();
        values.begin(base, false);
        let mut reader = BufReader::with_capacity(CHUNK, Cursor::new(bytes).chain(source));
        let mut problems = Vec::new();
        let mut note = None;
        loop {
            if let Err(error) = target.pause() {
                return Err(target.failure(reader.get_ref().get_ref().1, &error));
            }
            let chunk = match reader.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(reader.get_ref().get_ref().1.failure(&error)),
            };
            let length = chunk.len();
            let mut rest = chunk;
            let mut rest = (length > 0).then_some(&mut rest);
            loop {
                let outcome = match values.next(rest.as_deref_mut(), target.out()) {
                    Ok(Some(outcome)) => outcome,
                    Ok(None) => break,
                    Err(error) => {
                        return Err(target.failure(reader.get_ref().get_ref().1, &error));
                    }
                };
                is_empty &= matches!(outcome, Outcome::Noted(_));
                match outcome {
                    Outcome::Good => {}
                    Outcome::Noted(more) => {
                        note = Some(more);
                        break;
                    }
                    Outcome::Unsuccessful(code) => self.unsuccessful.add(code),
                    Outcome::Bad(more) => problems.extend(more),
                }
            }
            reader.consume(length);
            if length == 0 && is_empty {
                problems.push(values.empty());
            }
            let (_, source) = reader.get_ref().get_ref();
            self.problems(&mut problems, source, target);
            if let Some(note) = note.take() {
                source.tell("note", &note);
            }
            if length == 0 {
                if self.has_problems {
                    let help = looks::help(values.expected(), source.head());
                    help.iter().for_each(|help| source.tell("help", help));
                }
                self.has_problems |= had_problems;
                return Ok(());
            }
        }
    }
}

/// Reads the values of each input and writes them.
///
/// With `--keep-going`, each good value is written when it is read, and each bad one is reported.
/// Otherwise nothing is written before the last value is known to be good: the output is
/// [kept](Kept) until then.
pub(crate) fn convert<C: Convert>(
    places: &[Place<'_>],
    keep_going: bool,
    fail: bool,
    new: impl Fn() -> C + Sync,
) -> Result<(), Failure> {
    let mut summary = Summary::default();
    // A progress bar would get between the lines.
    let is_watched = io::stdout().is_terminal();
    if keep_going {
        output::plain(|out| {
            places.iter().try_for_each(|place| match place.open(!is_watched) {
                Ok(source) => summary.read(source, &new, out),
                Err(Failure::Refused(problem)) => {
                    summary.has_unread = true;
                    failure::tell("error", problem);
                    Ok(())
                }
                Err(failure) => Err(failure),
            })
        })?;
    } else {
        let mut kept = Some(Kept::new());
        for place in places {
            summary.read(place.open(true)?, &new, &mut kept)?;
        }
        if let Some(kept) = kept {
            let (packed, length) = kept.into_packed().map_err(|error| unreadable(&error))?;
            write_kept(packed, length, is_watched)?;
        }
    }
    match summary {
        Summary { has_unread: true, .. } => Err(Failure::Unread),
        Summary { has_problems: true, .. } => Err(Failure::Told),
        Summary { unsuccessful, .. } if fail && !unsuccessful.is_empty() => {
            Err(Failure::Unsuccessful(unsuccessful))
        }
        _ => Ok(()),
    }
}

/// Writes output that was held back.
fn write_kept(packed: impl Read, length: u64, is_watched: bool) -> Result<(), Failure> {
    let mut progress = if is_watched { Progress::hidden() } else { Progress::new(Some(length)) };
    let mut read = 0;
    output::plain(|out| {
        let advance = |more: usize| {
            read += more as u64;
            progress.advance(more);
        };
        match unpack(packed, out, advance)? {
            Unpacked::Written if read == length => Ok(()),
            Unpacked::Written => Err(unreadable(&io::ErrorKind::UnexpectedEof.into())),
            Unpacked::Unread(error) => Err(unreadable(&error)),
        }
    })
}

fn unreadable(error: &io::Error) -> Failure {
    Failure::Refused(format!("cannot read the temporary copy: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A copy that can't be read to its end.
    struct Broken<'t>(&'t [u8]);

    impl Read for Broken<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() { Err(io::Error::other("broken")) } else { self.0.read(buffer) }
        }
    }

    fn problem(packed: impl Read, length: u64) -> Option<String> {
        match write_kept(packed, length, true) {
            Ok(()) => None,
            Err(Failure::Refused(problem)) => Some(problem),
            Err(_) => Some(String::new()),
        }
    }

    #[test]
    fn a_copy_that_can_not_be_read_is_an_error() {
        let problem = |problem: &str| Some(format!("cannot read the temporary copy: {problem}"));
        assert_eq!(self::problem(Broken(b"\n"), 5), problem("broken"));
        assert_eq!(self::problem(Broken(b""), 5), problem("broken"));
        assert_eq!(self::problem(&b"\n"[..], 5), problem("unexpected end of file"));
        assert_eq!(self::problem(&b"\n"[..], 1), None);
    }
}
