use std::fmt;

use super::input::Input;
use super::origin::{Origin, Repeat};
use crate::mapping::{self, Rule};
use crate::raw::Kind;
use crate::record::Record;

/// Why nothing is made of a value.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// It is empty, or reads like `NA`.
    Missing,
    /// The key is one that nothing is written from; why.
    Dropped(&'static str),
    /// Something is wrong with it, as its diagnostics say.
    Wrong,
    /// The value of this key is used instead.
    Instead(String),
    /// The row has no identifier, and gives only an annotation.
    Unidentified,
    /// The article is not known.
    NoArticle,
    /// An option leaves it out.
    Option,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the value is missing"),
            Self::Dropped(reason) => f.write_str(reason),
            Self::Wrong => f.write_str("what is wrong keeps it out"),
            Self::Instead(key) => write!(f, "{key} is used instead"),
            Self::Unidentified => f.write_str("the row has no identifier"),
            Self::NoArticle => f.write_str("the article is not known"),
            Self::Option => f.write_str("an option leaves it out"),
        }
    }
}

/// What it takes to say why nothing is made of values.
pub(super) struct Reasons<'r> {
    record: &'r Record<'r>,
    inputs: &'r [Input<'r>],
    /// The values that rules were applied to.
    applied: Vec<(usize, &'static Rule)>,
}

impl<'r> Reasons<'r> {
    pub(super) fn new(
        record: &'r Record<'r>,
        inputs: &'r [Input<'r>],
        origins: &[Origin],
        repeats: &[Repeat],
    ) -> Self {
        let made = origins.iter().map(|origin| (origin.input, origin.rule));
        let made_again = repeats.iter().map(|repeat| (repeat.input, repeat.rule));
        Self { record, inputs, applied: made.chain(made_again).collect() }
    }

    /// Why nothing is made of the value at this position.
    pub(super) fn of(&self, position: usize) -> Option<Reason> {
        let input = self.inputs.get(position)?;
        Some(if let Some(reason) = mapping::dropped(&input.key) {
            Reason::Dropped(reason)
        } else if input.is_left_out {
            Reason::Wrong
        } else if input.present().is_none() {
            Reason::Missing
        } else if input.row.is_some_and(|row| self.is_unidentified(row)) {
            Reason::Unidentified
        } else if let Some(key) = self.used_instead(input) {
            Reason::Instead(key)
        } else if self.record.article.is_none() {
            Reason::NoArticle
        } else {
            Reason::Option
        })
    }

    fn is_unidentified(&self, (kind, row): (Kind, usize)) -> bool {
        let concepts = match kind {
            Kind::Genes => return self.record.genes.get(row).is_some_and(|gene| gene.id.is_none()),
            Kind::Chemicals => &self.record.chemicals,
            Kind::Diseases => &self.record.diseases,
        };
        concepts.get(row).is_some_and(|row| row.mesh.is_none() && row.other.is_none())
    }

    /// The key of another value that a rule was applied to which reads this one as well.
    fn used_instead(&self, input: &Input<'_>) -> Option<String> {
        self.applied.iter().find_map(|(position, rule)| {
            let other = self.inputs.get(*position)?;
            let is_choice = other.row == input.row && other.key != input.key;
            let is_read = |key: &str| rule.keys().any(|read| read == key);
            (is_choice && is_read(&input.key) && is_read(&other.key)).then(|| other.key.to_string())
        })
    }
}
