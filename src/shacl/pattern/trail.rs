//! Texts of which each begins like the one before: they are matched from where they part.

/// How far the states that are kept are apart, in bytes.
pub(super) const STEP: usize = 16;

/// The last text that was matched with a pattern, and the states on the way.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    text: String,
    /// The state after each step.
    states: Vec<usize>,
}

impl Trail {
    /// Begins another text. Says where it can be taken up, and in which state, unless that is at
    /// its start.
    pub(super) fn turn(&mut self, text: &str) -> Option<(usize, usize)> {
        let (before, _) = self.text.as_bytes().as_chunks::<STEP>();
        let (own, _) = text.as_bytes().as_chunks();
        let is_shared = |(before, own): &(&[u8; STEP], &[u8; STEP])| before == own;
        let shared = before.iter().zip(own).take_while(is_shared).count();
        self.states.truncate(shared);
        self.text.clear();
        self.text.push_str(text);
        Some((STEP * self.states.len(), *self.states.last()?))
    }

    /// Notes the state after a step that began at this byte. It may have begun between two that
    /// are kept: from there on, none are.
    pub(super) fn note(&mut self, start: usize, state: usize) {
        if start == STEP * self.states.len() {
            self.states.push(state);
        }
    }
}
