//! Problems with the part of the input that they are about.

use super::*;

#[test]
fn a_problem_is_shown_with_its_line() {
    let reply = b"[RESPONSE]\ncode = 2xx\nEOF\n";
    let shown = run(&["response"], reply, 80, Streams::Err);
    assert_eq!(shown.status, Some(1));
    assert_eq!(
        shown.text(),
        "\
error: `code` is not a number from 100 to 999 (line 2, byte 11)
  |
2 | code = 2xx
  |        ^^^"
    );
    assert!(String::from_utf8_lossy(&shown.bytes).contains('\u{1b}'), "it has colours");
    // The line alone is what there is where it is no terminal.
    let shown = run(&["response"], reply, 80, Streams::Out);
    assert_eq!(shown.other, "error: `code` is not a number from 100 to 999 (line 2, byte 11)\n");

    let form = b"user=u&password=p&domain=my%E2%80%93shop&suffix=uk.com&chandle=H1&thandle=H2\n";
    let shown = run(&["register"], form, 80, Streams::Both);
    let snippet = "
  |
1 | domain=my%E2%80%93shop
  |          ^^^^^^^^^";
    assert!(shown.text().ends_with(snippet), "{}", shown.text());

    let shown = run(&["receipt"], b"Status: 0\namount: x\n", 80, Streams::Err);
    assert!(shown.text().contains("\n2 | amount: x\n"), "{}", shown.text());
    let shown = run(&["command"], b"COMMAND=X\nA=b\na\n=c\n", 80, Streams::Err);
    assert!(shown.text().ends_with("\n3 | a\n  | ^"), "{}", shown.text());
    // What is missing is missing behind the last line.
    for end in ["", "\n", "\r\n"] {
        let reply = format!("[RESPONSE]\ncode = 200{end}");
        let shown = run(&["response"], reply.as_bytes(), 80, Streams::Err);
        assert!(shown.text().ends_with("\n2 | code = 200\n  |           ^"), "{}", shown.text());
    }
    let tags = b"COMMAND=TransferDomain\nDomainTag0=x\n";
    let shown = run(&["command", "--check"], tags, 80, Streams::Err);
    assert!(shown.text().ends_with("\n2 | DomainTag0=x\n  | ^^^^^^^^^^^^"), "{}", shown.text());
    let shown = run(&["command", "--from", "form"], b"command=X&A=%zz&B=c\n", 80, Streams::Err);
    assert!(shown.text().ends_with("\n1 | A=%zz\n  |   ^^^"), "{}", shown.text());
}

#[test]
fn a_line_that_is_shown_is_harmless() {
    let text = "COMMAND=X\n\u{1b}[2J\u{202e}K=v\tw\n";
    let shown = run(&["command"], text.as_bytes(), 80, Streams::Err);
    assert!(shown.text().contains("\n2 | \\u{1b}[2J\\u{202e}K=v\\tw"), "{}", shown.text());
    let bytes = String::from_utf8(shown.bytes).expect("UTF-8");
    assert!(!bytes.contains("[2J\u{202e}") && !bytes.contains("\u{1b}[2J"), "{bytes:?}");
}

#[test]
fn a_secret_is_not_shown_with_its_line() {
    for name in cnic_text::Redaction::DEFAULT.names() {
        for (arguments, input) in [
            (&["command"][..], format!("COMMAND=X\n{name}=hunter2\n{name}=hunter2\n")),
            (&["command"], format!("COMMAND=X\n{name}=hun\nhunter2\n")),
            (&["command"], format!("COMMAND=X\n{name}!=hunter2\n")),
            (
                &["command", "--check"],
                format!("COMMAND=TransferDomain\n{name}=hunter2\nDomainTag0=x\n"),
            ),
            (&["command", "--from", "form"], format!("command=X&{name}=hunter2&{name}=hunter2")),
            (&["command", "--from", "form"], format!("command=X&{name}=hunter2%zz")),
            (&["command", "--from", "form"], format!("command=X&{name}=hun&hunter2")),
            (
                &["command", "--from", "form"],
                format!("s_command=COMMAND%3DX%0A{name}%3Dhunter2&x=y"),
            ),
            (&["register"], format!("user=u&password=hunter2&{name}=hunter2%zz")),
            (&["register"], "user=u&password=hun&hunter2".to_owned()),
            (&["register"], format!("user=u&password=hunter2%00&{name}=hunter2")),
            (&["receipt"], format!("Status: {name}=hunter2\n")),
            (
                &["response", "--strict"],
                format!("[RESPONSE]\ncode = 200\nproperty[{name}][x] = hunter2\nEOF\n"),
            ),
            (
                &["response"],
                format!("[RESPONSE]\ncode = 200\nproperty[{name}][99999999999] = hunter2\nEOF\n"),
            ),
            (
                &["response", "--strict"],
                format!("[RESPONSE]\ncode = 200\n{name} = x\n{name} = hunter2\nEOF\n"),
            ),
        ] {
            let shown = run(arguments, input.as_bytes(), 200, Streams::Both);
            let bytes = String::from_utf8_lossy(&shown.bytes);
            assert!(matches!(shown.status, Some(1)), "{arguments:?} {input}: {bytes}");
            assert!(!bytes.contains("hunter2"), "{input}: {bytes}");
        }
    }
}
