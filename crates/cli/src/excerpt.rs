//! The line that a problem is in, for a terminal: without secrets, and harmless to it.

use std::io::{self, IsTerminal};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use cnic_text::{MASK, Redaction};

use crate::line_end::without_line_end;
use crate::visible::visible;

/// How many bytes of a long line are shown on either side of a problem.
const AROUND: usize = 200;

/// What an input is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Lines, each with a name and a value.
    Text,
    /// Pairs, each with a name and a value.
    Form,
}

/// An input that was read: what an excerpt is taken from.
#[derive(Clone, Copy)]
pub(crate) struct Whole<'t> {
    bytes: &'t [u8],
    kind: Kind,
}

/// A line, or a pair of a form, and what of it is wrong.
pub(crate) struct Excerpt {
    /// The number of the line, counted from 1.
    line: usize,
    text: String,
    span: Range<usize>,
}

impl<'t> Whole<'t> {
    pub(crate) const fn text(bytes: &'t [u8]) -> Self {
        Self { bytes, kind: Kind::Text }
    }

    pub(crate) const fn form(bytes: &'t [u8]) -> Self {
        Self { bytes, kind: Kind::Form }
    }

    /// Returns what to show of a problem, if standard error is a terminal.
    pub(crate) fn excerpt(self, span: Range<usize>) -> Option<Excerpt> {
        io::stderr().is_terminal().then(|| self.around(span))
    }

    fn around(self, span: Range<usize>) -> Excerpt {
        // What is missing is missing behind the last line, not in an empty one below it.
        let start = span.start.min(without_line_end(self.bytes).len());
        let unit = self.unit(start);
        let end = span.end.clamp(start, unit.end.max(start));
        let line_start = self.back_to(b'\n', start);
        let shown = Shown::new(self, unit, start..end);
        Excerpt {
            line: self.bytes[..line_start].iter().filter(|&&byte| byte == b'\n').count() + 1,
            text: shown.text,
            span: shown.span,
        }
    }

    const fn separator(self) -> u8 {
        match self.kind {
            Kind::Text => b'\n',
            Kind::Form => b'&',
        }
    }

    /// Returns where the line or pair begins that a place is in.
    fn back_to(self, separator: u8, place: usize) -> usize {
        self.bytes[..place].iter().rposition(|&byte| byte == separator).map_or(0, |at| at + 1)
    }

    /// Returns the line or pair that a place is in, without its end.
    fn unit(self, place: usize) -> Range<usize> {
        let separator = self.separator();
        let start = self.back_to(separator, place);
        let rest = &self.bytes[place..];
        let end = rest.iter().position(|&byte| byte == separator).map_or(rest.len(), |at| at);
        let end = place + end;
        let is_end = |&byte: &u8| byte == b'\r' || byte == b'\n';
        let line_end = self.bytes[start..end].iter().rev().take_while(|byte| is_end(byte)).count();
        start..end - line_end
    }

    /// Returns what of a line or pair must not be shown: it ends where that does.
    fn secret(self, unit: &Range<usize>) -> Range<usize> {
        let bytes = &self.bytes[unit.clone()];
        let at = match self.kind {
            Kind::Text => secret_of_line(bytes),
            Kind::Form => secret_of_pair(bytes).or_else(|| secret_in_pair(bytes)),
        };
        // It may be what follows the line end or the `&` in a value that is secret.
        let is_rest = || {
            let mut before = unit.clone();
            while !self.bytes[before.clone()].contains(&b'=') && before.start > 0 {
                before = self.unit(before.start - 1);
            }
            before != *unit && !self.secret(&before).is_empty()
        };
        match at {
            Some(at) => unit.start + at..unit.end,
            None if !bytes.contains(&b'=') && is_rest() => unit.clone(),
            None => unit.end..unit.end,
        }
    }
}

/// Returns where the secret in a line begins: after the first name of one, and after the `=` if that comes next.
fn secret_of_line(line: &[u8]) -> Option<usize> {
    // Look-ups in a response ignore blanks and `_`.
    let equals = line.iter().position(|&byte| byte == b'=');
    let name = String::from_utf8_lossy(&line[..equals.unwrap_or(0)]).replace([' ', '\t', '_'], "");
    if name.split(['[', ']']).any(|name| Redaction::DEFAULT.is_secret(name)) {
        return equals.map(|at| at + 1);
    }
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let mut place = 0;
    for word in line.split(|byte| !is_name(byte)) {
        let end = place + word.len();
        if std::str::from_utf8(word).is_ok_and(|word| Redaction::DEFAULT.is_secret(word)) {
            let rest = &line[end..];
            let between = |byte: &u8| byte.is_ascii_digit() || b" \t[]".contains(byte);
            let equals = rest.iter().position(|byte| !between(byte)).filter(|&at| rest[at] == b'=');
            return Some(equals.map_or(end, |at| end + at + 1));
        }
        place = end + 1;
    }
    None
}

/// Returns where the secret in a pair begins: after the `=`, unless the name is plain and not that of a secret.
fn secret_of_pair(pair: &[u8]) -> Option<usize> {
    let equals = pair.iter().position(|&byte| byte == b'=')?;
    let name = &pair[..equals];
    let is_plain =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'[' | b']');
    let name = std::str::from_utf8(name).ok().filter(|name| name.bytes().all(|b| is_plain(&b)));
    let is_shown = name.is_some_and(|name| {
        !Redaction::DEFAULT.is_secret(name) && !name.eq_ignore_ascii_case("s_command")
    });
    (!is_shown).then_some(equals + 1)
}

/// Returns where a pair that names a secret anywhere is hidden from: after its `=`, or from its start.
///
/// It need not be a pair at all: lines of text, JSON, a URL in a value, each maybe escaped. Names are
/// looked for without regard to what is around them, since to hide too much of a line does no harm.
/// For the same reason a long pair is not searched but hidden: each problem would search it again.
fn secret_in_pair(pair: &[u8]) -> Option<usize> {
    const MAX_SEARCHED: usize = 1 << 12;
    let equals = || pair.iter().position(|&byte| byte == b'=').map_or(0, |at| at + 1);
    if pair.len() > MAX_SEARCHED {
        return Some(equals());
    }
    let decoded = percent_decoded(&percent_decoded(pair)).to_ascii_uppercase();
    let holds = |name: &str| decoded.windows(name.len()).any(|window| window == name.as_bytes());
    Redaction::DEFAULT.names().any(|name| holds(&name)).then(equals)
}

/// Decodes the `%XX` of which there are any.
pub(crate) fn percent_decoded(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        let hex = |digits: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
        let escaped = after.first_chunk().filter(|_| *first == b'%').and_then(hex);
        decoded.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    decoded
}

/// The text of an excerpt, and what of it is wrong.
struct Shown {
    text: String,
    span: Range<usize>,
}

impl Shown {
    fn new(whole: Whole<'_>, unit: Range<usize>, span: Range<usize>) -> Self {
        let bytes = whole.bytes;
        let secret = whole.secret(&unit);
        let is_inside = |place: usize| bytes.get(place).is_some_and(|byte| byte & 0xc0 == 0x80);
        let from = unit.start.max(span.start.saturating_sub(AROUND));
        let from = (from..unit.end).find(|&place| !is_inside(place)).unwrap_or(unit.end);
        let to = unit.end.min(span.end.saturating_add(AROUND));
        let to = (to..unit.end).find(|&place| !is_inside(place)).unwrap_or(unit.end);

        let mut shown = Self { text: String::new(), span: 0..0 };
        if from > unit.start {
            shown.text.push('…');
        }
        // The places in order at which something begins or ends.
        let clear_to = to.min(secret.start.max(from));
        let place = |place: usize| place.clamp(from, clear_to);
        let (start, end) = (place(span.start), place(span.end));
        shown.push(&bytes[from..start]);
        shown.span.start = shown.text.len();
        shown.push(&bytes[start..end]);
        shown.span.end = shown.text.len();
        shown.push(&bytes[end..clear_to]);
        if !secret.is_empty() {
            let start = shown.text.len();
            shown.text.push_str(MASK);
            if span.end > secret.start {
                shown.span.end = shown.text.len();
            }
            if span.start >= secret.start {
                shown.span.start = start;
            }
        } else if to < unit.end {
            shown.text.push('…');
        }
        shown
    }

    fn push(&mut self, bytes: &[u8]) {
        for chunk in bytes.utf8_chunks() {
            self.text.push_str(&visible(chunk.valid()).to_string());
            self.text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
        }
    }
}

impl Excerpt {
    /// Draws the line with a mark below what is wrong, and the problem above it.
    pub(crate) fn draw(&self, problem: &str) -> String {
        let snippet = Snippet::source(&*self.text)
            .line_start(self.line)
            .annotation(AnnotationKind::Primary.span(self.span.clone()));
        let report = Level::ERROR.primary_title(problem).element(snippet);
        let width = terminal_size::terminal_size_of(io::stderr());
        let width = width.map_or(80, |(width, _)| usize::from(width.0));
        Renderer::styled().term_width(width).render(&[report])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is shown of an input, and what is marked, for a problem at the first `<`, which stands for nothing, up to the `>`.
    #[track_caller]
    fn shown(kind: Kind, marked: &str) -> String {
        let start = marked.find('<').expect("a start");
        let end = marked.find('>').expect("an end") - 1;
        let input = marked.replace(['<', '>'], "");
        let whole = Whole { bytes: input.as_bytes(), kind };
        let excerpt = whole.around(start..end);
        let (text, span) = (excerpt.text, excerpt.span);
        format!("{}<{}>{}", &text[..span.start], &text[span.clone()], &text[span.end..])
    }

    #[test]
    fn the_line_is_shown_with_a_mark() {
        for (input, expected) in [
            ("a = 1\nb <x>= 2\nc = 3\n", "b <x>= 2"),
            ("a = 1\r\n<b>\r\n", "<b>"),
            ("a = 1\n<>", "a = 1<>"),
            ("a = 1\r\n<>", "a = 1<>"),
            ("<>", "<>"),
            ("a<> = 1", "a<> = 1"),
            ("a = <1\nb = 2>\n", "a = <1>"),
            ("a = \u{1b}[2J<\u{202e}>\tx", "a = \\u{1b}[2J<\\u{202e}>\\tx"),
            ("例 = <例>例", "例 = <例>例"),
        ] {
            assert_eq!(shown(Kind::Text, input), expected);
        }
        assert_eq!(shown(Kind::Form, "a=1&b=<%zz>&c=3"), "b=<%zz>");
        assert_eq!(shown(Kind::Form, "dns[]=x&<dns[2]>=y"), "<dns[2]>=y");
    }

    #[test]
    fn a_secret_is_never_shown() {
        for (input, expected) in [
            ("AUTH=<hunter2>", "AUTH=<***>"),
            ("<AUTH>=hunter2", "<AUTH>=***"),
            ("AU<TH=hunt>er2", "AU<TH=***>"),
            ("auth0 = hunter<2>", "auth0 =<***>"),
            ("<property[auth][0]x> = hunter2", "<property[auth][0]x> =***"),
            ("property[auth][<0>] = hunter2", "property[auth][<0>] =***"),
            ("<PASSWORD hunter2>", "<PASSWORD***>"),
            ("<description> = bad password: hunter2 = x", "<description> = bad password***"),
            ("AUTH=a\n<hunter2>", "<***>"),
            ("AUTH=a\n\nb\n<hunter2>\nc=d", "<***>"),
            ("X-A-AUTH-KEY=<hunter2>", "X-A-AUTH-KEY=<***>"),
            ("property[ftp pass_word][0] = <hunter2>", "property[ftp pass_word][0] =<***>"),
            ("DOMAIN=a\n<hunter2>", "<hunter2>"),
        ] {
            assert_eq!(shown(Kind::Text, input), expected);
        }
        for (input, expected) in [
            ("password=<hunter2>&x=y", "password=<***>"),
            ("<password>=hunter2&x=y", "<password>=***"),
            ("s_command=<COMMAND%3DX%0AAUTH%3Dhunter2>", "s_command=<***>"),
            ("p%61ssword=<hunter2>", "p%61ssword=<***>"),
            ("password=hunt&<er2>&x=y", "<***>"),
            ("password=hunt&e&<r2>&x=y", "<***>"),
            ("<COMMAND=X\nDOMAIN=a\nAUTH=hunter2>", "<COMMAND=***>"),
            ("command=X&<domain=a.com\ns_pw=hunter2>&command=Y", "<domain=***>"),
            ("<user=a;password=hunter2;domain=x>", "<user=***>"),
            ("<{\"user\":\"a\",\"password\":\"hunter2\"}>", "<***>"),
            ("domain=<x%0apassword=hunter2>&user=", "domain=<***>"),
            ("domain=<http://x/?Password=hunter2>&user=a", "domain=<***>"),
            ("x=<s_pw%3Dhunter2%zz>", "x=<***>"),
            ("x=<s%255Fpw%253Dhunter2>", "x=<***>"),
            ("user=<u>&password=hunter2", "user=<u>"),
            ("user=u&password=hunter2&x=<y>", "x=<y>"),
        ] {
            assert_eq!(shown(Kind::Form, input), expected);
        }
        for name in Redaction::DEFAULT.names() {
            for name in [name.to_string(), name.to_lowercase(), format!("{name}12")] {
                for input in [
                    format!("{name} = <hunter2>"),
                    format!("<{name} = hunter2>"),
                    format!("property[{name}][<0>] = hunter2"),
                    format!("<{name} hunter2>"),
                    format!("{name}=hunter\n<hunter2>\n"),
                ] {
                    assert!(!shown(Kind::Text, &input).contains("hunter2"), "{input}");
                }
                for input in [
                    format!("{name}=<hunter2>&x=y"),
                    format!("<{name}>=hunter2&x=y"),
                    format!("{name}=hunter&<hunter2>"),
                ] {
                    assert!(!shown(Kind::Form, &input).contains("hunter2"), "{input}");
                }
            }
        }
    }

    #[test]
    fn of_a_long_line_only_what_is_near_is_shown() {
        let long = "例".repeat(1 << 20);
        let input = format!("a={long}<x>{long}");
        let text = shown(Kind::Text, &input);
        assert!(text.len() < 3 * AROUND && text.contains("例<x>例"), "{}", text.len());
        assert!(text.starts_with("…例") && text.ends_with("例…"), "{text}");
        let pair = shown(Kind::Form, &format!("a=b&c=<{long}>&d=e"));
        assert_eq!(pair, "c=<***>", "it is not searched for secrets");
        let secret = shown(Kind::Text, &format!("AUTH={long}<x>{long}"));
        assert_eq!(secret, "…<***>");
    }

    #[test]
    fn bytes_that_are_no_text_are_shown_as_numbers() {
        let whole = Whole::text(b"a=\xff\xfeb\n");
        let excerpt = whole.around(2..3);
        assert_eq!((&*excerpt.text, excerpt.span), ("a=\\xff\\xfeb", 2..6));
        let excerpt = whole.around(3..4);
        assert_eq!(excerpt.span, 6..10);
    }

    #[test]
    fn every_place_of_every_input_has_an_excerpt() {
        let inputs: [&[u8]; 6] =
            [b"", b"\n", b"a=\xc3\xa9\r\n\r\nAUTH=x\n\ny", b"a=b&&password=%zz&x&", b"\xff", b"\r"];
        for bytes in inputs {
            for kind in [Kind::Text, Kind::Form] {
                let whole = Whole { bytes, kind };
                for start in 0..bytes.len() + 2 {
                    for end in start..bytes.len() + 3 {
                        let excerpt = whole.around(start..end);
                        assert!(excerpt.text.get(excerpt.span.clone()).is_some());
                        assert!(excerpt.draw("problem").contains("problem"));
                    }
                }
            }
        }
    }
}
