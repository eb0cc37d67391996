//! Output that is held back until all of the input is known to be good.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, Write};

use tempfile::SpooledTempFile;

use crate::json::HOLE;

/// How much of the output is held in memory; the rest lies in a temporary file.
const IN_MEMORY: usize = 1 << 20;

/// How much is read or written at once.
const CHUNK: usize = 1 << 16;

/// Stands for several [holes](HOLE), whose number follows in eight bytes. It is in no UTF-8, and so in no output.
const MARK: u8 = 0xff;

/// Where output goes that is held back.
pub(crate) type Out = Packed<BufWriter<SpooledTempFile>>;

/// Output that is held back.
pub(crate) struct Kept {
    out: Out,
}

impl Kept {
    pub(crate) fn new() -> Self {
        let file = SpooledTempFile::new(IN_MEMORY);
        Self { out: Packed::new(BufWriter::with_capacity(CHUNK, file)) }
    }

    /// Returns where the next output goes.
    pub(crate) const fn out(&mut self) -> &mut Out {
        &mut self.out
    }

    /// Takes output that is [packed](Packed) already.
    pub(crate) fn packed(&mut self, packed: &[u8]) -> io::Result<()> {
        self.out.out.write_all(packed)
    }

    /// Ends the output, and returns it from its beginning, with its length.
    pub(crate) fn into_packed(self) -> io::Result<(SpooledTempFile, u64)> {
        let mut file = self.out.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        let length = file.stream_position()?;
        file.rewind()?;
        Ok((file, length))
    }
}

/// Says that output could not be held back.
pub(crate) fn no_room(error: &io::Error) -> io::Error {
    let folder = std::env::temp_dir();
    io::Error::new(error.kind(), format!("no temporary copy in {}: {error}", folder.display()))
}

/// Output in which many [holes](HOLE) take a few bytes.
///
/// With the holes of a sparse table, output can be many times as long as the input. Without them it can't.
pub(crate) struct Packed<W> {
    out: W,
    holes: u64,
}

impl<W: Write> Packed<W> {
    pub(crate) const fn new(out: W) -> Self {
        Self { out, holes: 0 }
    }

    /// Returns what was written. The last write was not a hole.
    pub(crate) fn into_inner(self) -> W {
        debug_assert_eq!(self.holes, 0, "an array has an end");
        self.out
    }

    #[cold]
    fn end_holes(&mut self) -> io::Result<()> {
        let holes = std::mem::take(&mut self.holes);
        if holes < 3 {
            return (0..holes).try_for_each(|_| self.out.write_all(HOLE));
        }
        self.out.write_all(&[MARK])?;
        self.out.write_all(&holes.to_le_bytes())
    }
}

impl<W: Write> Write for Packed<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.write_all(text).map(|()| text.len())
    }

    #[inline]
    fn write_all(&mut self, text: &[u8]) -> io::Result<()> {
        if text == HOLE {
            self.holes += 1;
            return Ok(());
        }
        if self.holes > 0 {
            self.end_holes()?;
        }
        self.out.write_all(text)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// What became of packed output that was to be written.
pub(crate) enum Unpacked {
    Written,
    /// The packed output could not be read.
    Unread(io::Error),
}

/// Writes packed output as it was before, and says from time to time how much was read.
pub(crate) fn unpack(
    packed: impl Read,
    out: &mut impl Write,
    mut advance: impl FnMut(usize),
) -> io::Result<Unpacked> {
    let mut reader = BufReader::with_capacity(CHUNK, packed);
    loop {
        let chunk = match reader.fill_buf() {
            Ok([]) => return Ok(Unpacked::Written),
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Ok(Unpacked::Unread(error)),
        };
        let mark = memchr::memchr(MARK, chunk);
        let length = mark.unwrap_or(chunk.len());
        out.write_all(&chunk[..length])?;
        reader.consume(length);
        advance(length);
        if mark.is_some() {
            let mut holes = [0; 9];
            if let Err(error) = reader.read_exact(&mut holes) {
                return Ok(Unpacked::Unread(error));
            }
            advance(holes.len());
            let [_, holes @ ..] = holes;
            (0..u64::from_le_bytes(holes)).try_for_each(|_| out.write_all(HOLE))?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpacked(packed: &[u8]) -> Vec<u8> {
        let (mut out, mut read) = (Vec::new(), 0);
        let result = unpack(packed, &mut out, |more| read += more).expect("memory");
        assert!(matches!(result, Unpacked::Written) && read == packed.len());
        out
    }

    #[test]
    fn many_holes_take_few_bytes_and_come_back() {
        for holes in [0, 1, 2, 3, 4, 100_000] {
            let mut packed = Packed::new(Vec::new());
            let mut expected = Vec::new();
            for _ in 0..2 {
                for text in [b"[null"]
                    .into_iter()
                    .map(|text| &text[..])
                    .chain((0..holes).map(|_| HOLE))
                    .chain([&b",\"x\"]"[..]])
                {
                    packed.write_all(text).expect("memory");
                    expected.extend_from_slice(text);
                }
            }
            let packed = packed.into_inner();
            assert!(packed.len() <= expected.len() && packed.len() < 50, "{}", packed.len());
            assert_eq!(unpacked(&packed), expected);
        }
    }

    #[test]
    fn a_mark_can_be_anywhere() {
        for before in [CHUNK - 10, CHUNK - 9, CHUNK - 8, CHUNK - 1, CHUNK, CHUNK + 1] {
            let mut packed = vec![b'x'; before];
            let mut expected = packed.clone();
            packed.extend_from_slice(&[MARK, 4, 0, 0, 0, 0, 0, 0, 0, b'y']);
            expected.extend_from_slice(b",null,null,null,nully");
            assert_eq!(unpacked(&packed), expected);
        }
    }

    #[test]
    fn what_is_cut_off_is_not_taken_for_the_end() {
        let result = unpack(&[b'x', MARK, 4, 0][..], &mut io::sink(), |_| ()).expect("nowhere");
        let Unpacked::Unread(error) = result else { panic!("it is cut off") };
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
