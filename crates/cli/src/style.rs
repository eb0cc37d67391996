//! Colours and other styles, and who gets them.

use std::io;

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Color, Style};
use cnic_response::{Code, CodeClass};

pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const BOLD: Style = Style::new().bold();

/// Returns the colour of a code's class.
pub(crate) const fn style_of(code: Code) -> Style {
    BOLD.fg_color(Some(Color::Ansi(match code.class() {
        CodeClass::Success => AnsiColor::Green,
        CodeClass::Temporary => AnsiColor::Yellow,
        CodeClass::Permanent => AnsiColor::Red,
        _ => AnsiColor::Magenta,
    })))
}

/// Returns whether a stream may have colours, or is made to by the environment.
///
/// `CLICOLOR_FORCE=0` is as if it was not there, which anstream takes for a wish to have colours.
pub(crate) fn colors<S: RawStream>(stream: &S) -> ColorChoice {
    if !is_not_forced() {
        return AutoStream::choice(stream);
    }
    let is_wanted = match anstyle_query::clicolor() {
        Some(is_wanted) => is_wanted,
        None => anstyle_query::term_supports_color() || anstyle_query::is_ci(),
    };
    if is_wanted && !anstyle_query::no_color() && stream.is_terminal() {
        ColorChoice::Always
    } else {
        ColorChoice::Never
    }
}

fn is_not_forced() -> bool {
    std::env::var_os("CLICOLOR_FORCE").is_some_and(|it| it == "0")
}

/// Returns whether help, on standard output, and errors of usage may have colours. It is not known yet which it will be.
pub(crate) fn usage_colors() -> clap::ColorChoice {
    let is_never = [colors(&io::stdout()), colors(&io::stderr())].contains(&ColorChoice::Never);
    if is_not_forced() && is_never { clap::ColorChoice::Never } else { clap::ColorChoice::Auto }
}
