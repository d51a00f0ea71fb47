//! Records and table rows as written: no value is cleaned, checked or dropped here.

mod block;
mod breaks;
mod front_matter;
mod invalid;
mod leaf;
mod lines;
mod locate;
mod locator;
mod node;
mod scalar;
mod table;
mod value;
mod yaml;

use crate::diagnostic::{Code, Diagnostic};

pub use self::front_matter::{
    Creator, FrontMatter, InlineConcept, InlineGene, Items, JsonLd, Scalar, TOP_LEVEL_KEYS,
};
pub(crate) use self::leaf::Leaf;
pub use self::locate::Path;
pub(crate) use self::locator::Locator;
pub use self::node::Node;
pub(crate) use self::table::{Cell, cells, good_characters, invalid_utf8};
pub use self::table::{Kind, Row, Table};
pub use self::yaml::quote;

/// Where in a record or its tables something was found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place {
    /// The first character of the record.
    Start,
    /// The byte of the record with this index.
    Byte(usize),
    /// A value or key of the front matter.
    Path(Path),
    /// A cell of a table: its line, from 1, and its position there, from 0.
    Cell(Kind, u64, usize),
    /// A line of a table, from 1; the first stands for the whole table.
    Row(Kind, u64),
    /// A character of a table: its line and column, from 1.
    Character(Kind, u64, u64),
}

/// A defect that was found while reading, before its place is known to the user's eye.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// What is wrong.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// What was found and what was expected.
    pub message: String,
}

/// The defects found in one record, in the order of reading: the first 1,000, and the number of
/// all others.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Findings {
    first: Vec<Finding>,
    others: u64,
}

impl Findings {
    /// To find the place of a defect takes as long as to read the file.
    const MOST: usize = 1000;

    /// Notes a defect.
    pub fn add(&mut self, code: Code, place: Place, message: impl Into<String>) {
        if self.first.len() < Self::MOST {
            self.first.push(Finding { code, place, message: message.into() });
        } else {
            self.others += 1;
        }
    }

    /// The first defects, in the order in which they were found.
    #[must_use]
    pub fn as_slice(&self) -> &[Finding] {
        &self.first
    }

    /// Diagnostics with file, line and column.
    ///
    /// `record` is the name and the text of the record's file, `table` gives those of the tables.
    #[must_use]
    pub fn locate<'t>(
        &self,
        record: (&str, &str),
        table: impl Fn(Kind) -> (&'t str, &'t [u8]),
    ) -> Vec<Diagnostic> {
        self.located(&Locator::new(record, Kind::ALL.map(table)))
    }

    pub(crate) fn located(&self, locator: &Locator<'_>) -> Vec<Diagnostic> {
        let located = self.first.iter().map(|finding| {
            let location = locator.locate(finding.place);
            Diagnostic::new(finding.code, location, finding.message.clone())
        });
        let others = (self.others > 0).then(|| {
            let location = locator.locate(Place::Start);
            let message = format!("found {} more defects, which are not told", self.others);
            Diagnostic::new(Code::MoreDefects, location, message)
        });
        located.chain(others).collect()
    }
}
