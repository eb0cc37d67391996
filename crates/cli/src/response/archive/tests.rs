//! The memory that an archive takes does not depend on how many responses there are.

use std::fs::File;
use std::io::Write;

use clap::Parser as _;
use cnic_testkit::counting::cost;

use super::*;

#[derive(clap::Parser)]
struct Cli {
    #[command(flatten)]
    args: Args,
}

/// Writes so many responses of 20 rows as an archive, and returns how many bytes that held at a time.
fn peak(responses: usize, options: &[&str]) -> isize {
    let folder = tempfile::tempdir().expect("a folder");
    let [input, output] = ["in", "out"].map(|name| folder.path().join(name));
    let mut file = File::create(&input).expect("a file");
    for response in 0..responses {
        let mut text = String::from("[RESPONSE]\ncode = 200\n");
        for row in 0..20 {
            let name = format!("name-{response}-{row}.example.com");
            text.push_str(&format!("property[domain][{row}] = {name}\n"));
            text.push_str(&format!("property[{}][{row}] = {row}\n", ["a", "b"][response % 2]));
        }
        text.push_str("EOF\n");
        file.write_all(text.as_bytes()).expect("a file");
    }
    let paths = [&input, &output].map(|path| path.to_str().expect("UTF-8"));
    let all = ["cnic", paths[0], "--all", "--row-group", "2000", "-o", paths[1]];
    let cli = Cli::try_parse_from([&all[..], options].concat()).expect("options");
    let (written, spent) = cost(|| super::super::run(cli.args));
    assert!(written.is_ok() && output.is_file());
    spent.peak
}

#[test]
fn memory_does_not_grow_with_the_responses() {
    for options in [
        &["--format", "parquet"][..],
        &["--format", "parquet", "--columns", "domain,a"],
        &["--format", "parquet", "--layout", "long"],
        &["--format", "arrow"],
    ] {
        let [few, many] = [400, 1600].map(|responses| peak(responses, options));
        // What differs is the list of row groups at the end of the file.
        assert!(many < few + few / 8, "{options:?}: {few} and {many} bytes");
    }
}
