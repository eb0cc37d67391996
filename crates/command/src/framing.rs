//! Where one command of a stream ends and the next begins.

/// What a line is to the command that is being collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A blank line before the first line of the command.
    Before,
    /// A line of the command.
    Inside,
    /// `EOF`, the last line of the command.
    Last,
    /// The `[COMMAND]` of another command: this one has no `EOF`.
    Next,
}

impl Place {
    /// Places a line, its end included, by what came before: `started` is whether a line of the command did.
    ///
    /// After [`Place::Last`] another command begins, after [`Place::Next`] it begins with this very line.
    pub(crate) fn of(line: &[u8], started: bool) -> Self {
        match content(line) {
            b"" if !started => Self::Before,
            line if line.eq_ignore_ascii_case(b"EOF") => Self::Last,
            line if started && line.eq_ignore_ascii_case(b"[COMMAND]") => Self::Next,
            _ => Self::Inside,
        }
    }
}

/// Takes away the end of a line, then SP and TAB from both ends, as the parser does.
fn content(line: &[u8]) -> &[u8] {
    let line = match line {
        [line @ .., b'\r', b'\n'] | [line @ .., b'\n'] => line,
        line => line,
    };
    let is_data = |byte: &u8| !matches!(byte, b' ' | b'\t');
    let start = line.iter().position(is_data).unwrap_or(line.len());
    let end = line.iter().rposition(is_data).map_or(start, |last| last + 1);
    &line[start..end]
}
