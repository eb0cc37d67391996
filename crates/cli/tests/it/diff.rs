//! What is not the same in two responses.

use std::process::{Command, Stdio};

/// A file of the pair, and what `cnic diff` makes of it.
struct Compared {
    status: i32,
    stdout: String,
    stderr: String,
}

/// Compares two texts.
fn diff(options: &[&str], old: &str, new: &str) -> Compared {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [("old", old), ("new", new)] {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    command.arg("diff").args(options).args(["old", "new"]).current_dir(folder.path());
    let output = command.stdin(Stdio::null()).output().expect("the binary runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let status = output.status.code().expect("a status");
    Compared { status, stdout: text(output.stdout), stderr: text(output.stderr) }
}

#[track_caller]
fn differs(options: &[&str], old: &str, new: &str) -> String {
    let compared = diff(options, old, new);
    assert_eq!((compared.status, &*compared.stderr), (1, ""), "{}", compared.stdout);
    compared.stdout
}

#[track_caller]
fn same(options: &[&str], old: &str, new: &str) {
    let compared = diff(options, old, new);
    assert_eq!((compared.status, &*compared.stdout, &*compared.stderr), (0, "", ""));
}

#[track_caller]
fn fails(options: &[&str], old: &str, new: &str) -> String {
    let compared = diff(options, old, new);
    assert_eq!((compared.status, &*compared.stdout), (2, ""));
    compared.stderr
}

/// A whole list: columns, and rows of cells, of which `-` is missing.
fn list(columns: &[&str], rows: &[&[&str]]) -> String {
    let mut text = "[RESPONSE]\ncode = 200\ndescription = Done\n".to_owned();
    for (column, name) in columns.iter().enumerate() {
        text += &format!("property[column][{column}] = {name}\n");
        for (row, cells) in rows.iter().enumerate().filter(|(_, cells)| cells[column] != "-") {
            text += &format!("property[{name}][{row}] = {}\n", cells[column]);
        }
    }
    let (count, last) = (rows.len(), rows.len().saturating_sub(1));
    for (name, value) in [("count", count), ("first", 0), ("last", last), ("limit", 1000)] {
        text += &format!("property[{name}][0] = {value}\n");
    }
    text + &format!("property[total][0] = {count}\nEOF\n")
}

fn object(cells: &[(&str, &[&str])]) -> String {
    let mut text = "[RESPONSE]\ncode = 200\ndescription = Done\n".to_owned();
    for (name, values) in cells {
        for (row, value) in values.iter().enumerate() {
            text += &format!("property[{name}][{row}] = {value}\n");
        }
    }
    text + "EOF\n"
}

#[test]
fn rows_are_compared_by_their_key() {
    let columns = &["domain", "status"];
    let old =
        list(columns, &[&["a.example", "ACTIVE"], &["b.example", "HOLD"], &["c.example", "-"]]);
    let new = list(columns, &[&["c.example", "-"], &["d.example", ""], &["a.example", "LOCK"]]);
    let table = "   \
   domain     column  old     new
-  b.example
+  d.example
~  a.example  status  ACTIVE  LOCK

1 row gone, 1 row added, 1 row changed
";
    assert_eq!(differs(&[], &old, &new), table);
    let json = concat!(
        r#"{"key":"domain","gone":[{"domain":"b.example","status":"HOLD"}],"#,
        r#""added":[{"domain":"d.example","status":""}],"#,
        r#""changed":[{"key":"a.example","cells":[{"column":"status","old":"ACTIVE","new":"LOCK"}]}]}"#,
        "\n"
    );
    assert_eq!(differs(&["--format", "json"], &old, &new), json);
    same(&[], &old, &old);
    same(
        &[],
        &new,
        &list(columns, &[&["a.example", "LOCK"], &["c.example", "-"], &["d.example", ""]]),
    );
}

#[test]
fn a_hole_and_an_empty_cell_differ() {
    let columns = &["domain", "note"];
    let rows = differs(
        &[],
        &list(columns, &[&["a", "-"], &["b", "x"]]),
        &list(columns, &[&["a", ""], &["b", "x"]]),
    );
    assert!(rows.contains("\n~  a       note    ·\n"), "{rows}");
}

#[test]
fn columns_that_one_list_lacks_are_compared() {
    let (old, new) = (list(&["domain"], &[&["a"]]), list(&["domain", "status"], &[&["a", "HOLD"]]));
    assert!(differs(&[], &old, &new).contains("\n~  a       status  ·    HOLD\n"));
    assert!(differs(&[], &new, &old).contains("\n~  a       status  HOLD  ·\n"));
    same(&["--columns", "domain, DOMAIN"], &old, &new);
}

#[test]
fn names_of_columns_are_compared_as_in_a_look_up() {
    let old = list(&["domain", "expiration date"], &[&["a", "1"]]);
    let new = list(&["DOMAIN", "EXPIRATIONDATE"], &[&["a", "2"]]);
    let table = differs(&["--key", "Domain", "--columns", "expirationdate,domain"], &old, &new);
    assert!(table.ends_with("\n~  a       expirationdate  1    2\n\n1 row changed\n"), "{table}");
    let table = differs(&[], &old, &new);
    assert!(table.ends_with("\n~  a       expiration date  1    2\n\n1 row changed\n"), "{table}");
}

#[test]
fn a_list_without_rows_is_a_list() {
    let (none, one) = (list(&[], &[]), list(&["domain"], &[&["a"]]));
    assert!(differs(&[], &none, &one).contains("\n+  a\n\n1 row added\n"));
    assert!(differs(&[], &one, &none).contains("\n-  a\n\n1 row gone\n"));
    assert!(differs(&["--columns", "domain"], &none, &one).contains("\n+  a\n"));
    same(&[], &none, &none);
}

#[test]
fn a_key_stands_in_every_row_and_in_one_only() {
    let old =
        list(&["domain", "n"], &[&["a", "1"], &["b\u{1b}", "2"], &["b\u{1b}", "3"], &["a", "-"]]);
    let text = "error: old: `domain` is not unique: `b\\u{1b}` is in the rows 1 and 2; \
        choose another column with --key\n";
    assert_eq!(fails(&[], &old, &old), text);
    let text = "error: old: row 3 has no `n`, by which rows are compared; choose another column with --key\n";
    assert_eq!(fails(&["--key", "n"], &old, &old), text);
    assert_eq!(
        fails(&["--key", "x"], &old, &old),
        "error: old: no column `x`: there are `domain`, `n`\n"
    );
    assert_eq!(
        fails(&["--columns", "n,x"], &list(&["n"], &[&["1"]]), &list(&["m"], &[&["1"]])),
        "error: no column `x`: there are `n`, `m`\n"
    );
}

#[test]
fn a_part_of_a_list_is_no_list() {
    let whole = list(&["domain"], &[&["a"], &["b"]]);
    for (part, rows) in [
        (whole.replace("[total][0] = 2", "[total][0] = 9"), "rows 0 to 1 of 9"),
        (whole.replace("[first][0] = 0", "[first][0] = 7"), "rows 7 to 1 of 2"),
    ] {
        let text = format!("{rows}: a part of a list; --partial compares parts\n");
        assert_eq!(fails(&[], &part, &whole), format!("error: old: {text}"));
        assert_eq!(fails(&[], &whole, &part), format!("error: new: {text}"));
        same(&["--partial"], &whole, &part);
    }
}

#[test]
fn what_is_no_list_is_not_compared() {
    let good = list(&["domain"], &[&["a"]]);
    for (bad, problem) in [
        ("code = 545\ndescription = x\n", "545 Entity reference not found: not a success"),
        ("[RESPONSE]\ncode = 200\n", "`[RESPONSE]` without `EOF` (line 2, byte 11)"),
        (&*(good.clone() + &good), "more than one response"),
        ("", "empty response (line 1, byte 0)"),
        (
            "COMMAND=StatusDomain\n",
            "no `code` field (line 1, byte 0); the input looks like a command: use `cnic command`",
        ),
    ] {
        assert_eq!(fails(&[], &good, bad), format!("error: new: {problem}\n"));
        assert_eq!(fails(&[], bad, &good), format!("error: old: {problem}\n"));
    }
    let twice = Command::new(env!("CARGO_BIN_EXE_cnic")).args(["diff", "-", "-"]).output();
    let twice = twice.expect("the binary runs");
    let problem = "error: standard input cannot be both OLD and NEW\n";
    assert_eq!((twice.status.code(), &*twice.stderr), (Some(2), problem.as_bytes()));
    let missing =
        Command::new(env!("CARGO_BIN_EXE_cnic")).args(["diff", "no-such-file", "-"]).output();
    assert_eq!(missing.expect("the binary runs").status.code(), Some(2));
}

#[test]
fn objects_are_compared_by_columns() {
    let old = object(&[
        ("status", &["ACTIVE"]),
        ("domaincheck", &["210 a", "211 b"]),
        ("nameserver", &["ns1", "ns2"]),
    ]);
    let new = object(&[
        ("nameserver", &["ns3", "ns1"]),
        ("domaincheck", &["211 b", "210 a"]),
        ("auth", &["a-secret"]),
        ("status", &["ACTIVE"]),
    ]);
    let table = "   \
   column       row  old    new
~  domaincheck  0    210 a  211 b
~  domaincheck  1    211 b  210 a
-  nameserver        ns2
+  nameserver               ns3
~  auth         0    ·      ***

5 values differ
";
    let compared = diff(&["--redact"], &old, &new);
    assert_eq!((compared.status, &*compared.stdout), (1, table));
    assert!(diff(&[], &old, &new).stdout.contains("~  auth         0    ·      a-secret\n"));
    let json =
        differs(&["--redact", "--format", "json", "--columns", "auth,nameserver"], &old, &new);
    let expected = concat!(
        r#"{"changed":[{"column":"auth","row":0,"old":null,"new":"***"},"#,
        r#"{"column":"nameserver","old":"ns2","new":null},"#,
        r#"{"column":"nameserver","old":null,"new":"ns3"}]}"#,
        "\n"
    );
    assert_eq!(json, expected);
    same(
        &["--columns", "nameserver"],
        &object(&[("nameserver", &["a", "b"])]),
        &object(&[("nameserver", &["b", "a", "b"])]),
    );
}

#[test]
fn a_list_that_looks_like_an_object_gets_a_note() {
    // As other tools pass lists on, without what describes them.
    let old = object(&[("domain", &["a.example", "b.example"]), ("status", &["ACTIVE", "HOLD"])]);
    let new = object(&[
        ("domain", &["x.example", "a.example", "b.example"]),
        ("status", &["HOLD", "ACTIVE", "HOLD"]),
    ]);
    let note = "note: rows are compared by their numbers; --key NAME compares those of a list\n";
    for (options, status, stderr) in
        [(&[][..], 1, note), (&["--format", "json"], 1, note), (&["--key", "domain"], 1, "")]
    {
        let compared = diff(options, &old, &new);
        assert_eq!((compared.status, &*compared.stderr), (status, stderr), "{options:?}");
    }
    let rows = differs(&["--key", "domain"], &old, &new);
    assert!(rows.ends_with("\n\n1 row added\n"), "{rows}");
    // There is none where no number of a row matters.
    same(&[], &old, &old);
    let objects = |status| object(&[("status", &[status]), ("nameserver", &["ns1", "ns2"])]);
    differs(&[], &objects("ACTIVE"), &objects("HOLD"));
}

#[test]
fn secrets_that_change_are_seen_and_not_shown() {
    let columns = &["domain", "auth"];
    let (old, new) = (list(columns, &[&["a", "s3cret"]]), list(columns, &[&["a", "s3cond"]]));
    for format in ["table", "json"] {
        let text = differs(&["--redact", "--format", format], &old, &new);
        assert!(text.contains("***") && !text.contains("s3c"), "{text}");
    }
    let twice = list(columns, &[&["a", "s3cret"], &["b", "s3cret"]]);
    let text = fails(&["--key", "auth"], &twice, &twice);
    assert!(text.contains("`***` is in the rows 0 and 1"), "{text}");
}

#[test]
fn a_command_makes_the_one_the_other() {
    let old = object(&[
        ("domain", &["a.example"]),
        ("nameserver", &["ns1", "ns2"]),
        ("domaintag", &["red", "blue"]),
        ("status", &["ACTIVE"]),
    ]);
    let new = object(&[
        ("domain", &["a.example"]),
        ("nameserver", &["ns2", "ns3", "ns4"]),
        ("status", &["HOLD"]),
    ]);
    let options = &["--as-command", "ModifyDomain"];
    let compared = diff(options, &old, &new);
    let command = "\
COMMAND=ModifyDomain
DOMAIN=a.example
ADDNAMESERVER0=ns3
ADDNAMESERVER1=ns4
DELNAMESERVER0=ns1
DELDOMAINTAG0=red
DELDOMAINTAG1=blue
";
    assert_eq!((compared.status, &*compared.stdout), (1, command));
    assert_eq!(compared.stderr, "note: 1 difference in `status` is not in the command\n");

    same(options, &old, &old);
    let compared = diff(options, &old, &old.replace("ACTIVE", "HOLD"));
    assert_eq!((compared.status, &*compared.stdout), (1, ""));
    assert_eq!(compared.stderr, "note: 1 difference in `status` is not in the command\n");

    let other = old.replace("a.example", "b.example");
    assert_eq!(
        fails(options, &old, &other),
        "error: `domain` differs: the responses are about two objects\n"
    );
    let none = object(&[("nameserver", &["ns1"])]);
    assert_eq!(
        fails(options, &none, &old),
        "error: old: no column `domain`: there are `nameserver`\n"
    );
    let two = object(&[("domain", &["a", "b"])]);
    assert_eq!(fails(options, &old, &two), "error: new: `domain` has not exactly one row\n");
    let list = list(&["domain"], &[&["a"]]);
    let text = "error: new: a list; --as-command compares responses about one object\n";
    assert_eq!(fails(options, &old, &list), text);
    assert!(
        fails(&["--as-command", "Modify Domain"], &old, &new).starts_with("error: --as-command: ")
    );
}
