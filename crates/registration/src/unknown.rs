//! Parameters that a registration does not have.

use core::fmt::{self, Write};
use core::ops::Range;

use cnic_text::Position;

use crate::source::RawValue;

/// A parameter of a form that a registration does not have: its name and its position.
///
/// The value is not kept. `Display` and `Debug` write the name so that it is safe to show: at most
/// 64 characters, with escapes for all but printable ASCII, and nothing from the first `=` on. A
/// name with `=` is likely a whole pair that was escaped, so a value, which may be a secret, would
/// follow.
///
/// ```
/// use cnic_registration::Draft;
///
/// let draft = Draft::from_form(b"user=H1&chandle2=H2&b%C3%BCro=1")?;
/// assert_eq!(draft.unknown()[0].name(), "chandle2");
/// assert_eq!(draft.unknown()[0].span(), Some(8..16));
/// assert_eq!(draft.unknown()[1].name(), "b\u{fc}ro");
/// assert_eq!(draft.unknown()[1].to_string(), r"b\u{fc}ro");
/// # Ok::<(), cnic_registration::ParseError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Unknown<'t>(pub(crate) RawValue<'t>);

impl Unknown<'_> {
    /// Returns the whole name, decoded. It can contain any character.
    ///
    /// ```
    /// # use cnic_registration::Draft;
    /// let draft = Draft::from_form(b"Domain=example")?;
    /// assert_eq!(draft.unknown()[0].name(), "Domain", "names are case-sensitive");
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.text
    }

    /// Returns the position of the pair, as [`Draft::position`](crate::Draft::position) does.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.0.position()
    }

    /// Returns the bytes of the form that are the name, or `None` if it was not read from a form.
    ///
    /// ```
    /// # use cnic_registration::Draft;
    /// let draft = Draft::from_form(b"domain=example&%75rl=x")?;
    /// assert_eq!(draft.unknown()[0].span(), Some(15..20));
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub fn span(&self) -> Option<Range<usize>> {
        self.0.span(0..self.0.text.len())
    }
}

impl fmt::Display for Unknown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, c) in self.name().chars().enumerate() {
            if number == LONGEST || c == '=' {
                return f.write_str("...");
            }
            match c {
                ' '..='~' if c != '`' && c != '\\' => f.write_char(c)?,
                _ => write!(f, "{}", c.escape_unicode())?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Unknown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unknown(`{self}`)")
    }
}

/// The number of characters of a name that are shown.
const LONGEST: usize = 64;
