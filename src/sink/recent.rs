/// How many keys are kept at most: a power of two.
const PLACES: u128 = 1 << 16;

/// The keys that came lately: each has one place, where it stays until another one takes it.
///
/// Of the descriptions of a database most genes come back, and most articles do not.
#[derive(Debug)]
pub(crate) struct Recent(Vec<u128>);

impl Default for Recent {
    fn default() -> Self {
        // No key has the same place as its neighbour.
        Self((0..PLACES).map(|place| place ^ 1).collect())
    }
}

impl Recent {
    /// Adds a key; says whether it is one that is not known.
    pub(crate) fn insert(&mut self, key: u128) -> bool {
        let place = usize::try_from(key % PLACES).ok().and_then(|place| self.0.get_mut(place));
        place.is_none_or(|place| std::mem::replace(place, key) != key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_until_another_one_takes_their_place() {
        let mut recent = Recent::default();
        for key in (0..2 * PLACES).chain([u128::MAX, PLACES << 64]) {
            assert!(recent.insert(key), "{key}");
            assert!(!recent.insert(key), "{key}");
        }
        assert!(!recent.insert(2 * PLACES - 2));
        assert!(recent.insert(1));
        assert!(recent.insert(PLACES + 1));
    }
}
