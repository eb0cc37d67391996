//! Input that comes in pieces, that is long, or that has no end.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

fn cnic(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn start(command: &mut Command) -> Child {
    command.spawn().expect("the binary starts")
}

fn end(child: Child) -> Output {
    child.wait_with_output().expect("the binary ends")
}

fn with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = start(&mut cnic(arguments));
    child.stdin.take().expect("a pipe").write_all(input).expect("it reads");
    end(child)
}

#[track_caller]
fn succeeds(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

#[track_caller]
fn fails(output: &Output, status: i32) -> &str {
    assert_eq!(output.status.code(), Some(status));
    assert!(output.stdout.is_empty(), "output in spite of an error");
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

/// A reply of about 10 kB.
fn long_reply(number: usize) -> Vec<u8> {
    format!("[RESPONSE]\ncode = 200\nqueuetime = {number}\ndescription = {:a>10000}\nEOF\n", "")
        .into_bytes()
}

#[cfg(unix)]
#[test]
fn all_reads_more_than_it_may_hold_in_memory() {
    let file = std::env::temp_dir().join(format!("cnic-stream-{}.rsp", std::process::id()));
    let mut stream = BufWriter::new(File::create(&file).expect("a file"));
    for number in 0..10_000 {
        stream.write_all(&long_reply(number)).expect("room");
    }
    stream.flush().expect("room");
    let binary = env!("CARGO_BIN_EXE_cnic");
    // The input has 100 MB, and the program may have 50, the stack and the code included. Only Linux counts like this.
    let limit = if cfg!(target_os = "linux") { "ulimit -v 50000;" } else { "" };
    let output = Command::new("sh")
        .args(["-c", &format!("{limit} exec \"$0\" response --all \"$1\""), binary])
        .arg(&file)
        .output()
        .expect("a shell");
    std::fs::remove_file(file).expect("the file is there");
    let lines: Vec<&str> = succeeds(&output).lines().collect();
    assert_eq!(lines.len(), 10_000);
    for (number, line) in lines.iter().enumerate() {
        assert!(line.contains(&format!("\"queuetime\":\"{number}\"")), "{number}");
    }
}

#[test]
fn all_writes_nothing_if_the_last_of_many_is_bad() {
    let mut log: Vec<u8> = (0..300).flat_map(long_reply).collect();
    log.extend_from_slice(b"[RESPONSE]\ncode = 200\n");
    let output = with_input(&["response", "--all"], &log);
    assert_eq!(fails(&output, 1), "error: `[RESPONSE]` without `EOF` (line 1502, byte 3017001)\n");
}

#[test]
fn all_goes_on_behind_bytes_that_are_not_text() {
    let log = b"[RESPONSE]\ncode = 200\n\xff\nEOF\n[RESPONSE]\ncode = x\nEOF\n";
    assert_eq!(
        fails(&with_input(&["response", "--all"], log), 1),
        "error: invalid UTF-8 at byte 22 (line 3, byte 22)\n\
         error: `code` is not a number from 100 to 999 (line 6, byte 39)\n"
    );
}

#[cfg(unix)]
#[test]
fn all_keeps_the_input_and_not_the_output_that_can_be_much_longer() {
    let nowhere = |input: &[u8]| {
        let mut child = start(cnic(&["response", "--all"]).env("TMPDIR", "/no/such/folder"));
        let _ = child.stdin.take().expect("a pipe").write_all(input);
        end(child)
    };
    let sparse = nowhere(b"code = 200\nproperty[domain][262000] = example.com\n");
    assert!(succeeds(&sparse).len() > 1_300_000);

    let log: Vec<u8> = (0..300).flat_map(long_reply).collect();
    let problem = "error: cannot read standard input: no temporary copy in /no/such/folder: ";
    let output = nowhere(&log);
    let line = fails(&output, 2);
    assert!(line.starts_with(problem) && line.lines().count() == 1, "{line}");
}

#[test]
fn all_tells_of_a_bad_reply_when_it_comes() {
    let mut child = start(&mut cnic(&["response", "--all"]));
    let mut stdin = child.stdin.take().expect("a pipe");
    let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
    let (sender, told) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        stderr.lines().try_for_each(|line| sender.send(line.expect("UTF-8")))
    });
    for line in
        ["error: no `code` field (line 2, byte 11)", "error: no `code` field (line 4, byte 26)"]
    {
        stdin.write_all(b"[RESPONSE]\nEOF\n").expect("it reads");
        let told = told.recv_timeout(Duration::from_secs(60));
        assert_eq!(told.expect("a line while the input goes on"), line);
    }
    drop(stdin);
    assert_eq!(end(child).status.code(), Some(1));
    reader.join().expect("the reader ends").expect("nobody stopped listening");
}

#[test]
fn a_slow_input_shows_no_progress_where_nobody_looks() {
    for arguments in [&["response", "--all"][..], &["response", "--format", "json"]] {
        let mut child = start(&mut cnic(arguments));
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(b"code = 200\n").expect("it reads");
        std::thread::sleep(Duration::from_millis(1100));
        stdin.write_all(b"description = Done\n").expect("it reads");
        drop(stdin);
        let output = end(child);
        assert!(succeeds(&output).starts_with("{\"code\":200,"));
    }
}

#[test]
fn an_endless_input_is_refused_at_the_limit() {
    for (arguments, limit) in [
        (&["command"][..], 64),
        (&["command", "--from", "form"], 64),
        (&["receipt"], 1),
        (&["register"], 1),
        (&["register", "--format", "json"], 1),
    ] {
        let mut child = start(&mut cnic(arguments));
        let mut stdin = child.stdin.take().expect("a pipe");
        // Four times the largest limit, in MiB.
        let written = (0..256).take_while(|_| stdin.write_all(&[b'a'; 1 << 20]).is_ok()).count();
        drop(stdin);
        assert!((limit..2 * limit).contains(&written), "{arguments:?}: {written} MiB");
        let output = end(child);
        let problem = "error: more bytes than the limit (line 1, byte 0)\n";
        assert_eq!(String::from_utf8_lossy(&output.stderr), problem, "{arguments:?}");
        assert_eq!(output.status.code(), Some(1));
        let object = "{\"ok\":false,\"violations\":[{\"field\":\"form\",\"rule\":\"ByteLimit\",\
            \"message\":\"more bytes than the limit\"}]}\n";
        let is_json = arguments.ends_with(&["json"]);
        let expected = if is_json { object } else { "" };
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{arguments:?}");
    }
}

#[test]
fn a_long_file_is_read_as_a_pipe_is() {
    const GOOD: &str = "[RESPONSE]\ncode = 200\ndescription = Done\nEOF\n";
    const GONE: &str = "[RESPONSE]\ncode = 545\ndescription = Gone\nEOF\n";
    const BAD: &str = "[RESPONSE]\ncode = x\nEOF\n";
    let list: String = (0..2000).map(|row| format!("property[a][{row}] = {row}\n")).collect();
    let long = format!("[RESPONSE]\ncode = 200\ndescription = Done\n{list}EOF\n");
    let noted = GOOD.replace("EOF", "...\nEOF");
    // The text belongs to what follows it, wherever it is cut.
    let open = "[RESPONSE]\ncode = 200\ndescription = Done\neof\ntext\nEOF\n";
    // Longer than a block can be.
    let longest = "[RESPONSE]\ncode = 200\ndescription = x\n".to_owned()
        + &"property[a][0] = x\n".repeat(2_000_000)
        + "EOF\n";
    let logs = [
        [GOOD, GONE, &noted].concat().repeat(50_000),
        [&*long, GONE, &noted, BAD].concat().repeat(100),
        [&*GOOD.repeat(100_000), &noted, "-- the end --\n"].concat(),
        [&*GOOD.repeat(100_000), "text\nEOF\n", &GONE.repeat(100_000)].concat(),
        open.repeat(60_000),
        [&*GOOD.repeat(60_000), &longest, &*noted.repeat(60_000)].concat(),
        "code = 200\ndescription = Done\n".repeat(100_000),
        [&*GOOD.repeat(60_000), "[RESPONSE]\n"].concat(),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    for (number, log) in logs.iter().enumerate() {
        let path = folder.path().join("log");
        std::fs::write(&path, log).expect("a file");
        let path = path.to_str().expect("UTF-8");
        for options in [&["--fail"][..], &["--keep-going"], &["--format", "text"]] {
            let arguments = [&["response", "--all"], options].concat();
            let mut child = start(&mut cnic(&arguments));
            let mut stdin = child.stdin.take().expect("a pipe");
            // It writes while it reads.
            let from_pipe = std::thread::scope(|scope| {
                scope.spawn(move || stdin.write_all(log.as_bytes()).expect("it reads"));
                end(child)
            });
            let from_file = with_input(&[&arguments[..], &[path]].concat(), b"");
            assert!(from_file == from_pipe, "log {number}, {options:?}");
        }
    }
}
