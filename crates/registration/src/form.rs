//! `application/x-www-form-urlencoded`, both ways.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt::{self, Write};
use core::ops::Range;

use cnic_text::digits::parse_index;
use cnic_text::form::{EscapeFault, escape, unescape};
use cnic_text::{Position, to_u32};

use crate::draft::{Draft, SCALARS};
use crate::error::{ErrorKind, ParseError};
use crate::field::Field;
use crate::limits::Limits;
use crate::pairs::ParameterValue;
use crate::registration::Registration;
use crate::source::{RawValue, Source};
use crate::unknown::Unknown;

/// A byte order mark, U+FEFF, in UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// What is wrong, and which bytes.
type Fault = (ErrorKind, Range<usize>);

impl<'t> Draft<'t> {
    /// Reads the body of a form, `application/x-www-form-urlencoded`. Percent-decoding happens
    /// exactly once.
    ///
    /// * Brackets and colons may be escaped or not.
    /// * Name servers are `dns[]`, or `dns[0]`, `dns[1]`, ..
    /// * An empty `period`, an empty `registrant` and a single empty `dns[]` count as absent,
    ///   because the vendor's clients send them so (docs/toolkit.md, section 1.2).
    /// * One U+FEFF before the first name is ignored.
    /// * Of a parameter that a registration does not have, such as `url`, the [name](Self::unknown)
    ///   is kept. Every policy rejects such a draft.
    ///
    /// ```
    /// # use cnic_registration::Draft;
    /// let draft = Draft::from_form(b"domain=ex%61mple&period=&dns%5B%5D=ns0.example.com")?;
    /// assert_eq!(draft, Draft::default().domain("example").name_server("ns0.example.com"));
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * a pair without `=`; empty pairs are skipped;
    /// * a `%` without two hexadecimal digits, a raw control character, or a name or value that
    ///   does not decode to UTF-8;
    /// * a parameter given twice;
    /// * `dns`, a gap in `dns[0]`, `dns[1]`, .., or both kinds of `dns` in one form;
    /// * anything above the default [`Limits`](crate::Limits); a [`Parser`](crate::Parser) can have
    ///   others.
    pub fn from_form(body: &'t [u8]) -> Result<Self, ParseError> {
        decode(body, Limits::DEFAULT)
    }

    /// Reads names and values that are decoded already, by the rules of
    /// [`from_form`](Self::from_form).
    ///
    /// ```
    /// # use cnic_registration::{Draft, Field};
    /// let pairs = [("domain", "example"), ("dns[]", "ns1.example.com"), ("dns[]", "ns2.example.com")];
    /// let draft = Draft::from_pairs(pairs)?;
    /// assert_eq!((draft.get(Field::Domain), draft.name_servers().len()), (Some("example"), 2));
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * a parameter given twice;
    /// * `dns`, a gap in `dns[0]`, `dns[1]`, .., or both kinds of `dns` in one form;
    /// * more pairs, or longer names or values, than the default [`Limits`](crate::Limits).
    ///
    /// The byte of the position of an error is the number of the pair, from 0.
    pub fn from_pairs<N: AsRef<str>, V: Into<Cow<'t, str>>>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Self, ParseError> {
        collect(pairs, Limits::DEFAULT)
    }
}

pub(crate) fn decode(body: &[u8], limits: Limits) -> Result<Draft<'_>, ParseError> {
    limits.check_bytes(body.len())?;
    let pairs = body.strip_prefix(MARK).unwrap_or(body);
    let mut builder = DraftBuilder::new(limits);
    let mut start = body.len() - pairs.len();
    for pair in pairs.split(|&byte| byte == b'&') {
        if !pair.is_empty() {
            decode_pair(pair, start, &mut builder)
                .map_err(|(kind, span)| ParseError::new(kind, Position::at_byte(start), span))?;
        }
        start += pair.len() + 1;
    }
    Ok(builder.finish())
}

/// Decodes a pair that starts at the byte `at` of its form.
fn decode_pair<'t>(pair: &'t [u8], at: usize, builder: &mut DraftBuilder<'t>) -> Result<(), Fault> {
    let whole = at..at + pair.len();
    let equals =
        memchr::memchr(b'=', pair).ok_or_else(|| (ErrorKind::MissingEquals, whole.clone()))?;
    builder.count(whole)?;
    let name = Part { raw: &pair[..equals], start: at };
    let value = Part { raw: &pair[equals + 1..], start: at + equals + 1 };
    for part in [name, value] {
        part.check_length(builder.limits)?;
    }
    let (name_text, value_text) = match (name.unescape(), value.unescape()) {
        (Ok(name), Ok(value)) => (name, value),
        // A broken escape is reported before bytes that are not UTF-8, in the pair as a whole.
        (Err((ErrorKind::InvalidUtf8, _)), Err(fault)) if fault.0 != ErrorKind::InvalidUtf8 => {
            return Err(fault);
        }
        (Err(fault), _) | (_, Err(fault)) => return Err(fault),
    };
    let source = |part: Part<'t>| Source::Form { pair: at, start: part.start, raw: part.raw };
    let value = RawValue { text: value_text, source: Some(source(value)) };
    let known = builder.set(&name_text, value).map_err(|kind| (kind, name.span()))?;
    if !known {
        let name = RawValue { text: name_text, source: Some(source(name)) };
        builder.draft.unknown.push(Unknown(name));
    }
    Ok(())
}

/// Reads pairs that are decoded already.
pub(crate) fn collect<'t, N: AsRef<str>, V: Into<Cow<'t, str>>>(
    pairs: impl IntoIterator<Item = (N, V)>,
    limits: Limits,
) -> Result<Draft<'t>, ParseError> {
    let mut builder = DraftBuilder::new(limits);
    for (number, (name, value)) in pairs.into_iter().enumerate() {
        let (name, value) = (name.as_ref(), value.into());
        let error = |kind| ParseError::new(kind, Position::at_byte(number), number..number + 1);
        builder.count(0..0).map_err(|(kind, _)| error(kind))?;
        for text in [name, &value] {
            if Limits::exceeds(text.len(), limits.value) {
                return Err(error(ErrorKind::ValueLimit));
            }
        }
        let source = Some(Source::Pair { number });
        if !builder.set(name, RawValue { text: value, source }).map_err(error)? {
            let name = RawValue { text: Cow::Owned(name.into()), source };
            builder.draft.unknown.push(Unknown(name));
        }
    }
    Ok(builder.finish())
}

/// A name or a value before it is decoded, and where it starts.
#[derive(Clone, Copy)]
struct Part<'t> {
    raw: &'t [u8],
    start: usize,
}

impl<'t> Part<'t> {
    const fn span(self) -> Range<usize> {
        self.start..self.start + self.raw.len()
    }

    const fn check_length(self, limits: Limits) -> Result<(), Fault> {
        if Limits::exceeds(self.raw.len(), limits.value) {
            return Err((ErrorKind::ValueLimit, self.span()));
        }
        Ok(())
    }

    fn unescape(self) -> Result<Cow<'t, str>, Fault> {
        unescape(self.raw).map_err(|(fault, span)| {
            let kind = match fault {
                EscapeFault::ControlByte => ErrorKind::ControlByte,
                EscapeFault::InvalidEscape => ErrorKind::InvalidEscape,
                EscapeFault::InvalidUtf8 => ErrorKind::InvalidUtf8,
            };
            (kind, self.start + span.start..self.start + span.end)
        })
    }
}

/// Collects the fields of a form.
struct DraftBuilder<'t> {
    draft: Draft<'t>,
    /// Whether the name servers have indices; `None` before the first of them.
    indexed: Option<bool>,
    limits: Limits,
    count: usize,
}

impl<'t> DraftBuilder<'t> {
    fn new(limits: Limits) -> Self {
        Self { draft: Draft::default(), indexed: None, limits, count: 0 }
    }

    /// Counts a field.
    const fn count(&mut self, span: Range<usize>) -> Result<(), Fault> {
        self.count += 1;
        if Limits::exceeds(self.count, self.limits.fields) {
            return Err((ErrorKind::FieldLimit, span));
        }
        Ok(())
    }

    /// Stores a value. Returns whether a registration has a parameter of that name.
    fn set(&mut self, name: &str, value: RawValue<'t>) -> Result<bool, ErrorKind> {
        if let Some(place) = SCALARS.iter().position(|(_, scalar)| *scalar == name) {
            return set_once(&mut self.draft.scalars[place], value);
        }
        if name == "registrant" {
            return set_once(&mut self.draft.registrant, value);
        }
        if name != "dns" && !name.starts_with("dns[") {
            return Ok(false);
        }
        let indexed = name != "dns[]";
        let in_order = !indexed || is_index(name, self.draft.name_servers.len());
        if *self.indexed.get_or_insert(indexed) != indexed || !in_order {
            return Err(ErrorKind::DnsKey);
        }
        self.draft.name_servers.push(value);
        Ok(true)
    }

    fn finish(self) -> Draft<'t> {
        let mut draft = self.draft;
        let is_empty = |value: &mut RawValue<'_>| value.text.is_empty();
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

fn set_once<'t>(field: &mut Option<RawValue<'t>>, value: RawValue<'t>) -> Result<bool, ErrorKind> {
    match field {
        Some(_) => Err(ErrorKind::DuplicateName),
        None => {
            *field = Some(value);
            Ok(true)
        }
    }
}

/// Returns whether a name is `dns[place]`, the index in decimal without leading zeros.
fn is_index(name: &str, place: usize) -> bool {
    let digits = name.strip_prefix("dns[").and_then(|rest| rest.strip_suffix(']'));
    digits.and_then(parse_index) == Some(to_u32(place))
}

impl Registration {
    /// Returns the body to send, in canonical form. It contains the password.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// # let draft = Draft::new().domain("Example").suffix("uk.com").chandle("H1").thandle("H1");
    /// let registration = Policy::TOOLKIT.validate(&draft.user("H1").password("p&w"))?;
    /// assert_eq!(
    ///     String::from(registration.encode_form()),
    ///     "user=H1&password=p%26w&domain=example&suffix=uk.com&chandle=H1&thandle=H1",
    /// );
    /// # Ok::<(), cnic_registration::Violations>(())
    /// ```
    #[must_use]
    pub const fn encode_form(&self) -> Body<'_> {
        Body { registration: self }
    }
}

/// The body of a form, written by `Display`; see [`Registration::encode_form`]. It contains the
/// password.
///
/// The parameters are in the order of the vendor's page, without those that are absent. Letters,
/// digits and `*-._` are not escaped, a space is `+`, and every other byte is `%XX`.
///
/// ```
/// use cnic_registration::{Draft, Policy};
///
/// let draft = Draft::new().user("H1").password("x").domain("example").suffix("uk.com");
/// let draft = draft.chandle("H1").thandle("H1").name_server("ns1.example.com::192.0.2.1");
/// let registration = Policy::TOOLKIT.validate(&draft)?;
/// let body = registration.encode_form();
/// let request = format!("Content-Length: {}\r\n\r\n{body}", body.len());
/// assert!(request.ends_with("&dns%5B%5D=ns1.example.com%3A%3A192.0.2.1"));
/// # assert!(request.starts_with(&format!("Content-Length: {}", body.to_string().len())));
/// # Ok::<(), cnic_registration::Violations>(())
/// ```
#[derive(Clone, Copy)]
pub struct Body<'r> {
    registration: &'r Registration,
}

impl Body<'_> {
    /// Returns the number of bytes that `Display` writes.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "there is always a user")]
    #[expect(clippy::missing_panics_doc, reason = "counting does not fail")]
    pub fn len(&self) -> usize {
        let mut length = Length(0);
        self.write(&mut length).expect("counting does not fail");
        length.0
    }

    fn write(&self, to: &mut impl Write) -> fmt::Result {
        for (number, (name, value)) in self.registration.parameters().enumerate() {
            if number > 0 {
                to.write_char('&')?;
            }
            escape(name, to)?;
            to.write_char('=')?;
            match value {
                ParameterValue::Text(text) => escape(text, to)?,
                value => write!(Escaped(to), "{value}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

impl From<Body<'_>> for String {
    fn from(body: Body<'_>) -> Self {
        let mut text = Self::new();
        body.write(&mut text).expect("a string takes any text");
        text
    }
}

impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Body").field(self.registration).finish()
    }
}

/// A writer that counts bytes.
struct Length(usize);

impl Write for Length {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

/// A writer that escapes the text that is written to it.
struct Escaped<'w, W>(&'w mut W);

impl<W: Write> Write for Escaped<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        escape(text, self.0)
    }
}
