//! The decisions about what a reply means, from the eighth on: codes, names, lines and values.

use cnic_response::{ErrorKind, LineKind, Lines, NoteKind, Parser, SkipReason};

use crate::util::{column, framed, names, notes, refusal, refusal_by, reply, table};

//--- 8. Code and description

#[test]
fn a_missing_code_is_never_made_up() {
    assert_eq!(refusal("[RESPONSE]\ndescription = Done\nEOF\n"), (ErrorKind::MissingCode, 3));
    assert_eq!(refusal("description = Done\n\n\n"), (ErrorKind::MissingCode, 3));
    assert_eq!(refusal("property[code][0] = 200\n"), (ErrorKind::MissingCode, 1));
    assert_eq!(refusal("co de = 200\n"), (ErrorKind::MissingCode, 1), "no loose match here");
    let allowing = Parser::new().allow_truncated(true);
    assert_eq!(refusal_by(allowing, "[RESPONSE]\n"), (ErrorKind::MissingCode, 1));
}

#[test]
fn a_code_is_three_digits_or_an_error() {
    for code in ["", "2xx", "99", "099", "0200", "2000", "+20", "20 0", "200.", "= 200", "２００"]
    {
        let text = format!("description = Done\ncode = {code}\n");
        assert_eq!(refusal(&text), (ErrorKind::InvalidCode, 2), "{code:?}");
    }
}

#[test]
fn a_description_may_be_empty_or_absent() {
    let empty = reply("code = 200\ndescription =\n");
    let absent = reply("code = 200\n");
    assert_eq!((empty.description(), absent.description()), ("", ""));
    assert_eq!(notes(&empty), [(NoteKind::EmptyDescription, 2)]);
    assert_eq!(notes(&absent), [(NoteKind::MissingDescription, 1)]);
    assert_eq!(empty.field("description"), Some(""));
    assert_eq!(absent.field("description"), None);
    assert!(empty.code().is_success());
}

#[test]
fn an_unknown_code_is_a_code() {
    for code in [100, 299, 399, 499, 599, 600, 999] {
        let response = reply(format!("code = {code}\ndescription = New\n"));
        assert_eq!(response.code(), code);
        assert_eq!(response.code().meaning(), None);
        assert_eq!(notes(&response), []);
    }
}

#[test]
fn what_is_no_reply_at_all_has_its_own_error() {
    assert_eq!(refusal(""), (ErrorKind::Empty, 1));
    assert_eq!(refusal("\n \t\r\n"), (ErrorKind::Empty, 1));
    assert_eq!(refusal("\u{feff}\n"), (ErrorKind::Empty, 1));
    let page = "\n  <!DOCTYPE html>\n<html><body>code = 200</body></html>\n";
    assert_eq!(refusal(page), (ErrorKind::Markup, 2));
    assert_eq!(refusal("\u{feff}<?xml version=\"1.0\"?>\n"), (ErrorKind::Markup, 1));
    let framed = reply(format!("<notice>\n{}", framed("")));
    assert_eq!(notes(&framed), [(NoteKind::MissingEquals, 1)], "noise before a reply");
}

//--- 9. Names

#[test]
fn names_compare_without_ascii_case() {
    let response = table(
        "property[Domain][0] = x\nPROPERTY[DOMAIN][1] = y\nproperty[straße][0] = s\n\
         property[STRASSE][0] = S\nproperty[STRAßE][1] = t\nproperty[ı][0] = i\n",
    );
    assert_eq!(names(&response), ["Domain", "straße", "STRASSE", "ı"], "spelling is kept");
    assert_eq!(column(&response, "dOMAIN"), [Some("x"), Some("y")]);
    assert_eq!(column(&response, "STRAßE"), [Some("s"), Some("t")]);
    assert!(response.column("I").is_none() && response.column("i").is_none());

    // A long list of names is searched in another way than a short one.
    let many: String = (0..20).map(|n| format!("f{n} = x\nproperty[c{n}][0] = x\n")).collect();
    for (lower, upper) in [("ä", "Ä"), ("k", "\u{212a}"), ("я", "Я"), ("s", "\u{17f}")] {
        for others in ["", &many] {
            let lines = format!("{others}property[{lower}][0] = x\n{lower} = y\n{upper} = z\n");
            let response = table(&lines);
            assert!(response.column(upper).is_none(), "{upper}");
            assert_eq!((response.field(lower), response.field(upper)), (Some("y"), Some("z")));
        }
    }
}

#[test]
fn look_ups_overlook_blanks_and_underscores() {
    let response = table("property[credit threshold][0] = 5\nrun_time limit = 9\n");
    let spellings =
        ["credit threshold", "CREDITTHRESHOLD", "credit_threshold", "_Credit\tThresh old"];
    for spelling in spellings {
        assert_eq!(response.get(spelling, 0), Some("5"), "{spelling}");
        let row = response.table().row(0).expect("a row");
        assert_eq!(row.get(spelling), Some("5"), "{spelling}");
    }
    assert_eq!(response.field("RUNTIMELIMIT"), Some("9"));
    assert_eq!(response.get("credit-threshold", 0), None);
    assert_eq!(response.get("credit\u{a0}threshold", 0), None);
}

#[test]
fn an_ambiguous_loose_match_is_none() {
    let response = table(
        "property[transfer status][0] = a\nproperty[transfer_status][0] = b\n\
         x y = c\nx_y = d\n",
    );
    assert_eq!(names(&response), ["transfer status", "transfer_status"], "two columns");
    assert_eq!(response.get("TRANSFER STATUS", 0), Some("a"));
    assert_eq!(response.get("Transfer_Status", 0), Some("b"));
    assert_eq!(response.get("transferstatus", 0), None);
    assert_eq!((response.field("X Y"), response.field("X_Y")), (Some("c"), Some("d")));
    assert_eq!(response.field("xy"), None);

    let exact = table("property[transfer status][0] = a\nproperty[transferstatus][0] = b\n");
    assert_eq!(exact.get("TransferStatus", 0), Some("b"), "another case goes before looseness");
    assert_eq!(exact.get("transfer_status", 0), None);
}

#[test]
fn fields_and_columns_are_two_namespaces() {
    let response = table(
        "property = x\nproperty[property][0] = y\nproperty[code][0] = 500\n\
         property[description][0] = z\nproperty[runtime][0] = 9\n",
    );
    assert_eq!(response.field("property"), Some("x"));
    assert_eq!(response.get("property", 0), Some("y"));
    assert_eq!((response.code().as_u16(), response.description()), (200, "Done"));
    assert_eq!(response.runtime(), None);
    assert_eq!(response.get("runtime", 0), Some("9"));
}

//--- 10. Nothing is rewritten or guessed

#[test]
fn values_are_the_text_that_was_sent() {
    let values = [
        "007",
        "1",
        "true",
        "0000000000",
        "{CONNECTION_URL} %{i} {}",
        "v=spf1 include:_spf.example.net -all",
        "= =",
        "\"quoted\" 'text'",
        "inner  \t blanks",
        "a;b;; c",
        "%41+&amp;\\n",
        "Gänsefüßchen „…“ \u{1f310}",
        "\u{0}\u{7f}",
        "[x]]",
    ];
    let lines: String =
        values.iter().enumerate().map(|(n, v)| format!("property[a][{n}] = {v}\n")).collect();
    let text = framed(&lines);
    let response = reply(text.as_str());
    assert_eq!(column(&response, "a"), values.map(Some));
    assert_eq!(response.as_str(), text);
    for (n, value) in values.iter().enumerate() {
        let fields = reply(format!("code = 200\ndescription = {value}\nx{n}={value}\n"));
        assert_eq!(fields.description(), *value);
        assert_eq!(fields.field(&format!("x{n}")), Some(*value));
    }
}

#[test]
fn seconds_stay_text() {
    let response = reply("code = 200\ndescription = Done\nqueuetime = 0\nruntime = 0.0120\n");
    assert_eq!((response.runtime(), response.queuetime()), (Some("0.0120"), Some("0")));
    let neither = table("");
    assert_eq!((neither.runtime(), neither.queuetime()), (None, None));
}

//--- 11. Paging

#[track_caller]
fn next_first(count: &str, first: &str, last: &str, limit: &str, total: &str) -> Option<u64> {
    let members = [count, first, last, limit, total];
    let lines: String = ["count", "first", "last", "limit", "total"]
        .iter()
        .zip(members)
        .filter(|(_, member)| *member != "-")
        .map(|(name, member)| format!("property[{name}][0] = {member}\n"))
        .collect();
    let page = table(&lines).page().expect("a page");
    assert_eq!(page.has_next(), page.next_first().is_some());
    page.next_first()
}

#[test]
fn the_next_page_starts_after_the_last_row() {
    assert_eq!(next_first("10", "0", "9", "10", "11"), Some(10));
    assert_eq!(next_first("10", "5", "14", "10", "100"), Some(15), "not a multiple of the limit");
    assert_eq!(next_first("10", "5", "14", "10", "15"), None, "the tail");
    assert_eq!(next_first("10", "0", "9", "10", "10"), None);
    assert_eq!(next_first("0", "20", "20", "10", "100"), None, "no rows");
    assert_eq!(next_first("0", "0", "0", "0", "100"), None, "LIMIT=0");
    assert_eq!(next_first("10", "0", "9", "0", "100"), None);
    assert_eq!(next_first("15", "0", "14", "32", "16"), Some(15), "a total that may never come");
}

#[test]
fn a_page_member_that_is_no_number_is_none() {
    for odd in ["-", "", "ONLYLAST", "-1", "+1", "1.0", "1 0", "0x1", "18446744073709551616"] {
        assert_eq!(next_first("10", "0", "9", odd, "100"), None, "limit {odd:?}");
        assert_eq!(next_first("10", "0", odd, "10", "100"), None, "last {odd:?}");
        assert_eq!(next_first("10", odd, "9", "10", "100"), Some(10), "first {odd:?}");
    }
    assert_eq!(next_first("1", "0", "18446744073709551615", "1", "18446744073709551615"), None);
}

//--- 12. Lines

#[test]
fn what_begins_like_a_property_is_never_a_field() {
    for line in [
        "property[a] = x",
        "property[a][] = x",
        "PROPERTY[a][-1] = x",
        "Property[a][x] = x",
        "property[a][0]foo = x",
        "property[a][0] foo = x",
        "property[a]b][0] = x",
        "property[a] [0] = x",
        "property[a][0]",
        "property[a][+1] = x",
        "property[a][1.0] = x",
        "property[a][٣] = x",
        "property[a][99999999999999999999]foo = x",
        "\tproperty[a",
        "property[",
    ] {
        let response = table(&format!("{line}\nproperty[b][0] = y\n"));
        let [(NoteKind::MalformedProperty(_), 4)] = notes(&response)[..] else {
            panic!("{line}: {:?}", response.notes());
        };
        assert_eq!(response.fields().count(), 0, "{line}");
        assert_eq!(names(&response), ["b"], "{line}");
    }
}

#[test]
fn lines_without_equals_or_key_are_skipped() {
    let response = table("...\n= x\n \t= y = z\nx\n");
    let kinds = [NoteKind::MissingEquals, NoteKind::MissingKey];
    let expected = [(kinds[0], 4), (kinds[1], 5), (kinds[1], 6), (kinds[0], 7)];
    assert_eq!(notes(&response), expected);
    assert_eq!(response.fields().count(), 0);
}

#[test]
fn an_index_too_large_is_an_error_not_a_skip() {
    let at = |index: &str| refusal(&framed(&format!("property[a][{index}] = x\n")));
    assert_eq!(at("10000000"), (ErrorKind::RowLimit, 4));
    assert_eq!(at("4294967295"), (ErrorKind::RowLimit, 4));
    assert_eq!(at("4294967296"), (ErrorKind::IndexOverflow, 4));
    assert_eq!(at("99999999999999999999999999"), (ErrorKind::IndexOverflow, 4));
    let zeros = table("property[a][000000000000000000000000000002] = x\n");
    assert_eq!(zeros.get("a", 2), Some("x"), "zeros in front are no reason");
}

#[test]
fn all_crs_before_an_lf_belong_to_the_line_end() {
    let response = reply("code = 200\r\ndescription = Done\r\r\r\nproperty[a][0] = x\ry\r\n");
    assert_eq!(response.description(), "Done");
    assert_eq!(response.get("a", 0), Some("x\ry"));
    let crs = reply("code = 200\ndescription = x\r\ry \r\nz = \r\n");
    assert_eq!(crs.description(), "x\r\ry", "the blank is between the value and the line end");
    assert_eq!(crs.field("z"), Some(""));
    let unended = reply("code = 200\ndescription = x\r");
    assert_eq!(unended.description(), "x\r", "no LF, no line end");
}

#[test]
fn only_sp_and_tab_are_trimmed() {
    for odd in ["\u{a0}", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{3000}", "\u{0}", "\u{feff}"] {
        let response = table(&format!("{odd}x{odd} =\t {odd}y{odd} \t\n"));
        let (name, value) = (format!("{odd}x{odd}"), format!("{odd}y{odd}"));
        assert_eq!(response.fields().collect::<Vec<_>>(), [(&*name, &*value)]);
    }
    let indented = reply("  \tcode\t=\t200\t \n description=Done\n\tproperty[a][0]\t = \tx \n");
    assert_eq!((indented.code().as_u16(), indented.get("a", 0)), (200, Some("x")));
    let column = table("property[ a ][0] = x\n");
    assert_eq!(names(&column), [" a "], "a column name is all that is between the brackets");
}

#[test]
fn one_leading_byte_order_mark_is_ignored() {
    for text in ["\u{feff}code = 200\ndescription = Done\n", &format!("\u{feff}{}", framed(""))] {
        let response = reply(text);
        assert_eq!(response.code(), 200);
        assert_eq!(notes(&response), [(NoteKind::ByteOrderMark, 1)]);
        assert_eq!(response.as_str(), text, "ignored, not removed");
    }
    assert_eq!(refusal("\u{feff}\u{feff}code = 200\n"), (ErrorKind::MissingCode, 1));
    assert_eq!(refusal("\n\u{feff}code = 200\n"), (ErrorKind::MissingCode, 2));
    let mut lines = Lines::new("\u{feff}eof\n\u{feff}eof\n").map(|line| line.map(|l| l.kind()));
    assert_eq!(lines.next(), Some(Ok(LineKind::Trailer)));
    assert_eq!(lines.next(), Some(Ok(LineKind::Skipped(SkipReason::MissingEquals))));
}

//--- 13. Three views

#[test]
fn one_body_has_three_views() {
    let response = table(
        "property[domain][0] = example.com\n\
         property[nameserver][0] = ns1.example.net\nproperty[nameserver][1] = ns2.example.net\n\
         property[policy][0] = first line\nproperty[policy][1] =\nproperty[policy][3] = last\n",
    );
    let rows: Vec<_> = response.rows().map(|row| row.get("nameserver")).collect();
    assert_eq!(rows, [Some("ns1.example.net"), Some("ns2.example.net"), None, None]);
    let nameservers = response.column("nameserver").expect("a list");
    assert!(nameservers.cells().map(|(_, host)| host).eq(["ns1.example.net", "ns2.example.net"]));
    let policy = response.column("policy").expect("a text");
    assert_eq!(policy.join("\n"), "first line\n\nlast", "a hole is no line, an empty cell is");
    assert_eq!(policy.join(""), "first linelast");
    assert_eq!(response.column("domain").expect("a cell").join("\n"), "example.com");
}
