//! `seeds TARGET FOLDER`: writes the inputs in `testdata` that a fuzz target can start from into a
//! folder, a file for each.

use std::path::Path;
use std::{env, fs};

use cnic_testkit::corpus;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [target, folder] = &arguments[..] else { panic!("usage: seeds TARGET FOLDER") };
    for (number, input) in corpus::inputs(target).iter().enumerate() {
        let file = Path::new(folder).join(number.to_string());
        fs::write(file, input).expect("a writable folder");
    }
}
