//! What is hidden of a response that is written out.

use alloc::borrow::Cow;
use alloc::string::String;

use cnic_text::blanks::trim_start;
use cnic_text::{MASK, Redaction};

use crate::index::cells::Role;
use crate::index::folding::eq_ignoring_separators;
use crate::table::Table;
use crate::table::column::Column;
use crate::table::repeated::RepeatedCell;

/// What to hide of a response that is written out.
#[derive(Clone, Copy)]
pub(crate) struct Mask<'r>(Option<&'r Redaction>);

impl<'r> Mask<'r> {
    /// Hides nothing.
    pub(crate) const NONE: Self = Self(None);

    /// Hides the values of some names.
    pub(crate) const fn of(redaction: &'r Redaction) -> Self {
        Self(Some(redaction))
    }

    /// Returns whether a name is that of a secret, to the look-ups of a response at least.
    fn is_secret(self, name: &str) -> bool {
        const IGNORED: [char; 3] = [' ', '\t', '_'];
        self.0.is_some_and(|redaction| {
            let family = name.trim_end_matches(|c: char| c.is_ascii_digit());
            let is = |secret: &str| {
                eq_ignoring_separators(secret, name) || eq_ignoring_separators(secret, family)
            };
            redaction.is_secret(name)
                || redaction.names().any(|secret| is(&secret))
                // For the endings, of which `names` has an example only.
                || name.contains(IGNORED) && redaction.is_secret(&name.replace(IGNORED, ""))
        })
    }

    /// Returns the value of a top-level field as it is to be shown.
    pub(crate) fn field<'v>(self, name: &str, value: &'v str) -> &'v str {
        Cover(self.is_secret(name)).value(value)
    }

    /// Returns how the cells of a column are to be shown.
    pub(crate) fn column(self, column: Column<'_>) -> Cover {
        Cover(column.role() != Role::Paging && self.is_secret(column.name()))
    }

    /// Returns the repeated cells of a table as they are to be shown.
    pub(crate) fn repeated<'t>(self, table: Table<'t>) -> impl Iterator<Item = RepeatedCell<'t>> {
        let mut latest = None;
        table.repeated().with_columns().map(move |(column, cell)| {
            // Mostly it is the column of the cell before.
            let known = latest.filter(|&(number, _)| number == column.number());
            let (_, cover): (_, Cover) =
                known.unwrap_or_else(|| (column.number(), self.column(column)));
            latest = Some((column.number(), cover));
            cell.with_value(cover.value(cell.value()))
        })
    }

    /// Returns whether the last word of a text is the name of a secret, or the last two are, as
    /// people write `auth code` and `auth-code` for `authcode`.
    fn ends_with_secret_name(self, text: &str) -> bool {
        let word = last_word(text);
        if self.is_secret(word) || word.contains('-') && self.is_secret(&word.replace('-', "")) {
            return true;
        }
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        let before = text[..start].trim_end_matches([' ', '\t']);
        let words = before.len() < start && before.ends_with(char::is_alphanumeric);
        words && self.is_secret(&[last_word(before), word].concat())
    }

    /// Returns the description as it is to be shown.
    ///
    /// A secret is found from the `:` or `=` that precedes it, as there are few of them.
    pub(crate) fn description(self, text: &str) -> Cow<'_, str> {
        if self.is_secret("description") {
            return Cover(true).value(text).into();
        }
        let mut shown = String::new();
        let (mut copied, mut at) = (0, 0);
        while let Some(separator) = text[at..].find(SEPARATORS) {
            let separator = at + separator;
            at = separator + 1;
            if !self.ends_with_secret_name(&text[..separator]) {
                continue;
            }
            let rest =
                text[at..].trim_start_matches(|c| SEPARATORS.contains(&c) || " \t>".contains(c));
            let start = text.len() - rest.len();
            at = start + value_len(rest);
            if at > start {
                shown.extend([&text[copied..start], MASK]);
                copied = at;
            }
        }
        if copied == 0 {
            return text.into();
        }
        shown.push_str(&text[copied..]);
        shown.into()
    }
}

/// What may stand between a name and its value in a description.
const SEPARATORS: [char; 2] = [':', '='];

/// Returns the name before a separator, without a quote after it: `auth` of `"auth" `.
fn last_word(text: &str) -> &str {
    let text = text.trim_end_matches([' ', '\t']);
    let text = text.strip_suffix(['"', '\'']).unwrap_or(text);
    let is_outside = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_');
    let start = text.char_indices().rev().find(|&(_, c)| is_outside(c));
    text[start.map_or(0, |(at, c)| at + c.len_utf8())..].trim_matches(['-', '_'])
}

/// Returns how long the value is that a text begins with. One that ends with a separator is a name,
/// and the value follows.
fn value_len(text: &str) -> usize {
    let mut rest = text;
    loop {
        let token = &rest[..token_len(rest.as_bytes())];
        rest = &rest[token.len()..];
        if !token.ends_with(SEPARATORS) {
            return text.len() - rest.len();
        }
        rest = trim_start(rest);
    }
}

/// Returns how many bytes precede a blank, `;` or `,` that is not between quotes.
fn token_len(text: &[u8]) -> usize {
    let mut quote = text.first().copied().filter(|byte| matches!(byte, b'"' | b'\''));
    let mut at = usize::from(quote.is_some());
    while let Some(&byte) = text.get(at) {
        match byte {
            b'\\' if quote.is_some() => at += 1,
            _ if quote == Some(byte) => quote = None,
            b' ' | b'\t' | b';' | b',' if quote.is_none() => break,
            _ => {}
        }
        at += 1;
    }
    at.min(text.len())
}

/// Whether values are hidden.
#[derive(Clone, Copy)]
pub(crate) struct Cover(bool);

impl Cover {
    /// Returns a value as it is to be shown. There is nothing to hide of an empty one.
    pub(crate) const fn value(self, value: &str) -> &str {
        if self.0 && !value.is_empty() { MASK } else { value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Cow<'_, str> {
        Mask::of(&Redaction::DEFAULT).description(text)
    }

    #[test]
    fn a_value_after_a_secret_name_is_masked() {
        for (text, expected) in [
            ("password=x", "password=***"),
            ("PassWord: x", "PassWord: ***"),
            ("auth = x", "auth = ***"),
            ("authcode:x", "authcode:***"),
            ("TOKEN\t:\tx y", "TOKEN\t:\t*** y"),
            ("a; token=x; b", "a; token=***; b"),
            ("auth=x,token=y", "auth=***,token=***"),
            ("(auth=x) y", "(auth=*** y"),
            ("auth0=x AUTH12: y", "auth0=*** AUTH12: ***"),
            ("sessionid=x", "sessionid=***"),
            ("x-aero-ens-auth-key: x", "x-aero-ens-auth-key: ***"),
            ("s_pw=x&y", "s_pw=***"),
            ("--password=x", "--password=***"),
            ("x?token=y", "x?token=***"),
            ("auth=ü€ ü", "auth=*** ü"),
            ("auth=x=y:z", "auth=***"),
            ("Wrong auth code: x", "Wrong auth code: ***"),
            ("auth-code: x", "auth-code: ***"),
            ("Session\tID=x", "Session\tID=***"),
            // A name in place of the value has a value of its own.
            ("auth: password: x y", "auth: *** y"),
            ("auth=code= x", "auth=***"),
            ("auth: code: token: x; y", "auth: ***; y"),
            ("auth := x", "auth := ***"),
            ("auth => x", "auth => ***"),
            // Quotes.
            ("password=\"x y; z\" a", "password=*** a"),
            ("password: 'x, y' a", "password: *** a"),
            ("password=\"x \\\" y\" a", "password=*** a"),
            ("password=\"x y", "password=***"),
            ("password=\"x\\", "password=***"),
            ("password=\"x\"y z", "password=*** z"),
            ("password=x\" y", "password=*** y"),
            ("{\"password\": \"x y\"}", "{\"password\": ***"),
            ("'auth'='x'", "'auth'=***"),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
            assert_eq!(shown(expected), expected, "masked again");
        }
    }

    #[test]
    fn anything_else_stays() {
        for text in [
            "",
            "Command completed successfully",
            "Missing required attribute; PASSWORD",
            "password",
            "password x",
            "password=",
            "password: ",
            "password: ; x",
            "token=, x",
            "author: x",
            "unauth=x",
            "x-auth=x",
            "auth-x=x",
            "auth_method: x",
            "authmethod=x",
            "featurepassword=x",
            "X-AU-IMPORT-TOKEN=x",
            "éauth=x",
            "authé=x",
            "auth; code: x",
            "code: x",
            "Authorization failed [invalid]",
            "property[auth][0] = x",
            "=x",
            ": x",
            "==:",
        ] {
            assert_eq!(shown(text), text);
            assert!(matches!(shown(text), Cow::Borrowed(_)), "{text:?}");
        }
        assert_eq!(Mask::NONE.description("auth=x"), "auth=x");
    }
}
