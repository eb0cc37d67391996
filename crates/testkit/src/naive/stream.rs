//! A stream taken apart, line by line, as the description of streams says.

use super::{Refusal, Response, parse, property};

/// What a stream holds. Lines count from its start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stream {
    /// The responses, and why a part is none.
    pub items: Vec<Result<Response, Refusal>>,
    /// The first line of text after the last of them.
    pub trailing: Option<usize>,
}

/// What a line is to a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Blank,
    Text,
    Header,
    Trailer,
    Code,
    /// Another field, or a cell.
    Other,
}

const MARK: char = '\u{feff}';

/// Reads a stream.
#[must_use]
pub fn stream(text: &str) -> Stream {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut stream = Stream::default();
    let mut start = 0;
    while start < lines.len() {
        if kind(lines[start]) == Kind::Blank {
            start += 1;
            continue;
        }
        let part = &lines[start..start + length(&lines[start..])];
        stream.add(start, part);
        start += part.len();
    }
    stream
}

impl Stream {
    fn add(&mut self, before: usize, part: &[&str]) {
        let kinds: Vec<Kind> = (0..part.len()).map(|n| kind(unmarked(part, n))).collect();
        if kinds.iter().all(|kind| *kind == Kind::Blank) {
            return;
        }
        let read = parse(&part.concat());
        let says_nothing =
            kinds.iter().all(|kind| matches!(kind, Kind::Blank | Kind::Text | Kind::Trailer));
        let is_no_response = matches!(read, Err(("MissingCode" | "Markup", _)));
        if says_nothing && is_no_response && !self.items.is_empty() {
            self.trailing = self.trailing.or(Some(before + 1));
            return;
        }
        let trailing = self.trailing.take();
        self.items.push(match read {
            Ok(mut response) => {
                response.notes.iter_mut().for_each(|(_, line)| *line += before);
                response.notes.extend(trailing.map(|line| ("TrailingData", line)));
                Ok(response)
            }
            Err((kind, line)) => Err((kind, line + before)),
        });
    }
}

/// Returns the number of lines of the first part.
fn length(lines: &[&str]) -> usize {
    let mut framed = false;
    // The fields and cells since the latest header.
    let mut said: Vec<Kind> = Vec::new();
    let mut was_blank = true;
    for number in 0..lines.len() {
        let code_first = !framed && said.first() == Some(&Kind::Code);
        let has_code = !framed && said.contains(&Kind::Code);
        let silent = !framed && said.is_empty();
        if let Some(line) = lines[number].strip_prefix(MARK).filter(|_| !was_blank) {
            let is_first = match kind(line) {
                Kind::Header => true,
                Kind::Code => code_first || silent,
                Kind::Other => silent,
                Kind::Blank | Kind::Text | Kind::Trailer => false,
            };
            if is_first {
                return number;
            }
        }
        let kind = kind(unmarked(lines, number));
        was_blank &= kind == Kind::Blank;
        match kind {
            Kind::Blank | Kind::Text => {}
            Kind::Trailer => return number + 1,
            Kind::Header if has_code || framed && !said.is_empty() => return number,
            Kind::Header => (framed, said) = (true, Vec::new()),
            Kind::Code if code_first => return number,
            content @ (Kind::Code | Kind::Other) => said.push(content),
        }
    }
    lines.len()
}

/// The first line of a part without a mark, and any other as it is.
fn unmarked<'t>(part: &[&'t str], number: usize) -> &'t str {
    let line = part[number];
    if number == 0 { line.strip_prefix(MARK).unwrap_or(line) } else { line }
}

fn kind(line: &str) -> Kind {
    let line = line.strip_suffix('\n').map_or(line, |line| line.trim_end_matches('\r'));
    let line = line.trim_matches([' ', '\t']);
    let upper = line.to_ascii_uppercase();
    if line.is_empty() {
        Kind::Blank
    } else if upper == "[RESPONSE]" {
        Kind::Header
    } else if upper == "EOF" {
        Kind::Trailer
    } else if upper.starts_with("PROPERTY[") {
        if property(line).is_some() { Kind::Other } else { Kind::Text }
    } else {
        match upper.split_once('=').map(|(name, _)| name.trim_end_matches([' ', '\t'])) {
            None | Some("") => Kind::Text,
            Some("CODE") => Kind::Code,
            Some(_) => Kind::Other,
        }
    }
}
