//! A response that is no success as an error: what it keeps, and what it shows.

use std::error::Error;

use cnic_response::{Code, Parser, Response, ResponseError};

use crate::util::{reply, reply_by};

fn error(description: &str) -> ResponseError {
    let text = format!("code = 541\ndescription = {description}\nproperty[auth][0] = hunter2\n");
    reply(text).into_result().expect_err("541")
}

#[test]
fn a_success_is_the_response_itself() {
    for code in 100..=999_u16 {
        let response = reply(format!("code = {code}\ndescription = x\nproperty[a][0] = b\n"));
        assert_eq!(response.is_success(), (200..=299).contains(&code));
        match response.clone().into_result() {
            Ok(same) => assert!(response.is_success() && same == response),
            Err(error) => {
                assert!(!response.is_success());
                assert_eq!((error.code(), error.description()), (response.code(), "x"));
            }
        }
    }
    let text = String::from("code = 200\n");
    let borrowed = Response::parse(&*text).map(Response::into_result);
    let borrowed = borrowed.expect("a response").expect("a success");
    assert_eq!(borrowed.as_str().as_ptr(), text.as_ptr(), "it is not copied");
}

#[test]
fn an_error_outlives_the_response() {
    fn assert<T: Error + Clone + Eq + std::hash::Hash + Send + Sync + 'static>(_: &T) {}

    let read = |text: String| -> Result<u16, Box<dyn Error + Send + Sync>> {
        Ok(Response::parse(&*text)?.into_result()?.code().as_u16())
    };
    assert_eq!(read("code = 210\n".into()).ok(), Some(210));
    let error = read("code = 545\ndescription = Entity reference not found\n".into());
    let error = error.expect_err("545").downcast::<ResponseError>().expect("its type");
    assert_eq!(error.to_string(), "545 Entity reference not found");
    assert_eq!(error.code(), Code::ENTITY_NOT_FOUND);
    assert_eq!(
        read("x".into()).expect_err("no code").to_string(),
        "no `code` field (line 1, byte 0)"
    );
    assert(&*error);
}

#[test]
fn secrets_are_shown_to_who_asks_for_the_description_alone() {
    for description in ["auth: hunter2", "Wrong code; password=hunter2 x", "AUTH CODE = 'hunter2'"]
    {
        let error = error(description);
        assert_eq!(error.description(), description);
        for shown in [format!("{error}"), format!("{error:?}"), format!("{error:#?}")] {
            assert!(!shown.contains("hunter2") && shown.contains("***"), "{shown}");
        }
    }
    let shown = error("Invalid attribute value; LIMIT");
    assert_eq!(shown.to_string(), "541 Invalid attribute value; LIMIT");
    assert_eq!(format!("{shown:?}"), "ResponseError(\"541 Invalid attribute value; LIMIT\")");
}

#[test]
fn a_description_does_not_move_the_cursor() {
    let error = error("a\u{1b}[2Jb\rc\u{9b}d \u{fc}");
    assert_eq!(error.to_string(), "541 a\\u{1b}[2Jb\\rc\\u{9b}d \u{fc}");
    assert_eq!(error.description(), "a\u{1b}[2Jb\rc\u{9b}d \u{fc}");
    assert_eq!(reply("code = 421\n").into_result().expect_err("421").to_string(), "421");
}

/// Who allows a cut text is told by `is_truncated`, not by the code.
#[test]
fn a_cut_response_is_as_its_code() {
    let parser = Parser::new().allow_truncated(true);
    let cut = reply_by(parser, "[RESPONSE]\ncode = 200\n").into_result().expect("200");
    assert!(cut.is_truncated());
}
