//! What an input looks like that is not what was expected, and what to do about it.

use std::str::Utf8Chunk;

use cnic_command::Form;

use crate::encoding::Encoding;
use crate::excerpt::percent_decoded;
use crate::form_span::form_span;

/// How much of an input is looked at.
pub(crate) const HEAD: usize = 1 << 16;

/// How many lines are looked at.
const LINES: usize = 100;

/// What a subcommand reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    Response(Encoding),
    Command(Encoding),
    /// A command as a form.
    Form(Encoding),
    Registration,
    Receipt,
}

/// Says what an input that could not be read looks like, if that is plainly something else than was expected, and what to
/// type instead.
pub(crate) fn help(expected: Expected, input: &[u8]) -> Option<String> {
    let head = &input[..input.len().min(HEAD)];
    let head = without_mark(head);
    if head.trim_ascii().is_empty() {
        // The others are called empty by what is said of them already.
        let is_said = matches!(expected, Expected::Response(_) | Expected::Receipt);
        return (!is_said).then(|| "the input is empty".to_owned());
    }
    let text = binary(head).or_else(|| match (kind(head), expected) {
        (Some(Kind::Response), Expected::Response(_))
        | (Some(Kind::Command), Expected::Command(_))
        | (Some(Kind::Form), Expected::Form(_))
        | (Some(Kind::Registration), Expected::Registration)
        | (Some(Kind::Receipt), Expected::Receipt) => None,
        (kind, _) => markup(head).or_else(|| Some(other(kind?, expected))),
    });
    let text = text.or_else(|| latin1(expected, head))?;
    Some(format!("the input looks like {text}"))
}

/// Returns the subcommand that reads an input, with its options, if the input tells.
pub(crate) fn subcommand(input: &[u8]) -> Option<&'static str> {
    Some(match kind(without_mark(input))? {
        Kind::Response => "response",
        Kind::Command => "command",
        Kind::Form => "command --from form",
        Kind::Registration => "register",
        Kind::Receipt => "receipt",
    })
}

/// Returns what an input of another subcommand is.
const fn other(kind: Kind, expected: Expected) -> &'static str {
    match (kind, expected) {
        (Kind::Response, _) => "a response: use `cnic response`",
        (Kind::Command, Expected::Form(_)) => "the text of a command: leave out --from form",
        (Kind::Command, _) => "a command: use `cnic command`",
        (Kind::Form, Expected::Command(_)) => "a command as a form, or a URL: add --from form",
        (Kind::Form, _) => "a command as a form: use `cnic command --from form`",
        (Kind::Registration, _) => "a registration: use `cnic register`",
        (Kind::Receipt, _) => "a receipt: use `cnic receipt`",
    }
}

/// What subcommands read.
#[derive(Clone, Copy)]
enum Kind {
    Response,
    Command,
    Form,
    Registration,
    Receipt,
}

/// Takes away the byte order mark with which editors begin a file.
fn without_mark(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head)
}

/// Returns what a text is by its first line that tells.
fn kind(head: &[u8]) -> Option<Kind> {
    head.split(|&byte| byte == b'\n').take(LINES).find_map(|line| kind_of_line(line.trim_ascii()))
}

fn kind_of_line(line: &[u8]) -> Option<Kind> {
    if begins(line, "[RESPONSE]") || begins(line, "property[") {
        return Some(Kind::Response);
    }
    if begins(line, "[COMMAND]") {
        return Some(Kind::Command);
    }
    if begins(line, "Transaction-ID:")
        || matches!(pair(line, b':'), Some((name, b"0" | b"1")) if name.eq_ignore_ascii_case(b"status"))
    {
        return Some(Kind::Receipt);
    }
    let is_call = form_span(line).ok().and_then(|span| {
        let is_url = span.start > 0;
        let form = Form::decode(&line[span]).ok()?;
        Some(
            form.command().ok()?.is_some() && (is_url || form.is_wrapped() || line.contains(&b'&')),
        )
    });
    if is_call == Some(true) {
        return Some(Kind::Form);
    }
    let (name, value) = pair(line, b'=')?;
    // A form that is malformed is one, too.
    if name.eq_ignore_ascii_case(b"s_command") {
        return Some(Kind::Form);
    }
    if name.eq_ignore_ascii_case(b"command") {
        return Some(if value.contains(&b'&') { Kind::Form } else { Kind::Command });
    }
    let has = |name: &str| line.split(|&byte| byte == b'&').any(|pair| begins(pair, name));
    if has("domain=") && has("suffix=") {
        return Some(Kind::Registration);
    }
    let is_code = value.len() == 3 && value.iter().all(u8::is_ascii_digit);
    (name.eq_ignore_ascii_case(b"code") && is_code).then_some(Kind::Response)
}

fn begins(line: &[u8], with: &str) -> bool {
    line.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with.as_bytes()))
}

/// Returns what stands before and behind the first sign of a line.
fn pair(line: &[u8], sign: u8) -> Option<(&[u8], &[u8])> {
    let place = line.iter().position(|&byte| byte == sign)?;
    Some((line[..place].trim_ascii(), line[place + 1..].trim_ascii()))
}

/// Returns what an input is that is no text, or not in an encoding that can be read.
fn binary(head: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 3] = [
        (b"BZh", "a bzip2 file: unpack it first, as `bzip2 -dc FILE` does"),
        (b"\xfd7zXZ\0", "an xz file: unpack it first, as `xz -dc FILE` does"),
        (b"PK\x03\x04", "a zip file: unpack it first, as `unzip -p FILE` does"),
    ];
    if is_utf16(head) {
        return Some("UTF-16: convert it first, as `iconv -f UTF-16 -t UTF-8 FILE` does");
    }
    MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|&(_, name)| name)
}

/// Returns what a text is that nothing of is read.
fn markup(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"HTTP/") {
        return Some("an HTTP response: leave out its header, as curl does without -i");
    }
    let (first, rest) = head.trim_ascii_start().split_first()?;
    match (first, rest.trim_ascii_start().first()) {
        (b'<', _) => Some("HTML or XML, such as the error page of a proxy"),
        (b'{', _) | (b'[', Some(b'{' | b'[' | b'"' | b']' | b'0'..=b'9')) => {
            Some("JSON: cnic reads the text that the API sends")
        }
        _ => None,
    }
}

/// Returns whether every other byte of the beginning is zero, or a mark says that it is UTF-16.
fn is_utf16(head: &[u8]) -> bool {
    let begin = &head[..head.len().min(64) & !1];
    let zeros = |at: usize| begin.iter().skip(at).step_by(2).filter(|&&byte| byte == 0).count();
    let half = begin.len() / 2;
    head.starts_with(b"\xff\xfe")
        || head.starts_with(b"\xfe\xff")
        || (half > 1 && matches!((zeros(0), zeros(1)), (0, ones) | (ones, 0) if ones == half))
}

/// Returns what a text in ISO 8859-1 is, if one in UTF-8 was expected.
///
/// It has letters of that encoding beside others, none of the bytes that have no character there, and no character in UTF-8.
fn latin1(expected: Expected, head: &[u8]) -> Option<&'static str> {
    let decoded;
    let (encoding, text) = match expected {
        Expected::Response(encoding) | Expected::Command(encoding) => (encoding, head),
        Expected::Form(encoding) => {
            decoded = percent_decoded(head);
            (encoding, &*decoded)
        }
        Expected::Registration | Expected::Receipt => (Encoding::Utf8, head),
    };
    let is_letter = |chunk: Utf8Chunk<'_>| {
        chunk.valid().is_ascii() && chunk.invalid().iter().all(|&byte| byte >= 0xa0)
    };
    let is_word = |pair: &[u8]| match pair {
        [one, other] => (*one).max(*other) >= 0xc0 && one.min(other).is_ascii_alphabetic(),
        _ => false,
    };
    if encoding != Encoding::Utf8
        || !text.windows(2).any(is_word)
        || !text.utf8_chunks().all(is_letter)
    {
        return None;
    }
    Some(match expected {
        Expected::Registration | Expected::Receipt => {
            "ISO 8859-1: convert it first, as `iconv -f ISO-8859-1 -t UTF-8 FILE` does"
        }
        _ => "ISO 8859-1: add --encoding latin1",
    })
}
