//! The message of an error, which is compared with the known ones.

use core::fmt::{self, Write};

/// A message that is as short as those of this crate.
pub(crate) struct Message {
    bytes: [u8; Self::LONGEST],
    len: usize,
}

impl Message {
    const LONGEST: usize = 64;

    /// Takes a message; `None` if it is longer than any that is known.
    pub(crate) fn of(message: &dyn fmt::Display) -> Option<Self> {
        let mut taken = Self { bytes: [0; Self::LONGEST], len: 0 };
        write!(taken, "{message}").ok()?;
        Some(taken)
    }

    /// Returns whether the message is what a value writes.
    pub(crate) fn is(&self, known: &dyn fmt::Display) -> bool {
        let mut rest = Rest(&self.bytes[..self.len]);
        write!(rest, "{known}").is_ok() && rest.0.is_empty()
    }
}

impl Write for Message {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.len + text.len();
        let place = self.bytes.get_mut(self.len..end).ok_or(fmt::Error)?;
        place.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}

/// The part of a message that has not been compared yet.
struct Rest<'m>(&'m [u8]);

impl Write for Rest<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(text.as_bytes()).ok_or(fmt::Error)?;
        Ok(())
    }
}
