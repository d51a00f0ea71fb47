use super::TermId;

/// A set of terms, by position.
#[derive(Debug, Default)]
pub(crate) struct TermSet(Vec<bool>);

impl TermSet {
    pub(crate) fn insert(&mut self, term: TermId) {
        if self.0.len() <= term.index() {
            self.0.resize(term.index() + 1, false);
        }
        if let Some(place) = self.0.get_mut(term.index()) {
            *place = true;
        }
    }

    #[inline]
    pub(crate) fn contains(&self, term: TermId) -> bool {
        self.0.get(term.index()).copied().unwrap_or_default()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
