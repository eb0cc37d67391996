//! The parts of a command whose series is too long for one.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;
use core::iter::FusedIterator;
use core::ops::Range;

use cnic_text::digits::parse_index;

use crate::command::Command;
use crate::parameters::ParameterMap;
use crate::parameters::key::strip_family;

/// An iterator over the parts of a command: what [`Command::chunks`] returns.
///
/// ```
/// use cnic_command::{Chunks, Command};
///
/// fn send(parts: Chunks<'_>) -> Vec<String> {
///     parts.map(|part| part.encode().to_string()).collect()
/// }
///
/// let command = Command::parse("COMMAND=CheckDomains\nDOMAIN0=a.test\nDOMAIN1=b.test\nDOMAIN2=c.test")?;
/// assert_eq!(send(command.chunks("DOMAIN", 2)), [
///     "COMMAND=CheckDomains\nDOMAIN0=a.test\nDOMAIN1=b.test",
///     "COMMAND=CheckDomains\nDOMAIN0=c.test",
/// ]);
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
#[derive(Clone)]
pub struct Chunks<'c> {
    /// What each part begins with.
    rest: Command<'c>,
    family: &'c str,
    values: Vec<(u32, &'c str)>,
    size: usize,
    /// The parts to come.
    parts: Range<usize>,
}

impl Command<'_> {
    /// Splits a command whose series is longer than the API accepts at once. Each part has the
    /// header, all other parameters, and at most `size` values with indices from 0. A command
    /// without values in the series is one part.
    ///
    /// CheckDomains takes at most 32 names (docs/protocol.md, section 1.5).
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let names = (0..70).map(|n| format!("name{n}.example.com"));
    /// let command = Command::new("CheckDomains")?.with_series("DOMAIN", names)?;
    /// let parts: Vec<_> = command.chunks("DOMAIN", 32).collect();
    /// assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [32, 32, 6]);
    /// assert_eq!(parts[2].get("DOMAIN0"), Some("name64.example.com"));
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if `size` is 0.
    pub fn chunks<'c>(&'c self, family: &'c str, size: usize) -> Chunks<'c> {
        assert!(size > 0, "a part has at least one value");
        let mut rest = Command::from_parts(Cow::Borrowed(self.name()), ParameterMap::default());
        rest.header = self.header.as_deref().map(|lines| {
            let mut header = ParameterMap::default();
            for (key, line) in lines.iter() {
                header.insert(Cow::Borrowed(key), line.into_mixed());
            }
            Box::new(header)
        });
        let mut values = Vec::new();
        for (key, parameter) in self.parameters.iter() {
            match strip_family(key, family).and_then(parse_index) {
                Some(index) => values.push((index, parameter.value)),
                None => {
                    rest.parameters.insert(Cow::Borrowed(key), parameter.into_mixed());
                }
            }
        }
        values.sort_unstable_by_key(|&(index, _)| index);
        let parts = 0..values.len().div_ceil(size).max(1);
        Chunks { rest, family, values, size, parts }
    }
}

impl<'c> Chunks<'c> {
    fn part(&self, part: usize) -> Command<'c> {
        let mut command = self.rest.clone();
        let values = self.values.iter().skip(part * self.size).take(self.size);
        let members = (0..).zip(values).map(|(index, &(_, value))| (index, Cow::Borrowed(value)));
        command.parameters.append(self.family, members.collect());
        command
    }
}

impl<'c> Iterator for Chunks<'c> {
    type Item = Command<'c>;

    fn next(&mut self) -> Option<Command<'c>> {
        self.parts.next().map(|part| self.part(part))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.parts.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<Command<'c>> {
        self.parts.nth(n).map(|part| self.part(part))
    }
}

impl DoubleEndedIterator for Chunks<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.parts.next_back().map(|part| self.part(part))
    }
}

impl ExactSizeIterator for Chunks<'_> {}

impl FusedIterator for Chunks<'_> {}

/// Shows the number of parts that are left: a value may be a secret.
impl fmt::Debug for Chunks<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunks").field("len", &self.len()).finish_non_exhaustive()
    }
}
