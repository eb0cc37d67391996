//! A form, read.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use indexmap::IndexSet;
use percent_encoding::percent_decode;

use crate::command::Command;
use crate::error::{ErrorKind, ParseError, Position};
use crate::form::Credentials;
use crate::form::body::is_transport;
use crate::form::name::Name;
use crate::limits::Limits;
use crate::parameters::hashing::RandomState;
use crate::parse::{Reader, parse};

/// A request: credentials, and the command in whichever shape it was sent.
///
/// See the [module](crate::form) for an example.
#[derive(Clone)]
pub struct Form<'t> {
    credentials: Credentials<'t>,
    body: Shape<'t>,
    limits: Limits,
}

#[derive(Clone)]
enum Shape<'t> {
    /// There is no command.
    None,
    /// The text of the command: `s_command`.
    Wrapped(Cow<'t, str>),
    /// A parameter for each field.
    Flat(Command<'t>),
}

impl<'t> Form<'t> {
    /// Reads the body of a request, or the query of a GET.
    ///
    /// `+` and `%20` are a space; all percent-encodings of the same bytes read alike. A field that is neither a credential nor
    /// `s_command` is a parameter of a flat command, `command` being its name. Fields beginning with `s_` that are not known
    /// here are kept: [`Credentials::others`].
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
    /// * a pair without `=`; empty pairs, as in `a=b&&c=d&`, are passed over;
    /// * a `%` without two hexadecimal digits, a raw control character, or a value that does not decode to UTF-8;
    /// * a field given twice, in whatever case;
    /// * `persistent` with another value than `0`, `1` or nothing;
    /// * parameters of a flat command beside `s_command`, or without `command`;
    /// * a flat parameter that could not be a line of a command: a bad key, a value with CR, LF or NUL, or with a blank at
    ///   either end;
    /// * a body above the [default limits](Limits::DEFAULT).
    pub fn decode(body: &'t [u8]) -> Result<Self, ParseError> {
        Self::decode_within(body, Limits::DEFAULT)
    }

    /// Reads a body as [`decode`](Self::decode) does, with other limits.
    ///
    /// # Errors
    ///
    /// Those of [`decode`](Self::decode).
    pub fn decode_within(body: &'t [u8], limits: Limits) -> Result<Self, ParseError> {
        if u32::try_from(body.len()).map_or(true, |len| len > limits.bytes) {
            return Err(ParseError::new(ErrorKind::ByteLimit, Position::START));
        }
        let mut fields = Fields::new(body.len(), limits);
        for (pair, position) in pairs(body) {
            let error = |kind| ParseError::new(kind, position);
            let equals =
                memchr::memchr(b'=', pair).ok_or_else(|| error(ErrorKind::MissingEquals))?;
            let name = unescape(&pair[..equals]).map_err(error)?;
            let value = unescape(&pair[equals + 1..]).map_err(error)?;
            fields.field(name, value, position)?;
        }
        fields.finish(Position::at_byte(body.len()))
    }

    /// Returns who sends the command.
    #[must_use]
    pub const fn credentials(&self) -> &Credentials<'t> {
        &self.credentials
    }

    /// Returns the command; `None` for a request that has none, such as one that starts a session.
    ///
    /// # Errors
    ///
    /// Those of [`Command::parse`], for the text of a wrapped command. Positions are in that text.
    pub fn command(&self) -> Result<Option<Command<'_>>, ParseError> {
        match &self.body {
            Shape::None => Ok(None),
            Shape::Wrapped(text) => parse(text, self.limits).map(Some),
            Shape::Flat(command) => Ok(Some(command.clone())),
        }
    }

    /// Returns whether the command came in one field, `s_command`.
    #[must_use]
    pub const fn is_wrapped(&self) -> bool {
        matches!(self.body, Shape::Wrapped(_))
    }
}

impl fmt::Debug for Form<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form").field("credentials", &self.credentials).finish_non_exhaustive()
    }
}

/// The fields that are no parameters and have a meaning here.
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
    length: usize,
    limits: Limits,
}

impl<'t> Fields<'t> {
    fn new(length: usize, limits: Limits) -> Self {
        Self {
            credentials: Credentials::new(),
            known: [false; KNOWN.len()],
            others: IndexSet::default(),
            wrapped: None,
            flat: None,
            length,
            limits,
        }
    }

    fn field(
        &mut self,
        name: Cow<'t, str>,
        value: Cow<'t, str>,
        position: Position,
    ) -> Result<(), ParseError> {
        let error = |kind| Err(ParseError::new(kind, position));
        if is_transport(&name) {
            let is_new = match KNOWN.iter().position(|known| name.eq_ignore_ascii_case(known)) {
                Some(place) => !core::mem::replace(&mut self.known[place], true),
                None => self.others.insert(Name(name.clone())),
            };
            if !is_new {
                return error(ErrorKind::DuplicateName);
            }
            if !name.eq_ignore_ascii_case("s_command") {
                return self.credential(name, value).or_else(error);
            }
            if self.flat.is_some() {
                return error(ErrorKind::MixedShapes);
            }
            self.wrapped = Some(value);
            return Ok(());
        }
        if self.wrapped.is_some() {
            return error(ErrorKind::MixedShapes);
        }
        // The reader refuses what is no key before it looks for a key that is given twice.
        self.flat
            .get_or_insert_with(|| Reader::new(self.length, self.limits))
            .parameter(name, value, position)
            .or_else(|refused| match refused.kind() {
                ErrorKind::DuplicateKey { .. } | ErrorKind::RepeatedCommand { .. } => {
                    error(ErrorKind::DuplicateName)
                }
                _ => Err(refused),
            })
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

    fn finish(self, end: Position) -> Result<Form<'t>, ParseError> {
        let body = match (self.wrapped, self.flat) {
            (Some(text), _) => Shape::Wrapped(text),
            (None, Some(flat)) => Shape::Flat(flat.finish(end)?),
            (None, None) => Shape::None,
        };
        Ok(Form { credentials: self.credentials, body, limits: self.limits })
    }
}

/// Returns the pairs that are not empty, and where they start.
fn pairs(body: &[u8]) -> impl Iterator<Item = (&[u8], Position)> {
    let mut start = 0;
    body.split(|&byte| byte == b'&').filter_map(move |pair| {
        let position = Position::at_byte(start);
        start += pair.len() + 1;
        (!pair.is_empty()).then_some((pair, position))
    })
}

/// Decodes a name or a value: `+`, then `%XX`, then UTF-8.
fn unescape(raw: &[u8]) -> Result<Cow<'_, str>, ErrorKind> {
    check_escapes(raw)?;
    let utf8 = |_| ErrorKind::InvalidUtf8 { offset: None };
    if memchr::memchr2(b'+', b'%', raw).is_none() {
        return core::str::from_utf8(raw)
            .map(Cow::Borrowed)
            .map_err(|_| ErrorKind::InvalidUtf8 { offset: None });
    }
    let spaced: Vec<u8> = raw.iter().map(|&byte| if byte == b'+' { b' ' } else { byte }).collect();
    let bytes: Vec<u8> = percent_decode(&spaced).collect();
    String::from_utf8(bytes).map(Cow::Owned).map_err(utf8)
}

/// Refuses what `percent_decode` would let pass as it is.
fn check_escapes(raw: &[u8]) -> Result<(), ErrorKind> {
    let mut bytes = raw.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' => match bytes.as_slice() {
                [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {}
                _ => return Err(ErrorKind::InvalidEscape),
            },
            byte if byte.is_ascii_control() => return Err(ErrorKind::ControlByte),
            _ => {}
        }
    }
    Ok(())
}
