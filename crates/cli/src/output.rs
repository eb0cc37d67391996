//! Standard output: buffered, and flushed at the end.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use cnic_response::{Code, CodeClass};

use crate::failure::Failure;

pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const BOLD: Style = Style::new().bold();

/// Standard output, byte for byte.
pub(crate) type Plain = BufWriter<StdoutLock<'static>>;

/// Standard output without the styles that it can't show.
pub(crate) type Styled = BufWriter<AutoStream<StdoutLock<'static>>>;

/// Returns the colour of a code's class.
pub(crate) const fn style_of(code: Code) -> Style {
    BOLD.fg_color(Some(anstyle::Color::Ansi(match code.class() {
        CodeClass::Success => AnsiColor::Green,
        CodeClass::Temporary => AnsiColor::Yellow,
        CodeClass::Permanent => AnsiColor::Red,
        _ => AnsiColor::Magenta,
    })))
}

/// Writes to standard output.
///
/// All output goes through here or through [`styled`], so that none of it is left in a buffer whose last write fails unseen.
pub(crate) fn plain<T>(write: impl FnOnce(&mut Plain) -> Result<T, Failure>) -> Result<T, Failure> {
    flushed(BufWriter::new(io::stdout().lock()), write)
}

/// Writes styled text to standard output: the styles are dropped unless it is a terminal that may have colours.
pub(crate) fn styled<T>(
    write: impl FnOnce(&mut Styled) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let stdout = io::stdout().lock();
    let choice =
        if stdout.is_terminal() { AutoStream::choice(&stdout) } else { ColorChoice::Never };
    flushed(BufWriter::new(AutoStream::new(stdout, choice)), write)
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
