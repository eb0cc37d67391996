//! Every fixture of `testdata/response/` through the binary, against its expectation.

use std::process::{Command, Output};

use cnic_testkit::corpus::{self, Case};

fn cnic(case: &Case, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    command.arg("response").arg(case.path()).args(options);
    command.output().expect("the binary runs")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("the binary writes UTF-8")
}

/// What standard error says where the exit status is 1 and standard output is empty.
fn refusal(output: Output) -> Option<String> {
    match output.status.code() {
        Some(0) => None,
        Some(1) => {
            assert!(output.stdout.is_empty(), "output in spite of an error");
            Some(text(output.stderr))
        }
        status => panic!("exit status {status:?}: {}", text(output.stderr)),
    }
}

fn pretty(json: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).expect("JSON");
    format!("{value:#}\n")
}

fn check(case: &Case) -> Result<(), String> {
    let output = cnic(case, &["--format", "json"]);
    let accepted =
        output.status.success().then(|| pretty(&String::from_utf8_lossy(&output.stdout)));
    case.expect("json", accepted.as_deref())?;
    let refused = refusal(output);
    case.expect("err", refused.as_deref())?;

    let strict = refusal(cnic(case, &["--strict", "--format", "json"]));
    if refused.is_some() {
        // Strictness turns forgiveness into errors; it does not change what was an error before.
        if strict != refused {
            return Err(format!("{}\n --strict says: {strict:?}", case.path().display()));
        }
        return case.expect("strict", None);
    }
    case.expect("strict", strict.as_deref())
}

#[track_caller]
fn check_folder(folder: &str, at_least: usize) {
    let cases = corpus::cases(folder, "rsp", &["json", "err", "strict"]);
    assert!(cases.len() >= at_least, "only {} cases", cases.len());
    let problems: Vec<_> = cases.iter().filter_map(|case| check(case).err()).collect();
    assert!(problems.is_empty(), "{} cases differ:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn valid_replies() {
    check_folder("response/valid", 100);
}

#[test]
fn invalid_replies() {
    check_folder("response/invalid", 100);
    for case in corpus::cases("response/invalid", "rsp", &["err"]) {
        assert!(
            case.path().with_extension("err").exists(),
            "{} is accepted",
            case.path().display()
        );
    }
}

#[test]
fn replies_on_which_other_parsers_disagree() {
    check_folder("response/divergent", 40);
}
