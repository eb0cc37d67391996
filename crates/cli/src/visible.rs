//! Text that comes from elsewhere, made harmless to a terminal.

use std::fmt;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::words::{any, below, equal, foreign};

/// Returns a view of the text that is harmless to a terminal.
///
/// What would move the cursor or change the direction of text is written as an escape: `\u{1b}`.
pub(crate) const fn visible(text: &str) -> Visible<'_> {
    Visible(text)
}

/// A text with escapes: what [`visible`] returns, written by `Display`.
#[derive(Clone, Copy)]
pub(crate) struct Visible<'t>(&'t str);

/// Returns whether a terminal would take the character for something else than text.
pub(crate) fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

impl<'t> Visible<'t> {
    /// Returns the text if all of it is printable ASCII, as most is: it is as wide as it is long, and needs no escapes.
    pub(crate) fn plain(self) -> Option<&'t str> {
        let is_unusual = |word| below(b' ', word) | equal(0x7f, word) | foreign(word);
        (!any(self.0.as_bytes(), is_unusual)).then_some(self.0)
    }

    /// Splits the text behind each harmful character: what can be shown, and that character.
    fn pieces(self) -> impl Iterator<Item = (&'t str, Option<char>)> {
        self.0.split_inclusive(is_harmful).map(|piece| {
            let mut chars = piece.chars();
            match chars.next_back().filter(|&c| is_harmful(c)) {
                Some(c) => (chars.as_str(), Some(c)),
                None => (piece, None),
            }
        })
    }

    /// Returns how many columns of a terminal it takes.
    pub(crate) fn width(self) -> usize {
        if let Some(plain) = self.plain() {
            return plain.len();
        }
        let escape = |c: char| c.escape_default().len();
        self.pieces().map(|(text, harmful)| text.width() + harmful.map_or(0, escape)).sum()
    }

    /// Returns it in so many columns, with `…` in place of what does not fit.
    pub(crate) fn cut(self, width: usize) -> String {
        let mut shown = String::new();
        let mut used = 0;
        let is_long = self.0.chars().any(|c| {
            if is_harmful(c) {
                shown.extend(c.escape_default());
                used += c.escape_default().len();
            } else {
                shown.push(c);
                used += c.width().unwrap_or(0);
            }
            used > width
        });
        // Some characters are wider together than alone, so the sum alone does not do.
        if is_long || shown.width() > width {
            while shown.width() >= width.max(1) {
                shown.pop();
            }
            shown.push('…');
        }
        shown
    }
}

impl fmt::Display for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (text, harmful) in self.pieces() {
            f.write_str(text)?;
            harmful.map_or(Ok(()), |c| write!(f, "{}", c.escape_default()))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_move_the_cursor_or_turn_text_round_is_written_as_an_escape() {
        for (text, shown) in [
            ("", ""),
            ("plain \u{fc}nicode", "plain \u{fc}nicode"),
            ("\u{1b}[2J\ta\rb", "\\u{1b}[2J\\ta\\rb"),
            ("\u{9b}31m\u{7f}\0", "\\u{9b}31m\\u{7f}\\u{0}"),
            ("moc\u{202e}.elpmaxe", "moc\\u{202e}.elpmaxe"),
        ] {
            assert_eq!(visible(text).to_string(), shown);
            assert_eq!(visible(text).width(), shown.width());
        }
        let marks = "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\
            \u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{feff}";
        for mark in marks.chars() {
            let shown = format!("a\\u{{{:x}}}b", u32::from(mark));
            assert_eq!(visible(&format!("a{mark}b")).to_string(), shown);
        }
    }

    #[test]
    fn plain_text_is_shown_as_it_is() {
        for c in ('\0'..'\u{300}').chain(['\u{2028}', '例']) {
            for text in [format!("{c}"), format!("{c}example"), format!("example{c}example")] {
                let is_plain = (' '..='~').contains(&c);
                assert_eq!(visible(&text).plain().is_some(), is_plain, "{c:?}");
                assert!(!is_plain || visible(&text).to_string() == text, "{c:?}");
            }
        }
    }

    #[test]
    fn what_is_cut_fits_and_says_so() {
        assert_eq!(visible("example.com").cut(11), "example.com");
        assert_eq!(visible("example.com").cut(10), "example.c…");
        assert_eq!(visible("例例例").cut(6), "例例例");
        assert_eq!(visible("例例例").cut(5), "例例…");
        assert_eq!(visible("例例例").cut(4), "例…");
        assert_eq!(visible("例").cut(1), "…");
        assert_eq!(visible("a\u{1b}b").cut(5), "a\\u{…");
        // An escape counts by its letters, and a character with a variation selector by both.
        let hearts = "\u{2764}\u{fe0f}".repeat(9);
        for width in 1..20 {
            for text in [&*hearts, "a\u{301}b\u{301}c\u{301}d", "\u{1b}\u{1b}\u{1b}\u{1b}"] {
                let cut = visible(text).cut(width);
                assert!(cut.width() <= width || cut == text, "{cut}: {width}");
            }
        }
    }
}
