//! Long lists in which one line is not what the lines before it announce, read with and without
//! prediction: the oracle `response_prediction`.

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
