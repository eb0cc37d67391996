//! Input that is compressed: told by its first bytes, whatever its name is.

use std::fmt;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::GzDecoder;

/// How input is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compression {
    Gzip,
    Zstd,
}

impl Compression {
    const fn magic(self) -> &'static [u8] {
        match self {
            Self::Gzip => b"\x1f\x8b\x08",
            Self::Zstd => b"\x28\xb5\x2f\xfd",
        }
    }
}

impl fmt::Display for Compression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        })
    }
}

/// Reads input as it was before it was compressed, if it is.
pub(crate) struct Decompressed<R>(State<R>);

enum State<R> {
    /// Nothing was read. The reader is there until it is known what it is.
    New(Option<R>),
    Plain(R),
    Packed(Compression, Box<dyn Read>),
}

impl<R: Read + 'static> Decompressed<R> {
    pub(crate) const fn new(reader: R) -> Self {
        Self(State::New(Some(reader)))
    }

    /// Reads for the first time.
    ///
    /// What is plain is passed on as it came, and nothing is waited for that does not decide what it is.
    fn begin(&mut self, mut reader: R, buffer: &mut [u8]) -> io::Result<usize> {
        let mut length = match reader.read(buffer) {
            Ok(length) => length,
            Err(error) => {
                self.0 = State::New(Some(reader));
                return Err(error);
            }
        };
        let found = loop {
            let begun = &buffer[..length];
            let both = [Compression::Gzip, Compression::Zstd];
            let found = both.into_iter().find(|it| begun.starts_with(it.magic()));
            let can_be = |it: Compression| length > 0 && it.magic().starts_with(begun);
            if found.is_some() || length == buffer.len() || !both.into_iter().any(can_be) {
                break found;
            }
            match reader.read(&mut buffer[length..]) {
                Ok(0) => break None,
                Ok(more) => length += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // It comes again, behind what was read.
                Err(_) => break None,
            }
        };
        let Some(compression) = found else {
            self.0 = State::Plain(reader);
            return Ok(length);
        };
        let packed = Cursor::new(buffer[..length].to_vec()).chain(reader);
        let unpacked: Box<dyn Read> = match compression {
            Compression::Gzip => Box::new(Members::new(packed)),
            Compression::Zstd => zstd(packed)?,
        };
        self.0 = State::Packed(compression, unpacked);
        self.read(buffer)
    }
}

impl<R: Read + 'static> Read for Decompressed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.0 {
            State::New(_) if buffer.is_empty() => Ok(0),
            State::New(reader) => match reader.take() {
                Some(reader) => self.begin(reader, buffer),
                None => Ok(0),
            },
            State::Plain(reader) => reader.read(buffer),
            State::Packed(compression, reader) => {
                reader.read(buffer).map_err(|error| match (error.kind(), error.raw_os_error()) {
                    (io::ErrorKind::Interrupted, _) | (_, Some(_)) => error,
                    (io::ErrorKind::UnexpectedEof, _) => damaged(*compression, "it is cut off"),
                    _ if error.to_string() == ZSTD_UNKNOWN => damaged(*compression, OTHER_DATA),
                    _ => damaged(*compression, &error.to_string()),
                })
            }
        }
    }
}

/// What is wrong with text behind a compressed file, such as lines that were added to a log after it was compressed.
const OTHER_DATA: &str = "other data follows what is compressed";

/// What zstd says of it. The first frame is not meant, since its beginning is known.
const ZSTD_UNKNOWN: &str = "Unknown frame descriptor";

fn damaged(compression: Compression, problem: &str) -> io::Error {
    io::Error::other(format!("damaged {compression} file: {problem}"))
}

/// How much of a gzip file is read at once.
const CHUNK: usize = 1 << 15;

/// Reads the members of a gzip file one after another, and nothing else behind them.
struct Members<R>(Option<GzDecoder<BufReader<R>>>);

impl<R: Read> Members<R> {
    fn new(packed: R) -> Self {
        Self(Some(GzDecoder::new(BufReader::with_capacity(CHUNK, packed))))
    }
}

impl<R: Read> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(member) = &mut self.0 else { return Ok(0) };
            let length = member.read(buffer)?;
            if length > 0 || buffer.is_empty() {
                return Ok(length);
            }
            match member.get_mut().fill_buf()?.first() {
                Some(byte) if *byte != Compression::Gzip.magic()[0] => {
                    return Err(io::Error::other(OTHER_DATA));
                }
                Some(_) => self.0 = self.0.take().map(|it| GzDecoder::new(it.into_inner())),
                None => self.0 = None,
            }
        }
    }
}

#[cfg(feature = "zstd")]
fn zstd(packed: impl Read + 'static) -> io::Result<Box<dyn Read>> {
    // A window of more than 128 MiB is an error.
    Ok(Box::new(zstd::stream::read::Decoder::new(packed)?))
}

#[cfg(not(feature = "zstd"))]
fn zstd(_: impl Read + 'static) -> io::Result<Box<dyn Read>> {
    let problem = "it is compressed with zstd, and this cnic is built without it: unpack it first, as `zstd -dc FILE` does";
    Err(io::Error::other(problem))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// Gives out a text in pieces, each of which is interrupted at first.
    struct Pieces {
        text: Vec<u8>,
        place: usize,
        size: usize,
        is_interrupted: bool,
    }

    impl Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.is_interrupted = !self.is_interrupted;
            if self.is_interrupted {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let end = self.text.len().min(self.place + self.size.min(buffer.len()));
            let piece = &self.text[self.place..end];
            buffer[..piece.len()].copy_from_slice(piece);
            self.place = end;
            Ok(piece.len())
        }
    }

    fn read(text: &[u8], size: usize) -> io::Result<Vec<u8>> {
        let pieces = Pieces { text: text.to_vec(), place: 0, size, is_interrupted: false };
        let mut read = Vec::new();
        Decompressed::new(pieces).read_to_end(&mut read).map(|_| read)
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(text).expect("memory");
        packed.finish().expect("memory")
    }

    const TEXT: &[u8] = b"code = 200\ndescription = Done\n";

    #[test]
    fn compressed_input_is_read_in_pieces_of_any_size() {
        let packed = [gzip(TEXT), gzip(b""), gzip(TEXT)].concat();
        #[cfg(feature = "zstd")]
        let zstd = {
            let one = zstd::encode_all(TEXT, 1).expect("memory");
            [&one[..], &one].concat()
        };
        for size in [1, 2, 3, 4, 5, 64, 1 << 12] {
            assert_eq!(read(&packed, size).expect("gzip"), TEXT.repeat(2), "{size}");
            #[cfg(feature = "zstd")]
            assert_eq!(read(&zstd, size).expect("zstd"), TEXT.repeat(2), "{size}");
        }
    }

    #[test]
    fn plain_input_is_passed_on_as_it_is() {
        for text in [&b""[..], b"\x1f", b"\x1f\x8b", b"\x28\xb5\x2f", b"(x)", b"\x1f\x8b\x09", TEXT]
        {
            for size in [1, 2, 3, 100] {
                assert_eq!(read(text, size).expect("plain"), text, "{text:?} {size}");
            }
        }
        // What came is passed on before there is more of it.
        let mut read = Decompressed::new(TEXT.chain(&b"more"[..]));
        assert_eq!(read.read(&mut [0; 100]).expect("plain"), TEXT.len());
    }

    #[test]
    fn other_data_behind_compressed_input_is_named() {
        for more in [TEXT, b"x", b"\0", b"0123456789ABCDEF"] {
            for size in [1, 3, 1 << 12] {
                let problem = read(&[&gzip(TEXT), more].concat(), size).expect_err("more");
                let expected = "damaged gzip file: other data follows what is compressed";
                assert_eq!(problem.to_string(), expected, "{more:?} {size}");
            }
        }
        // What begins like another member is one.
        let problem = read(&[&gzip(TEXT), &b"\x1f\x8b"[..]].concat(), 64).expect_err("a begin");
        assert_eq!(problem.to_string(), "damaged gzip file: it is cut off");
        #[cfg(feature = "zstd")]
        {
            let packed = zstd::encode_all(TEXT, 1).expect("memory");
            let problem = read(&[&packed, TEXT].concat(), 64).expect_err("more").to_string();
            assert_eq!(problem, "damaged zstd file: other data follows what is compressed");
        }
    }

    #[test]
    fn damaged_input_is_an_error() {
        let packed = gzip(&TEXT.repeat(100));
        for end in 3..packed.len() {
            let problem = read(&packed[..end], 64).expect_err("cut off").to_string();
            assert_eq!(problem, "damaged gzip file: it is cut off", "{end}");
        }
        let mut other = packed.clone();
        let last = other.len() - 5;
        other[last] ^= 1;
        let problem = read(&other, 64).expect_err("a wrong sum").to_string();
        assert!(problem.starts_with("damaged gzip file: "), "{problem}");
        #[cfg(feature = "zstd")]
        {
            let packed = zstd::encode_all(&*TEXT.repeat(100), 1).expect("memory");
            let problem = read(&packed[..packed.len() - 1], 64).expect_err("cut off").to_string();
            assert_eq!(problem, "damaged zstd file: it is cut off");
        }
        #[cfg(not(feature = "zstd"))]
        {
            let problem = read(b"\x28\xb5\x2f\xfd", 64).expect_err("not built in").to_string();
            assert!(problem.contains("`zstd -dc FILE`"), "{problem}");
        }
    }
}
