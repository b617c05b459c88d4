//! The program from outside: it says where it listens, obeys typed lines and leaves pictures.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

#[test]
fn it_is_switched_by_typed_lines_and_leaves_a_picture_of_each_paper() {
    let folder = std::env::temp_dir().join(format!("fake-printer-{}", std::process::id()));
    let mut program = Command::new(env!("CARGO_BIN_EXE_fake-printer"))
        .args(["--width", "58", "--out"])
        .arg(&folder)
        .arg("--near-end")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(program.stdout.take().unwrap()).lines().map(Result::unwrap);
    let ready = said.next().unwrap();
    let mut printer = TcpStream::connect(ready.strip_prefix("fake-printer ready ").unwrap()).unwrap();
    let mut status = |request: &[u8]| {
        let mut answer = [0];
        printer.write_all(request).unwrap();
        printer.read_exact(&mut answer).unwrap();
        answer[0]
    };

    assert_eq!(status(b"\x10\x04\x04"), 0x1e, "near its end, by the flag");
    let mut typed = program.stdin.take().unwrap();
    typed.write_all(b"near-end off\ncover-open on\n").unwrap();
    assert_eq!(said.next().unwrap(), "fake-printer near-end off");
    assert_eq!(said.next().unwrap(), "fake-printer cover-open on");
    assert_eq!((status(b"\x10\x04\x04"), status(b"\x10\x04\x02")), (0x12, 0x16));
    typed.write_all(b"cover-open off\n").unwrap();
    assert_eq!(said.next().unwrap(), "fake-printer cover-open off");
    assert_eq!(status(b"A013\n\x1dVB\x00\x10\x04\x01"), 0x12);
    assert_eq!(said.next().unwrap(), "fake-printer paper ticket-0001.png");

    let picture = std::fs::read(folder.join("ticket-0001.png")).unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
    program.kill().unwrap();
    program.wait().unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_mode_that_does_not_exist_is_refused_with_the_known_ones() {
    let refused = Command::new(env!("CARGO_BIN_EXE_fake-printer")).arg("--on-fire").output().unwrap();
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("out-of-paper"));
}
