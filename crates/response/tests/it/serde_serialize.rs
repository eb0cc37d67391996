//! Replies and tables out to JSON: the shape, and what it costs.

use std::io;

use cnic_response::{ErrorKind, Limits, Parser, Response};
use cnic_testkit::counting::cost;
use serde::Serialize;

use crate::util::{framed, reply, table};

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("JSON")
}

#[test]
fn a_reply_says_all_it_has_in_order() {
    let text = framed(
        "Queuetime = 0\nproperty[Domain][0] = a\"\\\nproperty[column][0] = Domain\nproperty[last][0] = 1\n\
         property[limit][0] = 2\nproperty[total][0] = 5\nproperty[first][0] = 0\nproperty[b c][1] =\nproperty[Domain][0] = again\n",
    );
    assert_eq!(
        json(&reply(text)),
        concat!(
            r#"{"code":200,"class":"success","meaning":"Command completed successfully","description":"Done","framed":true,"#,
            r#""fields":{"queuetime":"0"},"#,
            r#""page":{"count":null,"first":0,"last":1,"limit":2,"total":5,"next_first":null},"#,
            r#""rows":2,"columns":{"Domain":["a\"\\",null],"b c":[null,""]},"#,
            r#""repeated":[{"column":"Domain","row":0,"value":"again"}],"#,
            r#""notes":[{"kind":"DuplicateCell","line":12}]}"#,
        )
    );
}

#[test]
fn a_reply_says_what_it_lacks() {
    assert_eq!(
        json(&reply("code = 599\n")),
        concat!(
            r#"{"code":599,"class":"permanent","meaning":null,"description":"","framed":false,"fields":{},"page":null,"#,
            r#""rows":0,"columns":{},"notes":[{"kind":"MissingDescription","line":1}]}"#,
        )
    );
    for (code, class) in
        [(200, "success"), (421, "temporary"), (545, "permanent"), (999, "other"), (100, "other")]
    {
        let json = json(&reply(format!("code = {code}\n")));
        assert!(json.starts_with(&format!(r#"{{"code":{code},"class":"{class}","#)), "{json}");
    }
}

#[test]
fn a_table_is_its_data_columns() {
    let response = table("property[total][0] = 5\nproperty[a][0] = x\nproperty[B][2] = y\n");
    assert_eq!(json(&response.table()), r#"{"a":["x",null,null],"B":[null,null,"y"]}"#);
    assert_eq!(json(&table("").table()), "{}");
}

#[test]
fn a_list_without_rows_says_its_values() {
    let lines = "property[Sum][0] = \"\nproperty[count][0] = 0\nproperty[vat][0] =\n";
    let json = json(&table(lines));
    let expected = r#","rows":0,"columns":{},"values":{"Sum":"\"","vat":""},"notes":[]}"#;
    assert!(json.ends_with(expected), "{json}");
    let one = self::json(&table("property[sum][0] = 1\nproperty[count][0] = 0\n"));
    assert!(one.contains(r#""columns":{},"values":{"sum":"1"},"notes""#), "{one}");
}

#[test]
fn repeated_cells_come_in_order_of_the_text() {
    let again = "property[b][7] = 1\nproperty[a][0] = 2\nproperty[B][7] = 3\n";
    let json = json(&table(&format!("property[a][0] = x\nproperty[b][7] = y\n{again}")));
    let expected = concat!(
        r#""repeated":[{"column":"b","row":7,"value":"1"},{"column":"a","row":0,"value":"2"},"#,
        r#"{"column":"b","row":7,"value":"3"}],"notes":["#
    );
    assert!(json.contains(expected), "{json}");
}

/// A few dozen bytes buy no more than a megabyte or two, and none of them is held.
#[test]
fn what_is_written_is_bounded_by_the_text() {
    const COLUMNS: usize = 100;
    let names = (1..COLUMNS).map(|n| format!("property[{n}][0]=\n")).collect::<String>();
    let wide = |row: usize| format!("code=200\n{names}property[a][{row}]=x\n");
    let last = (262_144 + 65 * COLUMNS) / COLUMNS - 1;
    for text in [String::from("code=200\nproperty[a][262208]=x"), wide(last)] {
        let mut written = Count(0);
        serde_json::to_writer(&mut written, &reply(text.as_str())).expect("written");
        assert!(written.0 < 1_500_000, "{} bytes", written.0);
        let next = text.replace("262208", "262209").replace(&format!("[{last}]"), "[999999]");
        assert_eq!(Response::parse(next).expect_err("refused").kind(), ErrorKind::HoleLimit);
    }
}

/// Ten million rows, written one by one.
#[test]
fn a_sparse_table_is_written_without_being_held() {
    let parser = Parser::new().limits(Limits::DEFAULT.holes(20_000_000));
    let response =
        parser.parse("code=200\nproperty[a][9999999]=x\nproperty[b][0]=y").expect("a reply");
    let mut written = Count(0);
    let (result, spent) = cost(|| serde_json::to_writer(&mut written, &response));
    result.expect("written");
    assert!(written.0 > 2 * 5 * 9_999_999, "{} bytes", written.0);
    assert!(spent.peak < 1024, "{} bytes held", spent.peak);
    assert!(spent.allocations < 10, "{} allocations", spent.allocations);
}

struct Count(usize);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
