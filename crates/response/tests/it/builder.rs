//! Replies made here: what the builder refuses, and that the rest can be read back as it was given.

use cnic_response::{BuildErrorKind, Code, NoteKind, Page, Parser, Response, ResponseBuilder};
use cnic_testkit::counting::cost;

use crate::util::{column, names, notes, reply, reply_by};

fn new() -> ResponseBuilder {
    ResponseBuilder::new(Code::COMPLETED)
}

#[track_caller]
fn built(builder: ResponseBuilder) -> Response<'static> {
    match builder.build() {
        Ok(response) => response,
        Err(error) => panic!("refused: {error}"),
    }
}

#[track_caller]
fn refuses(builder: ResponseBuilder, kind: BuildErrorKind, text: &str) {
    let error = builder.build().expect_err("must be refused");
    assert_eq!((error.kind(), error.to_string().as_str()), (kind, text));
}

//--- Refusals

#[track_caller]
fn refuses_line_break(builder: ResponseBuilder) {
    refuses(builder, BuildErrorKind::LineBreak, "line break in a name or value");
}

#[test]
fn line_breaks() {
    for odd in ["x\ny", "x\ry", "\n", "\r", "x\r\n", "\nx", "x\nEOF\ncode = 500"] {
        refuses_line_break(new().description(odd));
        refuses_line_break(new().field(odd, "x"));
        refuses_line_break(new().field("x", odd));
        refuses_line_break(new().cell(odd, 0, "x"));
        refuses_line_break(new().cell("x", 0, odd));
        refuses_line_break(new().column(odd, ["x"]));
        refuses_line_break(new().column("x", ["y", odd]));
        refuses_line_break(new().row([("x", "y"), (odd, "x")]));
        refuses_line_break(new().row([("x", "y"), ("z", odd)]));
    }
}

#[track_caller]
fn refuses_outer_blank(builder: ResponseBuilder) {
    refuses(
        builder,
        BuildErrorKind::OuterBlank,
        "leading or trailing whitespace in a name or value",
    );
}

#[test]
fn outer_blanks() {
    for odd in [" x", "x ", "\tx", "x\t", " ", "\t"] {
        refuses_outer_blank(new().description(odd));
        refuses_outer_blank(new().field(odd, "x"));
        refuses_outer_blank(new().field("x", odd));
        refuses_outer_blank(new().cell("x", 0, odd));
        refuses_outer_blank(new().column("x", [odd]));
        refuses_outer_blank(new().row([("x", odd)]));
    }
    let response = built(new().cell(" x ", 0, "a b").field("a b", "\u{a0}c\u{a0}"));
    assert_eq!(names(&response), [" x "], "a column name is not trimmed");
    assert_eq!(response.field("a b"), Some("\u{a0}c\u{a0}"), "nor is anything but SP and TAB");
}

#[test]
fn field_names() {
    for odd in [
        "",
        "=",
        "a=b",
        "code",
        "CODE",
        "description",
        "Description",
        "property[",
        "property[a][0]",
        "PROPERTY[x",
    ] {
        refuses(new().field(odd, "x"), BuildErrorKind::FieldName, "not the name of a field");
    }
    for fine in ["property", "property [a]", "EOF", "[RESPONSE]", "total[0]", "co de", "straße"] {
        assert_eq!(built(new().field(fine, "x")).field(fine), Some("x"), "{fine}");
    }
}

#[test]
fn column_names() {
    for odd in ["]", "a]", "]a", "a][0"] {
        refuses(new().cell(odd, 0, "x"), BuildErrorKind::ColumnName, "column name with `]`");
        refuses(new().column(odd, ["x"]), BuildErrorKind::ColumnName, "column name with `]`");
        refuses(new().row([(odd, "x")]), BuildErrorKind::ColumnName, "column name with `]`");
    }
    for fine in ["", " ", "a[b", "a=b", "code", "EOF", "[RESPONSE", "straße", "\u{feff}"] {
        assert_eq!(built(new().cell(fine, 0, "x")).get(fine, 0), Some("x"), "{fine}");
    }
}

#[track_caller]
fn refuses_duplicate(builder: ResponseBuilder) {
    refuses(builder, BuildErrorKind::Duplicate, "field or cell given twice");
}

#[test]
fn duplicates() {
    refuses_duplicate(new().field("x", "1").field("x", "1"));
    refuses_duplicate(new().field("x", "1").field("X", "2"));
    refuses_duplicate(new().cell("a", 0, "1").cell("A", 0, "1"));
    refuses_duplicate(new().cell("a", 7, "1").cell("b", 0, "").cell("a", 7, ""));
    refuses_duplicate(new().column("a", ["1"]).column("a", ["2"]));
    refuses_duplicate(new().column("a", ["1"]).row([("a", "2")]));
    refuses_duplicate(new().row([("a", "1"), ("a", "2")]));
    refuses_duplicate(new().page(Page::window(0, 1, 1, 1)).cell("TOTAL", 0, "1"));
    built(
        new().field("x", "1").cell("x", 0, "1").cell("x ", 0, "1").field("x y", "").field("xy", ""),
    );
}

#[test]
fn the_first_refusal_is_remembered() {
    let builder = new().cell("]", 0, "x").description("x\n").field("", " ").description("fine");
    refuses(builder, BuildErrorKind::ColumnName, "column name with `]`");
    refuses_outer_blank(new().field("x", "1").field("x", " 2"));
}

//--- Round trips

#[test]
fn every_method_round_trips() {
    let response = built(
        ResponseBuilder::new(Code::ENTITY_NOT_FOUND)
            .description("Entity reference not found; a = b")
            .field("runtime", "0.012")
            .field("PENDING", "")
            .column("column", ["domain", "status", "note"])
            .row([("domain", "example.com"), ("status", "ACTIVE")])
            .row([("Domain", String::from("example.net"))])
            .row([("domain", ""), ("status", "HOLD")])
            .cell("note", 1, "EOF")
            .column("nameserver", (1..4).map(|n| format!("ns{n}.example.test")))
            .page(Page::window(10, 3, 3, 20)),
    );
    assert_eq!(response.code(), 545);
    assert_eq!(response.description(), "Entity reference not found; a = b");
    assert_eq!(response.fields().collect::<Vec<_>>(), [("runtime", "0.012"), ("PENDING", "")]);
    assert_eq!(response.declared_columns().collect::<Vec<_>>(), ["domain", "status", "note"]);
    assert_eq!(names(&response), ["domain", "status", "note", "nameserver"]);
    assert_eq!(column(&response, "domain"), [Some("example.com"), Some("example.net"), Some("")]);
    assert_eq!(column(&response, "status"), [Some("ACTIVE"), None, Some("HOLD")]);
    assert_eq!(column(&response, "note"), [None, Some("EOF")]);
    assert_eq!(response.get("nameserver", 2), Some("ns3.example.test"));
    assert_eq!(response.page(), Some(Page::window(10, 3, 3, 20)));
    assert!(response.is_framed() && !response.is_truncated());
    assert_eq!(response.notes(), []);

    let text = response.encode().to_string();
    assert_eq!(reply_by(Parser::strict(), text.as_str()), response);
    assert_eq!(reply(text.as_str()).encode().to_string(), text);
    assert_eq!(reply(response.as_str()), response);
}

#[test]
fn the_text_is_in_canonical_form() {
    let response = built(
        new().cell("b", 1, "w").row([("a", "x"), ("b", "")]).field("X", "z").cell("a", 9, "y"),
    );
    assert_eq!(
        response.encode().to_string(),
        "[RESPONSE]\ncode = 200\ndescription = Command completed successfully\nX = z\n\
         property[b][0] = \nproperty[b][1] = w\nproperty[a][0] = x\nproperty[a][9] = y\nEOF\n"
    );
}

/// The text is what the response is read from, whatever is added in which order; and both reject
/// the same.
#[test]
fn the_text_needs_no_response() {
    let names = ["a", "A", "b", "a ", "", "straße", "STRASSE"];
    let mut rejected = 0;
    for seed in 0..2000_usize {
        let (mut builder, mut places) = (new(), Vec::new());
        for step in 0..seed % 7 {
            let n = seed / 7 * (step + 3) + step * step;
            let (name, row) = (names[n % 7], u32::try_from(n / 7 % 5).expect("few"));
            if n % 3 == 0 {
                builder = builder.field(&format!("f{}", name.trim()), "x");
                places.push(format!("f{}", name.trim()).to_ascii_lowercase());
            } else {
                builder = builder.cell(name, row, "y");
                places.push(format!("{name}][{row}").to_ascii_lowercase());
            }
        }
        let len = places.len();
        places.sort();
        places.dedup();
        match builder.to_text() {
            Ok(text) => {
                assert_eq!(len, places.len(), "{text}");
                let response = built(builder);
                assert_eq!(response.as_str(), text);
                assert_eq!(reply(text.as_str()), reply(response.encode().to_string().as_str()));
            }
            Err(error) => {
                assert_eq!(error.kind(), BuildErrorKind::Duplicate, "{places:?}");
                assert!(len > places.len(), "{places:?}");
                assert_eq!(builder.build().expect_err("the same"), error);
                rejected += 1;
            }
        }
    }
    assert!((100..1900).contains(&rejected), "{rejected}");
    let (builder, odd) = (new().field("x", "1"), new().cell("]", 0, "x").field("", "x"));
    assert_eq!(odd.to_text().expect_err("rejected").kind(), BuildErrorKind::ColumnName);
    assert_eq!(builder.to_text(), builder.clone().to_text(), "it may be asked for again");
    assert_eq!(
        builder.cell("B", 1, "w").row([("a", "x"), ("b", "")]).to_text().expect("a text"),
        "[RESPONSE]\ncode = 200\ndescription = Command completed successfully\nx = 1\n\
         property[B][1] = w\nproperty[a][0] = x\nproperty[b][0] = \nEOF\n"
    );
}

/// The text, the number in it, and the places of the cells in order.
#[test]
fn a_text_takes_three_allocations() {
    let row = |builder: ResponseBuilder, n: u32| {
        builder.cell("domain", n, "example.com").cell("status", n, "ACTIVE")
    };
    let builder = (0..1000).fold(new().field("runtime", "0"), row);
    let (text, spent) = cost(|| builder.to_text().expect("a text"));
    assert!(spent.allocations <= 3, "{} allocations", spent.allocations);
    let most = text.len() + 8 * 2000 + 100;
    assert!(spent.peak.unsigned_abs() < most, "{} of {most} bytes", spent.peak);
}

#[test]
fn the_description_is_the_meaning_until_it_is_set() {
    for code in Code::KNOWN {
        let response = built(ResponseBuilder::new(*code));
        assert_eq!((response.code(), Some(response.description())), (*code, code.meaning()));
    }
    let unknown = built(ResponseBuilder::new(Code::from_u16(599).expect("a code")));
    assert_eq!(unknown.description(), "");
    assert_eq!(notes(&unknown), [(NoteKind::EmptyDescription, 3)]);
    assert_eq!(built(new().description("one").description("two")).description(), "two");
    assert_eq!(built(new().description("")).description(), "");
}

#[test]
fn rows_are_counted_by_their_calls() {
    let empty: [(&str, &str); 0] = [];
    let response = built(new().column("a", ["x"]).row(empty).row([("b", "y")]));
    assert_eq!(column(&response, "b"), [None, Some("y")]);
    assert_eq!(column(&response, "a"), [Some("x")]);
    assert!(built(new().column("a", empty.map(|_| ""))).column("a").is_none());
}

#[test]
fn members_of_a_page_that_are_none_are_left_out() {
    let mut page = Page::default();
    assert_eq!(built(new().page(page)).page(), None);
    page.limit = Some(u64::MAX);
    let response = built(new().page(page));
    assert_eq!(response.page(), Some(page));
    assert_eq!(response.get("limit", 0), Some("18446744073709551615"));
    assert!(response.column("total").is_none());
}

#[test]
fn the_default_limits_do_not_bind_the_builder() {
    let response = built(new().cell("a", u32::MAX - 1, "x"));
    assert_eq!(response.get("a", 0xffff_fffe), Some("x"));
    let wide = (0..16_385).fold(new(), |builder, n| builder.cell(&n.to_string(), 0, ""));
    assert_eq!(built(wide).columns().count(), 16_385);
}

#[test]
fn a_count_that_is_wrong_is_noted_not_refused() {
    let response = built(new().row([("a", "x")]).page(Page::window(0, 2, 2, 2)));
    assert_eq!(notes(&response), [(NoteKind::CountMismatch, 5)]);
}

//--- Encoding what was read

#[test]
fn encoding_is_a_fixed_point() {
    for text in [
        "code = 200\n",
        "CODE=200\r\nDESCRIPTION=Done\r\nPROPERTY[A][1]=x\r\nproperty[a][0] = \r\n",
        "code = 200\ndescription = x\ry\r \nz = \r \n",
        "description = x\ncode = 200\nd\r = 1\nproperty[a\r][0] = \ry\r",
        "[RESPONSE]\ncode = 200\n[RESPONSE] = 1\nEOF = 2\nproperty = 3\nEOF\nx = 1\n",
        "\u{feff}code = 200\n\u{feff}x = \u{feff}\nproperty[][0] = \u{a0}\nproperty[ ][0] =\n",
        "code = 200\nproperty[ count][0] = 3\nproperty[count][0] = x\nproperty[a][0] = x\n",
        "code = 200\nproperty[a][200000] = 2\nproperty[a][2] = 1\nproperty[a][2] = 3\n",
    ] {
        let response = reply(text);
        let encoded = response.encode().to_string();
        let again = reply(encoded.as_str());
        assert_eq!(again, response, "{text:?}");
        assert_eq!(again.encode().to_string(), encoded, "{text:?}");
    }
}

#[test]
fn a_truncated_reply_does_not_pass_for_a_whole_one() {
    let parser = Parser::new().allow_truncated(true);
    let encoded = reply_by(parser, "[RESPONSE]\ncode = 200\nx = y").encode().to_string();
    assert_eq!(encoded, "[RESPONSE]\ncode = 200\ndescription = \nx = y\n");
    assert!(Response::parse(encoded.as_str()).expect_err("cut off").is_truncated());
    assert_eq!(reply_by(parser, encoded.as_str()).encode().to_string(), encoded);
}
