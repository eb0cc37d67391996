//! JSON, written as serde_json writes it.

use std::fmt::Display;
use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{self, Impossible};

use crate::words::{any, below, equal};

/// Writes a value and a line end.
pub(crate) fn write_line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    write(out, value)?;
    out.write_all(b"\n")
}

/// Writes a value.
pub(crate) fn write(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Json { out, comma: false }).map_err(|Failed(error)| error)
}

/// Writes a text.
pub(crate) fn write_text(out: &mut impl Write, text: &str) -> io::Result<()> {
    Json { out, comma: false }.text(text).map_err(|Failed(error)| error)
}

/// What is written for a hole that is not the first element: always in one piece, so that
/// [`Packed`](crate::kept::Packed) knows it.
pub(crate) const HOLE: &[u8] = b",null";

/// Writes texts and holes by itself, and leaves all other scalars to serde_json.
///
/// serde_json looks for what needs an escape byte by byte, which takes longer than all the rest: most of what is written here
/// is the cells of tables, and next to none of them needs one.
struct Json<'w, W> {
    out: &'w mut W,
    /// Whether a comma belongs in front of the next value.
    comma: bool,
}

/// Why a value is not written.
#[derive(Debug)]
struct Failed(io::Error);

impl Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failed {}

impl ser::Error for Failed {
    fn custom<T: Display>(problem: T) -> Self {
        Self(io::Error::other(problem.to_string()))
    }
}

impl<W: Write> Json<'_, W> {
    fn put(&mut self, text: &[u8]) -> Result<(), Failed> {
        self.out.write_all(text).map_err(Failed)
    }

    /// Writes the comma that is due, if one is.
    fn separate(&mut self) -> Result<(), Failed> {
        if std::mem::take(&mut self.comma) { self.put(b",") } else { Ok(()) }
    }

    /// Writes a scalar as serde_json does.
    fn scalar(&mut self, value: impl Serialize) -> Result<(), Failed> {
        self.separate()?;
        serde_json::to_writer(&mut *self.out, &value).map_err(|error| Failed(error.into()))
    }

    fn text(&mut self, text: &str) -> Result<(), Failed> {
        let needs_escape = |word| below(b' ', word) | equal(b'"', word) | equal(b'\\', word);
        if any(text.as_bytes(), needs_escape) {
            return self.scalar(text);
        }
        let is_next = std::mem::take(&mut self.comma);
        self.put(if is_next { b",\"" } else { b"\"" })?;
        self.put(text.as_bytes())?;
        self.put(b"\"")
    }
}

/// The elements of an array, or the members of an object.
struct Elements<'j, 'w, W> {
    json: &'j mut Json<'w, W>,
    is_first: bool,
    end: &'static [u8],
}

impl<W: Write> Elements<'_, '_, W> {
    fn next<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.json.comma = !std::mem::take(&mut self.is_first);
        value.serialize(&mut *self.json)
    }

    fn member<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.json.put(b":")?;
        value.serialize(&mut *self.json)
    }

    fn close(self) -> Result<(), Failed> {
        self.json.put(self.end)
    }
}

impl<W: Write> ser::SerializeSeq for Elements<'_, '_, W> {
    type Ok = ();
    type Error = Failed;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.next(value)
    }

    fn end(self) -> Result<(), Failed> {
        self.close()
    }
}

impl<W: Write> ser::SerializeMap for Elements<'_, '_, W> {
    type Ok = ();
    type Error = Failed;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Failed> {
        self.next(name)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.member(value)
    }

    fn end(self) -> Result<(), Failed> {
        self.close()
    }
}

impl<W: Write> ser::SerializeStruct for Elements<'_, '_, W> {
    type Ok = ();
    type Error = Failed;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        self.next(name)?;
        self.member(value)
    }

    fn end(self) -> Result<(), Failed> {
        self.close()
    }
}

/// Methods for scalars, and for what is in none of our values.
macro_rules! others {
    (
        scalars { $($scalar:ident: $type:ty,)+ }
        none { $($none:ident($($argument:ty),*) -> $result:ty,)+ }
    ) => {
        $(fn $scalar(self, value: $type) -> Result<(), Failed> {
            self.scalar(value)
        })+
        $(fn $none(self, $(_: $argument),*) -> Result<$result, Failed> {
            Err(ser::Error::custom("a value of this kind is not written"))
        })+
    };
}

impl<'j, 'w, W: Write> ser::Serializer for &'j mut Json<'w, W> {
    type Ok = ();
    type Error = Failed;
    type SerializeSeq = Elements<'j, 'w, W>;
    type SerializeMap = Elements<'j, 'w, W>;
    type SerializeStruct = Elements<'j, 'w, W>;
    type SerializeTuple = Elements<'j, 'w, W>;
    type SerializeTupleStruct = Impossible<(), Failed>;
    type SerializeTupleVariant = Impossible<(), Failed>;
    type SerializeStructVariant = Impossible<(), Failed>;

    fn serialize_str(self, text: &str) -> Result<(), Failed> {
        self.text(text)
    }

    fn serialize_none(self) -> Result<(), Failed> {
        let is_next = std::mem::take(&mut self.comma);
        self.put(if is_next { HOLE } else { b"null" })
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Failed> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        value.serialize(self)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<(), Failed> {
        self.text(name)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Failed> {
        self.separate()?;
        self.put(b"[")?;
        Ok(Elements { json: self, is_first: true, end: b"]" })
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Failed> {
        self.serialize_seq(None)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Failed> {
        self.separate()?;
        self.put(b"{")?;
        Ok(Elements { json: self, is_first: true, end: b"}" })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, Failed> {
        self.serialize_map(None)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Failed> {
        Err(ser::Error::custom("a value of this kind is not written"))
    }

    others! {
        scalars {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
        }
        none {
        serialize_bytes(&[u8]) -> (),
        serialize_unit() -> (),
        serialize_unit_struct(&'static str) -> (),
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant,
        }
    }
}

impl<W: Write> ser::SerializeTuple for Elements<'_, '_, W> {
    type Ok = ();
    type Error = Failed;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.next(value)
    }

    fn end(self) -> Result<(), Failed> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use cnic_response::Response;

    use super::*;

    #[track_caller]
    fn check(value: &impl Serialize) {
        let mut line = Vec::new();
        write_line(&mut line, value).expect("memory");
        let expected = serde_json::to_string(value).expect("JSON");
        assert_eq!(String::from_utf8(line).expect("UTF-8"), expected + "\n");
    }

    #[test]
    fn every_character_is_written_as_serde_json_does() {
        for c in ('\0'..='\u{17f}').chain(['\u{2028}', '\u{feff}', '\u{10ffff}']) {
            let text = |before: usize, after: usize| {
                format!("{}{c}{}", "x".repeat(before), "y".repeat(after))
            };
            for before in [0, 1, 7, 8, 9] {
                let texts = [text(before, 0), text(before, 1), text(before, 9), String::new()];
                check(&(texts, [Some(text(before, 0)), None, None], [None, Some(c)]));
            }
        }
    }

    #[test]
    fn every_response_is_written_as_serde_json_does() {
        let list = "property[column][0] = a\nproperty[a][2] = x\nproperty[b\"][3] = \u{e4}\\\n\
            property[count][0] = 4\nproperty[a][2] = again\nproperty[auth][0] = s\nruntime = 1\n...\n";
        let empty = "property[count][0] = 0\nproperty[sum][0] = 0.00\n";
        for code in [200, 421, 545, 999] {
            for rest in ["", list, empty] {
                let text = format!("code = {code}\ndescription = a \"b\"\n{rest}");
                let response = Response::parse(&*text).expect("a response");
                check(&response);
                check(&response.redacted());
            }
        }
    }
}
