//! What systems of this kind have besides: signals, limits, modes, links and devices.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ChildStdin};

use super::*;
use crate::signals::with_default_signals;

#[test]
fn a_full_disk_leaves_the_file_as_it_was() {
    let folder = folder(&[&LIST.repeat(3000)]);
    fs::write(folder.path().join("p"), "before").expect("a file");
    for format in ["parquet", "arrow"] {
        for trap in ["trap '' XFSZ", ":"] {
            let binary = env!("CARGO_BIN_EXE_cnic");
            let script = format!(
                "{trap}; ulimit -f 1; exec {binary} response --all --format {format} --layout long --row-group 100 -o p a"
            );
            let mut shell = Command::new("sh");
            let output = shell.args(["-c", &script]).current_dir(folder.path()).output();
            let output = output.expect("a shell");
            let problem = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{problem}");
            assert!(
                problem.starts_with("error: cannot write ") && problem.contains("File too large"),
                "{problem}"
            );
            assert_eq!(problem.lines().count(), 1);
            assert_eq!(names(folder.path()), ["a", "p"]);
            assert_eq!(fs::read(folder.path().join("p")).expect("the file"), b"before");
        }
    }
}

#[test]
fn what_is_no_file_is_written_to() {
    let folder = folder(&[LIST]);
    let format = ["response", "--format", "parquet", "-o"];
    check(&[&format[..], &["/dev/null", "a"]].concat(), folder.path(), "", 0, "");
    assert!(!fs::metadata("/dev/null").expect("a device").is_file());
    if cfg!(target_os = "linux") {
        let problem = "error: cannot write /dev/full: No space left on device (os error 28)\n";
        check(&[&format[..], &["/dev/full", "a"]].concat(), folder.path(), "", 2, problem);
    }
    let problem = "error: cannot write .: is a directory\n";
    check(&[&format[..], &[".", "a"]].concat(), folder.path(), "", 2, problem);
    let problem = "error: cannot write no/p: No such file or directory (os error 2)\n";
    check(&[&format[..], &["no/p", "a"]].concat(), folder.path(), "", 2, problem);
}

#[test]
fn a_file_keeps_its_mode_and_the_links_to_it() {
    let folder = folder(&[LIST, "before"]);
    let (file, link) = (folder.path().join("b"), folder.path().join("link"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("a mode");
    symlink("b", &link).expect("a link");
    let format = ["response", "--format", "parquet", "-o"];
    check(&[&format[..], &["link", "a"]].concat(), folder.path(), "", 0, "");
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o640);
    assert!(fs::read(&file).expect("a file").starts_with(b"PAR1"));
    // Also where the link leads to no file yet.
    fs::remove_file(&file).expect("a file");
    check(&[&format[..], &["link", "a"]].concat(), folder.path(), "", 0, "");
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    assert!(fs::read(&file).expect("a file").starts_with(b"PAR1"));
    let script =
        format!("umask 027; {} response --format parquet -o new a", env!("CARGO_BIN_EXE_cnic"));
    let status = Command::new("sh").args(["-c", &script]).current_dir(folder.path()).status();
    assert!(status.expect("a shell").success());
    let mode = fs::metadata(folder.path().join("new")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn a_program_that_is_stopped_leaves_nothing() {
    // Elsewhere it is not known whether there is `nohup`.
    let hangup = cfg!(target_os = "linux").then_some(("-HUP", 1));
    for (signal, number) in [("-INT", 2), ("-QUIT", 3), ("-TERM", 15)].into_iter().chain(hangup) {
        let folder = folder(&[]);
        let (mut child, stdin) = begin(&mut with_default_signals(), &folder);
        kill(&child, signal);
        let status = child.wait().expect("the binary ends");
        assert_eq!(status.signal(), Some(number));
        assert!(names(folder.path()).is_empty());
        drop(stdin);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn nohup_keeps_the_program_from_a_hangup() {
    let folder = folder(&[]);
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' HUP; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_cnic")]);
    let (mut child, mut stdin) = begin(&mut shell, &folder);
    kill(&child, "-HUP");
    stdin.write_all(LIST.as_bytes()).expect("it reads");
    drop(stdin);
    // The status says that a response was malformed, and the file has the good one.
    assert_eq!(child.wait().expect("the binary ends").code(), Some(1));
    assert_eq!(names(folder.path()), ["p"]);
}

/// Starts to write an archive, of which only a part is written by now.
fn begin(command: &mut Command, folder: &tempfile::TempDir) -> (Child, ChildStdin) {
    command.current_dir(folder.path()).stdin(Stdio::piped()).stderr(Stdio::piped());
    command.args(["response", "--all", "--keep-going", "--format", "parquet"]);
    let mut child = command.args(["-o", "p", "--columns", "domain"]).spawn().expect("a child");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(BAD.as_bytes()).expect("it reads");
    let mut problem = String::new();
    let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
    stderr.read_line(&mut problem).expect("a line");
    assert!(problem.starts_with("error: ") && names(folder.path()).len() == 1);
    (child, stdin)
}

fn kill(child: &Child, signal: &str) {
    let kill = Command::new("kill").args([signal, &child.id().to_string()]).status();
    assert!(kill.expect("a signal").success());
}
