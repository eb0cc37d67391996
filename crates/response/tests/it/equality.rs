//! Two replies are equal if they mean the same.

use cnic_response::{Code, Page, Parser, Response, ResponseBuilder};

use crate::util::{framed, reply, reply_by, table};

const TEXT: &str = "\
[RESPONSE]
code = 200
description = Done
runtime = 0.012
property[Domain][0] = example.com
property[Domain][1] = example.net
property[expiration date][1] =
property[count][0] = 2
EOF
";

#[track_caller]
fn same(a: &Response<'_>, b: &Response<'_>) {
    assert_eq!(a, b);
    assert_eq!(b, a);
    assert_eq!(a.table(), b.table());
}

#[track_caller]
fn differ(a: &Response<'_>, b: &Response<'_>) {
    assert_ne!(a, b);
    assert_ne!(b, a);
    assert_eq!(*a, a.clone());
    assert_eq!(*b, b.clone());
}

#[test]
fn spelling_makes_no_difference() {
    let response = reply(TEXT);
    let upper = |name: &str| TEXT.replace(name, &name.to_ascii_uppercase());
    for text in [
        TEXT.replace('\n', "\r\n"),
        TEXT.replace('\n', " \t\n\n"),
        TEXT.replace(" = ", "\t=  "),
        TEXT.replace("[0]", "[000]"),
        TEXT.trim_end().into(),
        upper("code"),
        upper("runtime"),
        upper("property"),
        upper("expiration date"),
        upper("Domain"),
        upper("count"),
        TEXT.replace("Domain][1]", "dOMAIN][1]"),
    ] {
        same(&response, &reply(text));
    }
}

#[test]
fn notes_and_the_envelope_make_no_difference() {
    let response = reply(TEXT);
    for text in [
        TEXT.replace("[RESPONSE]\n", "").replace("EOF\n", ""),
        TEXT.replace("[RESPONSE]\n", ""),
        TEXT.replace("[RESPONSE]\n", "[RESPONSE]\n[RESPONSE]\n"),
        format!("\u{feff}{TEXT}"),
        format!("noise\n{TEXT}code = 500\n"),
        TEXT.replace("EOF\n", "...\nproperty[x] = y\n= z\ncode = 200\nRUNTIME = 9\nEOF\n"),
    ] {
        same(&response, &reply(text));
    }
}

#[test]
fn the_order_of_lines_and_columns_makes_no_difference() {
    let response = reply(TEXT);
    let mut lines: Vec<_> = TEXT.lines().collect();
    let last = lines.len() - 1;
    for _ in 1..last {
        lines[1..last].rotate_left(1);
        same(&response, &reply(lines.join("\n")));
    }
    lines[1..last].reverse();
    same(&response, &reply(lines.join("\n")));
}

#[test]
fn where_the_text_lives_makes_no_difference() {
    let response = reply(TEXT);
    same(&response, &reply(TEXT.to_owned()));
    same(&response, &response.clone().into_owned());
    same(&response, &reply(response.encode().to_string()));
    let mut page = Page::default();
    page.count = Some(2);
    let built = ResponseBuilder::new(Code::COMPLETED)
        .page(page)
        .row([("domain", "example.com")])
        .row([("domain", "example.net"), ("expiration date", "")])
        .field("Runtime", "0.012")
        .description("Done")
        .build();
    same(&response, &built.expect("a reply"));
}

#[test]
fn an_empty_description_equals_an_absent_one() {
    same(&reply("code = 200\ndescription =\n"), &reply("code = 200\n"));
}

#[test]
fn every_part_makes_a_difference() {
    let response = reply(TEXT);
    for (part, other) in [
        ("code = 200", "code = 210"),
        ("Done", "done"),
        ("Done", ""),
        ("0.012", "0.0120"),
        ("runtime", "queuetime"),
        ("runtime", "run time"),
        ("runtime = 0.012\n", ""),
        ("runtime = 0.012\n", "runtime = 0.012\nx =\n"),
        ("example.net", "example.nex"),
        ("example.com", "Example.com"),
        ("[Domain][1]", "[Domain][2]"),
        ("[count][0]", "[count][1]"),
        ("count", "total"),
        ("property[count][0] = 2\n", ""),
        ("property[count][0] = 2\n", "property[count][0] = 2\nproperty[total][0] = 2\n"),
        ("expiration date", "expirationdate"),
        ("EOF", "property[a][0] =\nEOF"),
        ("EOF", "property[Domain][2] = x\nEOF"),
    ] {
        differ(&response, &reply(TEXT.replace(part, other)));
    }
}

#[test]
fn a_hole_differs_from_an_empty_cell() {
    let hole = table("property[a][1] = x\n");
    let empty = table("property[a][0] =\nproperty[a][1] = x\n");
    differ(&hole, &empty);
    differ(&table("property[a][0] = x\n"), &table("property[a][0] = x\nproperty[a][1] =\n"));
}

#[test]
fn cells_do_not_change_places() {
    let response = table("property[a][0] = x\nproperty[b][0] = y\n");
    differ(&response, &table("property[a][0] = y\nproperty[b][0] = x\n"));
    differ(&response, &table("property[a][0] = x\nproperty[b][1] = y\n"));
    differ(&response, &table("property[a][0] = x\nproperty[a][1] = y\n"));
    differ(&response, &table("property[a][0] = x\nb = y\n"));
    differ(&table("x = 1\ny = 2\n"), &table("x = 2\ny = 1\n"));
}

#[test]
fn truncation_makes_a_difference() {
    let parser = Parser::new().allow_truncated(true);
    let whole = framed("property[a][0] = x\n");
    let cut = reply_by(parser, whole.replace("EOF\n", ""));
    differ(&reply_by(parser, whole), &cut);
    same(&cut, &reply_by(parser, cut.encode().to_string()));
}

#[test]
fn many_names_compare_like_few() {
    let forward: String = (0..60).map(|n| format!("property[c{n}][0] = x\nf{n} = y\n")).collect();
    let backward: String =
        (0..60).rev().map(|n| format!("F{n} = y\nproperty[C{n}][0] = x\n")).collect();
    same(&table(&forward), &table(&backward));
    differ(&table(&forward), &table(&backward.replace("C37", "C60")));
    differ(&table(&forward), &table(&backward.replace("F37", "F60")));
}
