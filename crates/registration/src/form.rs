//! `application/x-www-form-urlencoded`, both ways.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};

use crate::draft::{Draft, SCALARS, Value};
use crate::error::{ErrorKind, ParseError, Position};
use crate::violation::Field;

pub(crate) fn error_at(kind: ErrorKind, byte: usize) -> ParseError {
    ParseError::new(kind, Position::new(byte, 1))
}

pub(crate) fn decode(body: &[u8]) -> Result<Draft<'_>, ParseError> {
    if u32::try_from(body.len()).is_err() {
        return Err(error_at(ErrorKind::TooLong, 0));
    }
    let mut fields = Fields::default();
    let mut start = 0;
    for pair in body.split(|&byte| byte == b'&') {
        let at = start;
        start += pair.len() + 1;
        if pair.is_empty() {
            continue;
        }
        let error = |kind| error_at(kind, at);
        let equals = memchr::memchr(b'=', pair).ok_or_else(|| error(ErrorKind::NoEquals))?;
        let (name, value) = (&pair[..equals], &pair[equals + 1..]);
        check_escapes(name).and_then(|()| check_escapes(value)).map_err(error)?;
        let name = unescape(name).map_err(error)?;
        let value = unescape(value).map_err(error)?;
        fields.field(&name, value, Position::new(at, 1))?;
    }
    Ok(fields.finish())
}

/// Refuses what the decoder would let pass as it is.
fn check_escapes(raw: &[u8]) -> Result<(), ErrorKind> {
    let mut bytes = raw.iter();
    while let Some(byte) = bytes.next() {
        if byte.is_ascii_control() {
            return Err(ErrorKind::ControlByte);
        }
        let hex = |digits: &[u8]| digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit);
        if *byte == b'%' && !bytes.as_slice().get(..2).is_some_and(hex) {
            return Err(ErrorKind::BadPercent);
        }
    }
    Ok(())
}

/// Decodes a name or a value: `+`, then `%XX`, then UTF-8.
fn unescape(raw: &[u8]) -> Result<Cow<'_, str>, ErrorKind> {
    if memchr::memchr2(b'+', b'%', raw).is_none() {
        return core::str::from_utf8(raw).map(Cow::Borrowed).map_err(|_| ErrorKind::BadUtf8);
    }
    let spaced: Vec<u8> = raw.iter().map(|&byte| if byte == b'+' { b' ' } else { byte }).collect();
    let bytes = percent_decode(&spaced).collect();
    String::from_utf8(bytes).map(Cow::Owned).map_err(|_| ErrorKind::BadUtf8)
}

/// The fields of a form, as far as they are read.
#[derive(Default)]
pub(crate) struct Fields<'t> {
    draft: Draft<'t>,
    /// Whether the name servers have indices; `None` before the first of them.
    indexed: Option<bool>,
}

impl<'t> Fields<'t> {
    pub(crate) fn field(
        &mut self,
        name: &str,
        text: Cow<'t, str>,
        position: Position,
    ) -> Result<(), ParseError> {
        let value = Value { text, position: Some(position) };
        self.set(name, value).map_err(|kind| ParseError::new(kind, position))
    }

    fn set(&mut self, name: &str, value: Value<'t>) -> Result<(), ErrorKind> {
        if let Some(place) = SCALARS.iter().position(|(_, scalar)| *scalar == name) {
            return set_once(&mut self.draft.scalars[place], value);
        }
        if name == "registrant" {
            return set_once(&mut self.draft.registrant, value);
        }
        if name != "dns" && !name.starts_with("dns[") {
            return Err(ErrorKind::Unknown);
        }
        let indexed = name != "dns[]";
        let in_order = !indexed || is_index(name, self.draft.name_servers.len());
        if *self.indexed.get_or_insert(indexed) != indexed || !in_order {
            return Err(ErrorKind::DnsKey);
        }
        self.draft.name_servers.push(value);
        Ok(())
    }

    pub(crate) fn finish(self) -> Draft<'t> {
        let mut draft = self.draft;
        let is_empty = |value: &mut Value<'_>| value.text.is_empty();
        let period = SCALARS.iter().position(|(field, _)| *field == Field::Period);
        for value in
            period.map(|place| &mut draft.scalars[place]).into_iter().chain([&mut draft.registrant])
        {
            value.take_if(is_empty);
        }
        if self.indexed == Some(false)
            && draft.name_servers.len() == 1
            && is_empty(&mut draft.name_servers[0])
        {
            draft.name_servers.clear();
        }
        draft
    }
}

fn set_once<'t>(field: &mut Option<Value<'t>>, value: Value<'t>) -> Result<(), ErrorKind> {
    match field {
        Some(_) => Err(ErrorKind::Duplicate),
        None => {
            *field = Some(value);
            Ok(())
        }
    }
}

/// Returns whether a name is `dns[place]`, the index in decimal without leading zeros.
fn is_index(name: &str, place: usize) -> bool {
    let digits = name.strip_prefix("dns[").and_then(|rest| rest.strip_suffix(']'));
    let plain = |digits: &&str| *digits == "0" || !digits.starts_with(['0', '+']);
    digits.filter(plain).and_then(|digits| digits.parse().ok()) == Some(place)
}

/// What the WHATWG calls the application/x-www-form-urlencoded percent-encode set, but for the space.
const ESCAPED: AsciiSet = NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// Writes the names and values of a form: a space is `+`, letters, digits and `*-._` stand for themselves, all else is `%XX`.
pub(crate) struct Escaped<'w, W>(pub(crate) &'w mut W);

impl<W: fmt::Write> fmt::Write for Escaped<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // A percent sign is escaped itself, so only a space gives this piece.
        let mut pieces = utf8_percent_encode(text, &ESCAPED);
        pieces.try_for_each(|piece| self.0.write_str(if piece == "%20" { "+" } else { piece }))
    }
}
