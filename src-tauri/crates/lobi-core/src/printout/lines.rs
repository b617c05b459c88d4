//! Papers as lines: what a driver turns into bytes.

use serde::{Deserialize, Serialize};

/// A piece of paper, top to bottom. A driver wraps what is too long and drops what its printer cannot show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Printout {
    /// The lines, the first at the top.
    pub lines: Vec<Line>,
}

/// One line of a [`Printout`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Line {
    /// The facility's logo, centred. A printer whose own settings name one prints that instead.
    Logo {
        /// A PNG as base64; without it nothing is printed here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        png: Option<String>,
    },
    /// Words, wrapped at spaces where they are too long for the paper.
    Text {
        /// The words.
        text: String,
        /// How large.
        size: Size,
        /// Whether heavier than the rest.
        bold: bool,
        /// Where on the line.
        align: Align,
    },
    /// Two words at the two edges of one line; below each other where one line is too short.
    Pair {
        /// At the left edge.
        left: String,
        /// At the right edge.
        right: String,
    },
    /// A line across the paper.
    Rule,
    /// Half an empty line.
    Space,
    /// A QR code, centred and as large as is useful on the paper.
    Qr {
        /// What it says.
        data: String,
    },
}

/// How large words stand, in the printer's own letters (12 × 24 dots).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// As the printer writes by itself.
    Normal,
    /// Twice as high.
    Tall,
    /// Twice as high and wide.
    Large,
    /// As large as one line of the paper allows: the number.
    Huge,
}

/// Where words stand on their line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Center,
    /// At the right edge.
    Right,
}

impl Line {
    /// Words in the middle of the line.
    pub fn centred(text: impl Into<String>, size: Size) -> Line {
        Line::Text { text: text.into(), size, bold: false, align: Align::Center }
    }

    /// Heavier words in the middle of the line.
    pub fn bold(text: impl Into<String>, size: Size) -> Line {
        Line::Text { text: text.into(), size, bold: true, align: Align::Center }
    }
}
