//! What holds for every reply. A false success is a domain that somebody believes to own.

use cnic_registration::{ErrorKind, Receipt};

use crate::util::{DONE, Random};

/// The reply to a registration that was not made, with all that a success has but its status.
fn rejected() -> String {
    DONE.replace("Status: 0", "Status: 1")
}

#[track_caller]
fn receipt(text: &str) -> Receipt<'_> {
    match Receipt::parse(text) {
        Ok(receipt) => receipt,
        Err(error) => panic!("not a reply: {error}"),
    }
}

fn succeeds(bytes: &[u8]) -> bool {
    Receipt::from_utf8(bytes).is_ok_and(|receipt| receipt.is_success())
}

#[test]
fn a_success_has_its_status_and_its_amount() {
    assert!(receipt(DONE).is_success());
    for text in [DONE.to_owned(), DONE.replace('\n', "\r\n")] {
        for (without, kind) in
            [("Status", ErrorKind::MissingStatus), ("amount", ErrorKind::MissingAmount)]
        {
            let lines = text.split_inclusive('\n').filter(|line| !line.starts_with(without));
            let error = Receipt::parse(&lines.collect::<String>()).map(|_| ()).expect_err(without);
            assert_eq!(error.kind(), kind);
        }
    }
    let renamed = DONE.replace("Status:", "Query-status:");
    assert_eq!(Receipt::parse(&renamed).expect_err("none").kind(), ErrorKind::MissingStatus);
    let lines: Vec<_> = DONE.lines().collect();
    for chosen in 0_u32..1 << lines.len() {
        let there = |place: &usize| chosen >> place & 1 == 1;
        let kept: Vec<_> = (0..lines.len()).filter(there).map(|place| lines[place]).collect();
        let success = succeeds(kept.join("\n").as_bytes());
        assert_eq!(success, there(&1) && there(&(lines.len() - 1)), "{kept:?}");
    }
}

#[test]
fn the_order_of_the_lines_makes_no_difference() {
    let mut random = Random::new(21);
    let mut lines: Vec<_> = DONE.lines().collect();
    for _ in 0..500 {
        random.shuffle(&mut lines);
        let text = lines.join("\n");
        let shuffled = receipt(&text);
        assert!(shuffled.is_success() && shuffled.amount() == receipt(DONE).amount());
        assert!(receipt(DONE).fields().all(|(key, value)| shuffled.get(key) == value));
        assert!(
            shuffled
                .fields()
                .map(|(key, _)| key)
                .eq(lines.iter().filter_map(|line| { line.split(':').next() }))
        );
    }
}

#[test]
fn no_change_of_one_byte_makes_a_rejection_a_success_but_that_of_the_status() {
    let rejected = rejected();
    let digit = rejected.find("Status: 1").expect("a status") + "Status: ".len();
    assert!(!succeeds(rejected.as_bytes()) && succeeds(DONE.as_bytes()));
    for at in 0..rejected.len() {
        let mut bytes = rejected.clone().into_bytes();
        for byte in 0..=u8::MAX {
            bytes[at] = byte;
            assert_eq!(succeeds(&bytes), at == digit && byte == b'0', "{byte} at {at}");
        }
    }
}

#[test]
fn no_byte_more_or_less_makes_a_rejection_a_success() {
    let rejected = rejected();
    for at in 0..=rejected.len() {
        let mut less = rejected.clone().into_bytes();
        less.drain(at..less.len().min(at + 1));
        assert!(!succeeds(&less), "without {at}");
        assert!(!succeeds(&rejected.as_bytes()[..at]) && !succeeds(&rejected.as_bytes()[at..]));
        let mut more = rejected.clone().into_bytes();
        more.insert(at, 0);
        for byte in 0..=u8::MAX {
            more[at] = byte;
            assert!(!succeeds(&more), "{byte} before {at}");
        }
    }
}

#[test]
fn a_status_is_0_or_1_to_the_letter() {
    for status in [
        "00",
        "01",
        "10",
        "0 ",
        " 0",
        "0\t",
        "0foo",
        "+0",
        "-0",
        "0.0",
        "",
        "2",
        "ok",
        "false",
        "0\r\r",
        "\u{660}",
        "0:",
        "0::a=b",
        "\"0\"",
        "\u{feff}0",
    ] {
        let text = DONE.replace("Status: 0", &format!("Status: {status}"));
        let error = Receipt::parse(&text).expect_err(status);
        assert_eq!((error.kind(), error.position().line()), (ErrorKind::InvalidStatus, 2));
    }
}

#[test]
fn a_key_that_is_there_once_has_no_second_line() {
    for line in DONE.lines() {
        let key = line.split(':').next().expect("a key");
        for second in [line.to_owned(), line.to_uppercase(), format!("{key}:"), format!("{key}: 1")]
        {
            let error = Receipt::parse(&format!("{DONE}{second}")).map(|_| ()).expect_err(&second);
            assert_eq!((error.kind(), error.position().line()), (ErrorKind::DuplicateKey, 12));
        }
    }
    let text = format!("{DONE}dns: a\nDNS: b::1::2\nnote\nnote\n");
    let receipt = receipt(&text);
    assert!(receipt.get_all("dNs").eq(["a", "b::1::2"]));
    assert_eq!((receipt.get("dns"), receipt.get("note")), (Some("a"), None));
}

/// Texts of lines that mean something, and of what may stand between and within them.
fn texts(count: usize) -> impl Iterator<Item = String> {
    const PIECES: [&str; 20] = [
        "Status: 1\n",
        "STATUS:0\n",
        "amount: 65.00\n",
        "amount:1\n",
        "Message: ",
        "message",
        "dns",
        ":",
        ":",
        "::",
        " ",
        "\t",
        "\n",
        "\n",
        "\n",
        "x",
        "a: b\n",
        "\u{fc}",
        "a=b",
        "0",
    ];
    let mut random = Random::new(22);
    (0..count).map(move |_| (0..random.below(12)).map(|_| random.pick(&PIECES)).collect())
}

#[test]
fn crlf_and_lf_are_the_same() {
    let mut read = 0;
    for text in texts(40_000) {
        let crlf = text.replace('\n', "\r\n");
        match (Receipt::parse(&text), Receipt::parse(&crlf)) {
            (Ok(lf), Ok(crlf)) => {
                read += 1;
                assert_eq!(lf, crlf);
            }
            (Err(lf), Err(crlf)) => {
                assert_eq!(lf.kind(), crlf.kind(), "{text:?}");
                assert_eq!(lf.position().line(), crlf.position().line(), "{text:?}");
            }
            (lf, crlf) => panic!("{text:?}: {lf:?}, {crlf:?}"),
        }
    }
    assert!(read > 4_000, "{read} replies");
}

#[test]
fn a_reply_that_is_written_is_read_as_the_same() {
    for text in texts(40_000) {
        let Ok(receipt) = Receipt::parse(&text) else { continue };
        let written = receipt.to_string();
        assert_eq!(Receipt::parse(&written).as_ref(), Ok(&receipt), "{text:?}");
        assert_eq!(String::from(receipt.clone()), written);
        let owned = receipt.clone().into_owned();
        assert_eq!((owned.to_string(), &owned), (written, &receipt));
    }
    assert_eq!(receipt(DONE).to_string(), DONE);
}

#[test]
fn a_reply_with_a_cr_before_its_line_ends_is_read_as_the_same() {
    for text in ["Status: 1\nMessage: x\r\r\n", "Status: 1\nnote\r\r\n", "Status: 1\n\r\r\n"] {
        let first = receipt(text);
        let written = first.to_string();
        assert_eq!(receipt(&written).fields().len(), first.fields().len(), "{text:?}");
        assert!(receipt(&written).fields().eq(first.fields()), "{text:?}");
    }
}

#[test]
fn any_bytes_are_a_reply_or_an_error_within_them() {
    let mut random = Random::new(23);
    for _ in 0..50_000 {
        let mut bytes = DONE.as_bytes().to_vec();
        for _ in 0..1 + random.below(6) {
            let at = random.below(bytes.len());
            match random.below(3) {
                0 => bytes.truncate(at + 1),
                1 => bytes[at] = random.bits().to_be_bytes()[0],
                _ => bytes.insert(at, random.pick(b"\n\r:0 1\xff")),
            }
        }
        if let Err(error) = Receipt::from_utf8(&bytes) {
            let (byte, line) = (error.position().byte(), error.position().line());
            assert!(byte == 0 || bytes[byte - 1] == b'\n', "the start of a line: {error}");
            assert_eq!(bytes[..byte].iter().filter(|b| **b == b'\n').count() + 1, line);
        }
    }
}

#[test]
fn a_rejection_is_read_with_any_other_lines() {
    for amount in
        ["", "none", "65.005", "+1", "1e3", "  1", "-1", "184467440737095516.16", "\u{661}"]
    {
        for text in [
            format!("Status: 1\nMessage: no\namount:{amount}\n"),
            format!("amount:\t{amount}\r\nMessage: no\r\nSTATUS:1\r\n"),
            format!("Amount: {amount}\nMessage: no\nStatus: 1\namount: 65.00\nmessage: yes"),
        ] {
            let rejected = receipt(&text);
            assert!(!rejected.is_success() && rejected.amount().is_none(), "{text:?}");
            assert_eq!(rejected.message(), Some("no"));
            assert!(rejected.get("amount").is_some_and(|kept| kept.trim() == amount.trim()));
            let success = text.replace(": 1\n", ": 0\n").replace(":1\r", ":0\r");
            let error = Receipt::parse(&success).expect_err("a success has its amount");
            assert_eq!(error.kind(), ErrorKind::InvalidAmount, "{success:?}");
        }
    }
    let twice = "Status: 1\namount: 5\nAMOUNT: 6\nDomain: a\ndomain: b\n";
    let rejected = receipt(twice);
    assert_eq!(rejected.amount().map(|amount| amount.minor_units()), Some(500), "the first one");
    assert!(rejected.get_all("domain").eq(["a", "b"]));
}

#[test]
fn an_invalid_or_second_status_is_an_error_after_any_other_line() {
    for (text, kind, line) in [
        ("Status: 1\nStatus: 1\n", ErrorKind::DuplicateKey, 2),
        ("Status: 1\nStatus: 0\namount: 1", ErrorKind::DuplicateKey, 2),
        ("Status: 1\namount: x\nStatus: 1\n", ErrorKind::InvalidAmount, 2),
        ("amount: x\nStatus: 2\n", ErrorKind::InvalidAmount, 1),
        ("domain: a\nDomain: b\namount: x\n", ErrorKind::DuplicateKey, 2),
        ("amount: x\ndomain: a\nDomain: b\nStatus: 0", ErrorKind::InvalidAmount, 1),
        ("amount: 1\ndomain: a\nDomain: b\nStatus: 0", ErrorKind::DuplicateKey, 3),
    ] {
        let error = Receipt::parse(text).expect_err(text);
        assert_eq!((error.kind(), error.position().line()), (kind, line), "{text:?}");
    }
}
