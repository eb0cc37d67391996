//! `cnic command`, `cnic register` and `cnic receipt`: exit statuses, and what is written where.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn cnic(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cnic"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    // A child that refuses its arguments closes the pipe early.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("the binary ends")
}

#[track_caller]
fn succeeds(arguments: &[&str], input: &[u8]) -> String {
    let output = cnic(arguments, input);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[track_caller]
fn fails(arguments: &[&str], input: &[u8], status: i32) -> String {
    let output = cnic(arguments, input);
    assert_eq!(output.status.code(), Some(status), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty(), "output in spite of an error");
    String::from_utf8(output.stderr).expect("UTF-8")
}

const FORM: &[u8] =
    b"domain=Example&suffix=uk.com&user=H12345&password=p%26w&chandle=H1&thandle=H2\
    &dns[]=ns1.example.uk.com::192.0.2.1&period=2&registrant=Somebody";

#[test]
fn a_registration_is_written_in_its_canonical_form() {
    let canonical = "user=H12345&password=p%26w&domain=example&suffix=uk.com&chandle=H1&thandle=H2&period=2\
        &dns%5B%5D=ns1.example.uk.com%3A%3A192.0.2.1\n";
    assert_eq!(succeeds(&["register"], FORM), canonical);
    let with_line_end = [FORM, b"\r\n"].concat();
    assert_eq!(succeeds(&["register", "--format", "form", "-"], &with_line_end), canonical);
}

#[test]
fn a_registration_as_json() {
    assert_eq!(
        succeeds(&["register", "--format", "json"], FORM),
        r#"{"ok":true,"domain":"example","suffix":"uk.com","period":2,"test":null,"chandle":"H1","ahandle":null,"thandle":"H2","bhandle":null,"dns":[{"host":"ns1.example.uk.com","ipv4":"192.0.2.1","ipv6":null}],"lints":[{"field":"registrant","rule":"Ignored","message":"ignored by the server"},{"field":"dns[0]","rule":"SpecialAddress","message":"address that is not public"},{"field":"dns","rule":"FewNameServers","message":"fewer than two name servers"}]}"#
            .to_owned()
            + "\n"
    );
}

const BAD: &[u8] =
    b"user=H1&domain=-ab&suffix=gb.com&chandle=H1&thandle=H2&dns[]=a.test&dns[]=A.test";

#[test]
fn every_violation_is_a_line() {
    let lines = "\
error: password: missing (line 1, byte 80)
error: domain: label 1 starts with a hyphen (line 1, byte 8)
error: suffix: no longer sold (line 1, byte 19)
error: dns[1]: duplicate host (line 1, byte 68)
";
    assert_eq!(fails(&["register"], BAD, 1), lines);

    let output = cnic(&["register", "--format", "json"], BAD);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), lines);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["ok"], false);
    assert_eq!(
        json["violations"][1],
        serde_json::json!({
            "field": "domain", "rule": "LeadingHyphen", "message": "label 1 starts with a hyphen",
            "span": [15, 16]
        })
    );
    assert_eq!(json["violations"][0]["span"], serde_json::json!([80, 80]), "missing at the end");
    assert_eq!(json["violations"][3]["span"], serde_json::json!([74, 80]));
    assert_eq!(json["violations"][3]["field"], "dns[1]");
    assert_eq!(json["violations"].as_array().map(Vec::len), Some(4));
}

#[test]
fn a_malformed_form_is_one_problem() {
    let form = b"user=H1&suffix=%zz&x";
    assert_eq!(fails(&["register"], form, 1), "error: invalid `%` escape (line 1, byte 8)\n");
    let output = cnic(&["register", "--format", "json"], form);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "{\"ok\":false,\"violations\":[{\"field\":\"form\",\"rule\":\"InvalidEscape\",\"message\":\"invalid `%` escape\",\"span\":[15,18]}]}\n"
    );
}

#[test]
fn the_flag_of_the_test_system_is_false_true_or_null() {
    for (flag, shown) in [("", "null"), ("&test=0", "false"), ("&test=1", "true")] {
        let form = [FORM, flag.as_bytes()].concat();
        let json = succeeds(&["register", "--format", "json"], &form);
        assert!(json.contains(&format!(r#""period":2,"test":{shown},"chandle""#)), "{json}");
    }
}

#[test]
fn a_form_may_begin_with_a_mark() {
    let marked = [b"\xef\xbb\xbf", FORM].concat();
    for format in ["form", "json"] {
        let arguments = ["register", "--format", format];
        assert_eq!(succeeds(&arguments, &marked), succeeds(&arguments, FORM));
    }
    assert_eq!(
        fails(&["register"], &[b"\xef\xbb\xbf", BAD].concat(), 1),
        "error: password: missing (line 1, byte 83)\n\
         error: domain: label 1 starts with a hyphen (line 1, byte 11)\n\
         error: suffix: no longer sold (line 1, byte 22)\n\
         error: dns[1]: duplicate host (line 1, byte 71)\n"
    );
    let marked = [b"\xef\xbb\xbf", RECEIPT].concat();
    assert_eq!(succeeds(&["receipt"], &marked), succeeds(&["receipt"], RECEIPT));
}

const UNKNOWN: &[u8] = b"user=H1&url=x&password=hunter2&domain=my%E2%80%93shop&suffix=uk.com\
    &chandle=H1&thandle=H2&a%0A%60=hunter2&new%3Dhunter2=";

#[test]
fn unknown_parameters_are_named_among_all_violations() {
    let lines = "\
error: domain: character U+2013 at byte 2 is not allowed (line 1, byte 31)
error: `url`: unknown parameter (line 1, byte 8)
error: `a\\u{a}\\u{60}`: unknown parameter (line 1, byte 90)
error: `new...`: unknown parameter (line 1, byte 106)
";
    assert_eq!(fails(&["register"], UNKNOWN, 1), lines);
    let output = cnic(&["register", "--format", "json"], UNKNOWN);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), lines);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let unknown = |name: &str, span: [usize; 2]| {
        serde_json::json!({
            "field": name, "rule": "UnknownParameter", "message": "unknown parameter", "span": span
        })
    };
    let expected = serde_json::json!([
        {
            "field": "domain", "rule": "InvalidChar",
            "message": "character U+2013 at byte 2 is not allowed", "span": [40, 49]
        },
        unknown("url", [8, 11]),
        unknown(r"a\u{a}\u{60}", [90, 97]),
        unknown("new...", [106, 119]),
    ]);
    assert_eq!(json["violations"], expected);
    assert_eq!(&UNKNOWN[40..49], b"%E2%80%93");
}

#[test]
fn a_whole_name_is_told_that_it_is_one() {
    let form = b"user=u&password=p&domain=example.uk.com&suffix=uk.com&chandle=H1&thandle=H2";
    assert_eq!(
        fails(&["register"], form, 1),
        "error: domain: character '.' at byte 7 is not allowed: the suffix has its own field \
         (line 1, byte 18)\n"
    );
}

#[test]
fn suffixes_can_be_added_or_all_taken() {
    let form = |suffix: &str| {
        format!("user=u&password=p&domain=example&suffix={suffix}&chandle=H1&thandle=H2")
            .into_bytes()
    };
    assert_eq!(
        fails(&["register"], &form("example.test"), 1),
        "error: suffix: unknown (line 1, byte 33)\n"
    );
    for arguments in [
        &["register", "--suffix", "other.test", "--suffix", "Example.TEST"][..],
        &["register", "--any-suffix"],
    ] {
        assert!(succeeds(arguments, &form("example.test")).contains("suffix=example.test"));
        assert!(succeeds(arguments, &form("uk.com")).contains("suffix=uk.com"));
    }
    assert!(fails(&["register", "--suffix", ".test"], &form("uk.com"), 2).starts_with("error: "));
    assert!(!fails(&["register", "--suffix", "a.test", "--any-suffix"], b"", 2).is_empty());
}

#[test]
fn idns_are_taken_only_if_asked_for() {
    let form =
        "user=u&password=p&domain=b%C3%BCcher&suffix=uk.com&chandle=H1&thandle=H2".as_bytes();
    assert_eq!(
        fails(&["register"], form, 1),
        "error: domain: character U+00FC at byte 1 is not allowed (line 1, byte 18)\n"
    );
    assert!(succeeds(&["register", "--idn"], form).contains("domain=xn--bcher-kva&"));
}

const RECEIPT: &[u8] =
    b"Transaction-ID: 1f0a\r\nStatus:0\r\nMessage: Done\r\nbare\r\namount: 65.5\r\n";

#[test]
fn a_receipt_as_text_and_json() {
    assert_eq!(
        succeeds(&["receipt"], RECEIPT),
        "Transaction-ID: 1f0a\nStatus: 0\nMessage: Done\nbare\namount: 65.5\n"
    );
    assert_eq!(
        succeeds(&["receipt", "--format", "json"], RECEIPT),
        "{\"status\":0,\"ok\":true,\"transaction_id\":\"1f0a\",\"message\":\"Done\",\"amount_minor\":6550,\
         \"fields\":[[\"Transaction-ID\",\"1f0a\"],[\"Status\",\"0\"],[\"Message\",\"Done\"],[\"bare\",null],[\"amount\",\"65.5\"]]}\n"
    );
    assert_eq!(
        succeeds(&["receipt", "--format", "json"], b"status: 1\n"),
        "{\"status\":1,\"ok\":false,\"transaction_id\":null,\"message\":null,\"amount_minor\":null,\
         \"fields\":[[\"status\",\"1\"]]}\n"
    );
}

#[test]
fn a_refusal_is_read_whatever_its_amount() {
    let text = b"Status: 1\nMessage: Domain is not available\namount:\n";
    assert_eq!(
        succeeds(&["receipt"], text),
        "Status: 1\nMessage: Domain is not available\namount: \n"
    );
    assert_eq!(
        succeeds(&["receipt", "--format", "json"], text),
        "{\"status\":1,\"ok\":false,\"transaction_id\":null,\"message\":\"Domain is not available\",\
         \"amount_minor\":null,\"fields\":[[\"Status\",\"1\"],[\"Message\",\"Domain is not available\"],\
         [\"amount\",\"\"]]}\n"
    );
}

#[test]
fn what_is_longer_than_the_limits_is_refused() {
    let form = [FORM, b"&".repeat(1 << 20).as_slice()].concat();
    let problem = "error: more bytes than the limit (line 1, byte 0)\n";
    assert_eq!(fails(&["register"], &form, 1), problem);
    assert_eq!(fails(&["receipt"], &b"x\n".repeat(1 << 20), 1), problem);
    assert_eq!(
        fails(&["receipt"], &b"x\n".repeat(5000), 1),
        "error: more fields than the limit (line 4097, byte 8192)\n"
    );
    assert_eq!(
        fails(&["register"], &b"x=&".repeat(5000), 1),
        "error: more fields than the limit (line 1, byte 12288)\n"
    );
}

#[test]
fn what_is_no_receipt_is_refused() {
    for (text, problem) in [
        (&b""[..], "error: empty receipt (line 1, byte 0)\n"),
        (
            b"<html>\n</html>\n",
            "error: missing `Status` (line 2, byte 7)\n\
             help: the input looks like HTML or XML, such as the error page of a proxy\n",
        ),
        (b"Status: 00\n", "error: `Status` is not 0 or 1 (line 1, byte 0)\n"),
        (b"Status: 0\n", "error: success without an `amount` (line 1, byte 0)\n"),
        (b"Status: 0\namount: 1e3\n", "error: not an amount (line 2, byte 10)\n"),
        (b"Status: 1\nstatus: 0\n", "error: duplicate key (line 2, byte 10)\n"),
        (b"Status: 1\n\xff\n", "error: invalid UTF-8 (line 2, byte 10)\n"),
        (
            b"[RESPONSE]\ncode = 200\nEOF\n",
            "error: missing `Status` (line 3, byte 22)\n\
             help: the input looks like a response: use `cnic response`\n",
        ),
    ] {
        for format in ["text", "json"] {
            assert_eq!(fails(&["receipt", "--format", format], text, 1), problem);
        }
    }
}

#[test]
fn a_command_as_text_form_and_json() {
    let command = b"command = StatusDomain\r\nDomain = example.com\r\nAuth = a&b\r\n";
    assert_eq!(
        succeeds(&["command"], command),
        "COMMAND=StatusDomain\nDomain=example.com\nAuth=a&b\n"
    );
    let flat = "command=StatusDomain&Domain=example.com&Auth=a%26b\n";
    assert_eq!(succeeds(&["command", "--to", "flat"], command), flat);
    assert_eq!(
        succeeds(&["command", "--from", "form", "--to", "framed"], flat.as_bytes()),
        "[COMMAND]\nCOMMAND=StatusDomain\nDomain=example.com\nAuth=a&b\nEOF\n"
    );
    assert_eq!(
        succeeds(&["command", "--to", "json"], command),
        "{\"command\":\"StatusDomain\",\"params\":{\"DOMAIN\":\"example.com\",\"AUTH\":\"a&b\"}}\n"
    );
    assert_eq!(
        succeeds(&["command", "--to", "redacted"], command),
        "COMMAND=StatusDomain\nDomain=example.com\nAuth=***\n"
    );
}

#[test]
fn the_check_of_a_command_tells_every_finding() {
    let command = b"COMMAND=QueryDomainList\nDomainTag01=a\nAddZoneTag0=b\n";
    assert_eq!(
        fails(&["command", "--check", "--to", "json"], command, 1),
        "error: `DomainTag` index has leading zeros (line 2, byte 24)\n\
         error: `AddZoneTag` is not allowed in this command (line 3, byte 38)\n"
    );
    assert!(succeeds(&["command"], command).starts_with("COMMAND=QueryDomainList\n"));
}

#[test]
fn a_flat_form_can_not_hold_a_key_of_the_transport() {
    let command = b"COMMAND=X\ns_user=y";
    assert_eq!(
        fails(&["command", "--to", "flat"], command, 1),
        "error: key is reserved in a flat form (line 2, byte 10)\n"
    );
    assert_eq!(
        succeeds(&["command", "--to", "form"], command),
        "s_command=COMMAND%3DX%0As_user%3Dy\n"
    );
}

#[test]
fn usage_is_status_2() {
    for arguments in [
        &["command", "--to", "xml"][..],
        &["command", "--from", "json"],
        &["register", "--format", "xml"],
        &["receipt", "--strict"],
        &["register", "no/such/file"],
    ] {
        assert!(fails(arguments, b"", 2).starts_with("error: "), "{arguments:?}");
    }
}
