//! The lines of a text.

use cnic_text::blanks::{is_trimmed, trim};
use cnic_text::simd::WIDTH;
use cnic_text::{Position, to_u32};

use super::line_scan::{LineScan, first_control};
use super::next_key::NextKey;
use super::reader::is_command;
use crate::parameters::Parameter;
use crate::parameters::key::is_key;
use crate::parameters::run::{Run, STREAK};

/// The lines of a text, trimmed, without their ends, and where they start.
#[derive(Clone, Copy)]
pub(crate) struct Lines<'t> {
    rest: &'t str,
    /// Where the rest starts in the text: the parts of a [`Position`].
    /// Plain sums are enough for a text of at most 4 GiB, and cheaper than saturating ones.
    byte: u32,
    lines_before: u32,
}

impl<'t> Lines<'t> {
    /// `text` is at most `u32::MAX` bytes long, and so are its lines in number.
    pub(crate) const fn new(text: &'t str) -> Self {
        Self { rest: text, byte: 0, lines_before: 0 }
    }

    /// Takes a line that is exactly `key=value` and an LF, as nearly all are, unless it is the name
    /// of the command.
    ///
    /// It only recognises such a line. Any other line is left to the general path, which alone
    /// decides what is legal, so a line is read in the same way on both paths.
    pub(crate) fn next_plain(&mut self) -> Option<(&'t str, &'t str, Position)> {
        let bytes = self.rest.as_bytes();
        // The last bytes of a text, too few for a look, are for the general path.
        let scan = LineScan::new(bytes.first_chunk()?);
        // A value that goes on behind the first look ends at the first CR, LF or NUL. If that is not
        // an LF, the line is not plain.
        let end = match scan.control {
            WIDTH => WIDTH + memchr::memchr3(b'\r', b'\n', 0, &bytes[WIDTH..])?,
            end => end,
        };
        let (line, rest) = (&self.rest[..end], self.rest[end..].strip_prefix('\n')?);
        let (key, value) = line.split_at_checked(scan.equals)?;
        let value = value.strip_prefix('=')?;
        // Most keys are letters and digits alone, which the scan has seen. `-` and `_` are rare
        // enough for a second look.
        let is_word = !key.is_empty() && scan.word_end == key.len();
        if !(is_word || is_key(key)) || is_command(key) || !is_trimmed(value) {
            return None;
        }
        Some((key, value, self.advance(rest)))
    }

    /// Takes plain lines as long as their keys go on with a run, but at most `max` of them. Returns
    /// where the last one starts.
    #[inline(never)] // so that what is expected stays in registers
    pub(crate) fn take_run(&mut self, run: &mut Run<&'t str>, max: usize) -> Option<Position> {
        let mut last = None;
        let mut next = NextKey::after(run.last_key())?;
        for _ in 0..max {
            let Some((key, value, rest)) = self.in_run(&next) else { break };
            if run.is_full() {
                // As in the map: as many as follow if they are as long, but not many at once.
                let line = self.rest.len() - rest.len();
                run.reserve((self.rest.len() / line).min(3 * run.len().max(STREAK)));
            }
            let position = self.advance(rest);
            run.push(key, Parameter { value, position: Some(position) });
            last = Some(position);
            if next.advance().is_none() {
                break;
            }
        }
        last
    }

    /// Returns key and value of a plain line that begins as expected, and what follows it.
    #[inline]
    fn in_run(&self, next: &NextKey) -> Option<(&'t str, &'t str, &'t str)> {
        let bytes = self.rest.as_bytes();
        let start = bytes.first_chunk()?;
        let equals = next.recognise(start)? - 1;
        let end = match first_control(start) {
            WIDTH => WIDTH + memchr::memchr3(b'\r', b'\n', 0, &bytes[WIDTH..])?,
            end => end,
        };
        let (line, rest) = (&self.rest[..end], self.rest[end..].strip_prefix('\n')?);
        let (key, value) = (&line[..equals], &line[equals + 1..]);
        is_trimmed(value).then_some((key, value, rest))
    }

    /// Goes on to `rest`, and returns where the line before it starts.
    fn advance(&mut self, rest: &'t str) -> Position {
        let position = Position::new(self.byte, self.lines_before);
        self.byte += to_u32(self.rest.len() - rest.len());
        self.lines_before += 1;
        self.rest = rest;
        position
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = (&'t str, Position);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = match memchr::memchr(b'\n', self.rest.as_bytes()) {
            Some(lf) => {
                let line = &self.rest[..lf];
                (line.strip_suffix('\r').unwrap_or(line), &self.rest[lf + 1..])
            }
            None => (self.rest, ""),
        };
        Some((trim(line), self.advance(rest)))
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    use cnic_text::simd::WIDTH;

    use crate::Command;
    use crate::test_steps::GENERAL_LINES;

    /// A line is looked at in one go only where enough bytes follow.
    #[test]
    fn a_line_is_read_alike_whatever_follows() {
        const AFTER: &str = "AFTER=as-long-as-what-is-looked-at";
        let bytes = (0..=u8::MAX).map(char::from);
        let mut others: Vec<String> = bytes.map(String::from).collect();
        others.extend(["=\r", " \r", "\r\r"].map(String::from));
        for line in ["key=value", "X-KEY_1=value", "k=", "=v", "command=AddDomain", "nothing"] {
            for place in 0..=line.len() {
                for other in &others {
                    let (start, end) = line.split_at(place);
                    let text = format!("COMMAND=X\n{start}{other}{end}\n");
                    let long = format!("{text}{AFTER}");
                    let (long, short) = (Command::parse(&long), Command::parse(&text));
                    let long = long.map(|mut command| {
                        assert_eq!(
                            command.remove("AFTER").as_deref(),
                            AFTER.strip_prefix("AFTER=")
                        );
                        command
                    });
                    match (long, short) {
                        (Ok(long), Ok(short)) => {
                            assert!(long.parameters().eq(short.parameters()), "{text:?}");
                        }
                        (Err(long), Err(short)) => {
                            assert_eq!(
                                (long.kind(), long.position()),
                                (short.kind(), short.position()),
                                "{text:?}"
                            );
                        }
                        (long, short) => panic!("{text:?}: {long:?}, {short:?}"),
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_spelled_as_usual_is_not_read_in_general() {
        let tags = |family: &str| -> String {
            (0..1000).map(|n| format!("{family}{n}=tag-{n}\n")).collect()
        };
        let long = "v".repeat(2 * WIDTH);
        for tags in [tags("AddDomainTag"), tags("X-TAG_"), tags("T").replace("tag", &long)] {
            let text = format!("COMMAND=ModifyDomain\n{tags}");
            let read = || assert_eq!(Command::parse(&text).expect("a command").len(), 1000);
            let lines = GENERAL_LINES.of(read);
            assert!(lines < 10, "{lines} lines were read by the general path");
        }
    }
}
