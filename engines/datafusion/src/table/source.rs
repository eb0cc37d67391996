//! The bytes of a file, decompressed.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::read::MultiGzDecoder;

use crate::table::files::Part;

/// Opens a part of a file.
pub(super) fn open(part: &Part) -> io::Result<Box<dyn Read>> {
    let mut file = File::open(&*part.path)?;
    if part.path.ends_with(".gz") {
        return Ok(Box::new(MultiGzDecoder::new(BufReader::new(file))));
    }
    if part.path.ends_with(".zst") {
        return Ok(Box::new(zstd::Decoder::new(file)?));
    }
    file.seek(SeekFrom::Start(part.start))?;
    Ok(match part.end {
        Some(end) => Box::new(file.take(end - part.start)),
        None => Box::new(file),
    })
}
