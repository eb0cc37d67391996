//! The tables in `testdata/`: one case a line, fields separated by tabs.

use core::fmt::Write as _;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// One line of a table.
#[derive(Debug)]
pub struct Row {
    names: Vec<String>,
    fields: Vec<Vec<u8>>,
}

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(file)
}

fn read(file: &str) -> String {
    let path = path(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the rows of a table below `testdata/`, which has `at_least` so many.
///
/// `\n`, `\r`, `\t`, `\\`, `\0`, `\u{HEX}` and `\xHH` are decoded, `{text*N}` is N times `text`,
/// `{base}` and `{head}` stand for how many inputs begin, and a field that is just `-` is empty.
///
/// # Panics
///
/// Panics if the file can't be read, has too few rows, rows of different length, or the same id
/// twice.
#[must_use]
pub fn rows(file: &str, at_least: usize) -> Vec<Row> {
    let text = read(file);
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
    let ids: BTreeSet<_> = rows.iter().map(Row::id).collect();
    assert_eq!(ids.len(), rows.len(), "{file}: an id stands there twice");
    assert!(rows.len() >= at_least, "{file}: only {} rows", rows.len());
    rows
}

impl Row {
    fn place(&self, column: &str) -> usize {
        let place = self.names.iter().position(|name| name == column);
        place.unwrap_or_else(|| panic!("no column {column}"))
    }

    /// Returns what the row is called.
    ///
    /// # Panics
    ///
    /// Panics if there is no column `id`.
    #[must_use]
    pub fn id(&self) -> &str {
        self.text("id")
    }

    /// Returns a field, decoded.
    ///
    /// # Panics
    ///
    /// Panics if there is no such column.
    #[must_use]
    pub fn bytes(&self, column: &str) -> &[u8] {
        &self.fields[self.place(column)]
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

/// Runs a check over the rows of a table whose expectation is the column `expected`: `check`
/// returns what came out.
///
/// # Panics
///
/// As [`check_columns`].
pub fn check(file: &str, at_least: usize, mut check: impl FnMut(&Row) -> String) {
    check_columns(file, at_least, ["expected"], |row| Ok([check(row)]));
}

/// Runs a check over the rows of a table and shows every field that differs: `check` returns what
/// came out for each of the columns, or what else is wrong.
///
/// Where the environment variable `BLESS` is `1` the fields that differ are rewritten instead.
///
/// # Panics
///
/// Panics if a field is not what came out, with the table, the row and the column, or if the table
/// can't be read or rewritten.
pub fn check_columns<const N: usize>(
    file: &str,
    at_least: usize,
    columns: [&str; N],
    mut check: impl FnMut(&Row) -> Result<[String; N], String>,
) {
    let mut lines: Vec<String> = read(file).lines().map(String::from).collect();
    let bless = std::env::var_os("BLESS").is_some_and(|bless| bless == "1");
    let mut rewritten = false;
    let mut problems = Vec::new();
    for (row, line) in rows(file, at_least).iter().zip(&mut lines[1..]) {
        let found = match check(row) {
            Ok(found) => found,
            Err(problem) => {
                problems.push(format!("row {}: {problem}", row.id()));
                continue;
            }
        };
        for (column, actual) in columns.iter().zip(&found) {
            let expected = row.text(column);
            if expected == actual {
                continue;
            }
            if bless {
                let mut fields: Vec<&str> = line.split('\t').collect();
                let actual = escape(actual);
                fields[row.place(column)] = &actual;
                *line = fields.join("\t");
                rewritten = true;
                continue;
            }
            problems.push(format!(
                "row {}, column {column}\n expected: {expected:?}\n   actual: {actual:?}",
                row.id()
            ));
        }
    }
    if rewritten {
        fs::write(path(file), lines.join("\n") + "\n").expect("a writable testdata/");
    }
    assert!(
        problems.is_empty(),
        "testdata/{file}: {} problems\n{}",
        problems.len(),
        problems.join("\n")
    );
}

/// Writes a field: what can't be seen, or could be taken for something else, is escaped.
fn escape(field: &str) -> String {
    if field.is_empty() {
        return "-".to_owned();
    }
    let last = field.chars().count() - 1;
    let mut text = String::new();
    for (at, c) in field.chars().enumerate() {
        match c {
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\0' => text.push_str("\\0"),
            '\\' => text.push_str("\\\\"),
            '-' | ' ' if at == 0 && last == 0 || c == ' ' && (at == 0 || at == last) => {
                write!(text, "\\u{{{:x}}}", u32::from(c)).expect("a string takes any text");
            }
            ' '..='z'
            | '|'..='~'
            | '\u{c0}'..='\u{d6}'
            | '\u{d8}'..='\u{f6}'
            | '\u{f8}'..='\u{17f}' => {
                text.push(c);
            }
            _ => write!(text, "\\u{{{:x}}}", u32::from(c)).expect("a string takes any text"),
        }
    }
    text
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
        "head" => "[RESPONSE]\ncode = 200\ndescription = Command completed successfully\n",
        "base" => "user=H12345&password=x&domain=example&suffix=uk.com&chandle=H1&thandle=H2",
        other => panic!("no such name: {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{escape, rows, unescape};

    #[test]
    fn escapes() {
        assert_eq!(unescape("-"), b"");
        assert_eq!(unescape(r"\u{2d}"), b"-");
        assert_eq!(unescape(r"a\n\r\t\0\\\xff\u{fc}"), b"a\n\r\t\0\\\xff\xc3\xbc");
        assert_eq!(unescape("x{ab*3}y"), b"xabababy");
        assert_eq!(unescape(r"\u{7b}{-*2}"), b"{--");
        assert!(unescape("{head}x").ends_with(b"\nx"));
    }

    #[test]
    fn what_is_escaped_reads_back() {
        for text in
            ["", "-", "--", " ", " a ", "a b", "\\n\n\r\t\0", "{base}", "\u{1b}ü–\u{212a}", "="]
        {
            let field = escape(text);
            assert_eq!(unescape(&field), text.as_bytes(), "{field}");
            assert!(!field.contains(['\t', '\n']) && !field.ends_with(' '), "{field:?}");
        }
        assert_eq!(escape(" a{\u{a0}é\n"), r"\u{20}a\u{7b}\u{a0}é\n");
    }

    #[test]
    fn a_row_is_read_by_its_columns() {
        let rows = rows("response/invalid.tsv", 1);
        let row = rows.iter().find(|row| row.id() == "bom_only").expect("the row");
        assert_eq!(row.bytes("text"), "\u{feff}".as_bytes());
    }
}
