use super::unit;
use crate::raw::Kind;
use crate::record::Record;

/// The part of a record that is followed.
#[derive(Debug)]
pub(crate) struct Scope {
    /// Whether that is its front matter as well, or just rows of its tables.
    pub(crate) has_front_matter: bool,
    /// The kinds of these rows.
    pub(crate) kinds: Vec<Kind>,
}

impl Scope {
    /// All of a record.
    pub(crate) fn whole() -> Self {
        Self { has_front_matter: true, kinds: Kind::ALL.to_vec() }
    }

    /// This part of a record.
    pub(crate) fn of<'r>(&self, record: &Record<'r>) -> Record<'r> {
        let mut part =
            if self.has_front_matter { record.without_rows() } else { unit::frame(record) };
        for kind in &self.kinds {
            match kind {
                Kind::Genes => part.genes.clone_from(&record.genes),
                Kind::Chemicals => part.chemicals.clone_from(&record.chemicals),
                Kind::Diseases => part.diseases.clone_from(&record.diseases),
            }
        }
        part
    }
}
