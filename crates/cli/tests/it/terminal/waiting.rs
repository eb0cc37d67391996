//! Who is waited for at a terminal.

use super::*;

/// Starts the program with a terminal at which a text was typed; what it says goes to the terminal as well if `is_seen`.
fn start_at_keyboard(
    arguments: &[&str],
    typed: &str,
    is_seen: bool,
) -> (File, std::process::Child) {
    let (person, program) = terminal(80);
    let mut person = File::from(person);
    person.write_all(typed.as_bytes()).expect("room for a line");
    let program_side = || Stdio::from(program.try_clone().expect("a file"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    command.args(arguments).stdin(program_side()).stdout(Stdio::piped());
    command.stderr(if is_seen { program_side() } else { Stdio::piped() });
    (person, command.spawn().expect("the binary starts"))
}

/// Reads from a terminal until it has shown a text.
fn wait_for(person: &File, text: &'static str) -> String {
    let mut person = person.try_clone().expect("a file");
    let (sender, shown) = mpsc::channel();
    std::thread::spawn(move || {
        let (mut shown, mut buffer) = (Vec::new(), [0; 1 << 10]);
        while !String::from_utf8_lossy(&shown).contains(text) {
            let Ok(length @ 1..) = person.read(&mut buffer) else { break };
            shown.extend_from_slice(&buffer[..length]);
        }
        sender.send(String::from_utf8_lossy(&shown).into_owned())
    });
    shown.recv_timeout(Duration::from_secs(60)).expect("the text is shown")
}

const WAITING: &str = "note: reading standard input, which ends with Ctrl-D; or name a FILE\r\n";

#[test]
fn who_is_waited_for_is_told() {
    for arguments in [
        &["response"][..],
        &["response", "--all"],
        &["command"],
        &["command", "--all", "--from", "form"],
        &["register", "-"],
        &["receipt"],
    ] {
        let (mut person, child) = start_at_keyboard(arguments, "", true);
        assert_eq!(wait_for(&person, "\n"), WAITING, "{arguments:?}");
        // It goes on reading.
        person.write_all(b"\x04").expect("it reads");
        let output = child.wait_with_output().expect("the binary ends");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    }
}

#[test]
fn who_has_typed_or_can_not_see_it_is_not_told() {
    let (mut typing, first) = start_at_keyboard(&["command"], "COMMAND=X\n", true);
    let (mut unseen, second) = start_at_keyboard(&["command"], "", false);
    // Once this one is told, the others would have been.
    let (mut person, third) = start_at_keyboard(&["command"], "", true);
    wait_for(&person, WAITING);
    typing.write_all(b"A=b\n\x04").expect("it reads");
    unseen.write_all(b"COMMAND=X\n\x04").expect("it reads");
    person.write_all(b"COMMAND=X\n\x04").expect("it reads");
    let first = first.wait_with_output().expect("the binary ends");
    assert_eq!((first.status.code(), first.stdout), (Some(0), b"COMMAND=X\nA=b\n".to_vec()));
    let shown = wait_for(&typing, "A=b");
    assert!(!shown.contains("note"), "{shown}");
    let second = second.wait_with_output().expect("the binary ends");
    assert_eq!((second.status.code(), second.stdout), (Some(0), b"COMMAND=X\n".to_vec()));
    assert_eq!(String::from_utf8_lossy(&second.stderr), "");
    assert_eq!(third.wait_with_output().expect("the binary ends").status.code(), Some(0));
}
