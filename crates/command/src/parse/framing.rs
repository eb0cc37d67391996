//! The lines around a command, and where one command of a stream ends and the next begins.

use crate::error::ErrorKind;
use crate::parameters::transport::is_transport;

/// A byte order mark. One in front of a command is ignored.
pub(crate) const MARK: &str = "\u{feff}";

/// A whole line, in any case, that is no parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Structure {
    /// `[HEADER]`
    Header,
    /// `[COMMAND]`
    Command,
    /// `EOF`
    End,
}

impl Structure {
    /// Looks at a line without its end and the blanks around it.
    pub(crate) fn of(line: &[u8]) -> Option<Self> {
        [("[COMMAND]", Self::Command), ("EOF", Self::End), ("[HEADER]", Self::Header)]
            .into_iter()
            .find(|(word, _)| line.eq_ignore_ascii_case(word.as_bytes()))
            .map(|(_, structure)| structure)
    }
}

/// What a line is to the command that is being collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A line before the first one of the command: blank, or nothing but a byte order mark.
    Before,
    /// A line of the command.
    Inside,
    /// `EOF`, the last line of the command.
    Last,
    /// The `[HEADER]` or `[COMMAND]` of another command: this one has no `EOF`. To this one the line is an error of that kind.
    Next(ErrorKind),
}

/// What the lines of a command said so far about where it ends. It knows no more than the parser does of what may precede
/// `[COMMAND]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Framing {
    /// No line of the command came.
    #[default]
    Before,
    /// All lines have keys that say who sends a command: if `[COMMAND]` follows they are its header.
    Transport,
    /// There was a `[HEADER]`, and no `[COMMAND]` yet.
    Header,
    /// There was a `[COMMAND]`, or a line that may not precede it.
    Command,
}

impl Framing {
    /// Takes the next line, its end included.
    ///
    /// After [`Place::Last`] another command begins, after [`Place::Next`] it begins with this very line.
    pub(crate) fn line(&mut self, line: &[u8]) -> Place {
        let content = content(line);
        let unmarked = unmarked(content);
        let is_marked = unmarked.len() < content.len();
        let starts = *self == Self::Before;
        if starts && unmarked.is_empty() {
            return Place::Before;
        }
        match Structure::of(unmarked) {
            Some(Structure::End) if starts || !is_marked => return Place::Last,
            Some(Structure::Header) if starts => *self = Self::Header,
            Some(Structure::Header) => return Place::Next(ErrorKind::MisplacedHeader),
            Some(Structure::Command) if starts => *self = Self::Command,
            // A mark in the middle shows where another file was appended.
            Some(Structure::Command) if is_marked || *self == Self::Command => {
                return Place::Next(ErrorKind::MisplacedCommand);
            }
            Some(Structure::Command) => *self = Self::Command,
            None if content.is_empty() => {}
            Some(Structure::End) | None => {
                return self.parameter(is_transport_line(if starts { unmarked } else { content }));
            }
        }
        Place::Inside
    }

    /// Takes a line that is a parameter, or as good as one.
    pub(crate) fn parameter(&mut self, is_transport: bool) -> Place {
        *self = match self {
            Self::Before | Self::Transport if is_transport => Self::Transport,
            Self::Header => Self::Header,
            _ => Self::Command,
        };
        Place::Inside
    }
}

/// Returns whether a line has a key that says who sends a command.
pub(crate) fn is_transport_line(line: &[u8]) -> bool {
    let equals = memchr::memchr(b'=', line);
    let key = equals.and_then(|equals| core::str::from_utf8(trim(&line[..equals])).ok());
    key.is_some_and(is_transport)
}

/// Takes away the end of a line, then SP and TAB from both ends, as the parser does.
pub(crate) fn content(line: &[u8]) -> &[u8] {
    trim(match line {
        [line @ .., b'\r', b'\n'] | [line @ .., b'\n'] => line,
        line => line,
    })
}

/// Takes one byte order mark off the front of a line.
fn unmarked(line: &[u8]) -> &[u8] {
    line.strip_prefix(MARK.as_bytes()).map_or(line, trim)
}

fn trim(text: &[u8]) -> &[u8] {
    let is_data = |byte: &u8| !matches!(byte, b' ' | b'\t');
    let start = text.iter().position(is_data).unwrap_or(text.len());
    let end = text.iter().rposition(is_data).map_or(start, |last| last + 1);
    &text[start..end]
}
