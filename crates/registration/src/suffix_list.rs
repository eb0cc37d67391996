//! The response to the `suffixes` call.

use alloc::vec::Vec;

use crate::error::{ErrorKind, ParseError};
use crate::limits::Limits;
use crate::lines::{Line, Lines};
use crate::value::suffix::check_syntax;
use crate::value::suffix_set::SuffixSet;

impl SuffixSet {
    /// Reads the response to the `suffixes` call, which has one suffix on each line. Blank lines,
    /// and one U+FEFF at the start, are ignored.
    ///
    /// ```
    /// # use cnic_registration::SuffixSet;
    /// let suffixes = SuffixSet::from_response("uk.com\r\nus.com\r\n")?;
    /// assert!(suffixes.contains("us.com"));
    /// let error = SuffixSet::from_response("uk.com\nus.com \n").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "suffix: character U+0020 at byte 6 is not allowed (line 2, byte 7)",
    /// );
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * a line that is not a suffix: [`ErrorKind::InvalidSuffix`] with the rule;
    /// * anything above the default [`Limits`](crate::Limits); a [`Parser`](crate::Parser) can have
    ///   others.
    pub fn from_response(text: &str) -> Result<Self, ParseError> {
        parse(text, Limits::DEFAULT)
    }
}

/// Reads one suffix from each line.
pub(crate) fn parse(text: &str, limits: Limits) -> Result<SuffixSet, ParseError> {
    let mut names = Vec::new();
    for line in Lines::new(text, limits)? {
        let Line { text: suffix, position } = line?;
        check_syntax(suffix).map_err(|invalid| {
            let span = invalid.offset_by(position.byte()).span();
            let (rule, character) = (invalid.rule(), invalid.character());
            ParseError::new(ErrorKind::InvalidSuffix { rule, character }, position, span)
        })?;
        names.push(suffix.to_ascii_lowercase());
    }
    Ok(SuffixSet::from_checked(names))
}
