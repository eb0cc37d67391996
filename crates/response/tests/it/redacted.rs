//! Redacted replies: what is masked, what is not, and that they read back as replies of the same shape.

use cnic_response::{NoteKind, Parser, Redaction, Response};

use crate::util::{framed, notes, reply, reply_by, table};

/// The text between the envelope, the code and the description.
fn redacted(lines: &str) -> String {
    let text = table(lines).redacted().to_string();
    let head = "[RESPONSE]\ncode = 200\ndescription = Done\n";
    text.strip_prefix(head).and_then(|text| text.strip_suffix("EOF\n")).expect(&text).to_owned()
}

#[test]
fn secret_columns_and_fields_are_masked() {
    for (lines, expected) in [
        ("property[auth][0] = x\n", "property[auth][0] = ***\n"),
        (
            "property[Auth][3] = x\nproperty[AUTH][1] =\n",
            "property[Auth][1] = \nproperty[Auth][3] = ***\n",
        ),
        ("property[auth code][0] = x\n", "property[auth code][0] = ***\n"),
        ("property[ session_id ][0] = x\n", "property[ session_id ][0] = ***\n"),
        ("property[password0][0] = x\n", "property[password0][0] = ***\n"),
        ("SessionID = x\n", "SessionID = ***\n"),
        ("token =\n", "token = \n"),
        ("x = y\npassword = x\r y\n", "x = y\npassword = ***\n"),
        // Names, and what is no secret.
        ("property[column][0] = auth\n", "property[column][0] = auth\n"),
        ("property[owner auth][0] = x\n", "property[owner auth][0] = x\n"),
        ("property[authority][0] = x\nauthor = x\n", "author = x\nproperty[authority][0] = x\n"),
        ("property[auth][0] = ***\n", "property[auth][0] = ***\n"),
        // Cells that are given again, and a value of a list without rows.
        (
            "property[auth][0] = x\nproperty[a][0] = x\nproperty[Auth][0] = y\nproperty[a][0] = y\nproperty[auth][0] = z\n",
            "property[auth][0] = ***\nproperty[a][0] = x\nproperty[auth][0] = ***\nproperty[a][0] = y\nproperty[auth][0] = ***\n",
        ),
        (
            "property[auth][0] = x\nproperty[count][0] = 0\nproperty[sum][0] = x\n",
            "property[auth][0] = ***\nproperty[count][0] = 0\nproperty[sum][0] = x\n",
        ),
        ("property[domaincheck][0] = 210 auth=x\n", "property[domaincheck][0] = 210 auth=x\n"),
    ] {
        assert_eq!(redacted(lines), expected, "{lines}");
    }
}

#[test]
fn the_description_is_masked() {
    let text = "code = 531\ndescription = Authorization failed; auth: x, y\nauth = x\n";
    let response = reply(text);
    assert_eq!(
        response.redacted().to_string(),
        "[RESPONSE]\ncode = 531\ndescription = Authorization failed; auth: ***, y\nauth = ***\nEOF\n"
    );
    let redaction = Redaction::DEFAULT.with("description");
    let text = response.redacted_with(&redaction).to_string();
    assert!(text.contains("\ndescription = ***\n"), "{text}");
    let text = reply("code = 200\ndescription =\n").redacted_with(&redaction).to_string();
    assert_eq!(notes(&reply(text)), [(NoteKind::EmptyDescription, 3)]);
}

#[test]
fn names_can_be_added() {
    let response = table(
        "property[x-mine1][0] = a\nmine = b\nproperty[auth][0] = c\nproperty[my key][0] = d\n",
    );
    let redaction = Redaction::DEFAULT.with("X-Mine").with("mine").with("my key");
    let text = response.redacted_with(&redaction).to_string();
    for line in [
        "property[x-mine1][0] = ***",
        "mine = ***",
        "property[auth][0] = ***",
        "property[my key][0] = ***",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}: {text}");
    }
}

/// Whatever is masked, the reply has the shape that it had.
#[test]
fn a_redacted_reply_has_the_same_shape() {
    let everything = [
        "code",
        "column",
        "count",
        "first",
        "last",
        "limit",
        "total",
        "sum",
        "a",
        "b",
        "pending",
        "description",
    ];
    let everything =
        everything.iter().fold(Redaction::DEFAULT, |redaction, name| redaction.with(*name));
    let list = "property[column][0] = a\nproperty[count][0] = 4\nproperty[first][0] = 0\nproperty[last][0] = 3\n\
        property[limit][0] = 4\nproperty[total][0] = 9\nproperty[a][0] = x\nproperty[a][3] = y\nproperty[b][1] =\n";
    let empty = "property[column][0] = a\nproperty[count][0] = 0\nproperty[sum][0] = 12.34\nproperty[auth][0] = x\n";
    let wrong = "property[count][0] = 7\nproperty[a][0] = x\nproperty[auth][2] = y\nproperty[auth][2] = z\n";
    for lines in [
        list,
        empty,
        wrong,
        "",
        "pending = 1\npassword = x\nPASSWORD = y\n",
        "property[count][0] = x\nproperty[auth][1] = x\n",
    ] {
        let response = table(lines);
        for redacted in [response.redacted(), response.redacted_with(&everything)] {
            let text = redacted.to_string();
            let (again, plain) = (reply(text.as_str()), reply(response.encode().to_string()));
            assert_eq!(again.code(), response.code());
            assert_eq!(again.page(), response.page(), "{text}");
            assert_eq!(again.row_count(), response.row_count(), "{text}");
            assert!(again.declared_columns().eq(response.declared_columns()));
            assert!(again.columns().map(|c| c.name()).eq(response.columns().map(|c| c.name())));
            for (a, b) in again.columns().zip(response.columns()) {
                assert!(
                    a.cells()
                        .map(|(row, cell)| (row, cell.is_empty()))
                        .eq(b.cells().map(|(row, cell)| (row, cell.is_empty())))
                );
            }
            assert!(
                again.fields().map(|(name, _)| name).eq(response.fields().map(|(name, _)| name))
            );
            assert_eq!(notes(&again), notes(&plain), "{text}");
            assert_eq!(
                again.redacted_with(&everything).to_string(),
                response.redacted_with(&everything).to_string()
            );
        }
        assert!(!response.redacted_with(&everything).to_string().contains("12.34"));
    }
}

#[test]
fn a_reply_that_was_cut_off_stays_so() {
    let parser = Parser::new().allow_truncated(true);
    let response = reply_by(parser, "[RESPONSE]\ncode = 200\nproperty[auth][0] = hunt");
    let text = response.redacted().to_string();
    assert_eq!(text, "[RESPONSE]\ncode = 200\ndescription = \nproperty[auth][0] = ***\n");
    assert!(Response::parse(text).expect_err("cut off").is_truncated());
}

#[test]
fn debug_is_a_summary() {
    let response = table("property[auth][0] = hunter2\n");
    let shown = format!("{:?}", response.redacted());
    assert_eq!(
        shown,
        "Redacted(Response { code: 200, fields: 2, columns: 1, rows: 1, notes: 0, .. })"
    );
}

#[cfg(feature = "serde")]
#[test]
fn json_has_the_same_masks_and_all_the_rest() {
    let lines = "SessionID = x\nruntime = 0.1\ntoken =\nproperty[auth][0] = x\nproperty[auth][2] =\nproperty[domain][1] = auth=x\n\
        property[total][0] = 9\n...\nproperty[auth][0] = again\n";
    let text = framed(lines).replace("Done", "Done; password: x");
    let response = reply(text);
    let plain = serde_json::to_string(&response).expect("JSON");
    let expected = plain
        .replace(r#""sessionid":"x""#, r#""sessionid":"***""#)
        .replace(r#""auth":["x",null,""]"#, r#""auth":["***",null,""]"#)
        .replace("Done; password: x", "Done; password: ***");
    let masked = serde_json::to_string(&response.redacted()).expect("JSON");
    // A cell that came again is hidden as well, wherever it is written.
    assert_eq!(masked, expected.replace("again", "***"));
    assert_eq!(masked.matches("***").count(), plain.matches("again").count() + 3);
}

/// A name that describes a list is no secret; a word under such a name may be.
#[test]
fn a_word_for_a_number_is_masked() {
    let redaction = Redaction::DEFAULT.with("total").with("limit");
    for count in ["", "property[count][0] = 0\n"] {
        let lines = format!("property[limit][0] = 9\nproperty[total][0] = hunter2\n{count}");
        let text = table(&lines).redacted_with(&redaction).to_string();
        let expected = format!("property[limit][0] = 9\nproperty[total][0] = ***\n{count}");
        assert_eq!(text, framed(&expected));
    }
}

#[cfg(feature = "serde")]
#[test]
fn values_and_repeated_cells_are_masked_in_json() {
    let lines = "property[auth][0] = x\nproperty[count][0] = 0\nproperty[auth][0] = y\nproperty[count][0] = 7\n";
    let json = serde_json::to_string(&table(lines).redacted()).expect("JSON");
    let expected = concat!(
        r#""values":{"auth":"***"},"repeated":[{"column":"auth","row":0,"value":"***"},"#,
        r#"{"column":"count","row":0,"value":"7"}],"notes""#
    );
    assert!(json.contains(expected), "{json}");
}
