//! Many commands, as text and as forms.

use super::*;

const COMMANDS: &str = "[COMMAND]\nCOMMAND=StatusDomain\nDOMAIN=a.test\nAUTH=hunter2\nEOF\n
COMMAND=AddX\nDomainTag0=b\nEOF\ncommand = QueryX\n";

#[test]
fn all_commands_of_a_text() {
    check(
        &["command", "--all", "--to", "json"],
        COMMANDS.as_bytes(),
        0,
        "{\"command\":\"StatusDomain\",\"params\":{\"DOMAIN\":\"a.test\",\"AUTH\":\"hunter2\"}}
{\"command\":\"AddX\",\"params\":{\"DOMAINTAG0\":\"b\"}}
{\"command\":\"QueryX\",\"params\":{}}
",
        "",
    );
    let blocks = "[COMMAND]\nCOMMAND=StatusDomain\nDOMAIN=a.test\nAUTH=hunter2\nEOF
[COMMAND]\nCOMMAND=AddX\nDomainTag0=b\nEOF\n[COMMAND]\nCOMMAND=QueryX\nEOF\n";
    for shape in ["text", "framed", "redacted"] {
        let blocks =
            if shape == "redacted" { blocks.replace("hunter2", "***") } else { blocks.to_owned() };
        check(&["command", "--all", "--to", shape], COMMANDS.as_bytes(), 0, &blocks, "");
        check(&["command", "--all", "--to", shape], blocks.as_bytes(), 0, &blocks, "");
    }
    let forms = "s_command=COMMAND%3DStatusDomain%0ADOMAIN%3Da.test%0AAUTH%3Dhunter2
s_command=COMMAND%3DAddX%0ADomainTag0%3Db\ns_command=COMMAND%3DQueryX\n";
    check(&["command", "--all", "--to", "form"], COMMANDS.as_bytes(), 0, forms, "");
    let flat = "command=StatusDomain&DOMAIN=a.test&AUTH=hunter2
command=AddX&DomainTag0=b\ncommand=QueryX\n";
    check(&["command", "--all", "--to", "flat"], COMMANDS.as_bytes(), 0, flat, "");
    for forms in [forms, flat] {
        let arguments = ["command", "--all", "--from", "form"];
        check(&arguments, forms.as_bytes(), 0, blocks, "");
    }
}

#[test]
fn bad_commands_among_good_ones() {
    let log = "COMMAND=TransferDomain\nDomainTag0=x\nEOF\nCOMMAND=X\nEOF\nDOMAIN=y\nEOF\nCOMMAND=Y\ns_user=z\n";
    let missing = "error: no `COMMAND` parameter (line 7, byte 63)\n";
    check(&["command", "--all"], log.as_bytes(), 1, "", missing);
    let keep_going = ["command", "--all", "--keep-going"];
    let check_more = |more: &[&str], out: &str, err: &str| {
        let arguments = [&keep_going[..], more].concat();
        let output = cnic(&arguments, log.as_bytes());
        assert_eq!(String::from_utf8_lossy(&output.stdout), out);
        let lines: Vec<_> = std::str::from_utf8(&output.stderr).expect("UTF-8").lines().collect();
        assert_eq!(lines.len(), err.lines().count(), "{lines:?}");
        for (line, expected) in lines.iter().zip(err.lines()) {
            assert!(line.contains(expected), "{line}");
        }
        assert_eq!(output.status.code(), Some(1));
    };
    check_more(
        &["--check", "--to", "json"],
        "{\"command\":\"X\",\"params\":{}}\n{\"command\":\"Y\",\"params\":{\"S_USER\":\"z\"}}\n",
        "error: `DomainTag` is not \nerror: no `COMMAND`\n",
    );
    check_more(
        &["--to", "flat"],
        "command=TransferDomain&DomainTag0=x\ncommand=X\n",
        "error: no `COMMAND`\n (line 9, byte 77)\n",
    );
}

#[test]
fn the_lines_of_an_access_log() {
    let log = "\
192.0.2.1 - - [01/Mar/2027:12:00:00 +0000] \"GET /api?s_login=a&s_pw=hunter2&command=StatusDomain&domain=a.test HTTP/1.1\" 200 12

https://api.example/call.cgi?command=X&auth=hunter2#top\r
s_pw=hunter2&command=Y&url=http://a.test/?b=c
192.0.2.1 - - [01/Mar/2027:12:00:00 +0000] \"GET /favicon.ico HTTP/1.1\" 404 0
/?command=Z&a=%zz
/?s_command=COMMAND%3DX%0AA
";
    let out = "[COMMAND]\nCOMMAND=StatusDomain\ndomain=a.test\nEOF
[COMMAND]\nCOMMAND=X\nauth=***\nEOF\n[COMMAND]\nCOMMAND=Y\nurl=http://a.test/?b=c\nEOF\n";
    let arguments = ["command", "--all", "--keep-going", "--from", "form", "--to", "redacted"];
    let output = cnic(&arguments, log.as_bytes());
    assert_eq!(String::from_utf8_lossy(&output.stdout), out);
    let byte = |text: &str| log.find(text).expect("a place");
    let problems = [
        (
            "request without a query",
            5,
            byte("192.0.2.1 - - [01/Mar/2027:12:00:00 +0000] \"GET /fav"),
        ),
        ("bad `%` escape", 6, byte("a=%zz")),
        ("s_command: line without `=`", 7, byte("/?s_command")),
    ]
    .map(|(problem, line, byte)| format!("error: {problem} (line {line}, byte {byte})\n"))
    .concat();
    assert_eq!(String::from_utf8_lossy(&output.stderr), problems);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_second_request_of_a_log_is_not_dropped() {
    let log = "GET /a?command=X&domain=b HTTP/1.1\nGET /a?command=Y HTTP/1.1\n";
    let error = "error: text after the first line, use --all (line 2, byte 35)\n";
    check(&["command", "--from", "form"], log.as_bytes(), 1, "", error);
    let line = "GET /a?command=X&domain=b HTTP/1.1\n \r\n";
    check(&["command", "--from", "form"], line.as_bytes(), 0, "COMMAND=X\ndomain=b\n", "");
}

#[test]
fn a_command_is_redacted_in_each_shape_that_is_no_request() {
    let input = b"COMMAND=X\nAUTH=hunter2\nDOMAIN=a\n";
    let text = "COMMAND=X\nAUTH=***\nDOMAIN=a\n";
    let framed = format!("[COMMAND]\n{text}EOF\n");
    let json = "{\"command\":\"X\",\"params\":{\"AUTH\":\"***\",\"DOMAIN\":\"a\"}}\n";
    check(&["command", "--redact"], input, 0, text, "");
    check(&["command", "--to", "redacted"], input, 0, text, "");
    check(&["command", "--redact", "--to", "redacted"], input, 0, text, "");
    check(&["command", "--redact", "--to", "framed"], input, 0, &framed, "");
    check(&["command", "--redact", "--all"], input, 0, &framed, "");
    check(&["command", "--redact", "--to", "json"], input, 0, json, "");
    check(&["command", "--redact", "--all", "--to", "json"], input, 0, json, "");
    for shape in ["form", "flat"] {
        let refused = "error: --redact writes text, framed or json\n";
        check(&["command", "--redact", "--to", shape], input, 2, "", refused);
    }
}
