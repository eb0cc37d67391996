//! A text as a command.
//!
//! ```text
//! command   = [ "[COMMAND]" LF ] *( parameter / blank-line ) [ "EOF" LF ]
//! parameter = *blank key *blank "=" *blank value *blank ( LF / CRLF / end )
//! key       = 1*( ALPHA / DIGIT / "-" / "_" )
//! value     = *( any but CR, LF, NUL )
//! ```

use alloc::borrow::Cow;
use core::num::NonZeroU32;

use crate::command::Command;
use crate::error::{BuildErrorKind, ErrorKind, ParseError, Position};
use crate::key::{check_value, is_key, is_trimmed, trim};
use crate::limits::Limits;
use crate::parameters::{Parameter, Parameters};
use crate::window::{WINDOW, Window};

pub(crate) fn parse(text: &str, limits: Limits) -> Result<Command<'_>, ParseError> {
    if u32::try_from(text.len()).map_or(true, |len| len > limits.bytes) {
        return Err(ParseError::new(ErrorKind::ByteLimit, Position::START));
    }
    let mut reader = Reader::new(text.len(), limits);
    let mut framed = false;
    let mut ended = false;
    let mut first = true;
    let mut last = Position::START;
    let mut lines = Lines::new(text);
    loop {
        if !ended {
            while let Some((key, value, position)) = lines.plain() {
                (first, last) = (false, position);
                reader.insert(Cow::Borrowed(key), Cow::Borrowed(value), position)?;
            }
        }
        let Some((line, position)) = lines.next() else { break };
        last = if ended { last } else { position };
        if line.is_empty() {
            continue;
        }
        let error = |kind| Err(ParseError::new(kind, position));
        if ended {
            return error(ErrorKind::TrailingData);
        }
        if line.eq_ignore_ascii_case("[COMMAND]") {
            if !first {
                return error(ErrorKind::MisplacedHeader);
            }
            framed = true;
        } else if line.eq_ignore_ascii_case("EOF") {
            if reader.name.is_none() {
                return error(ErrorKind::MissingCommand);
            }
            ended = true;
        } else {
            reader.line(line, position)?;
        }
        first = false;
    }
    if framed && !ended {
        return Err(ParseError::new(ErrorKind::Truncated, last));
    }
    reader.finish(last)
}

fn is_command(key: &str) -> bool {
    key.eq_ignore_ascii_case("COMMAND")
}

/// Takes bytes for UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, ParseError> {
    core::str::from_utf8(bytes).map_err(|error| {
        let (valid, _) = bytes.split_at(error.valid_up_to());
        let line_start = memchr::memrchr(b'\n', valid).map_or(0, |lf| lf + 1);
        let lines = memchr::memchr_iter(b'\n', valid).count();
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let kind = ErrorKind::InvalidUtf8 { offset: Some(narrow(valid.len())) };
        ParseError::new(
            kind,
            Position::new(narrow(line_start), NonZeroU32::MIN.saturating_add(narrow(lines))),
        )
    })
}

/// The lines of a text, trimmed, without their ends, and where they start.
struct Lines<'t> {
    rest: &'t str,
    byte: u32,
    line: NonZeroU32,
}

impl<'t> Lines<'t> {
    /// `text` is at most `u32::MAX` bytes long, and so are its lines in number.
    const fn new(text: &'t str) -> Self {
        Self { rest: text, byte: 0, line: NonZeroU32::MIN }
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
        let position = Position::new(self.byte, self.line);
        self.byte += u32::try_from(self.rest.len() - rest.len()).expect("a text of at most 4 GiB");
        // Only a text of nothing but 4 Gi line ends gets there.
        self.line = self.line.saturating_add(1);
        self.rest = rest;
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

/// Collects parameters, wherever they come from.
pub(crate) struct Reader<'t> {
    name: Option<(Cow<'t, str>, Position)>,
    parameters: Parameters<'t>,
    length: usize,
    limits: Limits,
}

impl<'t> Reader<'t> {
    /// `length` is that of the whole text or form.
    pub(crate) fn new(length: usize, limits: Limits) -> Self {
        Self { name: None, parameters: Parameters::default(), length, limits }
    }

    fn line(&mut self, line: &'t str, position: Position) -> Result<(), ParseError> {
        #[cfg(test)]
        crate::test_steps::GENERAL_LINES.count();
        let Some(equals) = memchr::memchr(b'=', line.as_bytes()) else {
            return Err(ParseError::new(ErrorKind::MissingEquals, position));
        };
        let (key, value) = (trim(&line[..equals]), trim(&line[equals + 1..]));
        self.parameter(Cow::Borrowed(key), Cow::Borrowed(value), position)
    }

    /// Adds a parameter as it is: nothing is trimmed.
    pub(crate) fn parameter(
        &mut self,
        key: Cow<'t, str>,
        value: Cow<'t, str>,
        position: Position,
    ) -> Result<(), ParseError> {
        let error = |kind| Err(ParseError::new(kind, position));
        if !is_key(&key) {
            return error(ErrorKind::InvalidKey);
        }
        if is_command(&key) {
            if let Some((_, first)) = self.name {
                return error(ErrorKind::RepeatedCommand { first_line: first.line_number() });
            }
            if !is_key(&value) {
                return error(ErrorKind::InvalidName);
            }
            self.name = Some((value, position));
            return Ok(());
        }
        match check_value(&value) {
            Err(BuildErrorKind::OuterBlank) => error(ErrorKind::OuterBlank),
            Err(_) => error(ErrorKind::ControlCharacter),
            Ok(()) => self.insert(key, value, position),
        }
    }

    /// Adds a parameter that is one.
    #[inline(always)] // so that key and value stay in registers
    fn insert(
        &mut self,
        key: Cow<'t, str>,
        value: Cow<'t, str>,
        position: Position,
    ) -> Result<(), ParseError> {
        let error = |kind| Err(ParseError::new(kind, position));
        if self.parameters.is_full() {
            self.parameters.reserve(self.expected_after(position));
        }
        match self.parameters.insert(key, Parameter { value, position: Some(position) }) {
            Some(first) => {
                let first_line = first.position.map_or(0, Position::line_number);
                error(ErrorKind::DuplicateKey { first_line })
            }
            None if !self.is_within_limits() => error(ErrorKind::ParameterLimit),
            None => Ok(()),
        }
    }

    /// Returns how many parameters there will be room for from a place on: as many as follow if they are as long as those before
    /// it, but at most three times as many as these, because they may as well be a single one.
    #[cold]
    fn expected_after(&self, position: Position) -> usize {
        let before = self.parameters.len() + 1;
        let rest = self.length.saturating_sub(position.byte());
        rest.saturating_mul(before).checked_div(position.byte()).unwrap_or(rest).min(3 * before)
    }

    fn is_within_limits(&self) -> bool {
        u32::try_from(self.parameters.len()).is_ok_and(|len| len <= self.limits.parameters)
    }

    /// Returns the command; reading ended at `end`.
    pub(crate) fn finish(self, end: Position) -> Result<Command<'t>, ParseError> {
        match self.name {
            Some((name, _)) => Ok(Command::from_parts(name, self.parameters)),
            None => Err(ParseError::new(ErrorKind::MissingCommand, end)),
        }
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
