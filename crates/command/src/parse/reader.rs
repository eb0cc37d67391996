//! Collects the parameters of a command from a text or a form.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use core::mem;
use core::ops::Range;

use cnic_text::{Position, to_u32, to_usize};

use crate::command::Command;
use crate::error::{ErrorKind, ParseError};
use crate::limits::Limits;
use crate::parameters::key::is_key;
use crate::parameters::run::Run;
use crate::parameters::value::check_value;
use crate::parameters::{Parameter, ParameterMap};

/// Collects parameters.
pub(crate) struct Reader<'t> {
    name: Option<(Cow<'t, str>, Position)>,
    header: Option<Box<ParameterMap<'t>>>,
    parameters: ParameterMap<'t>,
    length: usize,
    limits: Limits,
}

impl<'t> Reader<'t> {
    /// `length` is that of the whole text or form.
    pub(crate) fn new(length: usize, limits: Limits) -> Self {
        Self { name: None, header: None, parameters: ParameterMap::default(), length, limits }
    }

    /// Returns whether the name of the command came.
    pub(crate) const fn has_name(&self) -> bool {
        self.name.is_some()
    }

    /// Adds a parameter. Nothing is trimmed.
    pub(crate) fn parameter(
        &mut self,
        key: Cow<'t, str>,
        value: Cow<'t, str>,
        position: Position,
    ) -> Result<(), ErrorKind> {
        if !is_key(&key) {
            let is_wrong = |c: &char| !is_key(c.encode_utf8(&mut [0; 4]));
            return Err(ErrorKind::InvalidKey { character: key.chars().find(is_wrong) });
        }
        // The name is kept apart: it is not a parameter, and may come after some.
        if is_command(&key) {
            if let Some((_, first)) = self.name {
                return Err(ErrorKind::RepeatedCommand { first_line: to_u32(first.line()) });
            }
            if !is_key(&value) {
                return Err(ErrorKind::InvalidName);
            }
            self.name = Some((value, position));
            return Ok(());
        }
        match check_value(&value) {
            Err(_) => Err(ErrorKind::ControlCharacter),
            Ok(()) => self.insert(key, value, position).map(|_| ()),
        }
    }

    /// Adds a parameter whose key and value are checked. Returns whether it may be in a run.
    #[inline(always)] // so that key and value stay in registers
    pub(crate) fn insert(
        &mut self,
        key: Cow<'t, str>,
        value: Cow<'t, str>,
        position: Position,
    ) -> Result<bool, ErrorKind> {
        let parameter = Parameter { value, position: Some(position) };
        if self.parameters.needs_look() {
            return self.insert_with_look(key, parameter, position).map(|()| true);
        }
        // One look-up both adds and finds a duplicate: the second of two is in the map by then, and
        // the error ends the reading.
        match self.parameters.insert_single(key, parameter) {
            Some(first) => Err(duplicate(&first)),
            None => self.check_limits().map(|()| false),
        }
    }

    #[inline(never)]
    fn insert_with_look(
        &mut self,
        key: Cow<'t, str>,
        parameter: Parameter<Cow<'t, str>>,
        position: Position,
    ) -> Result<(), ErrorKind> {
        // The map would double its size, and 8,192 tags would be moved ten times. The text is at hand,
        // so its length tells how many are to come.
        if self.parameters.is_full() {
            self.parameters.reserve(self.expected_after(position));
        }
        match self.parameters.insert(key, parameter) {
            Some(first) => Err(duplicate(&first)),
            None => self.check_limits(),
        }
    }

    /// Returns the run that ends with the last parameter, and how many more there may be.
    pub(crate) fn open_run(&mut self) -> Option<(&mut Run<&'t str>, usize)> {
        let room = to_usize(self.limits.parameters).saturating_sub(self.len());
        self.parameters.open_run().map(|run| (run, room))
    }

    /// Takes what was read so far for the header of a command that begins here.
    pub(crate) fn begin_command(&mut self) {
        if self.parameters.len() > 0 {
            self.header = Some(Box::new(mem::take(&mut self.parameters)));
        }
    }

    /// Returns how many parameters to reserve room for: as many as follow if they are as long as
    /// those before, but at most three times as many, because the rest may be a single long one.
    #[cold]
    fn expected_after(&self, position: Position) -> usize {
        let before = self.parameters.len() + 1;
        let rest = self.length.saturating_sub(position.byte());
        rest.saturating_mul(before).checked_div(position.byte()).unwrap_or(rest).min(3 * before)
    }

    fn check_limits(&self) -> Result<(), ErrorKind> {
        let len = u32::try_from(self.len());
        let is_within = len.is_ok_and(|len| len <= self.limits.parameters);
        if is_within { Ok(()) } else { Err(ErrorKind::ParameterLimit) }
    }

    /// Returns the number of parameters, those of the header included.
    #[inline]
    fn len(&self) -> usize {
        self.header.as_ref().map_or(0, |header| header.len()) + self.parameters.len()
    }

    /// Returns the command; the last line began at `last`, and reading ended at the byte `end`.
    pub(crate) fn finish(self, last: Position, end: usize) -> Result<Command<'t>, ParseError> {
        match self.name {
            Some((name, _)) => {
                let mut command = Command::from_parts(name, self.parameters);
                command.header = self.header;
                Ok(command)
            }
            None => Err(ParseError::new(ErrorKind::MissingCommand, last, end..end)),
        }
    }
}

/// Returns the error of a key that came before.
fn duplicate(first: &Parameter<Cow<'_, str>>) -> ErrorKind {
    let first_line = first.position.map_or(0, |first| to_u32(first.line()));
    ErrorKind::DuplicateKey { first_line }
}

/// What of a parameter an error is about.
pub(crate) enum Part {
    Key,
    /// A character of the key, by its bytes.
    Character(Range<usize>),
    Value,
    All,
}

impl Part {
    pub(crate) fn of(kind: ErrorKind, key: &str) -> Self {
        match kind {
            ErrorKind::InvalidKey { character: Some(character) } => {
                let start = key.find(character).unwrap_or_default();
                Self::Character(start..start + character.len_utf8())
            }
            ErrorKind::DuplicateKey { .. }
            | ErrorKind::DuplicateName { .. }
            | ErrorKind::InvalidKey { character: None }
            | ErrorKind::MixedShapes
            | ErrorKind::RepeatedCommand { .. } => Self::Key,
            ErrorKind::ControlCharacter | ErrorKind::InvalidName | ErrorKind::InvalidPersistent => {
                Self::Value
            }
            _ => Self::All,
        }
    }
}

/// Returns whether a key is that of the name.
pub(crate) fn is_command(key: &str) -> bool {
    key.eq_ignore_ascii_case("COMMAND")
}
