//! Decoding a form.

use alloc::borrow::Cow;
use core::ops::Range;

use cnic_text::blanks::{is_trimmed, trim};
use cnic_text::form::{self, EscapeFault, escaped_range};
use cnic_text::{Position, to_u32};
use indexmap::IndexSet;

use super::credentials::Credentials;
use super::name::Name;
use super::{Form, Shape};
use crate::error::{ErrorKind, ParseError};
use crate::limits::{Limits, check_length};
use crate::parameters::hashing::RandomState;
use crate::parameters::transport::is_transport;
use crate::parse::envelope::MARK;
use crate::parse::reader::{Part, Reader};

impl<'t> Form<'t> {
    /// Reads the body of a request, or the query of a GET.
    ///
    /// `+` and `%20` are a space; all percent-encodings of the same bytes read alike. A field that
    /// is neither a credential nor `s_command` is a parameter of a flat command; the name of the
    /// command is in `command`. Unknown fields that begin with `s_` are kept in
    /// [`Credentials::others`]. A byte order mark at the start is ignored.
    ///
    /// Leading and trailing blanks (SP, TAB) of a flat parameter are trimmed, as in text. Those of
    /// a credential are kept: a password may have some.
    ///
    /// ```
    /// use cnic_command::form::Form;
    ///
    /// let form = Form::decode(b"s_login=account&s_pw=secret&command=CheckDomains&domain0=example.com")?;
    /// let command = form.command()?.expect("a command");
    /// assert_eq!(command.encode().to_string(), "COMMAND=CheckDomains\ndomain0=example.com");
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * a pair without `=`; empty pairs, as in `a=b&&c=d&`, are skipped;
    /// * a `%` without two hexadecimal digits, a raw control character, or a value that does not
    ///   decode to UTF-8;
    /// * a field given twice, ASCII case-insensitively;
    /// * `persistent` with another value than `0`, `1` or nothing;
    /// * parameters of a flat command beside `s_command`, or without `command`;
    /// * a flat parameter with an invalid key, or a value with CR, LF or NUL;
    /// * a body above the [default limits](Limits::DEFAULT).
    pub fn decode(body: &'t [u8]) -> Result<Self, ParseError> {
        Self::decode_within(body, Limits::DEFAULT)
    }

    /// Reads a body as [`decode`](Self::decode) does, with other limits.
    ///
    /// ```
    /// use cnic_command::{ErrorKind, Form, Limits};
    ///
    /// let limits = Limits::DEFAULT.bytes(1 << 16).parameters(1);
    /// let error = Form::decode_within(b"command=CheckDomains&domain0=a.test&domain1=b.test", limits)
    ///     .unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::ParameterLimit);
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`decode`](Self::decode).
    pub fn decode_within(body: &'t [u8], limits: Limits) -> Result<Self, ParseError> {
        check_length(body.len(), limits)?;
        let mut fields = Fields::new(body, limits);
        for (number, pair) in (1_usize..).zip(pairs(body)) {
            if to_u32(number) > limits.lines {
                return Err(pair.error(ErrorKind::PairLimit));
            }
            if pair.bytes.is_empty() {
                continue;
            }
            let Some(equals) = memchr::memchr(b'=', pair.bytes) else {
                return Err(pair.error(ErrorKind::PairWithoutEquals));
            };
            let value_start = equals + 1;
            let name = unescape(&pair.bytes[..equals])
                .map_err(|(kind, span)| pair.error_at(kind, 0, span))?;
            let value = unescape(&pair.bytes[value_start..])
                .map_err(|(kind, span)| pair.error_at(kind, value_start, span))?;
            fields
                .field(name, value, Position::at_byte(pair.start))
                .map_err(|kind| pair.error_of_field(kind, equals, body))?;
        }
        fields.finish()
    }
}

/// The reserved fields that are known.
const KNOWN: [&str; 7] =
    ["s_command", "s_login", "s_pw", "s_otp", "s_sessionid", "s_opmode", "persistent"];

/// The fields read so far.
struct Fields<'t> {
    credentials: Credentials<'t>,
    /// Which of the known fields were there.
    known: [bool; KNOWN.len()],
    /// The names of the other fields that are no parameters.
    others: IndexSet<Name<'t>, RandomState>,
    wrapped: Option<Cow<'t, str>>,
    flat: Option<Reader<'t>>,
    body: &'t [u8],
    limits: Limits,
}

impl<'t> Fields<'t> {
    fn new(body: &'t [u8], limits: Limits) -> Self {
        Self {
            credentials: Credentials::new(),
            known: [false; KNOWN.len()],
            others: IndexSet::default(),
            wrapped: None,
            flat: None,
            body,
            limits,
        }
    }

    /// Takes a field. Errors are those of a line of text.
    fn field(
        &mut self,
        name: Cow<'t, str>,
        value: Cow<'t, str>,
        position: Position,
    ) -> Result<(), ErrorKind> {
        if is_transport(&name) {
            let is_new = match KNOWN.iter().position(|known| name.eq_ignore_ascii_case(known)) {
                Some(place) => !core::mem::replace(&mut self.known[place], true),
                None => self.others.insert(Name(name.clone())),
            };
            if !is_new {
                return Err(ErrorKind::DuplicateKey { first_line: 1 });
            }
            if !name.eq_ignore_ascii_case("s_command") {
                return self.credential(name, value);
            }
            if self.flat.is_some() {
                return Err(ErrorKind::MixedShapes);
            }
            self.wrapped = Some(value);
            return Ok(());
        }
        if self.wrapped.is_some() {
            return Err(ErrorKind::MixedShapes);
        }
        // The reader rejects an invalid key before it hashes it.
        self.flat.get_or_insert_with(|| Reader::new(self.body.len(), self.limits)).parameter(
            name,
            trimmed(value),
            position,
        )
    }

    fn credential(&mut self, name: Cow<'t, str>, value: Cow<'t, str>) -> Result<(), ErrorKind> {
        let this = core::mem::take(&mut self.credentials);
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        self.credentials = if is("s_login") {
            this.with_login(value)
        } else if is("s_pw") {
            this.with_password(value)
        } else if is("s_otp") {
            this.with_otp(value)
        } else if is("s_sessionid") {
            this.with_session_id(value)
        } else if is("s_opmode") {
            this.with_opmode(value)
        } else if is("persistent") {
            match &*value {
                "1" => this.with_persistent(),
                "0" | "" => this,
                _ => return Err(ErrorKind::InvalidPersistent),
            }
        } else {
            let others = u32::try_from(this.others.len());
            if others.map_or(true, |others| others >= self.limits.parameters) {
                return Err(ErrorKind::ParameterLimit);
            }
            let mut this = this;
            this.others.push((name, value));
            this
        };
        Ok(())
    }

    fn finish(self) -> Result<Form<'t>, ParseError> {
        let end = self.body.len();
        let body = match (self.wrapped, self.flat) {
            (Some(text), _) => Shape::Wrapped(text),
            (None, Some(flat)) => Shape::Flat(flat.finish(Position::at_byte(end), end)?),
            (None, None) => Shape::None,
        };
        Ok(Form { credentials: self.credentials, body, limits: self.limits })
    }
}

/// A pair, and where it starts in the body.
struct Pair<'t> {
    bytes: &'t [u8],
    start: usize,
}

impl Pair<'_> {
    fn error(&self, kind: ErrorKind) -> ParseError {
        self.error_at(kind, 0, 0..self.bytes.len())
    }

    /// Returns an error at `span`, which counts from `start` of the pair.
    fn error_at(&self, kind: ErrorKind, start: usize, span: Range<usize>) -> ParseError {
        let start = self.start + start;
        let span = start + span.start..start + span.end;
        ParseError::new(kind, Position::at_byte(self.start), span)
    }

    /// Returns the error of a decoded field. A form has one line, so the first of two equal keys is
    /// named by its byte.
    #[cold]
    fn error_of_field(&self, kind: ErrorKind, equals: usize, body: &[u8]) -> ParseError {
        let raw_name = &self.bytes[..equals];
        let name = unescape(raw_name).unwrap_or_default();
        let kind = match kind {
            ErrorKind::DuplicateKey { .. } | ErrorKind::RepeatedCommand { .. } => {
                ErrorKind::DuplicateName { first_byte: first_of(&name, body) }
            }
            kind => kind,
        };
        match Part::of(kind, &name) {
            Part::Key => self.error_at(kind, 0, 0..equals),
            Part::Character(at) => self.error_at(kind, 0, escaped_range(raw_name, at)),
            Part::Value => self.error_at(kind, 0, equals + 1..self.bytes.len()),
            Part::All => self.error(kind),
        }
    }
}

/// Returns the pairs, empty ones included, after a byte order mark.
fn pairs(body: &[u8]) -> impl Iterator<Item = Pair<'_>> {
    const ESCAPED_MARK: &str = "%EF%BB%BF";
    let is_escaped = |start: &[u8]| start.eq_ignore_ascii_case(ESCAPED_MARK.as_bytes());
    let mut start = if body.starts_with(MARK.as_bytes()) {
        MARK.len()
    } else if body.get(..ESCAPED_MARK.len()).is_some_and(is_escaped) {
        ESCAPED_MARK.len()
    } else {
        0
    };
    let ends = memchr::memchr_iter(b'&', &body[start..]).map({
        let first = start;
        move |at| first + at
    });
    ends.chain([body.len()]).map(move |end| {
        let pair = Pair { bytes: &body[start..end], start };
        start = end + 1;
        pair
    })
}

/// Returns where the first pair of that name starts, for an error.
#[cold]
fn first_of(name: &str, body: &[u8]) -> u32 {
    let is_first = |pair: &Pair<'_>| {
        let raw = pair.bytes.split(|&byte| byte == b'=').next().unwrap_or_default();
        unescape(raw).is_ok_and(|first| first.eq_ignore_ascii_case(name))
    };
    to_u32(pairs(body).find(is_first).map_or(0, |pair| pair.start))
}

/// Trims SP and TAB from both ends, as lines of text are.
fn trimmed(value: Cow<'_, str>) -> Cow<'_, str> {
    match value {
        Cow::Borrowed(value) => Cow::Borrowed(trim(value)),
        Cow::Owned(value) if is_trimmed(&value) => Cow::Owned(value),
        Cow::Owned(value) => Cow::Owned(trim(&value).into()),
    }
}

/// Decodes a name or a value. An error comes with its place in `raw`.
fn unescape(raw: &[u8]) -> Result<Cow<'_, str>, (ErrorKind, Range<usize>)> {
    form::unescape(raw).map_err(|(fault, span)| match fault {
        EscapeFault::ControlByte => (ErrorKind::ControlByte, span),
        EscapeFault::InvalidEscape => (ErrorKind::InvalidEscape, span),
        EscapeFault::InvalidUtf8 => (ErrorKind::InvalidUtf8 { offset: None }, span),
    })
}
