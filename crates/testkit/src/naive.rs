//! A reader of responses that is slow and obvious, written from the description of the protocol and not from the real one.
//!
//! It splits the text, copies every piece and looks at everything as often as it likes. The real parser must agree with it on
//! every input: on what is refused, why and in which line, and on every cell of what is not.

mod stream;

use std::collections::BTreeMap;

pub use self::stream::{Stream, stream};

/// What a response says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response {
    /// The return code.
    pub code: u16,
    /// The description; empty if there is none.
    pub description: String,
    /// Whether there is a `[RESPONSE]` line.
    pub framed: bool,
    /// The other fields, in lower case.
    pub fields: BTreeMap<String, String>,
    /// All columns in lower case, by row.
    pub columns: BTreeMap<String, BTreeMap<u32, String>>,
    /// The names of the data columns, in lower case, in order of appearance.
    pub data: Vec<String>,
    /// The number of rows.
    pub rows: u32,
    /// The values of the list as a whole, by name in lower case, in order of appearance.
    pub values: Vec<(String, String)>,
    /// The cells that came after the first of their place: column in lower case, row and value, in order of the text.
    pub repeated: Vec<(String, u32, String)>,
    /// What was forgiven, and on which line.
    pub notes: Vec<(&'static str, usize)>,
    /// What is wrong with each malformed property, in order of the lines.
    pub faults: Vec<String>,
}

/// Why a text is refused, and on which line.
pub type Refusal = (&'static str, usize);

const LARGEST_ROW: u32 = 9_999_999;
const HOLES: i128 = 262_144;

/// Reads a response.
///
/// # Errors
///
/// The name of the real parser's error kind, and the line.
#[expect(clippy::missing_panics_doc, reason = "the digits were counted")]
pub fn parse(text: &str) -> Result<Response, Refusal> {
    let mut response = Response::default();
    let mut notes: Vec<(usize, &'static str)> = Vec::new();
    let (mut code, mut description) = (None, None);
    let (mut ended, mut since_header) = (None, false);
    let mut names: Vec<String> = Vec::new();
    let mut cell_lines: BTreeMap<(String, u32), usize> = BTreeMap::new();

    let without_mark = text.strip_prefix('\u{feff}').unwrap_or(text);
    if without_mark.len() < text.len() {
        notes.push((1, "ByteOrderMark"));
    }
    let mut lines: Vec<&str> = without_mark.split('\n').collect();
    let last_has_lf = without_mark.ends_with('\n');
    if last_has_lf || without_mark.is_empty() && text.is_empty() {
        lines.pop();
    }
    let ends_with_lf = |number: usize| number < lines.len() || last_has_lf;
    let blanks: &[char] = &[' ', '\t'];
    let clean = |number: usize| {
        let line = lines[number - 1];
        let line = if ends_with_lf(number) { line.trim_end_matches('\r') } else { line };
        line.trim_matches(blanks)
    };

    let mut at = 1;
    for number in 1..=lines.len() {
        at = number;
        let line = clean(number);
        if line.is_empty() {
            continue;
        }
        let upper = line.to_ascii_uppercase();
        if upper == "[RESPONSE]" {
            if response.framed && since_header {
                return Err(("Truncated", number));
            }
            if response.framed {
                notes.push((number, "RepeatedHeader"));
            } else if since_header {
                notes.push((number, "LateHeader"));
            }
            response.framed = true;
            since_header = false;
        } else if upper == "EOF" {
            if !response.framed {
                notes.push((number, "MissingHeader"));
            }
            ended = Some(number);
            break;
        } else if upper.starts_with("PROPERTY[") {
            let Some((column, row, value)) = property(line) else {
                notes.push((number, "MalformedProperty"));
                response.faults.push(fault(line));
                continue;
            };
            let row: u32 = decimal(row).ok_or(("IndexOverflow", number))?;
            if row > LARGEST_ROW {
                return Err(("RowLimit", number));
            }
            since_header = true;
            let name = column.to_ascii_lowercase();
            if !names.contains(&name) {
                names.push(name.clone());
            }
            let cells = response.columns.entry(name.clone()).or_default();
            if cells.get(&row).is_some() {
                notes.push((number, "DuplicateCell"));
                response.repeated.push((name, row, value.to_owned()));
                continue;
            }
            cells.insert(row, value.to_owned());
            cell_lines.insert((name, row), number);
        } else if let Some(equals) = line.find('=') {
            let (name, value) =
                (line[..equals].trim_matches(blanks), line[equals + 1..].trim_matches(blanks));
            let name = name.to_ascii_lowercase();
            if name.is_empty() {
                notes.push((number, "MissingKey"));
                continue;
            }
            since_header = true;
            if name == "code" {
                let digits = value.len() == 3 && value.chars().all(|c| c.is_ascii_digit());
                if !digits || value.starts_with('0') {
                    return Err(("InvalidCode", number));
                }
                if code.as_deref().is_some_and(|code: &str| code != value) {
                    return Err(("ConflictingCode", number));
                }
            }
            let slot = match name.as_str() {
                "code" => &mut code,
                "description" => &mut description,
                _ if response.fields.contains_key(&name) => {
                    notes.push((number, "DuplicateField"));
                    continue;
                }
                _ => {
                    response.fields.insert(name, value.to_owned());
                    continue;
                }
            };
            if slot.is_some() {
                let is_code = name == "code";
                notes.push((number, if is_code { "RepeatedCode" } else { "DuplicateField" }));
                continue;
            }
            *slot = Some(value.to_owned());
            if name == "description" && value.is_empty() {
                notes.push((number, "EmptyDescription"));
            }
        } else {
            notes.push((number, "MissingEquals"));
        }
    }

    let first = (1..=lines.len()).find(|&number| !clean(number).is_empty()).ok_or(("Empty", 1))?;
    if !response.framed && clean(first).starts_with('<') {
        return Err(("Markup", first));
    }
    if response.framed && ended.is_none() {
        return Err(("Truncated", at));
    }
    let code = code.ok_or(("MissingCode", at))?;
    if description.is_none() {
        notes.push((at, "MissingDescription"));
    }
    if let Some(end) = ended {
        let after = (end + 1..=lines.len()).find(|&number| !clean(number).is_empty());
        notes.extend(after.map(|number| (number, "TrailingData")));
    }

    let scalar = |name: &str| {
        let cells = response.columns.get(name)?;
        (cells.len() == 1).then(|| cells.get(&0)).flatten()
    };
    let number = |text: &String| {
        text.chars().all(|c| c.is_ascii_digit()).then(|| text.parse::<u64>().ok())?
    };
    let count = scalar("count").and_then(number);
    let paging = ["count", "first", "last", "limit", "total"];
    let is_paging =
        |name: &String| paging.contains(&name.as_str()) && scalar(name).and_then(number).is_some();
    let declared: Option<Vec<String>> = response
        .columns
        .get("column")
        .map(|cells| cells.values().map(|name| name.to_ascii_lowercase()).collect());
    let only_row_0 = names.iter().all(|name| scalar(name).is_some());
    let is_value = |name: &String| {
        let is_of_list = match &declared {
            Some(declared) => !declared.contains(name),
            None => only_row_0,
        };
        let is_alone = name != "column" && scalar(name).is_some() && !is_paging(name);
        count == Some(0) && is_of_list && is_alone
    };
    let is_data = |name: &&String| *name != "column" && !is_paging(name) && !is_value(name);
    let data: Vec<String> = names.iter().filter(is_data).cloned().collect();
    let value = |name: &String| (name.clone(), response.columns[name][&0].clone());
    let values = names.iter().filter(|&name| is_value(name)).map(value).collect();
    for name in names.iter().filter(|name| paging.contains(&name.as_str())) {
        if scalar(name).is_some() && !is_paging(name) && names.iter().any(is_paging) {
            notes.push((cell_lines[&(name.clone(), 0)], "MetadataNotANumber"));
        }
    }
    let too_sparse = |names: &[String]| {
        let columns = || names.iter().filter_map(|name| response.columns.get(name));
        let last = columns().filter_map(|cells| cells.keys().last().copied()).max()?;
        let cells = columns().map(|cells| cells.len() as i128).sum::<i128>();
        let holes = (i128::from(last) + 1) * columns().count() as i128 - cells;
        let lines = names.iter().filter_map(|name| cell_lines.get(&(name.clone(), last)));
        lines.min().filter(|_| holes > HOLES + 64 * cells).copied()
    };
    if let Some(line) = too_sparse(&data).or_else(|| too_sparse(&["column".to_owned()])) {
        return Err(("HoleLimit", line));
    }
    let heights = data.iter().filter_map(|name| response.columns[name].keys().last());
    response.rows = heights.max().map_or(0, |row| row + 1);
    (response.data, response.values) = (data, values);
    if count.is_some_and(|count| count != u64::from(response.rows)) {
        notes.push((cell_lines[&("count".to_owned(), 0)], "CountMismatch"));
    }
    response.code = code.parse().expect("three digits");
    response.description = description.unwrap_or_default();
    notes.sort_by_key(|&(line, _)| line);
    response.notes = notes.into_iter().map(|(line, kind)| (kind, line)).collect();
    Ok(response)
}

/// `property[column][row] = value`, in any case.
fn property(line: &str) -> Option<(&str, &str, &str)> {
    let rest = &line["property[".len()..];
    let close = rest.find(']')?;
    let (column, rest) = (&rest[..close], rest[close + 1..].strip_prefix('[')?);
    let close = rest.find(']')?;
    let (row, rest) = (&rest[..close], &rest[close + 1..]);
    if row.is_empty() || !row.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let value = rest.trim_start_matches([' ', '\t']).strip_prefix('=')?;
    Some((column, row, value.trim_matches([' ', '\t'])))
}

/// Says what is wrong with a line that begins like a property and is not one, character by character.
fn fault(line: &str) -> String {
    let mut chars = line["property[".len()..].trim_end_matches([' ', '\t']).chars().peekable();
    if !chars.any(|c| c == ']') {
        return "no `]` after the column".into();
    }
    let named = |found: char, place: &str| match found {
        c if c.is_alphabetic() || c.is_ascii_digit() => format!("letter or digit {place}"),
        c if ('!'..='~').contains(&c) => format!("`{c}` {place}"),
        c => format!("U+{:04X} {place}", c as u32),
    };
    let ends =
        |rest: String| rest.is_empty() || rest.trim_start_matches([' ', '\t']).starts_with('=');
    if chars.peek() != Some(&'[') {
        let found = chars.peek().copied();
        let rest: String = chars.collect();
        return found
            .filter(|_| !ends(rest))
            .map_or_else(|| "no index".into(), |c| named(c, "after the column"));
    }
    chars.next();
    let mut digits = 0;
    while chars.next_if(char::is_ascii_digit).is_some() {
        digits += 1;
    }
    if chars.peek() != Some(&']') {
        let found = chars.peek().copied();
        let rest: String = chars.collect();
        return found
            .filter(|_| !ends(rest))
            .map_or_else(|| "no `]` after the index".into(), |c| named(c, "in the index"));
    }
    chars.next();
    if digits == 0 {
        return "empty index".into();
    }
    let found = chars.find(|c| !matches!(c, ' ' | '\t'));
    found.map_or_else(|| "no `=` after the index".into(), |c| named(c, "after the index"))
}

fn decimal(digits: &str) -> Option<u32> {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() { Some(0) } else { digits.parse().ok() }
}
