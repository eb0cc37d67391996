//! A text as a command.
//!
//! ```text
//! command   = [ "[COMMAND]" LF ] *( parameter / blank-line ) [ "EOF" LF ]
//! parameter = *blank key *blank "=" *blank value *blank ( LF / CRLF / end )
//! key       = 1*( ALPHA / DIGIT / "-" / "_" )
//! value     = *( any but CR, LF, NUL )
//! ```

use alloc::borrow::Cow;

use indexmap::map::Entry;

use crate::command::{Command, Parameter, Parameters};
use crate::error::{BuildErrorKind, ErrorKind, ParseError, Position};
use crate::key::{Key, check_value, is_key, trim};
use crate::limits::Limits;

pub(crate) fn parse(text: &str, limits: Limits) -> Result<Command<'_>, ParseError> {
    if u32::try_from(text.len()).map_or(true, |len| len > limits.bytes) {
        return Err(ParseError::new(ErrorKind::ByteLimit, Position::START));
    }
    let mut reader = Reader::new(limits);
    let mut framed = false;
    let mut ended = false;
    let mut first = true;
    let mut last = Position::START;
    for (line, position) in Lines::new(text) {
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

/// Takes bytes for UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, ParseError> {
    core::str::from_utf8(bytes).map_err(|error| {
        let (valid, _) = bytes.split_at(error.valid_up_to());
        let line_start = memchr::memrchr(b'\n', valid).map_or(0, |lf| lf + 1);
        let lines = 1 + memchr::memchr_iter(b'\n', valid).count();
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let kind = ErrorKind::InvalidUtf8 { offset: Some(narrow(valid.len())) };
        ParseError::new(kind, Position::new(narrow(line_start), narrow(lines)))
    })
}

/// The lines of a text, trimmed, without their ends, and where they start.
struct Lines<'t> {
    rest: &'t str,
    byte: u32,
    line: u32,
}

impl<'t> Lines<'t> {
    /// `text` is at most `u32::MAX` bytes long, and so are its lines in number.
    const fn new(text: &'t str) -> Self {
        Self { rest: text, byte: 0, line: 1 }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = (&'t str, Position);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let position = Position::new(self.byte, self.line);
        let (line, rest) = match memchr::memchr(b'\n', self.rest.as_bytes()) {
            Some(lf) => {
                let line = &self.rest[..lf];
                (line.strip_suffix('\r').unwrap_or(line), &self.rest[lf + 1..])
            }
            None => (self.rest, ""),
        };
        let taken = u32::try_from(self.rest.len() - rest.len()).expect("a text of at most 4 GiB");
        self.rest = rest;
        self.byte += taken;
        // Only a text of nothing but 4 Gi line ends gets there.
        self.line = self.line.saturating_add(1);
        Some((trim(line), position))
    }
}

/// Collects parameters, wherever they come from.
pub(crate) struct Reader<'t> {
    name: Option<(Cow<'t, str>, Position)>,
    parameters: Parameters<'t>,
    limits: Limits,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { name: None, parameters: Parameters::default(), limits }
    }

    fn line(&mut self, line: &'t str, position: Position) -> Result<(), ParseError> {
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
        if key.eq_ignore_ascii_case("COMMAND") {
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
            Err(BuildErrorKind::OuterBlank) => return error(ErrorKind::OuterBlank),
            Err(_) => return error(ErrorKind::ControlCharacter),
            Ok(()) => {}
        }
        let room =
            u32::try_from(self.parameters.len()).is_ok_and(|len| len < self.limits.parameters);
        match self.parameters.entry(Key(key)) {
            Entry::Occupied(first) => {
                let first_line = first.get().position.map_or(0, Position::line_number);
                error(ErrorKind::DuplicateKey { first_line })
            }
            Entry::Vacant(_) if !room => error(ErrorKind::ParameterLimit),
            Entry::Vacant(entry) => {
                entry.insert(Parameter { value, position: Some(position) });
                Ok(())
            }
        }
    }

    /// Returns the command; reading ended at `end`.
    pub(crate) fn finish(self, end: Position) -> Result<Command<'t>, ParseError> {
        match self.name {
            Some((name, _)) => Ok(Command::from_parts(name, self.parameters)),
            None => Err(ParseError::new(ErrorKind::MissingCommand, end)),
        }
    }
}
