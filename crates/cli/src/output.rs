//! Standard output: buffered, and flushed at the end.

use std::io::{self, BufWriter, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};

use crate::failure::Failure;
use crate::style::colors;

/// How much is written at once.
const CHUNK: usize = 1 << 16;

/// Standard output, byte for byte.
pub(crate) type Plain = BufWriter<StdoutLock<'static>>;

/// Standard output without the styles that it can't show.
pub(crate) type Styled = BufWriter<Box<dyn Write>>;

/// Writes to standard output.
///
/// All output goes through here or through [`styled`], so that none of it is left in a buffer whose last write fails unseen.
pub(crate) fn plain<T>(write: impl FnOnce(&mut Plain) -> Result<T, Failure>) -> Result<T, Failure> {
    flushed(BufWriter::with_capacity(CHUNK, io::stdout().lock()), write)
}

/// Writes styled text to standard output: the styles are dropped unless it is a terminal that may have colours, or
/// `CLICOLOR_FORCE` asks for them.
pub(crate) fn styled<T>(
    write: impl FnOnce(&mut Styled) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let stdout = io::stdout().lock();
    let stdout: Box<dyn Write> = match colors(&stdout) {
        ColorChoice::Never => Box::new(Unstyled { out: stdout, is_inside: false }),
        choice => Box::new(AutoStream::new(stdout, choice)),
    };
    flushed(BufWriter::with_capacity(CHUNK, stdout), write)
}

/// Writes styled text to something that shows it on standard output.
pub(crate) fn styled_to<T>(
    out: Box<dyn Write>,
    write: impl FnOnce(&mut Styled) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let out = match colors(&io::stdout()) {
        ColorChoice::Never => Box::new(Unstyled { out, is_inside: false }),
        _ => out,
    };
    flushed(BufWriter::with_capacity(CHUNK, out), write)
}

/// Drops the styles from a text in which nothing else begins with an escape character, since it is written as
/// [`visible`](crate::visible::visible) text.
///
/// Whoever does not know that has to look at every byte, which takes longer than all the rest of a table.
struct Unstyled<W> {
    out: W,
    /// Whether the text so far ends inside of a style.
    is_inside: bool,
}

impl<W: Write> Write for Unstyled<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let wanted = if self.is_inside { b'm' } else { b'\x1b' };
        match (memchr::memchr(wanted, text), self.is_inside) {
            (None, true) => Ok(text.len()),
            (Some(end), true) => {
                self.is_inside = false;
                Ok(end + 1)
            }
            (Some(0), false) => {
                self.is_inside = true;
                Ok(1)
            }
            (place, false) => self.out.write(&text[..place.unwrap_or(text.len())]),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn flushed<W: Write, T>(
    mut out: W,
    write: impl FnOnce(&mut W) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let result = write(&mut out)?;
    out.flush()?;
    Ok(result)
}

/// Returns how many characters stand side by side on standard output, if it is a terminal.
pub(crate) fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0.into())
}

/// Returns how many lines standard output shows, if it is a terminal.
pub(crate) fn terminal_height() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(_, height)| height.0.into())
}

#[cfg(test)]
mod tests {
    use cnic_response::Code;

    use super::*;
    use crate::style::{BOLD, DIM, style_of};

    #[test]
    fn styles_are_dropped_wherever_they_are_cut() {
        let style = style_of(Code::ENTITY_NOT_FOUND);
        let text = format!("{style}545 many{style:#}{DIM}{DIM:#} m\n{BOLD}");
        assert_eq!(anstream::adapter::strip_str(&text).to_string(), "545 many m\n");
        for size in 1..text.len() {
            let mut unstyled = Unstyled { out: Vec::new(), is_inside: false };
            for chunk in text.as_bytes().chunks(size) {
                unstyled.write_all(chunk).expect("memory");
            }
            assert_eq!(unstyled.out, b"545 many m\n", "{size}");
        }
    }
}
