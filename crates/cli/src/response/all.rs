//! Several replies, one after another, each as a line of JSON.

use std::io::{self, BufRead, BufReader, IsTerminal, Read, Seek, Write};

use cnic_response::{FrameDecoder, Note, ParseError, Parser, Response};
use tempfile::SpooledTempFile;

use super::json;
use crate::failure::Failure;
use crate::input::{Input, Source};
use crate::output;
use crate::progress::Progress;

/// How much is read at once.
const CHUNK: usize = 1 << 16;

/// How much of the input is held in memory while it is not known to be good; the rest lies in a temporary file.
const IN_MEMORY: usize = 1 << 20;

/// Reads twice: nothing is written before the last reply is known to be good.
///
/// What is kept in between is the input, not the output: a cell in row 9,999,999 makes a line of 50 MB.
pub(crate) fn write(input: &Input, parser: Parser) -> Result<(), Failure> {
    let Checked { mut copy, replies, trailing } = check(input.open()?, parser)?;
    let length = copy.stream_position().map_err(unreadable)?;
    copy.rewind().map_err(unreadable)?;

    // A bar would get between the lines.
    let is_watched = io::stdout().is_terminal();
    let progress = if is_watched { Progress::hidden() } else { Progress::new(Some(length)) };
    let mut reader = BufReader::with_capacity(CHUNK, Counted { reader: copy, progress });
    let mut decoder = FrameDecoder::new().parser(parser);
    let mut out = output::plain();
    let mut written = 0_u64;
    while let Some(reply) = next(&mut reader, &mut decoder).map_err(unreadable)? {
        let reply = reply.map_err(Failure::malformed)?;
        written += 1;
        // What follows the last reply is noted on it, as without --all.
        let note = trailing.filter(|_| written == replies);
        json(&mut out, &note.into_iter().fold(reply, Response::with_note))?;
    }
    Ok(out.flush()?)
}

/// An input without errors.
struct Checked {
    copy: SpooledTempFile,
    replies: u64,
    /// What is to be noted of the text after the last of them.
    trailing: Option<Note>,
}

/// Reads to the end, tells what is wrong as it comes, and returns a copy if nothing is.
fn check(source: Source, parser: Parser) -> Result<Checked, Failure> {
    let copy = Some(SpooledTempFile::new(IN_MEMORY));
    let mut reader = BufReader::with_capacity(CHUNK, Copied { source, copy });
    let mut decoder = FrameDecoder::new().parser(parser);
    let mut replies = 0;
    loop {
        match next(&mut reader, &mut decoder) {
            Ok(Some(Ok(_))) => replies += 1,
            Ok(Some(Err(problem))) => {
                reader.get_mut().copy = None;
                reader.get_ref().source.tell(problem);
            }
            Ok(None) => break,
            Err(error) => return Err(reader.get_ref().source.failure(&error)),
        }
    }
    let copy = reader.into_inner().copy.ok_or(Failure::Told)?;
    Ok(Checked { copy, replies, trailing: decoder.trailing() })
}

/// Reads on until a reply is complete.
fn next(
    reader: &mut impl BufRead,
    decoder: &mut FrameDecoder,
) -> io::Result<Option<Result<Response<'static>, ParseError>>> {
    loop {
        let chunk = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            chunk => chunk?,
        };
        if chunk.is_empty() {
            return Ok(decoder.finish());
        }
        let mut rest = chunk;
        let reply = decoder.decode(&mut rest);
        let taken = chunk.len() - rest.len();
        reader.consume(taken);
        if reply.is_some() {
            return Ok(reply);
        }
    }
}

/// The input, copied while it is read.
struct Copied {
    source: Source,
    copy: Option<SpooledTempFile>,
}

impl Read for Copied {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.source.read(buffer)?;
        if let Some(copy) = &mut self.copy {
            copy.write_all(&buffer[..length]).map_err(|error| {
                let folder = std::env::temp_dir();
                let problem = format!("no temporary copy in {}: {error}", folder.display());
                io::Error::new(error.kind(), problem)
            })?;
        }
        Ok(length)
    }
}

/// The copy, counted while it is read.
struct Counted {
    reader: SpooledTempFile,
    progress: Progress,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(buffer)?;
        self.progress.advance(length);
        Ok(length)
    }
}

fn unreadable(error: io::Error) -> Failure {
    Failure::Refused(format!("cannot read the temporary copy: {error}"))
}
