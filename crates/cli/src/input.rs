//! Where the bytes come from.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The FILE that every subcommand reads.
#[derive(clap::Args)]
pub(crate) struct Input {
    /// The file to read; standard input if it is absent or `-`
    file: Option<PathBuf>,
}

impl Input {
    /// Reads everything.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Failure> {
        match self.file.as_deref().filter(|file| *file != Path::new("-")) {
            Some(file) => fs::read(file).map_err(|error| {
                Failure::Refused(format!("cannot read {}: {error}", file.display()))
            }),
            None => {
                let mut bytes = Vec::new();
                match io::stdin().lock().read_to_end(&mut bytes) {
                    Ok(_) => Ok(bytes),
                    Err(error) => {
                        Err(Failure::Refused(format!("cannot read standard input: {error}")))
                    }
                }
            }
        }
    }
}

/// Takes away the LF or CRLF with which editors end a file; a form has no line ends.
pub(crate) fn without_line_end(bytes: &[u8]) -> &[u8] {
    let body = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    if body.len() < bytes.len() { body.strip_suffix(b"\r").unwrap_or(body) } else { body }
}
