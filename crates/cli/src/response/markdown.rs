//! The rows of a response as a table of GitHub Flavored Markdown.

use std::io::{self, Write};

use cnic_response::Response;

use super::added::names;
use super::selection::Selected;
use super::table::HOLE;
use crate::visible::visible;

/// Whether a byte has a meaning in a cell, and none behind a backslash.
const IS_MARK: [bool; 256] = {
    let mut is_mark = [false; 256];
    let marks = b"\\|`*_~<>&[]$";
    let mut number = 0;
    while number < marks.len() {
        is_mark[marks[number] as usize] = true;
        number += 1;
    }
    is_mark
};

const fn is_mark(byte: u8) -> bool {
    IS_MARK[byte as usize]
}

/// Writes the names of the columns, a line below them, and the rows. A response without columns is no line at all.
///
/// Nothing is padded, so a row takes no more room than its cells.
pub(super) fn write(
    out: &mut impl Write,
    response: &Response<'_>,
    columns: &[Selected<'_>],
) -> io::Result<()> {
    let names = names(response, columns);
    if names.is_empty() {
        return Ok(());
    }
    line(out, names.iter().copied())?;
    out.write_all(b"|")?;
    names.iter().try_for_each(|_| out.write_all(b" --- |"))?;
    out.write_all(b"\n")?;
    let mut cells: Vec<_> = columns.iter().map(Selected::iter).collect();
    for _ in 0..response.row_count() {
        line(out, cells.iter_mut().map(|cells| cells.next().flatten().unwrap_or(HOLE)))?;
    }
    Ok(())
}

fn line<'r>(out: &mut impl Write, cells: impl Iterator<Item = &'r str>) -> io::Result<()> {
    out.write_all(b"|")?;
    for text in cells {
        out.write_all(b" ")?;
        cell(out, text)?;
        out.write_all(b" |")?;
    }
    out.write_all(b"\n")
}

/// Writes a cell as it is shown in a table, so that it stays in its line, and stays what it is.
fn cell(out: &mut impl Write, text: &str) -> io::Result<()> {
    let escaped;
    let text = match visible(text).plain() {
        Some(plain) => plain,
        None => {
            escaped = visible(text).to_string();
            &escaped
        }
    };
    // Whoever makes links of addresses takes the backslash in one for a part of it.
    let has_link = text.contains("://") || text.contains("www.");
    let is_plain = !has_link || text.bytes().all(|byte| !is_mark(byte));
    let is_escaped = |byte| is_mark(byte) || !is_plain && matches!(byte, b':' | b'.');
    let mut rest = text;
    while let Some(place) = rest.bytes().position(is_escaped) {
        let (before, after) = rest.split_at(place);
        out.write_all(before.as_bytes())?;
        out.write_all(b"\\")?;
        out.write_all(&after.as_bytes()[..1])?;
        rest = &after[1..];
    }
    out.write_all(rest.as_bytes())
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    /// Reads a table as those who show Markdown do: the texts of each row.
    fn rows(markdown: &str) -> Vec<Vec<String>> {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
        let mut rows: Vec<Vec<String>> = vec![];
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(vec![]),
                Event::Start(Tag::TableCell) => rows.last_mut().expect("a row").push(String::new()),
                Event::Text(text) => {
                    *rows.last_mut().and_then(|row| row.last_mut()).expect("a cell") += &text;
                }
                Event::Start(Tag::Table(_)) => {}
                Event::End(
                    TagEnd::TableCell | TagEnd::TableRow | TagEnd::TableHead | TagEnd::Table,
                ) => {}
                event => panic!("{event:?} in {markdown}"),
            }
        }
        rows
    }

    #[test]
    fn a_cell_stays_in_its_row_and_stays_what_it_is() {
        let cells = [
            "example.com",
            "a|b",
            "a\\|b",
            "|",
            "\\",
            "\\\\|",
            "*a* _b_ __c__ ~~d~~ `e` $f$",
            "<b>&amp;&lt;</b>",
            "[a](http://example.com) ![x](y)",
            "<http://example.com>",
            "https://www.example.com/_a_?b=1&c=2",
            "a\rb",
            "\u{1b}[2J",
            "\u{202e}",
            "---",
            "例",
        ];
        let mut text = "code = 200\nproperty[column][0] = a|b\n".to_owned();
        for (row, cell) in cells.iter().enumerate() {
            text += &format!("property[a|b][{row}] = {cell}\nproperty[c][{}] = x\n", row + 1);
        }
        let response = Response::parse(text).expect("a response");
        let columns = super::super::selection::select(&response, &[]).unwrap_or_default();
        let mut markdown = Vec::new();
        write(&mut markdown, &response, &columns).expect("memory");
        let markdown = String::from_utf8(markdown).expect("UTF-8");
        assert_eq!(markdown.lines().count(), cells.len() + 3);
        let rows = rows(&markdown);
        assert_eq!(rows[0], ["a|b", "c"]);
        assert_eq!(rows[1], ["example.com", "·"]);
        for (row, cell) in rows[1..].iter().zip(cells) {
            assert_eq!(row[0], visible(cell).to_string());
        }
        assert_eq!(rows[cells.len() + 1], ["·", "x"]);
    }
    #[test]
    fn an_address_is_no_link_where_a_backslash_would_be_in_it() {
        for (text, written) in [
            ("https://example.com/a?b=1", "https://example.com/a?b=1"),
            ("https://example.com/a_b", "https\\://example\\.com/a\\_b"),
            ("www.example.com/a&b", "www\\.example\\.com/a\\&b"),
            ("a_b.example.com", "a\\_b.example.com"),
        ] {
            let mut out = Vec::new();
            cell(&mut out, text).expect("memory");
            assert_eq!(String::from_utf8_lossy(&out), written);
        }
    }
}
