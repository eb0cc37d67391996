//! The answers of a folder.

use super::*;

#[test]
fn a_fixture_answers_commands_with_all_of_its_parameters() {
    let gone = "[RESPONSE]\r\ncode=545\r\ndescription = Gone\r\n\r\nEOF\r\n";
    let status = "COMMAND=StatusDomain\n";
    let long = format!("[COMMAND]\r\n{status}domain=a.test\r\nX=1\r\nEOF\r\n");
    let folder = folder(&[
        ("any.cmd", status),
        ("any.rsp", &says("any")),
        ("gone.cmd", "COMMAND = statusdomain\nDOMAIN=gone.test"),
        ("gone.rsp", gone),
        ("one.cmd", &format!("{status}DOMAIN=a.test\n")),
        ("one.rsp", &says("one")),
        ("two.a.cmd", &long),
        ("two.a.rsp", &says("two")),
        ("two.b.cmd", &format!("{status}DOMAIN=a.test\nY=1\n")),
        ("two.b.rsp", &says("two b")),
        ("unknown.cmd", "COMMAND=OrderPizza\n"),
        ("unknown.rsp", &says("pizza")),
        ("README", "not a fixture"),
    ]);
    let mock = Mock::with_fixtures(folder.path());
    for (command, response) in [
        ("command=StatusDomain&domain=gone.test", gone),
        ("command=StatusDomain&domain=gone.test&wide=1", gone),
        ("s_command=COMMAND%3DStatusDomain%0AX%3D2%0ADomain%3Dgone.test", gone),
        ("command=StatusDomain&domain=GONE.test", &says("any")),
        ("command=StatusDomain", &says("any")),
        ("command=StatusDomain&x=1", &says("any")),
        ("command=StatusDomain&domain=a.test", &says("one")),
        ("command=StatusDomain&domain=a.test&x=2", &says("one")),
        ("command=statusdomain&x=1&domain=a.test", &says("two")),
        ("command=StatusDomain&y=1&domain=a.test", &says("two b")),
        ("command=StatusDomain&y=1&x=1&domain=a.test", &says("two")),
        ("command=OrderPizza", &says("pizza")),
    ] {
        assert_eq!(mock.send(command), response, "{command}");
    }
    // Whoever sends it: a fixture needs no account.
    assert_eq!(mock.post("s_login=other&s_pw=x&command=OrderPizza"), says("pizza"));
    // What no fixture is for is answered by the account.
    assert!(mock.send("command=StatusAccount").contains("code = 200\n"));
    assert!(mock.send("command=OrderPasta").contains("code = 500\n"));
}

#[test]
fn what_is_no_response_is_sent_as_it_is() {
    let half = "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[domain][0] = a.te";
    let page = "<html>\r\n502 Bad Gateway \u{fc}</html>\n";
    let two = [says("one"), says("two")].concat();
    let folder = folder(&[
        ("half.cmd", "COMMAND=QueryDomainList\n"),
        ("half.raw", half),
        ("page.cmd", "COMMAND=StatusAccount\n"),
        ("page.raw", page),
        ("none.cmd", "COMMAND=StatusDomain\n"),
        ("none.raw", ""),
        ("two.cmd", "COMMAND=OrderPizza\n"),
        ("two.raw", &two),
        ("noted.cmd", "COMMAND=OrderPasta\n"),
        ("noted.rsp", &format!("{}-- end --\n", says("noted"))),
    ]);
    let mut mock = Mock::with_fixtures(folder.path());
    for (command, text) in [
        ("QueryDomainList", half),
        ("StatusAccount", page),
        ("StatusDomain", ""),
        ("OrderPizza", &*two),
        ("OrderPasta", &format!("{}-- end --\n", says("noted"))),
    ] {
        assert_eq!(mock.send(&format!("command={command}&wide=1")), text, "{command}");
    }
    // Bytes, whatever their encoding.
    let latin1 = b"code = 200\ndescription = K\xf6ln\n";
    fs::write(folder.path().join("page.raw"), latin1).expect("a file");
    assert_eq!(mock.post_for_bytes(&format!("{LOGIN}&command=StatusAccount")), latin1);
    fs::rename(folder.path().join("half.raw"), folder.path().join("half.rsp")).expect("a file");
    mock.send("command=OrderPizza");
    let stderr = mock.end().1;
    assert!(stderr.contains("half.rsp: `[RESPONSE]` without `EOF` (line 4, byte 41)"), "{stderr}");
}

#[test]
fn the_folder_is_read_again_when_it_changes() {
    let folder = folder(&[("a.cmd", "COMMAND=OrderPizza\n"), ("a.rsp", &says("first"))]);
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    let mut mock = Mock::with_fixtures(folder.path());
    let order = |mock: &Mock| mock.send("command=OrderPizza&size=9");
    assert_eq!(order(&mock), says("first"));
    write("a.rsp", &says("second one"));
    assert_eq!(order(&mock), says("second one"));
    write("b.cmd", "COMMAND=OrderPizza\nSIZE=9\n");
    assert_eq!(order(&mock), says("second one"), "half of a pair");
    assert_eq!(order(&mock), says("second one"));
    write("b.rsp", &says("nine"));
    assert_eq!(order(&mock), says("nine"));
    write("a.rsp", "code = hunter2\n");
    assert_eq!(order(&mock), says("nine"), "a fault keeps all of the fixtures");
    write("b.rsp", &says("not yet"));
    assert_eq!(order(&mock), says("nine"));
    write("a.rsp", &says("third"));
    assert_eq!(order(&mock), says("not yet"));
    for name in ["b.cmd", "b.rsp"] {
        fs::remove_file(folder.path().join(name)).expect("a file");
    }
    assert_eq!(order(&mock), says("third"));
    let shown = folder.path().display().to_string();
    folder.close().expect("a folder");
    assert_eq!(order(&mock), says("third"));
    assert_eq!(order(&mock), says("third"));
    let (stdout, stderr) = mock.end();
    assert_eq!(stdout.lines().count(), 11);
    let kept = "note: the fixtures stay as they were";
    let fault =
        format!("error: {shown}/a.rsp: `code` is not a number from 100 to 999 (line 1, byte 0)");
    let lines: Vec<_> = stderr.lines().collect();
    assert_eq!(lines[0], format!("error: {shown}/b.rsp: missing, but its pair is there"));
    assert_eq!(lines[1], kept, "once for each change");
    assert!(!stderr.contains("hunter2"), "{stderr}");
    assert_eq!((lines[2], lines[3]), (&*fault, kept), "{stderr}");
    assert_eq!((lines[4], lines[5]), (&*fault, kept));
    assert!(lines[6].starts_with(&format!("error: cannot read {shown}: ")), "{}", lines[6]);
    assert_eq!(&lines[7..], [kept]);
}

#[test]
fn the_time_alone_or_the_length_alone_shows_a_change() {
    let folder = folder(&[("a.cmd", "COMMAND=OrderPizza\n"), ("a.rsp", &says("first"))]);
    let path = folder.path().join("a.rsp");
    let hour = |hours: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(3600 * hours);
    let write = |text: &str, time| {
        fs::write(&path, says(text)).expect("a file");
        let file = fs::File::options().write(true).open(&path).expect("a file");
        file.set_modified(time).expect("a time");
    };
    write("first", hour(9));
    let mock = Mock::with_fixtures(folder.path());
    for (text, time) in [("longer", hour(9)), ("gnolre", hour(8)), ("first", hour(8))] {
        write(text, time);
        assert_eq!(mock.send("command=OrderPizza"), says(text));
    }
}

#[test]
fn all_faults_of_a_folder_are_named_at_the_start() {
    let folder = folder(&[
        ("bad.cmd", "COMMAND=StatusDomain\nDOMAIN\n"),
        ("bad.rsp", "[RESPONSE]\ncode = 200\n"),
        ("good.cmd", "COMMAND=StatusDomain\n"),
        ("good.rsp", &says("good")),
        ("lonely.cmd", "COMMAND=StatusDomain\nDOMAIN=hunter2\n"),
        ("lost.rsp", &says("lost")),
        ("raw.cmd", "COMMAND=StatusDomain\n"),
        ("raw.raw", "half"),
        ("raw.rsp", &says("raw")),
        ("two.cmd", "COMMAND=StatusDomain\n"),
        ("two.rsp", &format!("{}\n-- next --\n{}", says("one"), says("two"))),
        ("unframed.cmd", "COMMAND=StatusDomain\n"),
        ("unframed.rsp", "code = 200\ndescription = x\nEOF\ncode = 200\n"),
    ]);
    fs::write(folder.path().join("latin.cmd"), "COMMAND=AddContact\nCITY=K\u{f6}ln\n")
        .expect("a file");
    fs::write(folder.path().join("latin.rsp"), b"code = 200\ndescription = K\xf6ln\n")
        .expect("a file");
    let path = folder.path().to_str().expect("UTF-8");
    let (status, stderr) = fails(&["--fixtures", path]);
    let expected = [
        "bad.cmd: line without `=` (line 2, byte 21)",
        "bad.rsp: `[RESPONSE]` without `EOF` (line 2, byte 11)",
        "latin.rsp: invalid UTF-8 at byte 26 (line 2, byte 11)",
        "lonely.rsp: missing, but its pair is there",
        "lost.cmd: missing, but its pair is there",
        &format!("raw.raw: there is {path}/raw.rsp too"),
        "two.rsp: a second response (line 7, byte 56)",
        "unframed.rsp: a second response (line 4, byte 31)",
    ];
    let mut expected: String = expected.map(|it| format!("error: {path}/{it}\n")).concat();
    expected.push_str("help: in place of NAME.rsp, a file NAME.raw may hold anything\n");
    assert_eq!((status, stderr), (Some(1), expected));

    let (status, stderr) = fails(&["--fixtures", &format!("{path}/none")]);
    assert_eq!(status, Some(2));
    assert!(stderr.starts_with(&format!("error: cannot read {path}/none: ")), "{stderr}");
}
