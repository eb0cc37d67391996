use std::fs;
use std::io::Write;
use std::sync::Arc;

use cnic_datafusion::TableOptions;
use datafusion::prelude::SessionContext;
use tempfile::TempDir;

use crate::{context, rows};

/// Returns a response of so many rows.
fn list(name: &str, rows: usize) -> String {
    let mut text = String::from("[RESPONSE]\ncode = 200\ndescription = done\n");
    for row in 0..rows {
        text += &format!("property[domain][{row}] = {name}{row}.example\n");
        if row % 2 == 0 {
            text += &format!("property[period][{row}] = {row}\n");
        }
    }
    text + "EOF\n"
}

const FAILED: &str = "[RESPONSE]\ncode = 545\ndescription = Entity reference not found\nEOF\n";

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

/// Puts the folder in place of `DIR`, and takes it out of the answer.
async fn ask(folder: &TempDir, sql: &str) -> Result<Vec<String>, String> {
    let path = folder.path().to_str().expect("UTF-8");
    let result = rows(&context(), &sql.replace("DIR", path)).await;
    match result {
        Ok(rows) => Ok(rows.into_iter().map(|row| row.replace(path, "DIR")).collect()),
        Err(error) => Err(error.strip_backtrace().replace(path, "DIR")),
    }
}

#[tokio::test]
async fn each_row_has_its_file_and_its_response() {
    let stream = format!("{}{FAILED}{}", list("a", 2), list("b", 1));
    let folder = folder(&[("one.txt", stream.as_bytes()), ("two.txt", list("c", 1).as_bytes())]);
    let answer = ask(&folder, "SELECT * FROM cnic_responses('DIR') ORDER BY file, response, row");
    assert_eq!(
        answer.await.expect("rows"),
        [
            "DIR/one.txt | 0 | 200 | done | 0 | a0.example | 0",
            "DIR/one.txt | 0 | 200 | done | 1 | a1.example | NULL",
            "DIR/one.txt | 1 | 545 | Entity reference not found | NULL | NULL | NULL",
            "DIR/one.txt | 2 | 200 | done | 0 | b0.example | 0",
            "DIR/two.txt | 0 | 200 | done | 0 | c0.example | 0",
        ]
    );
    let answer = ask(
        &folder,
        "SELECT period, row, domain FROM cnic_responses('DIR/one.txt') WHERE response = 2",
    );
    assert_eq!(answer.await.expect("rows"), ["0 | 0 | b0.example"]);
    let answer = ask(&folder, "SELECT count(*) FROM cnic_responses('DIR/one.txt')");
    assert_eq!(answer.await.expect("rows"), ["4"]);
}

#[tokio::test]
async fn folders_patterns_and_compressed_files_are_read() {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(list("gz", 3).as_bytes()).expect("bytes");
    let mut gz = gz.finish().expect("bytes");
    // Two members, as `cat` of two files has.
    gz.extend(gz.clone());
    let zst = zstd::encode_all(list("zst", 4).as_bytes(), 0).expect("bytes");
    let folder = folder(&[
        ("a.txt.gz", &gz),
        ("in/b.txt.zst", &zst),
        ("in/c.txt", list("txt", 5).as_bytes()),
        (".hidden", b"no response"),
    ]);
    let count = "SELECT count(domain) FROM cnic_responses('DIR')";
    assert_eq!(ask(&folder, count).await.expect("rows"), ["15"]);
    let count = "SELECT count(domain) FROM cnic_responses('DIR/*/*.txt*')";
    assert_eq!(ask(&folder, count).await.expect("rows"), ["9"]);
    let count = "SELECT count(domain) FROM cnic_responses('DIR/*.zst')";
    assert_eq!(
        ask(&folder, count).await.expect_err("no file"),
        "Error during planning: DIR/*.zst: no such file"
    );
}

#[tokio::test]
async fn no_file_of_a_pattern_is_read_twice_or_left_out() {
    let folder = folder(&[
        ("a.txt", list("a", 1).as_bytes()),
        ("in/b.txt", list("b", 2).as_bytes()),
        ("in/in/c.txt", list("c", 4).as_bytes()),
        (".hidden", b"no response"),
    ]);
    for pattern in ["DIR", "DIR/*", "DIR/**", "DIR/**/*", "DIR/**/*.txt"] {
        let count = format!("SELECT count(*) FROM cnic_responses('{pattern}')");
        assert_eq!(ask(&folder, &count).await.expect("rows"), ["7"], "{pattern}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_in_itself_is_an_error() {
    let folder = folder(&[("in/a.txt", list("a", 1).as_bytes())]);
    for link in ["in/x", "in/y"] {
        std::os::unix::fs::symlink(folder.path(), folder.path().join(link)).expect("a link");
    }
    let answer = ask(&folder, "SELECT count(*) FROM cnic_responses('DIR')").await;
    let error = answer.expect_err("no end");
    assert!(error.ends_with(": a link to a folder that it is in"), "{error}");
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_no_file_is_an_error() {
    let answer = ask(&folder(&[]), "SELECT count(*) FROM cnic_responses('/dev/null', 'a')").await;
    let error = answer.expect_err("no file");
    assert!(error.ends_with("/dev/null: neither a file nor a folder"), "{error}");
}

#[tokio::test]
async fn a_description_in_too_many_rows_is_an_error() {
    let description = "d".repeat(1 << 20);
    let text = list("a", 2048).replace("done", &description);
    let folder = folder(&[("list.txt", text.as_bytes())]);
    let answer = ask(&folder, "SELECT count(description) FROM cnic_responses('DIR')").await;
    let error = answer.expect_err("2 GiB of one text");
    assert!(error.contains("response 0, `description`: more than 2 GiB in all rows"), "{error}");
    let count = ask(&folder, "SELECT count(domain) FROM cnic_responses('DIR')").await;
    assert_eq!(count.expect("rows"), ["2048"]);
}

#[tokio::test]
async fn columns_and_types_can_be_declared() {
    let text = "code = 200\nproperty[domain][0] = a.example\nproperty[created][0] = 2016-11-16\nproperty[code][0] = x\nproperty[price][0] = 9.50\n";
    let folder = folder(&[("one.txt", text.as_bytes())]);
    let answer = ask(
        &folder,
        "SELECT * FROM cnic_responses('DIR', 'price=decimal(10,2), created=date, code')",
    )
    .await;
    assert_eq!(answer.expect("rows"), ["DIR/one.txt | 0 | 200 |  | 0 | 9.50 | 2016-11-16 | x"]);
    let answer = ask(&folder, "SELECT arrow_typeof(price), property_code FROM cnic_responses('DIR', 'price=decimal(10,2), code')").await;
    assert_eq!(answer.expect("rows"), ["Decimal128(10, 2) | x"]);
    let answer = ask(&folder, "SELECT * FROM cnic_responses('DIR', '')").await;
    assert_eq!(answer.expect("rows"), ["DIR/one.txt | 0 | 200 |  | 0"]);
    for (columns, message) in [
        ("a=text, A", "two columns `A`"),
        ("a,,b", "an empty name among the columns"),
        ("a=numeral", "column `a`: unknown type"),
    ] {
        let error =
            ask(&folder, &format!("SELECT * FROM cnic_responses('DIR', '{columns}')")).await;
        let error = error.expect_err("an error");
        assert!(error.contains(message), "{error}");
    }
    for call in ["cnic_responses()", "cnic_responses(1)", "cnic_responses('DIR', 'a', 'b')"] {
        let error = ask(&folder, &format!("SELECT * FROM {call}")).await.expect_err("an error");
        assert!(error.contains("cnic_responses takes a path"), "{error}");
    }
}

#[tokio::test]
async fn only_the_columns_of_the_query_are_built() {
    let folder = folder(&[("one.txt", list("a", 3).as_bytes())]);
    // `period` is no date, and nobody asks.
    let table = "cnic_responses('DIR', 'domain, period=timestamp')";
    let sql = format!("SELECT count(*), max(domain) FROM {table}");
    assert_eq!(ask(&folder, &sql).await.expect("rows"), ["3 | a2.example"]);
    let plan = ask(&folder, &format!("EXPLAIN SELECT domain FROM {table}")).await.expect("a plan");
    assert!(plan.concat().contains("projection=[domain]"), "{plan:?}");
    let error = ask(&folder, &format!("SELECT period FROM {table}")).await.expect_err("no date");
    assert!(
        error.ends_with("DIR/one.txt: response 0, `period`, row 0: not a timestamp (line 5)"),
        "{error}"
    );
}

#[tokio::test]
async fn a_limit_ends_the_reading() {
    let stream = list("a", 10).repeat(50) + "[RESPONSE]\ncode = broken\nEOF\n";
    let folder = folder(&[("one.txt", stream.as_bytes())]);
    let rows = ask(&folder, "SELECT domain FROM cnic_responses('DIR') LIMIT 12").await;
    assert_eq!(rows.expect("rows").len(), 12);
    let all = ask(&folder, "SELECT domain FROM cnic_responses('DIR')").await;
    let error = all.expect_err("a broken response");
    assert!(
        error
            .contains("DIR/one.txt: response 50: `code` is not a number from 100 to 999 (line 952"),
        "{error}"
    );
}

/// Returns the text as a member of a gzip file.
fn gz(text: &str) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(text.as_bytes()).expect("bytes");
    gz.finish().expect("bytes")
}

#[tokio::test]
async fn what_is_beyond_a_limit_is_not_decompressed() {
    // More than is read at once, and less than a batch.
    let mut broken = gz(&list("a", 10).repeat(300));
    broken.extend(*b"no gzip");
    let folder = folder(&[("one.txt.gz", &broken)]);
    for limit in [1, 12, 1500] {
        let sql = format!("SELECT domain FROM cnic_responses('DIR') LIMIT {limit}");
        assert_eq!(ask(&folder, &sql).await.expect("rows").len(), limit);
    }
    let error = ask(&folder, "SELECT domain FROM cnic_responses('DIR')").await;
    let error = error.expect_err("no gzip");
    assert!(error.contains("DIR/one.txt.gz: "), "{error}");
}

#[tokio::test]
async fn what_is_not_whole_is_an_error() {
    let whole = list("a", 3);
    let cut = format!("{whole}{}", &whole[..whole.len() - 5]);
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(whole.as_bytes()).expect("bytes");
    let gz = gz.finish().expect("bytes");
    let folder = folder(&[
        ("whole.txt", whole.as_bytes()),
        ("cut.txt", cut.as_bytes()),
        ("cut.txt.gz", &gz[..gz.len() - 9]),
        ("empty.txt", b""),
        ("text.zst", b"no compressed text"),
        ("text.txt", b"<html>no response</html>"),
    ]);
    for (name, message) in [
        ("cut.txt", "DIR/cut.txt: response 1: `[RESPONSE]` without `EOF` (line 1"),
        ("cut.txt.gz", "DIR/cut.txt.gz: damaged compressed file: "),
        ("text.zst", "DIR/text.zst: damaged compressed file: "),
        ("empty.txt", "DIR/empty.txt: no response"),
        ("text.txt", "DIR/text.txt: response 0: markup"),
    ] {
        let sql = format!("SELECT count(*) FROM cnic_responses('DIR/{name}', 'domain')");
        let error = ask(&folder, &sql).await.expect_err(name);
        assert!(error.contains(message), "{error}");
    }
    // One of many.
    let sql = "SELECT count(*) FROM cnic_responses('DIR/*.txt', 'domain')";
    ask(&folder, sql).await.expect_err("bad files among good ones");
}

#[tokio::test]
async fn responses_of_other_shapes_are_errors_unless_that_is_said() {
    let more = "[RESPONSE]\ncode = 200\nproperty[domain][0] = a\nproperty[zone][0] = b\nEOF\n";
    let less = "[RESPONSE]\ncode = 200\nproperty[domain][0] = a\nEOF\n";
    let folder = folder(&[
        ("more.txt", format!("{less}{more}").as_bytes()),
        ("less.txt", format!("{more}{less}").as_bytes()),
    ]);
    let error = ask(&folder, "SELECT domain FROM cnic_responses('DIR/more.txt')").await;
    let error = error.expect_err("another column");
    assert!(
        error.contains("DIR/more.txt: response 1, `zone`: not a column of the first"),
        "{error}"
    );
    let error = ask(&folder, "SELECT zone FROM cnic_responses('DIR/less.txt')").await;
    let error = error.expect_err("no such column");
    assert!(error.ends_with("DIR/less.txt: response 1, `zone`: no such column"), "{error}");
    let rows = ask(&folder, "SELECT domain FROM cnic_responses('DIR/*', 'domain')").await;
    assert_eq!(rows.expect("rows").len(), 4);
    let sql = "SELECT zone FROM cnic_responses('DIR/less.txt', 'domain, zone', true)";
    assert_eq!(ask(&folder, sql).await.expect("rows"), ["b", "NULL"]);
}

#[tokio::test]
async fn a_split_file_has_the_rows_and_the_errors_of_the_whole() {
    // Values that look like the beginning of a response, at every offset.
    let mut stream = String::new();
    for number in 0..40 {
        stream += &list(&format!("x{number}"), number % 7);
        stream += "[RESPONSE]\r\ncode = 200\r\nproperty[domain][0] = [RESPONSE]\r\nproperty[period][0] = 1\r\nEOF\r\n";
    }
    let broken = stream.clone()
        + "[RESPONSE]\ncode = 200\nproperty[domain][0] = y\nproperty[period][0] = z\nEOF\n";
    let folder = folder(&[("one.txt", stream.as_bytes()), ("broken.txt", broken.as_bytes())]);
    let open = |name: &str, split_size| {
        let path = folder.path().join(name);
        let options = TableOptions::new().columns("domain, period=integer").expect("columns");
        let table = options.split_size(split_size).open(path.to_str().expect("UTF-8"));
        let context = SessionContext::new();
        context.register_table("t", Arc::new(table.expect("a table"))).expect("a new table");
        context
    };
    let all = "SELECT domain, period, row FROM t ORDER BY domain, row";
    let expected = rows(&open("one.txt", u64::MAX), all).await.expect("rows");
    assert!(expected.len() > 150);
    for split_size in [1, 10, 100, 101, 102, 103, 1000] {
        let context = open("one.txt", split_size);
        assert_eq!(rows(&context, all).await.expect("rows"), expected, "{split_size}");
        let plan = rows(&context, "EXPLAIN SELECT domain FROM t").await.expect("a plan").concat();
        assert!(!plan.contains("partition_sizes=1,"), "{plan}");
        let error = rows(&open("broken.txt", split_size), all).await.expect_err("no number");
        assert!(error.to_string().contains("response 80, `period`, row 0"), "{error}");
    }
    // The number of a response is asked for.
    let numbers = rows(&open("one.txt", 100), "SELECT max(response), count(*) FROM t").await;
    assert_eq!(numbers.expect("rows"), [format!("79 | {}", expected.len())]);
}

#[tokio::test]
async fn a_part_in_front_of_the_first_response_may_be_blank() {
    let stream = format!("{}{}{FAILED}", list("a", 3), list("b", 2));
    for front in
        ["\n".repeat(500), "\r\n \t\r\n".repeat(100), format!("\u{feff}{}", "\n".repeat(300))]
    {
        let text = front + &stream;
        let folder = folder(&[("one.txt", text.as_bytes()), ("blank.txt", &[b'\n'; 500])]);
        let open = |name: &str, split_size| {
            let path = folder.path().join(name);
            let options = TableOptions::new().columns("domain, period").expect("columns");
            let table = options.split_size(split_size).open(path.to_str().expect("UTF-8"));
            let context = SessionContext::new();
            context.register_table("t", Arc::new(table.expect("a table"))).expect("a new table");
            context
        };
        let all = "SELECT code, domain, period, row FROM t ORDER BY domain, row";
        let expected = [
            "200 | a0.example | 0 | 0",
            "200 | a1.example | NULL | 1",
            "200 | a2.example | 2 | 2",
            "200 | b0.example | 0 | 0",
            "200 | b1.example | NULL | 1",
            "545 | NULL | NULL | NULL",
        ];
        for split_size in [1, 10, 64, 200, 301, 1 << 20] {
            let found = rows(&open("one.txt", split_size), all).await.expect("rows");
            assert_eq!(found, expected, "{split_size}");
            // A file without any response is still an error.
            let error = rows(&open("blank.txt", split_size), all).await.expect_err("no response");
            assert!(error.to_string().contains("blank.txt: no response"), "{error}");
        }
    }
}

#[tokio::test]
async fn an_archive_has_a_row_for_each_response_as_it_came() {
    let crlf = list("b", 3).replace('\n', "\r\n");
    let stream = format!("{}\n{FAILED}{crlf}", list("a", 2));
    let folder = folder(&[("one.txt", stream.as_bytes()), ("two.txt", list("c", 1).as_bytes())]);
    let answer = ask(
        &folder,
        "SELECT file, response, replace(replace(body, chr(13), '^'), chr(10), '$') FROM cnic_bodies('DIR') ORDER BY file, response",
    );
    let shown = |text: &str| text.replace('\r', "^").replace('\n', "$");
    assert_eq!(
        answer.await.expect("rows"),
        [
            format!("DIR/one.txt | 0 | {}", shown(&list("a", 2))),
            format!("DIR/one.txt | 1 | {}", shown(FAILED)),
            format!("DIR/one.txt | 2 | {}", shown(&crlf)),
            format!("DIR/two.txt | 0 | {}", shown(&list("c", 1))),
        ]
    );
    // No column at all, one alone, and what the functions read from it.
    for (sql, answer) in [
        ("SELECT count(*) FROM cnic_bodies('DIR')", &["4"][..]),
        ("SELECT sum(response) FROM cnic_bodies('DIR')", &["3"]),
        (
            "SELECT unnest(cnic_column(body, 'domain')) FROM cnic_bodies('DIR/one.txt') WHERE cnic_code(body) = 200",
            &["a0.example", "a1.example", "b0.example", "b1.example", "b2.example"],
        ),
    ] {
        assert_eq!(ask(&folder, sql).await.expect("rows"), answer, "{sql}");
    }
}

#[tokio::test]
async fn an_archive_is_whole_or_an_error() {
    let stream = list("a", 2).repeat(3);
    let cut = format!("{stream}[RESPONSE]\ncode = 200\n");
    let folder = folder(&[("whole.txt", stream.as_bytes()), ("cut.txt", cut.as_bytes())]);
    let answer = ask(&folder, "SELECT body FROM cnic_bodies('DIR/cut.txt')").await;
    let problem = answer.expect_err("a response that is cut off");
    assert!(problem.contains("DIR/cut.txt: response 3: "), "{problem}");
    let answer = ask(&folder, "SELECT response FROM cnic_bodies('DIR/cut.txt') LIMIT 3").await;
    assert_eq!(answer.expect("rows"), ["0", "1", "2"]);
    for arguments in ["", "1", "'DIR', 'domain'"] {
        let answer = ask(&folder, &format!("SELECT * FROM cnic_bodies({arguments})")).await;
        let problem = answer.expect_err("a path is missing");
        assert!(problem.contains("cnic_bodies takes a path"), "{problem}");
    }
    // In parts too.
    let path = folder.path().join("whole.txt");
    let table = TableOptions::new().split_size(10).open_bodies(path.to_str().expect("UTF-8"));
    let context = SessionContext::new();
    context.register_table("t", Arc::new(table.expect("a table"))).expect("a table");
    let bodies = rows(&context, "SELECT body FROM t").await.expect("rows");
    assert_eq!(bodies, vec![list("a", 2); 3]);
}
