//! What stands on a piece of paper, as data: no printer, no font and no words of its own in sight. Whoever asks for
//! paper brings the words; a driver turns the lines into bytes.

mod lines;
mod paper;
mod printer;

pub use lines::{Align, Line, Printout, Size};
pub use paper::{TestPage, TicketPaper, test_page, ticket};
pub use printer::{CodePage, NoWidth, QrWay, Width};
