//! Bytes that are not UTF-8.

use std::borrow::Cow;

use clap::ValueEnum;

/// What the bytes of an input are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Encoding {
    /// UTF-8; anything else is an error
    #[default]
    #[value(name = "utf-8")]
    Utf8,
    /// ISO 8859-1: each byte is a character
    Latin1,
    /// UTF-8, with U+FFFD in place of anything else
    Lossy,
}

impl From<Encoding> for cnic_response::Encoding {
    fn from(encoding: Encoding) -> Self {
        match encoding {
            Encoding::Utf8 => Self::Utf8,
            Encoding::Latin1 => Self::Latin1,
            Encoding::Lossy => Self::Utf8Lossy,
        }
    }
}

impl Encoding {
    /// Turns text into UTF-8. What is to be UTF-8 already is returned as it is, also if it is not.
    pub(crate) fn text(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        if self == Self::Utf8 || bytes.is_ascii() {
            return Cow::Borrowed(bytes);
        }
        Cow::Owned(self.decode(bytes).into_bytes())
    }

    fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Latin1 => bytes.iter().map(|&byte| char::from(byte)).collect(),
            Self::Utf8 | Self::Lossy => String::from_utf8_lossy(bytes).into_owned(),
        }
    }

    /// Turns the bytes of a form into UTF-8, those of its escapes as well: `%FC` becomes `%C3%BC`.
    pub(crate) fn form(self, body: &[u8]) -> Cow<'_, [u8]> {
        if self == Self::Utf8 {
            return Cow::Borrowed(body);
        }
        let mut form = Vec::with_capacity(body.len());
        let mut rest = body;
        // The bytes of a character can be escaped or not, so they are looked at together.
        let mut run = Vec::new();
        loop {
            let (byte, length) = match *rest {
                [b'%', high, low, ..] => match escape(high, low) {
                    Some(byte) => (Some(byte), 3),
                    None => (Some(b'%'), 1),
                },
                [byte, ..] => (Some(byte), 1),
                [] => (None, 0),
            };
            match byte.filter(|byte| !byte.is_ascii()) {
                Some(byte) => run.push(byte),
                None => {
                    for byte in self.decode(&std::mem::take(&mut run)).bytes() {
                        form.extend(format!("%{byte:02X}").bytes());
                    }
                    form.extend(&rest[..length]);
                }
            }
            if byte.is_none() {
                return Cow::Owned(form);
            }
            rest = &rest[length..];
        }
    }
}

/// Returns the byte that an escape stands for.
fn escape(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

/// Turns text into UTF-8 as it comes, in chunks of any size.
#[derive(Default)]
pub(crate) struct Transcoder {
    encoding: Encoding,
    /// The beginning of a character.
    tail: Vec<u8>,
}

impl Transcoder {
    pub(crate) fn new(encoding: Encoding) -> Self {
        Self { encoding, tail: Vec::new() }
    }

    pub(crate) const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Returns the next chunk of the text; the text ends where there is no chunk.
    pub(crate) fn push<'c>(&mut self, chunk: Option<&'c [u8]>) -> Cow<'c, [u8]> {
        let Some(chunk) = chunk else {
            return Cow::Owned(self.encoding.text(&std::mem::take(&mut self.tail)).into_owned());
        };
        if self.encoding != Encoding::Lossy {
            return self.encoding.text(chunk);
        }
        let mut bytes = std::mem::take(&mut self.tail);
        bytes.extend(chunk);
        let last = bytes.utf8_chunks().last().map_or(&[][..], |last| last.invalid());
        let is_beginning =
            std::str::from_utf8(last).is_err_and(|error| error.error_len().is_none());
        if is_beginning {
            self.tail = last.to_vec();
            bytes.truncate(bytes.len() - self.tail.len());
        }
        Cow::Owned(self.encoding.text(&bytes).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_turned_into_utf_8_with_its_escapes() {
        for (encoding, form, expected) in [
            (Encoding::Latin1, &b"a=%FC&b=\xfc&c=%3D%"[..], &b"a=%C3%BC&b=%C3%BC&c=%3D%"[..]),
            (Encoding::Latin1, b"a=%fc\xfc%fC", b"a=%C3%BC%C3%BC%C3%BC"),
            (Encoding::Lossy, b"a=%FC&b=%C3\xbc&c=\xc3\xbc", b"a=%EF%BF%BD&b=%C3%BC&c=%C3%BC"),
            (Encoding::Lossy, b"a=%zz%4", b"a=%zz%4"),
            (Encoding::Utf8, b"a=%FC\xfc", b"a=%FC\xfc"),
        ] {
            assert_eq!(encoding.form(form), expected, "{form:?}");
        }
    }

    #[test]
    fn chunks_of_any_size_make_the_same_text() {
        let text = b"M\xfcnchen \xc3\xbc \xf0\x9f\x98\x80 \xe4\xbe \xf0\x9f\x98";
        for encoding in [Encoding::Utf8, Encoding::Latin1, Encoding::Lossy] {
            let whole = encoding.text(text);
            for size in 1..text.len() {
                let mut transcoder = Transcoder::new(encoding);
                let mut parts = Vec::new();
                for chunk in text.chunks(size) {
                    parts.extend_from_slice(&transcoder.push(Some(chunk)));
                }
                parts.extend_from_slice(&transcoder.push(None));
                assert_eq!(parts, &*whole, "{encoding:?} {size}");
            }
        }
    }
}
