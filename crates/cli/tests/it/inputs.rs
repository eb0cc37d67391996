//! Input as it lies around: compressed, in a URL or a log, or something else than was asked for.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;

fn cnic(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::thread::scope(|scope| {
        // A child that has read enough closes the pipe early.
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output().expect("the binary ends")
    })
}

/// Asserts what is written to standard output and error.
#[track_caller]
fn check(arguments: &[&str], input: &[u8], status: i32, out: &str, err: &str) {
    let output = cnic(arguments, input);
    assert_eq!(String::from_utf8_lossy(&output.stderr), err, "{arguments:?}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), out, "{arguments:?}");
    assert_eq!(output.status.code(), Some(status), "{arguments:?}");
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("a file");
    path.into_os_string().into_string().expect("UTF-8")
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text).expect("memory");
    packed.finish().expect("memory")
}

/// Returns a text in each way to compress it.
fn packed(text: &[u8]) -> Vec<Vec<u8>> {
    vec![
        gzip(text),
        #[cfg(feature = "zstd")]
        zstd::encode_all(text, 1).expect("memory"),
    ]
}

const RESPONSE: &str = "[RESPONSE]\ncode = 200\ndescription = Done\nEOF\n";
const COMMAND: &str = "COMMAND=X\nAUTH=hunter2\n";
const FORM: &str = "s_login=a&s_pw=hunter2&command=X&AUTH=hunter2\n";
const REGISTRATION: &str =
    "user=H1&password=p&domain=example&suffix=uk.com&chandle=H1&thandle=H2\n";

//--- Compressed

#[test]
fn compressed_input_is_told_by_its_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    for (arguments, text) in [
        (&["response"][..], RESPONSE),
        (&["response", "--all"], RESPONSE),
        (&["response", "--all", "--keep-going", "--format", "text"], RESPONSE),
        (&["command"], COMMAND),
        (&["command", "--all"], COMMAND),
        (&["command", "--from", "form"], FORM),
        (&["command", "--from", "form", "--all"], FORM),
        (&["register"], REGISTRATION),
        (&["receipt"], "Status: 0\namount: 65.00\n"),
    ] {
        let plain = cnic(arguments, text.as_bytes());
        assert_eq!(plain.status.code(), Some(0), "{arguments:?}");
        for packed in packed(text.as_bytes()) {
            assert_eq!(cnic(arguments, &packed), plain, "{arguments:?}");
            let name = file(folder.path(), "without-an-extension", &packed);
            assert_eq!(cnic(&[arguments, &[&name]].concat(), b""), plain, "{arguments:?}");
        }
        // Its name alone makes nothing compressed.
        let name = file(folder.path(), "plain.gz", text.as_bytes());
        assert_eq!(cnic(&[arguments, &[&name]].concat(), b""), plain, "{arguments:?}");
    }
    let mut names: Vec<_> = packed(RESPONSE.as_bytes())
        .iter()
        .enumerate()
        .map(|(number, packed)| file(folder.path(), &number.to_string(), packed))
        .collect();
    names.push(file(folder.path(), "plain", RESPONSE.as_bytes()));
    let mut arguments = vec!["response", "--all", "--format", "text"];
    arguments.extend(names.iter().map(String::as_str));
    check(&arguments, b"", 0, &RESPONSE.repeat(names.len()), "");
}

#[cfg(feature = "parquet")]
#[test]
fn compressed_files_are_read_twice_where_that_is_needed() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = b"[RESPONSE]\ncode = 200\ndescription = Done\nproperty[a][0] = x\nEOF\n";
    let plain = file(folder.path(), "plain", list);
    let arguments = ["response", "--all", "--format", "arrow"];
    let expected = cnic(&[&arguments[..], &[&plain]].concat(), b"");
    assert_eq!(expected.status.code(), Some(0));
    for packed in packed(list) {
        let name = file(folder.path(), "packed", &packed);
        assert_eq!(cnic(&[&arguments[..], &[&name]].concat(), b""), expected);
    }
}

#[test]
fn a_long_compressed_file_is_read_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = Vec::new();
    for number in 0..400 {
        let rest = "x".repeat(10_000);
        let response = format!("[RESPONSE]\ncode = 200\nn = {number}\ndescription = {rest}\nEOF\n");
        text.extend_from_slice(response.as_bytes());
    }
    // Long enough on the disk to be read as blocks.
    let mut packed = GzEncoder::new(Vec::new(), Compression::none());
    packed.write_all(&text).expect("memory");
    let packed = file(folder.path(), "packed", &packed.finish().expect("memory"));
    let plain = file(folder.path(), "plain", &text);
    let expected = cnic(&["response", "--all", &plain], b"");
    let output = cnic(&["response", "--all", &packed], b"");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout.iter().filter(|&&byte| byte == b'\n').count(), 400);
    assert!(output == expected);
}

#[test]
fn a_small_file_can_not_become_more_than_the_limit() {
    let mut bomb = gzip(&vec![b'\n'; 1 << 20]).repeat(100);
    assert!(bomb.len() < 1 << 20);
    // It is not read to its end.
    bomb.extend_from_slice(b"damaged");
    let problem = "error: more bytes than the limit (line 1, byte 0)\n";
    check(&["command"], &bomb, 1, "", problem);
    #[cfg(feature = "zstd")]
    {
        let bomb = zstd::encode_all(&vec![b'\n'; 65 << 20][..], 1).expect("memory");
        assert!(bomb.len() < 1 << 16);
        check(&["command"], &bomb, 1, "", problem);
    }
}

/// 100 MB in 50 MB of memory, the stack and the code included. Only Linux counts like this.
#[cfg(target_os = "linux")]
#[test]
fn compressed_input_is_read_piece_by_piece() {
    let folder = tempfile::tempdir().expect("a folder");
    let rest = "x".repeat(10_000);
    let response = format!("[RESPONSE]\ncode = 200\ndescription = {rest}\nEOF\n");
    for packed in packed(response.as_bytes()) {
        let name = file(folder.path(), "packed", &packed.repeat(10_000));
        let script = "ulimit -v 60000; exec \"$0\" response --all --keep-going \"$1\" | wc -l";
        let mut shell = Command::new("sh");
        shell.args(["-c", script, env!("CARGO_BIN_EXE_cnic"), &name]);
        let output = shell.output().expect("a shell");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "10000");
    }
}

#[test]
fn a_damaged_file_is_no_short_one() {
    let long: String = RESPONSE.repeat(1000);
    for (packed, name) in packed(long.as_bytes()).iter().zip(["gzip", "zstd"]) {
        let cut = &packed[..packed.len() - 3];
        let problem =
            format!("error: cannot read standard input: damaged {name} file: it is cut off\n");
        for arguments in [&["response"][..], &["response", "--all"], &["command"]] {
            check(arguments, cut, 2, "", &problem);
        }
        let arguments = ["response", "--all", "--keep-going", "--format", "text"];
        let output = cnic(&arguments, cut);
        assert_eq!(String::from_utf8_lossy(&output.stderr), problem);
        assert_eq!(output.status.code(), Some(2));
        // What could be read is there as it was.
        assert!(long.as_bytes().starts_with(&output.stdout));
    }
}

#[cfg(not(feature = "zstd"))]
#[test]
fn a_build_without_zstd_says_so() {
    let problem = "error: cannot read standard input: it is compressed with zstd, and this cnic is built without it: \
        unpack it first, as `zstd -dc FILE` does\n";
    check(&["response"], b"\x28\xb5\x2f\xfd\x20\x00", 2, "", problem);
}

//--- URLs and logs

#[test]
fn a_url_is_a_form() {
    let url = "https://api.example/api/call.cgi?s_login=a&s_pw=hunter2&command=X&auth=hunter2";
    for more in [&[][..], &["--all"]] {
        let options = [&["command", "--from", "form", "--to", "redacted", url], more].concat();
        let output = cnic(&options, b"");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.contains("COMMAND=X\nauth=***\n"), "{text}");
        assert!(!text.contains("hunter2") && output.stderr.is_empty());
        let lower = "HTTP://api.example/?command=X";
        let output = cnic(&[&["command", "--from", "form", lower], more].concat(), b"");
        assert!(String::from_utf8_lossy(&output.stdout).contains("COMMAND=X\n"));
    }
    // Neither is it opened nor is it in a message.
    let opened = "error: cannot read the URL: cnic opens none, and takes one for a command with `command --from form`\n";
    for arguments in [&["response"][..], &["response", "--all"], &["command"], &["register"]] {
        check(&[arguments, &[url]].concat(), b"", 2, "", opened);
    }
    let broken = "https://api.example/?s_pw=hunter2&command=X&auth";
    let problem = "error: pair without `=` (line 1, byte 44)\n";
    check(&["command", "--from", "form", broken], b"", 1, "", problem);
    let problem = "error: the URL: pair without `=` (line 1, byte 44)\n";
    check(&["command", "--from", "form", "--all", broken, url], b"", 1, "", problem);
    let output = cnic(&["command", "--from", "form", "s_pw=hunter2&command=X"], b"");
    let problem = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(problem.starts_with("error: cannot read the argument: "), "{problem}");
    assert_eq!((output.status.code(), problem.contains("hunter2")), (Some(2), false));
}

#[test]
fn a_url_in_the_wrong_place_is_not_shown() {
    let url = "https://api.example/api/call.cgi?s_pw=hunter2&command=X";
    for arguments in [&[url][..], &["code", url], &["response", "--format", url]] {
        let output = cnic(arguments, b"");
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(text.contains("a URL is for `cnic command --from form URL`"), "{text}");
        assert!(!text.contains("hunter2") && output.stdout.is_empty(), "{text}");
    }
}

#[test]
fn a_form_in_the_wrong_place_is_not_shown() {
    let form = "s_login=me&s_pw=hunter2&command=X";
    for arguments in [&[form][..], &["code", form], &["response", "--format", form]] {
        let output = cnic(arguments, b"");
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(text.contains("a form is for `cnic command --from form`"), "{text}");
        assert!(!text.contains("hunter2") && output.stdout.is_empty(), "{text}");
    }
}

#[test]
fn the_query_of_a_request_is_its_own() {
    let from = "\"https://shop.example/?command=DeleteDomain&domain=a.test\" \"Mozilla/5.0\"";
    let call = format!("192.0.2.1 - - [date] \"GET /api?command=X HTTP/1.1\" 200 12 {from}\n");
    let page = format!("192.0.2.1 - - [date] \"GET /logo.png HTTP/1.1\" 200 12 {from}\n");
    let post = "192.0.2.1 - - [date] \"POST /api/call.cgi HTTP/1.1\" 200 12 \"-\" \"-\"\n";
    let options = ["command", "--from", "form", "--to", "json"];
    let json = "{\"command\":\"X\",\"params\":{}}\n";
    check(&options, call.as_bytes(), 0, json, "");
    for line in [&*page, post] {
        let problem = "error: request without a query (line 1, byte 0)\n";
        check(&options, line.as_bytes(), 1, "", problem);
    }
    let log = [&*call, &page, &call, post].concat();
    let places = [(2, call.len()), (4, log.len() - post.len())];
    let problems = places
        .map(|(line, byte)| format!("error: request without a query (line {line}, byte {byte})\n"))
        .concat();
    check(&[&options[..], &["--all"]].concat(), log.as_bytes(), 1, "", &problems);
    let keep_going = [&options[..], &["--all", "--keep-going"]].concat();
    check(&keep_going, log.as_bytes(), 1, &json.repeat(2), &problems);
}

#[test]
fn several_registrations_are_a_line_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = file(folder.path(), "good", REGISTRATION.as_bytes());
    let bad = file(folder.path(), "bad", b"user=H1&password=hunter2&suffix=uk.com&chandle=H1");
    let long = file(folder.path(), "long", &vec![b'x'; 1 << 21]);
    check(
        &["register", &good, "-", &good],
        REGISTRATION.as_bytes(),
        0,
        &REGISTRATION.repeat(3),
        "",
    );
    let problems = format!(
        "error: {bad}: domain: missing (line 1, byte 49)\n\
         error: {bad}: thandle: missing (line 1, byte 49)\n\
         error: {long}: more bytes than the limit (line 1, byte 0)\n"
    );
    check(&["register", &good, &bad, &long, &good], b"", 1, "", &problems);
    let output = cnic(&["register", "--format", "json", &good, &bad, &long, &good], b"");
    assert_eq!(String::from_utf8_lossy(&output.stderr), problems);
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let is_ok = lines.lines().map(|line| line.starts_with("{\"ok\":true,")).collect::<Vec<_>>();
    assert_eq!((is_ok, output.status.code()), (vec![true, false, false, true], Some(1)));
    let output = cnic(&["register", "--format", "json", &good, "no/such/file"], b"");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
}

/// Whoever stops the program finds no file that was not there before, however much is held back.
#[cfg(unix)]
#[test]
fn a_program_that_is_stopped_leaves_no_copy() {
    use std::os::unix::process::ExitStatusExt;

    for signal in ["-INT", "-TERM"] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = crate::signals::with_default_signals();
        command.args(["response", "--all"]).env("TMPDIR", folder.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the binary starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let rest = "x".repeat(1 << 20);
        // More than is held in memory, and all of it is read but for what a pipe holds.
        for _ in 0..4 {
            let response = format!("[RESPONSE]\ncode = 200\ndescription = {rest}\nEOF\n");
            stdin.write_all(response.as_bytes()).expect("it reads");
        }
        let kill = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(kill.expect("a signal").success());
        let output = child.wait_with_output().expect("the binary ends");
        assert!(output.status.signal().is_some() && output.stdout.is_empty());
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }
}

mod foreign;
