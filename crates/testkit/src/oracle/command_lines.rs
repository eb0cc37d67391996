//! What the lines around a command are, told in the simplest way.

pub(super) const MARK: &str = "\u{feff}";

const BLANKS: [char; 2] = [' ', '\t'];

/// Returns the lines without their ends and the blanks around them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line).trim_matches(BLANKS))
}

/// Returns whether a text starts with a byte order mark, behind blank lines.
pub(super) fn starts_with_mark(text: &str) -> bool {
    lines(text).find(|line| !line.is_empty()).is_some_and(|line| line.starts_with(MARK))
}

/// Returns the header of a text that is a command: what is before `[COMMAND]`.
pub(super) fn header(text: &str) -> Vec<(&str, &str)> {
    let unmarked = |line: &'_ str| line.strip_prefix(MARK).map(|line| line.len());
    let is = |line: &str, word: &str| {
        let skip = unmarked(line).map_or(0, |rest| line.len() - rest);
        line[skip..].trim_matches(BLANKS).eq_ignore_ascii_case(word)
    };
    let all: Vec<&str> = lines(text).collect();
    let Some(end) = all.iter().position(|line| is(line, "[COMMAND]")) else { return vec![] };
    let pairs = all[..end].iter().filter(|line| !is(line, "[HEADER]")).filter_map(|line| {
        let (key, value) = line.strip_prefix(MARK).unwrap_or(line).split_once('=')?;
        Some((key.trim_matches(BLANKS), value.trim_matches(BLANKS)))
    });
    pairs.collect()
}
