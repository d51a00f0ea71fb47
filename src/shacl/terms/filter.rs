/// So many bits, which few terms of a record share with one of the fixed terms by chance.
const BITS: usize = 1 << 15;

/// Says of most hashes that they are not in a set.
#[derive(Debug, Clone)]
pub(super) struct Filter(Box<[u64]>);

impl Default for Filter {
    fn default() -> Self {
        Self(vec![0; BITS / 64].into())
    }
}

impl Filter {
    pub(super) fn insert(&mut self, hash: u64) {
        let (word, bit) = place(hash);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    #[inline]
    pub(super) fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = place(hash);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }
}

fn place(hash: u64) -> (usize, u64) {
    // The lowest bits choose a slot.
    let bit = (hash >> 20) as usize % BITS;
    (bit / 64, 1 << (bit % 64))
}
