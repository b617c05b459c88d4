//! How often a ticket's code is read under the conditions of a desk: a table, and a floor under each of its rows.

#![cfg(feature = "scan")]

mod pictures;

use std::io::Write;

use lobi_devices::scan::{Frame, decode};
use pictures::{ADDRESS, Condition, Dice, draw, room};

/// Pictures a condition and size. The example `scan_table` draws more.
const PICTURES: u64 = 8;

/// At least so many of eight must be read, at 640×480 and at 1280×720.
fn floor(condition: Condition) -> [u64; 2] {
    match condition {
        Condition::Clean | Condition::Turned | Condition::DarkMode | Condition::Small => [8, 8],
        _ => [7, 7],
    }
}

#[test]
fn a_ticket_is_read_under_every_condition_of_a_desk() {
    let mut table = String::new();
    let mut below = Vec::new();
    for condition in Condition::ALL {
        let read = [(640, 480), (1280, 720)].map(|(width, height)| {
            let reads = |seed: &u64| {
                let luma = draw(condition, width, height, *seed).bytes();
                decode(&Frame::gray(width, height, luma, 0).unwrap()) == [ADDRESS]
            };
            (0..PICTURES).filter(reads).count() as u64
        });
        let row = format!(
            "{:<28} {:>4} % {:>6} %\n",
            condition.words(),
            read[0] * 100 / PICTURES,
            read[1] * 100 / PICTURES
        );
        table.push_str(&row);
        if read[0] < floor(condition)[0] || read[1] < floor(condition)[1] {
            below.push(row);
        }
    }
    writeln!(std::io::stdout(), "condition                    640x480 1280x720\n{table}").unwrap();
    assert!(below.is_empty(), "fewer than the floor:\n{}", below.concat());
}

#[test]
fn a_desk_without_a_code_reads_as_nothing() {
    for seed in 0..6 {
        let desk = room(640, 480, &mut Dice::new(seed));
        assert_eq!(decode(&Frame::gray(640, 480, desk.bytes(), 0).unwrap()), Vec::<String>::new());
    }
}
