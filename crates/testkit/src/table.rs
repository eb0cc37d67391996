//! The tables in `testdata/`: one case a line, fields separated by tabs.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// One line of a table.
#[derive(Debug)]
pub struct Row {
    names: Vec<String>,
    fields: Vec<Vec<u8>>,
}

/// Returns the rows of a table below `testdata/`, which has `at_least` so many.
///
/// `\n`, `\r`, `\t`, `\\`, `\0`, `\u{HEX}` and `\xHH` are decoded, `{text*N}` is N times `text`, and a field that is just `-` is
/// empty.
///
/// # Panics
///
/// Panics if the file can't be read, has too few rows, rows of different length, or the same id twice.
#[must_use]
pub fn rows(file: &str, at_least: usize) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(file);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = text.lines();
    let names: Vec<String> =
        lines.next().expect("a header").split('\t').map(String::from).collect();
    let rows: Vec<Row> = lines
        .map(|line| {
            let fields: Vec<_> = line.split('\t').map(unescape).collect();
            assert_eq!(fields.len(), names.len(), "{file}: {line}");
            Row { names: names.clone(), fields }
        })
        .collect();
    let ids: BTreeSet<_> = rows.iter().map(|row| row.text("id")).collect();
    assert_eq!(ids.len(), rows.len(), "{file}: an id stands there twice");
    assert!(rows.len() >= at_least, "{file}: only {} rows", rows.len());
    rows
}

impl Row {
    /// Returns a field, decoded.
    ///
    /// # Panics
    ///
    /// Panics if there is no such column.
    #[must_use]
    pub fn bytes(&self, column: &str) -> &[u8] {
        let place = self.names.iter().position(|name| name == column);
        &self.fields[place.unwrap_or_else(|| panic!("no column {column}"))]
    }

    /// Returns a field that is text.
    ///
    /// # Panics
    ///
    /// Panics if there is no such column, or if it is not UTF-8.
    #[must_use]
    pub fn text(&self, column: &str) -> &str {
        core::str::from_utf8(self.bytes(column)).expect("text")
    }
}

/// Runs a check over the rows of a table and shows every row that differs: `check` returns what came out.
///
/// # Panics
///
/// Panics if a row's field `expected` is not what came out.
pub fn check(file: &str, at_least: usize, mut check: impl FnMut(&Row) -> String) {
    let rows = rows(file, at_least);
    let problems: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let (expected, actual) = (row.text("expected"), check(row));
            (expected != actual)
                .then(|| format!("{}: expected {expected:?}, but it is {actual:?}", row.text("id")))
        })
        .collect();
    assert!(problems.is_empty(), "{file}: {} rows differ\n{}", problems.len(), problems.join("\n"));
}

fn unescape(field: &str) -> Vec<u8> {
    if field == "-" {
        return Vec::new();
    }
    let mut bytes = Vec::new();
    let mut rest = field;
    while let Some(at) = rest.find(['\\', '{']) {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('{') {
            let (repeated, after) = after.split_once('}').expect("{text*N} or {base}");
            match repeated.rsplit_once('*') {
                Some((text, times)) => {
                    bytes.extend(text.repeat(times.parse().expect("a number")).bytes());
                }
                None => bytes.extend_from_slice(named(repeated).as_bytes()),
            }
            rest = after;
            continue;
        }
        let escape = rest[1..].chars().next().expect("an escape");
        rest = &rest[2..];
        match escape {
            'n' => bytes.push(b'\n'),
            'r' => bytes.push(b'\r'),
            't' => bytes.push(b'\t'),
            '0' => bytes.push(0),
            '\\' => bytes.push(b'\\'),
            'x' => {
                bytes.push(u8::from_str_radix(&rest[..2], 16).expect("two hexadecimal digits"));
                rest = &rest[2..];
            }
            'u' => {
                let (hex, after) =
                    rest.strip_prefix('{').and_then(|rest| rest.split_once('}')).expect("\\u{HEX}");
                let code = u32::from_str_radix(hex, 16).expect("hexadecimal digits");
                let c = char::from_u32(code).expect("a character");
                bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                rest = after;
            }
            other => panic!("no such escape: {other}"),
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// Returns the text that a name between braces stands for.
fn named(name: &str) -> &'static str {
    match name {
        "base" => "user=H12345&password=x&domain=example&suffix=uk.com&chandle=H1&thandle=H2",
        other => panic!("no such name: {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn escapes() {
        assert_eq!(unescape("-"), b"");
        assert_eq!(unescape(r"\u{2d}"), b"-");
        assert_eq!(unescape(r"a\n\r\t\0\\\xff\u{fc}"), b"a\n\r\t\0\\\xff\xc3\xbc");
        assert_eq!(unescape("x{ab*3}y"), b"xabababy");
        assert_eq!(unescape(r"\u{7b}{-*2}"), b"{--");
    }
}
