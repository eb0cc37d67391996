//! A command as text.

use alloc::string::String;
use core::fmt::{self, Write};

use crate::command::Command;

/// The text of a command: what [`Command::encode`] returns.
///
/// `COMMAND=<name>`, then the parameters in order as `key=value`, one a line, LF between them and
/// none at the end.
///
/// `Display` writes it without allocating; `String::from` allocates once, exactly the
/// [length](Self::len). Parsing the text gives an equal command, which encodes to the same text.
///
/// ```
/// use cnic_command::Command;
///
/// let command = Command::new("CheckDomains")?.with_series("domain", ["example.com", "example.net"])?;
/// let text = String::from(command.encode());
/// assert_eq!(text, "COMMAND=CheckDomains\ndomain0=example.com\ndomain1=example.net");
/// assert_eq!(text.len(), command.encode().len());
/// assert_eq!(
///     command.encode().framed().uppercase().to_string(),
///     "[COMMAND]\nCOMMAND=CheckDomains\nDOMAIN0=example.com\nDOMAIN1=example.net\nEOF\n",
/// );
/// # Ok::<(), cnic_command::BuildError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Encoded<'c> {
    command: &'c Command<'c>,
    framed: bool,
    uppercase: bool,
}

const HEADER: &str = "[HEADER]\n";
const FRAME: [&str; 2] = ["[COMMAND]\n", "\nEOF\n"];
const NAME: &str = "COMMAND=";

impl Command<'_> {
    /// Returns the text of the command, to be written out. It holds secrets.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::new("StatusDomain")?.with("domain", "example.com")?;
    /// assert_eq!(String::from(command.encode()), "COMMAND=StatusDomain\ndomain=example.com");
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    #[must_use]
    pub const fn encode(&self) -> Encoded<'_> {
        Encoded { command: self, framed: false, uppercase: false }
    }

    /// Calls `write` with each key and value, until it fails.
    ///
    /// This is `for_each`, which looks once for many parameters at how they are kept.
    #[inline]
    pub(crate) fn write_parameters(
        &self,
        mut write: impl FnMut(&str, &str) -> fmt::Result,
    ) -> fmt::Result {
        let mut result = Ok(());
        self.parameters().for_each(|(key, value)| {
            if result.is_ok() {
                result = write(key, value);
            }
        });
        result
    }
}

impl Encoded<'_> {
    /// Adds a line `[COMMAND]` before the command and a line `EOF` after it; the latter ends with
    /// LF.
    ///
    /// If the command has a [header](Command::header), it goes before that, after a line
    /// `[HEADER]`.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::from_static("StatusAccount");
    /// assert_eq!(command.encode().framed().to_string(), "[COMMAND]\nCOMMAND=StatusAccount\nEOF\n");
    /// ```
    #[must_use]
    pub const fn framed(self) -> Self {
        Self { framed: true, ..self }
    }

    /// Writes the keys of parameters in capital letters, as the vendor's SDKs do.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::parse("COMMAND=AddDomain\nX-Accept-Terms=Yes")?;
    /// assert_eq!(command.encode().uppercase().to_string(), "COMMAND=AddDomain\nX-ACCEPT-TERMS=Yes");
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub const fn uppercase(self) -> Self {
        Self { uppercase: true, ..self }
    }

    /// Returns the length of the text in bytes.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let command = Command::from_static("StatusAccount");
    /// assert_eq!(command.encode().len(), "COMMAND=StatusAccount".len());
    /// assert_eq!(command.encode().framed().len(), "[COMMAND]\nCOMMAND=StatusAccount\nEOF\n".len());
    /// ```
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "there is always a name")]
    pub fn len(&self) -> usize {
        let line = |(key, value): (&str, &str)| "\n=".len() + key.len() + value.len();
        let lines: usize = self.command.parameters().map(line).sum();
        let frame = if self.framed { FRAME[0].len() + FRAME[1].len() } else { 0 };
        let header = match self.command.header {
            Some(_) if self.framed => HEADER.len() + self.command.header().map(line).sum::<usize>(),
            _ => 0,
        };
        header + frame + NAME.len() + self.command.name().len() + lines
    }

    /// Writes the text, without a formatter if `out` is a string.
    fn write(&self, out: &mut impl Write) -> fmt::Result {
        if self.framed {
            self.write_header(out)?;
            out.write_str(FRAME[0])?;
        }
        out.write_str(NAME)?;
        out.write_str(self.command.name())?;
        if self.uppercase {
            self.command.write_parameters(|key, value| {
                out.write_str("\n")?;
                key.chars().try_for_each(|c| out.write_char(c.to_ascii_uppercase()))?;
                out.write_str("=")?;
                out.write_str(value)
            })?;
        } else {
            self.command.write_parameters(|key, value| {
                out.write_str("\n")?;
                out.write_str(key)?;
                out.write_str("=")?;
                out.write_str(value)
            })?;
        }
        if self.framed { out.write_str(FRAME[1]) } else { Ok(()) }
    }

    fn write_header(&self, out: &mut impl Write) -> fmt::Result {
        if self.command.header.is_none() {
            return Ok(());
        }
        out.write_str(HEADER)?;
        for (key, value) in self.command.header() {
            [key, "=", value, "\n"].into_iter().try_for_each(|piece| out.write_str(piece))?;
        }
        Ok(())
    }
}

impl fmt::Display for Encoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

impl From<Encoded<'_>> for String {
    fn from(encoded: Encoded<'_>) -> Self {
        let mut text = Self::with_capacity(encoded.len());
        encoded.write(&mut text).expect("a string takes any text");
        text
    }
}
