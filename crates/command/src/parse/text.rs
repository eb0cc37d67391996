//! A text as a command.
//!
//! ```text
//! text      = *( blank-line / mark-line ) [ mark ] ( framed / command ) *( blank-line / mark-line )
//! framed    = [ header ] "[COMMAND]" LF command
//! header    = [ "[HEADER]" LF ] *( parameter / blank-line )
//! command   = *( parameter / blank-line ) [ "EOF" LF ]
//! parameter = *blank key *blank "=" *blank value *blank ( LF / CRLF / end )
//! key       = 1*( ALPHA / DIGIT / "-" / "_" )
//! value     = *( any but CR, LF, NUL )
//! mark      = U+FEFF
//! ```
//!
//! Without its first line a header has only keys that say who sends the command (`s_login`, ..), so that it can't be taken for
//! parameters. Whether `EOF` may be missing behind `[COMMAND]` is up to the [`Parser`](crate::Parser).

use alloc::borrow::Cow;

use crate::command::Command;
use crate::error::{ErrorKind, ParseError};
use crate::limits::{Limits, check_length};
use crate::parameters::key::is_key;
use crate::parse::framing::{MARK, Structure};
use crate::parse::reader::{Part, Reader, is_command};
use crate::parse::window::{WINDOW, Window};
use cnic_text::blanks::{is_trimmed, trim};
use cnic_text::{Position, Span};

pub(crate) fn parse(
    text: &str,
    limits: Limits,
    allow_truncated: bool,
) -> Result<Command<'_>, ParseError> {
    check_length(text.len(), limits)?;
    let mut reader = Reader::new(text.len(), limits);
    let mut section = Section::Start;
    let mut last = Position::START;
    let mut lines = Lines::new(text);
    loop {
        if section != Section::End {
            while let Some((key, value, position)) = lines.plain() {
                last = position;
                if section == Section::Start {
                    section = Section::Open;
                }
                let inserted = if position.lines_before() >= limits.lines {
                    Err(ErrorKind::LineLimit)
                } else {
                    reader.insert(Cow::Borrowed(key), Cow::Borrowed(value), position)
                };
                inserted.map_err(|kind| located(kind, text, (key, value), position))?;
            }
        }
        let Some((line, position)) = lines.next() else { break };
        let line = match section {
            Section::Start | Section::End => unmarked(line),
            _ => line,
        };
        let error = |kind| ParseError::new(kind, position, Span::locate(line, text));
        let missing = |kind| {
            let start = Span::locate(line, text).start;
            ParseError::new(kind, position, Span { start, end: start })
        };
        if position.lines_before() >= limits.lines {
            return Err(error(ErrorKind::LineLimit));
        }
        if section != Section::End {
            last = position;
        }
        if line.is_empty() {
            continue;
        }
        section = match (section, Structure::of(line.as_bytes())) {
            (Section::End, _) => return Err(error(ErrorKind::TrailingData)),
            (Section::Start, Some(Structure::Header)) => Section::Header,
            (_, Some(Structure::Header)) => return Err(error(ErrorKind::MisplacedHeader)),
            (Section::Header, Some(Structure::End)) => {
                return Err(missing(ErrorKind::UnfinishedHeader));
            }
            (_, Some(Structure::End)) if !reader.has_name() => {
                return Err(missing(ErrorKind::MissingCommand));
            }
            (_, Some(Structure::End)) => Section::End,
            (Section::Command, Some(Structure::Command)) => {
                return Err(error(ErrorKind::MisplacedCommand));
            }
            (_, Some(Structure::Command)) => {
                if !reader.begin_command(section == Section::Header) {
                    return Err(error(ErrorKind::MisplacedCommand));
                }
                Section::Command
            }
            (_, None) => {
                let Some(equals) = memchr::memchr(b'=', line.as_bytes()) else {
                    return Err(error(ErrorKind::MissingEquals));
                };
                #[cfg(test)]
                crate::test_steps::GENERAL_LINES.count();
                let (key, value) = (trim(&line[..equals]), trim(&line[equals + 1..]));
                reader
                    .parameter(Cow::Borrowed(key), Cow::Borrowed(value), position)
                    .map_err(|kind| located(kind, text, (key, value), position))?;
                match section {
                    // The name of a command belongs behind `[COMMAND]`, which should have come by now.
                    Section::Header if reader.has_name() => {
                        return Err(missing(ErrorKind::UnfinishedHeader));
                    }
                    Section::Start => Section::Open,
                    section => section,
                }
            }
        };
    }
    let missing = |kind| Err(ParseError::new(kind, last, text.len()..text.len()));
    match section {
        Section::Header => missing(ErrorKind::UnfinishedHeader),
        Section::Command if !allow_truncated => missing(ErrorKind::Truncated),
        _ => reader.finish(last, text.len()),
    }
}

/// What of a text was read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    /// Nothing but blank lines.
    Start,
    /// Parameters. They are the header if `[COMMAND]` follows.
    Open,
    /// `[HEADER]`, and no `[COMMAND]` yet.
    Header,
    /// `[COMMAND]`.
    Command,
    /// `EOF`.
    End,
}

/// Takes one byte order mark off the front of a line.
fn unmarked(line: &str) -> &str {
    line.strip_prefix(MARK).map_or(line, trim)
}

/// Returns the error of a line with that key and value, which are parts of the text.
#[cold]
fn located(
    kind: ErrorKind,
    text: &str,
    (key, value): (&str, &str),
    position: Position,
) -> ParseError {
    let [key_span, value_span] = [key, value].map(|part| Span::locate(part, text));
    let span = match Part::of(kind, key) {
        Part::Key => key_span,
        Part::Character(at) => Span::locate(&key[at], text),
        Part::Value => value_span,
        Part::All => Span { start: key_span.start, end: value_span.end },
    };
    ParseError::new(kind, position, span)
}

/// The lines of a text, trimmed, without their ends, and where they start.
struct Lines<'t> {
    rest: &'t str,
    /// Where the rest starts in the text.
    position: Position,
}

impl<'t> Lines<'t> {
    /// `text` is at most `u32::MAX` bytes long, and so are its lines in number.
    const fn new(text: &'t str) -> Self {
        Self { rest: text, position: Position::START }
    }

    /// Takes a line that is exactly `key=value` and an LF, as nearly all are, and not the name of the command.
    ///
    /// It only recognises such a line, and looks no further than to its end. Anything else is left to the general path, which
    /// alone decides what is legal.
    fn plain(&mut self) -> Option<(&'t str, &'t str, Position)> {
        let bytes = self.rest.as_bytes();
        let window = Window::of(bytes.first_chunk()?);
        let end = match window.control {
            WINDOW => WINDOW + memchr::memchr3(b'\r', b'\n', 0, &bytes[WINDOW..])?,
            end => end,
        };
        let (line, rest) = (&self.rest[..end], self.rest[end..].strip_prefix('\n')?);
        let (key, value) = line.split_at_checked(window.equals)?;
        let value = value.strip_prefix('=')?;
        let is_word = !key.is_empty() && window.word_end == key.len();
        if !(is_word || is_key(key)) || is_command(key) || !is_trimmed(value) {
            return None;
        }
        Some((key, value, self.advance(rest)))
    }

    /// Goes on to `rest`, and returns where the line before it starts.
    fn advance(&mut self, rest: &'t str) -> Position {
        let len = self.rest.len() - rest.len();
        self.rest = rest;
        let position = self.position;
        self.position = position.after_line(len);
        position
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = (&'t str, Position);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = match memchr::memchr(b'\n', self.rest.as_bytes()) {
            Some(lf) => {
                let line = &self.rest[..lf];
                (line.strip_suffix('\r').unwrap_or(line), &self.rest[lf + 1..])
            }
            None => (self.rest, ""),
        };
        Some((trim(line), self.advance(rest)))
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    use super::*;
    use crate::test_steps::GENERAL_LINES;

    /// A line is looked at in one go only where enough bytes follow.
    #[test]
    fn a_line_is_read_alike_whatever_follows() {
        const AFTER: &str = "AFTER=as-long-as-what-is-looked-at";
        let bytes = (0..=u8::MAX).map(char::from);
        let mut others: Vec<String> = bytes.map(String::from).collect();
        others.extend(["=\r", " \r", "\r\r"].map(String::from));
        for line in ["key=value", "X-KEY_1=value", "k=", "=v", "command=AddDomain", "nothing"] {
            for place in 0..=line.len() {
                for other in &others {
                    let (start, end) = line.split_at(place);
                    let text = format!("COMMAND=X\n{start}{other}{end}\n");
                    let long = format!("{text}{AFTER}");
                    let (long, short) = (Command::parse(&long), Command::parse(&text));
                    let long = long.map(|mut command| {
                        assert_eq!(
                            command.remove("AFTER").as_deref(),
                            AFTER.strip_prefix("AFTER=")
                        );
                        command
                    });
                    match (long, short) {
                        (Ok(long), Ok(short)) => {
                            assert!(long.parameters().eq(short.parameters()), "{text:?}");
                        }
                        (Err(long), Err(short)) => {
                            assert_eq!(
                                (long.kind(), long.position()),
                                (short.kind(), short.position()),
                                "{text:?}"
                            );
                        }
                        (long, short) => panic!("{text:?}: {long:?}, {short:?}"),
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_spelled_as_usual_is_not_read_in_general() {
        let tags = |family: &str| -> String {
            (0..1000).map(|n| format!("{family}{n}=tag-{n}\n")).collect()
        };
        let long = "v".repeat(2 * WINDOW);
        for tags in [tags("AddDomainTag"), tags("X-TAG_"), tags("T").replace("tag", &long)] {
            let text = format!("COMMAND=ModifyDomain\n{tags}");
            let read = || assert_eq!(Command::parse(&text).expect("a command").len(), 1000);
            let lines = GENERAL_LINES.of(read);
            assert!(lines < 10, "{lines} lines were read by the general path");
        }
    }
}
