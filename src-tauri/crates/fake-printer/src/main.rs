//! The fake printer as a program, for looking at tickets and for tests of whole programs.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program talks on its standard output")]

use std::fs;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use fake_printer::{FakePrinter, Manner, Modes, Paper, Width};

const HELP: &str = "fake-printer [--listen ADDRESS:PORT] [--width 58|80|42 | --cheap] [--out FOLDER] [MODES]
Listens like a thermal printer (default: a free port of 127.0.0.1) and says so: `fake-printer ready ADDRESS:PORT`.
Writes each paper as FOLDER/ticket-0001.png, ... (`-torn` where the connection ended before the cut), and then
says `fake-printer paper ticket-0001.png`.
Modes, as flags or typed while it runs (`out-of-paper on`, `slow 200`, `slow off`):
  --out-of-paper --cover-open --near-end --cutter-error --broken --mute-status
  --slow BYTES_PER_SECOND --hang-up-at BYTE --paper-ends-at BYTE --paper-rows ROWS --cover-opens-at BYTE
  --lines-per-second LINES --says-offline --mute-queued";

struct Asked {
    listen: String,
    manner: Manner,
    folder: Option<PathBuf>,
    modes: Modes,
}

fn asked(mut words: impl Iterator<Item = String>) -> Result<Asked, String> {
    let mut asked = Asked {
        listen: "127.0.0.1:0".to_owned(),
        manner: Manner::MODERN,
        folder: None,
        modes: Modes::default(),
    };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        match word.strip_prefix("--").ok_or_else(|| HELP.to_owned())? {
            "listen" => asked.listen = value()?,
            "out" => asked.folder = Some(value()?.into()),
            "width" => {
                asked.manner = match value()?.as_str() {
                    "58" => Width::Mm58.into(),
                    "80" => Manner::MODERN,
                    "42" => Manner::COLUMNS42,
                    _ => return Err("--width is 58, 80 or 42".to_owned()),
                }
            }
            "cheap" => asked.manner = Manner::CHEAP,
            "help" => return Err(HELP.to_owned()),
            mode if Modes::takes_number(mode) => asked.modes.switch(mode, &value()?)?,
            mode => asked.modes.switch(mode, "on")?,
        }
    }
    Ok(asked)
}

/// Under another name first: whoever waits for the file never sees half of it.
fn write(paper: &Paper, folder: &Path, name: &str) -> io::Result<()> {
    let unfinished = folder.join(format!("{name}.part"));
    fs::write(&unfinished, paper.png())?;
    fs::rename(unfinished, folder.join(name))
}

fn run() -> Result<(), String> {
    let asked = asked(std::env::args().skip(1))?;
    if let Some(folder) = &asked.folder {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let folder = asked.folder;
    let collect = move |number: usize, paper: &Paper| {
        let torn = if paper.complete { "" } else { "-torn" };
        let name = format!("ticket-{number:04}{torn}.png");
        match folder.as_deref().map(|folder| write(paper, folder, &name)) {
            Some(Err(error)) => eprintln!("{name}: {error}"),
            Some(Ok(())) => println!("fake-printer paper {name}"),
            None => println!("fake-printer paper {number}"),
        }
    };
    let printer = FakePrinter::listen(&asked.listen, asked.manner, collect)
        .map_err(|error| format!("{}: {error}", asked.listen))?;
    printer.set(|modes| *modes = asked.modes);
    println!("fake-printer ready {}", printer.address());
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|error| error.to_string())?;
        let mut words = line.split_whitespace();
        let Some(name) = words.next() else { continue };
        let mut switched = Ok(());
        printer.set(|modes| switched = modes.switch(name, words.next().unwrap_or("on")));
        match switched {
            Ok(()) => println!("fake-printer {}", line.trim()),
            Err(reason) => eprintln!("{reason}"),
        }
    }
    // Without a standard input (a service, a detached test) it runs until it is ended.
    loop {
        std::thread::park();
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
