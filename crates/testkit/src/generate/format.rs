//! Sheets in the formats of others.

use super::{Column, Sheet, put};

impl Sheet {
    /// Writes the table as one JSON object with an array for each column: `{"code":200,..,"columns":{"domain":["..",..],..}}`.
    ///
    /// A hole is `null`, a short column a short array. Nothing in it needs an escape.
    #[must_use]
    pub fn json(&self) -> String {
        let mut json = json_head("columns", '{');
        for (number, column) in self.columns.iter().enumerate() {
            write_json_name(&mut json, number, &column.name);
            json.push('[');
            for row in 0..column.height {
                json.push_str(if row == 0 { "" } else { "," });
                write_json_cell(&mut json, column, row);
            }
            json.push(']');
        }
        json + "}}\n"
    }

    /// Writes the table as JSON with an object for each row: `{"code":200,..,"rows":[{"domain":"..",..},..]}`. A hole is `null`.
    #[must_use]
    pub fn json_rows(&self) -> String {
        let mut json = json_head("rows", '[');
        for row in 0..self.rows {
            json.push_str(if row == 0 { "{" } else { ",{" });
            for (number, column) in self.columns.iter().enumerate() {
                write_json_name(&mut json, number, &column.name);
                write_json_cell(&mut json, column, row);
            }
            json.push('}');
        }
        json + "]}\n"
    }

    /// Writes the table as CSV: a line of names, then the rows. A hole is an empty field.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut csv = self.names().collect::<Vec<_>>().join(",");
        csv.push('\n');
        for row in 0..self.rows {
            for (number, column) in self.columns.iter().enumerate() {
                csv.push_str(if number == 0 { "" } else { "," });
                if column.has(row) {
                    column.kind.write(row, &mut csv);
                }
            }
            csv.push('\n');
        }
        csv
    }
}

fn json_head(member: &str, open: char) -> String {
    format!("{{\"code\":200,\"description\":\"Command completed successfully\",\"{member}\":{open}")
}

fn write_json_name(json: &mut String, number: usize, name: &str) {
    put(json, format_args!("{}\"{name}\":", if number == 0 { "" } else { "," }));
}

fn write_json_cell(json: &mut String, column: &Column, row: usize) {
    if column.has(row) {
        json.push('"');
        column.kind.write(row, json);
        json.push('"');
    } else {
        json.push_str("null");
    }
}
