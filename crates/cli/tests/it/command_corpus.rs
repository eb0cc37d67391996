//! Every fixture of `testdata/command/` through the binary, against its expectation.

use std::process::Command;

use cnic_testkit::corpus::{self, Case};

/// Runs `cnic command` and returns standard output without its final line end, or where the exit status is 1 standard error.
fn cnic(case: &Case, options: &[&str]) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    let output =
        command.arg("command").arg(case.path()).args(options).output().expect("the binary runs");
    let text = |bytes| String::from_utf8(bytes).expect("the binary writes UTF-8");
    match output.status.code() {
        Some(0) => {
            let text = text(output.stdout);
            let text = text.strip_suffix('\n').expect("a line end");
            assert!(!text.ends_with('\n'), "more than one line end");
            Ok(text.to_owned())
        }
        Some(1) => {
            assert!(output.stdout.is_empty(), "output in spite of an error");
            Err(text(output.stderr))
        }
        status => panic!("exit status {status:?}: {}", text(output.stderr)),
    }
}

fn pretty(json: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).expect("JSON");
    format!("{value:#}\n")
}

/// Compares what each shape looks like; a case that is refused is refused in every shape, with the same words.
fn check(case: &Case, source: &str, shapes: &[(&str, &str)]) -> Result<(), String> {
    let text = cnic(case, &["--from", source]);
    case.expect("err", text.as_ref().err().map(String::as_str))?;
    case.expect("txt", text.as_deref().ok())?;
    for &(shape, ending) in shapes {
        let shaped = cnic(case, &["--from", source, "--to", shape]);
        if let (Err(problem), Err(other)) = (&text, &shaped) {
            assert_eq!(problem, other);
        }
        let shaped = shaped.ok();
        let shown = if shape == "json" { shaped.as_deref().map(pretty) } else { shaped };
        case.expect(ending, shown.as_deref())?;
    }
    Ok(())
}

#[track_caller]
fn check_folder(
    folder: &str,
    input: &str,
    endings: &[&str],
    at_least: usize,
    check: impl Fn(&Case) -> Result<(), String>,
) {
    let cases = corpus::cases(folder, input, endings);
    assert!(cases.len() >= at_least, "only {} cases", cases.len());
    let problems: Vec<_> = cases.iter().filter_map(|case| check(case).err()).collect();
    assert!(problems.is_empty(), "{} cases differ:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn commands_that_are_accepted() {
    check_folder("command/valid", "cmd", &["txt", "json", "redacted"], 50, |case| {
        check(case, "text", &[("json", "json")])?;
        let redacted = cnic(case, &["--to", "redacted"]).ok();
        if !case.path().with_extension("redacted").exists() {
            let text = cnic(case, &[]).ok();
            return if redacted == text {
                Ok(())
            } else {
                case.expect("redacted", redacted.as_deref())
            };
        }
        case.expect("redacted", redacted.as_deref())
    });
}

#[test]
fn commands_that_are_refused() {
    check_folder("command/invalid", "cmd", &["err"], 50, |case| {
        let refused = cnic(case, &["--to", "json"]).expect_err("the command is refused");
        assert_eq!(cnic(case, &["--check"]), Err(refused.clone()));
        case.expect("err", Some(&refused))
    });
}

#[test]
fn tag_rules() {
    check_folder("command/check", "cmd", &["txt", "err"], 50, |case| {
        let checked = cnic(case, &["--check"]);
        case.expect("err", checked.as_ref().err().map(String::as_str))?;
        case.expect("txt", checked.as_deref().ok())?;
        assert!(cnic(case, &[]).is_ok(), "{} is not a command", case.path().display());
        Ok(())
    });
}

#[test]
fn forms() {
    check_folder("command/form", "form", &["txt", "json", "flat", "wrapped", "err"], 100, |case| {
        check(case, "form", &[("json", "json"), ("flat", "flat"), ("form", "wrapped")])
    });
}
