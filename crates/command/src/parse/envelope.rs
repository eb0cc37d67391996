//! The lines around a command, and where one command of a stream ends and the next begins.

use cnic_text::Position;
use cnic_text::blanks::is_blank;
use cnic_text::frame::{Framing, LineRole};

use crate::error::{ErrorKind, ParseError};
use crate::parameters::transport::is_transport;

/// A byte order mark. One in front of a command is ignored.
pub(crate) const MARK: &str = "\u{feff}";

/// A whole line, ASCII case-insensitively, that is not a parameter.
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
    /// Parses a line without its end and the blanks around it.
    pub(crate) fn parse(line: &[u8]) -> Option<Self> {
        [("[COMMAND]", Self::Command), ("EOF", Self::End), ("[HEADER]", Self::Header)]
            .into_iter()
            .find(|(word, _)| line.eq_ignore_ascii_case(word.as_bytes()))
            .map(|(_, structure)| structure)
    }
}

/// What the lines of a command said so far about its envelope.
///
/// The parser and the framing of streams share this one state, so that a command of a stream ends
/// where the parser would reject the next line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Envelope {
    /// No line of the command came.
    #[default]
    Before,
    /// All keys so far name the sender: they are the header if `[COMMAND]` follows.
    Transport,
    /// There was a `[HEADER]`, and no `[COMMAND]` yet.
    Header,
    /// A parameter came without an envelope: `[COMMAND]` can no longer follow.
    Bare,
    /// There was a `[COMMAND]`.
    Command,
}

impl Envelope {
    /// Returns whether the parameters so far may still turn out to be a header.
    #[inline]
    pub(crate) const fn may_be_header(self) -> bool {
        matches!(self, Self::Before | Self::Transport)
    }

    /// Takes a parameter; `is_transport` tells whether its key names the sender.
    #[inline]
    pub(crate) const fn parameter(&mut self, is_transport: bool) {
        if self.may_be_header() {
            *self = if is_transport { Self::Transport } else { Self::Bare };
        }
    }

    /// Takes a `[HEADER]`, which is the first line or starts another command.
    pub(crate) const fn header(&mut self) -> Result<(), ErrorKind> {
        if !matches!(self, Self::Before) {
            return Err(ErrorKind::MisplacedHeader);
        }
        *self = Self::Header;
        Ok(())
    }

    /// Takes a `[COMMAND]`, which is the first line, follows a header, or starts another command.
    pub(crate) const fn command(&mut self) -> Result<(), ErrorKind> {
        if matches!(self, Self::Bare | Self::Command) {
            return Err(ErrorKind::MisplacedCommand);
        }
        *self = Self::Command;
        Ok(())
    }
}

impl Framing for Envelope {
    /// The error that the first line of the next command is to this one, as counted from that line.
    type Next = ParseError;

    fn line(&mut self, line: &[u8]) -> LineRole<ParseError> {
        let content = trim_line(line);
        let unmarked = unmarked(content);
        let is_marked = unmarked.len() < content.len();
        let is_first = *self == Self::Before;
        if is_first && unmarked.is_empty() {
            return LineRole::Before;
        }
        let taken = match Structure::parse(unmarked) {
            Some(Structure::End) if is_first || !is_marked => return LineRole::Last,
            Some(Structure::Header) => self.header(),
            // A mark in the middle shows where another file was appended.
            Some(Structure::Command) if is_marked && !is_first => Err(ErrorKind::MisplacedCommand),
            Some(Structure::Command) => self.command(),
            None if content.is_empty() => Ok(()),
            Some(Structure::End) | None => {
                self.parameter(is_transport_line(if is_first { unmarked } else { content }));
                Ok(())
            }
        };
        match taken {
            Ok(()) => LineRole::Inside,
            Err(kind) => LineRole::Next(cut_by(kind, line)),
        }
    }

    fn beginning(&mut self, line: &[u8]) {
        self.parameter(is_transport_line(line));
    }

    fn has_started(&self) -> bool {
        *self != Self::Before
    }
}

/// Returns the error of a command that ends before `line`, the first line of the next one.
#[cold]
fn cut_by(kind: ErrorKind, line: &[u8]) -> ParseError {
    let start = line.iter().take_while(|&&byte| is_blank(byte)).count();
    ParseError::new(kind, Position::START, start..start + trim_line(line).len())
}

/// Returns whether a line has a key that names the sender of a command.
fn is_transport_line(line: &[u8]) -> bool {
    let equals = memchr::memchr(b'=', line);
    let key = equals.and_then(|equals| core::str::from_utf8(trim(&line[..equals])).ok());
    key.is_some_and(is_transport)
}

/// Strips the end of a line, then SP and TAB from both ends, as the parser does.
pub(crate) fn trim_line(line: &[u8]) -> &[u8] {
    trim(match line {
        [line @ .., b'\r', b'\n'] | [line @ .., b'\n'] => line,
        line => line,
    })
}

/// Strips one byte order mark from the front of a line.
fn unmarked(line: &[u8]) -> &[u8] {
    line.strip_prefix(MARK.as_bytes()).map_or(line, trim)
}

/// Trims bytes, which need not be UTF-8 yet, as [`cnic_text::blanks::trim`] trims text.
fn trim(text: &[u8]) -> &[u8] {
    let is_data = |byte: &u8| !is_blank(*byte);
    let start = text.iter().position(is_data).unwrap_or(text.len());
    let end = text.iter().rposition(is_data).map_or(start, |last| last + 1);
    &text[start..end]
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;

    use super::*;
    use crate::Command;

    /// All texts of up to five lines of these kinds, in any order.
    #[test]
    fn a_command_ends_where_the_parser_rejects_the_next_line() {
        const LINES: [&str; 6] = ["[HEADER]", "[COMMAND]", "EOF", "s_key=v", "key=v", ""];
        const LEN: u32 = 5;
        for number in 0..LINES.len().pow(LEN) {
            let mut envelope = Envelope::default();
            let mut text = String::new();
            let mut misplaced = None;
            for place in 1..=LEN {
                let line = LINES[number / LINES.len().pow(place - 1) % LINES.len()];
                // Numbered, so that no key is given twice.
                let line = format!("{}\n", line.replace('=', &format!("{place}=")));
                text += &line;
                match envelope.line(line.as_bytes()) {
                    LineRole::Before | LineRole::Inside => {}
                    LineRole::Last => break,
                    LineRole::Next(error) => {
                        misplaced = Some((error.kind(), place));
                        break;
                    }
                }
            }
            let error = Command::parse(&text).expect_err("a text without a name");
            let is_misplaced =
                matches!(error.kind(), ErrorKind::MisplacedHeader | ErrorKind::MisplacedCommand);
            let line = u32::try_from(error.position().line()).expect("a small number");
            assert_eq!(is_misplaced.then_some((error.kind(), line)), misplaced, "{text:?}");
        }
    }
}
