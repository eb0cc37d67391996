//! Long lists in which one line is not what the lines before it announce, read with and without
//! prediction: the oracle `response_prediction`.

use cnic_response::Response;
use cnic_testkit::oracle::response_prediction;

/// How a line can differ from the one that is expected: another line in place of row `row` of
/// `column`, whose value would be `value`.
fn strays(column: &str, row: usize, value: &str) -> Vec<String> {
    let line = |row: usize, value: &str| format!("property[{column}][{row}] = {value}");
    let earlier = row.saturating_sub(1);
    // What comes after `9` where only the last byte is counted up: `1:` for row 20.
    let mut uncarried = earlier.to_string().into_bytes();
    *uncarried.last_mut().expect("a digit") += 1;
    let uncarried = String::from_utf8(uncarried).expect("ASCII");
    vec![
        format!("property[{column}][{uncarried}] = {value}"),
        line(earlier, value),
        line(row + 1, value),
        line(row + 10, value),
        line(0, value),
        line(row, ""),
        line(row, &value[1..]),
        line(row, &format!("{value}v")),
        line(row, &format!("{}\r", &value[1..])),
        line(row, &format!("{} ", &value[1..])),
        line(row, &format!(" {}", &value[1..])),
        line(row, &format!("{value}\r\r")),
        line(row, &format!("{}\nv", &value[2..])),
        line(row, &value.repeat(12)),
        line(row, value).replacen("property", "Property", 1),
        line(row, value).replacen(column, "another", 1),
        format!("property[{column}][0{row}] = {value}"),
        format!("{}\r", line(row, value)),
        String::from("EOF"),
        String::new(),
    ]
}

/// The cells of a list in either order, all values of one length.
fn cells(columns: &[&str], rows: usize, by_row: bool) -> Vec<(String, usize)> {
    let (width, places) = (columns.len(), 0..rows * columns.len());
    let cell = |n: usize| if by_row { (n % width, n / width) } else { (n / rows, n % rows) };
    places.map(cell).map(|(column, row)| (columns[column].to_owned(), row)).collect()
}

#[test]
fn one_line_of_a_list_is_different() {
    const VALUE: &str = "2027-03-01";
    for (columns, by_row) in [
        (&["domain"][..], false),
        (&["a", "expiration date of the domain"][..], false),
        (&["domain", "b"][..], true),
        (&["a", "status", "c"][..], true),
    ] {
        let cells = cells(columns, 34, by_row);
        for ending in ["\n", "\r\n"] {
            let lines: Vec<String> = cells
                .iter()
                .map(|(column, row)| format!("property[{column}][{row}] = {VALUE}{ending}"))
                .collect();
            for place in 0..cells.len() {
                let (column, row) = &cells[place];
                for stray in strays(column, *row, VALUE) {
                    let (before, after) = (lines[..place].concat(), lines[place + 1..].concat());
                    response_prediction(
                        format!("code = 200\n{before}{stray}{ending}{after}").as_bytes(),
                    );
                }
            }
        }
    }
}

/// Where the index gets its fifth digit, it has more of them than the look at its end takes.
#[test]
fn a_row_is_repeated_where_the_index_gets_a_digit_more() {
    for repeated in [99, 999, 9_998, 9_999, 10_000] {
        let rows: String = (0..=repeated)
            .chain(repeated..repeated + 12)
            .map(|row| format!("property[domain][{row}] = 2027-03-01\n"))
            .collect();
        response_prediction(format!("code = 200\n{rows}").as_bytes());
    }
}

/// A line in another spelling continues its column, so that the line that was expected instead of
/// it, coming later, gives its cell again.
#[test]
fn a_line_comes_again_after_one_in_another_spelling() {
    let columns = ["a", "status", "c"];
    let cells = cells(&columns, 14, true);
    for first in columns.len()..cells.len() - columns.len() {
        let mut lines: Vec<String> =
            cells.iter().map(|(column, row)| format!("property[{column}][{row}] = x\n")).collect();
        let again = lines[first].replacen("= x", "= again", 1);
        lines[first] = lines[first].replacen(" = ", "=", 1);
        for distance in [1, columns.len(), columns.len() + 1] {
            let mut lines = lines.clone();
            if let Some(line) = lines.get_mut(first + distance) {
                line.clone_from(&again);
            }
            let text = format!("[RESPONSE]\ncode = 200\n{}EOF\n", lines.concat());
            response_prediction(text.as_bytes());
        }
    }
}

#[test]
fn names_are_long_and_differ_in_one_place() {
    for len in [7, 31, 32, 33, 40, 54, 55, 56, 70] {
        for place in 0..len {
            let one = "n".repeat(len);
            for other in ["N", "m"] {
                let mut other_name = one.clone();
                other_name.replace_range(place..=place, other);
                let names = [&one, &other_name];
                let lines: String = (0..12)
                    .map(|n| format!("property[{}][{}] = {n}\n", names[n % 2], (n * 5) % 12))
                    .collect();
                let end = "x = y\n".repeat(30);
                let text = format!("code = 200\n{lines}{end}");
                response_prediction(text.as_bytes());
                let columns = Response::parse(text).expect("a response").columns().count();
                assert_eq!(columns, if other == "N" { 1 } else { 2 }, "{one} {other_name}");
            }
        }
    }
}

#[test]
fn cells_are_all_that_there_is() {
    for rows in [1, 2, 12] {
        let lines: String = cells(&["a", "b"], rows, false)
            .iter()
            .map(|(c, r)| format!("property[{c}][{r}] = x\n"))
            .collect();
        for end in ["", "x", "[RESPONSE]\n", "EOF\n", "\n\n<html>\n"] {
            let padded = format!("{lines}{end}{:200}", "");
            response_prediction(padded.as_bytes());
            response_prediction(format!("{lines}{end}").as_bytes());
        }
    }
}
