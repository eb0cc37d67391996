//! The oracle of replies over every fixture.

use cnic_testkit::{corpus, oracle};

#[test]
fn every_reply_satisfies_the_oracle() {
    for folder in ["response/valid", "response/invalid", "response/divergent"] {
        for case in corpus::cases(folder, "rsp", &["json", "err", "strict"]) {
            oracle::response(&case.bytes());
            oracle::response_differential(&case.bytes());
            oracle::response_prediction(&case.bytes());
            oracle::response_deserialize(&case.bytes());
        }
    }
}

#[test]
fn every_reply_may_follow_itself() {
    for folder in ["response/stream", "response/valid", "response/invalid", "response/divergent"] {
        for case in corpus::cases(folder, "rsp", &["json", "jsonl", "err", "strict"]) {
            oracle::response_stream(&[case.bytes(), case.bytes()].concat());
        }
    }
}
